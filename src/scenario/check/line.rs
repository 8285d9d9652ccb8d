use std::ops::Range;

use toml::de::DeValue;

use crate::math::law::Law;
use crate::model::{Bracket, Bucket, DriverId, Line, Scheme, Sizing, UnitsScheme, When};
use crate::scenario::quantity::Unit;
use crate::scenario::table::{Elsewhere, Field, Table, wrong_type};
use crate::scenario::{code, estimate, keys, notes::Notes};

use super::{NOWHERE, Names};

/// Keys of the four kinds of line, for saying that one belongs to another kind.
const KINDS: Elsewhere = Elsewhere {
    keys: &[
        "once",
        "month",
        "price",
        "today",
        "capacity",
        "driver",
        "headroom",
        "peak",
        "at_least",
        "autoscaling",
        "meter",
        "brackets",
        "free",
    ],
    owner: |key| match key {
        "once" | "month" => "a line that is paid `once`",
        "meter" | "brackets" | "free" => "a line with a `meter`",
        "price" => "a line that is paid by the month, by the unit or by `meter`",
        _ => "a line that buys units, by `today` or by `capacity`",
    },
};

/// A line is paid `once`, by a `meter`, by units (`today` or `capacity`), or, with a price alone, the same every month.
pub(super) fn read(bucket: Bucket, name: String, mut table: Table<'_>, names: &Names, notes: &mut Notes) -> Line {
    let scheme = if table.has("once") {
        once(&mut table, notes)
    } else if table.has("meter") {
        metered(&mut table, names, notes)
    } else if table.has("today") || table.has("capacity") {
        Scheme::Units(units(&mut table, names, notes))
    } else {
        Scheme::Fixed { price: table.estimate("price", &keys::PRICE, notes) }
    };
    let copies = table.estimate_or("copies", &keys::EXTRA, Law::Constant(0.0), notes);
    table.finish_among(&KINDS, &["scale"], notes);
    Line { bucket, name, scheme, copies }
}

fn once(table: &mut Table<'_>, notes: &mut Notes) -> Scheme {
    let amount = table.estimate("once", &keys::AMOUNT_OF_MONEY, notes);
    let when = table.estimate_if("month", &keys::MONTH_NUMBER, notes).map_or(When::Opening, When::Month);
    Scheme::Once { amount, when }
}

fn units(table: &mut Table<'_>, names: &Names, notes: &mut Notes) -> UnitsScheme {
    let driver = if table.has("driver") {
        table.reference("driver", &names.drivers, "driver", notes)
    } else {
        names.drivers.iter().position(|name| name == "demand")
    };
    let unit = driver.and_then(|place| names.units.get(place)).cloned().unwrap_or_default();
    if table.has("today") && table.has("capacity") {
        let span = table.span.clone();
        let message = format!("{} states both `today` and `capacity`", table.name());
        notes.error(code::DOES_NOT_BELONG, &span, message).cure =
            "one follows from the other: keep the one you know".into();
    }
    let capacity = table.estimate_if("capacity", &keys::capacity(&unit), notes).map(Sizing::Capacity);
    let today = table.estimate_if("today", &keys::UNITS_TODAY, notes).map(Sizing::Today);
    let constant = Law::Constant;
    UnitsScheme {
        driver: DriverId(driver.unwrap_or(NOWHERE)),
        price: table.estimate("price", &keys::PRICE, notes),
        sizing: today.or(capacity).unwrap_or_else(|| Sizing::Today(estimate::stand_in(&keys::UNITS_TODAY))),
        headroom: table.estimate_or("headroom", &keys::EXTRA, constant(0.0), notes),
        peak: table.estimate_or("peak", &keys::PEAK, constant(1.0), notes),
        at_least: table.estimate_or("at_least", &keys::COUNT, constant(1.0), notes),
        autoscaling: table.estimate_or("autoscaling", &keys::SHARE, constant(0.0), notes),
    }
}

fn metered(table: &mut Table<'_>, names: &Names, notes: &mut Notes) -> Scheme {
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
        brackets.extend(graduated(&field, &unit, notes));
        if table.has("price") {
            let span = table.span.clone();
            let message = format!("{} states both `price` and `brackets`", table.name());
            notes.error(code::DOES_NOT_BELONG, &span, message).cure = "keep one: a bracket states its own price".into();
            table.take("price");
        }
    } else {
        let price = table.estimate("price", &keys::price_of(&unit), notes);
        let span = notes.place(&price.path);
        brackets.push((Bracket { up_to: f64::INFINITY, price }, span));
    }
    ascending(&brackets, notes);
    let brackets = brackets.into_iter().map(|(bracket, _)| bracket).collect();
    Scheme::Metered { driver: DriverId(driver.unwrap_or(NOWHERE)), brackets }
}

/// `[{ up_to = "10 TB", price = "$0.09 / GB" }, { price = "$0.085 / GB" }]`
fn graduated(field: &Field<'_>, unit: &Unit, notes: &mut Notes) -> Vec<(Bracket, Range<usize>)> {
    let DeValue::Array(items) = field.value else {
        wrong_type(field, "a list of brackets: [{ up_to = …, price = … }, { price = … }]", notes);
        return Vec::new();
    };
    let mut brackets = Vec::new();
    for (nth, item) in items.iter().enumerate() {
        let element = Field {
            key: field.key,
            key_span: item.span(),
            value: item.get_ref(),
            span: item.span(),
            path: format!("{}.{}", field.path, nth + 1),
            evidence: field.evidence.clone(),
        };
        let Some(mut table) = Table::open(&element, notes) else {
            continue;
        };
        let up_to = table.number("up_to", &keys::amount(unit), notes).unwrap_or(f64::INFINITY);
        let price = table.estimate("price", &keys::price_of(unit), notes);
        table.finish(&[], notes);
        brackets.push((Bracket { up_to, price }, item.span()));
    }
    if items.is_empty() {
        notes.error(code::BRACKETS, &field.span, "`brackets` is empty").cure = "write [{ price = … }] at least".into();
    }
    brackets
}

/// Brackets end ever later, and only the last one never.
fn ascending(brackets: &[(Bracket, Range<usize>)], notes: &mut Notes) {
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
