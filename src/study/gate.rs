//! Whether a run shows what somebody asked for before they agree: paid back by a month, a hole no deeper than an amount, each in
//! a share of futures.

use crate::plan::{Plan, View};
use crate::sim::Draws;
use crate::summary::{Probability, Summary};

/// What is asked of an option.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Wanted {
    /// That it has paid back for good by the end of so many months, under the headline's lens.
    PaidBack {
        /// Months from the start of the scenario.
        months: u32,
    },
    /// That the most that it is ever behind, as paid, is below an amount.
    HoleBelow {
        /// Dollars.
        dollars: f64,
    },
}

/// What is asked, and in which share of futures at least.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Requirement {
    /// What.
    pub wanted: Wanted,
    /// The share, above 0 and up to 1.
    pub odds: f64,
}

/// What came of a requirement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Held {
    /// What was asked.
    pub requirement: Requirement,
    /// In how many futures it surely holds.
    pub surely: Probability,
    /// In how many it may hold: more than that only for holes, which are counted by size and not one by one.
    pub at_most: Probability,
}

/// Shares that differ by no more than this are the same: 0.7 has no last digit in binary.
const SAME: f64 = 1e-12;

impl Held {
    /// Whether it holds in as many futures as asked for; what is not sure does not count.
    #[must_use]
    pub fn is_met(&self) -> bool {
        self.surely.value() >= self.requirement.odds - SAME
    }

    /// Whether it is not met only because holes are not counted one by one.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !self.is_met() && self.at_most.value() >= self.requirement.odds - SAME
    }

    /// Whether other futures of the same kind might well come out on the other side: the odds lie in the share's 95 % interval.
    #[must_use]
    pub fn is_noise(&self) -> bool {
        let (low, high) = self.surely.interval();
        low <= self.requirement.odds && self.requirement.odds <= high
    }
}

/// Asks a run of an option that is not its baseline.
///
/// # Panics
/// If `option` is the baseline, or a month lies beyond the horizon.
#[must_use]
pub fn of(summary: &Summary, (plan, draws): (&Plan, &Draws), option: usize, asked: &[Requirement]) -> Vec<Held> {
    let held = |requirement: &Requirement| {
        let [surely, at_most] = match requirement.wanted {
            Wanted::PaidBack { months } => [summary.decided(option).broke_even_by[months as usize]; 2],
            Wanted::HoleBelow { dollars } => {
                hole_below((plan, draws), option, dollars).map(|count| Probability { count, of: draws.trials })
            }
        };
        Held { requirement: *requirement, surely, at_most }
    };
    asked.iter().map(held).collect()
}

/// Trials whose deepest hole is surely below an amount, and those in which it may be.
fn hole_below((plan, draws): (&Plan, &Draws), option: usize, dollars: f64) -> [u64; 2] {
    let decided = plan.outputs.headline;
    let view = View { lens: decided.lens.paid(), ..decided };
    let place = plan.outputs.comparison(option, view).expect("only asked of options other than the baseline");
    let column = plan.outputs.comparisons[place].deepest.amount();
    let sketch = draws.series[&column][plan.months as usize].sketch.as_ref();
    sketch.expect("Invariant: a run keeps the sketch of the deepest hole at the horizon").ranks().below(dollars)
}
