//! Laws of estimates, each a non-decreasing function of one uniform.

/// The law of a number.
#[derive(Debug, Clone, PartialEq)]
pub enum Law {
    /// Always this.
    Constant(f64),
    /// Normal.
    Normal { mean: f64, sd: f64 },
    /// Log-normal by mean and standard deviation of the log.
    LogNormal { mu: f64, sigma: f64 },
    /// low + (high − low) · logistic(mu + sigma·z).
    LogitNormal { mu: f64, sigma: f64, low: f64, high: f64 },
    /// Triangular.
    Triangular { low: f64, mode: f64, high: f64 },
    /// Beta on [low, high]; PERT is one.
    Beta { alpha: f64, beta: f64, low: f64, high: f64 },
    /// Gamma by shape and scale.
    Gamma { shape: f64, scale: f64 },
    /// Weibull by shape and scale.
    Weibull { shape: f64, scale: f64 },
    /// Uniform.
    Uniform { low: f64, high: f64 },
    /// Ascending values with cumulative probabilities, the last 1.
    Discrete { values: Vec<f64>, cumulative: Vec<f64> },
    /// Metalog (Keelin 2016) through given quantiles, on the line, above `low`, below `high` or between them.
    Metalog { coefficients: Vec<f64>, low: Option<f64>, high: Option<f64> },
    /// A law given that its value lies in [low, high].
    Truncated { law: Box<Law>, low: f64, high: f64, p_low: f64, p_high: f64 },
}
