//! What the growth of a scenario amounts to at the horizon: persistent growth explodes in the tail, and a mean that rests on
//! one future in a thousand is no plan.

/// Demand at the horizon over trials, as multiples of the as-of month's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DemandAtHorizon {
    /// Half of futures are above it.
    pub median: f64,
    /// One future in ten is above it.
    pub one_in_ten: f64,
    /// The mean.
    pub mean: f64,
    /// What the largest one in a thousand futures carry of the mean, share.
    pub tail_share: f64,
}

/// Above this the mean rests on the tail (MODEL.md, demand).
const HEAVY: f64 = 0.1;

impl DemandAtHorizon {
    /// Whether one future in a thousand carries more than a tenth of the mean.
    #[must_use]
    pub fn rests_on_the_tail(&self) -> bool {
        self.tail_share > HEAVY
    }
}

/// Reads it off demand at the horizon by trial; `None` for no trials.
#[must_use]
pub fn of(mut values: Vec<f64>) -> Option<DemandAtHorizon> {
    values.sort_unstable_by(f64::total_cmp);
    let n = values.len();
    let total: f64 = values.iter().sum();
    // The least value with at least a share p of futures at or below it.
    let at = |percent: usize| values.get((n * percent).div_ceil(100).max(1) - 1).copied();
    let tail: f64 = values.iter().rev().take(n.div_ceil(1_000)).sum();
    Some(DemandAtHorizon { median: at(50)?, one_in_ten: at(90)?, mean: total / n as f64, tail_share: tail / total })
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn a_future_in_a_thousand_that_outweighs_a_tenth_is_seen() {
        let mut values = vec![1.0; 999];
        values.push(100.0);
        let found = of(values).expect("values");
        assert_eq!((found.median, found.one_in_ten), (1.0, 1.0));
        assert!((found.tail_share - 100.0 / 1_099.0).abs() < 1e-12 && !found.rests_on_the_tail());
        let mut values = vec![1.0; 999];
        values.push(120.0);
        assert!(of(values).expect("values").rests_on_the_tail());
        assert!(of(Vec::new()).is_none());
    }
}
