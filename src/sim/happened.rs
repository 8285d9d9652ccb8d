//! What is kept of events: in which month each happened, and what options cost beside the baseline where it did by the
//! horizon and where it did not.

use std::ops::Range;

use super::block::Block;
use super::draws::decided;
use super::kept::Centres;
use crate::math::moments::Moments;
use crate::plan::Plan;
use crate::plan::op::Col;

/// What is kept of an event.
#[derive(Debug, Clone)]
pub struct Happened {
    /// Trials in which it happened in month `[month]`; `[0]` those in which it did not by the horizon.
    pub months: Vec<u64>,
    /// By option: cost less the baseline's at the horizon under the headline's view, in trials in which it did not happen
    /// and in those in which it did; empty for the baseline.
    pub delta: Vec<[Moments; 2]>,
}

impl Happened {
    /// Nothing yet, for each event of a plan.
    pub(super) fn none(plan: &Plan, centres: &Centres) -> Vec<Self> {
        let months = plan.months as usize;
        let delta: Vec<[Moments; 2]> = (0..plan.outputs.options.len())
            .map(|option| {
                let sum = centres.sum(delta_of(plan, option), months);
                [sum.clone(), sum]
            })
            .collect();
        plan.outputs.events.iter().map(|_| Self { months: vec![0; months + 1], delta: delta.clone() }).collect()
    }

    /// Adds a block's trials.
    pub(super) fn add(all: &mut [Self], plan: &Plan, block: &Block, lanes: &Range<usize>) {
        for (event, kept) in plan.outputs.events.iter().zip(all) {
            let horizon = f64::from(plan.months);
            let month = block.get(event.month);
            let (with, without): (Vec<usize>, Vec<usize>) = lanes.clone().partition(|lane| month[*lane] <= horizon);
            kept.months[0] += without.len() as u64;
            for lane in &with {
                kept.months[month[*lane] as usize] += 1;
            }
            for (option, sums) in kept.delta.iter_mut().enumerate().filter(|(at, _)| *at != plan.outputs.baseline) {
                let delta = block.get(delta_of(plan, option));
                for (sum, lanes) in sums.iter_mut().zip([&without, &with]) {
                    sum.add(&lanes.iter().map(|lane| delta[*lane]).collect::<Vec<f64>>());
                }
            }
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.months.iter_mut().zip(&other.months).for_each(|(own, more)| *own += more);
        for (own, more) in self.delta.iter_mut().flatten().zip(other.delta.iter().flatten()) {
            own.merge(more);
        }
    }
}

/// The difference of an option, or its cost where it is the baseline.
fn delta_of(plan: &Plan, option: usize) -> Col {
    plan.outputs.options[option].decided_delta.unwrap_or_else(|| decided(plan, option))
}
