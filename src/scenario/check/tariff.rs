use std::ops::Range;

use toml::de::DeValue;

use crate::math::law::Law;
use crate::model::{Bracket, DriverId, Scheme};
use crate::scenario::measure::{Measure, times_a_month};
use crate::scenario::quantity::Unit;
use crate::scenario::table::{Field, Table, wrong_type};
use crate::scenario::{code, estimate, keys, notes::Notes};

use super::{NOWHERE, Names, price};

/// What is paid by the quantity of a driver.
pub(super) fn metered(table: &mut Table<'_>, names: &Names, notes: &mut Notes) -> Scheme {
    let driver = table.reference("meter", &names.drivers, "driver", notes);
    let (unit, in_a_month) = of_a_month(driver, table, names, notes);
    let mut brackets = Vec::new();
    if let Some(field) = table.take("free") {
        let up_to = field.number(&keys::amount(&unit), notes).unwrap_or(0.0);
        let mut price = estimate::stand_in(&keys::price_of(&Unit::default()));
        price.law = Law::Constant(0.0);
        price.path.clone_from(&field.path);
        let evidence = notes.evidence(&field.evidence, field.key_span.start);
        price.basis = evidence.basis.unwrap_or(price.basis);
        price.source = evidence.source;
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
        let price = price::of_one(table, (driver, &unit), names, notes);
        let span = table.span.clone();
        brackets.push((Bracket { up_to: f64::INFINITY, price }, span));
    }
    ascending(&brackets, notes);
    let brackets = brackets.into_iter().map(|(bracket, _)| bracket).collect();
    Scheme::Metered { driver: DriverId(driver.unwrap_or(NOWHERE)), in_a_month, brackets }
}

/// What a driver counts in a month, and how many of its readings that is: a reading by the day is billed by the month.
fn of_a_month(driver: Option<usize>, table: &Table<'_>, names: &Names, notes: &mut Notes) -> (Unit, f64) {
    let unit = driver.and_then(|place| names.units.get(place)).cloned().unwrap_or_default();
    let (Some(driver), span) = (driver, notes.place(&table.path_of("meter"))) else { return (unit, 1.0) };
    let name = &names.drivers[driver];
    if unit.is_empty() {
        if let Some(other) = by_other_times(driver, names) {
            let (of, counts) = (&names.drivers[other], names.units[other].shown());
            let message = format!("`{name}` follows `{of}`, which counts \"{counts}\", and does not say its own unit");
            notes.error(code::UNIT, &span, message).cure =
                format!("say what `{name}` counts, and in which time: unit = \"{counts}\"");
        }
        return (unit, 1.0);
    }
    if unit.per.is_empty() {
        return (unit, 1.0);
    }
    let Some(in_a_month) = times_a_month(&unit) else {
        let message = format!("`{name}` counts \"{}\", and how much of that a month has is not known", unit.shown());
        notes.error(code::UNIT, &span, message).cure =
            "a bill is by the month: count by the month, the day, the hour".into();
        return (unit, 1.0);
    };
    let last = unit.per.len() - 1;
    let per = unit.per.iter().take(last).cloned().chain(["month".to_owned()]).collect();
    (Unit { per, ..unit }, in_a_month)
}

/// What a driver without a unit follows that counts by another time than the month.
fn by_other_times(driver: usize, names: &Names) -> Option<usize> {
    let mut open = vec![driver];
    let mut seen = Vec::new();
    while let Some(at) = open.pop() {
        let (unit, known) = (names.units.get(at)?, names.kinds.get(at)?);
        if unit.is_by_time() && unit.per != ["month"] {
            return Some(at);
        }
        if unit.is_empty() && !seen.contains(&at) {
            open.extend(known.follows.iter().filter_map(|of| names.drivers.iter().position(|name| name == of)));
        }
        seen.push(at);
    }
    None
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
        table.finish(notes);
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
