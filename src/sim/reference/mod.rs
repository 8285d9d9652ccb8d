//! The twin: one trial and one month at a time, slow and obvious, written from MODEL.md and not from the kernel. Reads
//! the scenario, not the plan, and consumes the same uniforms; a test compares the quantities both name.

mod contract;
mod cover;
mod debt;
mod decided;
mod estimate;
mod event;
mod friction;
mod incident;
mod ladder;
mod line;
mod loss;
mod option;
mod project;
mod signal;
mod steady;
mod trigger;

use std::cell::Cell;

use super::source::{ONCE, Source};
use super::trace::Trace;
use crate::math::elementary::{exp, ln, ln_1p, normal_quantile, pow};
use crate::model::{DriverId, DriverKind, Growth, Learning, Scenario, Sizing, UnitsOf, UnitsScheme};

/// One possible future.
struct Twin<'a> {
    scenario: &'a Scenario,
    source: &'a Source,
    trial: u64,
    /// The month of each event; infinite where it does not happen.
    events: Vec<f64>,
    /// Readings of every driver by months since as-of, not yet cut to whole pieces or split.
    demand: Vec<Demand>,
    drivers: Vec<Vec<f64>>,
    /// As of which month figures are that an option changes: 0 before all of them, infinite after all of them.
    at: Cell<f64>,
}

#[derive(Clone, Copy)]
struct Demand {
    trend: f64,
    /// What events make of it.
    events: f64,
    seasoned: f64,
}

/// Lives one trial through and gives every quantity that the plan names, by the same paths.
#[must_use]
pub fn trial(scenario: &Scenario, source: &Source, trial: u64) -> Trace {
    let mut twin = Twin {
        scenario,
        source,
        trial,
        events: Vec::new(),
        demand: Vec::new(),
        drivers: Vec::new(),
        at: Cell::new(0.0),
    };
    twin.events = twin.live_events();
    twin.demand = twin.live_demand();
    twin.drivers = (0..scenario.drivers.len()).map(|id| twin.live_driver(DriverId(id))).collect();
    let mut trace = Trace::new();
    for m in 1..=scenario.months {
        let j = (scenario.as_of_months_before + m - 1) as usize;
        let mut note = |path: String, value: f64| trace.entry(path).or_default().push(value);
        note("demand.ln_trend".into(), ln(twin.demand[j].trend));
        note("demand.ln_events".into(), ln(twin.demand[j].events));
        note("demand.index".into(), twin.demand[j].seasoned);
        note("people.hour".into(), twin.hour(m));
        for (id, driver) in scenario.drivers.iter().enumerate() {
            note(format!("driver.{}", driver.name), twin.drivers[id][j]);
        }
        twin.note_events(m, &mut note);
    }
    let lived: Vec<_> = scenario.options.iter().map(|option| (option, twin.live_option(option, &mut trace))).collect();
    twin.note_decided(&lived, &mut trace);
    trace
}

impl<'a> Twin<'a> {
    /// Trend × noise, season beside it, from the as-of month to the horizon.
    fn live_demand(&self) -> Vec<Demand> {
        let scenario = self.scenario;
        let n = scenario.as_of_months_before;
        let mut pick = self.uniform("demand.case", ONCE);
        let mut case = scenario.demand.cases.last().expect("a scenario has a growth case");
        for candidate in &scenario.demand.cases {
            if pick <= candidate.weight {
                case = candidate;
                break;
            }
            pick -= candidate.weight;
        }
        let log_growth = match &case.growth {
            Growth::PerMonth(g) => ln_1p(self.value(g)),
            Growth::Continuous(g) => self.value(g),
        };
        let half_life = case.half_life_months.as_ref().map(|h| self.value(h));
        let ceiling = case.saturation_times.as_ref().map(|k| self.value(k));
        let sigma = case.volatility.as_ref().map_or(0.0, |s| self.value(s));
        let season = |j: u32| scenario.demand.season[scenario.start.plus(j as i32 - n as i32).index()];
        let mut noise = 1.0;
        let mut months = Vec::new();
        for j in 0..n + scenario.months {
            // G = ln(1+g) · Σ over i < j of 2^(−i/h)
            let faded: f64 = (0..j).map(|i| half_life.map_or(1.0, |h| pow(0.5, f64::from(i) / h))).sum();
            let g = log_growth * faded;
            let trend = match ceiling {
                Some(k) if log_growth > 0.0 => k / (1.0 + (k - 1.0) * exp(-g * k / (k - 1.0))),
                _ => exp(g),
            };
            if j > 0 {
                let z = normal_quantile(self.uniform("demand.noise", j));
                noise *= exp(sigma * z - sigma * sigma / 2.0);
            }
            let events = self.demand_by_events(j);
            months.push(Demand { trend, events, seasoned: trend * events * noise * season(j) / season(0) });
        }
        months
    }

