/// Estimates that one measurement may settle.
pub const MOST_INPUTS: usize = 12;

/// A way to find out what is not known.
#[derive(Debug, Clone, PartialEq)]
pub struct Measurement {
    /// The name in the file.
    pub name: String,
    /// Paths of the estimates that it settles, as [`super::Estimate::path`] has them; `demand.growth` and `demand.case` where
    /// there are cases.
    pub inputs: Vec<String>,
    /// How, in a sentence; may be empty.
    pub how: String,
    /// What it costs, dollars, at least 0.
    pub cost_usd: f64,
    /// How long it takes, months; 0 where the file does not say.
    pub takes_months: f64,
    /// The part of the spread of each input that it leaves, on the normal score; share, 0..=1. 0: it tells all.
    pub leaves: f64,
}

impl Measurement {
    /// How it is done, or its name where the file does not say.
    #[must_use]
    pub fn words(&self) -> &str {
        if self.how.is_empty() { &self.name } else { &self.how }
    }
}
