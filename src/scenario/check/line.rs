use toml::de::DeTable;

use crate::math::law::Law;
use crate::model::price::THINGS;
use crate::model::{Bucket, DriverId, Line, Moves, Part, Scheme, Sizing, UnitPrice, UnitsScheme, Waste, When};
use crate::scenario::measure::is_size;
use crate::scenario::quantity::{self, Unit};
use crate::scenario::table::{Elsewhere, Field, Table, check_name};
use crate::scenario::walk::Takes;
use crate::scenario::{code, estimate, keys, notes::Notes};

use super::{NOWHERE, Names, commit, copy, in_force, ladder, price, share, tariff, vendor};

/// Keys of the kinds of line, for saying that one belongs to another kind.
const KINDS: Elsewhere = Elsewhere {
    keys: &[
        "once",
        "month",
        "times",
        "price",
        "sku",
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
        "each",
        "plans",
        "ladder",
        "fits",
        "above",
        "descends",
        "seats",
        "percent_of",
        "percent",
        "copy_of",
        "scale",
        "rises",
        "waste",
        "tidy",
        "commit",
    ],
    owner: |key| match key {
        "once" | "month" => "a line that is paid `once`",
        "meter" | "free" => "a line with a `meter`",
        "brackets" => "a line with a `meter` or `percent_of`",
        "times" => "a line that is paid by the month alone, or a part of `each`",
        "price" | "sku" => "a line that is paid by the month, by the unit, by the seat or by `meter`",
        "plans" | "ladder" | "fits" | "above" | "descends" => "a ladder, a line with `plans` or `ladder`",
        "seats" => "a line that is paid by the seat alone",
        "percent_of" | "percent" => "a line that is a share of others",
        "copy_of" | "scale" => "a line that is a copy of others",
        "rises" => "a line with a price of its own",
        "waste" | "tidy" => "a line that is paid every month for something of its own",
        "at_least" => "a line that buys units, or one with `percent_of`",
        _ => "a line that buys units, by `today` or by `capacity`",
    },
};

/// A line is paid `once`, by a `meter`, by `plans`, by `seats`, as a `percent_of` others, as a `copy_of` them, by units (`today` or `capacity`), or, with
/// a price alone, the same every month.
pub(super) fn read(
    (bucket, name): (Bucket, String),
    mut table: Table<'_>,
    (is_home, usual): (bool, Option<&Waste>),
    names: &Names,
    notes: &mut Notes,
) -> Line {
    let scheme = if table.has("once") {
        once(&mut table, notes)
    } else if table.has("meter") {
        tariff::metered(&mut table, names, notes)
    } else if ["plans", "ladder", "fits"].iter().any(|key| table.has(key)) {
        Scheme::Ladder(ladder::read(&mut table, names, notes))
    } else if table.has("seats") {
        seats(&mut table, names, notes)
    } else if table.has("copy_of") {
        copy::read(&mut table, notes)
    } else if table.has("percent_of") {
        Scheme::Share(share::read(&mut table, notes))
    } else if ["today", "capacity", "each"].iter().any(|key| table.has(key)) {
        Scheme::Units(units(&mut table, names, notes))
    } else {
        fixed(&mut table, names, notes)
    };
    let copies = table.estimate_or("copies", &keys::EXTRA, Law::Constant(0.0), notes);
    let vendor = vendor::named(&mut table, names, notes);
    let moves = moves(&mut table, &scheme, notes);
    let in_force = in_force::read(&mut table, names, notes);
    let none = (None, None, None);
    let (rises, idle, commitment) = none;
    let mut line = Line { bucket, name, scheme, copies, vendor, moves, in_force, rises, waste: idle, commitment };
    if !line.is_copy() {
        line.rises = table.estimate_if("rises", &keys::YEARLY, notes);
    }
    if line.can_be_copied() {
        line.waste = waste(&mut table, usual, notes);
    }
    if matches!(line.scheme, Scheme::Units(_)) {
        line.commitment = commit::read(&mut table, is_home, notes);
    }
    table.finish_among(&KINDS, notes);
    line
}

