//! `[options.NAME.cover.*]`: who does the hours of production beside developers.

mod idle;

use toml::de::DeValue;

use crate::math::law::Law;
use crate::model::{
    Condition, Consultant, Cover, Dedicated, Estimate, Layer, LayerKind, MisHire, Reading, Scenario, Service,
};
use crate::scenario::estimate::number;
use crate::scenario::table::{Elsewhere, Table};
use crate::scenario::walk::Takes;
use crate::scenario::{code, keys, notes::Notes};
use crate::units::HOURS_PER_MONTH;

use super::Names;
use super::condition::{self, Of};
use super::{today, vendor, whole};

const KINDS: [&str; 3] = ["dedicated", "service", "consultant"];
const DEDICATED: &[&str] = &[
    "seats",
    "filled",
    "pay",
    "productive",
    "hire_when_any",
    "lag",
    "recruiting",
    "ramp",
    "attrition",
    "mis_hire",
    "mis_hire_after",
    "released",
];
const SERVICE: &[&str] = &["setup_fee", "retainer", "includes", "beyond", "at_most", "stays_inside"];
const CONSULTANT: &[&str] = &["days", "day_rate", "lasts", "lowers_debt"];
const OF_SERVICES_AND_CONSULTANTS: [&str; SERVICE.len() + CONSULTANT.len()] = joined(SERVICE, CONSULTANT);
const OF_SEATS_AND_CONSULTANTS: [&str; DEDICATED.len() + CONSULTANT.len()] = joined(DEDICATED, CONSULTANT);
const OF_SEATS_AND_SERVICES: [&str; DEDICATED.len() + SERVICE.len()] = joined(DEDICATED, SERVICE);

/// The keys of two kinds of layers, which say nothing in the third.
const fn joined<const N: usize>(one: &[&'static str], other: &[&'static str]) -> [&'static str; N] {
    let mut all = [""; N];
    let mut place = 0;
    while place < N {
        all[place] = if place < one.len() { one[place] } else { other[place - one.len()] };
        place += 1;
    }
    all
}

/// Part of a law above a month's hours that says that the law is wrong, not its tail.
const MOST_ABOVE_A_MONTH: f64 = 0.01;
/// The layers that an option's table names, before it is read.
pub(super) fn names(option: &Table<'_>) -> Vec<String> {
    match option.value("cover") {
        Some(DeValue::Table(layers)) => layers.keys().map(|key| key.get_ref().to_string()).collect(),
        _ => Vec::new(),
    }
}

/// Reads the layers of an option.
pub(super) fn read(option: &str, table: &mut Table<'_>, names: &Names, notes: &mut Notes) -> Cover {
    let tables = table.named("cover", "cover", notes);
    let home = names.baseline.as_ref().filter(|(baseline, _)| baseline != option);
    let is_home = |name: &String| home.is_some_and(|(_, layers)| layers.contains(name));
    let (gone_on, own): (Vec<_>, Vec<_>) = tables.into_iter().partition(|(name, _)| is_home(name));
    let mut cover = Cover::default();
    for (name, table) in gone_on {
        if goes_on(&name, table, notes) {
            cover.goes_on.push(name);
        } else {
            cover.is_released = true;
        }
    }
    let is_dedicated =
        |table: &Table<'_>| matches!(table.value("kind"), Some(DeValue::String(kind)) if kind.as_ref() == KINDS[0]);
    let layers: Vec<(String, bool)> = own.iter().map(|(name, table)| (name.clone(), is_dedicated(table))).collect();
    for (name, table) in own {
        cover.layers.extend(layer(name, table, (names, &layers), &mut cover.is_released, notes));
    }
    cover
}

/// A layer of the baseline's: it goes on, unless its seats are released.
fn goes_on(name: &str, mut table: Table<'_>, notes: &mut Notes) -> bool {
    let is_released = table.flag("released", notes);
    if let Some(field) = table.fields().into_iter().find(|field| field.key != "released") {
        let message =
            format!("`{name}` is a layer of the baseline's, which goes on as it is: `{}` says nothing", field.key);
        notes.error(code::LAYER_GOES_ON, &field.key_span, message).cure =
            "leave its keys out, or give the layer a name of its own".into();
        return !is_released;
    }
    table.finish(notes);
    !is_released
}

