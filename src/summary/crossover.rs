//! When an option has paid for itself beside the baseline, and from what size on it costs no more.

use super::figure::{PlaceQuantile, Probability, Spread, WhenQuantile};
use crate::model::Lens;

/// An option against the baseline under one lens, with or without discounting. Δ is the option less the baseline.
#[derive(Debug, Clone, PartialEq)]
pub struct Crossover {
    /// The lens.
    pub lens: Lens,
    /// Whether Δ is of present values.
    pub discounted: bool,
    /// Δ to the end of each month, `[month]`, month 0 the opening.
    pub delta: Vec<Spread>,
    /// What became of each trial.
    pub outcomes: Outcomes,
    /// Share of trials that broke even for good by the end of each month, `[month]`; month 0: from the start.
    pub broke_even_by: Vec<Probability>,
    /// Share that had left and was ahead (Δ ≤ 0) at the end of each month, `[month]`.
    pub ahead_at: Vec<Probability>,
    /// Share whose Δ had touched 0 by each month after having been above, `[month]`.
    pub first_touch_by: Vec<Probability>,
    /// Share that was ahead after having been behind, and fell behind again.
    pub crosses_back: Probability,
    /// Share that was ahead at some time after having been behind, and is behind at the horizon.
    pub ahead_then_behind: Probability,
    /// Share of those that left which broke even for good or never were dearer; `None` if nobody left.
    pub paid_back_of_those_that_left: Option<Probability>,
    /// What became of those that left, where some did and some did not.
    pub outcomes_of_those_that_left: Option<Outcomes>,
    /// Break-even for good at 10, 50 and 90 % of all trials.
    pub break_even: [WhenQuantile; 3],
    /// The same among the trials that break even or never were behind; `None` if there are none.
    pub break_even_among_those: Option<[WhenQuantile; 3]>,
    /// The largest Δ of each trial, at least 0, nominal dollars.
    pub deepest_hole: Spread,
    /// The month of it at 10, 50 and 90 % of the trials that left (0: the opening); `None` if nobody left.
    pub deepest_hole_month: Option<[PlaceQuantile<u32>; 3]>,
    /// The first month from which the running cost stays at or below the baseline's, at 10, 50 and 90 % of all trials.
    pub run_rate: [WhenQuantile; 3],
    /// Share of trials whose running cost has crossed by each month, `[month]`.
    pub run_rate_by: Vec<Probability>,
    /// Crossover scale: the size, as a multiple of today's demand, from which a steady month costs no more.
    pub scale: Scale,
}

/// Crossover scale over all draws of the estimates.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    /// The grid of sizes, multiples of today's demand, ascending.
    pub sizes: Vec<f64>,
    /// Share of draws that have crossed at or below each size.
    pub crossed_by: Vec<Probability>,
    /// The size at 10, 50 and 90 % of draws; `None` where it lies beyond the grid. The first of the grid means "that or less".
    pub quantiles: [PlaceQuantile<Option<f64>>; 3],
    /// Share of draws in which the cheaper side changes more than once as size grows.
    pub changes_often: Probability,
}

/// What became of the trials; the five add up to one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outcomes {
    /// No project had started by the horizon.
    pub did_not_leave: Probability,
    /// Never dearer, from the opening on.
    pub from_the_start: Probability,
    /// Dearer at first, for good no dearer from some month on.
    pub broke_even: Probability,
    /// The product ended while the option was dearer.
    pub ended_first: Probability,
    /// Dearer at the horizon.
    pub never: Probability,
}
