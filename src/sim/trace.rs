//! Named quantities of single trials, month by month: for the twin and for explaining a figure.

use std::collections::BTreeMap;

use super::block::{Block, Context, LANES, Moment};
use super::{Sampling, Seen, run_block};
use crate::plan::Plan;
use crate::plan::op::Col;
use crate::units::Seed;

/// By path: a value for each month 1 to M.
pub type Trace = BTreeMap<String, Vec<f64>>;

/// Follows trials `first..first + n` (within one block of 512) through the kernel.
///
/// # Panics
/// If the trials lie in more than one block.
#[must_use]
pub fn trace(plan: &Plan, seed: Seed, first: u64, n: usize) -> Vec<Trace> {
    let mut traces = vec![Trace::new(); n];
    follow(plan, (seed, Sampling::Plain), first, n, &mut |block, at, lane| {
        if at.month == 0 {
            return;
        }
        for (path, col) in &plan.names {
            let values = &block.get(*col)[lane..lane + n];
            for (trace, value) in traces.iter_mut().zip(values) {
                trace.entry(path.clone()).or_default().push(*value);
            }
        }
    });
    traces
}

/// Every column of one trial at the end of a month and of the one before it (month 0 is the opening).
#[derive(Debug, Clone, PartialEq)]
pub struct Columns {
    /// By column, at the end of the month before.
    pub before: Vec<f64>,
    /// By column, at the end of the month.
    pub now: Vec<f64>,
}

/// Follows one trial, of a seed or at median inputs, and keeps every column of a month, 1 to M.
#[must_use]
pub fn columns(plan: &Plan, (seed, sampling): (Seed, Sampling), trial: u64, month: u32) -> Columns {
    let mut kept = Columns { before: Vec::new(), now: Vec::new() };
    follow(plan, (seed, sampling), trial, 1, &mut |block, at, lane| {
        let all = || (0..plan.columns).map(|col| block.get(Col(col))[lane]).collect();
        if at.month + 1 == month {
            kept.before = all();
        } else if at.month == month {
            kept.now = all();
        }
    });
    kept
}

fn follow(
    plan: &Plan,
    (seed, sampling): (Seed, Sampling),
    first: u64,
    n: usize,
    see: &mut dyn FnMut(&Block, Moment, usize),
) {
    let lane = (first % LANES as u64) as usize;
    assert!(lane + n <= LANES, "a trace stays within one block of {LANES} trials");
    let context = Context::new(plan, seed, sampling);
    let mut block = Block::new(plan, LANES);
    block.first_trial = first - lane as u64;
    run_block(&context, &mut block, &mut |block, at, seen| {
        if seen == Seen::Month {
            see(block, at, lane);
        }
    });
}
