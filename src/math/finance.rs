//! Time value of money: yearly rates, monthly amounts, end-of-month discounting.

use super::elementary::pow;
use crate::units::YearlyRate;

/// What a dollar at the end of a month is worth at the opening: (1 + r)^(−month/12). 1 at rate 0 and at month 0.
#[must_use]
pub fn discount_factor(rate: YearlyRate, month: u32) -> f64 {
    pow(1.0 + rate.get(), -f64::from(month) / 12.0)
}

/// The value at the opening of an amount paid there and of one amount at the end of each month from month 1 on.
#[must_use]
pub fn present_value(rate: YearlyRate, opening: f64, monthly: &[f64]) -> f64 {
    (1u32..).zip(monthly).fold(opening, |sum, (month, amount)| sum + amount * discount_factor(rate, month))
}

#[cfg(test)]
mod tests {
    use super::{discount_factor, present_value};
    use crate::units::YearlyRate;

    /// Closed forms against the same forms in another order of operations.
    const REL_CLOSED_FORM: f64 = 1e-14;

    fn rate(yearly: f64) -> YearlyRate {
        YearlyRate::new(yearly).expect("a rate above -100 %")
    }

    #[test]
    fn money_is_worth_its_face_at_no_rate_and_at_the_opening() {
        assert_eq!(discount_factor(rate(0.0), 360), 1.0);
        assert_eq!(discount_factor(rate(0.09), 0), 1.0);
        assert_eq!(present_value(rate(0.0), 5.0, &[1.0, 2.0, 3.0]), 11.0);
        assert_eq!(present_value(rate(0.09), 5.0, &[]), 5.0);
    }

    #[test]
    fn twelve_months_are_one_year() {
        for yearly in [-0.5, 0.01, 0.09, 3.0] {
            let off = discount_factor(rate(yearly), 12) * (1.0 + yearly) - 1.0;
            assert!(off.abs() < REL_CLOSED_FORM, "{yearly}: {off:e}");
        }
    }
}
