//! What each option costs in the first trials of a run, trial by trial: what is lived again beside it need not live that
//! once more.

use std::collections::BTreeMap;
use std::ops::Range;

use super::block::Block;
use super::trials_of;
use crate::plan::unknown::total;
use crate::plan::{Plan, View};

/// Trials whose totals are kept of every run, the first: as many as leaving later is tried in, whose comparison is pair by
/// pair, so that few suffice.
pub const FIRST: u64 = 2_048;

/// Most trials whose totals are kept: memory stays the same however many a run has, and beyond them lives again.
const MOST: u64 = 1 << 16;

/// Up to which trial totals are kept of a run's.
pub(super) fn until(trials: &Range<u64>) -> u64 {
    trials_of(trials).end.min(MOST).max(trials.end.min(FIRST))
}

/// Totals at the horizon under a view.
#[derive(Debug, Clone)]
pub struct Totals {
    view: View,
    /// Trials from this one on are not kept.
    until: u64,
    /// By the first trial of a piece: `[option][trial]`.
    pieces: BTreeMap<u64, Vec<Vec<f64>>>,
}

impl Totals {
    /// Of no trial yet of those that are asked for.
    pub(super) fn none(view: View, trials: &Range<u64>) -> Self {
        Self { view, until: until(trials), pieces: BTreeMap::new() }
    }

    /// Keeps those of a block, if it is among the first.
    pub(super) fn add(&mut self, plan: &Plan, block: &Block, lanes: &Range<usize>) {
        let first = block.first_trial + lanes.start as u64;
        if first < self.until {
            let options = 0..plan.outputs.options.len();
            let of = |option| block.get(total(plan, option, self.view))[lanes.clone()].to_vec();
            self.pieces.insert(first, options.map(of).collect());
        }
    }

    /// Joins another shard's.
    pub(super) fn merge(&mut self, other: Self) {
        self.until = self.until.max(other.until);
        self.pieces.extend(other.pieces);
    }

    /// Whether all of these trials are kept under a view.
    #[must_use]
    pub fn has(&self, view: View, trials: &Range<u64>) -> bool {
        let mut next = trials.start;
        for (first, values) in &self.pieces {
            if *first <= next {
                next = next.max(first + values[0].len() as u64);
            }
        }
        self.view == view && next >= trials.end
    }

    /// What an option costs in trials that are kept.
    pub(super) fn of(&self, option: usize, trials: Range<u64>) -> Vec<f64> {
        let mut values = Vec::with_capacity((trials.end - trials.start) as usize);
        for (first, piece) in self.pieces.range(..trials.end) {
            let next = trials.start + values.len() as u64;
            let piece = &piece[option];
            let until = trials.end.min(first + piece.len() as u64);
            if next < until {
                values.extend_from_slice(&piece[(next - first) as usize..(until - first) as usize]);
            }
        }
        values
    }
}
