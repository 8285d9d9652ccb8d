//! An estimate that is another one's draw, times a factor.

use super::form::Shape;
use crate::math::law::Law;
use crate::model::Draw;
use crate::scenario::beside::NoOriginal;
use crate::scenario::measure::Measure;
use crate::scenario::paths::{as_written, singular};
use crate::scenario::quantity;
use crate::scenario::table::{Table, nearest};
use crate::scenario::{code, keys, notes::Notes};

/// Units in words that are plain numbers, so that one may be a multiple of another.
const NUMBERS: [&str; 9] = ["count", "exponent", "factor", "for each", "index", "people", "share", "times", "units"];

/// `{ same_as = "drivers.egress.today", times = 0.8 }`. Where other estimates are still to be found it is a stand-in.
pub(super) fn read(
    table: &mut Table<'_>,
    measure: &Measure<'_>,
    cap: Option<f64>,
    notes: &mut Notes,
) -> Option<(Shape, Draw)> {
    let field = table.take("same_as")?;
    let written = field.text(notes);
    let stated = table.take("times").map(|times| times.number(&keys::TIMES, notes));
    let (written, stated) = (written?, stated.unwrap_or(Some(1.0))?);
    let target = singular(&written);
    if notes.beside.estimates().is_none() {
        return Some((Shape::Constant(1.0), Draw::SameAs { path: target, times: stated }));
    }
    let beside = std::mem::take(&mut notes.beside);
    let found = beside.original(&target);
    let result = match found {
        Err(NoOriginal::Unknown(missing)) => {
            let known = beside.estimates_by_path().filter(|path| *path != table.path);
            let near = nearest(&missing, known).map(as_written);
            let of_a_case = beside.of_a_case(&missing);
            let message = format!("there is no estimate `{}`", as_written(&missing));
            notes.error(code::UNKNOWN_NAME, &field.span, message).cure = match (of_a_case, near) {
                (Some(path), _) => format!("each growth case has its own: name one, `{}`", as_written(path)),
                (None, Some(near)) => format!("did you mean `{near}`?"),
                (None, None) => "`outgrow check --resolved` lists them".into(),
            };
            None
        }
        Err(NoOriginal::Ring(ring)) => {
            let message = format!("estimates are the same as each other in a ring: {}", ring.join(", "));
            notes.error(code::CYCLE, &field.span, message).cure = "say of one of them what is known of it".into();
            None
        }
        Ok(original) => {
            let own = beside.unit(&table.path).unwrap_or(measure.unit);
            let unit = beside.unit(&original.path).unwrap_or_default();
            if agree(own, unit) {
                let times = stated * original.times;
                scaled(original.law, times, (measure, cap), notes, &field.span, &original.path)
                    .map(|law| (Shape::Drawn(Ok(law)), Draw::SameAs { path: original.path, times }))
            } else {
                let message = format!("`{}` is in \"{unit}\", and this is in \"{own}\"", as_written(&original.path));
                notes.error(code::UNIT, &field.span, message).cure =
                    "`times` makes it more or less of the same: name an estimate in this unit".into();
                None
            }
        }
    };
    notes.beside = beside;
    result
}

/// Whether a number in one unit can be a multiple of one in another.
fn agree(own: &str, other: &str) -> bool {
    let is_driver = |unit: &str| unit.is_empty() || unit.starts_with("of the driver");
    let same = || quantity::parse_unit(own).ok().zip(quantity::parse_unit(other).ok()).is_some_and(|(a, b)| a == b);
    is_driver(own) || is_driver(other) || own == other || same() || (NUMBERS.contains(&own) && NUMBERS.contains(&other))
}

/// The law of so many times a number, all of it inside of what a key takes: nothing can be cut off a draw that is another's.
fn scaled(
    law: &Law,
    times: f64,
    (measure, cap): (&Measure<'_>, Option<f64>),
    notes: &mut Notes,
    span: &std::ops::Range<usize>,
    original: &str,
) -> Option<Law> {
    #[allow(clippy::float_cmp, reason = "exactly 1 leaves every bit as it is")]
    let law = if times == 1.0 { law.clone() } else { law.scaled(times) };
    let ends = [0, u32::MAX].map(|word| law.quantile(crate::math::elementary::uniform(word)));
    if let Some(end) = ends.into_iter().find(|end| !measure.holds(*end) || !end.is_finite()) {
        let message = format!("it comes to {}, and it is {}", super::number(end), measure.what);
        notes.error(code::LAW_OUTSIDE, span, message).cure =
            format!("another `times`, or a `min` or `max` of `{}`", as_written(original));
        return None;
    }
    // What passes the cap as it is has said so itself.
    if cap.is_some_and(|cap| ends[1] > cap && times > 1.0) {
        let message =
            format!("it comes to {} % a month, and growth that lasts explodes", super::number(ends[1] * 100.0));
        notes.error(code::GROWTH_NEEDS_MAX, span, message).cure =
            format!("a smaller `times`, or a `max` of `{}`", as_written(original));
        return None;
    }
    Some(law)
}