fn layer(
    name: String,
    mut table: Table<'_>,
    (names, layers): (&Names, &[(String, bool)]),
    is_released: &mut bool,
    notes: &mut Notes,
) -> Option<Layer> {
    let path = table.path.clone();
    // Not needed by every table of this place: a layer of the baseline's goes on without one.
    let kind = table.take("kind");
    if kind.is_none() {
        let message = format!("{} has no `kind`", table.name());
        notes.error(code::MISSING, &table.span, message).cure =
            "write kind = \"service\", \"dedicated\" or \"consultant\"".into();
    }
    let span = kind.as_ref().map(|field| field.span.clone());
    let kind = kind.and_then(|field| {
        let text = field.text(notes);
        notes.takes(&field.path, || Takes::Words(&KINDS));
        text
    });
    let title = table.text("title", notes).unwrap_or_else(|| name.clone());
    let order = table.whole("order", 0..=1_000, notes).unwrap_or(0) as u32;
    let begins = table.estimate_if("begins", &keys::MONTH_NUMBER, notes);
    let of = Of::Layer(layers);
    let ends_when = table.take("ends_when").and_then(|field| condition::read_one(&field, of, names, notes));
    let vendor = vendor::named(&mut table, names, notes);
    let notice_months = table.estimate_or("notice", &keys::MONTHS, Law::Constant(0.0), notes);
    let kind = match kind.as_deref() {
        Some("dedicated") => {
            if let Some(Condition::Filled(_)) = ends_when {
                let span = table.span_of("ends_when").unwrap_or_default();
                let message = "seats that end when others are filled are not computed".to_owned();
                notes.error(code::LAYER_WAITS, &span, message).cure =
                    "end them in a month, or make it a service".into();
            }
            *is_released |= table.flag("released", notes);
            let dedicated = dedicated(&mut table, (of, names), notes);
            finish(table, &OF_SERVICES_AND_CONSULTANTS, notes);
            LayerKind::Dedicated(dedicated)
        }
        Some("service") => {
            let service = service(&mut table, notes);
            finish(table, &OF_SEATS_AND_CONSULTANTS, notes);
            LayerKind::Service(service)
        }
        Some("consultant") => {
            let consultant = consultant(&mut table, notes);
            finish(table, &OF_SEATS_AND_SERVICES, notes);
            LayerKind::Consultant(consultant)
        }
        word => {
            if let (Some(word), Some(span)) = (word, span) {
                notes.error(code::UNKNOWN_WORD, &span, format!("there is no layer of kind `{word}`")).cure =
                    "write \"dedicated\", \"service\" or \"consultant\"".into();
            }
            return None;
        }
    };
    let ends_when = ends_when.into_iter().collect();
    Some(Layer { name, title, path, order, kind, vendor, begins, ends_when, notice_months })
}

