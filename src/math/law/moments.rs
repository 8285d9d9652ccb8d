//! Means and standard deviations: closed forms where there are any, otherwise quadrature of the quantile function.

use super::{Law, metalog};
use crate::math::elementary::{exp, exp_m1};
use crate::math::special::ln_gamma;

/// Step and reach of the double-exponential rule (Takahasi and Mori 1974): at these it is exact to about 1e-13 for
/// quantile functions that are analytic inside (0, 1).
const STEP: f64 = 1.0 / 32.0;
const REACH: i32 = 190;

impl Law {
    /// The mean; `None` where it is infinite.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        if !self.has_moment(1.0) {
            return None;
        }
        Some(match self {
            Self::Constant(value) => *value,
            Self::Normal { mean, .. } => *mean,
            Self::LogNormal { mu, sigma } => exp(mu + 0.5 * sigma * sigma),
            Self::Triangular { low, mode, high } => (low + mode + high) / 3.0,
            Self::Beta { alpha, beta, low, high } => low + (high - low) * alpha / (alpha + beta),
            Self::Gamma { shape, scale } => shape * scale,
            Self::Weibull { shape, scale } => scale * exp(ln_gamma(1.0 + 1.0 / shape)),
            Self::Uniform { low, high } => low + 0.5 * (high - low),
            Self::Discrete { values, cumulative } => expectation(values, cumulative, |x| x),
            Self::Mixture { parts } => weighed(parts, Self::mean)?,
            Self::LogitNormal { .. } | Self::Metalog { .. } | Self::Truncated { .. } => self.integral(|x| x),
        })
    }

    /// The standard deviation, 0 for a constant; `None` where it is infinite.
    #[must_use]
    pub fn sd(&self) -> Option<f64> {
        if !self.has_moment(2.0) {
            return None;
        }
        let mean = self.mean()?;
        let square = |x: f64| (x - mean) * (x - mean);
        let variance = match self {
            Self::Constant(_) => 0.0,
            Self::Normal { sd, .. } => sd * sd,
            Self::LogNormal { sigma, .. } => mean * mean * exp_m1(sigma * sigma),
            Self::Triangular { low, mode, high } => {
                // (l² + m² + h² − lm − lh − mh)/18 as a sum of squares, free of cancellation.
                let (a, b, c) = (mode - low, high - mode, high - low);
                (a * a + b * b + c * c) / 36.0
            }
            Self::Beta { alpha, beta, low, high } => {
                let (sum, width) = (alpha + beta, high - low);
                width * width * alpha * beta / (sum * sum * (sum + 1.0))
            }
            Self::Gamma { shape, scale } => shape * scale * scale,
            Self::Weibull { shape, .. } => {
                mean * mean * exp_m1(ln_gamma(1.0 + 2.0 / shape) - 2.0 * ln_gamma(1.0 + 1.0 / shape))
            }
            Self::Uniform { low, high } => (high - low) * (high - low) / 12.0,
            Self::Discrete { values, cumulative } => expectation(values, cumulative, square),
            // What each part spreads, and what their means do.
            Self::Mixture { parts } => weighed(parts, |law| Some(law.sd()? * law.sd()? + square(law.mean()?)))?,
            Self::LogitNormal { .. } | Self::Metalog { .. } | Self::Truncated { .. } => self.integral(square),
        };
        Some(variance.sqrt())
    }

    /// Whether the moment of this order is finite. Only metalogs bounded on one side can have tails too heavy for it: the
    /// open tail falls like a power, whose exponent is 1 over the end slope.
    fn has_moment(&self, order: f64) -> bool {
        match self {
            Self::Metalog { coefficients, low: Some(_), high: None } => {
                metalog::end_slopes(coefficients).1 * order < 1.0
            }
            Self::Metalog { coefficients, low: None, high: Some(_) } => {
                metalog::end_slopes(coefficients).0 * order < 1.0
            }
            Self::Mixture { parts } => parts.iter().all(|(_, law)| law.has_moment(order)),
            Self::Truncated { law, low, high, .. } => {
                let (least, most) = law.support();
                let open = |cut: f64, end: f64| cut == end && end.is_infinite();
                !(open(*low, least) || open(*high, most)) || law.has_moment(order)
            }
            _ => true,
        }
    }

    /// ∫ f(quantile(p)) dp over (0, 1), in two pieces where the quantile function has a kink.
    fn integral(&self, f: impl Fn(f64) -> f64) -> f64 {
        match self.turn().map(|x| self.tails(x).0).filter(|p| *p > 0.0 && *p < 1.0) {
            Some(kink) => self.piece(0.0, kink, &f) + self.piece(kink, 1.0, &f),
            None => self.piece(0.0, 1.0, &f),
        }
    }

    /// The value where the quantile function turns without being smooth: the mode of a triangular law.
    fn turn(&self) -> Option<f64> {
        match self {
            Self::Triangular { mode, .. } => Some(*mode),
            Self::Truncated { law, .. } => law.turn(),
            _ => None,
        }
    }

    /// p = from + (to − from)·logistic(π sinh t) at equal steps of t: both ends are approached doubly exponentially, and
    /// p and 1 − p are each known to full precision.
    fn piece(&self, from: f64, to: f64, f: impl Fn(f64) -> f64) -> f64 {
        let width = to - from;
        let mut sum = 0.0;
        for i in -REACH..=REACH {
            let t = f64::from(i) * STEP;
            let (rise, fall) = (exp(t), exp(-t));
            let log_odds = std::f64::consts::PI * 0.5 * (rise - fall);
            let (share, rest) = (super::logistic(log_odds), super::logistic(-log_odds));
            let weight = share * rest * std::f64::consts::PI * 0.5 * (rise + fall);
            sum += weight * f(self.at(from + width * share, (1.0 - to) + width * rest));
        }
        width * sum * STEP
    }
}

/// The mean of something of each part, by weight.
fn weighed(parts: &[(f64, Law)], of: impl Fn(&Law) -> Option<f64>) -> Option<f64> {
    parts.iter().try_fold(0.0, |sum, (weight, law)| Some(sum + weight * of(law)?))
}

fn expectation(values: &[f64], cumulative: &[f64], f: impl Fn(f64) -> f64) -> f64 {
    let mut before = 0.0;
    values.iter().zip(cumulative).fold(0.0, |sum, (&value, &at_most)| {
        let weight = at_most - before;
        before = at_most;
        sum + weight * f(value)
    })
}
