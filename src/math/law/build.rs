//! Laws from parameters and from two quantiles, checked.

use super::{Law, LawError};
use crate::math::elementary::{exp, ln, ln_1p, normal_quantile, pow};
use crate::math::special::gamma_of_tails;

/// Truncation to less of a law than this is refused: what is left is then decided by rounding.
const LEAST_LEFT: f64 = 1e-9;
/// λ of PERT: weight of the mode against the ends' mean (Malcolm, Roseboom, Clark, Fazar 1959).
const PERT_LAMBDA: f64 = 4.0;
/// Shapes of a gamma law between which one with given quantiles is looked for.
const SHAPES: [f64; 2] = [1e-3, 1e8];
/// Halvings of their logarithms' distance, 25: what is left is 2·10⁻¹⁷.
const HALVINGS: u32 = 60;

/// What kind of number a 90 % interval is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IntervalKind {
    /// Lies between 0 and 1.
    Share,
    /// Anything else.
    Number,
}

fn finite(name: &'static str, value: f64) -> Result<f64, LawError> {
    if value.is_finite() { Ok(value) } else { Err(LawError::NotFinite { name, value }) }
}

fn positive(name: &'static str, value: f64) -> Result<f64, LawError> {
    if finite(name, value)? > 0.0 { Ok(value) } else { Err(LawError::NotPositive { name, value }) }
}

fn ends(low: f64, high: f64) -> Result<(), LawError> {
    finite("low", low)?;
    finite("high", high)?;
    if low == high {
        return Err(LawError::NoSpread { value: low });
    }
    if low > high { Err(LawError::NotAscending { before: low, after: high }) } else { Ok(()) }
}

fn probability(p: f64) -> Result<f64, LawError> {
    if p > 0.0 && p < 1.0 { Ok(p) } else { Err(LawError::NotAProbability { p }) }
}

/// Mean and standard deviation of the normal law with two given quantiles.
pub(super) fn normal_through(p1: f64, x1: f64, p2: f64, x2: f64) -> (f64, f64) {
    let (z1, z2) = (normal_quantile(p1), normal_quantile(p2));
    let sd = (x2 - x1) / (z2 - z1);
    // The mean from both ends weighs their rounding evenly; P5 and P95 give it exactly.
    ((x1 * z2 - x2 * z1) / (z2 - z1), sd)
}

impl Law {
    /// A normal law.
    ///
    /// # Errors
    /// Unless the mean is finite and the standard deviation above 0.
    pub fn normal(mean: f64, sd: f64) -> Result<Self, LawError> {
        Ok(Self::Normal { mean: finite("mean", mean)?, sd: positive("sd", sd)? })
    }

    /// A log-normal law by mean and standard deviation of the log.
    ///
    /// # Errors
    /// Unless mu is finite and sigma above 0.
    pub fn lognormal(mu: f64, sigma: f64) -> Result<Self, LawError> {
        Ok(Self::LogNormal { mu: finite("mu", mu)?, sigma: positive("sigma", sigma)? })
    }

    /// A logit-normal law on [low, high] by mean and standard deviation of the logit.
    ///
    /// # Errors
    /// Unless mu is finite, sigma above 0 and low below high.
    pub fn logitnormal(mu: f64, sigma: f64, low: f64, high: f64) -> Result<Self, LawError> {
        ends(low, high)?;
        Ok(Self::LogitNormal { mu: finite("mu", mu)?, sigma: positive("sigma", sigma)?, low, high })
    }

    /// The law whose P5 and P95 are given: logit-normal on [0, 1] for a share, otherwise log-normal where both are above
    /// 0 and normal where not.
    ///
    /// # Errors
    /// Unless low is below high; for a share, unless both are strictly inside 0 to 1.
    pub fn interval90(low: f64, high: f64, kind: IntervalKind) -> Result<Self, LawError> {
        ends(low, high)?;
        match kind {
            IntervalKind::Share if low > 0.0 && high < 1.0 => {
                let logit = |x: f64| ln(x / (1.0 - x));
                let (mu, sigma) = normal_through(0.05, logit(low), 0.95, logit(high));
                Self::logitnormal(mu, sigma, 0.0, 1.0)
            }
            IntervalKind::Share => Err(LawError::ShareEnds { low, high }),
            IntervalKind::Number if low > 0.0 => Self::lognormal_from_quantiles(0.05, low, 0.95, high),
            IntervalKind::Number => Self::normal_from_quantiles(0.05, low, 0.95, high),
        }
    }

