//! What became of a run's trials: whether and when each left, paid back and was ahead, counted exactly.

use serde::{Deserialize, Serialize};

use super::SIZED;
use super::block::Block;
use crate::math::moments::Moments;
use crate::plan::{Comparison, Plan};

/// What became of an option's trials under one view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fates {
    /// No project had started by the horizon.
    pub did_not_leave: u64,
    /// Break-even for good of those that left: 0 from the start, 1..=M the month, M + 1 never.
    pub break_even: Vec<u64>,
    /// Of the last of those: the product had ended by M.
    pub ended_first: u64,
}

/// Counts of an option's trials under one view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crossings {
    /// What became of them.
    pub fates: Fates,
    /// First touch of 0 after having been above, by month, of those that left.
    pub first_touch: Vec<u64>,
    /// Left and at or below 0 at the end of each month.
    pub ahead_at: Vec<u64>,
    /// Above 0 again after a touch.
    pub crosses_back: u64,
    /// Above 0 at the horizon after a touch.
    pub ahead_then_behind: u64,
    /// Run-rate crossover of those that left: month, or M + 1 never.
    pub run_rate: Vec<u64>,
    /// Month of the largest difference, of those that left.
    pub hole_month: Vec<u64>,
    /// Crossover scale of the first [`SIZED`] trials: place on the grid of sizes from which the option never costs more, or its length.
    pub size: Vec<u64>,
    /// Of those, trials in which the cheaper side changes more than once as size grows.
    pub size_changes_often: u64,
}

/// What is kept of the trials of one growth case, under the headline's view at the horizon.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Case {
    /// Trials that drew it.
    pub trials: u64,
    /// Cost by option.
    pub cost: Vec<Moments>,
    /// Difference by option; empty for the baseline.
    pub delta: Vec<Moments>,
    /// What became of them, by option; of the baseline nothing.
    pub fates: Vec<Fates>,
}

impl Crossings {
    /// Adds one trial.
    pub(super) fn add(&mut self, plan: &Plan, comparison: &Comparison, block: &Block, lane: usize) {
        let never = plan.months as usize + 1;
        if block.first_trial + (lane as u64) < SIZED {
            self.size[(block.get(comparison.size_last_dearer)[lane] + 1.0) as usize] += 1;
            self.size_changes_often += u64::from(block.get(comparison.size_last_dearer.plus(1))[lane] > 1.0);
        }
        if !self.fates.add(plan, comparison, block, lane) {
            return;
        }
        let option = &plan.outputs.options[comparison.option];
        // A project that starts at the end of a month by what was seen in it is known to only in the next; until then it costs
        // what the baseline does.
        let left = block.get(option.left)[lane];
        // One that had to start is known of from the event on.
        let was_forced = option.forced.is_some_and(|forced| block.get(forced)[lane] <= left);
        if option.waits == Some(0) && !was_forced {
            self.ahead_at[left as usize] += 1;
        } else if left == 0.0 && !is_known_at_the_opening(plan, comparison, left) {
            self.ahead_at[0] += u64::from(option.waits.is_none());
        }
        let track = comparison.track;
        let above = block.get(track.above())[lane] > 0.0;
        let touch = block.get(track.first_touch())[lane];
        if touch >= 0.0 {
            self.first_touch[touch as usize] += 1;
            self.ahead_then_behind += u64::from(above);
        }
        self.crosses_back += u64::from(block.get(track.crossed_back())[lane] > 0.0);
        self.hole_month[block.get(comparison.deepest.month())[lane] as usize] += 1;
        self.run_rate[run_rate_month(plan, comparison, block, lane).unwrap_or(never)] += 1;
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.fates.merge(&other.fates);
        self.crosses_back += other.crosses_back;
        self.ahead_then_behind += other.ahead_then_behind;
        add_counts(&mut self.first_touch, &other.first_touch);
        add_counts(&mut self.ahead_at, &other.ahead_at);
        add_counts(&mut self.run_rate, &other.run_rate);
        add_counts(&mut self.hole_month, &other.hole_month);
        add_counts(&mut self.size, &other.size);
        self.size_changes_often += other.size_changes_often;
    }
}

impl Fates {
    /// Adds one trial; gives whether it left.
    pub(super) fn add(&mut self, plan: &Plan, comparison: &Comparison, block: &Block, lane: usize) -> bool {
        if block.get(plan.outputs.options[comparison.option].left)[lane] >= lives_until(plan, block, lane) {
            self.did_not_leave += 1;
            return false;
        }
        // What is not finished has not paid back, though it may have cost nothing yet that is counted.
        let is_finished = is_finished(plan, comparison.option, block, lane);
        let has_paid_back = is_finished && block.get(comparison.track.above())[lane] <= 0.0;
        let last_above = block.get(comparison.track.last_above())[lane];
        self.break_even[if has_paid_back { (last_above + 1.0) as usize } else { plan.months as usize + 1 }] += 1;
        let has_ended = plan.outputs.ended.is_some_and(|ended| block.get(ended)[lane] <= f64::from(plan.months));
        self.ended_first += u64::from(!has_paid_back && has_ended);
        true
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.did_not_leave += other.did_not_leave;
        self.ended_first += other.ended_first;
        add_counts(&mut self.break_even, &other.break_even);
    }
}

impl Case {
    pub(super) fn merge(&mut self, other: &Self) {
        self.trials += other.trials;
        for (own, more) in self.cost.iter_mut().chain(&mut self.delta).zip(other.cost.iter().chain(&other.delta)) {
            own.merge(more);
        }
        self.fates.iter_mut().zip(&other.fates).for_each(|(own, more)| own.merge(more));
    }
}

/// Whether it is known at the opening that a project with this start begins with it; an option without one is never doubted.
pub(super) fn is_known_at_the_opening(plan: &Plan, comparison: &Comparison, left: f64) -> bool {
    let option = &plan.outputs.options[comparison.option];
    let waits = option.waits.is_some();
    left == f64::NEG_INFINITY || (!waits && plan.outputs.ended.is_none() && option.forced.is_none())
}

/// The time until which a trial's product lives: the horizon, or the opening of the month in which it ends.
pub(super) fn lives_until(plan: &Plan, block: &Block, lane: usize) -> f64 {
    let horizon = f64::from(plan.months);
    plan.outputs.ended.map_or(horizon, |ended| horizon.min(block.get(ended)[lane] - 1.0))
}

/// Whether an option's cutover is over by the horizon and the product's end; 0 is that of one without a project.
pub(super) fn is_finished(plan: &Plan, option: usize, block: &Block, lane: usize) -> bool {
    block.get(plan.outputs.options[option].cutover)[lane] <= lives_until(plan, block, lane)
}

/// The first month that counts from which no trailing three months cost more; at least twelve before the horizon and the
/// product's end.
fn run_rate_month(plan: &Plan, comparison: &Comparison, block: &Block, lane: usize) -> Option<usize> {
    let first = block.get(comparison.run_rate_first)[lane];
    let month = first.max(block.get(comparison.run_rate_last_above)[lane] + 1.0);
    (month + 12.0 <= lives_until(plan, block, lane)).then_some(month as usize)
}

pub(super) fn add_counts(own: &mut [u64], more: &[u64]) {
    for (own, more) in own.iter_mut().zip(more) {
        *own += more;
    }
}
