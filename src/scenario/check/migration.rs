use crate::math::law::Law;
use crate::model::{
    Condition, Cutover, Fact, Migration, OutsideHelp, PlatformId, Reading, Scenario, Traffic, Workload,
};
use crate::scenario::table::Table;
use crate::scenario::walk::Takes;
use crate::scenario::{code, estimate, keys, notes::Notes};

use super::{NOWHERE, Names, condition, sense};

/// How far the shares of workloads may miss 1 by rounding.
const SHARES_SLACK: f64 = 1e-9;

pub(super) fn read(name: String, mut table: Table<'_>, names: &Names, notes: &mut Notes) -> Migration {
    let from = table.need("from", "\"…\", the platform lived on today", notes);
    let from = from.and_then(|field| field.reference(&names.platforms, "platform", notes)).unwrap_or(NOWHERE);
    let waits_for =
        table.take("starts_when_any").map(|field| condition::read_any(&field, condition::Of::Project, names, notes));
    let constant = Law::Constant;
    let migration = Migration {
        name,
        from: PlatformId(from),
        start_month: table.estimate_or("starts", &keys::MONTH_NUMBER, constant(1.0), notes),
        starts_when_any: waits_for.unwrap_or_default(),
        delay_months: 0,
        effort_weeks: table.estimate("effort", &keys::EFFORT, notes),
        overrun: table.estimate_or("overrun", &keys::TIMES, estimate::usual_overrun(), notes),
        people: table.estimate("people", &keys::PEOPLE, notes),
        hours_by_cover: hours_by_cover(&mut table, notes),
        outside_help: outside_help(&mut table, notes),
        traffic: traffic(&mut table, notes),
        cutover: cutover(&mut table, notes),
        lead_months: table.estimate_or("lead", &keys::MONTHS, constant(0.0), notes),
        overlap_months: table.estimate_or("overlap", &keys::MONTHS, constant(1.0), notes),
        standby: table.estimate_or("standby", &keys::SHARE, constant(1.0), notes),
    };
    table.finish(&[], notes);
    migration
}

/// Who does the project's hours.
fn hours_by_cover(table: &mut Table<'_>, notes: &mut Notes) -> bool {
    const NAMES: [&str; 2] = ["developers", "cover"];
    let Some((word, span)) = table.spanned_text("hours_by", notes) else { return false };
    notes.takes(&table.path_of("hours_by"), || Takes::Words(&NAMES));
    if !NAMES.contains(&word.as_str()) {
        notes.error(code::UNKNOWN_WORD, &span, format!("nobody called `{word}` does a project's hours")).cure =
            "write \"developers\" or \"cover\"".into();
    }
    word == "cover"
}

/// A rate and a share, of which neither says anything without the other.
fn outside_help(table: &mut Table<'_>, notes: &mut Notes) -> Option<OutsideHelp> {
    let rate = table.estimate_if("outside_help", &keys::WAGE, notes);
    let share = table.estimate_if("outside_help_share", &keys::SHARE, notes);
    let (stated, missing, example) = match (rate, share) {
        (Some(rate), Some(share)) => return Some(OutsideHelp { rate, share }),
        (None, None) => return None,
        (Some(_), None) => ("outside_help", "outside_help_share", keys::SHARE.example),
        (None, Some(_)) => ("outside_help_share", "outside_help", keys::WAGE.example),
    };
    let span = table.span_of(stated).unwrap_or_else(|| table.span.clone());
    let message = format!("`{stated}` says nothing without `{missing}`");
    notes.error(code::DOES_NOT_BELONG, &span, message).cure = format!("write {missing} = {example}, or leave it out");
    None
}

