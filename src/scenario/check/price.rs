use crate::math::law::Law;
use crate::model::price::Sku;
use crate::model::{Basis, Estimate};
use crate::scenario::estimate::in_strange;
use crate::scenario::measure::Measure;
use crate::scenario::quantity::{self, Unit};
use crate::scenario::table::{Field, Table};
use crate::scenario::{code, estimate, keys, notes::Notes};

use super::{Names, age};

/// Letters from which on a piece of a name says which one is meant.
const SHORTEST_PIECE: usize = 3;
/// Names that a cure offers.
const OFFERED: usize = 3;

/// What holding one of something for a month costs: the table's `price`, or that of its `sku`.
pub(super) fn a_month(table: &mut Table<'_>, names: &Names, notes: &mut Notes) -> Estimate {
    of_table(table, &keys::PRICE, names, notes, |field, sku, notes| {
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
pub(super) fn of_one(table: &mut Table<'_>, driver: &Unit, names: &Names, notes: &mut Notes) -> Estimate {
    let measure = keys::price_of(driver);
    of_table(table, &measure, names, notes, |field, sku, notes| {
        let held_or_used = sku.usd_each().or_else(|| sku.usd_per_month()).filter(|_| sku.unit.thing.is_some());
        let thing = sku.unit.thing.and_then(|thing| quantity::parse_unit(thing).ok()).unwrap_or_default();
        let one = Unit { money: true, per: vec![thing.over], ..Unit::default() };
        let factor = measure.factor(&one).or_else(|| in_strange(&one, &field.span, "sku", &measure, notes));
        let price = held_or_used.zip(factor).map(|(price, factor)| factor.apply(price));
        if price.is_none() {
            let counts = if driver.is_empty() { "a bare number".to_owned() } else { format!("\"{}\"", driver.shown()) };
            let message = format!("`{}` is a price by the {}, and the meter counts {counts}", sku.name, sku.unit);
            notes.error(code::PRICE_UNIT, &field.span, message).cure = "meter the driver that it is a price of".into();
        }
        price
    })
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
        Some(quoted(sku, price, measure, notes.text(&field.span)))
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
    Some(quoted(sku, price, &keys::PRICE, notes.text(&field.key_span)))
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
pub(super) fn quoted(sku: &Sku, dollars: f64, measure: &Measure<'_>, written: &str) -> Estimate {
    let from = &sku.provenance;
    Estimate {
        path: format!("price.{}", sku.name),
        law: Law::Constant(dollars),
        unit: measure.unit,
        basis: Basis::Quoted,
        source: format!("{}, {}", from.source, from.as_of),
        written: written.to_owned(),
        listed: Some(from.clone()),
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
    let mut near = names.book.nearest(name, usize::MAX);
    // "standard-2x" for "heroku.dyno.standard-2x": those that hold all of it come first.
    let piece = name.to_lowercase();
    near.sort_by_key(|near| piece.len() < SHORTEST_PIECE || !near.contains(&piece));
    let near: Vec<String> =
        near.into_iter().filter(|near| is_kind(near)).take(OFFERED).map(|near| format!("\"{near}\"")).collect();
    if near.is_empty() { "the book has none".into() } else { format!("did you mean {}?", near.join(" or ")) }
}
