//! From what is stated of a number to its law, inside the key's natural range and the bounds stated.

use super::form::{Shape, Stated};
use crate::math::elementary::{ln, uniform};
use crate::math::law::{Law, LawError, brittle};
use crate::model::Draw;
use crate::scenario::measure::{Dimension, Factor, Measure};
use crate::scenario::table::Field;
use crate::scenario::{code, notes::Notes};

/// More of a law than this outside the natural range says that the law is wrong, not its tail.
const MOST_OUTSIDE: f64 = 0.01;
/// A share from which on a number without a unit was probably meant as percent.
const MEANT_AS_PERCENT: f64 = 10.0;
/// P95 over P5 below which a range is narrower than anybody knows such a number.
const NARROWEST: f64 = 1.05;
/// A part of something without a unit above which percent were probably meant: twice as much again.
const MOST_BARE: f64 = 2.0;

/// The law of what is stated, with a word on what was probably not meant. `cap` is where it ends unless it states its own
/// `max`.
pub(super) fn of(
    stated: &Stated,
    measure: &Measure<'_>,
    cap: Option<f64>,
    field: &Field<'_>,
    notes: &mut Notes,
) -> Option<Law> {
    let law = within(stated, measure, cap, field, notes)?;
    if !matches!(law, Law::Constant(_)) && stated.draw == Draw::Own {
        warn_of_points(stated, measure, field, notes);
        warn(&law, field, notes);
    }
    Some(law)
}

/// The law of what is stated, inside its range.
pub(super) fn within(
    stated: &Stated,
    measure: &Measure<'_>,
    cap: Option<f64>,
    field: &Field<'_>,
    notes: &mut Notes,
) -> Option<Law> {
    if let Some(most) = bare_above(stated, measure) {
        let message = format!(
            "`{}` is {} without a unit, which is {} %; it is {}",
            field.key,
            super::number(most),
            super::number(most * 100.0),
            measure.what
        );
        let (percent, times) = (super::number(most), super::number(most * 100.0));
        notes.error(code::OUT_OF_RANGE, &field.span, message).cure =
            format!("write \"{percent} %\", or \"{times} %\" if that is meant");
        return None;
    }
    if let Shape::Constant(value) = stated.shape {
        return constant(stated.factor.apply(value), stated, measure, cap, field, notes);
    }
    if let (Some(min), Some(max)) = (stated.min, stated.max)
        && min >= max
    {
        notes
            .error(code::NO_SUCH_LAW, &field.span, format!("`{}` has a `min` that is not below its `max`", field.key))
            .cure = "swap them".into();
        return None;
    }
    let law = match build(stated, measure) {
        Ok(law) => law,
        Err(error) => {
            let (wrong, mut cure) = descending(&stated.shape).unwrap_or_else(|| halves(&error));
            if matches!(error, LawError::OutsideBounds { .. }) {
                cure = "move it inside, or write { low, mode, high }".into();
            }
            notes.error(code::NO_SUCH_LAW, &field.span, format!("`{}`: {wrong}", field.key)).cure = cure;
            return None;
        }
    };
    if matches!(stated.shape, Shape::Drawn(_)) {
        return Some(law);
    }
    let law = finite(law, field, notes)?;
    let law = within_range(law, stated, measure, field, notes)?;
    // The parts of a mixture have been cut there, each unless it states its own.
    if matches!(stated.shape, Shape::Mixture(_)) { Some(law) } else { capped(law, stated, cap, field, notes) }
}

/// The number of a part that may pass 100 %, where it has no unit and is so large that percent were probably meant.
fn bare_above(stated: &Stated, measure: &Measure<'_>) -> Option<f64> {
    if stated.factor != Factor::ONE || !measure.is_extra() {
        return None;
    }
    let most = match &stated.shape {
        Shape::Constant(value) => *value,
        Shape::Interval { high, .. } => *high,
        Shape::Quantiles(points) | Shape::QuantilesOf(_, points) => points.last()?.1,
        Shape::Built(law) => law.as_ref().ok()?.quantile(0.5),
        // Of a mixture each part has been looked at.
        Shape::Mixture(_) | Shape::Drawn(_) => return None,
    };
    (most > MOST_BARE).then_some(most)
}

