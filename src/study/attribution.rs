//! What each of several changes did to the headline, in the same futures.
//!
//! The headline is an option's cost less the baseline's, of what each scenario decides on, on average. Each change is made first, alone in the first scenario, and last, after all others: what it did is the mean of
//! the two (MODEL.md, What changed). What the parts leave of the whole is there only where three changes or more act
//! together; two that act together share what they do by halves.
//!
//! Streams go by the paths of estimates and every mixture is lived with one seed: what no change touches has the same draws,
//! and differences are formed future by future.

use crate::math::moments::Moments;
use crate::model::Scenario;
use crate::plan::op::Col;
use crate::plan::unknown::total;
use crate::plan::{self, Plan};
use crate::sim::{self, Quantiles, Request};
use crate::summary::Mean;
use crate::units::Seed;

/// Beside which scenarios one change is seen.
#[derive(Debug, Clone, Copy)]
pub struct Mixed<'s> {
    /// The first scenario with the change and no other.
    pub first: &'s Scenario,
    /// The last scenario without it and no other.
    pub last: &'s Scenario,
}

/// What is asked of the study.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ask<'o> {
    /// The option whose headline it is, by its name in every scenario.
    pub option: &'o str,
    /// Futures.
    pub trials: u64,
    /// The seed of all of them.
    pub seed: Seed,
    /// Threads that work on it.
    pub threads: usize,
}

/// What one change did, dollars; each mean is of differences formed future by future.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// The mean of the two below.
    pub did: Mean,
    /// What it does to the first scenario when no other change is made.
    pub first: Mean,
    /// What it does when all others are made already.
    pub last: Mean,
}

/// The headline before and after, and its way from one to the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribution {
    /// The headline of the first scenario, dollars.
    pub before: Mean,
    /// The headline of the second.
    pub after: Mean,
    /// The second less the first.
    pub whole: Mean,
    /// By change, in the order in which they were given.
    pub parts: Vec<Part>,
    /// What the parts leave of the whole: three changes or more that act together.
    pub together: Mean,
    /// What changes do only because others are made too: the whole less every change made alone. Contains `together`.
    pub interactions: Mean,
}

impl Attribution {
    /// How many scenarios are run for so many changes.
    #[must_use]
    pub const fn runs(changes: u64) -> u64 {
        2 + if changes > 1 { 2 * changes } else { 0 }
    }
}

/// Seconds that [`of`] will take for so many changes, estimated from both ends: mixtures are about as large.
#[must_use]
pub fn seconds(ends: [&Scenario; 2], changes: u64, ask: Ask<'_>) -> f64 {
    let one = ends.map(|scenario| {
        let (plan, columns) = compiled(scenario, ask.option);
        sim::size(&plan.only_for([columns.0, columns.1]), &request(ask)).seconds
    });
    Attribution::runs(changes) as f64 * f64::midpoint(one[0], one[1])
}

/// Bytes of the headlines that [`of`] keeps at a time: eight numbers of each future.
#[must_use]
pub const fn bytes(trials: u64) -> u64 {
    trials.saturating_mul(8 * 8)
}

/// Runs both scenarios and every mixture. `progress` is told how many more futures are done, of all runs.
///
/// # Panics
/// If one of them has no option of the name.
#[must_use]
pub fn of(
    [before, after]: [&Scenario; 2],
    changes: &[Mixed<'_>],
    ask: Ask<'_>,
    progress: &(dyn Fn(u64) + Sync),
) -> Attribution {
    let run = |scenario: &Scenario| headline(scenario, ask, progress);
    let (a, b) = (run(before), run(after));
    let whole = less(&b, &a);
    let mut rest = whole.clone();
    let mut alone = whole.clone();
    let part = |mixed: &Mixed<'_>| {
        // One change alone makes all of the difference.
        let (first, last) = match changes.len() {
            1 => (whole.clone(), whole.clone()),
            _ => (less(&run(mixed.first), &a), less(&b, &run(mixed.last))),
        };
        let did: Vec<f64> = first.iter().zip(&last).map(|(first, last)| f64::midpoint(*first, *last)).collect();
        (rest, alone) = (less(&rest, &did), less(&alone, &first));
        Part { did: mean(&did), first: mean(&first), last: mean(&last) }
    };
    let parts = changes.iter().map(part).collect();
    let [before, after, whole, together, interactions] = [a, b, whole, rest, alone].map(|values| mean(&values));
    Attribution { before, after, whole, parts, together, interactions }
}

/// The headline of each future.
fn headline(scenario: &Scenario, ask: Ask<'_>, progress: &(dyn Fn(u64) + Sync)) -> Vec<f64> {
    let (plan, columns) = compiled(scenario, ask.option);
    sim::each(&plan, columns, &request(ask), progress)
}

/// A scenario's plan, and where what an option costs and what the baseline costs stand in it.
fn compiled(scenario: &Scenario, option: &str) -> (Plan, (Col, Col)) {
    let plan = plan::compile(scenario);
    let place = scenario.options.iter().position(|other| other.name == option);
    let own = cost(&plan, place.expect("Invariant: the option is in every scenario"));
    let base = cost(&plan, scenario.baseline.0);
    (plan, (own, base))
}

const fn request(Ask { trials, seed, threads, .. }: Ask<'_>) -> Request {
    let quantiles = Quantiles::Headline;
    Request { trials: 0..trials, seed, threads, quantiles, columns: Vec::new(), deciders: None }
}

/// Where the cost stands that is decided on.
fn cost(plan: &Plan, option: usize) -> Col {
    total(plan, option, plan.outputs.headline)
}

fn less(own: &[f64], other: &[f64]) -> Vec<f64> {
    own.iter().zip(other).map(|(own, other)| own - other).collect()
}

/// Mean and standard error, on a grid that the values themselves set.
fn mean(values: &[f64]) -> Mean {
    let largest = values.iter().fold(0.0_f64, |largest, value| largest.max(value.abs()));
    let mut sums = Moments::new(0.0, if largest > 0.0 { largest } else { 1.0 });
    sums.add(values);
    Mean { value: sums.mean(), se: sums.standard_error(), sd: sums.sd() }
}