fn finish(table: Table<'_>, keys: &'static [&'static str], notes: &mut Notes) {
    let owner = |key: &str| match key {
        key if DEDICATED.contains(&key) => "layers of kind \"dedicated\"",
        key if SERVICE.contains(&key) => "layers of kind \"service\"",
        key if CONSULTANT.contains(&key) => "layers of kind \"consultant\"",
        _ => "another kind of layer",
    };
    table.finish_among(&Elsewhere { keys, owner }, notes);
}

fn dedicated(table: &mut Table<'_>, (of, names): (Of<'_>, &Names), notes: &mut Notes) -> Dedicated {
    let zero = || Law::Constant(0.0);
    let seats = table.whole("seats", 1..=Dedicated::MOST, notes).unwrap_or(1) as u32;
    let filled = table.whole("filled", 0..=Dedicated::MOST, notes).unwrap_or(0) as u32;
    if filled > seats {
        let span = table.span_of("filled").unwrap_or_default();
        let message = format!("{filled} of {seats} seats are filled");
        notes.error(code::SEATS, &span, message).cure = format!("write seats = {filled}, or fill fewer");
    }
    Dedicated {
        seats,
        filled: filled.min(seats),
        pay: table.estimate("pay", &keys::PRICE, notes),
        productive_hours: productive(table, notes),
        hire_when_any: table
            .take("hire_when_any")
            .map(|field| condition::read_any(&field, of, names, notes))
            .unwrap_or_default(),
        lag_months: table.estimate_or("lag", &keys::MONTHS, zero(), notes),
        recruiting: table.estimate_or("recruiting", &keys::AMOUNT_OF_MONEY, zero(), notes),
        ramp_months: table.estimate_or("ramp", &keys::MONTHS, zero(), notes),
        attrition: table.estimate_or("attrition", &keys::ATTRITION, zero(), notes),
        mis_hire: mis_hire(table, notes),
    }
}

/// Hours a month of one person, who has no more than a month has.
fn productive(table: &mut Table<'_>, notes: &mut Notes) -> Estimate {
    let hours = table.estimate("productive", &keys::WORK, notes);
    if hours.law.probability_outside(0.0, HOURS_PER_MONTH) > MOST_ABOVE_A_MONTH {
        let span = notes.place(&hours.path);
        let message = format!("`productive` is of one person, and a month has {HOURS_PER_MONTH} hours");
        notes.error(code::OUT_OF_RANGE, &span, message).cure = "write it like \"90 .. 120 hours / month\"".into();
    }
    hours
}

/// A share and a time, of which neither says anything without the other.
fn mis_hire(table: &mut Table<'_>, notes: &mut Notes) -> Option<MisHire> {
    let share = table.estimate_if("mis_hire", &keys::SHARE, notes);
    let after_months = table.estimate_if("mis_hire_after", &keys::MONTHS, notes);
    let (stated, missing, example) = match (share, after_months) {
        (Some(share), Some(after_months)) => return Some(MisHire { share, after_months }),
        (None, None) => return None,
        (Some(_), None) => ("mis_hire", "mis_hire_after", "\"6 months\""),
        (None, Some(_)) => ("mis_hire_after", "mis_hire", "\"10 .. 25 %\""),
    };
    let span = table.span_of(stated).unwrap_or_else(|| table.span.clone());
    let message = format!("`{stated}` says nothing without `{missing}`");
    notes.error(code::DOES_NOT_BELONG, &span, message).cure = format!("write {missing} = {example}, or leave it out");
    None
}

fn service(table: &mut Table<'_>, notes: &mut Notes) -> Service {
    let zero = || Law::Constant(0.0);
    let service = Service {
        setup_fee: table.estimate_or("setup_fee", &keys::AMOUNT_OF_MONEY, zero(), notes),
        retainer: table.estimate("retainer", &keys::PRICE, notes),
        includes_hours: table.estimate_or("includes", &keys::WORK, zero(), notes),
        beyond: table.estimate_if("beyond", &keys::WAGE, notes),
        at_most_hours: table.estimate_if("at_most", &keys::WORK, notes),
        stays_inside: table.estimate_or("stays_inside", &keys::SHARE, zero(), notes),
    };
    let included = &service.includes_hours;
    let name = table.name();
    if let Some(all) = service.at_most_hours.as_ref().filter(|all| whole::greatest(all) < whole::lowest(included)) {
        let span = table.span_of("at_most").unwrap_or_default();
        let message = format!(
            "{name} does {} hours a month at most, and includes {}",
            number(whole::greatest(all)),
            number(whole::lowest(included))
        );
        notes.error(code::SEATS, &span, message).cure =
            "`at_most` is of all its hours, those included among them: write both together".into();
    }
    if service.beyond.is_none() {
        if let Some(span) = table.span_of("at_most") {
            let message = format!("{name} has no `beyond`: no hour above those included is done");
            notes.error(code::MISSING, &span, message).cure = "write beyond = \"$140 / hour\"".into();
        } else if included.constant() == Some(0.0) {
            let message = format!("{name} includes no hours and sells none: it takes nothing");
            notes.warning(code::TAKES_NOTHING, &table.span, message).cure =
                "write includes = \"40 hours / month\"".into();
        }
    }
    service
}

