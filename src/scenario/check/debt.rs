use crate::math::law::{IntervalKind, Law};
use crate::model::{Debt, Estimate};
use crate::scenario::measure::Measure;
use crate::scenario::table::Table;
use crate::scenario::walk::Takes;
use crate::scenario::{code, estimate, keys, notes::Notes};

/// What a preset stands for: P5 and P95 of each figure.
struct Preset {
    name: &'static str,
    today: (f64, f64),
    accrual: (f64, f64),
    paydown: (f64, f64),
    why: &'static str,
}

const NAMES: [&str; 3] = ["simple", "drifting", "black box"];

/// Drift, from a third to two thirds, lasts ln 2 / accrual where nobody pays down.
const PRESETS: [Preset; 3] = [
    Preset {
        name: NAMES[0],
        today: (0.05, 0.25),
        accrual: (0.003, 0.015),
        paydown: (0.10, 0.30),
        why: "assumed by outgrow: one written way to deploy and little that is one's own; left alone, drift lasts 4 to 19 years",
    },
    Preset {
        name: NAMES[1],
        today: (0.35, 0.65),
        accrual: (0.01, 0.04),
        paydown: (0.05, 0.15),
        why: "assumed by outgrow: some of it written down, upgrades when somebody has time; left alone, drift lasts 1.5 to 6 years",
    },
    Preset {
        name: NAMES[2],
        today: (0.70, 0.92),
        accrual: (0.02, 0.06),
        paydown: (0.02, 0.08),
        why: "assumed by outgrow: one person knows, nobody dares; left alone, drift lasts 1 to 3 years, and what nobody understands goes slowly",
    },
];

/// What full debt adds, whatever the preset: it is a phase's speed that differs, not what its end is like.
const HOURS: (f64, f64) = (0.3, 1.5);
const INCIDENTS: (f64, f64) = (0.5, 3.0);
const RESTORE: (f64, f64) = (0.3, 1.5);
const WHY_AT_FULL: &str = "assumed by outgrow: no study measures it; half as much again to four times as many incidents, a third to one and a half times as much work and time on top";

/// Reads `[platforms.NAME.debt]`; `is_home` where the baseline lives on the platform.
pub(super) fn read(platform: &mut Table<'_>, is_home: bool, notes: &mut Notes) -> Option<Debt> {
    let mut table = Table::open(&platform.take("debt")?, notes)?;
    let (preset, is_named) = preset(&mut table, notes);
    if !is_named {
        for (key, example) in [("accrual", "\"1 .. 4 % / month\""), ("paydown", "\"5 .. 15 % / month\"")] {
            missing(&table, key, example, notes);
        }
        missing(&table, "at_full", "{ hours = \"+80 %\", incidents = \"+150 %\", restore = \"+70 %\" }", notes);
    }
    let path = table.path.clone();
    let at = |key: &str| format!("{path}.{key}");
    let of = |law: fn(&Preset) -> (f64, f64)| preset.map(|preset| (law(preset), preset.why));
    let today = table.estimate_if("today", &keys::SHARE, notes);
    let today = today.unwrap_or_else(|| usual(at("today"), &keys::SHARE, of(|p| p.today).filter(|_| is_home)));
    let accrual = table.estimate_if("accrual", &keys::SHARE_PER_MONTH, notes);
    let accrual = accrual.unwrap_or_else(|| usual(at("accrual"), &keys::SHARE_PER_MONTH, of(|p| p.accrual)));
    let paydown = table.estimate_if("paydown", &keys::SHARE_PER_MONTH, notes);
    let paydown = paydown.unwrap_or_else(|| usual(at("paydown"), &keys::SHARE_PER_MONTH, of(|p| p.paydown)));
    let [at_full_hours, at_full_incidents, at_full_restore, at_full_onboarding] =
        at_full(&mut table, preset.is_some(), notes);
    table.finish(notes);
    Some(Debt { today, accrual, paydown, at_full_hours, at_full_incidents, at_full_restore, at_full_onboarding })
}

/// The preset that the table names, and whether it names one, if only a wrong one.
fn preset(table: &mut Table<'_>, notes: &mut Notes) -> (Option<&'static Preset>, bool) {
    let is_named = table.has("preset");
    let Some((word, span)) = table.spanned_text("preset", notes) else { return (None, is_named) };
    notes.takes(&table.path_of("preset"), || Takes::Words(&NAMES));
    let found = PRESETS.iter().find(|preset| preset.name == word);
    if found.is_none() {
        notes.error(code::UNKNOWN_WORD, &span, format!("there is no debt `{word}`")).cure =
            "write \"simple\", \"drifting\" or \"black box\"".into();
    }
    (found, is_named)
}

/// Without a preset nothing is made up: what decides must be stated.
fn missing(table: &Table<'_>, key: &str, example: &str, notes: &mut Notes) {
    if !table.has(key) {
        let message = format!("{} has neither `{key}` nor a `preset`", table.name());
        notes.error(code::MISSING, &table.span, message).cure =
            format!("write {key} = {example}, or preset = \"drifting\"");
    }
}

/// What a preset says of a figure, with its reason; 0 without one.
fn usual(path: String, measure: &Measure<'_>, preset: Option<((f64, f64), &str)>) -> Estimate {
    let Some(((low, high), why)) = preset else { return estimate::assumed(path, measure, Law::Constant(0.0), "") };
    let kind = if measure.high <= 1.0 { IntervalKind::Share } else { IntervalKind::Number };
    let law = Law::interval90(low, high, kind).expect("the ends of a preset rise, inside 0 to 1 where it is a share");
    estimate::assumed(path, measure, law, why)
}

/// What full debt adds to hours, to the rate of incidents, to their length, and to the hours of each who joins, of which no
/// preset says anything.
fn at_full(table: &mut Table<'_>, has_preset: bool, notes: &mut Notes) -> [Estimate; 4] {
    let path = table.path_of("at_full");
    let inner = table.take("at_full").and_then(|field| Table::open(&field, notes));
    let mut stated = [None, None, None, None];
    if let Some(mut inner) = inner {
        if !has_preset && inner.fields().is_empty() {
            let message = format!("{} adds to nothing", inner.name());
            notes.error(code::MISSING, &inner.span, message).cure = "write hours = \"+80 %\"".into();
        }
        stated = [
            inner.estimate_if("hours", &keys::EXTRA, notes),
            inner.estimate_if("incidents", &keys::EXTRA, notes),
            inner.estimate_if("restore", &keys::EXTRA, notes),
            inner.estimate_if("onboarding", &keys::EXTRA, notes),
        ];
        inner.finish(notes);
    }
    let of_a_preset = |range| has_preset.then_some((range, WHY_AT_FULL));
    let usual = |key, range| usual(format!("{path}.{key}"), &keys::EXTRA, range);
    let [hours, incidents, restore, onboarding] = stated;
    [
        hours.unwrap_or_else(|| usual("hours", of_a_preset(HOURS))),
        incidents.unwrap_or_else(|| usual("incidents", of_a_preset(INCIDENTS))),
        restore.unwrap_or_else(|| usual("restore", of_a_preset(RESTORE))),
        onboarding.unwrap_or_else(|| usual("onboarding", None)),
    ]
}
