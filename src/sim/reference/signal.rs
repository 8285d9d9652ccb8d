//! The twin of what is said of the team, and of folk signals.

use super::Twin;
use super::cover::Lived;
use crate::model::{Counted, DriverId, Fact, RequirementId, Signal, WayToRun};
use crate::units::WEEKS_PER_MONTH;

impl Twin<'_> {
    /// What is said of the team, drivers being at a reading.
    pub(super) fn fact_under(&self, fact: Fact, reading: &dyn Fn(DriverId) -> f64) -> f64 {
        let people = &self.scenario.people;
        let counted = |counted: Option<&Counted>| match counted {
            Some(Counted::Driver(id)) => reading(*id),
            Some(Counted::Number(number)) => self.value(number),
            None => f64::NAN,
        };
        match fact {
            Fact::Services => counted(people.services.as_ref()),
            Fact::Regions => counted(people.regions.as_ref()),
            Fact::Codebases => counted(people.codebases.as_ref()),
            Fact::CiMinutes => counted(people.ci_minutes.as_ref()),
            Fact::KnowProduction => counted(people.know_production.as_ref()),
            Fact::EngineersPerCodebase => {
                let codebases = counted(people.codebases.as_ref()).max(f64::MIN_POSITIVE);
                people.engineers.map_or(f64::NAN, |id| reading(id) / codebases)
            }
        }
    }

    /// The same in month m.
    pub(super) fn fact(&self, fact: Fact, m: u32) -> f64 {
        self.fact_under(fact, &|id: DriverId| self.drivers[id.0][self.j(m)])
    }

    /// The same in the as-of month.
    pub(super) fn fact_today(&self, fact: Fact) -> f64 {
        self.fact_under(fact, &|id: DriverId| self.today(id))
    }

    /// Notes the first month at whose end each signal had fired, as known at the end of month m.
    pub(super) fn note_signals(&self, option: &WayToRun, m: u32, lived: &mut Lived, note: &mut dyn FnMut(&str, f64)) {
        let known = Signal::ALL.into_iter().filter(|signal| signal.missing(self.scenario, option).is_none());
        for signal in known {
            let times = if m == 1 { vec![0, 1] } else { vec![m] };
            for time in times {
                let lives = time == 0 || f64::from(time) < self.product_ends();
                if !lived.fired.contains_key(&signal) && lives && self.fires(signal, time, lived) {
                    lived.fired.insert(signal, time);
                }
            }
            let month = lived.fired.get(&signal).map_or(-1.0, |month| f64::from(*month));
            note(&format!("signal.{}", signal.name()), month);
        }
    }

    /// Whether a signal fires at the end of a month, at 0 by what is read today.
    fn fires(&self, signal: Signal, time: u32, lived: &Lived) -> bool {
        let fact = |fact: Fact| if time == 0 { self.fact_today(fact) } else { self.fact(fact, time) };
        let toil =
            |mark: f64| time >= 3 && lived.toil[time as usize - 3..time as usize].iter().all(|toil| *toil > mark);
        match signal {
            Signal::EngineersPerCodebase => fact(Fact::EngineersPerCodebase) > 5.0,
            Signal::DeploysPerWeek => self.scenario.people.deploys.is_some_and(|id| {
                let reading = if time == 0 { self.today(id) } else { self.drivers[id.0][self.j(time)] };
                reading * self.scenario.driver(id).times_a_month / WEEKS_PER_MONTH > 10.0
            }),
            Signal::FifteenPercentOperations => toil(0.15),
            Signal::TwentyPercentOperations => toil(0.2),
            Signal::SlowCi => fact(Fact::CiMinutes) > 15.0,
            Signal::Compliance => {
                time > 0 && (0..self.scenario.requirements.len()).any(|id| self.is_asked_for(RequirementId(id), time))
            }
            Signal::Services => fact(Fact::Services) > 1.0,
            Signal::Regions => fact(Fact::Regions) > 1.0,
            Signal::IncidentTwice => lived.struck.keys().any(|(_, class)| lived.is_struck_twice(class, time, 3)),
            Signal::OnePerson if time == 0 => self.fact_today(Fact::KnowProduction) <= 1.0,
            Signal::OnePerson => lived.know[time as usize - 1] <= 1.0,
        }
    }
}
