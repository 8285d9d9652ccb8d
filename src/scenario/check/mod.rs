//! The tables of a scenario, each read into what it means. A file here reads the subject of the same name in `model`.

pub(super) mod age;
mod business;
mod change;
mod commit;
mod condition;
mod copy;
mod cover;
mod debt;
mod demand;
mod driver;
mod event;
mod exchange;
mod friction;
mod head;
mod in_force;
mod incident;
mod ladder;
mod line;
mod measurement;
mod migration;
mod must_leave;
mod option;
mod people;
mod platform;
mod policy;
mod price;
mod reason;
mod requirement;
mod season;
mod sense;
mod share;
mod tariff;
mod today;
mod together;
mod vendor;
mod verdict;
mod whole;
mod work;

use super::code;
use super::joined;
use super::notes::Notes;
use super::quantity::Unit;
use super::table::{Field, Table};
use crate::model::price::PriceBook;
use crate::model::{EventId, Fact, OptionId, Platform, Scenario};
use crate::units::YearMonth;
pub(super) use driver::sells;

use toml::de::DeValue;

/// Stands for a name that was refused; the reading fails, and no scenario with it leaves this floor.
const NOWHERE: usize = usize::MAX;

/// What tables may refer to, sorted by name, so that a place in a list is an id.
struct Names<'b> {
    /// List prices by name.
    book: &'b PriceBook,
    /// Month 1.
    start: YearMonth,
    drivers: Vec<String>,
    /// What `[people]` says of the team.
    facts: Vec<Fact>,
    /// What each driver counts, where the file says it.
    units: Vec<Unit>,
    vendors: Vec<String>,
    requirements: Vec<String>,
    /// What else is known of each driver before it is read.
    kinds: Vec<driver::Known>,
    platforms: Vec<String>,
    migrations: Vec<String>,
    options: Vec<String>,
    /// The platform that the baseline lives on, where the file names it.
    home: Option<String>,
    /// The baseline, and the names of its layers of cover.
    baseline: Option<(String, Vec<String>)>,
}

