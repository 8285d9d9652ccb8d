//! Runs blocks of trials over a plan. Knows neither what a figure means nor where it goes.
//!
//! ```text
//! once ─▶ opening ─▶ for each month since as-of: advance ─▶ (from month 1) monthly ─▶ sinks ─▶ at the end: sinks
//! ```
//!
//! Threads take blocks as they come; every draw is keyed by its trial and every sum is exact, so neither shows.

mod block;
mod draws;
mod kept;
mod ops;
pub mod reference;
mod size;
mod source;
mod trace;

pub use draws::{Case, Crossings, Draws, Fates, Series};
pub use size::{Size, busiest_month, bytes_of_columns, seconds_of_incidents, size, whole};
pub use source::{STREAM_VERSION, Sampling, Source, Stream};
pub use trace::{Columns, Trace, columns, trace};

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::plan::Plan;
use crate::plan::op::Col;
use crate::units::Seed;
use block::{Block, Context, LANES, Moment};
use kept::Centres;

/// What is asked of a run.
#[derive(Debug, Clone)]
pub struct Request {
    /// Which trials: all of `0..n`, or a shard of them.
    pub trials: Range<u64>,
    /// The seed of every stream.
    pub seed: Seed,
    /// Threads that work on it, at least 1.
    pub threads: usize,
    /// Which amounts are sketched for their quantiles, beside their means.
    pub quantiles: Quantiles,
    /// Columns whose values at the horizon are kept, trial by trial.
    pub columns: Vec<Col>,
}

/// Which amounts are sketched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantiles {
    /// All costs and differences, every month.
    All,
    /// Cumulative costs and differences under the headline view only: what the reference workload asks for.
    Headline,
}

/// Runs trials. `progress` is told how many more trials are done.
#[must_use]
pub fn run(plan: &Plan, request: &Request, progress: &(dyn Fn(u64) + Sync)) -> Draws {
    let centres = Centres::of(plan, request.quantiles);
    let context = Context::new(plan, request.seed, Sampling::Plain);
    let lanes = LANES as u64;
    let blocks = request.trials.start / lanes..request.trials.end.div_ceil(lanes);
    let next = AtomicU64::new(blocks.start);
    let work = || {
        let mut block = Block::new(plan);
        let mut draws = Draws::new(plan, &centres, request);
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= blocks.end {
                return draws;
            }
            block.first_trial = number * lanes;
            let wanted = wanted_lanes(&request.trials, block.first_trial);
            let done = wanted.len() as u64;
            run_block(&context, &mut block, &mut |block, at| draws.take(plan, block, at, wanted.clone()));
            draws.finish_block(plan, &block, wanted);
            progress(done);
        }
    };
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..request.threads.max(1)).map(|_| scope.spawn(work)).collect();
        let mut draws = work();
        for other in others {
            draws.merge(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        draws
    })
}

/// The lanes of a block that a request wants.
fn wanted_lanes(trials: &Range<u64>, first: u64) -> Range<usize> {
    let low = trials.start.saturating_sub(first);
    let high = (trials.end - first).min(LANES as u64);
    low as usize..high as usize
}

/// Runs one block through time, showing it at the opening and at the end of each month.
fn run_block(context: &Context, block: &mut Block, see: &mut dyn FnMut(&Block, Moment)) {
    let plan = context.plan;
    let opening = Moment { since_as_of: 0, month: 0, size: 0 };
    ops::run(context, block, opening, &plan.once);
    for size in 0..context.ln_sizes.len() {
        ops::run(context, block, Moment { size, ..opening }, &plan.sizes);
    }
    ops::run(context, block, opening, &plan.opening);
    see(block, opening);
    for since_as_of in 0..plan.as_of + plan.months {
        let month = (since_as_of + 1).saturating_sub(plan.as_of);
        let at = Moment { since_as_of, month, size: 0 };
        ops::run(context, block, at, &plan.advance);
        if month >= 1 {
            ops::run(context, block, at, &plan.monthly);
            see(block, at);
        }
    }
}
