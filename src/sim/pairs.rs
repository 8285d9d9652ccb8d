//! A few columns at the horizon: demand, and differences, trial by trial, for a study that compares two ways through the same
//! futures. Only what those columns need is computed.

use std::collections::BTreeSet;
use std::ops::Range;

use super::block::{Block, Context};
use super::{Centres, Quantiles, Request, Sampling, Series, Totals, in_parallel, run_months, run_once};
use crate::math::moments::Moments;
use crate::math::sketch::Sketch;
use crate::plan::Plan;
use crate::plan::op::Col;

/// What a column is compared with: another, or what an option costs in a run of the same futures that has kept it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beside {
    /// A column of the plan.
    Column(Col),
    /// An option of the run, by its place.
    Known(usize),
}

/// Sums of a column less what it is compared with, by pair, over the trials of a request; what else it asks for is left aside.
///
/// `progress` is told how many more trials are done.
///
/// # Panics
/// If something is compared with what is not known.
#[must_use]
pub fn differences(
    plan: &Plan,
    pairs: &[(Col, Beside)],
    request: &Request,
    known: Option<&Totals>,
    progress: &(dyn Fn(u64) + Sync),
) -> Vec<Moments> {
    let columns = pairs.iter().flat_map(|(own, other)| match other {
        Beside::Column(other) => [*own, *other],
        Beside::Known(_) => [*own; 2],
    });
    let read: BTreeSet<Col> = columns.collect();
    let plan = &plan.only_for(read.iter().copied());
    let unit = Centres::of(plan, Quantiles::Headline).largest_unit(&read);
    let context = Context::new(plan, request.seed, Sampling::Plain);
    let empty = || vec![Moments::new(0.0, unit); pairs.len()];
    let live = |sums: &mut Vec<Moments>, block: &mut Block, lanes: Range<usize>| {
        run_once(&context, block);
        run_months(&context, block, &mut |_, _, _| {});
        let trials = block.first_trial + lanes.start as u64..block.first_trial + lanes.end as u64;
        for (sums, (own, other)) in sums.iter_mut().zip(pairs) {
            let other = match other {
                Beside::Column(other) => block.get(*other)[lanes.clone()].to_vec(),
                Beside::Known(option) => {
                    known.expect("Invariant: nothing is known of no run").of(*option, trials.clone())
                }
            };
            let own = &block.get(*own)[lanes.clone()];
            let difference: Vec<f64> = own.iter().zip(&other).map(|(own, other)| own - other).collect();
            sums.add(&difference);
        }
        progress(lanes.len() as u64);
    };
    let join = |own: &mut Vec<Moments>, other: Vec<Moments>| {
        own.iter_mut().zip(&other).for_each(|(own, more)| own.merge(more));
    };
    in_parallel((plan, &read), request, empty, live, join)
}

/// Demand of the last month over the trials of a request; what else it asks for is left aside.
#[must_use]
pub fn demand(plan: &Plan, request: &Request) -> Series {
    let col = plan.outputs.demand;
    let read = BTreeSet::from([col]);
    let plan = &plan.only_for([col]);
    let (centre, unit) = Centres::of(plan, Quantiles::Headline).at_horizon(col);
    let context = Context::new(plan, request.seed, Sampling::Plain);
    let empty = || Series::kept(Moments::new(centre, unit), Some(Sketch::default()));
    let live = |series: &mut Series, block: &mut Block, lanes: Range<usize>| {
        run_once(&context, block);
        run_months(&context, block, &mut |_, _, _| {});
        series.add(&block.get(col)[lanes]);
    };
    in_parallel((plan, &read), request, empty, live, |own, more| own.merge(&more))
}

/// The first column less the second, for each trial of a request, for who compares plans with each other; `progress` is told
/// how many more trials are done.
#[must_use]
pub fn each(plan: &Plan, (own, other): (Col, Col), request: &Request, progress: &(dyn Fn(u64) + Sync)) -> Vec<f64> {
    let read = [own, other].into();
    let plan = &plan.only_for([own, other]);
    let context = Context::new(plan, request.seed, Sampling::Plain);
    let live = |all: &mut Vec<(u64, Vec<f64>)>, block: &mut Block, lanes: Range<usize>| {
        run_once(&context, block);
        run_months(&context, block, &mut |_, _, _| {});
        let (own, other) = (&block.get(own)[lanes.clone()], &block.get(other)[lanes.clone()]);
        all.push((block.first_trial, own.iter().zip(other).map(|(own, other)| own - other).collect()));
        progress(lanes.len() as u64);
    };
    let join = |own: &mut Vec<_>, other: Vec<_>| own.extend(other);
    let mut all: Vec<(u64, Vec<f64>)> = in_parallel((plan, &read), request, Vec::new, live, join);
    all.sort_by_key(|(first, _)| *first);
    all.into_iter().flat_map(|(_, values)| values).collect()
}