    /// The normal law with two given quantiles.
    ///
    /// # Errors
    /// Unless both probabilities are inside 0 to 1 and probabilities and values ascend.
    pub fn normal_from_quantiles(p1: f64, x1: f64, p2: f64, x2: f64) -> Result<Self, LawError> {
        ends(x1, x2)?;
        ends(probability(p1)?, probability(p2)?)?;
        let (mean, sd) = normal_through(p1, x1, p2, x2);
        Self::normal(mean, sd)
    }

    /// The log-normal law with two given quantiles.
    ///
    /// # Errors
    /// Unless both probabilities are inside 0 to 1, both values above 0, and probabilities and values ascend.
    pub fn lognormal_from_quantiles(p1: f64, x1: f64, p2: f64, x2: f64) -> Result<Self, LawError> {
        positive("a log-normal quantile", x1)?;
        ends(x1, x2)?;
        ends(probability(p1)?, probability(p2)?)?;
        let (mu, sigma) = normal_through(p1, ln(x1), p2, ln(x2));
        Self::lognormal(mu, sigma)
    }

    /// The gamma law with two given quantiles: the shape is the one whose quantiles have their ratio, by halving.
    ///
    /// # Errors
    /// Unless both probabilities are inside 0 to 1, both values above 0, and probabilities and values ascend; where the
    /// values are closer to each other than those of a shape of 10⁸.
    pub fn gamma_from_quantiles(p1: f64, x1: f64, p2: f64, x2: f64) -> Result<Self, LawError> {
        positive("a gamma quantile", x1)?;
        ends(x1, x2)?;
        ends(probability(p1)?, probability(p2)?)?;
        // The spread between two quantiles falls as the shape grows.
        let spread = |shape: f64| ln(gamma_of_tails(shape, p2, 1.0 - p2)) - ln(gamma_of_tails(shape, p1, 1.0 - p1));
        let (wanted, [mut low, mut high]) = (ln(x2) - ln(x1), SHAPES.map(ln));
        if spread(SHAPES[1]) > wanted {
            return Err(LawError::TooClose { low: x1, high: x2 });
        }
        for _ in 0..HALVINGS {
            let middle = 0.5 * (low + high);
            // A shape so small that its lower quantile is 0 spreads without end.
            if spread(exp(middle)) > wanted {
                low = middle;
            } else {
                high = middle;
            }
        }
        let shape = exp(0.5 * (low + high));
        Self::gamma(shape, x2 / gamma_of_tails(shape, p2, 1.0 - p2))
    }

    /// The Weibull law with two given quantiles: ln x is linear in ln −ln(1 − p).
    ///
    /// # Errors
    /// Unless both probabilities are inside 0 to 1, both values above 0, and probabilities and values ascend.
    pub fn weibull_from_quantiles(p1: f64, x1: f64, p2: f64, x2: f64) -> Result<Self, LawError> {
        positive("a Weibull quantile", x1)?;
        ends(x1, x2)?;
        ends(probability(p1)?, probability(p2)?)?;
        let hazard = |p: f64| -ln_1p(-p);
        let shape = ln(hazard(p2) / hazard(p1)) / ln(x2 / x1);
        Self::weibull(shape, x2 / pow(hazard(p2), 1.0 / shape))
    }

    /// PERT with λ = 4: a beta law on [low, high] of mean (low + 4·mode + high)/6.
    ///
    /// # Errors
    /// Unless low ≤ mode ≤ high and low < high.
    pub fn pert(low: f64, mode: f64, high: f64) -> Result<Self, LawError> {
        Self::pert_with(low, mode, high, PERT_LAMBDA)
    }

    /// PERT (Vose 2000): alpha = 1 + λ(mode − low)/(high − low), beta = 1 + λ(high − mode)/(high − low). A mode at an end
    /// gives 1 for the shape on that side.
    ///
    /// # Errors
    /// Unless low ≤ mode ≤ high, low < high and lambda > 0.
    pub fn pert_with(low: f64, mode: f64, high: f64, lambda: f64) -> Result<Self, LawError> {
        mode_inside(low, mode, high)?;
        positive("lambda", lambda)?;
        let share = |part: f64| 1.0 + lambda * part / (high - low);
        Ok(Self::Beta { alpha: share(mode - low), beta: share(high - mode), low, high })
    }

    /// A triangular law.
    ///
    /// # Errors
    /// Unless low ≤ mode ≤ high and low < high.
    pub fn triangular(low: f64, mode: f64, high: f64) -> Result<Self, LawError> {
        mode_inside(low, mode, high)?;
        Ok(Self::Triangular { low, mode, high })
    }

