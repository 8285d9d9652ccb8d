/// A nominal yearly rate: 0.09 is 9 % a year; above -1. The road to a month is [`crate::math::finance::discount_factor`].
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default)]
pub struct YearlyRate(f64);

impl YearlyRate {
    /// A rate above -100 % a year; `None` otherwise.
    #[must_use]
    pub fn new(rate: f64) -> Option<Self> {
        (rate.is_finite() && rate > -1.0).then_some(Self(rate))
    }

    /// The rate as a number: 0.09 for 9 % a year.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }
}

/// The seed of every random stream of a run. Zero is a seed like any other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Seed(pub u64);
