use crate::math::law::Law;
use crate::model::{Bucket, Estimate, Frequency, IncidentClass, Line, Platform, Runaway, Scenario, Scheme};
use crate::scenario::table::{Elsewhere, Table, named, nearest};
use crate::scenario::walk::Takes;
use crate::scenario::{code, estimate, keys, notes::Notes};

use super::{Names, driver, work};

/// Keys of the two ways to say how many there are.
const KINDS: Elsewhere = Elsewhere {
    keys: &["rate", "driver", "elasticity"],
    owner: |key| match key {
        "rate" => "a class without `per`",
        _ => "a class with a `rate`",
    },
};

pub(super) fn read(name: String, mut table: Table<'_>, names: &Names, notes: &mut Notes) -> IncidentClass {
    let (duration_p50_hours, duration_p90_hours) = duration(&mut table, notes);
    let constant = Law::Constant;
    if table.has("recovered") && !table.has("revenue_hit") {
        let message = format!("{} has `recovered` and no `revenue_hit` that it could be a part of", table.name());
        notes.error(code::MISSING, &table.span, message).cure = "write revenue_hit = \"10 .. 40 %\"".into();
    }
    let class = IncidentClass {
        name,
        shared: false,
        frequency: frequency(&mut table, names, notes),
        duration_p50_hours,
        duration_p90_hours,
        responders: table.estimate_or("responders", &keys::COUNT, constant(1.0), notes),
        follow_up_hours: table.estimate_or("follow_up", &keys::REFOCUS, constant(0.0), notes),
        outside_help_per_hour: table.estimate_or("outside_help", &keys::WAGE, constant(0.0), notes),
        learning: work::learning(&mut table, notes),
        common_cause: common_cause(&mut table, notes),
        revenue_hit: table.estimate_or("revenue_hit", &keys::SHARE, constant(0.0), notes),
        recovered: table.estimate_or("recovered", &keys::SHARE, constant(0.0), notes),
        penalties: table.estimate_or("penalties", &keys::AMOUNT_OF_MONEY, constant(0.0), notes),
        runaway: runaway(&mut table, notes),
    };
    table.finish_among(&KINDS, notes);
    class
}

/// A class that strikes several platforms at once, and which part of revenue each loses with it.
pub(super) struct Shared {
    class: IncidentClass,
    hit: Vec<(usize, Estimate)>,
    span: std::ops::Range<usize>,
}

/// Reads a class of the file itself.
pub(super) fn read_shared(name: String, mut table: Table<'_>, names: &Names, notes: &mut Notes) -> Shared {
    let (duration_p50_hours, duration_p90_hours) = duration(&mut table, notes);
    let constant = Law::Constant;
    let class = IncidentClass {
        name,
        shared: true,
        frequency: Frequency::Constant(table.estimate("rate", &keys::RATE, notes)),
        duration_p50_hours,
        duration_p90_hours,
        responders: table.estimate_or("responders", &keys::COUNT, constant(1.0), notes),
        follow_up_hours: table.estimate_or("follow_up", &keys::REFOCUS, constant(0.0), notes),
        outside_help_per_hour: table.estimate_or("outside_help", &keys::WAGE, constant(0.0), notes),
        learning: None,
        common_cause: None,
        revenue_hit: estimate::stand_in(&keys::SHARE),
        recovered: table.estimate_or("recovered", &keys::SHARE, constant(0.0), notes),
        penalties: table.estimate_or("penalties", &keys::AMOUNT_OF_MONEY, constant(0.0), notes),
        runaway: None,
    };
    let hit = exposed(&mut table, names, notes);
    let span = table.span.clone();
    table.finish(notes);
    Shared { class, hit, span }
}

/// The platforms that suffer, with the part of revenue that stops on each.
fn exposed(table: &mut Table<'_>, names: &Names, notes: &mut Notes) -> Vec<(usize, Estimate)> {
    let example = "{ heroku = \"100 %\", ecs = \"80 %\" }";
    let Some(field) = table.need("revenue_hit", example, notes) else { return Vec::new() };
    let Some(mut by_platform) = Table::open(&field, notes) else { return Vec::new() };
    notes.takes(&field.path, || Takes::ByName);
    let fields = by_platform.fields();
    if fields.is_empty() {
        let message = "`revenue_hit` names no platform that suffers";
        notes.error(code::MISSING, &field.span, message).cure = format!("write revenue_hit = {example}");
    }
    let mut hit = Vec::new();
    for field in fields {
        by_platform.take(field.key);
        let platform = named(field.key, &names.platforms, "platform", &field.key_span, notes);
        let part = field.estimate(&keys::SHARE, notes);
        hit.extend(platform.zip(part));
    }
    by_platform.finish(notes);
    hit
}

/// Gives each platform the shared classes that it suffers, among its own by name.
pub(super) fn share(shared: Vec<Shared>, platforms: &mut [Platform], notes: &mut Notes) {
    for Shared { class, hit, span } in shared {
        for (at, revenue_hit) in hit {
            let platform = &mut platforms[at];
            if platform.incidents.iter().any(|own| own.name == class.name) {
                let message = format!("{} has incidents `{}` of its own, and shared ones", platform.name, class.name);
                notes.error(code::BAD_NAME, &span, message).cure = "give one of the two another name".into();
                continue;
            }
            platform.incidents.push(IncidentClass { revenue_hit, ..class.clone() });
        }
    }
    platforms.iter_mut().for_each(|platform| platform.incidents.sort_by(|a, b| a.name.cmp(&b.name)));
}