/// How what a line carries moves; only lines that follow a driver carry anything.
fn moves(table: &mut Table<'_>, scheme: &Scheme, notes: &mut Notes) -> Option<Moves> {
    let word = table.spanned_text("moves", notes);
    notes.takes(&table.path_of("moves"), || Takes::Words(&["with traffic", "at cutover"]));
    let (word, span) = word?;
    if matches!(scheme, Scheme::Once { .. } | Scheme::Fixed { .. } | Scheme::Share(_) | Scheme::Copy { .. }) {
        let message = "`moves` belongs to a line that follows a driver";
        notes.error(code::DOES_NOT_BELONG, &span, message).cure =
            "leave it out: this one is paid while its platform is in service".into();
        return None;
    }
    match word.as_str() {
        "with traffic" => Some(Moves::WithTraffic),
        "at cutover" => Some(Moves::AtCutover),
        _ => {
            let message = format!("`{word}` is no way in which a line moves");
            notes.error(code::UNKNOWN_WORD, &span, message).cure =
                "write \"with traffic\", by shares, or \"at cutover\", all at once".into();
            None
        }
    }
}

/// What is idle of a line, or of those of a platform; what is not stated is the `usual`.
pub(super) fn waste(table: &mut Table<'_>, usual: Option<&Waste>, notes: &mut Notes) -> Option<Waste> {
    let stated = table.estimate_if("waste", &keys::WASTE, notes);
    let span = table.span_of("tidy");
    if let (None, None, Some(span)) = (&stated, usual, span) {
        notes.warning(code::UNUSED, &span, "`tidy` without a `waste` changes nothing: nothing is idle").cure =
            "write waste = \"15 .. 35 %\", the part that is idle".into();
    }
    let tidy = table.estimate_if("tidy", &keys::SHARE, notes);
    let share = stated.or_else(|| usual.map(|usual| usual.share.clone()))?;
    let tidy = tidy.or_else(|| usual.map(|usual| usual.tidy.clone()));
    let tidy = tidy.unwrap_or_else(|| table.estimate_or("tidy", &keys::SHARE, Law::Constant(0.0), notes));
    Some(Waste { share, tidy })
}

fn once(table: &mut Table<'_>, notes: &mut Notes) -> Scheme {
    let amount = table.estimate("once", &keys::AMOUNT_OF_MONEY, notes);
    let when = table.estimate_if("month", &keys::MONTH_NUMBER, notes).map_or(When::Opening, When::Month);
    Scheme::Once { amount, when }
}

/// The same every month, so many times.
fn fixed(table: &mut Table<'_>, names: &Names, notes: &mut Notes) -> Scheme {
    let measure = if table.has("times") { &keys::PRICE_OF_ONE } else { &keys::PRICE };
    let price = price::a_month(table, measure, names, notes);
    Scheme::Fixed { price, times: table.estimate_or("times", &keys::FACTOR, Law::Constant(1.0), notes) }
}

/// So much for each person: the driver counts people, and a SKU is for one of them.
fn seats(table: &mut Table<'_>, names: &Names, notes: &mut Notes) -> Scheme {
    let driver = table.reference("seats", &names.drivers, "driver", notes);
    if let Some(place) = driver
        && let Some(counts) = counts_no_people(&names.units[place])
        && !names.kinds[place].is_people
    {
        let span = notes.place(&table.path_of("seats"));
        let message = format!("`{}` counts {counts}, and a seat is for a person", names.drivers[place]);
        notes.error(code::PRICE_UNIT, &span, message).cure =
            "name a driver of people, or of what the price is for: users, seats, hosts".into();
    }
    let sku = table.value("sku").and_then(|value| value.as_str()).and_then(|name| names.book.sku(name));
    if let Some(sku) = sku.filter(|sku| !sku.unit.thing.is_some_and(sits)) {
        let span = table.span.clone();
        let message = format!("`{}` is a price by the {}, and `seats` buys it for each person", sku.name, sku.unit);
        notes.error(code::PRICE_UNIT, &span, message).cure = match sku.unit.thing {
            None => "leave `seats` out: it is one price for all; several of it are `times`".into(),
            Some(_) => "meter the driver that it is a price of".into(),
        };
    }
    let price = price::a_month(table, &keys::PRICE_OF_ONE, names, notes);
    Scheme::Seats { driver: DriverId(driver.unwrap_or(NOWHERE)), price }
}

/// Whether a price for one of a thing is paid by the seat: for a person, or for a machine that is counted like one.
fn sits(thing: &str) -> bool {
    const PEOPLE: [&str; 12] = [
        "account",
        "active user",
        "committer",
        "developer",
        "hire",
        "host",
        "identity",
        "licence",
        "responder",
        "seat",
        "server",
        "user",
    ];
    PEOPLE.contains(&thing)
}

