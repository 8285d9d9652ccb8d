//! When layers of cover work, are paid and hire.

use super::Run;
use crate::model::{Condition, Consultant, Cover, Dedicated, Layer, LayerKind, Reading, Scenario, Side};
use crate::plan::builder::Builder;
use crate::plan::driver::Drivers;
use crate::plan::event;
use crate::plan::migration::Project;
use crate::plan::op::{Binary, Col, Exact, MisHire, Op, Seats, Unary};
use crate::plan::{requirement, trigger};

/// What conditions of layers read of their option, beside drivers.
pub(super) struct Seen<'t> {
    /// Developers' coverable hours in their working time, in the month before.
    pub(super) toil: Col,
    /// Mean invoice of the last three months to the end of the month before, where something waits for it.
    pub(super) bill: Option<Col>,
    /// First months in which walls are hit, −1 before that.
    pub(super) walls: Vec<Col>,
    /// Counts of incidents of the month, by class.
    pub(super) struck: &'t [(String, Col)],
}

/// Whether a layer that an option lives with waits for bills.
pub(super) fn reads_bill(scenario: &Scenario, own: usize, leaves: bool) -> bool {
    let is_bill = |condition: &Condition| matches!(condition, Condition::Reading { of: Reading::Bill, .. });
    layers(scenario, own, leaves).iter().any(|(layer, _)| layer.conditions().any(is_bill))
}

/// Layers that an option lives with at some time, and whether they are its own; those that have seats first.
pub(super) fn layers(scenario: &Scenario, own: usize, leaves: bool) -> Vec<(&Layer, bool)> {
    let option = &scenario.options[own];
    let is_home = own == scenario.baseline.0;
    let home = scenario.baseline().cover.layers.iter().filter(|_| !is_home);
    let home = home.filter(|layer| leaves || option.cover.goes_on.contains(&layer.name));
    let mut all: Vec<(&Layer, bool)> =
        home.map(|layer| (layer, false)).chain(option.cover.layers.iter().map(|layer| (layer, true))).collect();
    all.sort_by(|(one, _), (other, _)| (one.order, &one.name).cmp(&(other.order, &other.name)));
    all
}

pub(super) fn runs<'s>(
    b: &mut Builder<'s>,
    drivers: &Drivers,
    own: usize,
    project: Option<&Project>,
    seen: &Seen,
    with_seats: &[(&'s Layer, Seats)],
) -> Vec<Run<'s>> {
    let scenario = b.scenario;
    let all = layers(scenario, own, project.is_some());
    all.into_iter()
        .map(|layer| run(b, drivers, &scenario.options[own].cover, project, layer, (seen, with_seats)))
        .collect()
}

