//! When folk signals fire in an option.

use super::builder::Builder;
use super::driver::Drivers;
use super::event;
use super::op::{Binary, Col, Exact, Op};
use super::requirement;
use crate::model::{Fact, RequirementId, Side, Signal, WayToRun};
use crate::units::WEEKS_PER_MONTH;

/// A folk signal in an option.
#[derive(Debug, Clone)]
pub struct SignalColumn {
    /// Which.
    pub signal: Signal,
    /// The option, by its place.
    pub option: usize,
    /// The first month at whose end it had fired: 0 by what is read today, −1 until it has.
    pub month: Col,
}

/// Months in which a class of incidents strikes twice.
const MONTHS_OF_TWO: u32 = 3;

/// The least number above one.
pub const ABOVE_ONE: f64 = 1.0 + f64::EPSILON;

/// What a signal looks at.
struct Watched {
    reading: Col,
    /// Its as-of reading, where it has one.
    today: Option<Col>,
    side: Side,
    mark: f64,
    months: u32,
}

impl Watched {
    const fn above(mark: f64, reading: Col, today: Option<Col>) -> Self {
        Self { reading, today, side: Side::Above, mark, months: 1 }
    }
}

/// The columns of all signals that the file says enough for; `toil`, `know` and `struck` are the option's.
pub(super) fn lower(
    b: &mut Builder,
    drivers: &Drivers,
    option: &WayToRun,
    (toil, know): (Option<Col>, Option<Col>),
    struck: &[(String, Col)],
) -> Vec<(Signal, Col)> {
    let scenario = b.scenario;
    let ended = event::product_ends(b);
    let mut all = Vec::new();
    for signal in Signal::ALL.into_iter().filter(|signal| signal.missing(scenario, option).is_none()) {
        let Some(watched) = watched(b, drivers, signal, (toil, know, struck)) else { continue };
        let Watched { reading, today, side, mark, months } = watched;
        let month = b.emit(Op::Fired { reading, today, side, mark: Exact::new(mark), months, ended });
        b.name(format!("option.{}.signal.{}", option.name, signal.name()), month);
        all.push((signal, month));
    }
    all
}

fn watched(
    b: &mut Builder,
    drivers: &Drivers,
    signal: Signal,
    (toil, know, struck): (Option<Col>, Option<Col>, &[(String, Col)]),
) -> Option<Watched> {
    let people = &b.scenario.people;
    let fact =
        |b: &mut Builder, fact, mark| drivers.fact(b, fact).map(|(now, today)| Watched::above(mark, now, Some(today)));
    match signal {
        Signal::EngineersPerCodebase => fact(b, Fact::EngineersPerCodebase, 5.0),
        Signal::SlowCi => fact(b, Fact::CiMinutes, 15.0),
        Signal::Services => fact(b, Fact::Services, 1.0),
        Signal::Regions => fact(b, Fact::Regions, 1.0),
        // At most one: below the least number above one.
        Signal::OnePerson => {
            let watched = fact(b, Fact::KnowProduction, ABOVE_ONE)?;
            Some(Watched { side: Side::Below, reading: know.unwrap_or(watched.reading), ..watched })
        }
        Signal::DeploysPerWeek => {
            let id = people.deploys?;
            let times = b.constant(b.scenario.driver(id).times_a_month / WEEKS_PER_MONTH);
            let [now, today] = [drivers.now(id), drivers.today(id)].map(|reading| b.mul(times, reading));
            Some(Watched::above(10.0, now, Some(today)))
        }
        Signal::FifteenPercentOperations => Some(Watched { months: 3, ..Watched::above(0.15, toil?, None) }),
        Signal::TwentyPercentOperations => Some(Watched { months: 3, ..Watched::above(0.20, toil?, None) }),
        Signal::Compliance => {
            let mut on = b.zero();
            for place in 0..b.scenario.requirements.len() {
                let own = requirement::on(b, RequirementId(place));
                on = b.binary(Binary::Max, on, own);
            }
            Some(Watched::above(0.5, on, None))
        }
        Signal::IncidentTwice => {
            let one = b.one();
            let mut flags = Vec::new();
            for (_, count) in struck {
                let twice = b.emit(Op::Twice { count: *count, months: MONTHS_OF_TWO });
                flags.push((one, twice.plus(1)));
            }
            Some(Watched::above(0.5, b.sum(flags), None))
        }
    }
}