/// Reads a whole file. The scenario means nothing if `notes` holds an error afterwards.
pub(super) fn scenario(mut root: Table<'_>, book: &PriceBook, notes: &mut Notes) -> Scenario {
    joined::keys(&mut root, notes);
    let head = head::read(&mut root, notes);
    (notes.start, notes.currency) = (Some(head.start), head.currency);
    let exchange = exchange::read(&mut root, notes);
    let (demand, counted) = demand::read(&mut root, book, notes);
    let drivers = root.named("drivers", "driver", notes);
    let business = business::read(&mut root, notes);
    let vendors = root.named("vendors", "vendor", notes);
    let requirements = root.named("requirements", "requirement", notes);
    let events = root.named("events", "event", notes);
    let platforms = root.named("platforms", "platform", notes);
    event::nothing_else_is_called_product(&platforms, notes);
    let shared = root.named("incidents", "incident", notes);
    let mut options = root.named("options", "option", notes);
    let migrations = root.named("migrations", "migration", notes);
    let policies = root.named("policies", "policy", notes);
    let measurements = root.named("measurements", "measurement", notes);
    let together = root.named("together", "together", notes);
    let verdict = verdict::read(&mut root, (head.discount_rate.is_some(), head.months), notes);

    fn names_of(tables: &[(String, Table<'_>)]) -> Vec<String> {
        tables.iter().map(|(name, _)| name.clone()).collect()
    }
    let drivers = driver::gather(drivers, (counted.as_ref(), book), notes);
    let mut names = Names {
        book,
        start: head.start,
        drivers: drivers.iter().map(|driver| driver.name.clone()).collect(),
        facts: Vec::new(),
        units: drivers.iter().map(|driver| driver.counts.clone()).collect(),
        vendors: names_of(&vendors),
        requirements: names_of(&requirements),
        kinds: drivers.iter().map(|driver| driver.known.clone()).collect(),
        platforms: names_of(&platforms),
        migrations: names_of(&migrations),
        options: names_of(&options),
        home: None,
        baseline: None,
    };
    let people = people::read(&mut root, &names, notes);
    names.facts = people::said(&people);
    let baseline = root.need("baseline", "\"…\", the option lived in today", notes);
    let baseline = baseline.and_then(|field| lived_in(&field, &names, notes)).unwrap_or(NOWHERE);
    let tuned = root.take("tuned").and_then(|field| tuned(&field, &names, baseline, notes));
    names.home = options.get_mut(baseline).and_then(|(_, table)| option::platform(table));
    names.baseline = options.get(baseline).map(|(name, table)| (name.clone(), cover::names(table)));
    let reasons = reason::read(&mut root, &names, notes);
    root.finish(notes);

    // What options change is read with the platform that they change.
    let untouched: Vec<Table<'_>> = platforms.iter().map(|(_, table)| table.clone()).collect();
    let weekly = people.deploys;
    let drivers = drivers.into_iter().map(|driver| driver.read((&names, counted.as_ref()), weekly, notes)).collect();
    let platforms = platforms.into_iter().map(|(name, table)| platform::read(name, table, &names, notes));
    let mut platforms: Vec<Platform> = platforms.collect();
    let shared = shared.into_iter().map(|(name, table)| incident::read_shared(name, table, &names, notes)).collect();
    incident::share(shared, &mut platforms, notes);
    let mut told: Vec<event::Told> = Vec::new();
    for (nth, (name, table)) in events.into_iter().enumerate() {
        told.push(event::read(EventId(nth), name, table, &names, notes));
    }
    event::settle(&mut platforms, &mut told, notes);
    platforms.iter().for_each(|platform| platform::check(platform, notes));
    let requirements: Vec<_> =
        (requirements.into_iter()).map(|(name, table)| requirement::read(name, table, notes)).collect();
    let policies: Vec<_> =
        (policies.into_iter()).map(|(name, table)| policy::read(name, table, &names, notes)).collect();
    let vendors: Vec<_> = vendors.into_iter().map(|(name, table)| vendor::read(name, table, notes)).collect();
    let options = options.into_iter().map(|(name, table)| option::read(name, table, &names, notes));
    let (options, changes): (Vec<_>, Vec<_>) = options.unzip();
    let mut scenario = Scenario {
        name: head.name,
        question: head.question,
        reasons,
        start: head.start,
        months: head.months,
        currency: head.currency,
        as_of_months_before: head.as_of_months_before,
        discount_rate: head.discount_rate,
        inflation: head.inflation,
        fiscal_year: head.fiscal_year,
        run: head.run,
        demand,
        drivers,
        people,
        business,
        events: told.into_iter().map(|told| told.event).collect(),
        requirements,
        exchange,
        vendors,
        platforms,
        options,
        baseline: OptionId(baseline),
        tuned,
        migrations: migrations.into_iter().map(|(name, table)| migration::read(name, table, &names, notes)).collect(),
        measurements: measurements.into_iter().map(|(name, table)| measurement::read(name, table, notes)).collect(),
        together: together.into_iter().filter_map(|(name, table)| together::read(name, table, notes)).collect(),
        groups: Vec::new(),
        verdict,
    };
    change::settle(&mut scenario, changes, &untouched, &names, notes);
    together::check(&mut scenario, notes);
    whole::check(&scenario, notes);
    cover::check(&scenario, notes);
    sense::check(&scenario, notes);
    age::report(scenario.start, notes);
    measurement::check(&scenario, notes);
    policy::settle(&mut scenario, policies, notes);
    scenario
}

/// The option that `tuned` names, another than the baseline.
fn tuned(field: &Field<'_>, names: &Names, baseline: usize, notes: &mut Notes) -> Option<OptionId> {
    let option = field.reference(&names.options, "option", notes)?;
    if option == baseline {
        let message = "`tuned` names the baseline itself".to_owned();
        notes.error(code::DOES_NOT_BELONG, &field.span, message).cure =
            "name the option that is the baseline's platform after a few days of work, or leave `tuned` out".into();
        return None;
    }
    Some(OptionId(option))
}

/// The option that `baseline` names. People write the platform's name there; and a guess at a name would make a study of
/// another team's life, so the options are listed and none is suggested.
fn lived_in(field: &Field<'_>, names: &Names, notes: &mut Notes) -> Option<usize> {
    let DeValue::String(text) = field.value else { return field.reference(&names.options, "option", notes) };
    let is = |list: &[String]| list.iter().any(|name| name.as_str() == text.as_ref());
    if is(&names.options) {
        return field.reference(&names.options, "option", notes);
    }
    let message = if is(&names.platforms) {
        format!("`{text}` is a platform, and `baseline` names an option")
    } else {
        format!("there is no option `{text}`")
    };
    notes.error(code::UNKNOWN_NAME, &field.span, message).cure =
        format!("name the option lived in today, which has no migration: {}", names.options.join(", "));
    None
}
