//! Laws of estimates, each a non-decreasing function of one uniform.
//!
//! Takes parameters or quantiles that were given ([`Law::from_quantiles`] and its kin check them) and gives values for
//! uniforms. Knows no units, no streams and no correlation.

mod build;
mod error;
mod fill;
mod metalog;
mod mixture;
mod moments;
mod quantiles;
#[cfg(test)]
mod tests;

pub use build::IntervalKind;
pub use error::LawError;
pub use quantiles::brittle;

use multiversion::multiversion;

use super::elementary::{exp, ln, ln_1p, normal_of_tails, pow};
use super::special::{beta_of_tails, beta_tails, gamma_of_tails, gamma_tails, normal_tails};

/// The law of a number.
#[derive(Debug, Clone, PartialEq)]
pub enum Law {
    /// Always this.
    Constant(f64),
    /// Normal.
    Normal {
        /// Mean.
        mean: f64,
        /// Standard deviation, above 0.
        sd: f64,
    },
    /// Log-normal by mean and standard deviation of the log.
    LogNormal {
        /// Mean of the log.
        mu: f64,
        /// Standard deviation of the log, above 0.
        sigma: f64,
    },
    /// low + (high − low) · logistic(mu + sigma·z).
    LogitNormal {
        /// Mean of the logit.
        mu: f64,
        /// Standard deviation of the logit, above 0.
        sigma: f64,
        /// Lower end.
        low: f64,
        /// Upper end, above the lower.
        high: f64,
    },
    /// Triangular.
    Triangular {
        /// Lower end.
        low: f64,
        /// Most likely value, from the lower to the upper end, both included.
        mode: f64,
        /// Upper end, above the lower.
        high: f64,
    },
    /// Beta on [low, high]; PERT is one.
    Beta {
        /// First shape, above 0: pulls towards the upper end.
        alpha: f64,
        /// Second shape, above 0: pulls towards the lower end.
        beta: f64,
        /// Lower end.
        low: f64,
        /// Upper end, above the lower.
        high: f64,
    },
    /// Gamma by shape and scale.
    Gamma {
        /// Shape, above 0.
        shape: f64,
        /// Scale, above 0, in the number's unit.
        scale: f64,
    },
    /// Weibull by shape and scale.
    Weibull {
        /// Shape, above 0.
        shape: f64,
        /// Scale, above 0, in the number's unit.
        scale: f64,
    },
    /// Uniform.
    Uniform {
        /// Lower end.
        low: f64,
        /// Upper end, above the lower.
        high: f64,
    },
    /// Ascending values with cumulative probabilities, the last 1.
    Discrete {
        /// Values, strictly ascending.
        values: Vec<f64>,
        /// The chance of at most the value beside it.
        cumulative: Vec<f64>,
    },
    /// Metalog (Keelin 2016) through given quantiles, on the line, above `low`, below `high` or between them.
    Metalog {
        /// a1, a2, … of Keelin's series for the value, or for its log or logit where there are bounds.
        coefficients: Vec<f64>,
        /// Lower bound, if any.
        low: Option<f64>,
        /// Upper bound, if any.
        high: Option<f64>,
    },
    /// One of several laws by weight; the weights add up to 1, at most one part is discrete, and none is a constant or a
    /// mixture.
    Mixture {
        /// Weight and law of each part.
        parts: Vec<(f64, Law)>,
    },
    /// A law given that its value lies in [low, high].
    Truncated {
        /// The law before.
        law: Box<Law>,
        /// Least value left.
        low: f64,
        /// Largest value left.
        high: f64,
        /// The chance of less than `low` before.
        p_low: f64,
        /// The chance of at most `high` before.
        p_high: f64,
    },
}

/// 1 / (1 + e^(−x)).
#[inline(always)]
fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + exp(-x))
}

