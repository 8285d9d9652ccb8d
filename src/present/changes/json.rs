//! The changes for another program: unrounded, parts and what is left add up to the difference.

use serde_json::{Value, json};

use super::Asked;
use crate::present::Made;
use crate::present::finding;
use crate::scenario::difference::{Change, Difference, Differences, Stated};
use crate::study::attribution::{Attribution, Part};
use crate::study::verdict::Verdict;
use crate::summary::{Mean, Summary};

/// Version of the field names.
const SCHEMA_VERSION: u32 = 1;

/// The document, ending in a line feed. Names of amounts end in the code of the currency.
#[must_use]
pub fn text(asked: &Asked<'_>, made: Made) -> String {
    let summary = asked.runs[1].0;
    let code = summary.currency.suffix();
    let differences = asked.differences;
    let parts = asked.attribution.map(|(_, attribution)| attribution.parts.as_slice());
    let changes = differences.changes.iter().enumerate();
    let changes: Vec<Value> = changes.map(|(nth, c)| change(c, parts.map(|p| &p[nth]), &code)).collect();
    let list = |all: &[Difference]| all.iter().map(difference).collect::<Vec<_>>();
    let value = json!({
        "schema_version": SCHEMA_VERSION,
        "program": "outgrow",
        "program_version": made.version,
        "stream_version": made.streams,
        "files": { "before": asked.files[0], "after": asked.files[1] },
        "seed": summary.seed,
        "trials": summary.trials,
        "currency": summary.currency.code(),
        "months": { "before": asked.runs[0].0.months, "after": summary.months },
        "before": run(asked.runs[0], asked.attribution.map(|(option, _)| option)),
        "after": run(asked.runs[1], asked.attribution.map(|(option, _)| option)),
        "headline": asked.attribution.map(|(option, attribution)| headline(summary, option, attribution, &code)),
        "changes": changes,
        "words": list(&differences.words),
        "run": list(&differences.run),
    });
    format!("{}\n", serde_json::to_string_pretty(&value).expect("maps with text keys are JSON"))
}

/// The same where nothing differs that figures are made from.
#[must_use]
pub fn same(files: [&str; 2], differences: &Differences, made: Made) -> String {
    let list = |all: &[Difference]| all.iter().map(difference).collect::<Vec<_>>();
    let value = json!({
        "schema_version": SCHEMA_VERSION,
        "program": "outgrow",
        "program_version": made.version,
        "stream_version": made.streams,
        "files": { "before": files[0], "after": files[1] },
        "changes": [],
        "words": list(&differences.words),
        "run": list(&differences.run),
    });
    format!("{}\n", serde_json::to_string_pretty(&value).expect("maps with text keys are JSON"))
}

fn run((summary, verdict): (&Summary, &Verdict), option: Option<&str>) -> Value {
    let place = option.and_then(|name| summary.options.iter().position(|other| other.name == name));
    let place = place.filter(|option| *option != summary.baseline);
    let hole = |p: f64| place.map(|option| summary.paid(option).deepest_hole.at(p));
    json!({
        "verdict": verdict.word.name(),
        "leader": summary.options[verdict.leader.option].name,
        "baseline": summary.options[summary.baseline].name,
        "paid_back": place.map(|option| {
            let paid = finding::paid(summary.decided(option));
            json!({ "value": paid.value(), "se": paid.se() })
        }),
        format!("deepest_hole_{}", summary.currency.suffix()): { "p50": hole(0.5), "p90": hole(0.9) },
    })
}

fn headline(summary: &Summary, option: &str, attribution: &Attribution, code: &str) -> Value {
    let amount = |name: &str| format!("{name}_{code}");
    json!({
        "option": option,
        "beside": summary.options[summary.baseline].name,
        amount("before"): mean(attribution.before),
        amount("after"): mean(attribution.after),
        amount("difference"): mean(attribution.whole),
        amount("together"): mean(attribution.together),
        amount("interactions"): mean(attribution.interactions),
    })
}

fn change(change: &Change, part: Option<&Part>, code: &str) -> Value {
    let amount = |name: &str| format!("{name}_{code}");
    let mut value = json!({
        "differences": change.differences.iter().map(difference).collect::<Vec<_>>(),
        "kept_together_because": change.because,
    });
    if let Some(part) = part {
        value[amount("did")] = mean(part.did);
        value[amount("alone")] = mean(part.first);
        value[amount("last")] = mean(part.last);
    }
    value
}

fn difference(difference: &Difference) -> Value {
    let stated = |stated: &Option<Stated>| {
        stated.as_ref().map(|stated| json!({ "text": stated.text, "file": stated.file, "line": stated.line }))
    };
    json!({ "path": difference.path, "before": stated(&difference.from), "after": stated(&difference.to) })
}

fn mean(mean: Mean) -> Value {
    json!({ "value": mean.value, "se": mean.se })
}
