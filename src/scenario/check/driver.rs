use std::ops::Range;

use toml::de::DeValue;

use crate::math::law::Law;
use crate::model::price::PriceBook;
use crate::model::{Basis, Draw, Driver, DriverId, DriverKind, Estimate, Line, PlatformId, Scenario, Scheme, UnitsOf};
use crate::scenario::measure::{Measure, times_a_month};
use crate::scenario::quantity::{self, Unit};
use crate::scenario::table::{Elsewhere, Field, Table, named, nearest};
use crate::scenario::walk::Takes;
use crate::scenario::{code, estimate, keys, measure, notes::Notes, unit};

use super::{NOWHERE, Names};

/// The index that every scenario has.
const DEMAND: &str = "demand";

const KINDS: Elsewhere = Elsewhere {
    keys: &["today", "elasticity", "own_growth", "inflow", "purge", "people", "from", "per"],
    owner: |key| match key {
        "inflow" | "purge" => "a stock, a driver with an `inflow`",
        "own_growth" | "people" => "a flow, a driver with `today` and no `inflow`",
        "from" => "a driver that follows others",
        "per" => "a driver that follows the units of lines",
        _ => "a driver of its own, without `from` or `per`",
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
pub(super) fn gather<'a>(
    tables: Vec<(String, Table<'a>)>,
    (demand, book): (Option<&Counted>, &PriceBook),
    notes: &mut Notes,
) -> Vec<Gathered<'a>> {
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
    let (counts, unit) = demand.map_or_else(Default::default, |read| (read.counts.clone(), read.unit.clone()));
    let known = Known::default();
    all.push(Gathered { name: DEMAND.to_owned(), counts, unit, known, table: None });
    all.sort_by(|a, b| a.name.cmp(&b.name));
    all
}

impl Gathered<'_> {
    /// Reads it. `weekly` is the driver that counts deploys: by the week, unless its unit says another time.
    pub(super) fn read(
        self,
        (names, demand): (&Names, Option<&Counted>),
        weekly: Option<DriverId>,
        notes: &mut Notes,
    ) -> Driver {
        let Some(mut table) = self.table else {
            return of_demand(demand);
        };
        let is_flow = !["from", "per", "inflow", "purge"].iter().any(|key| table.has(key));
        let people = is_flow && table.flag("people", notes);
        let whole = table.flag("whole", notes);
        let kind = kind(&mut table, &self.counts, names, notes);
        table.finish_among(&KINDS, notes);
        let is_weekly = weekly.is_some_and(|id| names.drivers.get(id.0) == Some(&self.name));
        let unstated = if is_weekly { crate::units::WEEKS_PER_MONTH } else { 1.0 };
        let times_a_month = times_a_month(&self.counts).unwrap_or(unstated);
        Driver { name: self.name, unit: self.unit, times_a_month, kind, whole, people }
    }
}

