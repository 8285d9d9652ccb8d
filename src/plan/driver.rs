use super::builder::Builder;
use super::demand::Demand;
use super::line;
use super::op::{Binary, Clock, Col, Op, Unary};
use super::part;
use crate::model::{Counted, Driver, DriverId, DriverKind, Estimate, Fact, Sizing, UnitsOf};

/// Where the drivers stand, by [`DriverId`].
pub(super) struct Drivers {
    columns: Vec<Lowered>,
}

#[derive(Clone, Copy)]
struct Lowered {
    now: Col,
    today: Col,
}

impl Drivers {
    /// Drivers whose reading and as-of reading stand in given columns.
    pub(super) fn from_readings(readings: Vec<(Col, Col)>) -> Self {
        Self { columns: readings.into_iter().map(|(now, today)| Lowered { now, today }).collect() }
    }

    /// The driver's reading of the month.
    pub(super) fn now(&self, id: DriverId) -> Col {
        self.columns[id.0].now
    }

    /// Its reading of the as-of month.
    pub(super) fn today(&self, id: DriverId) -> Col {
        self.columns[id.0].today
    }

    /// What is said of the team, in the month and in the as-of month; `None` where nothing is.
    pub(super) fn fact(&self, b: &mut Builder, fact: Fact) -> Option<(Col, Col)> {
        let people = &b.scenario.people;
        let (now, today) = match fact.said(people)? {
            Counted::Driver(id) => (self.now(*id), self.today(*id)),
            Counted::Number(number) => {
                let number = b.estimate(number);
                (number, number)
            }
        };
        if fact != Fact::EngineersPerCodebase {
            return Some((now, today));
        }
        let engineers = people.engineers?;
        Some((part::share_of(b, self.now(engineers), now), part::share_of(b, self.today(engineers), today)))
    }

    /// Something for each of what some drivers count in the month, added up.
    pub(super) fn per(&self, b: &mut Builder, terms: &[(DriverId, Estimate)]) -> Col {
        let one_by_one = terms.iter().map(|(id, each)| {
            let each = b.estimate(each);
            let times = b.constant(b.scenario.driver(*id).times_a_month);
            (each, b.mul(times, self.now(*id)))
        });
        let terms = one_by_one.collect();
        b.sum(terms)
    }

    /// (X/X_0)^elasticity, 1 without a driver.
    pub(super) fn scale(&self, b: &mut Builder, id: Option<DriverId>, elasticity: Col) -> Col {
        let Some(id) = id else { return b.one() };
        let ratio = b.div(self.now(id), self.today(id));
        b.binary(Binary::Pow, ratio, elasticity)
    }
}

/// Lowers all drivers, those that others derive from first.
pub(super) fn lower(b: &mut Builder, demand: &Demand) -> Drivers {
    let scenario = b.scenario;
    let mut done: Vec<Option<Lowered>> = vec![None; scenario.drivers.len()];
    for id in 0..scenario.drivers.len() {
        lower_one(b, demand, DriverId(id), &mut done);
    }
    let columns: Vec<Lowered> = done
        .into_iter()
        .map(|d| d.expect("Invariant: the checker refuses cycles, so every driver is reached"))
        .collect();
    for (driver, lowered) in scenario.drivers.iter().zip(&columns) {
        b.name(format!("driver.{}", driver.name), lowered.now);
    }
    Drivers { columns }
}

fn lower_one(b: &mut Builder, demand: &Demand, id: DriverId, done: &mut Vec<Option<Lowered>>) -> Lowered {
    if let Some(lowered) = done[id.0] {
        return lowered;
    }
    let driver = b.scenario.driver(id);
    let raw = match &driver.kind {
        DriverKind::Flow { today, elasticity, own_growth } => {
            let today = b.estimate(today);
            let elasticity = b.estimate(elasticity);
            let own_growth = b.estimate(own_growth);
            let log_rate = b.ln_1p(own_growth);
            let factor =
                if driver.people { people_factor(b, demand, elasticity) } else { demand_factor(b, demand, elasticity) };
            let now = b.mul(today, factor);
            Lowered { now: drift(b, now, log_rate), today }
        }
        DriverKind::Stock { today, inflow, purge, elasticity } => {
            let today = b.estimate(today);
            let purge = b.estimate(purge);
            let inflow = b.estimate(inflow);
            let elasticity = b.estimate(elasticity);
            let factor = demand_factor(b, demand, elasticity);
            let inflow = b.mul(inflow, factor);
            Lowered { now: b.emit(Op::Stock { today, purge, inflow }), today }
        }
        DriverKind::Derived { terms } => {
            let mut now = Vec::new();
            let mut today = Vec::new();
            for (of, times) in terms {
                let of = lower_one(b, demand, *of, done);
                let times = b.estimate(times);
                now.push((times, of.now));
                today.push((times, of.today));
            }
            Lowered { now: b.sum(now), today: b.sum(today) }
        }
        DriverKind::PerUnits { terms } => {
            let zero = Some(b.zero());
            let reading = |b: &mut Builder, id| {
                let Lowered { now, today } = lower_one(b, demand, id, done);
                (now, today)
            };
            let (now, today) = per_units(b, terms, reading, zero);
            Lowered { now, today }
        }
    };
    let lowered = whole(b, driver, raw);
    done[id.0] = Some(lowered);
    lowered
}

/// So many for each unit of some lines, in the month and in the as-of month, of whose drivers the readings are given; `moved` is 0 where
/// the as-of month runs what is stated.
pub(super) fn per_units(
    b: &mut Builder,
    terms: &[(UnitsOf, Estimate)],
    mut reading: impl FnMut(&mut Builder, DriverId) -> (Col, Col),
    moved: Option<Col>,
) -> (Col, Col) {
    let (mut now, mut today) = (Vec::new(), Vec::new());
    for (of, each) in terms {
        let scheme = b.scenario.units_of(of).expect("Invariant: the checker refuses lines that have no units");
        let (load, load_today) = reading(b, scheme.driver);
        let each = b.estimate(each);
        now.push((each, line::units_for(b, scheme, |_| (load, load_today), moved)));
        let units_today = match &scheme.sizing {
            Sizing::Today(units) => b.estimate(units),
            Sizing::Capacity(_) => line::units_for(b, scheme, |_| (load_today, load_today), None),
        };
        today.push((each, units_today));
    }
    (b.sum(now), b.sum(today))
}

fn whole(b: &mut Builder, driver: &Driver, raw: Lowered) -> Lowered {
    if !driver.whole {
        return raw;
    }
    Lowered { now: b.unary(Unary::Ceil, raw.now), today: b.unary(Unary::Ceil, raw.today) }
}

/// (S·D)^elasticity.
fn demand_factor(b: &mut Builder, demand: &Demand, elasticity: Col) -> Col {
    match b.value(elasticity) {
        Some(1.0) => demand.seasoned,
        Some(0.0) => b.one(),
        _ => {
            let log = b.mul(elasticity, demand.ln_seasoned);
            b.unary(Unary::Exp, log)
        }
    }
}

/// The running maximum of the power of trend and events: no season, no monthly noise.
fn people_factor(b: &mut Builder, demand: &Demand, elasticity: Col) -> Col {
    let log = b.mul(elasticity, demand.ln_level);
    let highest = b.emit(Op::RunningMax { a: log });
    b.unary(Unary::Exp, highest)
}

fn drift(b: &mut Builder, base: Col, log_rate: Col) -> Col {
    if log_rate == b.zero() { base } else { b.emit(Op::Drift { base, log_rate, clock: Clock::AsOf }) }
}
