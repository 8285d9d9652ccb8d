//! Named quantities of single trials, month by month: for the twin and for explaining a figure.

use std::collections::BTreeMap;

use super::block::{Block, Context, LANES};
use super::{Sampling, run_block};
use crate::plan::Plan;
use crate::units::Seed;

/// By path: a value for each month 1 to M.
pub type Trace = BTreeMap<String, Vec<f64>>;

/// Follows trials `first..first + n` (within one block of 512) through the kernel.
///
/// # Panics
/// If the trials lie in more than one block.
#[must_use]
pub fn trace(plan: &Plan, seed: Seed, first: u64, n: usize) -> Vec<Trace> {
    let lane = (first % LANES as u64) as usize;
    assert!(lane + n <= LANES, "a trace stays within one block of {LANES} trials");
    let context = Context::new(plan, seed, Sampling::Plain);
    let mut block = Block::new(plan);
    block.first_trial = first - lane as u64;
    let mut traces = vec![Trace::new(); n];
    run_block(&context, &mut block, &mut |block, at| {
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
