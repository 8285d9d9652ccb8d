//! Figures that came from sampling, each with its Monte Carlo error.

/// A sampled mean with its standard error s/√N, in the unit of the figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mean {
    /// The mean over trials.
    pub value: f64,
    /// Its standard error.
    pub se: f64,
    /// Standard deviation over trials (n − 1).
    pub sd: f64,
}

/// A probability counted over trials.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Probability {
    /// Trials in which it holds.
    pub count: u64,
    /// Trials it is counted over.
    pub of: u64,
}

/// z of a 95 % interval.
pub const Z95: f64 = 1.959_963_984_540_054;

/// Below this many trials on one side a normal interval misleads, and Wilson's is given.
const FEW: u64 = 10;

impl Probability {
    /// The share of trials.
    #[must_use]
    pub fn value(self) -> f64 {
        self.count as f64 / self.of as f64
    }

    /// Standard error √(p(1−p)/N).
    #[must_use]
    pub fn se(self) -> f64 {
        let p = self.value();
        (p * (1.0 - p) / self.of as f64).sqrt()
    }

    /// The 95 % interval: normal, or Wilson (1927) where fewer than ten trials fall on one side. Within 0..=1.
    #[must_use]
    pub fn interval(self) -> (f64, f64) {
        let (p, n) = (self.value(), self.of as f64);
        if self.count >= FEW && self.of - self.count >= FEW {
            let half = Z95 * self.se();
            return ((p - half).max(0.0), (p + half).min(1.0));
        }
        let z2 = Z95 * Z95;
        let centre = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
        let half = Z95 / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
        let low = if self.count == 0 { 0.0 } else { (centre - half).max(0.0) };
        let high = if self.count == self.of { 1.0 } else { (centre + half).min(1.0) };
        (low, high)
    }
}

/// The place at which something comes in all trials at once, of the running shares in which it has come; `None` where it
/// comes in some of them only, or not everywhere at the same place.
#[must_use]
pub fn all_at_once(has_come_by: &[Probability]) -> Option<usize> {
    let first = has_come_by.iter().position(|by| by.count > 0)?;
    (has_come_by[first].count == has_come_by[first].of).then_some(first)
}

/// A quantile of an amount: read off a sketch whose bins are at most 1/256 of the value wide, with a 95 % order-statistic interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantile {
    /// The probability, 0.1 for "one in ten is below".
    pub p: f64,
    /// The value.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

/// What is said of an amount: mean and quantiles.
#[derive(Debug, Clone, PartialEq)]
pub struct Spread {
    /// The mean.
    pub mean: Mean,
    /// Quantiles by ascending p, at [`super::QUANTILES`]; empty for a series that only keeps its mean.
    pub quantiles: Vec<Quantile>,
}

impl Spread {
    /// The value at probability `p`, one of [`super::QUANTILES`].
    ///
    /// # Panics
    /// If no such quantile was kept.
    #[must_use]
    pub fn at(&self, p: f64) -> f64 {
        self.quantiles.iter().find(|q| q.p == p).expect("one of the quantiles that every sketched series keeps").value
    }
}

/// A place on the scale "start < 1 < … < M < never".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum When {
    /// Never behind at all.
    FromStart,
    /// In month 1..=M.
    Month(u32),
    /// Not within the horizon, or it did not leave.
    Never,
}

/// A quantile of places on an ascending scale: months, sizes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlaceQuantile<T> {
    /// Percent: 10, 50, 90.
    pub percent: u8,
    /// The place.
    pub at: T,
    /// 95 % order-statistic interval, lower end.
    pub low: T,
    /// 95 % order-statistic interval, upper end.
    pub high: T,
}

impl<T> PlaceQuantile<T> {
    /// The same quantile on another scale.
    #[must_use]
    pub fn map<U>(self, to: impl Fn(T) -> U) -> PlaceQuantile<U> {
        PlaceQuantile { percent: self.percent, at: to(self.at), low: to(self.low), high: to(self.high) }
    }
}

/// A quantile on the scale of [`When`]: the least place with at least that share of trials at or before it.
pub type WhenQuantile = PlaceQuantile<When>;

#[cfg(test)]
mod tests {
    use super::Probability;

    #[test]
    fn none_of_twenty_thousand_is_below_two_hundredths_of_a_percent() {
        let (low, high) = Probability { count: 0, of: 20_000 }.interval();
        assert_eq!(low, 0.0);
        // Wilson's upper end is z²/(n + z²) = 3.8415 / 20,003.84.
        assert!((high - 3.841_458_820_694_124 / 20_003.841_458_820_694).abs() < 1e-15);
        assert!(high < 0.0002);
    }
}
