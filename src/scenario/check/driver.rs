use std::ops::Range;

use toml::de::DeValue;

use crate::math::law::Law;
use crate::model::price::PriceBook;
use crate::model::{Basis, Draw, Driver, DriverId, DriverKind, Estimate};
use crate::scenario::measure::{Measure, times_a_month};
use crate::scenario::quantity::{self, Unit};
use crate::scenario::table::{Elsewhere, Field, Table, named};
use crate::scenario::walk::Takes;
use crate::scenario::{code, keys, later, measure, notes::Notes, unit};

use super::{NOWHERE, Names};

/// The index that every scenario has.
const DEMAND: &str = "demand";

const KINDS: Elsewhere = Elsewhere {
    keys: &["today", "elasticity", "own_growth", "inflow", "purge", "people", "from"],
    owner: |key| match key {
        "inflow" | "purge" => "a stock, a driver with an `inflow`",
        "own_growth" | "people" => "a flow, a driver with `today` and no `inflow`",
        "from" => "a driver that follows others",
        _ => "a driver of its own, without `from`",
    },
};

/// A driver whose name and unit are known, before what it refers to is.
pub(super) struct Gathered<'a> {
    pub(super) name: String,
    /// What it counts, as far as the file says.
    pub(super) counts: Unit,
    /// The same in the file's words.
    unit: String,
    pub(super) known: Known,
    /// None of the index `demand`.
    table: Option<Table<'a>>,
}

/// What is known of a driver before it is read.
#[derive(Clone, Default)]
pub(super) struct Known {
    /// Whether it says what comes in, and so is what is there.
    pub(super) is_stock: bool,
    /// Whether it says that it counts people.
    pub(super) is_people: bool,
    /// What it follows, as the file has it.
    pub(super) follows: Vec<String>,
}

impl Known {
    fn of(table: &Table<'_>) -> Self {
        let value = |key: &str| table.value(key);
        let follows = value("from").and_then(DeValue::as_table);
        Self {
            is_stock: value("inflow").is_some() || value("purge").is_some(),
            is_people: value("people").and_then(DeValue::as_bool) == Some(true),
            follows: follows.map_or_else(Vec::new, |from| from.keys().map(|key| key.get_ref().to_string()).collect()),
        }
    }
}

/// The drivers of a file and the index `demand`, by name.
pub(super) fn gather<'a>(tables: Vec<(String, Table<'a>)>, book: &PriceBook, notes: &mut Notes) -> Vec<Gathered<'a>> {
    let mut all: Vec<Gathered<'a>> = Vec::new();
    for (name, mut table) in tables {
        if name == DEMAND {
            let message = "the driver `demand` is always there: it is the index of [demand]";
            notes.error(code::BAD_NAME, &table.span, message).cure = "give this driver another name".into();
            continue;
        }
        let (counts, unit) = unit_of(&mut table, book, notes);
        all.push(Gathered { name, counts, unit, known: Known::of(&table), table: Some(table) });
    }
    let (counts, unit, known) = Default::default();
    all.push(Gathered { name: DEMAND.to_owned(), counts, unit, known, table: None });
    all.sort_by(|a, b| a.name.cmp(&b.name));
    all
}

impl Gathered<'_> {
    /// Reads it. `weekly` is the driver that counts deploys: by the week, unless its unit says another time.
    pub(super) fn read(self, names: &Names, weekly: Option<DriverId>, notes: &mut Notes) -> Driver {
        let Some(mut table) = self.table else {
            return demand();
        };
        let is_flow = !["from", "inflow", "purge"].iter().any(|key| table.has(key));
        let people = is_flow && table.flag("people", notes);
        let whole = table.flag("whole", notes);
        let kind = kind(&mut table, &self.counts, names, notes);
        table.finish_among(&KINDS, later::DRIVER, notes);
        let is_weekly = weekly.is_some_and(|id| names.drivers.get(id.0) == Some(&self.name));
        let unstated = if is_weekly { crate::units::WEEKS_PER_MONTH } else { 1.0 };
        let times_a_month = times_a_month(&self.counts).unwrap_or(unstated);
        Driver { name: self.name, unit: self.unit, times_a_month, kind, whole, people }
    }
}