/// Linearly in the last part of the project, or one workload after the other.
fn traffic(table: &mut Table<'_>, notes: &mut Notes) -> Traffic {
    let last_part = table.estimate_or("traffic_moves_in_last", &keys::SHARE, Law::Constant(0.0), notes);
    if !table.has("workloads") {
        table.named("workloads", "workload", notes);
        return Traffic::InLast(last_part);
    }
    if let Some(span) = table.span_of("traffic_moves_in_last") {
        let message = format!("{} states both `workloads` and `traffic_moves_in_last`", table.name());
        notes.error(code::DOES_NOT_BELONG, &span, message).cure = "keep the one that says how traffic moves".into();
    }
    let span = table.span_of("workloads").unwrap_or_default();
    let tables = table.named("workloads", "workload", notes);
    let mut workloads: Vec<Workload> = tables.into_iter().map(|(name, table)| workload(name, table, notes)).collect();
    let sum: f64 = workloads.iter().map(|workload| workload.share).sum();
    if (sum - 1.0).abs() > SHARES_SLACK {
        let percent = estimate::number((sum * 1e8).round() / 1e6);
        let message = format!("the traffic of the workloads adds up to {percent} %");
        notes.error(code::WORKLOADS, &span, message).cure = "make it \"100 %\"".into();
    }
    workloads.iter_mut().for_each(|workload| workload.share /= sum);
    Traffic::Workloads(workloads)
}

fn workload(name: String, mut table: Table<'_>, notes: &mut Notes) -> Workload {
    let share = table.need("traffic", "\"70 %\", its share of all traffic", notes);
    let share = share.and_then(|field| field.number(&keys::SHARE, notes)).unwrap_or(f64::NAN);
    let moves_at = table.estimate("moves_at", &keys::SHARE, notes);
    table.finish(&[], notes);
    Workload { name, share, moves_at }
}

fn cutover(table: &mut Table<'_>, notes: &mut Notes) -> Option<Cutover> {
    let mut table = Table::open(&table.take("cutover")?, notes)?;
    let cutover = Cutover {
        fails: table.estimate("fails", &keys::SHARE, notes),
        cost: table.estimate_or("cost", &keys::AMOUNT_OF_MONEY, Law::Constant(0.0), notes),
        delay_months: table.estimate_or("delay", &keys::MONTHS, Law::Constant(0.0), notes),
        redo: table.estimate_or("redo", &keys::SHARE, Law::Constant(0.0), notes),
    };
    if cutover.fails.constant() == Some(0.0) {
        let span = notes.place(&cutover.fails.path);
        let message = "no attempt to cut over fails: `cutover` changes nothing";
        notes.warning(code::NEVER_FAILS, &span, message).cure = "write fails = \"5 .. 20 %\", or leave it out".into();
    }
    table.finish(&[], notes);
    Some(cutover)
}

/// What conditions wait for can come, and is not there already.
pub(super) fn check(scenario: &Scenario, notes: &mut Notes) {
    for migration in &scenario.migrations {
        check_conditions(scenario, &format!("migration.{}", migration.name), &migration.starts_when_any, notes);
    }
}

/// The same of what a project or a policy waits for.
pub(super) fn check_conditions(scenario: &Scenario, path: &str, conditions: &[Condition], notes: &mut Notes) {
    let Some(home) = scenario.options.get(scenario.baseline.0) else { return };
    let Some(home) = scenario.platforms.get(home.platform.0) else { return };
    for (nth, condition) in conditions.iter().enumerate() {
        let span = notes.place(&format!("{path}.starts_when_any.{}", nth + 1));
        if let Some((message, cure)) = condition::never_comes(scenario, condition, &[home]) {
            notes.error(code::NOTHING_TO_WAIT_FOR, &span, message).cure = cure;
        } else if let Some(message) = holds_today(scenario, condition) {
            notes.warning(code::HOLDS_TODAY, &span, message).cure = "the project starts in month 1".into();
        } else if let Condition::Month(number) = condition
            && *number > scenario.months
        {
            let message = format!("month {number} is after the last month, {}", scenario.months);
            notes.warning(code::BEYOND_THE_HORIZON, &span, message).cure = "nothing starts in it".into();
        }
    }
}

/// That a reading is beyond the mark already, with every estimate at its median.
fn holds_today(scenario: &Scenario, condition: &Condition) -> Option<String> {
    let Condition::Reading { of, side, mark, months: 1 } = *condition else { return None };
    let (name, today) = match of {
        Reading::Driver(id) => {
            let today = sense::today(scenario, id, scenario.drivers.len());
            (scenario.drivers.get(id.0)?.name.as_str(), today)
        }
        Reading::Fact(fact) if fact != Fact::EngineersPerCodebase => {
            let number = fact.said(&scenario.people)?.number()?;
            (fact.word(), number.law.quantile(0.5))
        }
        _ => return None,
    };
    side.holds(today, mark).then(|| format!("`{name}` is {} today: this holds already", estimate::number(today)))
}