/// One sure number: in range, or refused.
fn constant(
    value: f64,
    stated: &Stated,
    measure: &Measure<'_>,
    cap: Option<f64>,
    field: &Field<'_>,
    notes: &mut Notes,
) -> Option<Law> {
    let inside = stated.min.is_none_or(|min| value >= min) && stated.max.is_none_or(|max| value <= max);
    if !measure.holds(value) || !value.is_finite() || !inside {
        let written: String = notes.text(&field.span).chars().take(60).collect();
        let message = format!("`{}` is {written}; it is {}", field.key, measure.what);
        let is_bare = stated.factor == Factor::ONE;
        notes.error(code::OUT_OF_RANGE, &field.span, message).cure = suggestion(value, is_bare, measure);
        return None;
    }
    let is_bare = !field.value.is_str() && !field.value.is_table();
    if matches!(measure.dimension, Dimension::Share) && is_bare && value >= MEANT_AS_PERCENT {
        let (shown, percent) = (super::number(value), super::number(value * 100.0));
        let message = format!("`{}` is {shown}, which is {percent} %", field.key);
        notes.error(code::OUT_OF_RANGE, &field.span, message).cure =
            format!("write \"{shown} %\" or {}; if that is meant, \"{percent} %\"", super::number(value / 100.0));
        return None;
    }
    if let Some(cap) = cap.filter(|cap| value > *cap && stated.max.is_none()) {
        needs_max(cap, field, notes);
        return None;
    }
    Some(Law::Constant(value))
}

/// What the writer of a number out of range probably meant, `is_bare` where it has no unit.
fn suggestion(value: f64, is_bare: bool, measure: &Measure<'_>) -> String {
    if is_bare && measure.is_share() && value > 2.0 && value <= 100.0 {
        return format!("write \"{} %\" or {}", super::number(value), super::number(value / 100.0));
    }
    if measure.is_share() {
        return format!("write {}", measure.example);
    }
    format!("write it like {}", measure.example)
}

fn needs_max(cap: f64, field: &Field<'_>, notes: &mut Notes) {
    let message = format!("`{}` lies above 15 % a month in more than 1 future of 100, and growth explodes", field.key);
    let problem = notes.error(code::GROWTH_NEEDS_MAX, &field.span, message);
    problem.cure = format!(
        "say how far it can go: {{ value = \"…\", max = 20 }} in its unit; without `max` it ends at {:.0} %",
        cap * 100.0
    );
}

/// The law in the canonical unit, before it is cut to its range.
fn build(stated: &Stated, measure: &Measure<'_>) -> Result<Law, LawError> {
    let factor = stated.factor.get();
    // The key's range in the unit written.
    let range = (measure.low / factor, measure.high / factor);
    let (low, high) = bounds(stated, measure);
    let law = match &stated.shape {
        Shape::Constant(value) => Law::Constant(*value),
        Shape::Interval { low, high } => two((0.05, *low), (0.95, *high), measure, range)?,
        Shape::Quantiles(points) => match points.as_slice() {
            &[a, b] => two(a, b, measure, range)?,
            _ => Law::from_quantiles(points, low, high)?,
        },
        Shape::QuantilesOf(name, points) => match (*name, points.as_slice()) {
            ("normal", &[a, b]) => Law::normal_from_quantiles(a.0, a.1, b.0, b.1)?,
            ("lognormal", &[a, b]) => Law::lognormal_from_quantiles(a.0, a.1, b.0, b.1)?,
            ("gamma", &[a, b]) => Law::gamma_from_quantiles(a.0, a.1, b.0, b.1)?,
            ("weibull", &[a, b]) => Law::weibull_from_quantiles(a.0, a.1, b.0, b.1)?,
            (_, &[a, b]) => logitnormal(a, b, low.unwrap_or(0.0), high.unwrap_or(1.0 / factor))?,
            (_, others) => return Err(LawError::QuantileCount { count: others.len(), least: 2, most: 2 }),
        },
        Shape::Built(law) => law.clone()?,
        Shape::Mixture(law) | Shape::Drawn(law) => return law.clone(),
    };
    #[allow(clippy::float_cmp, reason = "exactly 1 leaves every bit as it is")]
    Ok(if factor == 1.0 { law } else { law.scaled(factor) })
}

