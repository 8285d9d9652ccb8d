//! What the answer hinges on and what knowing is worth, put together.

use super::deciders::{self, Decider};
use super::information::{self, Finding, Information};
use crate::model::Scenario;
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
    let of = |measurement| information::finding(measurement, &deciders, information.all);
    let mut findings: Vec<Finding> = scenario.measurements.iter().map(of).collect();
    findings.sort_by(|a, b| b.worth.value.total_cmp(&a.worth.value));
    Answer { deciders, information, findings, lived: lucks.trials }
}
