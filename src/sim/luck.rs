//! What is luck and what could be known: futures whose estimates are those of the run, each lived several times with
//! different luck (monthly noise, counts and lengths of incidents).
//!
//! ```text
//! trial i: estimates ─┬─ luck 0 (the run's own) ─▶ cost of each option
//!                     ├─ luck 1 ─▶ …
//!                     └─ luck 7 ─▶ …       means over luck: what each option costs on average, given what could be known
//! ```

use serde::{Deserialize, Serialize};

use std::ops::Range;

use super::block::{Block, Context, LANES};
use super::deciders::cheapest;
use super::{Centres, Quantiles, Request, Sampling, Totals, in_parallel, run_months, run_once};
use crate::math::moments::Moments;
use crate::plan::op::Col;
use crate::plan::unknown::total;
use crate::plan::{Plan, View};

/// How often each trial is lived.
pub const LUCKS: u32 = 8;

/// What is kept of them. A gap is what luck alone is worth knowing in a trial: the mean over its lucks of the least cost,
/// subtracted from the least of what the options cost on average, dollars.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Lucks {
    /// Trials, each lived [`LUCKS`] times.
    pub trials: u64,
    /// Trials in which each option has the least mean cost over all lucks; ties go to the baseline, then to the first.
    pub cheapest: Vec<u64>,
    /// The gap with the means of all lucks: at least 0, on average too small, since the least of noisy means is too low.
    pub least: Moments,
    /// The same, less the part of that bias that halves with twice the lucks.
    pub gap: Moments,
    /// The gap where one half of the lucks chooses and the other half is paid: on average too large.
    pub most: Moments,
}

/// A sixteenth of the trials, in whole blocks, so half as many lives as the run has; of a run of less than two blocks half of
/// the trials. What luck is worth differs little from trial to trial: its error stays far below that of the run's own figures.
#[must_use]
pub fn trials_of(trials: &Range<u64>) -> Range<u64> {
    let (lanes, all) = (LANES as u64, trials.end - trials.start);
    let sixteenth = all.div_ceil(2 * u64::from(LUCKS) * lanes) * lanes;
    trials.start..trials.start + sixteenth.min(all.div_ceil(2))
}

/// Lives the trials of a request [`LUCKS`] times each; once less where a run of the same futures has kept what they cost.
/// `progress` is told how many more trials were lived so often.
#[must_use]
pub fn lucks(
    plan: &Plan,
    view: View,
    request: &Request,
    known: Option<&Totals>,
    progress: &(dyn Fn(u64) + Sync),
) -> Lucks {
    let known = known.filter(|known| known.has(view, &request.trials));
    let options = plan.outputs.options.len();
    let totals: Vec<Col> = (0..options).map(|option| total(plan, option, view)).collect();
    let read = totals.iter().copied().collect();
    let plan = &plan.only_for(totals.iter().copied());
    let unit = Centres::of(plan, Quantiles::Headline).largest_unit(&totals);
    let contexts: Vec<Context> =
        (0..LUCKS).map(|luck| Context::with_luck(plan, request.seed, Sampling::Plain, luck)).collect();
    let empty = || Lucks {
        trials: 0,
        cheapest: vec![0; options],
        least: Moments::new(0.0, unit),
        gap: Moments::new(0.0, unit),
        most: Moments::new(0.0, unit),
    };
    let live = |lucks: &mut Lucks, block: &mut Block, lanes: Range<usize>| {
        let mut costs = Costs::new(options, block.lanes());
        run_once(&contexts[0], block);
        for (luck, context) in contexts.iter().enumerate() {
            match known.filter(|_| luck == 0) {
                Some(known) => {
                    let own = known_costs(known, options, block, &lanes);
                    let own: Vec<&[f64]> = own.iter().map(Vec::as_slice).collect();
                    costs.add(&own, plan.outputs.baseline, luck);
                }
                None => {
                    run_months(context, block, &mut |_, _, _| {});
                    let own: Vec<&[f64]> = totals.iter().map(|total| block.get(*total)).collect();
                    costs.add(&own, plan.outputs.baseline, luck);
                }
            }
        }
        progress(lanes.len() as u64);
        costs.finish(plan.outputs.baseline, lanes, lucks);
    };
    in_parallel((plan, &read), request, empty, live, |own, other| own.merge(&other))
}

/// What each option costs in the trials of a block that are wanted; of the others 0.
fn known_costs(known: &Totals, options: usize, block: &Block, lanes: &Range<usize>) -> Vec<Vec<f64>> {
    let trials = block.first_trial + lanes.start as u64..block.first_trial + lanes.end as u64;
    let of = |option| {
        let mut costs = vec![0.0; block.lanes()];
        costs[lanes.clone()].copy_from_slice(&known.of(option, trials.clone()));
        costs
    };
    (0..options).map(of).collect()
}

impl Lucks {
    /// Joins other trials of the same plan: exactly, in any order.
    pub fn merge(&mut self, other: &Self) {
        self.trials += other.trials;
        for (count, more) in self.cheapest.iter_mut().zip(&other.cheapest) {
            *count += more;
        }
        self.least.merge(&other.least);
        self.gap.merge(&other.gap);
        self.most.merge(&other.most);
    }
}

/// Costs of a block's trials: of each half of the lucks by option, and the least of each life.
struct Costs {
    /// Means over half of the lucks, `[half][option][lane]`.
    halves: [Vec<Vec<f64>>; 2],
    least: Vec<f64>,
}

impl Costs {
    fn new(options: usize, lanes: usize) -> Self {
        let half = vec![vec![0.0; lanes]; options];
        Self { halves: [half.clone(), half], least: vec![0.0; lanes] }
    }

    fn add(&mut self, columns: &[&[f64]], baseline: usize, luck: usize) {
        let of_half = 2.0 / f64::from(LUCKS);
        for (mean, costs) in self.halves[luck % 2].iter_mut().zip(columns) {
            for (mean, cost) in mean.iter_mut().zip(*costs) {
                *mean += cost * of_half;
            }
        }
        for (lane, least) in self.least.iter_mut().enumerate() {
            let best = cheapest(columns.len(), baseline, |option| columns[option][lane]);
            *least += columns[best][lane] / f64::from(LUCKS);
        }
    }

    fn finish(&self, baseline: usize, lanes: Range<usize>, lucks: &mut Lucks) {
        let [a, b] = &self.halves;
        let options = a.len();
        let mut gaps = [const { Vec::new() }; 3];
        for lane in lanes {
            let of = |half: &[Vec<f64>], option: usize| half[option][lane];
            let both = |option: usize| 0.5 * (of(a, option) + of(b, option));
            let best = cheapest(options, baseline, both);
            let [by_a, by_b] = [a, b].map(|half| cheapest(options, baseline, |option| of(half, option)));
            lucks.trials += 1;
            lucks.cheapest[best] += 1;
            let all = both(best);
            let own_half = 0.5 * (of(a, by_a) + of(b, by_b));
            let other_half = 0.5 * (of(b, by_a) + of(a, by_b));
            for (gap, cost) in gaps.iter_mut().zip([all, 2.0 * all - own_half, other_half]) {
                gap.push(cost - self.least[lane]);
            }
        }
        for (sums, values) in [&mut lucks.least, &mut lucks.gap, &mut lucks.most].into_iter().zip(&gaps) {
            sums.add(values);
        }
    }
}
