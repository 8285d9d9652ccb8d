//! Laws through three or more quantiles: a named law where one fits exactly, otherwise a metalog.

use super::build::normal_through;
use super::metalog::{self, MOST_TERMS};
use super::{Law, LawError};

/// How closely the remaining quantiles must meet a normal law through the outer two, as a share of their distance.
const REL_FITS: f64 = 1e-9;
/// How well a quantile is known at best, as a share of the distance to its neighbour.
const KNOWN_WITHIN: f64 = 0.05;
/// How many values between a quantile's neighbours are tried for a way out of an infeasible set.
const TRIES: i32 = 48;

impl Law {
    /// The law through three or more quantiles (p, x), above `low` and below `high` where given.
    ///
    /// Where a normal law fits all of them to 1e-9 it is taken (of the number without bounds, of its logit between two);
    /// so is a log-normal law, without bounds or with 0 as the lower. Otherwise: the k-term metalog through all k.
    ///
    /// # Errors
    /// Unless probabilities (inside 0 to 1) and values ascend, inside the bounds; if the metalog would fall somewhere,
    /// the error names the quantile whose move mends it with the least distance.
    pub fn from_quantiles(quantiles: &[(f64, f64)], low: Option<f64>, high: Option<f64>) -> Result<Self, LawError> {
        check(quantiles, low, high)?;
        if let Some(law) = exact(quantiles, low, high) {
            return Ok(law);
        }
        Self::metalog(quantiles, low, high)
    }

    /// The k-term metalog through k quantiles, k at least 3, without looking for a simpler law.
    ///
    /// # Errors
    /// As [`Law::from_quantiles`].
    pub fn metalog(quantiles: &[(f64, f64)], low: Option<f64>, high: Option<f64>) -> Result<Self, LawError> {
        check(quantiles, low, high)?;
        match feasible(quantiles, low, high) {
            Some(coefficients) => Ok(Self::Metalog { coefficients, low, high }),
            None => Err(way_out(quantiles, low, high)),
        }
    }
}

/// The first quantile that cannot be moved towards a neighbour by a twentieth of their distance without making the set
/// infeasible, as its probability and its value; `None` where each can, or where no metalog is needed. Nobody knows quantiles so
/// well, so that the curve through such a set says what was not meant: almost all of it in one place.
#[must_use]
pub fn brittle(quantiles: &[(f64, f64)], low: Option<f64>, high: Option<f64>) -> Option<(f64, f64)> {
    if check(quantiles, low, high).is_err() || exact(quantiles, low, high).is_some() {
        return None;
    }
    let holds = |i: usize, neighbour: usize| {
        let mut moved = quantiles.to_vec();
        moved[i].1 += KNOWN_WITHIN * (quantiles[neighbour].1 - quantiles[i].1);
        check(&moved, low, high).is_ok() && feasible(&moved, low, high).is_some()
    };
    let is_held = |i: &usize| {
        let below = i.checked_sub(1).is_none_or(|before| holds(*i, before));
        below && (*i + 1 == quantiles.len() || holds(*i, i + 1))
    };
    (0..quantiles.len()).find(|i| !is_held(i)).map(|i| quantiles[i])
}

fn check(quantiles: &[(f64, f64)], low: Option<f64>, high: Option<f64>) -> Result<(), LawError> {
    let count = quantiles.len();
    if !(3..=MOST_TERMS).contains(&count) {
        return Err(LawError::QuantileCount { count, least: 3, most: MOST_TERMS });
    }
    let (least, most) = (low.unwrap_or(f64::NEG_INFINITY), high.unwrap_or(f64::INFINITY));
    if least >= most {
        return Err(LawError::NotAscending { before: least, after: most });
    }
    for &(p, value) in quantiles {
        if !(p > 0.0 && p < 1.0) {
            return Err(LawError::NotAProbability { p });
        }
        if !value.is_finite() {
            return Err(LawError::NotFinite { name: "a quantile", value });
        }
        if value <= least || value >= most {
            return Err(LawError::OutsideBounds { value, low: least, high: most });
        }
    }
    if quantiles[0].1 == quantiles[count - 1].1 {
        return Err(LawError::NoSpread { value: quantiles[0].1 });
    }
    for pair in quantiles.windows(2) {
        let ((p1, x1), (p2, x2)) = (pair[0], pair[1]);
        if p2 <= p1 {
            return Err(LawError::NotAscending { before: p1, after: p2 });
        }
        if x2 <= x1 {
            return Err(LawError::NotAscending { before: x1, after: x2 });
        }
    }
    Ok(())
}

/// The normal law through all points on the line, if there is one: its mean and standard deviation.
fn straight(quantiles: &[(f64, f64)], to_line: impl Fn(f64) -> f64) -> Option<(f64, f64)> {
    let (first, last) = (quantiles[0], quantiles[quantiles.len() - 1]);
    let (from, to) = (to_line(first.1), to_line(last.1));
    let (mean, sd) = normal_through(first.0, from, last.0, to);
    let fits = |&(p, x): &(f64, f64)| {
        (mean + sd * crate::math::elementary::normal_quantile(p) - to_line(x)).abs() <= REL_FITS * (to - from)
    };
    quantiles.iter().all(fits).then_some((mean, sd))
}

