//! What leaving later would cost: every option that leaves is run again with its project put off by a year and by two, in
//! the same futures, so that "now" is compared with something.
//!
//! Costs are to the same horizon. An option that has left by then runs the same platform whenever it left, so the comparison
//! is fair where the later project too is well over before the horizon; that is why no delay beyond half of it is tried.

use std::ops::Range;

use crate::math::moments::Moments;
use crate::model::{MigrationId, OptionId, Scenario};
use crate::plan::{self, unknown::total};
use crate::sim::{self, Beside, Quantiles, Request, Totals};
use crate::summary::Mean;
use crate::units::Seed;

/// Delays that are tried, months.
pub const DELAYS: [u32; 2] = [12, 24];

/// An option whose project starts later than stated, in the same futures. Costs are to the horizon, those that
/// are decided on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Later {
    /// The option.
    pub option: usize,
    /// How much later, months.
    pub months: u32,
    /// Its cost, put off, less its cost as stated, dollars.
    pub beside_now: Mean,
    /// Its cost, put off, less the baseline's, dollars.
    pub beside_staying: Mean,
}

/// What is asked of the study.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ask {
    /// Futures, the first of those of the run.
    pub trials: u64,
    /// The run's seed.
    pub seed: Seed,
    /// Threads that work on it.
    pub threads: usize,
}

/// Runs every option that leaves again, each delay beside the option as stated; `known` is what options cost as stated in
/// the run, if it has kept that of these futures. Empty if none leaves or the horizon is too short for any delay.
#[must_use]
pub fn of(scenario: &Scenario, ask: Ask, known: Option<&Totals>) -> Vec<Later> {
    read(scenario, &sums(scenario, 0..ask.trials, ask, known, &|_| {}))
}

/// The sums that it is read from, over a part of the futures; those of several parts add up. `progress` is told how many more of
/// them were lived, where there is an option to put off.
#[must_use]
pub fn sums(
    scenario: &Scenario,
    trials: Range<u64>,
    ask: Ask,
    known: Option<&Totals>,
    progress: &(dyn Fn(u64) + Sync),
) -> Vec<Moments> {
    let (widened, added) = with_delays(scenario);
    if added.is_empty() {
        return Vec::new();
    }
    let plan = plan::compile(&widened);
    let cost = |option: usize| total(&plan, option, plan.outputs.headline);
    let Ask { seed, threads, .. } = ask;
    let known = known.filter(|known| known.has(plan.outputs.headline, &trials));
    let stated = |option: usize| known.map_or_else(|| Beside::Column(cost(option)), |_| Beside::Known(option));
    let pair = |(place, (option, _)): (usize, &(usize, u32))| {
        let put_off = cost(scenario.options.len() + place);
        [(put_off, stated(*option)), (put_off, stated(widened.baseline.0))]
    };
    let pairs: Vec<_> = added.iter().enumerate().flat_map(pair).collect();
    let quantiles = Quantiles::Headline;
    let request = Request { trials, seed, threads, quantiles, columns: Vec::new(), deciders: None };
    sim::differences(&plan, &pairs, &request, known, progress)
}

/// What all futures' sums say.
#[must_use]
pub fn read(scenario: &Scenario, sums: &[Moments]) -> Vec<Later> {
    let (_, added) = with_delays(scenario);
    let mean = |sums: &Moments| Mean { value: sums.mean(), se: sums.standard_error(), sd: sums.sd() };
    let of_added = |((option, months), sums): ((usize, u32), &[Moments])| Later {
        option,
        months,
        beside_now: mean(&sums[0]),
        beside_staying: mean(&sums[1]),
    };
    added.into_iter().zip(sums.chunks(2)).map(of_added).collect()
}

/// Whether there is an option to put off.
#[must_use]
pub fn is_there(scenario: &Scenario) -> bool {
    let horizon = scenario.decided_at();
    scenario.options.iter().any(|option| option.migration.is_some())
        && DELAYS.iter().any(|months| 2 * months <= horizon)
}

/// The scenario with a copy of each leaving option for each delay behind its own options, and which those are. Streams go by
/// the paths of estimates, which a copy keeps: it lives through the same futures.
fn with_delays(scenario: &Scenario) -> (Scenario, Vec<(usize, u32)>) {
    let mut widened = scenario.clone();
    let mut added = Vec::new();
    let leaving: Vec<(OptionId, MigrationId)> =
        scenario.options.iter().enumerate().filter_map(|(i, o)| Some((OptionId(i), o.migration?))).collect();
    for (option, migration) in leaving {
        for months in DELAYS.into_iter().filter(|months| 2 * months <= scenario.decided_at()) {
            let mut project = scenario.migrations[migration.0].clone();
            project.delay_months += months;
            let mut way = scenario.options[option.0].clone();
            way.name = format!("{}, {months} months later", way.name);
            way.migration = Some(MigrationId(widened.migrations.len()));
            widened.migrations.push(project);
            widened.options.push(way);
            added.push((option.0, months));
        }
    }
    (widened, added)
}
