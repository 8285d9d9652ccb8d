//! Cover in a steady month.

use super::when::layers;
use super::{Able, of_consultant, of_service, overage, owned_part, share_out, toil, waiting, when};
use crate::model::{Condition, Consultant, Dedicated, Layer, LayerKind, Reading, Scenario};
use crate::plan::builder::Builder;
use crate::plan::driver::Drivers;
use crate::plan::op::{Binary, Col, Exact, Op};
use crate::plan::requirement;
use crate::plan::work::People;

/// A steady month's hours of developers and what layers cost, and the part of the hours that is owned.
pub(in crate::plan) struct Steady {
    pub(in crate::plan) rest: Col,
    pub(in crate::plan) invoiced: Col,
    /// Pay of seats that are opened, and of those filled today.
    pub(in crate::plan) pay: [Col; 2],
    pub(in crate::plan) owned: Col,
    /// How many times its handling a request waits.
    pub(in crate::plan) delay: Col,
}

/// What conditions of layers read of a steady month, beside drivers and toil.
pub(in crate::plan) struct Seen {
    /// The platform's bill, where something waits for it.
    pub(in crate::plan) bill: Option<Col>,
    /// 1 where more is needed than the largest plan of a line with a wall holds, else 0.
    pub(in crate::plan) walls: Vec<Col>,
}

/// Whether a layer of an option waits for bills in a steady month.
pub(in crate::plan) fn reads_bill(scenario: &Scenario, own: usize) -> bool {
    when::reads_bill(scenario, own, false)
}

/// Lowers a steady month: seats are full and productive, and layers with an end are over.
pub(in crate::plan) fn steady(
    b: &mut Builder,
    (drivers, people): (&Drivers, &People),
    own: usize,
    pool: Col,
    seen: &Seen,
) -> Steady {
    let scenario = b.scenario;
    let option = &scenario.options[own];
    let one = b.one();
    let goes_on: Vec<&Layer> = layers(scenario, own, false).into_iter().map(|(layer, _)| layer).collect();
    let lasts = |layer: &&&Layer| {
        let is_over = matches!(&layer.kind, LayerKind::Consultant(Consultant { lasts_months: Some(_), .. }));
        layer.ends_when.is_empty() && !is_over
    };
    let all: Vec<&Layer> = goes_on.iter().filter(lasts).copied().collect();
    let toil = {
        let mut able = Vec::new();
        for layer in &all {
            let open = match &layer.kind {
                LayerKind::Dedicated(d) if !d.hire_when_any.is_empty() => b.constant(f64::from(d.filled)),
                LayerKind::Dedicated(d) => b.constant(f64::from(d.seats)),
                _ => one,
            };
            able.push(steady_able(b, people, layer, open));
        }
        let (_, rest) = share_out(b, pool, &able);
        toil(b, drivers, rest)
    };
    let mut numbers = Vec::new();
    for layer in &all {
        numbers.push(steady_seats(b, drivers, layer, (toil, seen)));
    }
    let able: Vec<Able> =
        all.iter().zip(&numbers).map(|(layer, seats)| steady_able(b, people, layer, *seats)).collect();
    let (taken, rest) = share_out(b, pool, &able);
    let is_seated = |(layer, seats): (&&Layer, &Col)| matches!(layer.kind, LayerKind::Dedicated(_)).then_some(*seats);
    let seated: Vec<Option<Col>> = all.iter().zip(&numbers).map(is_seated).collect();
    let delay = waiting::delay(b, pool, &taken, &able, &seated);
    let (mut invoiced, mut pay) = (Vec::new(), [Vec::new(), Vec::new()]);
    let (mut owned_taken, mut others_taken) = (Vec::new(), Vec::new());
    for (((layer, seats), able), taken) in all.iter().zip(numbers).zip(&able).zip(taken) {
        match &layer.kind {
            LayerKind::Dedicated(dedicated) => {
                owned_taken.push((one, taken));
                pay_steady(b, dedicated, seats, &mut pay);
            }
            LayerKind::Service(service) => {
                owned_taken.push((one, taken));
                let retainer = b.estimate(&service.retainer);
                invoiced.push((one, retainer));
                let above = overage(b, service, able.works, taken);
                invoiced.push((one, above));
            }
            LayerKind::Consultant(consultant) => {
                others_taken.push((one, taken));
                let (days, rate) = (b.estimate(&consultant.days), b.estimate(&consultant.day_rate));
                invoiced.push((days, rate));
            }
        }
    }
    // The baseline's seats that an option has not are paid for all the same, as far as they are filled today.
    let leaves = option.migration.is_some() && !option.cover.is_released;
    for layer in scenario.baseline().cover.layers.iter().filter(|_| leaves) {
        let is_kept = option.cover.goes_on.contains(&layer.name) || !layer.ends_when.is_empty();
        if let (LayerKind::Dedicated(dedicated), false) = (&layer.kind, is_kept) {
            let is_open = dedicated.hire_when_any.is_empty();
            let seats = b.constant(f64::from(if is_open { dedicated.seats } else { dedicated.filled }));
            pay_steady(b, dedicated, seats, &mut pay);
        }
    }
    let [owned_taken, others_taken] = [owned_taken, others_taken].map(|terms| b.sum(terms));
    let owned = b.estimate(&option.owned_share);
    let owned = owned_part(b, owned, pool, owned_taken, others_taken);
    Steady { rest, invoiced: b.sum(invoiced), pay: pay.map(|terms| b.sum(terms)), owned, delay }
}