fn exact(quantiles: &[(f64, f64)], low: Option<f64>, high: Option<f64>) -> Option<Law> {
    let logarithm = |x: f64| metalog::to_line(x, Some(0.0), None);
    let log_normal = || straight(quantiles, logarithm).map(|(mu, sigma)| Law::LogNormal { mu, sigma });
    match (low, high) {
        (None, None) => straight(quantiles, |x| x)
            .map(|(mean, sd)| Law::Normal { mean, sd })
            .or_else(|| if quantiles[0].1 > 0.0 { log_normal() } else { None }),
        (Some(0.0), None) => log_normal(),
        (Some(low), Some(high)) => straight(quantiles, |x| metalog::to_line(x, Some(low), Some(high)))
            .map(|(mu, sigma)| Law::LogitNormal { mu, sigma, low, high }),
        _ => None,
    }
}

/// The metalog's coefficients, if its quantile function rises everywhere.
fn feasible(quantiles: &[(f64, f64)], low: Option<f64>, high: Option<f64>) -> Option<Vec<f64>> {
    let points: Vec<(f64, f64)> = quantiles.iter().map(|&(p, x)| (p, metalog::to_line(x, low, high))).collect();
    let coefficients = metalog::through(&points);
    metalog::rises(&coefficients).then_some(coefficients)
}

/// The single move of one quantile that mends the set over the shortest distance.
fn way_out(quantiles: &[(f64, f64)], low: Option<f64>, high: Option<f64>) -> LawError {
    let spread = quantiles[quantiles.len() - 1].1 - quantiles[0].1;
    let mut best: Option<(usize, f64)> = None;
    for i in 0..quantiles.len() {
        let value = quantiles[i].1;
        let below = i.checked_sub(1).map_or(value - spread, |before| quantiles[before].1);
        let above = quantiles.get(i + 1).map_or(value + spread, |next| next.1);
        let below = low.map_or(below, |low| below.max(low));
        let above = high.map_or(above, |high| above.min(high));
        for end in [below, above] {
            let nearer = |x: &f64| best.is_none_or(|(j, y)| (x - value).abs() < (y - quantiles[j].1).abs());
            if let Some(x) = nearest(quantiles, i, end, low, high).filter(nearer) {
                best = Some((i, x));
            }
        }
    }
    let infeasible =
        |i: usize, towards, outer| LawError::Infeasible { p: quantiles[i].0, value: quantiles[i].1, towards, outer };
    if let Some((i, towards)) = best {
        return infeasible(i, Some(towards), None);
    }
    let outer = (quantiles[0].0, quantiles[quantiles.len() - 1].0);
    match left_out(quantiles, low, high) {
        Some(i) => infeasible(i, None, None),
        None => infeasible(0, None, Some(outer)),
    }
}

/// The quantile without which the others have a law, inner ones first; `None` if that takes more than one.
fn left_out(quantiles: &[(f64, f64)], low: Option<f64>, high: Option<f64>) -> Option<usize> {
    if quantiles.len() < 4 {
        return None; // two are another law, by rule
    }
    let last = quantiles.len() - 1;
    let fits_without = |i: &usize| {
        let mut others = quantiles.to_vec();
        others.remove(*i);
        exact(&others, low, high).is_some() || feasible(&others, low, high).is_some()
    };
    let inner = farthest_off(quantiles);
    [inner].into_iter().chain((1..last).filter(|i| *i != inner)).chain([0, last]).find(fits_without)
}

/// The first value on the way from quantile i towards `end` that makes the set feasible.
fn nearest(quantiles: &[(f64, f64)], i: usize, end: f64, low: Option<f64>, high: Option<f64>) -> Option<f64> {
    let value = quantiles[i].1;
    let works = |x: f64| {
        let mut moved = quantiles.to_vec();
        moved[i].1 = x;
        check(&moved, low, high).is_ok() && feasible(&moved, low, high).is_some()
    };
    let at = |step: i32| value + (end - value) * f64::from(step) / f64::from(TRIES);
    let step = (1..TRIES).find(|&step| works(at(step)))?;
    let (mut bad, mut good) = (at(step - 1), at(step));
    for _ in 0..12 {
        let middle = 0.5 * (bad + good);
        if works(middle) {
            good = middle;
        } else {
            bad = middle;
        }
    }
    Some(good)
}

/// The inner quantile farthest from the straight line between its neighbours' values.
fn farthest_off(quantiles: &[(f64, f64)]) -> usize {
    let off = |i: usize| {
        let (before, here, after) = (quantiles[i - 1], quantiles[i], quantiles[i + 1]);
        let share = (here.0 - before.0) / (after.0 - before.0);
        (here.1 - before.1 - share * (after.1 - before.1)).abs()
    };
    (1..quantiles.len() - 1).fold(1, |worst, i| if off(i) > off(worst) { i } else { worst })
}
