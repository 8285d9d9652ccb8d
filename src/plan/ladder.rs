use super::builder::{Builder, ceil, index};
use super::driver::Drivers;
use super::in_force;
use super::line::{Life, Place};
use super::op::{Col, Exact, Memory, Op};
use crate::model::{Counted, DriverId, InForce, LadderScheme, Side};

/// A ladder, and when it is in force.
type Ladder<'a> = (&'a LadderScheme, &'a InForce);

/// What a plan holds of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Limit {
    stated: Exact,
    most: Exact,
}

impl Limit {
    /// As stated, at least 0 or infinite.
    #[must_use]
    pub fn new(stated: f64) -> Self {
        Self { stated: Exact::new(stated), most: Exact::new(most(stated)) }
    }

    /// As stated.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.stated.get()
    }

    /// The largest need that fits: a little above what is stated, since rounding error buys nothing (MODEL.md §3). To compare
    /// with it is to divide by the limit, round up and compare with 1.
    #[must_use]
    pub const fn most(self) -> f64 {
        self.most.get()
    }
}

/// The largest need of which ⌈need/limit⌉ is at most 1, found by halving: both grow with the need.
fn most(limit: f64) -> f64 {
    let fits = |need: f64| ceil(need / limit) <= 1.0 || need / limit <= 0.0 || (need / limit).is_nan();
    if fits(f64::MAX) {
        return f64::INFINITY;
    }
    let (mut fit, mut too_large) = (0_u64, f64::MAX.to_bits());
    while too_large - fit > 1 {
        let middle = fit + (too_large - fit) / 2;
        if fits(f64::from_bits(middle)) { fit = middle } else { too_large = middle }
    }
    f64::from_bits(fit)
}

/// Dollars of a ladder's month in full service.
pub(super) fn lower(b: &mut Builder, drivers: &Drivers, ladder: Ladder, place: &Place) -> Col {
    let rung = rung(b, drivers, ladder, place);
    let prices = ladder.0.plans.iter().map(|plan| b.estimate(&plan.price)).collect();
    b.emit(Op::RungPrice { rung, prices })
}

/// First month above the last plan, −1 before it.
pub(super) fn wall(b: &mut Builder, drivers: &Drivers, ladder: Ladder, place: &Place) -> Col {
    let rung = rung(b, drivers, ladder, place);
    let service = service(b, ladder.1, place);
    b.emit(Op::Wall { rung, plans: index(ladder.0.plans.len()), service })
}

/// 1 where more is needed than the last plan holds in a steady month, else 0.
pub(super) fn wall_at_a_size(b: &mut Builder, drivers: &Drivers, ladder: Ladder, place: &Place) -> Col {
    let rung = rung(b, drivers, ladder, place);
    let last = Exact::new((ladder.0.plans.len() - 1) as f64);
    let beyond = b.emit(Op::Beyond { reading: rung, side: Side::Above, mark: last });
    let counts = in_force::steady_weight(b, ladder.1);
    b.mul(counts, beyond)
}

/// The rung of the month. What is remembered from before month 1 is of the whole load: nothing has left by then.
fn rung(b: &mut Builder, drivers: &Drivers, (ladder, in_force): Ladder, place: &Place) -> Col {
    let plans: Vec<Vec<Limit>> =
        ladder.plans.iter().map(|plan| plan.limits.iter().map(|limit| Limit::new(*limit)).collect()).collect();
    let here = needs(b, ladder, place.load);
    let memory = match place.life {
        Life::Steady => Memory::None,
        Life::Months => {
            let start = place.moved.filter(|_| !in_force.begins_later()).map(|_| {
                let whole = needs(b, ladder, &|_: &mut Builder, id| drivers.now(id));
                let memory = Memory::SinceAsOf { descends: ladder.descends };
                b.emit(Op::Rung { needs: whole, plans: plans.clone(), memory }).plus(1)
            });
            let nothing = b.zero();
            let descends_until = ladder.descends.then(|| place.moved.unwrap_or(nothing));
            Memory::InService { start, descends_until, service: service(b, in_force, place) }
        }
    };
    b.emit(Op::Rung { needs: here, plans, memory })
}

/// The part of the month in service, nothing where the line is not in force.
fn service(b: &mut Builder, in_force: &InForce, place: &Place) -> Col {
    let counts = in_force::weight(b, in_force);
    b.mul(counts, place.service)
}

/// What must fit, limit by limit.
fn needs(b: &mut Builder, ladder: &LadderScheme, load: &dyn Fn(&mut Builder, DriverId) -> Col) -> Vec<Col> {
    let needs = ladder.needs.iter().map(|need| match &need.of {
        Counted::Driver(id) => load(b, *id),
        Counted::Number(amount) => b.estimate(amount),
    });
    needs.collect()
}

#[cfg(test)]
mod tests {
    use super::{Limit, ceil};

    #[test]
    fn the_next_number_above_the_most_that_fits_does_not() {
        for limit in [1e-300, 0.3, 1.0, 64.0, 120.0, 1_024.0, 1e9, 3.3e15] {
            let most = Limit::new(limit).most();
            assert!(ceil(most / limit) <= 1.0 && ceil(most.next_up() / limit) > 1.0, "{limit}: {most}");
            assert!(most > limit && most < limit * (1.0 + 1.1e-9), "{limit}: {most}");
        }
        assert_eq!([0.0, f64::INFINITY].map(|limit| Limit::new(limit).most()), [0.0, f64::INFINITY]);
    }
}
