//! What the answer hinges on, and what knowing is worth. A decider that matters has its curve by groups: twentieths of what
//! is thought possible, or its values; the others are listed with what little was found. `share_of_variance` is there for
//! unknowns that are no part of another, so that shares can be added; a part's stands in `share_of_variance_in_part_of`.

use serde_json::{Map, Value, json};

use crate::model::{Scenario, Together};
use crate::plan::unknown::Of;
use crate::present::input;
use crate::sim::LUCKS;
use crate::study::answer::Answer;
use crate::study::deciders::Decider;
use crate::study::information::{Finding, Information};
use crate::study::knowing::{Estimated, Flip};
use crate::summary::{Probability, Summary};

/// Adds the fields to the document.
pub(super) fn add(document: &mut Value, summary: &Summary, scenario: &Scenario, answer: &Answer) {
    let Value::Object(fields) = document else { return };
    let deciders: Vec<Value> = answer.deciders.iter().map(|d| decider(summary, scenario, answer, d)).collect();
    fields.insert("deciders".into(), json!(deciders));
    fields.insert("value_of_information".into(), information(&answer.information, &answer.findings, answer.lived));
    if !scenario.together.is_empty() {
        let pair = |pair: &Together| {
            let Together { name, inputs, stated, rho, why } = pair;
            json!({ "name": name, "inputs": inputs, "rho_stated": stated, "rho": rho, "why": why })
        };
        fields.insert("together".into(), scenario.together.iter().map(pair).collect());
    }
    fields.insert("cheapest".into(), cheapest(summary, &answer.information));
    fields.insert("regret".into(), regret(summary, &answer.information));
}

/// What an unknown is a part of: which growth case comes and the growth of each are in growth over all cases. Shares of the
/// variance of a part overlap with the whole's and are not to be added to them.
fn part_of(path: &str) -> Option<&'static str> {
    let is_part = path == "demand.case" || (path.starts_with("demand.case.") && path.ends_with(".growth"));
    is_part.then_some("demand.growth")
}

fn decider(summary: &Summary, scenario: &Scenario, answer: &Answer, decider: &Decider) -> Value {
    let name = |option: usize| summary.options[option].name.as_str();
    let unknown = &decider.unknown;
    let flip = |flip: &Flip| {
        let at = |p: f64| unknown.value(p.clamp(0.0, 1.0));
        json!({
            "value": at(flip.probability),
            "value_low": at(flip.probability - 1.96 * flip.se),
            "value_high": at(flip.probability + 1.96 * flip.se),
            "probability_below": flip.probability,
            "probability_se": flip.se,
            "best_below": name(flip.below),
            "best_above": name(flip.above),
        })
    };
    let is_number = unknown.is_number();
    let others = || (0..summary.options.len()).filter(|option| *option != summary.baseline);
    let shares: Map<String, Value> =
        others().map(|option| (name(option).to_owned(), estimated(decider.share[option]))).collect();
    let of_options: Map<String, Value> =
        others().map(|option| (name(option).to_owned(), groups(decider, option))).collect();
    let overlaps = part_of(&unknown.path).filter(|whole| answer.deciders.iter().any(|d| d.unknown.path == *whole));
    let (share, share_in_it) = match overlaps {
        Some(_) => (Value::Null, json!(shares)),
        None => (json!(shares), Value::Null),
    };
    let mut fields = json!({
        "path": unknown.path,
        "words": input::words(scenario, &unknown.path),
        "unit": input::unit(scenario, &unknown.path),
        "p10": is_number.then(|| unknown.value(0.1)),
        "p50": is_number.then(|| unknown.value(0.5)),
        "p90": is_number.then(|| unknown.value(0.9)),
        "worth_usd": estimated(decider.knowing.worth),
        "best_without_knowing": name(decider.knowing.best),
        "another_is_best": estimated(decider.knowing.another),
        "flips": decider.knowing.flips.iter().filter(|_| is_number).map(flip).collect::<Vec<_>>(),
        "part_of": overlaps,
        "share_of_variance": share,
        "share_of_variance_in_part_of": share_in_it,
        "groups": decider.matters().then(|| json!({
            "probability": unknown.edges.windows(2).map(|ends| ends[1] - ends[0]).collect::<Vec<_>>(),
            "value": unknown.edges.windows(2).map(|ends| group_value(scenario, decider, ends)).collect::<Vec<_>>(),
            "best": decider.best.iter().map(|option| name(*option)).collect::<Vec<_>>(),
            "difference_usd": of_options,
        })),
    });
    let group = scenario.groups.iter().find(|group| group.members.contains(&unknown.path));
    if let (Value::Object(fields), Some(group)) = (&mut fields, group) {
        let others: Vec<&String> = group.members.iter().filter(|member| **member != unknown.path).collect();
        fields.insert("moves_with".into(), json!(others));
    }
    fields
}

/// The middle value of a group, or the name of a case.
fn group_value(scenario: &Scenario, decider: &Decider, ends: &[f64]) -> Value {
    let value = decider.unknown.value(0.5 * (ends[0] + ends[1]));
    match decider.unknown.of {
        Of::Case { .. } => json!(scenario.demand.cases[value as usize].name),
        _ => json!(decider.unknown.is_number().then_some(value)),
    }
}

fn groups(decider: &Decider, option: usize) -> Value {
    let groups = &decider.groups[option];
    json!({
        "mean": groups.iter().map(|group| group.mean).collect::<Vec<_>>(),
        "se": groups.iter().map(|group| group.se).collect::<Vec<_>>(),
    })
}

fn information(information: &Information, findings: &[Finding], lived: u64) -> Value {
    let finding = |finding: &Finding| {
        let mut value = json!({
            "name": finding.measurement.name,
            "inputs": finding.measurement.inputs,
            "how": finding.measurement.how,
            "cost_usd": finding.measurement.cost_usd,
            "takes_months": finding.measurement.takes_months,
            "worth_usd": estimated(finding.worth),
            "times_its_cost": finding.times_cost,
            "adds_up_its_inputs": finding.is_additive,
        });
        if let (Some(map), true) = (value.as_object_mut(), finding.measurement.leaves > 0.0) {
            map.insert("leaves".into(), json!(finding.measurement.leaves));
        }
        value
    };
    json!({
        "foresight_usd": estimated(information.foresight),
        "all_estimates_usd": {
            "value": information.all.value,
            "se_at_most": information.all.se,
            "on_average_too_low": information.all_between.0,
            "on_average_too_high": information.all_between.1,
            "trials": lived,
            "lucks": LUCKS,
        },
        "measurements": findings.iter().map(finding).collect::<Vec<_>>(),
    })
}

fn cheapest(summary: &Summary, information: &Information) -> Value {
    let of = |shares: &[Probability]| -> Map<String, Value> {
        summary.options.iter().zip(shares).map(|(o, p)| (o.name.clone(), super::probability(*p))).collect()
    };
    json!({ "as_it_turns_out": of(&information.cheapest), "on_average": of(&information.cheapest_on_average) })
}

fn regret(summary: &Summary, information: &Information) -> Value {
    let of = |regrets: &[Estimated]| -> Map<String, Value> {
        summary.options.iter().zip(regrets).map(|(o, regret)| (o.name.clone(), estimated(*regret))).collect()
    };
    json!({ "as_it_turns_out_usd": of(&information.regret), "on_average_usd": of(&information.regret_on_average) })
}

fn estimated(amount: Estimated) -> Value {
    json!({ "value": amount.value, "se": amount.se })
}
