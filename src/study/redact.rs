//! What leaves the house without rates of pay, or without names. The run is made with them; what is shown afterwards says neither
//! what rates of pay are nor where on them the answer turns, and calls things otherwise. No other figure moves.

mod names;
mod paths;

use std::collections::BTreeSet;

use super::answer::Answer;
use crate::model::{Draw, Estimate, Scenario};
use crate::summary::Summary;

pub use names::{NOT_SHOWN, Neutral};

/// What is left out of what is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hidden {
    /// Rates of pay.
    pub pay: bool,
    /// What people have called things, and said of them.
    pub names: bool,
}

impl Hidden {
    /// Whether anything is.
    #[must_use]
    pub const fn is_any(self) -> bool {
        self.pay || self.names
    }

    /// In the words of the command line: "pay,names"; empty where nothing is.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match (self.pay, self.names) {
            (false, false) => "",
            (true, false) => "pay",
            (false, true) => "names",
            (true, true) => "pay,names",
        }
    }
}

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
            entry.source = NOT_SHOWN.to_owned();
        }
    }
    answer.deciders.retain(|decider| !hidden.contains(&decider.unknown.path));
}
