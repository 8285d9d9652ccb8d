//! How large a run will be, before any of its memory is asked for.

use super::block::LANES;
use super::draws;
use super::{Quantiles, Request};
use crate::math::elementary;
use crate::model::{DriverKind, Estimate, Growth, GrowthCase, IncidentClass, Scenario};
use crate::plan::Plan;
use crate::plan::unknown::TWENTIETHS;

/// What a run will take.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// Columns of a block.
    pub columns: u64,
    /// Bytes that a thread holds: its block and its sums.
    pub bytes_per_thread: u64,
    /// Bytes of all threads, and of the sums they are joined into.
    pub bytes: u64,
    /// Seconds it will take, within a factor of about three.
    pub seconds: f64,
}

/// Bytes of a sum with its quantiles: moments, the table of octaves, and pages for the dozen octaves that amounts of one
/// month spread over.
const BYTES_SKETCHED: u64 = 96 + 2 * 96 * 2 + 12 * 256 * 4;
/// Bytes of a sum without.
const BYTES_SUMMED: u64 = 96;
/// Bytes of a column of a block.
const BYTES_COLUMN: u64 = LANES as u64 * 8;
/// Nanoseconds of one operation on one trial, estimated.
const NANOSECONDS_A_STEP: f64 = 1.5;
/// Nanoseconds of one amount of a month joining its sum, estimated.
const NANOSECONDS_A_SUM: f64 = 3.0;

/// What a run of a plan will take.
#[must_use]
pub fn size(plan: &Plan, request: &Request) -> Size {
    let months = u64::from(plan.months) + 1;
    let sums = draws::wanted(plan, request.quantiles);
    let sketched = sums.values().filter(|is_sketched| **is_sketched).count() as u64;
    let summed = sums.len() as u64 - sketched;
    let sinks = months * (sketched * BYTES_SKETCHED + summed * BYTES_SUMMED);
    let columns = u64::from(plan.columns);
    let options = plan.outputs.options.len();
    // Growth and its case beside the estimates, each cut into twentieths; what is lived again has a block of its own.
    let cut = ((plan.inputs.len() + 2) * TWENTIETHS * options) as u64 * BYTES_SUMMED;
    let deciding = if request.deciders.is_some() { cut } else { 0 };
    let bytes_per_thread = columns * BYTES_COLUMN + sinks + deciding;
    let threads = request.threads.max(1) as u64;
    let trials = request.trials.end.saturating_sub(request.trials.start);
    let kept = trials * request.columns.len() as u64 * 8;
    let grid = crate::plan::ln_sizes().len() as f64;
    let steps = (plan.advance.len() + plan.monthly.len()) as f64 * f64::from(plan.months + plan.as_of)
        + plan.sizes.len() as f64 * grid
        + plan.once.len() as f64;
    let sinking = sums.len() as f64 * months as f64 * NANOSECONDS_A_SUM;
    let seconds = trials as f64 * (steps * NANOSECONDS_A_STEP + sinking) / 1e9 / threads as f64;
    Size { columns, bytes_per_thread, bytes: bytes_per_thread.saturating_mul(threads + 1) + kept, seconds }
}

/// Bytes of a thread for a plan that is not compiled yet and will have about so many columns: the least it can be.
#[must_use]
pub const fn bytes_of_columns(columns: u64) -> u64 {
    columns.saturating_mul(BYTES_COLUMN)
}

/// Everything that a run may keep is kept: what a size is judged by where nobody asked yet.
#[must_use]
pub const fn whole(trials: u64, seed: crate::units::Seed, threads: usize) -> Request {
    Request { trials: 0..trials, seed, threads, quantiles: Quantiles::All, columns: Vec::new(), deciders: None }
}

/// Incidents of one class in its busiest month, where growth, rate and what they scale with are all at their P90: each
/// of them is drawn on its own, so that many of them are as much work and memory as many columns.
#[must_use]
pub fn busiest_month(scenario: &Scenario) -> f64 {
    let high = |estimate: &Estimate| estimate.law.quantile(0.9);
    let months = f64::from(scenario.months + scenario.as_of_months_before);
    let trend = |case: &GrowthCase| {
        let growth = match &case.growth {
            Growth::PerMonth(growth) => elementary::ln_1p(high(growth)),
            Growth::Continuous(growth) => high(growth),
        };
        let fades_after = case.half_life_months.as_ref().map_or(months, |h| high(h) / std::f64::consts::LN_2 + 1.0);
        let ceiling = case.saturation_times.as_ref().map_or(f64::INFINITY, high);
        elementary::exp((growth * months.min(fades_after)).min(700.0)).min(ceiling)
    };
    let demand = scenario.demand.cases.iter().map(trend).fold(1.0, f64::max);
    let exponent = |class: &IncidentClass| {
        let Some(driver) = class.driver else { return 0.0 };
        let own = match &scenario.driver(driver).kind {
            DriverKind::Flow { elasticity, .. } | DriverKind::Stock { elasticity, .. } => high(elasticity),
            DriverKind::Derived { .. } => 1.0,
        };
        high(&class.elasticity) * own
    };
    let practice = |class: &IncidentClass| class.learning.as_ref().map_or(1.0, |learning| 1.0 + high(&learning.extra));
    let of = |class: &IncidentClass| {
        // A falling exponent on a falling demand counts too, but nothing falls as far as things grow.
        let scale = elementary::exp((elementary::ln(demand) * exponent(class)).clamp(0.0, 700.0));
        high(&class.rate_per_month) * practice(class) * scale
    };
    let classes = scenario.platforms.iter().flat_map(|platform| &platform.incidents);
    classes.map(of).fold(0.0, f64::max)
}

/// Bytes that the incidents of one month take in a block: lane, word, parameters, length.
#[must_use]
pub fn bytes_of_incidents(busiest_month: f64) -> u64 {
    (busiest_month * LANES as f64 * 32.0) as u64
}
