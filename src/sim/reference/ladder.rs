//! The twin of the ladders: MODEL.md §4 and MODEL_DETAILS.md, first bill, a month at a time.

use std::collections::BTreeMap;

use super::option::Side;
use super::{Twin, ceil};
use crate::model::{Counted, DriverId, LadderScheme, Line};

/// What has been taken of a ladder: a plan, and how many of it.
#[derive(Clone, Copy)]
struct Taken {
    plan: usize,
    number: f64,
}

/// What one option's ladders remember, by the line's path.
#[derive(Default)]
pub(super) struct Ladders {
    taken: BTreeMap<String, Taken>,
    walls: BTreeMap<String, u32>,
}

impl Ladders {
    /// The month in which a line first hit its wall; −1 before it.
    pub(super) fn wall(&self, path: &str) -> f64 {
        self.walls.get(path).map_or(-1.0, |month| f64::from(*month))
    }
}

impl Twin<'_> {
    /// What a ladder costs in month m on a platform in full service.
    pub(super) fn ladder(&self, scheme: &LadderScheme, line: &Line, side: &Side, m: u32, memory: &mut Ladders) -> f64 {
        let path = format!("platform.{}.{}", side.platform.name, line.place());
        if side.service * self.counts(&line.in_force, m) <= 0.0 {
            memory.taken.remove(&path);
            return 0.0;
        }
        let lived_on_today = side.first_month.is_none();
        let before = match memory.taken.get(&path) {
            Some(taken) => Some(*taken),
            None if lived_on_today && m == 1 && !line.in_force.begins_later() => self.taken_before_month_1(scheme),
            None => None,
        };
        let leaving = lived_on_today && !(side.all_here)(line.moves);
        let kept = if scheme.descends && !leaving { None } else { before };
        let now = self.take(scheme, kept, &|id| (side.load)(id, line.moves));
        let above_the_last = now.plan == scheme.plans.len() - 1 && now.number > 1.0;
        if above_the_last && line.has_wall() {
            memory.walls.entry(path.clone()).or_insert(m);
        }
        memory.taken.insert(path, now);
        self.price_of(scheme, now)
    }

    /// What a ladder costs without memory, under given readings.
    pub(super) fn ladder_at_once(&self, scheme: &LadderScheme, reading: &dyn Fn(DriverId) -> f64) -> f64 {
        self.price_of(scheme, self.take(scheme, None, reading))
    }

    /// Whether more is needed than the last plan holds, without memory, under given readings.
    pub(super) fn is_above_at_once(&self, scheme: &LadderScheme, reading: &dyn Fn(DriverId) -> f64) -> bool {
        self.take(scheme, None, reading).number > 1.0
    }

    fn price_of(&self, scheme: &LadderScheme, taken: Taken) -> f64 {
        self.value(&scheme.plans[taken.plan].price) * taken.number
    }

    /// The as-of month's plan, and what the months between it and month 1 made of that.
    fn taken_before_month_1(&self, scheme: &LadderScheme) -> Option<Taken> {
        let mut taken = None;
        for j in 0..self.scenario.as_of_months_before.max(1) as usize {
            let before = if scheme.descends { None } else { taken };
            taken = Some(self.take(scheme, before, &|id: DriverId| self.drivers[id.0][j]));
        }
        taken
    }

    /// The cheapest plan that holds everything, not below what is kept; above the last, several of it.
    fn take(&self, scheme: &LadderScheme, kept: Option<Taken>, reading: &dyn Fn(DriverId) -> f64) -> Taken {
        let needs: Vec<f64> = scheme
            .needs
            .iter()
            .map(|need| match &need.of {
                Counted::Driver(id) => reading(*id),
                Counted::Number(amount) => self.value(amount),
            })
            .collect();
        let number = |plan: usize| {
            let ratios = needs.iter().zip(&scheme.plans[plan].limits).map(|(need, limit)| need / limit);
            ceil(ratios.fold(0.0, f64::max)).max(1.0)
        };
        let last = scheme.plans.len() - 1;
        let from = kept.map_or(0, |taken| taken.plan);
        let plan = (from..last).find(|plan| number(*plan) <= 1.0).unwrap_or(last);
        let number = if plan == last { number(last) } else { 1.0 };
        match kept {
            Some(taken) if taken.plan == plan => Taken { plan, number: number.max(taken.number) },
            _ => Taken { plan, number },
        }
    }
}