fn pay_steady(b: &mut Builder, dedicated: &Dedicated, seats: Col, pay: &mut [Vec<(Col, Col)>; 2]) {
    let each = b.estimate(&dedicated.pay);
    let today = b.constant(f64::from(dedicated.filled));
    let opened = b.sub(seats, today);
    pay[0].push((opened, each));
    pay[1].push((today, each));
}

/// Seats that are filled at a size: all, or those of today until a signal opens the others.
fn steady_seats(b: &mut Builder, drivers: &Drivers, layer: &Layer, (toil, seen): (Option<Col>, &Seen)) -> Col {
    let (zero, one) = (b.zero(), b.one());
    let LayerKind::Dedicated(dedicated) = &layer.kind else { return one };
    let all = b.constant(f64::from(dedicated.seats));
    if dedicated.hire_when_any.is_empty() {
        return all;
    }
    let mut fired = zero;
    for condition in &dedicated.hire_when_any {
        let holds = match *condition {
            Condition::Reading { of, side, mark, .. } => {
                let reading = match of {
                    Reading::Driver(id) => drivers.now(id),
                    Reading::Toil => toil.unwrap_or(zero),
                    Reading::Bill => seen.bill.unwrap_or(zero),
                    Reading::Fact(fact) => drivers.fact(b, fact).map_or(zero, |(now, _)| now),
                };
                b.emit(Op::Beyond { reading, side, mark: Exact::new(mark) })
            }
            Condition::Requirement(id) => requirement::on_at_the_opening(b, id),
            Condition::Wall => seen.walls.iter().fold(zero, |any, wall| b.binary(Binary::Max, any, *wall)),
            // What comes with time has come.
            Condition::Month(_) | Condition::Renewal | Condition::Repeated { .. } | Condition::Filled(_) => one,
        };
        fired = b.binary(Binary::Max, fired, holds);
    }
    let today = b.constant(f64::from(dedicated.filled));
    let more = b.constant(f64::from(dedicated.seats - dedicated.filled));
    let more = b.mul(fired, more);
    b.add(today, more)
}

fn steady_able(b: &mut Builder, people: &People, layer: &Layer, seats: Col) -> Able {
    let one = b.one();
    let (hours, may) = match &layer.kind {
        LayerKind::Dedicated(dedicated) => {
            let each = b.estimate(&dedicated.productive_hours);
            (Some(b.mul(seats, each)), one)
        }
        LayerKind::Service(service) => of_service(b, service),
        LayerKind::Consultant(consultant) => (Some(of_consultant(b, people, consultant)), one),
    };
    Able { works: one, hours, may }
}
