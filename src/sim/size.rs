//! How large a run will be, before any of its memory is asked for.

use super::block::LANES;
use super::kept::{self, Kept};
use super::ops::Pool;
use super::totals::until;
use super::{Quantiles, Request, SIZED};
use crate::math::elementary;
use crate::model::{
    Debt, DriverId, DriverKind, Estimate, Frequency, Growth, GrowthCase, IncidentClass, Platform, Scenario, Sizing,
    UnitsOf, UnitsScheme,
};
use crate::plan::Plan;
use crate::plan::unknown::TWENTIETHS;

/// What a run will take.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// Columns of a block.
    pub columns: u64,
    /// Bytes that a thread holds: its block with the incidents that are drawn at a time, and its sums.
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
/// Nanoseconds of one incident and its length, estimated.
const NANOSECONDS_AN_INCIDENT: f64 = 4.0;
/// Nanoseconds of one amount of a month joining its sum, estimated.
const NANOSECONDS_A_SUM: f64 = 3.0;

/// What a run of a plan will take.
#[must_use]
pub fn size(plan: &Plan, request: &Request) -> Size {
    let sums = kept::wanted(plan, request.quantiles);
    let count = |what: Kept| sums.values().flatten().filter(|kept| **kept == what).count() as u64;
    let (sketched, summed) = (count(Kept::Quantiles), count(Kept::Sums));
    let sinks = sketched * BYTES_SKETCHED + (summed + count(Kept::Nothing)) * BYTES_SUMMED;
    let columns = u64::from(plan.columns);
    let options = plan.outputs.options.len();
    // Growth and its case beside the estimates, each cut into twentieths; what is lived again has a block of its own.
    let cut = ((plan.inputs.len() + plan.files.len() + 2) * TWENTIETHS * options) as u64 * BYTES_SUMMED;
    let deciding = if request.deciders.is_some() { cut } else { 0 };
    let bytes_per_thread = columns * BYTES_COLUMN + Pool::BYTES + sinks + deciding;
    let threads = request.threads.max(1) as u64;
    let trials = request.trials.end.saturating_sub(request.trials.start);
    let totals = if request.deciders.is_some() { until(&(0..trials)) } else { 0 };
    let columns_kept = (trials * request.columns.len() as u64 + totals * options as u64) * 8;
    let grid = crate::plan::ln_sizes().len() as f64;
    let steps = (plan.advance.len() + plan.monthly.len()) as f64 * f64::from(plan.months + plan.as_of)
        + plan.sizes.len() as f64 * grid * (SIZED as f64 / trials.max(1) as f64).min(1.0)
        + plan.once.len() as f64;
    let sinking = (sketched + summed) as f64 * NANOSECONDS_A_SUM;
    let seconds = trials as f64 * (steps * NANOSECONDS_A_STEP + sinking) / 1e9 / threads as f64;
    Size { columns, bytes_per_thread, bytes: bytes_per_thread.saturating_mul(threads + 1) + columns_kept, seconds }
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

/// Incidents of one class in its busiest month, where growth, rate and what they scale with are all at their P90, debt
/// is full and every event that adds demand has happened: each of them is drawn on its own, so that many of them are as much work as many columns. They take no more
/// memory than few.
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
    let events = scenario.events.iter().filter_map(|event| event.demand.as_ref());
    let events: f64 = events.map(|times| high(times).max(1.0)).product();
    let demand = scenario.demand.cases.iter().map(trend).fold(1.0, f64::max) * events;
    // A falling exponent on a falling demand counts too, but nothing falls as far as things grow.
    let grown = |exponent: f64| elementary::exp((elementary::ln(demand) * exponent).clamp(0.0, 700.0));
    let own = |driver: DriverId| match &scenario.driver(driver).kind {
        DriverKind::Flow { elasticity, .. } | DriverKind::Stock { elasticity, .. } => high(elasticity),
        DriverKind::Derived { .. } | DriverKind::PerUnits { .. } => 1.0,
    };
    let number = |class: &IncidentClass| match &class.frequency {
        Frequency::Monthly { today, driver: None, .. } => high(today),
        Frequency::Monthly { today, driver: Some(driver), elasticity } => {
            high(today) * grown(high(elasticity) * own(*driver))
        }
        Frequency::Constant(rate) => high(rate),
        Frequency::Per(terms) => {
            let each = |(driver, each): &(DriverId, Estimate)| {
                high(each) * scenario.driver(*driver).times_a_month * high_reading(scenario, *driver, months, &grown)
            };
            terms.iter().map(each).sum()
        }
    };
    let practice = |class: &IncidentClass| class.learning.as_ref().map_or(1.0, |learning| 1.0 + high(&learning.extra));
    let of = |class: &IncidentClass| number(class) * practice(class);
    let full = |debt: &Debt| {
        let most = high(&debt.at_full_incidents);
        (1.0 + most) / (1.0 + most * debt.today.law.quantile(0.1))
    };
    let on = |platform: &Platform| {
        let debt = platform.debt.as_ref().map_or(1.0, full);
        platform.incidents.iter().map(|class| of(class) * debt).fold(0.0, f64::max)
    };
    scenario.platforms.iter().map(on).fold(0.0, f64::max)
}

/// What a driver reads after so many months where all that it follows is at its P90; `grown` is what demand to a power
/// comes to. Drivers do not follow each other in a ring.
fn high_reading(scenario: &Scenario, id: DriverId, months: f64, grown: &dyn Fn(f64) -> f64) -> f64 {
    let high = |estimate: &Estimate| estimate.law.quantile(0.9);
    match &scenario.driver(id).kind {
        DriverKind::Flow { today, elasticity, own_growth } => {
            let of_its_own = elementary::ln_1p(high(own_growth)).max(0.0) * months / 12.0;
            high(today) * grown(high(elasticity)) * elementary::exp(of_its_own.min(700.0))
        }
        DriverKind::Stock { today, inflow, elasticity, .. } => {
            high(today) + high(inflow) * grown(high(elasticity)) * months
        }
        DriverKind::Derived { terms } => {
            terms.iter().map(|(of, times)| high(times) * high_reading(scenario, *of, months, grown)).sum()
        }
        DriverKind::PerUnits { terms } => {
            let units = |of: &UnitsOf| {
                let Some(UnitsScheme { driver, sizing, headroom, peak, at_least, .. }) = scenario.units_of(of) else {
                    return 0.0;
                };
                let reads = high_reading(scenario, *driver, months, grown);
                let needed = match sizing {
                    Sizing::Capacity(one) => reads * (1.0 + high(headroom)) * high(peak) / one.law.quantile(0.1),
                    Sizing::Today(units) => high(units) * reads / high_reading(scenario, *driver, 0.0, &|_| 1.0),
                };
                needed.max(high(at_least)) + 1.0
            };
            terms.iter().map(|(of, each)| high(each) * units(of)).sum()
        }
    }
}

/// Seconds that so many incidents of a trial take to draw in so many trials, within a factor of about three.
#[must_use]
pub fn seconds_of_incidents(incidents: f64, trials: u64) -> f64 {
    incidents * trials as f64 * NANOSECONDS_AN_INCIDENT / 1e9
}
