//! One of several laws, by weight, as one non-decreasing function of one uniform.
//!
//! The distribution function of a mixture is F(x) = Σ weight · F_part(x), and its quantile is the least x with F(x) ≥ p. It lies
//! between the least and the greatest of the parts' own quantiles of p, and is found there by the Illinois form of the
//! false position (Dowell & Jarratt 1971), every third step a halving, so that no shape of F makes it slow.
//!
//! **How far it is carried.** Until the bracket is [`CLOSE`] = 2⁻⁴⁶ of the value. That moves F by x·f(x)·2⁻⁴⁶, f the density. Uniforms
//! are 2⁻³² apart, so draws of two different words keep their order while x·f(x) < 2¹³: for a normal part, while its
//! standard deviation is above 1/20,000 of its value. Values that single constants and discrete parts give are met to the bit.

use super::{Law, LawError};

/// Width of the bracket, as a share of the value, at which the search ends.
const CLOSE: f64 = 1.0 / 70_368_744_177_664.0;
/// Steps after which it ends wherever it is: at a value of 0 a share of it is never reached.
const MOST_STEPS: usize = 240;
/// A part of which less than this lies within bounds is left out when a mixture is cut.
const LEAST_LEFT: f64 = 1e-9;

impl Law {
    /// One of several laws, each with a weight of at least 0; weights need not add up to 1. Mixtures among them are taken
    /// apart, and what is discrete is joined, so that several constants are a discrete law.
    ///
    /// # Errors
    /// Unless there is a part and the weights are finite, at least 0 and not all 0.
    pub fn mixture(parts: Vec<(f64, Self)>) -> Result<Self, LawError> {
        let mut flat = Vec::with_capacity(parts.len());
        for (weight, law) in parts {
            if !weight.is_finite() {
                return Err(LawError::NotFinite { name: "a weight", value: weight });
            }
            if weight < 0.0 {
                return Err(LawError::Weight { value: weight });
            }
            match law {
                Self::Mixture { parts } => {
                    flat.extend(parts.into_iter().map(|(inner, law)| (weight * inner, law)));
                }
                law => flat.push((weight, law)),
            }
        }
        flat.retain(|(weight, _)| *weight > 0.0);
        let total: f64 = flat.iter().map(|(weight, _)| weight).sum();
        if total <= 0.0 || !total.is_finite() {
            return Err(LawError::Weight { value: total });
        }
        let (atoms, mut parts): (Vec<_>, Vec<_>) =
            flat.into_iter().partition(|(_, law)| matches!(law, Self::Constant(_) | Self::Discrete { .. }));
        if !atoms.is_empty() {
            let (mut values, mut weights) = (Vec::new(), Vec::new());
            for (weight, law) in &atoms {
                for (value, own) in law.atoms() {
                    values.push(value);
                    weights.push(weight * own);
                }
            }
            parts.push((weights.iter().sum(), Self::discrete(&values, &weights)?));
        }
        if parts.len() == 1 {
            return Ok(parts.remove(0).1);
        }
        parts.iter_mut().for_each(|(weight, _)| *weight /= total);
        Ok(Self::Mixture { parts })
    }

    /// Single values with the chance of each.
    fn atoms(&self) -> Vec<(f64, f64)> {
        match self {
            Self::Constant(value) => vec![(*value, 1.0)],
            Self::Discrete { values, cumulative } => {
                let chance = |i: usize| cumulative[i] - i.checked_sub(1).map_or(0.0, |before| cumulative[before]);
                (0..values.len()).map(|i| (values[i], chance(i))).collect()
            }
            _ => Vec::new(),
        }
    }
}

/// The quantile of p where 1 − p is known by itself, strictly inside 0 to 1.
pub(super) fn at(parts: &[(f64, Law)], p: f64, complement: f64) -> f64 {
    // What F lacks of p, from whichever tail is sharp; above 0 where x is below the quantile.
    let lacks = |x: f64| {
        let (below, above) = tails(parts, x);
        if p <= complement { p - below } else { above - complement }
    };
    let own = parts.iter().map(|(_, law)| law.at(p, complement));
    let (mut low, mut high) = own.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| (a.min(x), b.max(x)));
    for (weight, law) in parts {
        let Law::Discrete { values, cumulative } = law else { continue };
        let reached = values.partition_point(|value| lacks(*value) > 0.0);
        if let Some(&value) = values.get(reached) {
            let chance = cumulative[reached] - reached.checked_sub(1).map_or(0.0, |before| cumulative[before]);
            if lacks(value) + weight * chance > 0.0 {
                return value;
            }
            high = high.min(value);
        }
        if let Some(before) = reached.checked_sub(1) {
            low = low.max(values[before]);
        }
    }
    search(lacks, low, high)
}

/// The x at which a falling function reaches 0, from above: `lacks(low) ≥ 0 ≥ lacks(high)`.
fn search(lacks: impl Fn(f64) -> f64, mut low: f64, mut high: f64) -> f64 {
    let (mut at_low, mut at_high) = (lacks(low), lacks(high));
    if at_low <= 0.0 || low >= high {
        return low;
    }
    let mut moved_low = None;
    for step in 0..MOST_STEPS {
        if high - low <= CLOSE * low.abs().max(high.abs()) {
            break;
        }
        let crossing = low + (high - low) * (at_low / (at_low - at_high));
        let halves = step % 3 == 2 || !(crossing > low && crossing < high);
        let next = if halves { 0.5 * low + 0.5 * high } else { crossing };
        let here = lacks(next);
        if here > 0.0 {
            (low, at_low) = (next, here);
            at_high *= if moved_low == Some(true) { 0.5 } else { 1.0 };
        } else {
            (high, at_high) = (next, here);
            at_low *= if moved_low == Some(false) { 0.5 } else { 1.0 };
        }
        moved_low = Some(here > 0.0);
    }
    high
}

/// The chance of at most x and of more than x.
pub(super) fn tails(parts: &[(f64, Law)], x: f64) -> (f64, f64) {
    parts.iter().fold((0.0, 0.0), |(below, above), (weight, law)| {
        let own = law.tails(x);
        (below + weight * own.0, above + weight * own.1)
    })
}

/// The mixture given that its value lies in [low, high]: each part so cut, weighed by what is left of it.
pub(super) fn truncated(parts: Vec<(f64, Law)>, low: f64, high: f64) -> Result<Law, LawError> {
    let mut left = Vec::with_capacity(parts.len());
    for (weight, law) in parts {
        let inside = 1.0 - law.probability_outside(low, high);
        if inside >= LEAST_LEFT {
            left.push((weight * inside, law.truncated(low, high)?));
        }
    }
    if left.is_empty() {
        return Err(LawError::NothingLeft { low, high, probability: 0.0 });
    }
    Law::mixture(left)
}
