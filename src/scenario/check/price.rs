use std::sync::Arc;

use crate::math::law::Law;
use crate::model::price::Sku;
use crate::model::{Basis, Draw, Estimate};
use crate::scenario::estimate::in_strange;
use crate::scenario::measure::Measure;
use crate::scenario::quantity::{self, Unit};
use crate::scenario::table::{Field, Table};
use crate::scenario::{code, estimate, keys, notes::Notes, prices};

use super::{Names, age};

/// Letters from which on a piece of a name says which one is meant.
const SHORTEST_PIECE: usize = 3;
/// Names that a cure offers.
const OFFERED: usize = 3;

/// What holding one of something for a month costs: the table's `price`, in a measure of dollars a month, or that of its
/// `sku`.
pub(super) fn a_month(table: &mut Table<'_>, measure: &Measure<'_>, names: &Names, notes: &mut Notes) -> Estimate {
    of_table(table, measure, names, notes, |field, sku, notes| {
        let price = sku.usd_per_month();
        if price.is_none() {
            let message = format!("`{}` is used up, by the {}, and not held by the month", sku.name, sku.unit);
            notes.error(code::PRICE_UNIT, &field.span, message).cure =
                "write meter = \"…\", the driver that counts it".into();
        }
        price
    })
}

/// What one of what a driver counts costs: the table's `price`, or that of its `sku`.
pub(super) fn of_one(
    table: &mut Table<'_>,
    (place, driver): (Option<usize>, &Unit),
    names: &Names,
    notes: &mut Notes,
) -> Estimate {
    let measure = keys::price_of(driver);
    of_table(table, &measure, names, notes, |field, sku, notes| {
        let thing = sku.unit.thing.and_then(|thing| quantity::parse_unit(thing).ok()).unwrap_or_default().over;
        // A driver may count what is held together with its time: "GiB-seconds / month".
        let together = sku.unit.held.map(|period| format!("{thing}-{}", period.name()));
        let counts_together = together.as_ref() == Some(&driver.over);
        let (thing, each) = match together {
            Some(together) if counts_together => (together, Some(sku.price_usd / sku.unit.count)),
            _ => (thing, sku.usd_each().or_else(|| sku.usd_per_month())),
        };
        let held_or_used = each.filter(|_| sku.unit.thing.is_some());
        let one = Unit { money: true, per: vec![thing], ..Unit::default() };
        let factor = measure.factor(&one).or_else(|| in_strange(&one, &field.span, "sku", &measure, notes));
        let price = held_or_used.zip(factor).map(|(price, factor)| factor.apply(price));
        if price.is_some() && !counts_together && is_other_kind(sku, place, field, names, notes) {
            return None;
        }
        if price.is_none() {
            let counts = if driver.is_empty() { "a bare number".to_owned() } else { format!("\"{}\"", driver.shown()) };
            let message = format!("`{}` is a price by the {}, and the meter counts {counts}", sku.name, sku.unit);
            notes.error(code::PRICE_UNIT, &field.span, message).cure = "meter the driver that it is a price of".into();
        }
        price
    })
}

/// Whether a price is for what is held and the driver counts what passes, or the other way round: the quantity would be
/// of something else.
fn is_other_kind(sku: &Sku, place: Option<usize>, field: &Field<'_>, names: &Names, notes: &mut Notes) -> bool {
    let Some(place) = place.filter(|_| sku.unit.thing.is_some()) else { return false };
    let (name, unit, known) = (&names.drivers[place], &names.units[place], &names.kinds[place]);
    let (message, cure) = if sku.unit.held.is_some() && unit.is_by_time() && !known.is_stock {
        let message = format!(
            "`{}` is a price by the {}, of what is held, and `{name}` passes: it is in \"{}\"",
            sku.name,
            sku.unit,
            unit.shown()
        );
        (message, "meter how much is there: a driver with an `inflow`, or a reading without a time")
    } else if sku.unit.held.is_none() && known.is_stock {
        let message = format!(
            "`{}` is a price by the {}, of what passes, and `{name}` is a stock, which stays",
            sku.name, sku.unit
        );
        (message, "meter how much passes: a driver in \"… / month\" without `inflow`")
    } else {
        return false;
    };
    notes.error(code::PRICE_UNIT, &field.span, message).cure = cure.into();
    true
}