/// When a layer works, is paid and hires.
pub(super) fn run<'s>(
    b: &mut Builder<'s>,
    drivers: &Drivers,
    cover: &Cover,
    project: Option<&Project>,
    (layer, is_own): (&'s Layer, bool),
    (seen, with_seats): (&Seen, &[(&'s Layer, Seats)]),
) -> Run<'s> {
    let zero = b.zero();
    let mut begins = match &layer.begins {
        None => zero,
        Some(month) => {
            let (month, one) = (b.estimate(month), b.one());
            let month = b.unary(Unary::Round, month);
            b.sub(month, one)
        }
    };
    if let Some(project) = project.filter(|_| is_own) {
        begins = b.binary(Binary::Max, begins, project.start);
    }
    let list = if is_own { &cover.layers } else { &b.scenario.baseline().cover.layers };
    let filled =
        |place: usize| with_seats.iter().find(|(known, _)| known.path == list[place].path).map(|known| known.1);
    let mut ends = match layer.ends_when.as_slice() {
        [] => b.constant(f64::INFINITY),
        conditions => fires(b, drivers, conditions, seen, &filled),
    };
    // With the product everybody's work ends, and notice is given.
    ends = event::given_up(b, Some(ends)).unwrap_or(ends);
    let notice = b.estimate(&layer.notice_months);
    let notice = b.unary(Unary::Round, notice);
    let stays_paid = matches!(layer.kind, LayerKind::Dedicated(_)) && !cover.is_released;
    let on_its_own = b.add(ends, notice);
    let is_left = !is_own && !cover.goes_on.contains(&layer.name);
    if let Some(project) = project.filter(|_| is_left) {
        ends = b.binary(Binary::Min, ends, project.start);
    }
    let mut until = b.add(ends, notice);
    if let LayerKind::Consultant(Consultant { lasts_months: Some(lasts), .. }) = &layer.kind {
        let lasts = b.estimate(lasts);
        let lasts = b.unary(Unary::Round, lasts);
        let over = b.add(begins, lasts);
        until = b.binary(Binary::Min, until, over);
    }
    let paid_until = if stays_paid { on_its_own } else { until };
    let is_released = project.is_some() && is_left && cover.is_released;
    Run { layer, begins, until, paid_until, hires_until: ends, is_released }
}

/// The seats of all dedicated layers, in order.
pub(super) fn seats_of<'s>(
    b: &mut Builder<'s>,
    drivers: &Drivers,
    own: usize,
    project: Option<&Project>,
    seen: &Seen,
) -> Vec<(&'s Layer, Seats)> {
    let scenario = b.scenario;
    let mut all = Vec::new();
    for layer in layers(scenario, own, project.is_some()) {
        let LayerKind::Dedicated(dedicated) = &layer.0.kind else { continue };
        let run = run(b, drivers, &scenario.options[own].cover, project, layer, (seen, &[]));
        let opens = match dedicated.hire_when_any.as_slice() {
            [] => run.begins,
            conditions => {
                let fired = fires(b, drivers, conditions, seen, &|_| None);
                b.binary(Binary::Max, fired, run.begins)
            }
        };
        let [lag, ramp] = [&dedicated.lag_months, &dedicated.ramp_months].map(|months| {
            let months = b.estimate(months);
            b.unary(Unary::Round, months)
        });
        let attrition = a_month(b, dedicated);
        let stream = b.stream(format!("{}.attrition", layer.0.path));
        let mis_hire = dedicated.mis_hire.as_ref().map(|mis_hire| {
            let (share, after, one) = (b.estimate(&mis_hire.share), b.estimate(&mis_hire.after_months), b.one());
            let after = b.unary(Unary::Round, after);
            let after = b.binary(Binary::Max, after, one);
            MisHire { share, after, stream: b.stream(format!("{}.mis_hire", layer.0.path)) }
        });
        let (seats, filled) = (dedicated.seats, dedicated.filled);
        let (begins, ends) = (run.begins, run.hires_until);
        all.push((
            layer.0,
            Seats(b.emit(Op::Seats { begins, opens, ends, lag, ramp, attrition, mis_hire, seats, filled, stream })),
        ));
    }
    all
}

/// 1 − (1 − A)^(1/12).
fn a_month(b: &mut Builder, dedicated: &Dedicated) -> Col {
    let (one, twelfth) = (b.one(), b.constant(1.0 / 12.0));
    let a_year = b.estimate(&dedicated.attrition);
    let stays = b.sub(one, a_year);
    let stays = b.binary(Binary::Pow, stays, twelfth);
    b.sub(one, stays)
}

/// The time at which the first of some conditions is acted on.
fn fires(
    b: &mut Builder,
    drivers: &Drivers,
    conditions: &[Condition],
    seen: &Seen,
    filled: &dyn Fn(usize) -> Option<Seats>,
) -> Col {
    let (mut holds, mut hits, mut month) = (Vec::new(), Vec::new(), None);
    for condition in conditions {
        match *condition {
            Condition::Reading { of, side, mark, months } => {
                let zero = b.zero();
                let (reading, today, is_past) = match of {
                    Reading::Driver(id) => (drivers.now(id), Some(drivers.today(id)), false),
                    Reading::Toil => (seen.toil, None, true),
                    Reading::Bill => (seen.bill.unwrap_or(zero), None, true),
                    Reading::Fact(fact) => {
                        let (now, today) = drivers.fact(b, fact).unwrap_or((zero, zero));
                        (now, Some(today), false)
                    }
                };
                let mark = Exact::new(mark);
                holds.push(b.emit(Op::Held { reading, today, side, mark, months, is_past }));
            }
            Condition::Month(number) => month = Some(month.map_or(number, |known: u32| known.min(number))),
            Condition::Filled(place) => {
                let seats = filled(place).expect("Invariant: only what has no seats waits for them to be filled");
                let reading = b.add(seats.of_today(), seats.opened());
                let (side, mark, months) = (Side::Above, Exact::new(0.5), 1);
                holds.push(b.emit(Op::Held { reading, today: None, side, mark, months, is_past: false }));
            }
            Condition::Repeated { ref class, months } => holds.extend(trigger::twice(b, seen.struck, class, months)),
            Condition::Renewal => holds.extend(trigger::renewals(b)),
            Condition::Wall => hits.extend(&seen.walls),
            Condition::Requirement(id) => hits.push(requirement::month(b, id)),
        }
    }
    match month {
        Some(number) if holds.is_empty() && hits.is_empty() => b.constant(f64::from(number) - 1.0),
        _ => {
            let from = b.zero();
            b.emit(Op::Start { holds, hits, month, from, delay: 0, ended: None })
        }
    }
}