fn kind(table: &mut Table<'_>, counts: &Unit, names: &Names, notes: &mut Notes) -> DriverKind {
    if let Some(field) = table.take("from") {
        return DriverKind::Derived { terms: terms(&field, (&keys::FACTOR, "{ engineers = 1.6 }"), names, notes) };
    }
    let one = Law::Constant(1.0);
    let today = table.estimate("today", &keys::amount(counts), notes);
    let elasticity = table.estimate_or("elasticity", &keys::ELASTICITY, one, notes);
    if table.has("inflow") || table.has("purge") {
        let inflow = table.estimate("inflow", &keys::amount_per_month(counts), notes);
        let purge = table.estimate_or("purge", &keys::SHARE_PER_MONTH, Law::Constant(0.0), notes);
        return DriverKind::Stock { today, inflow, purge, elasticity };
    }
    let own_growth = table.estimate_or("own_growth", &keys::YEARLY, Law::Constant(0.0), notes);
    DriverKind::Flow { today, elasticity, own_growth }
}

/// A table with something for each of some drivers, by driver.
pub(super) fn terms(
    field: &Field<'_>,
    (measure, example): (&Measure<'_>, &str),
    names: &Names,
    notes: &mut Notes,
) -> Vec<(DriverId, Estimate)> {
    let Some(mut table) = Table::open(field, notes) else { return Vec::new() };
    notes.takes(&field.path, || Takes::ByName);
    let fields = table.fields();
    let terms = fields.iter().filter_map(|field| {
        table.take(field.key);
        let of = named(field.key, &names.drivers, "driver", &field.key_span, notes).unwrap_or(NOWHERE);
        Some((DriverId(of), field.estimate(measure, notes)?))
    });
    let mut terms: Vec<(DriverId, Estimate)> = terms.collect();
    terms.sort_by_key(|(of, _)| *of);
    if fields.is_empty() {
        let key = field.key;
        notes.error(code::MISSING, &field.key_span, format!("`{key}` names no driver")).cure =
            format!("write {key} = {example}");
    }
    table.finish(&[], notes);
    terms
}

/// What a driver counts: its `unit`, else the unit that its reading of today is written in.
fn unit_of(table: &mut Table<'_>, book: &PriceBook, notes: &mut Notes) -> (Unit, String) {
    let known = |unit: Unit, span: Range<usize>| {
        let word = unit.over.as_str();
        let is_usual = word.is_empty() || unit::is_usual(word) || measure::bytes(word).is_some() || sells(book, word);
        Unit { strange: (!is_usual).then_some(span), ..unit }
    };
    if let Some((text, span)) = table.spanned_text("unit", notes) {
        notes.takes(&table.path_of("unit"), || Takes::Unit);
        match quantity::parse_unit(&text) {
            Ok(unit) => return (known(unit, span), text),
            Err(refusal) => {
                notes.error(code::QUANTITY, &span, format!("`unit`: {}", refusal.message)).cure = refusal.cure;
            }
        }
    }
    table.take("today").map_or_else(Default::default, |field| {
        let (unit, text) = unit_of_reading(field.value);
        (known(unit, field.span), text)
    })
}

/// Whether the price book has a price for one of something.
fn sells(book: &PriceBook, word: &str) -> bool {
    let is_it = |thing: &str| quantity::parse_unit(thing).is_ok_and(|unit| unit.over == word);
    book.skus().any(|sku| sku.unit.thing.is_some_and(is_it))
}

/// The unit that a reading is written in, and the same in the file's words.
pub(super) fn unit_of_reading(value: &DeValue<'_>) -> (Unit, String) {
    let text = match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Table(inside) => {
            let inside = inside.get("unit").or_else(|| inside.get("value"));
            inside.and_then(|value| value.get_ref().as_str().map(str::to_owned))
        }
        _ => None,
    };
    let text = text.unwrap_or_default();
    quantity::unit_of(&text).map(|(unit, words)| (unit, words.to_owned())).unwrap_or_default()
}

/// The driver that every scenario has: demand itself.
fn demand() -> Driver {
    let constant = |key: &str, value: f64, unit: &'static str| Estimate {
        path: format!("driver.{DEMAND}.{key}"),
        law: Law::Constant(value),
        draw: Draw::Own,
        unit,
        basis: Basis::Assumed,
        source: String::new(),
        written: String::new(),
        listed: None,
        exchange: None,
        before: None,
    };
    Driver {
        name: DEMAND.to_owned(),
        unit: "index, today = 1".to_owned(),
        times_a_month: 1.0,
        kind: DriverKind::Flow {
            today: constant("today", 1.0, "index"),
            elasticity: constant("elasticity", 1.0, "exponent"),
            own_growth: constant("own_growth", 0.0, "share / year"),
        },
        whole: false,
        people: false,
    }
}