fn of_table(
    table: &mut Table<'_>,
    measure: &Measure<'_>,
    names: &Names,
    notes: &mut Notes,
    dollars: impl Fn(&Field<'_>, &Sku, &mut Notes) -> Option<f64>,
) -> Estimate {
    if !table.has("sku") {
        return table.estimate("price", measure, notes);
    }
    only(table, "sku", "price", "a SKU has its own price", notes);
    let listed = table.take("sku").and_then(|field| {
        notes.remember(&field.path, &field.span);
        let name = field.text(notes)?;
        let sku = find(&name, &field, names, notes)?;
        let price = dollars(&field, sku, notes)?;
        age::note(&[sku], &field, names, notes);
        let exchange = estimate::dollars("sku", &field.span, notes);
        Some(quoted(sku, price, measure, (notes.text(&field.span), exchange)))
    });
    listed.unwrap_or_else(|| estimate::stand_in(measure))
}

/// What holding one of a SKU for a month costs, where a key is the SKU's name.
pub(super) fn of_key(field: &Field<'_>, names: &Names, notes: &mut Notes) -> Option<Estimate> {
    let sku = find(field.key, field, names, notes)?;
    let Some(price) = sku.usd_per_month() else {
        let message = format!("`{}` is used up, by the {}: no unit holds it", sku.name, sku.unit);
        notes.error(code::PRICE_UNIT, &field.key_span, message).cure = "give it a line with a `meter`".into();
        return None;
    };
    age::note(&[sku], field, names, notes);
    let exchange = estimate::dollars(field.key, &field.key_span, notes);
    Some(quoted(sku, price, &keys::PRICE, (notes.text(&field.key_span), exchange)))
}

/// A table that has both of two keys is told so, and the second is passed over.
pub(super) fn only(table: &mut Table<'_>, kept: &str, other: &'static str, why: &str, notes: &mut Notes) {
    if table.has(other) {
        let message = format!("{} states both `{other}` and `{kept}`", table.name());
        notes.error(code::DOES_NOT_BELONG, &table.span, message).cure = format!("keep one: {why}");
        table.take(other);
    }
}

/// An estimate of a list price: one stream for a SKU, whoever buys it.
pub(super) fn quoted(
    sku: &Sku,
    dollars: f64,
    measure: &Measure<'_>,
    (written, exchange): (&str, Option<Arc<Estimate>>),
) -> Estimate {
    let from = &sku.provenance;
    Estimate {
        path: format!("price.{}", sku.name),
        law: Law::Constant(dollars),
        draw: Draw::Own,
        unit: measure.unit,
        basis: Basis::Quoted,
        source: format!("{}, {}", from.source, from.as_of),
        written: written.to_owned(),
        listed: Some(from.clone()),
        exchange,
        before: None,
    }
}

fn find<'b>(name: &str, field: &Field<'_>, names: &Names<'b>, notes: &mut Notes) -> Option<&'b Sku> {
    let sku = names.book.sku(name);
    if sku.is_none() {
        let span = if field.key == name { &field.key_span } else { &field.span };
        let problem = notes.error(code::UNKNOWN_NAME, span, format!("the price book has no SKU `{name}`"));
        problem.cure = if names.book.ladder(name).is_some() {
            format!("it is a ladder: write ladder = \"{name}\" and what it `fits`")
        } else {
            offer(name, names, |near| names.book.sku(near).is_some())
        };
    }
    sku
}

/// "did you mean …?"
pub(super) fn offer(name: &str, names: &Names, is_kind: impl Fn(&str) -> bool) -> String {
    if prices::is_unverified(name) {
        return "nobody has read it at a source, so it is apart: add --prices prices/unverified.toml".into();
    }
    let mut near = names.book.nearest(name, usize::MAX);
    // "standard-2x" for "heroku.dyno.standard-2x": those that hold all of it come first.
    let piece = name.to_lowercase();
    near.sort_by_key(|near| piece.len() < SHORTEST_PIECE || !near.contains(&piece));
    let near: Vec<String> =
        near.into_iter().filter(|near| is_kind(near)).take(OFFERED).map(|near| format!("\"{near}\"")).collect();
    if near.is_empty() { "the book has none".into() } else { format!("did you mean {}?", near.join(" or ")) }
}