/// What a unit counts, where that is surely nobody: what has a size, what passes in a time, what list prices sell by the
/// piece.
fn counts_no_people(unit: &Unit) -> Option<String> {
    let sold = THINGS.into_iter().find(|thing| quantity::parse_unit(thing).is_ok_and(|one| one.over == unit.over));
    let is_other =
        unit.is_by_time() || is_size(&unit.over) || unit.over == "%" || sold.is_some_and(|thing| !sits(thing));
    is_other.then(|| format!("\"{}\"", unit.shown()))
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
    if !table.has("today") && !table.has("capacity") {
        let span = table.span.clone();
        let message = format!("{} has neither `today` nor `capacity`", table.name());
        notes.error(code::MISSING, &span, message).cure = "write today = 6, the units that run now".into();
    }
    if let Some(span) = table.span_of("autoscaling").filter(|_| !table.has("peak")) {
        let message = "`autoscaling` without a `peak` changes nothing: the peak is the mean";
        notes.warning(code::UNUSED, &span, message).cure = "write peak = \"2.2 times\", the peak over the mean".into();
    }
    let capacity = table.estimate_if("capacity", &keys::capacity(&unit), notes).map(Sizing::Capacity);
    let today = table.estimate_if("today", &keys::UNITS_TODAY, notes).map(Sizing::Today);
    let constant = Law::Constant;
    UnitsScheme {
        driver: DriverId(driver.unwrap_or(NOWHERE)),
        price: unit_price(table, names, notes),
        sizing: today.or(capacity).unwrap_or_else(|| Sizing::Today(estimate::stand_in(&keys::UNITS_TODAY))),
        headroom: table.estimate_or("headroom", &keys::EXTRA, constant(0.0), notes),
        peak: table.estimate_or("peak", &keys::PEAK, constant(1.0), notes),
        at_least: table.estimate_or("at_least", &keys::COUNT, constant(1.0), notes),
        autoscaling: table.estimate_or("autoscaling", &keys::SHARE, constant(0.0), notes),
    }
}

/// A `price`, or `each` of the things that one unit is made of.
fn unit_price(table: &mut Table<'_>, names: &Names, notes: &mut Notes) -> UnitPrice {
    if !table.has("each") {
        return UnitPrice::Single(price::a_month(table, &keys::PRICE_OF_ONE, names, notes));
    }
    for other in ["price", "sku"] {
        price::only(table, "each", other, "what is in `each` has its own price", notes);
    }
    let each = table.take("each").and_then(|field| Table::open(&field, notes));
    UnitPrice::Bundle(each.map_or_else(Vec::new, |each| parts(each, names, notes)))
}

/// `{ "aws.fargate.vcpu" = 1, gb = { price = "$3.24 / month", times = 2 } }`: a SKU with its number, or a price.
fn parts(mut each: Table<'_>, names: &Names, notes: &mut Notes) -> Vec<Part> {
    notes.takes(&each.path, || Takes::ByName);
    let fields: Vec<Field<'_>> = each.fields();
    if fields.is_empty() {
        let message = format!("{} names nothing that a unit is made of", each.name());
        notes.error(code::MISSING, &each.span, message).cure =
            "write each = { vcpu = { price = \"$30 / month\", times = 2 } }".into();
    }
    let mut parts = Vec::new();
    for field in fields {
        each.take(field.key);
        parts.extend(part(&field, names, notes));
    }
    each.finish(notes);
    parts
}

fn part(field: &Field<'_>, names: &Names, notes: &mut Notes) -> Option<Part> {
    let name = field.key.to_owned();
    let says_its_price = |table: &DeTable<'_>| ["price", "sku", "times"].iter().any(|key| table.contains_key(*key));
    if !field.value.as_table().is_some_and(says_its_price) {
        let times = field.estimate(&keys::FACTOR, notes);
        let price = price::of_key(field, names, notes)?;
        return Some(Part { name, price, times: times? });
    }
    check_name(field, notes);
    let mut part = Table::open(field, notes)?;
    let price = price::a_month(&mut part, &keys::PRICE_OF_ONE, names, notes);
    let times = part.estimate_or("times", &keys::FACTOR, Law::Constant(1.0), notes);
    part.finish(notes);
    Some(Part { name, price, times })
}