    /// A driver's readings, whole pieces where it comes in them.
    fn live_driver(&self, id: DriverId) -> Vec<f64> {
        let driver = self.scenario.driver(id);
        let raw: Vec<f64> = match &driver.kind {
            DriverKind::Flow { today, elasticity, own_growth } => {
                let (today, elasticity, own) = (self.value(today), self.value(elasticity), self.value(own_growth));
                let mut highest: f64 = 1.0;
                let follow = |(j, demand): (usize, &Demand)| {
                    highest = highest.max(pow(demand.trend * demand.events, elasticity));
                    let follows = if driver.people { highest } else { pow(demand.seasoned, elasticity) };
                    today * follows * pow(1.0 + own, j as f64 / 12.0)
                };
                self.demand.iter().enumerate().map(follow).collect()
            }
            DriverKind::Stock { today, inflow, purge, elasticity } => {
                let (mut level, inflow) = (self.value(today), self.value(inflow));
                let (purge, elasticity) = (self.value(purge), self.value(elasticity));
                let step = |demand: &Demand| {
                    let opening = level;
                    level = level * (1.0 - purge) + inflow * pow(demand.seasoned, elasticity);
                    opening
                };
                self.demand.iter().map(step).collect()
            }
            DriverKind::Derived { terms } => {
                let parts: Vec<(f64, Vec<f64>)> =
                    terms.iter().map(|(of, times)| (self.value(times), self.live_driver(*of))).collect();
                (0..self.demand.len()).map(|j| parts.iter().map(|(times, of)| times * of[j]).sum()).collect()
            }
            DriverKind::PerUnits { terms } => {
                let loads: Vec<Vec<f64>> =
                    terms.iter().map(|(of, _)| self.live_driver(self.sized(of).driver)).collect();
                let units = |of: &UnitsOf, load: f64, j: usize| match &self.sized(of).sizing {
                    Sizing::Today(units) if j == 0 && load == self.today(self.sized(of).driver) => self.value(units),
                    _ => self.units_for(self.sized(of), load),
                };
                let all = |j: usize| {
                    terms.iter().zip(&loads).map(|((of, each), load)| self.value(each) * units(of, load[j], j)).sum()
                };
                (0..self.demand.len()).map(all).collect()
            }
        };
        raw.into_iter().map(|x| if driver.whole { ceil(x) } else { x }).collect()
    }

    fn j(&self, m: u32) -> usize {
        (self.scenario.as_of_months_before + m - 1) as usize
    }

    /// Dollars an hour in month m.
    fn hour(&self, m: u32) -> f64 {
        let people = &self.scenario.people;
        self.value(&people.loaded_hour) * pow(1.0 + self.value(&people.raise), f64::from(m - 1) / 12.0)
    }

    /// (X/X_0)^elasticity.
    fn scale(&self, driver: Option<DriverId>, elasticity: f64, m: u32) -> f64 {
        driver.map_or(1.0, |id| pow(self.drivers[id.0][self.j(m)] / self.today(id), elasticity))
    }

    /// The as-of reading.
    fn today(&self, id: DriverId) -> f64 {
        let driver = self.scenario.driver(id);
        let raw = match &driver.kind {
            DriverKind::Flow { today, .. } | DriverKind::Stock { today, .. } => self.value(today),
            DriverKind::Derived { terms } => terms.iter().map(|(of, times)| self.value(times) * self.today(*of)).sum(),
            DriverKind::PerUnits { terms } => {
                let units = |of: &UnitsOf| match &self.sized(of).sizing {
                    Sizing::Today(units) => self.value(units),
                    Sizing::Capacity(_) => self.units_for(self.sized(of), self.today(self.sized(of).driver)),
                };
                terms.iter().map(|(of, each)| self.value(each) * units(of)).sum()
            }
        };
        if driver.whole { ceil(raw) } else { raw }
    }

    fn sized(&self, of: &UnitsOf) -> &UnitsScheme {
        self.scenario.units_of(of).expect("a line with units")
    }

    fn learning(&self, learning: Option<&Learning>, since: Option<f64>) -> f64 {
        match (learning, since) {
            (Some(l), Some(k)) => 1.0 + self.value(&l.extra) * pow(0.5, k / self.value(&l.half_life_months)),
            _ => 1.0,
        }
    }
}

/// The least integer not below x but for rounding error.
fn ceil(x: f64) -> f64 {
    if x.is_infinite() { x } else { (x - 1e-9 * x.abs().max(1.0)).ceil() }
}
