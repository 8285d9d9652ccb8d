//! What the growth of a scenario amounts to at the horizon: persistent growth explodes in the tail, and a mean that rests on
//! one future in a thousand is no plan.

use crate::summary::Demand;

/// Above this the mean rests on the tail (MODEL.md, demand).
const HEAVY: f64 = 0.1;
/// Fewer futures than this have no thousandth.
const LEAST_TRIALS: u64 = 1_000;

/// Whether one future in a thousand carries more than a tenth of the mean.
#[must_use]
pub fn rests_on_the_tail(demand: &Demand) -> bool {
    demand.trials >= LEAST_TRIALS && demand.tail_share > HEAVY
}
