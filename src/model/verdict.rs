use super::Lens;

/// What is decided on, and the thresholds of the verdict.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct VerdictRule {
    /// Which costs count.
    pub lens: Lens,
    /// Whether they count at present value, where the scenario gives a rate.
    pub discounted: bool,
    /// The month to whose end options are compared, at least 1; `None`: the horizon.
    pub window: Option<u32>,
    /// Years of the run-rate difference that are added at the end of that time; at least 0.
    pub end_value_years: f64,
    /// The part of the baseline's cost below which a difference is none. Share, 0..=1.
    pub too_close: f64,
    /// The month from which on the sign must not change; 1 or later.
    pub steady_from: u32,
    /// How many times its cost a measurement must be worth; above 0.
    pub worth_finding_out: f64,
    /// The middle part of an input's outcomes in which the choice must flip. Share, 0..=1.
    pub flips_within: f64,
}

impl Default for VerdictRule {
    /// Those of a file that says nothing.
    fn default() -> Self {
        Self {
            lens: Lens::Tco,
            discounted: true,
            window: None,
            end_value_years: 0.0,
            too_close: 0.02,
            steady_from: 36,
            worth_finding_out: 3.0,
            flips_within: 0.8,
        }
    }
}