    /// A beta law on [low, high].
    ///
    /// # Errors
    /// Unless both shapes are above 0 and low is below high.
    pub fn beta(alpha: f64, beta: f64, low: f64, high: f64) -> Result<Self, LawError> {
        ends(low, high)?;
        Ok(Self::Beta { alpha: positive("alpha", alpha)?, beta: positive("beta", beta)?, low, high })
    }

    /// A gamma law.
    ///
    /// # Errors
    /// Unless shape and scale are above 0.
    pub fn gamma(shape: f64, scale: f64) -> Result<Self, LawError> {
        Ok(Self::Gamma { shape: positive("shape", shape)?, scale: positive("scale", scale)? })
    }

    /// A Weibull law.
    ///
    /// # Errors
    /// Unless shape and scale are above 0.
    pub fn weibull(shape: f64, scale: f64) -> Result<Self, LawError> {
        Ok(Self::Weibull { shape: positive("shape", shape)?, scale: positive("scale", scale)? })
    }

    /// A uniform law.
    ///
    /// # Errors
    /// Unless low is below high.
    pub fn uniform(low: f64, high: f64) -> Result<Self, LawError> {
        ends(low, high)?;
        Ok(Self::Uniform { low, high })
    }

    /// A few values with weights, in any order; weights need not add up to 1. Equal values are added together.
    ///
    /// # Errors
    /// Unless there is a finite weight of at least 0 for each finite value, not all 0.
    pub fn discrete(values: &[f64], weights: &[f64]) -> Result<Self, LawError> {
        if values.len() != weights.len() {
            return Err(LawError::WeightCount { values: values.len(), weights: weights.len() });
        }
        let mut pairs = Vec::with_capacity(values.len());
        for (&value, &weight) in values.iter().zip(weights) {
            finite("a value", value)?;
            if finite("a weight", weight)? < 0.0 {
                return Err(LawError::Weight { value: weight });
            }
            if weight > 0.0 {
                pairs.push((value, weight));
            }
        }
        let total: f64 = pairs.iter().map(|pair| pair.1).sum();
        if total <= 0.0 || !total.is_finite() {
            return Err(LawError::Weight { value: total });
        }
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (mut values, mut cumulative): (Vec<f64>, Vec<f64>) = (Vec::new(), Vec::new());
        let mut sum = 0.0;
        for (value, weight) in pairs {
            sum += weight;
            if values.last() == Some(&value) {
                cumulative.pop();
            } else {
                values.push(value);
            }
            cumulative.push(sum / total);
        }
        if let Some(last) = cumulative.last_mut() {
            *last = 1.0;
        }
        Ok(Self::Discrete { values, cumulative })
    }

    /// The law given that its value lies in [low, high]; infinite ends leave that side open. A law that lies inside
    /// already comes back as it is; uniform and discrete laws stay uniform and discrete.
    ///
    /// # Errors
    /// If less than 1e-9 of the law is left.
    pub fn truncated(self, low: f64, high: f64) -> Result<Self, LawError> {
        let (least, most) = self.support();
        if low <= least && high >= most {
            return Ok(self);
        }
        let (p_low, p_high) = (self.chance_below(low), 1.0 - self.tails(high).1);
        let probability = p_high - p_low;
        if low > high || probability.is_nan() || probability < LEAST_LEFT {
            return Err(LawError::NothingLeft { low, high, probability: probability.max(0.0) });
        }
        let (low, high) = (low.max(least), high.min(most));
        match self {
            Self::Constant(_) => Ok(self),
            Self::Uniform { .. } => Self::uniform(low, high),
            Self::Discrete { values, cumulative } => {
                let weight = |i: usize| cumulative[i] - i.checked_sub(1).map_or(0.0, |before| cumulative[before]);
                let left = |i: &usize| (low..=high).contains(&values[*i]);
                let (kept, weights): (Vec<f64>, Vec<f64>) =
                    (0..values.len()).filter(left).map(|i| (values[i], weight(i))).unzip();
                Self::discrete(&kept, &weights)
            }
            Self::Truncated { law, .. } => law.truncated(low, high),
            Self::Mixture { parts } => super::mixture::truncated(parts, low, high),
            law => Ok(Self::Truncated { law: Box::new(law), low, high, p_low, p_high }),
        }
    }
}

fn mode_inside(low: f64, mode: f64, high: f64) -> Result<(), LawError> {
    ends(low, high)?;
    if (low..=high).contains(&mode) { Ok(()) } else { Err(LawError::ModeOutside { low, mode, high }) }
}