/// The range that is left by the bounds stated, in the unit written; open where it does not end.
fn bounds(stated: &Stated, measure: &Measure<'_>) -> (Option<f64>, Option<f64>) {
    let inside = |bound: f64| bound.is_finite().then_some(bound / stated.factor.get());
    (stated.min.map_or_else(|| inside(measure.low), inside), stated.max.map_or_else(|| inside(measure.high), inside))
}

/// Two quantiles fix a log-normal of what is above 0, a logit-normal of a share, and a normal of anything else.
fn two(a: (f64, f64), b: (f64, f64), measure: &Measure<'_>, range: (f64, f64)) -> Result<Law, LawError> {
    if measure.is_share() {
        logitnormal(a, b, range.0, range.1)
    } else if a.1 > 0.0 && b.1 > 0.0 {
        Law::lognormal_from_quantiles(a.0, a.1, b.0, b.1)
    } else {
        Law::normal_from_quantiles(a.0, a.1, b.0, b.1)
    }
}

/// The logit-normal law on [low, high] with two given quantiles: the logit is normal.
fn logitnormal(a: (f64, f64), b: (f64, f64), low: f64, high: f64) -> Result<Law, LawError> {
    if [a.1, b.1].iter().any(|&x| x <= low || x >= high) {
        let value = if a.1 <= low { a.1 } else { b.1 };
        return Err(LawError::OutsideBounds { value, low, high });
    }
    let logit = |x: f64| ln((x - low) / (high - x));
    match Law::normal_from_quantiles(a.0, logit(a.1), b.0, logit(b.1))? {
        Law::Normal { mean, sd } => Law::logitnormal(mean, sd, low, high),
        other => Ok(other),
    }
}

/// What is wrong with quantiles that do not rise, by their names in the file.
fn descending(shape: &Shape) -> Option<(String, String)> {
    let (Shape::Quantiles(points) | Shape::QuantilesOf(_, points)) = shape else { return None };
    let pair = points.windows(2).find(|pair| pair[1].1 <= pair[0].1)?;
    let named = |(p, x): (f64, f64)| format!("p{:.0} ({})", p * 100.0, super::number(x));
    let (lower, upper) = (named(pair[0]), named(pair[1]));
    #[allow(clippy::float_cmp, reason = "as written")]
    let how = if pair[1].1 == pair[0].1 { "is no more than" } else { "is below" };
    Some((format!("{upper} {how} {lower}"), "one of the two is wrong".to_owned()))
}

/// A law's refusal as what is wrong and the way out that it ends with.
fn halves(error: &LawError) -> (String, String) {
    let text = error.to_string();
    match text.split_once("; ") {
        Some((wrong, cure)) => (wrong.to_owned(), cure.to_owned()),
        None => (text, String::new()),
    }
}

/// Refuses a law whose draws overflow.
fn finite(law: Law, field: &Field<'_>, notes: &mut Notes) -> Option<Law> {
    let ends = [law.quantile(uniform(0)), law.quantile(uniform(u32::MAX))];
    if ends.iter().all(|end| end.is_finite()) {
        return Some(law);
    }
    let message = format!("draws of `{}` pass every number there is", field.key);
    notes.error(code::NO_SUCH_LAW, &field.span, message).cure = "its spread is far too wide".into();
    None
}

