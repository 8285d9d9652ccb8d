use std::ops::Range;

use toml::de::DeValue;

use crate::model::{
    Bucket, Estimate, Event, EventId, Line, MustLeave, Occurs, Platform, RequirementId, Restore, Scenario, VendorId,
};
use crate::scenario::table::{Field, Table, named, nearest, wrong_type};
use crate::scenario::walk::Takes;
use crate::scenario::{code, estimate, keys, notes::Notes};

use super::{NOWHERE, Names, line, must_leave, whole::lowest};

/// What `ends` calls the product.
const PRODUCT: &str = "product";

/// A platform of that name could not be told from the product where something ends.
pub(super) fn nothing_else_is_called_product(platforms: &[(String, Table<'_>)], notes: &mut Notes) {
    for (_, table) in platforms.iter().filter(|(name, _)| name == PRODUCT) {
        notes
            .error(
                code::BAD_NAME,
                &table.span,
                "a platform is called `product`, which is what `ends` calls the product",
            )
            .cure = "give it another name".into();
    }
}

/// An event, and what it does to the lines of platforms.
pub(super) struct Told {
    pub(super) event: Event,
    /// Lines that it adds, by the place of their platform.
    pub(super) adds: Vec<(usize, Line)>,
    /// Lines that it removes, as written: `heroku.tooling.logs`.
    removes: Vec<(String, Range<usize>)>,
}

/// `[events.NAME]`.
pub(super) fn read(id: EventId, name: String, mut table: Table<'_>, names: &Names, notes: &mut Notes) -> Told {
    let title = table.text("title", notes).unwrap_or_else(|| name.clone());
    let when = occurs(&mut table, notes);
    let does =
        ["demand", "prices", "adds", "removes", "ends_credits", "debt", "hours", "restore", "switches_on", "ends"];
    if !does.iter().any(|key| table.has(key)) {
        let message = format!("`{name}` changes nothing");
        notes.warning(code::CHANGES_NOTHING, &table.span, message).cure =
            "say what it does: demand, prices, adds, removes, debt, hours, restore, switches_on or ends".into();
    }
    let demand = table.estimate_if("demand", &keys::TIMES, notes);
    let prices = prices(&mut table, names, notes);
    let adds = adds(id, &mut table, names, notes);
    let removes = table.take("removes").map_or_else(Vec::new, |field| texts(&field, "a list of lines", notes));
    let ends_credits = table.take("ends_credits").map_or_else(Vec::new, |field| vendors(&field, names, notes));
    let debt = table.estimate_if("debt", &keys::DEBT_ADDED, notes);
    let hours = table.estimate_if("hours", &keys::HOURS_ONCE, notes);
    let restore = restore(&mut table, notes);
    let is_said = table.has("switches_on");
    let switched = table.reference("switches_on", &names.requirements, "requirement", notes);
    let switches_on = is_said.then(|| RequirementId(switched.unwrap_or(NOWHERE)));
    let (ends_product, ends_platform) = ends(&mut table, names, notes);
    table.finish(notes);
    let event = Event {
        name,
        title,
        when,
        demand,
        prices,
        ends_credits,
        debt,
        hours,
        restore,
        switches_on,
        ends_product,
        ends_platform,
    };
    Told { event, adds, removes }
}

/// Whether the product ends, and whether a platform does and how that is left.
fn ends(table: &mut Table<'_>, names: &Names, notes: &mut Notes) -> (bool, Option<MustLeave>) {
    let Some(field) = table.take("ends") else { return (false, None) };
    let Some(text) = field.text(notes) else { return (false, None) };
    if names.platforms.contains(&text) {
        if names.home.as_ref().is_some_and(|home| *home != text) {
            let message = format!("`{text}` ends, and nobody lives on it today");
            notes.error(code::ENDS_ELSEWHERE, &field.span, message).cure =
                "name the baseline's platform: what an option moves to cannot end".into();
        }
        return (false, Some(must_leave::read(table, names, notes)));
    }
    if text != PRODUCT {
        let known = names.platforms.iter().map(String::as_str).chain([PRODUCT]);
        let problem =
            notes.error(code::UNKNOWN_NAME, &field.span, format!("nothing that could end is called `{text}`"));
        problem.cure = match nearest(&text, known) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => "write ends = \"product\", or the baseline's platform".into(),
        };
    }
    (text == PRODUCT, None)
}

/// A `hazard`, or a `probability` with a `month`.
fn occurs(table: &mut Table<'_>, notes: &mut Notes) -> Occurs {
    let stated: Vec<&str> = ["probability", "month"].into_iter().filter(|key| table.has(key)).collect();
    if table.has("hazard") {
        let hazard = table.estimate("hazard", &keys::HAZARD, notes);
        if let [first, ..] = stated.as_slice() {
            let span = table.span_of(first).unwrap_or_else(|| table.span.clone());
            let message = format!("{} states both `hazard` and `{first}`", table.name());
            notes.error(code::DOES_NOT_BELONG, &span, message).cure =
                "keep `hazard`, a chance each month, or `probability` with a `month`".into();
            table.take("probability");
            table.take("month");
        }
        return Occurs::Hazard(hazard);
    }
    if stated.is_empty() {
        table.take("probability");
        table.take("month");
        let message = format!("{} does not say when it happens", table.name());
        notes.error(code::MISSING, &table.span, message).cure =
            format!("write hazard = {}, or a probability and a month", keys::HAZARD.example);
        return Occurs::Hazard(estimate::stand_in(&keys::HAZARD));
    }
    let probability = table.estimate("probability", &keys::CHANCE, notes);
    Occurs::Stated { probability, month: table.estimate("month", &keys::MONTH_NUMBER, notes) }
}

/// Factors by vendor.
fn prices(table: &mut Table<'_>, names: &Names, notes: &mut Notes) -> Vec<(VendorId, Estimate)> {
    let Some(field) = table.take("prices") else { return Vec::new() };
    let Some(mut by_vendor) = Table::open(&field, notes) else { return Vec::new() };
    notes.takes(&field.path, || Takes::ByName);
    let mut factors = Vec::new();
    let names_none = by_vendor.fields().is_empty();
    for field in by_vendor.fields() {
        by_vendor.take(field.key);
        let vendor = named(field.key, &names.vendors, "vendor", &field.key_span, notes).unwrap_or(NOWHERE);
        factors.extend(field.estimate(&keys::TIMES, notes).map(|times| (VendorId(vendor), times)));
    }
    if names_none {
        notes.error(code::MISSING, &field.key_span, "`prices` names no vendor").cure =
            "write prices = { heroku = \"1.05 .. 1.25 times\" }".into();
    }
    by_vendor.finish(notes);
    factors.sort_by_key(|(vendor, _)| *vendor);
    factors
}

/// Lines by platform, bucket and name.
fn adds(id: EventId, table: &mut Table<'_>, names: &Names, notes: &mut Notes) -> Vec<(usize, Line)> {
    let mut added = Vec::new();
    for (platform, mut table) in table.named("adds", "adds", notes) {
        let place = named(&platform, &names.platforms, "platform", &table.span, notes).unwrap_or(NOWHERE);
        for (key, bucket) in [("runtime", Bucket::Runtime), ("data", Bucket::Data), ("tooling", Bucket::Tooling)] {
            for (name, table) in table.named(key, key, notes) {
                let at = format!("platform.{platform}.{key}.{name}");
                if notes.stands(&at) {
                    let message = format!("{platform} has a line `{key}.{name}` already");
                    notes.error(code::NAME_TAKEN, &table.span, message).cure =
                        "give the line that the event adds another name".into();
                } else {
                    notes.remember(&at, &table.span);
                }
                let is_home = names.home.as_ref() == Some(&platform);
                let mut line = line::read((bucket, name), table, (is_home, None), names, notes);
                line.in_force.after = Some(id);
                added.push((place, line));
            }
        }
        table.finish(notes);
    }
    added
}

/// A factor on the time to restore, and how long it holds.
fn restore(table: &mut Table<'_>, notes: &mut Notes) -> Option<Restore> {
    let times = table.estimate_if("restore", &keys::TIMES, notes);
    let lasts_months = table.estimate_if("lasts", &keys::MONTHS, notes);
    if let (None, Some(lasts)) = (&times, &lasts_months) {
        let span = notes.place(&lasts.path);
        let message = "`lasts` says for how long `restore` holds, and there is none";
        notes.error(code::DOES_NOT_BELONG, &span, message).cure =
            "leave it out: all else that an event does holds for good".into();
    }
    times.map(|times| Restore { times, lasts_months })
}

/// Texts of a list, with where each stands.
fn texts(field: &Field<'_>, what: &str, notes: &mut Notes) -> Vec<(String, Range<usize>)> {
    notes.takes(&field.path, || Takes::Texts);
    let DeValue::Array(items) = field.value else {
        wrong_type(field, what, notes);
        return Vec::new();
    };
    let mut all = Vec::new();
    for (nth, item) in items.iter().enumerate() {
        let element = field.element(nth, item);
        all.extend(element.text(notes).map(|text| (text, element.span.clone())));
    }
    all
}

fn vendors(field: &Field<'_>, names: &Names, notes: &mut Notes) -> Vec<VendorId> {
    let all = texts(field, "a list of vendors: [\"aws\"]", notes);
    let place = |(name, span): &(String, Range<usize>)| {
        VendorId(named(name, &names.vendors, "vendor", span, notes).unwrap_or(NOWHERE))
    };
    all.iter().map(place).collect()
}

/// Gives platforms the lines that events add, and lets those that events remove say so.
pub(super) fn settle(platforms: &mut [Platform], told: &mut [Told], notes: &mut Notes) {
    for (place, mut line) in told.iter_mut().flat_map(|told| std::mem::take(&mut told.adds)) {
        if let Some(platform) = platforms.get_mut(place) {
            line.vendor = line.vendor.or(platform.seller);
            platform.lines.push(line);
            platform.lines.sort_by(|a, b| (a.bucket, &a.name).cmp(&(b.bucket, &b.name)));
        }
    }
    for (event, told) in told.iter().enumerate() {
        for (text, span) in &told.removes {
            match found(platforms, text) {
                Some(line) => line.in_force.before.push(EventId(event)),
                None => {
                    let path = |platform: &Platform, line: &Line| format!("{}.{}", platform.name, line.place());
                    let all: Vec<String> =
                        platforms.iter().flat_map(|p| p.lines.iter().map(move |line| path(p, line))).collect();
                    let problem = notes.error(code::UNKNOWN_NAME, span, format!("there is no line `{text}`"));
                    problem.cure = match nearest(text, all.iter().map(String::as_str)) {
                        Some(near) => format!("did you mean \"{near}\"?"),
                        None => "write platform, bucket and name of a line: \"heroku.tooling.logs\"".into(),
                    };
                }
            }
        }
    }
}

/// The line of a path: `heroku.tooling.logs`.
fn found<'p>(platforms: &'p mut [Platform], path: &str) -> Option<&'p mut Line> {
    let (name, place) = path.split_once('.')?;
    let platform = platforms.iter_mut().find(|platform| platform.name == name)?;
    platform.lines.iter_mut().find(|line| line.place() == place)
}

