//! What leaves the house without rates of pay. The run is made with them; what is shown afterwards says neither what they are
//! nor where on them the answer turns. No other figure moves.

use std::collections::BTreeSet;

use super::answer::Answer;
use crate::model::{Draw, Estimate, Scenario};
use crate::summary::Summary;

/// The paths of estimates that say what people are paid: rates by the hour and the day, raises, pay of layers, and what is
/// the same as one of these or what one of these is the same as.
#[must_use]
pub fn pay(scenario: &Scenario) -> BTreeSet<String> {
    let estimates = scenario.estimates();
    let mut hidden: BTreeSet<String> =
        estimates.iter().filter(|estimate| says_pay(estimate)).map(|estimate| estimate.path.clone()).collect();
    loop {
        let before = hidden.len();
        for estimate in &estimates {
            if let Draw::SameAs { path, .. } = &estimate.draw
                && (hidden.contains(path) || hidden.contains(&estimate.path))
            {
                hidden.extend([path.clone(), estimate.path.clone()]);
            }
        }
        if hidden.len() == before {
            return hidden;
        }
    }
}

fn says_pay(estimate: &Estimate) -> bool {
    let path = estimate.path.as_str();
    let of_a_layer =
        path.contains(".cover.") && [".pay", ".day_rate", ".retainer"].iter().any(|end| path.ends_with(end));
    estimate.unit == "$ / hour" || path == "people.raise" || path.contains(".outside_help") || of_a_layer
}

/// Hides pay in what is shown of a run: its values and sources in the ledger, and it as something that the answer hinges on.
pub fn hide_pay(scenario: &Scenario, summary: &mut Summary, answer: &mut Answer) {
    let hidden = pay(scenario);
    summary.hides_pay = true;
    for entry in summary.ledger.entries.iter_mut().filter(|entry| hidden.contains(&entry.path)) {
        entry.quantiles = [f64::NAN; 3];
        // What rests on nothing is counted as before.
        if !entry.source.is_empty() {
            entry.source = "not shown".to_owned();
        }
    }
    answer.deciders.retain(|decider| !hidden.contains(&decider.unknown.path));
}