fn kind(table: &mut Table<'_>, counts: &Unit, names: &Names, notes: &mut Notes) -> DriverKind {
    if let Some(field) = table.take("from") {
        let terms = terms(&field, (&keys::FACTOR, "{ engineers = 1.6 }"), names, notes);
        terms.iter().for_each(|(of, times)| as_if_the_same(counts, (*of, times), names, notes));
        return DriverKind::Derived { terms };
    }
    if let Some(field) = table.take("per") {
        return DriverKind::PerUnits { terms: per_units(&field, names, notes) };
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

/// What counts the same as the driver it follows, in another unit, by a factor that is nearer to 1 than to what one is of the other.
fn as_if_the_same(counts: &Unit, (of, times): (DriverId, &Estimate), names: &Names, notes: &mut Notes) {
    let Some(other) = names.units.get(of.0) else { return };
    let by_time = |unit: &Unit| times_a_month(unit).unwrap_or(1.0);
    let power = |unit: &Unit| if unit.power < 0 { 1.0 / unit::ten_to(-unit.power) } else { unit::ten_to(unit.power) };
    let one = power(other) * by_time(other) / (power(counts) * by_time(counts));
    // Nearer on the scale of factors: f is on the side of 1 of the root of what one comes to.
    let (stated, root) = (times.median(), one.sqrt());
    let is_near_one = if one > 1.0 { stated < root } else { stated > root };
    if counts.over.is_empty() || counts.over != other.over || (one - 1.0).abs() < 1e-9 || !is_near_one {
        return;
    }
    let span = notes.place(&times.path);
    let message = format!(
        "this driver is in \"{}\" and follows one in \"{}\", of which one is {}: `from` converts nothing",
        counts.shown(),
        other.shown(),
        estimate::number(one)
    );
    notes.warning(code::CONVERTS_NOTHING, &span, message).cure =
        "put the conversion into the factor, or count both in one unit".into();
}

/// `{ "heroku.runtime.web" = 40 }`: so many for each unit of some lines, which are looked for once they are read.
fn per_units(field: &Field<'_>, names: &Names, notes: &mut Notes) -> Vec<(UnitsOf, Estimate)> {
    let Some(mut table) = Table::open(field, notes) else { return Vec::new() };
    notes.takes(&field.path, || Takes::ByName);
    let mut terms = Vec::new();
    let fields = table.fields();
    for field in &fields {
        table.take(field.key);
        let each = field.estimate(&keys::FACTOR, notes);
        let Some((platform, line)) = field.key.split_once('.').filter(|(_, line)| line.contains('.')) else {
            notes.error(code::UNKNOWN_NAME, &field.key_span, format!("`{}` is no line", field.key)).cure =
                "name its platform, its bucket and the line: per = { \"heroku.runtime.web\" = 40 }".into();
            continue;
        };
        let place = named(platform, &names.platforms, "platform", &field.key_span, notes);
        if let (Some(place), Some(each)) = (place, each) {
            terms.push((UnitsOf { platform: PlatformId(place), line: line.to_owned() }, each));
        }
    }
    if fields.is_empty() {
        notes.error(code::MISSING, &field.key_span, "`per` names no line").cure =
            "write per = { \"heroku.runtime.web\" = 40 }".into();
    }
    table.finish(notes);
    terms
}

/// That the lines whose units drivers follow are there, and have units.
pub(super) fn check(scenario: &Scenario, notes: &mut Notes) {
    for driver in &scenario.drivers {
        let DriverKind::PerUnits { terms } = &driver.kind else { continue };
        for (of, each) in terms.iter().filter(|(of, _)| scenario.units_of(of).is_none()) {
            let Some(platform) = scenario.platforms.get(of.platform.0) else { continue };
            let span = notes.place(&each.path);
            let (platform, line) = (&platform.name, &of.line);
            let units = |line: &&Line| matches!(line.scheme, Scheme::Units(_));
            let lines = &scenario.platform(of.platform).lines;
            if lines.iter().any(|known| known.place() == *line) {
                let message = format!("`{platform}.{line}` has no units: nothing of it says what runs");
                notes.error(code::DOES_NOT_BELONG, &span, message).cure =
                    "name a line with `today` or `capacity`".into();
                continue;
            }
            let known: Vec<String> = lines.iter().filter(units).map(Line::place).collect();
            let near = nearest(line, known.iter().map(String::as_str));
            let message = format!("{platform} has no line `{line}`");
            notes.error(code::UNKNOWN_NAME, &span, message).cure = match near {
                Some(near) => format!("did you mean \"{platform}.{near}\"?"),
                None if known.is_empty() => "none of its lines has units".to_owned(),
                None => format!("those with units are {}", known.join(", ")),
            };
        }
    }
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
    table.finish(notes);
    terms
}

/// What a driver counts: its `unit`, else the unit that its reading of today is written in.
pub(super) fn unit_of(table: &mut Table<'_>, book: &PriceBook, notes: &mut Notes) -> (Unit, String) {
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
    if ["from", "per"].iter().any(|key| table.has(key)) {
        return Default::default();
    }
    table.take("today").map_or_else(Default::default, |field| {
        let (unit, text) = unit_of_reading(field.value);
        (known(unit, field.span), text)
    })
}

/// Whether the price book has a price for one of something.
pub(in crate::scenario) fn sells(book: &PriceBook, word: &str) -> bool {
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

/// What demand counts and how many of it there are today, where the file says so.
pub(super) struct Counted {
    pub(super) counts: Unit,
    /// The same in the file's words.
    pub(super) unit: String,
    pub(super) today: Estimate,
}

/// The driver that every scenario has: demand itself.
fn of_demand(counted: Option<&Counted>) -> Driver {
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
        unit: counted.map_or_else(|| "index, today = 1".to_owned(), |counted| counted.unit.clone()),
        times_a_month: counted.and_then(|counted| times_a_month(&counted.counts)).unwrap_or(1.0),
        kind: DriverKind::Flow {
            today: counted.map_or_else(|| constant("today", 1.0, "index"), |counted| counted.today.clone()),
            elasticity: constant("elasticity", 1.0, "exponent"),
            own_growth: constant("own_growth", 0.0, "share / year"),
        },
        whole: false,
        people: false,
    }
}
