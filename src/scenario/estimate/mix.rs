//! A mixture: several estimates of one number, one of which holds.

use toml::de::DeValue;

use super::form::{self, Shape};
use super::law;
use crate::math::law::Law;
use crate::model::Draw;
use crate::scenario::measure::Measure;
use crate::scenario::table::{Table, wrong_type};
use crate::scenario::walk::Takes;
use crate::scenario::{code, notes::Notes};

/// Parts that a mixture has at most: each draw asks all of them.
const MOST_PARTS: usize = 40;

/// `{ mix = [{ value = "0 .. 1 % / month" }, "2 .. 5 % / month"], weights = [1, 3] }`. Each part is in its own unit and inside the
/// key's range by itself, so that the weights stay those of the file.
pub(super) fn read(table: &mut Table<'_>, measure: &Measure<'_>, cap: Option<f64>, notes: &mut Notes) -> Option<Shape> {
    let field = table.take("mix")?;
    notes.takes(&field.path, || Takes::Mixture);
    let weights = form::numbers_of(table, "weights", notes);
    let DeValue::Array(items) = field.value else {
        wrong_type(&field, "a list of estimates: [\"1 .. 2\", { value = \"5 .. 9\" }]", notes);
        return None;
    };
    if !(2..=MOST_PARTS).contains(&items.len()) {
        let message = format!("`mix` has {} parts; it has 2 to {MOST_PARTS}", items.len());
        notes.error(code::ESTIMATE_FORM, &field.span, message).cure =
            "write each thing that may hold: mix = [\"1 .. 2\", \"5 .. 9\"]".into();
        return None;
    }
    let mut parts = Vec::with_capacity(items.len());
    for (nth, item) in items.iter().enumerate() {
        let element = field.element(nth, item);
        let read = form::read(&element, measure, cap, notes).and_then(|stated| {
            if stated.draw != Draw::Own {
                let message = format!("part {} of the mixture is drawn elsewhere", nth + 1);
                notes.error(code::ESTIMATE_FORM, &element.span, message).cure =
                    "a mixture is one draw of its own: write what is known of this part".into();
                return None;
            }
            law::within(&stated, measure, cap, &element, notes)
        });
        parts.push(read);
    }
    let laws: Vec<Law> = parts.into_iter().collect::<Option<_>>()?;
    let weights = match weights {
        Some(weights) => weights?,
        None => vec![1.0; laws.len()],
    };
    if weights.len() != laws.len() {
        let message = format!("`mix` has {} parts and {} weights", laws.len(), weights.len());
        notes.error(code::ESTIMATE_FORM, &field.span, message).cure =
            "write one weight for each part, or none where all are alike".into();
        return None;
    }
    Some(Shape::Mixture(Law::mixture(weights.into_iter().zip(laws).collect())))
}
