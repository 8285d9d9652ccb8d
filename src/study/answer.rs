//! What the answer hinges on and what knowing is worth, put together.

use super::deciders::{self, Decider};
use super::information::{self, Finding, Information};
use crate::model::{Draw, Measurement, Scenario};
use crate::sim::{Deciders, Lucks};

/// All of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// What is not known, the most valuable first; empty where there are too few trials for twentieths.
    pub deciders: Vec<Decider>,
    /// What knowing is worth and being wrong costs.
    pub information: Information,
    /// By measurement of the scenario, the one worth most first.
    pub findings: Vec<Finding>,
    /// Trials that were lived with several lucks.
    pub lived: u64,
}

/// Reads it off a run's sums and its lucks.
#[must_use]
pub fn of(scenario: &Scenario, sums: &Deciders, lucks: &Lucks) -> Answer {
    let information = information::of(sums, lucks);
    let mut deciders = deciders::of(sums);
    information::hold_below(&mut deciders, information.all);
    let of = |measurement: &Measurement| {
        let settled = Measurement { inputs: settled(scenario, measurement, &deciders), ..measurement.clone() };
        let finding = information::finding(&settled, &deciders, information.all);
        Finding { is_additive: measurement.inputs.len() > 1, measurement: measurement.clone(), ..finding }
    };
    let mut findings: Vec<Finding> = scenario.measurements.iter().map(of).collect();
    findings.sort_by(|a, b| b.worth.value.total_cmp(&a.worth.value));
    Answer { deciders, information, findings, lived: lucks.trials }
}

/// The unknowns that a measurement settles: what its inputs are the same as, and the rows that they are drawn with. Of those that
/// move together only the most valuable: curves of inputs that depend on each other do not add up, and knowing more is
/// never worth less.
fn settled(scenario: &Scenario, measurement: &Measurement, deciders: &[Decider]) -> Vec<String> {
    let estimates = scenario.estimates();
    let find = |path: &String| estimates.iter().find(|estimate| estimate.path == *path);
    let mut paths: Vec<String> = Vec::new();
    for input in &measurement.inputs {
        let original = match find(input).map(|estimate| &estimate.draw) {
            Some(Draw::SameAs { path, .. }) => path,
            _ => input,
        };
        paths.push(original.clone());
        if let Some(Draw::Row(column)) = find(original).map(|estimate| &estimate.draw) {
            paths.push(format!("file.{}", column.file));
        }
    }
    let worth = |path: &String| {
        let decider = deciders.iter().find(|decider| decider.unknown.path == *path);
        decider.map_or(0.0, |decider| decider.knowing.worth.value)
    };
    for group in &scenario.groups {
        let own = paths.iter().filter(|path| group.members.contains(path)).cloned();
        let Some(best) = own.reduce(|best, path| if worth(&path) > worth(&best) { path } else { best }) else {
            continue;
        };
        paths.retain(|path| *path == best || !group.members.contains(path));
    }
    paths.dedup();
    paths
}