/// [`Law::at`], compiled for fused multiply-adds: without them each is a call.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn at(law: &Law, p: f64, complement: f64) -> f64 {
    debug_assert!((0.0..=1.0).contains(&p), "Invariant: a probability is 0 to 1");
    if p <= 0.0 {
        return law.support().0;
    }
    if complement <= 0.0 {
        return law.support().1;
    }
    match law {
        Law::Constant(value) => *value,
        Law::Normal { mean, sd } => mean + sd * normal_of_tails(p, complement),
        Law::LogNormal { mu, sigma } => exp(mu + sigma * normal_of_tails(p, complement)),
        Law::LogitNormal { mu, sigma, low, high } => {
            low + (high - low) * logistic(mu + sigma * normal_of_tails(p, complement))
        }
        Law::Triangular { low, mode, high } => triangular(p, complement, *low, *mode, *high),
        Law::Beta { alpha, beta, low, high } => low + (high - low) * beta_of_tails(*alpha, *beta, p, complement),
        Law::Gamma { shape, scale } => scale * gamma_of_tails(*shape, p, complement),
        Law::Weibull { shape, scale } => {
            let hazard = if p < 0.5 { -ln_1p(-p) } else { -ln(complement) };
            scale * pow(hazard, 1.0 / shape)
        }
        Law::Uniform { low, high } => low + (high - low) * p,
        Law::Discrete { values, cumulative } => {
            values[cumulative.partition_point(|&sum| sum < p).min(values.len() - 1)]
        }
        Law::Metalog { coefficients, low, high } => {
            metalog::value(metalog::series(coefficients, p, complement), *low, *high)
        }
        Law::Mixture { parts } => mixture::at(parts, p, complement),
        Law::Truncated { law, low, high, p_low, p_high } => {
            let left = p_high - p_low;
            law.at((p_low + p * left).min(1.0), (1.0 - p_high + complement * left).min(1.0)).clamp(*low, *high)
        }
    }
}

