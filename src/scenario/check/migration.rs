use crate::math::law::Law;
use crate::model::{Condition, Cutover, Migration, OutsideHelp, PlatformId, Scenario, Traffic, Workload};
use crate::scenario::table::Table;
use crate::scenario::walk::Takes;
use crate::scenario::{code, estimate, keys, notes::Notes};

use super::{NOWHERE, Names, condition, today};

/// How far the shares of workloads may miss 1 by rounding.
const SHARES_SLACK: f64 = 1e-9;
/// Part of the futures in which the last attempt succeeds only because it is the last, above which that is told.
const MOST_BY_RULE: f64 = 0.01;

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
    table.finish(notes);
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
    table.finish(notes);
    Workload { name, share, moves_at }
}

fn cutover(table: &mut Table<'_>, notes: &mut Notes) -> Option<Cutover> {
    let mut table = Table::open(&table.take("cutover")?, notes)?;
    let cutover = Cutover {
        fails: table.estimate("fails", &keys::FAILS, notes),
        cost: table.estimate_or("cost", &keys::AMOUNT_OF_MONEY, Law::Constant(0.0), notes),
        delay_months: table.estimate_or("delay", &keys::MONTHS, Law::Constant(0.0), notes),
        redo: table.estimate_or("redo", &keys::SHARE, Law::Constant(0.0), notes),
    };
    if cutover.fails.constant() == Some(0.0) {
        let span = notes.place(&cutover.fails.path);
        let message = "no attempt to cut over fails: `cutover` changes nothing";
        notes.warning(code::NEVER_FAILS, &span, message).cure = "write fails = \"5 .. 20 %\", or leave it out".into();
    }
    all_fail(&cutover, notes);
    table.finish(notes);
    Some(cutover)
}

/// In how many futures all attempts fail but the last, which succeeds by rule, with a warning where that are not few.
fn all_fail(cutover: &Cutover, notes: &mut Notes) {
    /// Places at which a law is read.
    const GRID: u32 = 256;
    let at = |place: u32| cutover.fails.law.quantile((f64::from(place) + 0.5) / f64::from(GRID));
    let failures = Cutover::LAST_ATTEMPT - 1;
    let all = |place: u32| (0..failures).map(|_| at(place)).product::<f64>();
    let share = (0..GRID).map(all).sum::<f64>() / f64::from(GRID);
    // One that never succeeds has been refused.
    if share > MOST_BY_RULE && share < 1.0 {
        let span = notes.place(&cutover.fails.path);
        let percent = estimate::number((share * 100.0).round());
        let message =
            format!("{failures} attempts in a row fail in {percent} % of futures; the next one succeeds, by rule");
        notes.warning(code::SUCCEEDS_BY_RULE, &span, message).cure =
            "a cutover that fails so often costs more than is computed: write what a rehearsed one risks".into();
    }
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
    let Some(home) = scenario.platforms.get(home.platform.0).map(|platform| (home.platform, platform)) else { return };
    for (nth, condition) in conditions.iter().enumerate() {
        let span = notes.place(&format!("{path}.starts_when_any.{}", nth + 1));
        if let Some((message, cure)) = condition::never_comes(scenario, condition, &[home.1]) {
            notes.error(code::NOTHING_TO_WAIT_FOR, &span, message).cure = cure;
        } else if let Some((message, month)) = today::holds(scenario, condition, home.0) {
            notes.warning(code::HOLDS_TODAY, &span, message).cure = format!("the project starts in month {month}");
        } else if let Condition::Month(number) = condition
            && *number > scenario.months
        {
            let message = format!("month {number} is after the last month, {}", scenario.months);
            notes.warning(code::BEYOND_THE_HORIZON, &span, message).cure = "nothing starts in it".into();
        }
    }
}
