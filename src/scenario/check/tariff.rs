use std::ops::Range;

use toml::de::DeValue;

use crate::math::law::Law;
use crate::model::{Bracket, DriverId, Scheme};
use crate::scenario::measure::Measure;
use crate::scenario::quantity::Unit;
use crate::scenario::table::{Field, Table, wrong_type};
use crate::scenario::{code, estimate, keys, notes::Notes};

use super::{NOWHERE, Names, price};

/// What is paid by the quantity of a driver.
pub(super) fn metered(table: &mut Table<'_>, names: &Names, notes: &mut Notes) -> Scheme {
    let driver = table.reference("meter", &names.drivers, "driver", notes);
    let unit = driver.and_then(|place| names.units.get(place)).cloned().unwrap_or_default();
    let mut brackets = Vec::new();
    if let Some(field) = table.take("free") {
        let up_to = field.number(&keys::amount(&unit), notes).unwrap_or(0.0);
        let mut price = estimate::stand_in(&keys::price_of(&Unit::default()));
        price.law = Law::Constant(0.0);
        price.path.clone_from(&field.path);
        price.basis = field.evidence.basis.unwrap_or(price.basis);
        price.source.clone_from(&field.evidence.source);
        notes.text(&field.span).clone_into(&mut price.written);
        brackets.push((Bracket { up_to, price }, field.span));
    }
    if let Some(field) = table.take("brackets") {
        let measures = (&keys::amount(&unit), "price", &keys::price_of(&unit));
        brackets.extend(graduated(&field, measures, notes));
        for other in ["price", "sku"] {
            price::only(table, "brackets", other, "a bracket states its own price", notes);
        }
    } else {
        let price = price::of_one(table, &unit, names, notes);
        let span = table.span.clone();
        brackets.push((Bracket { up_to: f64::INFINITY, price }, span));
    }
    ascending(&brackets, notes);
    let brackets = brackets.into_iter().map(|(bracket, _)| bracket).collect();
    Scheme::Metered { driver: DriverId(driver.unwrap_or(NOWHERE)), brackets }
}

/// `[{ up_to = "10 TB", price = "$0.09 / GB" }, { price = "$0.085 / GB" }]`: what `up_to` takes, and the key of what is
/// paid inside a bracket with what it takes.
pub(super) fn graduated(
    field: &Field<'_>,
    (end, key, paid): (&Measure<'_>, &'static str, &Measure<'_>),
    notes: &mut Notes,
) -> Vec<(Bracket, Range<usize>)> {
    let DeValue::Array(items) = field.value else {
        wrong_type(field, &format!("a list of brackets: [{{ up_to = …, {key} = … }}, {{ {key} = … }}]"), notes);
        return Vec::new();
    };
    let mut brackets = Vec::new();
    for (nth, item) in items.iter().enumerate() {
        let Some(mut table) = Table::open(&field.element(nth, item), notes) else {
            continue;
        };
        let up_to = table.number("up_to", end, notes).unwrap_or(f64::INFINITY);
        let price = table.estimate(key, paid, notes);
        table.finish(&[], notes);
        brackets.push((Bracket { up_to, price }, item.span()));
    }
    if items.is_empty() {
        notes.error(code::BRACKETS, &field.span, "`brackets` is empty").cure =
            format!("write [{{ {key} = … }}] at least");
    }
    brackets
}

/// Brackets end ever later, and only the last one never.
pub(super) fn ascending(brackets: &[(Bracket, Range<usize>)], notes: &mut Notes) {
    for pair in brackets.windows(2) {
        let [(before, _), (after, span)] = pair else { continue };
        if after.up_to <= before.up_to {
            let message = if before.up_to.is_infinite() {
                "this bracket is never reached: the one before has no end".to_owned()
            } else {
                format!("this bracket ends at {}, where the one before has ended already", after.up_to)
            };
            notes.error(code::BRACKETS, span, message).cure = "write them by rising `up_to`".into();
        }
    }
    if let Some((last, span)) = brackets.last()
        && last.up_to.is_finite()
    {
        let message = "the last bracket ends, and what lies beyond it has no price";
        notes.error(code::BRACKETS, span, message).cure = "leave `up_to` out of the last one".into();
    }
}
