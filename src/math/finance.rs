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
