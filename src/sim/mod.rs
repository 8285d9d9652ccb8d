//! Runs blocks of trials over a plan. Knows neither what a figure means nor where it goes.
//!
//! ```text
//! once ─▶ opening ─▶ for each month since as-of: advance ─▶ (from month 1) monthly ─▶ sinks ─▶ at the end: sinks
//! ```
//!
//! Threads take blocks as they come; every draw is keyed by its trial and every sum is exact, so neither shows.

mod block;
mod deciders;
mod draws;
mod fates;
mod happened;
mod kept;
mod luck;
mod ops;
mod pairs;
pub mod reference;
mod size;
mod source;
mod stayed;
mod taken;
mod totals;
mod trace;

pub use deciders::{Deciders, Regret};
pub use draws::{Draws, Series};
pub use fates::{Case, Crossings, Fates};
pub use happened::Happened;
pub use luck::{LUCKS, Lucks, lucks, trials_of};
pub use pairs::{Beside, demand, differences, each};
pub use size::{Size, busiest_month, bytes_of_columns, seconds_of_incidents, size, whole};
pub use source::{STREAM_VERSION, Sampling, Source, Stream};
pub use stayed::Stayed;
pub use totals::{FIRST, Totals};
pub use trace::{Columns, Trace, columns, trace};

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::plan::op::Col;
use crate::plan::places::Places;
use crate::plan::{Plan, View};
use crate::units::Seed;
use block::{Block, Context, Moment};
use kept::Centres;
use taken::Taken;

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
    /// The view that the answer is taken under, where what it hinges on is asked for.
    pub deciders: Option<View>,
}

/// Trials that are taken through the sizes, the first: a scale on a grid of quarters of an octave takes no more.
pub const SIZED: u64 = 4_096;

/// How much is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantiles {
    /// All that a summary is made of, with quantiles of costs and differences.
    All,
    /// Costs and differences, with quantiles under the headline view only, and nothing of lines, phases, fiscal years and
    /// real dollars: what the reference workload asks for. No summary is made of it.
    Headline,
}

/// Runs trials. `progress` is told how many more trials are done.
#[must_use]
pub fn run(plan: &Plan, request: &Request, progress: &(dyn Fn(u64) + Sync)) -> Draws {
    let read = kept::read(plan, request);
    let plan = &plan.only_for(read.iter().copied());
    let centres = Centres::of(plan, request.quantiles);
    let context = Context { sized_until: SIZED, ..Context::new(plan, request.seed, Sampling::Plain) };
    let deciders = deciders::wanted(plan, request, &centres);
    let empty = || {
        let mut draws = Draws::none(plan, &centres, request, deciders.as_ref());
        draws.taken = Taken::out_of(&mut draws.series, plan);
        draws.totals = request.deciders.map(|view| Totals::none(view, &request.trials));
        draws
    };
    let live = |draws: &mut Draws, block: &mut Block, lanes: Range<usize>| {
        run_block(&context, block, &mut |block, at, seen| match seen {
            Seen::Step(step) => draws.taken.step(block, at, step, &lanes),
            Seen::Month => draws.take(plan, block, at, lanes.clone()),
        });
        draws.finish_block(plan, block, lanes.clone());
        if let (Some(sums), Some((wanted, _))) = (&mut draws.deciders, &deciders) {
            sums.take(wanted, &context, block, lanes.clone());
        }
        if let Some(totals) = &mut draws.totals {
            totals.add(plan, block, &lanes);
        }
        progress(lanes.len() as u64);
    };
    // What is added to its sums as soon as it is written need not stay.
    let mut draws = in_parallel((plan, &kept::read_after(plan, request)), request, empty, live, Draws::merge);
    std::mem::take(&mut draws.taken).put_back(&mut draws.series);
    draws
}

/// What a run keeps before its first trial: what parts of it are joined to.
#[must_use]
pub fn nothing(plan: &Plan, request: &Request) -> Draws {
    let read = kept::read(plan, request);
    let plan = &plan.only_for(read.iter().copied());
    let centres = Centres::of(plan, request.quantiles);
    Draws::none(plan, &centres, request, deciders::wanted(plan, request, &centres).as_ref())
}

/// Lives the blocks of a request's trials on several threads, each with sums of its own that are joined at the end; `read` is
/// what is looked at between months and at the horizon.
fn in_parallel<T: Send>(
    (plan, read): (&Plan, &BTreeSet<Col>),
    Request { trials, threads, .. }: &Request,
    empty: impl Fn() -> T + Sync,
    live: impl Fn(&mut T, &mut Block, Range<usize>) + Sync,
    join: impl Fn(&mut T, T),
) -> T {
    let width = block::lanes_for(trials.end - trials.start, *threads);
    let lanes = width as u64;
    let places = Places::shared(plan, read);
    let blocks = trials.start / lanes..trials.end.div_ceil(lanes);
    let next = AtomicU64::new(blocks.start);
    let work = || {
        let mut block = Block::sharing(plan, places.clone(), width);
        let mut sums = empty();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= blocks.end {
                return sums;
            }
            block.first_trial = number * lanes;
            let wanted = wanted_lanes(trials, block.first_trial, lanes);
            live(&mut sums, &mut block, wanted);
        }
    };
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..(*threads).max(1)).map(|_| scope.spawn(work)).collect();
        let mut sums = work();
        for other in others {
            join(&mut sums, other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        sums
    })
}

/// The lanes of a block that a request wants.
fn wanted_lanes(trials: &Range<u64>, first: u64, lanes: u64) -> Range<usize> {
    let low = trials.start.saturating_sub(first);
    let high = (trials.end - first).min(lanes);
    low as usize..high as usize
}

/// What a block has come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Seen {
    /// What an operation of a month wrote, by its place among those.
    Step(usize),
    /// The opening, or the end of a month.
    Month,
}

/// Who looks on while a block goes through time.
type See<'s> = dyn FnMut(&Block, Moment, Seen) + 's;

/// Runs one block through time, showing it at the opening, after each operation of a month and at its end.
fn run_block(context: &Context, block: &mut Block, see: &mut See) {
    run_once(context, block);
    if block.first_trial < context.sized_until {
        for size in 0..context.ln_sizes.len() {
            ops::run(context, block, Moment { size, ..OPENING }, &context.plan.sizes);
        }
    }
    run_months(context, block, see);
}

/// The moment before all months.
const OPENING: Moment = Moment { since_as_of: 0, month: 0, size: 0 };

/// Draws what is drawn once a trial: what is not known.
fn run_once(context: &Context, block: &mut Block) {
    ops::run(context, block, OPENING, &context.plan.once);
}

/// Runs a block with its estimates in place from the opening to the horizon.
fn run_months(context: &Context, block: &mut Block, see: &mut See) {
    let plan = context.plan;
    ops::run(context, block, OPENING, &plan.opening);
    see(block, OPENING, Seen::Month);
    for since_as_of in 0..plan.as_of + plan.months {
        let month = (since_as_of + 1).saturating_sub(plan.as_of);
        let at = Moment { since_as_of, month, size: 0 };
        ops::run(context, block, at, &plan.advance);
        if month >= 1 {
            for (place, step) in plan.monthly.iter().enumerate() {
                ops::run_step(context, block, at, step);
                see(block, at, Seen::Step(place));
            }
            see(block, at, Seen::Month);
        }
    }
}