/// So many a month, growing with a driver or not, or so many for each of some drivers.
fn frequency(table: &mut Table<'_>, names: &Names, notes: &mut Notes) -> Frequency {
    let Some(field) = table.take("per") else {
        return Frequency::Monthly {
            today: table.estimate("rate", &keys::RATE, notes),
            driver: work::driver(table, names, notes),
            elasticity: table.estimate_or("elasticity", &keys::ELASTICITY, Law::Constant(1.0), notes),
        };
    };
    Frequency::Per(driver::terms(&field, (&keys::EACH, "{ deploys = \"1 .. 5 %\" }"), names, notes))
}

/// The word under which classes share their luck. Classes find each other by it alone, so its place is kept.
fn common_cause(table: &mut Table<'_>, notes: &mut Notes) -> Option<String> {
    let field = table.take("common_cause")?;
    notes.remember(&field.path, &field.span);
    field.text(notes)
}

/// A bill that runs away.
fn runaway(table: &mut Table<'_>, notes: &mut Notes) -> Option<Runaway> {
    let mut table = Table::open(&table.take("runaway")?, notes)?;
    let place = table.need("line", "\"runtime.web\"", notes);
    let place = place.and_then(|field| {
        notes.remember(&field.path, &field.span);
        field.text(notes)
    });
    let (bucket, line) = place.as_deref().and_then(|place| place.split_once('.')).unwrap_or_default();
    // No line stands in the bucket of hours: a place that cannot be read is found by nobody.
    let runaway = Runaway {
        bucket: Bucket::ALL.into_iter().find(|known| known.name() == bucket).unwrap_or(Bucket::Engineering),
        line: line.to_owned(),
        times: table.estimate("times", &keys::TIMES, notes),
        noticed_after_hours: table.estimate("noticed_after", &keys::CLOCK, notes),
        refunded: table.estimate_or("refunded", &keys::SHARE, Law::Constant(0.0), notes),
    };
    table.finish(notes);
    place.map(|_| runaway)
}

/// A bill that runs away is that of a line of the platform which is paid month by month.
pub(super) fn check(platform: &Platform, notes: &mut Notes) {
    let is_billed = |line: &Line| !matches!(line.scheme, Scheme::Once { .. } | Scheme::Share(_));
    for class in &platform.incidents {
        let Some(runaway) = &class.runaway else { continue };
        let named = |line: &&Line| line.bucket == runaway.bucket && line.name == runaway.line;
        let found = platform.lines.iter().find(named);
        if found.is_some_and(is_billed) {
            continue;
        }
        let span = notes.place(&format!("platform.{}.incident.{}.runaway.line", platform.name, class.name));
        if let Some(line) = found {
            let is = if line.is_share() { "a share of others" } else { "paid once" };
            let message = format!("`{}` is {is}: no bill of it can run away", line.place());
            notes.error(code::DOES_NOT_BELONG, &span, message).cure = "name a line that is paid by the month".into();
            continue;
        }
        let written = notes.text(&span).trim_matches('"').to_owned();
        let places: Vec<String> = platform.lines.iter().filter(|line| is_billed(line)).map(Line::place).collect();
        let problem = notes.error(code::UNKNOWN_NAME, &span, format!("{} has no line `{written}`", platform.name));
        problem.cure = match nearest(&written, places.iter().map(String::as_str)) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None if places.is_empty() => "it has no lines".into(),
            None => format!("there is {}", places.join(", ")),
        };
    }
}

/// A common cause of one class alone is common to nothing: misspelt, as likely as not.
pub(super) fn check_causes(scenario: &Scenario, notes: &mut Notes) {
    let classes = || scenario.platforms.iter().flat_map(|p| p.incidents.iter().map(move |class| (p, class)));
    for (platform, class) in classes() {
        let Some(cause) = &class.common_cause else { continue };
        if classes().filter(|(_, other)| other.common_cause.as_ref() == Some(cause)).count() == 1 {
            let span = notes.place(&format!("platform.{}.incident.{}.common_cause", platform.name, class.name));
            notes.warning(code::UNUSED, &span, format!("no other class has the common cause `{cause}`")).cure =
                "it shares its luck with nothing".into();
        }
    }
}

/// The log-normal length of one incident, by its median and the length that one in ten passes. It is luck, drawn for each
/// incident, and no estimate: hence the two numbers only.
fn duration(table: &mut Table<'_>, notes: &mut Notes) -> (Estimate, Estimate) {
    let none = || (estimate::stand_in(&keys::CLOCK), estimate::stand_in(&keys::CLOCK));
    let example = "{ p50 = 25, p90 = 120, unit = \"min\" }";
    let Some(field) = table.need("duration", example, notes) else { return none() };
    if !field.value.is_table() {
        let message = "`duration` is one length; incidents spread over many";
        notes.error(code::WRONG_TYPE, &field.span, message).cure =
            format!("write its median and the length that one in ten passes: {example}");
        return none();
    }
    let Some(mut table) = Table::open(&field, notes) else { return none() };
    let unit = table.spanned_text("unit", notes);
    notes.takes(&table.path_of("unit"), || Takes::Unit);
    if unit.is_none() && !table.has("unit") {
        let message = format!("{} has no unit", table.name());
        notes.error(code::UNIT, &table.span, message).cure = format!("write it like {example}");
    }
    let mut quantile = |key| {
        let field = table.need(key, "25", notes)?;
        let (unit, span) = unit.as_ref()?;
        field.estimate_in(unit, span, &keys::CLOCK, notes)
    };
    let (p50, p90) = (quantile("p50"), quantile("p90"));
    let span = table.span.clone();
    table.finish(notes);
    let (Some(p50), Some(p90)) = (p50, p90) else {
        return none();
    };
    if p50.constant() > p90.constant() {
        let message = "the length that one in ten passes is below the median".to_owned();
        notes.error(code::NO_SUCH_LAW, &span, message).cure = "`p90` is at least `p50`".into();
    }
    (p50, p90)
}
