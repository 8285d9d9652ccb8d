//! What leaving otherwise comes to where a project that waits never starts: the differences of another option, in those trials alone.

use serde::{Deserialize, Serialize};

use std::ops::Range;

use super::block::Block;
use super::fates::lives_until;
use super::kept::Centres;
use crate::math::moments::Moments;
use crate::plan::Plan;

/// By option: the sum of Δ at the horizon, by what is decided on, of the option that leaves otherwise, over the trials in which this
/// one's project never starts; `None` where there is no such option.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Stayed(pub Vec<Option<Moments>>);

impl Stayed {
    pub(super) fn none(plan: &Plan, centres: &Centres) -> Self {
        let months = plan.months as usize;
        let sums = |instead: usize| Some(centres.sum(plan.outputs.options[instead].decided_delta?, months));
        Self(plan.outputs.options.iter().map(|option| option.instead.and_then(sums)).collect())
    }

    /// Adds a block that has come to the horizon.
    pub(super) fn add(&mut self, plan: &Plan, block: &Block, lanes: &Range<usize>) {
        for (option, sums) in plan.outputs.options.iter().zip(&mut self.0) {
            let delta = option.instead.and_then(|instead| plan.outputs.options[instead].decided_delta);
            let Some((sums, delta)) = sums.as_mut().zip(delta) else { continue };
            let (left, delta) = (block.get(option.left), block.get(delta));
            let stays = |lane: &usize| left[*lane] >= lives_until(plan, block, *lane);
            let values: Vec<f64> = lanes.clone().filter(stays).map(|lane| delta[lane]).collect();
            sums.add(&values);
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for (sums, more) in self.0.iter_mut().zip(&other.0) {
            if let (Some(sums), Some(more)) = (sums, more) {
                sums.merge(more);
            }
        }
    }
}
