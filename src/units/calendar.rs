/// A calendar month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct YearMonth {
    year: i32,
    /// 0 is January.
    month0: u8,
}

const NAMES: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl YearMonth {
    /// A month of a year, `month` 1 to 12 and `year` 1 to 9999; `None` otherwise.
    #[must_use]
    pub fn new(year: i32, month: u8) -> Option<Self> {
        ((1..=12).contains(&month) && (1..=9999).contains(&year))
            .then_some(Self { year, month0: month.wrapping_sub(1) })
    }

    /// The month `months` later (earlier when negative).
    #[must_use]
    pub fn plus(self, months: i32) -> Self {
        let total = self.year * 12 + i32::from(self.month0) + months;
        Self { year: total.div_euclid(12), month0: total.rem_euclid(12) as u8 }
    }

    /// The year.
    #[must_use]
    pub const fn year(self) -> i32 {
        self.year
    }

    /// The month's place in the year: 0 for January, 11 for December.
    #[must_use]
    pub const fn index(self) -> usize {
        self.month0 as usize
    }
}

impl std::fmt::Display for YearMonth {
    /// "Jan 2027".
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", NAMES[self.index()], self.year)
    }
}

#[cfg(test)]
mod tests {
    use super::YearMonth;

    #[test]
    fn months_roll_over_the_year() {
        let december = YearMonth::new(2026, 12).expect("a month");
        assert_eq!(december.plus(1).to_string(), "Jan 2027");
        assert_eq!(december.plus(-12).to_string(), "Dec 2025");
        assert_eq!(december.plus(60).to_string(), "Dec 2031");
        assert!(YearMonth::new(2026, 13).is_none());
    }
}
