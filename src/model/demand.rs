use super::Estimate;

/// Demand: trend × noise, an index that is 1 at the as-of month (MODEL.md §3).
#[derive(Debug, Clone, PartialEq)]
pub struct Demand {
    /// Possible courses of growth, by name; one is drawn per trial. A scenario without cases has one, called `only`.
    pub cases: Vec<GrowthCase>,
    /// Seasonal factors January to December, mean 1, all above 0.
    pub season: [f64; 12],
}

/// One course that growth may take.
#[derive(Debug, Clone, PartialEq)]
pub struct GrowthCase {
    /// The name, `only` where the file has no cases.
    pub name: String,
    /// The chance of this case; the weights of all cases add up to 1.
    pub weight: f64,
    /// Growth per month as seen today.
    pub growth: Growth,
    /// Months in which growth fades by half; no fade where absent.
    pub half_life_months: Option<Estimate>,
    /// Where the trend levels off, as a multiple of today, above 1; nowhere where absent.
    pub saturation_times: Option<Estimate>,
    /// Standard deviation of the log of a month's noise; no noise where absent.
    pub volatility: Option<Estimate>,
}

/// How growth is quoted.
#[derive(Debug, Clone, PartialEq)]
pub enum Growth {
    /// g: a month is 1 + g times the one before. Above -1.
    PerMonth(Estimate),
    /// ln(1 + g): growth quoted continuously.
    Continuous(Estimate),
}

impl Growth {
    /// The estimate, however it is quoted.
    #[must_use]
    pub fn estimate(&self) -> &Estimate {
        match self {
            Self::PerMonth(estimate) | Self::Continuous(estimate) => estimate,
        }
    }
}