/// Reports events after the last month, and debt where nothing has any.
pub(super) fn check(scenario: &Scenario, notes: &mut Notes) {
    for event in &scenario.events {
        if let Occurs::Stated { month, .. } = &event.when
            && lowest(month) >= f64::from(scenario.months) + 0.5
        {
            let span = notes.place(&month.path);
            let message = format!("`{}` happens after the last month, {}", event.name, scenario.months);
            notes.warning(code::BEYOND_THE_HORIZON, &span, message).cure = "it changes nothing".into();
        }
        for vendor in event.ends_credits.iter().filter_map(|id| scenario.vendors.get(id.0)) {
            if vendor.credits.is_none() {
                let span = notes.place(&format!("event.{}.ends_credits", event.name));
                let message = format!("`{}` has no credits that could end", vendor.name);
                notes.warning(code::CHANGES_NOTHING, &span, message).cure =
                    "state its `credits`, or leave the vendor out here".into();
            }
        }
        if let Some(debt) = event.debt.as_ref().filter(|_| scenario.platforms.iter().all(|p| p.debt.is_none())) {
            let span = notes.place(&debt.path);
            notes.warning(code::UNUSED, &span, "`debt` is added to that of platforms, and none has any").cure =
                "write [platforms.NAME.debt]".into();
        }
    }
}