fn consultant(table: &mut Table<'_>, notes: &mut Notes) -> Consultant {
    Consultant {
        days: table.estimate("days", &keys::RATE, notes),
        day_rate: table.estimate("day_rate", &keys::AMOUNT_OF_MONEY, notes),
        lasts_months: table.estimate_if("lasts", &keys::MONTHS, notes),
        lowers_debt: table.estimate_or("lowers_debt", &keys::SHARE_PER_MONTH, Law::Constant(0.0), notes),
    }
}

/// What layers wait for can come.
fn waits(scenario: &Scenario, notes: &mut Notes) {
    let home = scenario.options.get(scenario.baseline.0).map(|option| option.platform);
    for option in &scenario.options {
        let left = home.filter(|_| option.migration.is_some());
        let ids = left.into_iter().chain([option.platform]);
        let platforms: Vec<_> = ids.filter_map(|id| scenario.platforms.get(id.0)).collect();
        for layer in &option.cover.layers {
            let ends = layer.ends_when.iter().map(|one| (format!("{}.ends_when", layer.path), one));
            let hires = layer.hires_when().iter().enumerate();
            let hires = hires.map(|(nth, one)| (format!("{}.hire_when_any.{}", layer.path, nth + 1), one));
            for (path, one) in ends.chain(hires) {
                if let Some((message, cure)) = condition::never_comes(scenario, one, &platforms) {
                    notes.error(code::NOTHING_TO_WAIT_FOR, &notes.place(&path), message).cure = cure;
                } else if let Some((message, month)) = today::holds(scenario, one, option.platform)
                    && (option.migration.is_none() || month == 1)
                {
                    notes.warning(code::HOLDS_TODAY, &notes.place(&path), message).cure =
                        format!("it is acted on with month {month}, or as soon as the layer begins");
                }
            }
        }
    }
}

/// What takes more than one table: toil is of engineers, and where nothing is to be done nobody can take it.
pub(super) fn check(scenario: &Scenario, notes: &mut Notes) {
    waits(scenario, notes);
    idle::check(scenario, notes);
    let is_toil = |condition: &&Condition| matches!(condition, Condition::Reading { of: Reading::Toil, .. });
    let mut toils: Vec<String> = Vec::new();
    for migration in scenario.migrations.iter().filter(|m| m.starts_when_any.iter().any(|c| is_toil(&c))) {
        toils.push(format!("migration.{}.starts_when_any.1", migration.name));
    }
    for option in &scenario.options {
        for layer in &option.cover.layers {
            if layer.ends_when.iter().any(|c| is_toil(&c)) {
                toils.push(format!("{}.ends_when", layer.path));
            }
            if layer.hires_when().iter().any(|c| is_toil(&c)) {
                toils.push(format!("{}.hire_when_any.1", layer.path));
            }
        }
        let Some(platform) = scenario.platforms.get(option.platform.0) else { continue };
        if !option.cover.is_empty() && platform.work.is_empty() && platform.incidents.is_empty() {
            let span = notes.place(&format!("option.{}.cover", option.name));
            let message = format!("`{}` has neither work nor incidents: there is nothing to take", platform.name);
            notes.warning(code::NOTHING_TO_TAKE, &span, message).cure =
                format!("write [platforms.{}.work.upkeep]", platform.name);
        }
    }
    if scenario.people.engineers.is_none() {
        for path in toils {
            let span = notes.place(&path);
            notes
                .error(code::TOIL_OF_NOBODY, &span, "`toil` is of engineers, and nothing counts them".to_owned())
                .cure = "write engineers = \"…\", a driver, in [people]".into();
        }
    }
}