impl Law {
    /// The value that the share p of all outcomes does not pass; non-decreasing in p. The ends of the support at 0 and 1.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        self.at(p, 1.0 - p)
    }

    /// The quantile of p where 1 − p is known by itself, so that the upper tail is as sharp as the lower.
    pub(crate) fn at(&self, p: f64, complement: f64) -> f64 {
        at(self, p, complement)
    }

    /// The chance of at most x.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        self.tails(x).0
    }

    /// The chance of at most x and of more than x.
    fn tails(&self, x: f64) -> (f64, f64) {
        let (least, most) = self.support();
        if x < least {
            return (0.0, 1.0);
        }
        if x >= most {
            return (1.0, 0.0);
        }
        match self {
            Self::Constant(_) => (1.0, 0.0),
            Self::Normal { mean, sd } => normal_tails((x - mean) / sd),
            Self::LogNormal { mu, sigma } => normal_tails((ln(x) - mu) / sigma),
            Self::LogitNormal { mu, sigma, low, high } => normal_tails((ln((x - low) / (high - x)) - mu) / sigma),
            Self::Triangular { low, mode, high } => {
                if x < *mode {
                    let below = (x - low) / (high - low) * ((x - low) / (mode - low));
                    (below, 1.0 - below)
                } else {
                    let above = (high - x) / (high - low) * ((high - x) / (high - mode));
                    (1.0 - above, above)
                }
            }
            Self::Beta { alpha, beta, low, high } => {
                let width = high - low;
                beta_tails(*alpha, *beta, (x - low) / width, (high - x) / width)
            }
            Self::Gamma { shape, scale } => gamma_tails(*shape, x / scale),
            Self::Weibull { shape, scale } => {
                let hazard = pow(x / scale, *shape);
                (-super::elementary::exp_m1(-hazard), exp(-hazard))
            }
            Self::Uniform { low, high } => ((x - low) / (high - low), (high - x) / (high - low)),
            Self::Discrete { values, cumulative } => {
                let at_most = cumulative[values.partition_point(|&value| value <= x) - 1];
                (at_most, 1.0 - at_most)
            }
            Self::Metalog { coefficients, low, high } => metalog::tails(coefficients, metalog::to_line(x, *low, *high)),
            Self::Mixture { parts } => mixture::tails(parts, x),
            Self::Truncated { law, p_low, p_high, .. } => {
                let (below, above) = law.tails(x);
                let left = p_high - p_low;
                (((below - p_low) / left).clamp(0.0, 1.0), ((above - (1.0 - p_high)) / left).clamp(0.0, 1.0))
            }
        }
    }

    /// The smallest and the largest value, infinite where there is none.
    #[must_use]
    pub fn support(&self) -> (f64, f64) {
        match self {
            Self::Constant(value) => (*value, *value),
            Self::Normal { .. } => (f64::NEG_INFINITY, f64::INFINITY),
            Self::LogNormal { .. } | Self::Gamma { .. } | Self::Weibull { .. } => (0.0, f64::INFINITY),
            Self::LogitNormal { low, high, .. }
            | Self::Triangular { low, high, .. }
            | Self::Beta { low, high, .. }
            | Self::Uniform { low, high }
            | Self::Truncated { low, high, .. } => (*low, *high),
            Self::Discrete { values, .. } => (values[0], values[values.len() - 1]),
            Self::Metalog { low, high, .. } => (low.unwrap_or(f64::NEG_INFINITY), high.unwrap_or(f64::INFINITY)),
            Self::Mixture { parts } => {
                let ends = parts.iter().map(|(_, law)| law.support());
                ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), (low, high)| (a.min(low), b.max(high)))
            }
        }
    }

    /// The chance of less than `low` or more than `high`.
    #[must_use]
    pub fn probability_outside(&self, low: f64, high: f64) -> f64 {
        self.chance_below(low) + self.tails(high).1
    }

    /// The chance of less than x, x itself left out.
    fn chance_below(&self, x: f64) -> f64 {
        match self {
            Self::Constant(value) => f64::from(u8::from(*value < x)),
            Self::Discrete { values, cumulative } => {
                values.partition_point(|&value| value < x).checked_sub(1).map_or(0.0, |last| cumulative[last])
            }
            Self::Mixture { parts } => parts.iter().map(|(weight, law)| weight * law.chance_below(x)).sum(),
            _ => self.tails(x).0,
        }
    }

    /// The law of `factor` times the number; the factor is above 0.
    #[must_use]
    pub fn scaled(&self, factor: f64) -> Self {
        debug_assert!(factor > 0.0 && factor.is_finite(), "Invariant: a scale factor is positive");
        let by = |x: &f64| x * factor;
        match self {
            Self::Constant(value) => Self::Constant(by(value)),
            Self::Normal { mean, sd } => Self::Normal { mean: by(mean), sd: by(sd) },
            Self::LogNormal { mu, sigma } => Self::LogNormal { mu: mu + ln(factor), sigma: *sigma },
            Self::LogitNormal { mu, sigma, low, high } => {
                Self::LogitNormal { mu: *mu, sigma: *sigma, low: by(low), high: by(high) }
            }
            Self::Triangular { low, mode, high } => Self::Triangular { low: by(low), mode: by(mode), high: by(high) },
            Self::Beta { alpha, beta, low, high } => {
                Self::Beta { alpha: *alpha, beta: *beta, low: by(low), high: by(high) }
            }
            Self::Gamma { shape, scale } => Self::Gamma { shape: *shape, scale: by(scale) },
            Self::Weibull { shape, scale } => Self::Weibull { shape: *shape, scale: by(scale) },
            Self::Uniform { low, high } => Self::Uniform { low: by(low), high: by(high) },
            Self::Discrete { values, cumulative } => {
                Self::Discrete { values: values.iter().map(by).collect(), cumulative: cumulative.clone() }
            }
            Self::Metalog { coefficients, low, high } => Self::Metalog {
                coefficients: metalog::scaled(coefficients, *low, *high, factor),
                low: low.as_ref().map(by),
                high: high.as_ref().map(by),
            },
            Self::Mixture { parts } => {
                Self::Mixture { parts: parts.iter().map(|(weight, law)| (*weight, law.scaled(factor))).collect() }
            }
            Self::Truncated { law, low, high, p_low, p_high } => Self::Truncated {
                law: Box::new(law.scaled(factor)),
                low: by(low),
                high: by(high),
                p_low: *p_low,
                p_high: *p_high,
            },
        }
    }
}

/// The triangular quantile, from the nearer end on each side of the mode.
#[inline(always)]
fn triangular(p: f64, complement: f64, low: f64, mode: f64, high: f64) -> f64 {
    let width = high - low;
    let rising = low + (p * width * (mode - low)).sqrt();
    let falling = high - (complement * width * (high - mode)).sqrt();
    if p * width < mode - low { rising } else { falling }
}