/// Cuts the law to the natural range and the stated bounds; refuses one that mostly lies elsewhere.
fn within_range(law: Law, stated: &Stated, measure: &Measure<'_>, field: &Field<'_>, notes: &mut Notes) -> Option<Law> {
    let outside = law.probability_outside(measure.low, measure.high);
    if outside > MOST_OUTSIDE {
        let message = format!(
            "{:.0} % of `{}` lies outside what it can be; it is {}",
            (outside * 100.0).max(1.0),
            field.key,
            measure.what
        );
        let problem = notes.error(code::LAW_OUTSIDE, &field.span, message);
        problem.cure = if matches!(stated.shape, Shape::Interval { low, .. } if stated.factor.apply(low) <= measure.low)
        {
            "the ends of a range are no limits, 1 future in 20 lies beyond each: move it inside, or write { low = …, mode = …, high = …, unit = \"…\" }".into()
        } else {
            "move its ends inside the range".into()
        };
        return None;
    }
    let low = stated.min.unwrap_or(f64::NEG_INFINITY).max(measure.low);
    let high = stated.max.unwrap_or(f64::INFINITY).min(measure.high);
    cut(law, low, high, field, notes)
}

/// Ends the law at `cap` where the file states no `max`, unless too much of it lies above.
fn capped(law: Law, stated: &Stated, cap: Option<f64>, field: &Field<'_>, notes: &mut Notes) -> Option<Law> {
    let Some(cap) = cap.filter(|_| stated.max.is_none()) else {
        return Some(law);
    };
    if law.probability_outside(f64::NEG_INFINITY, cap) > MOST_OUTSIDE {
        needs_max(cap, field, notes);
        return None;
    }
    cut(law, f64::NEG_INFINITY, cap, field, notes)
}

/// The law given that it lies between two bounds; itself, where all of it does.
fn cut(law: Law, low: f64, high: f64, field: &Field<'_>, notes: &mut Notes) -> Option<Law> {
    if law.probability_outside(low, high) <= 0.0 {
        return Some(law);
    }
    law.truncated(low, high)
        .inspect_err(|_| {
            let message = format!("hardly anything of `{}` lies within its bounds", field.key);
            notes.error(code::NO_SUCH_LAW, &field.span, message).cure = "widen `min` and `max`".into();
        })
        .ok()
}

/// Quantiles that a curve can barely be drawn through.
fn warn_of_points(stated: &Stated, measure: &Measure<'_>, field: &Field<'_>, notes: &mut Notes) {
    let Shape::Quantiles(points) = &stated.shape else { return };
    let (low, high) = bounds(stated, measure);
    if let Some((p, value)) = brittle(points, low, high) {
        let name = format!("p{:.0}", p * 100.0);
        let message = format!(
            "the quantiles of `{}` barely fit a curve: {name} ({}) cannot move by a twentieth of the way to the next",
            field.key,
            super::number(value)
        );
        notes.warning(code::BRITTLE, &field.span, message).cure =
            format!("almost all of it is where {name} is: move it away from its nearer neighbour, or leave it out");
    }
}

/// What is legal and probably not meant.
fn warn(law: &Law, field: &Field<'_>, notes: &mut Notes) {
    if matches!(law, Law::Discrete { .. }) {
        return;
    }
    let (p5, p95) = (law.quantile(0.05), law.quantile(0.95));
    let mean = law.mean();
    if mean.is_none() {
        let message = format!("`{}` has no mean: its tail is so heavy that a mean of draws never settles", field.key);
        notes.warning(code::NO_MEAN, &field.span, message).cure = "state a `max`, the most it can be".into();
    }
    if mean.is_some_and(|mean| mean >= p95) {
        let message = format!("the mean of `{}` lies above 19 futures of 20", field.key);
        notes.warning(code::MEAN_IN_THE_TAIL, &field.span, message).cure =
            "its ends are very far apart: state a `max`".into();
    }
    if p5 > 0.0 && p95 / p5 < NARROWEST {
        let message = format!("`{}` is known within {:.1} %, which is rarely so", field.key, (p95 / p5 - 1.0) * 100.0);
        notes.warning(code::NARROW_BAND, &field.span, message).cure =
            "write one number, or a range that could surprise".into();
    }
}
