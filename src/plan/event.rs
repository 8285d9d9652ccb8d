//! What may happen: the month of each event, drawn once a trial, and what holds from it on (MODEL.md §3).

use std::ops::Range;

use super::builder::Builder;
use super::op::{Binary, Col, Op, Unary};
use crate::model::{Event, EventId, Occurs, VendorId};

/// An event and the column of its month.
#[derive(Debug, Clone, PartialEq)]
pub struct EventColumn {
    /// Its name.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// Its month, from 1; infinite where it never happens.
    pub month: Col,
}

/// The month of an event, infinite where it never happens. Months move it, so that other luck may bring another.
pub(super) fn month(b: &mut Builder, id: EventId) -> Col {
    let event = &b.scenario.events[id.0];
    let stream = b.stream(format!("event.{}", event.name));
    match &event.when {
        Occurs::Hazard(hazard) => {
            let hazard = b.estimate(hazard);
            b.emit(Op::Hazard { hazard, stream })
        }
        Occurs::Stated { probability, month } => {
            let probability = b.estimate(probability);
            let month = b.estimate(month);
            let month = whole_month(b, month);
            b.emit(Op::Chance { probability, month, stream })
        }
    }
}

/// A stated month as a whole one, at least 1.
pub(super) fn whole_month(b: &mut Builder, month: Col) -> Col {
    let month = b.unary(Unary::Round, month);
    let one = b.one();
    b.binary(Binary::Max, month, one)
}

/// 1 from a month on, 0 before it.
pub(super) fn from(b: &mut Builder, month: Col) -> Col {
    match b.value(month) {
        Some(never) if never == f64::INFINITY => b.zero(),
        Some(first) if first <= 1.0 => b.one(),
        _ => b.emit(Op::From { month }),
    }
}

/// All events, in the scenario's order.
fn all<'s>(b: &Builder<'s>) -> impl Iterator<Item = (EventId, &'s Event)> + use<'s> {
    b.scenario.events.iter().enumerate().map(|(place, event)| (EventId(place), event))
}

/// One column while an event's factor does not hold, another while it does.
pub(super) fn either(b: &mut Builder, holds: Col, without: Col, with: Col) -> Col {
    b.emit(Op::Select { which: holds, among: vec![without, with] })
}

/// ln of what events make of demand in the month.
pub(super) fn ln_demand(b: &mut Builder) -> Col {
    let (zero, one) = (b.zero(), b.one());
    let mut terms = Vec::new();
    for (id, event) in all(b) {
        if let Some(times) = &event.demand {
            let month = month(b, id);
            let holds = from(b, month);
            let times = b.estimate(times);
            let log = b.unary(Unary::Ln, times);
            terms.push((one, either(b, holds, zero, log)));
        }
    }
    b.sum(terms)
}

/// A column that is above 0 where another is, or where an event of the as-of month has moved a load off its reading.
pub(super) fn moves_load(b: &mut Builder, moved: Col, [load, today]: [Col; 2]) -> Col {
    let may_come = b.scenario.as_of_months_before == 0 && all(b).any(|(_, event)| event.demand.is_some());
    if !may_come {
        return moved;
    }
    let above = b.sub(load, today);
    let below = b.sub(today, load);
    let off = b.binary(Binary::Max, above, below);
    b.binary(Binary::Max, moved, off)
}

/// What events multiply a vendor's prices by in the month.
pub(super) fn price_factor(b: &mut Builder, vendor: Option<VendorId>) -> Col {
    let one = b.one();
    let mut factor = one;
    for (id, event) in all(b) {
        for (_, times) in event.prices.iter().filter(|(of, _)| Some(*of) == vendor) {
            let month = month(b, id);
            let holds = from(b, month);
            let times = b.estimate(times);
            let own = either(b, holds, one, times);
            factor = b.mul(factor, own);
        }
    }
    factor
}

/// What events multiply the time to restore by in the month.
pub(super) fn restore(b: &mut Builder) -> Col {
    let one = b.one();
    let mut factor = one;
    for (id, event) in all(b) {
        let Some(restore) = &event.restore else { continue };
        let month = month(b, id);
        let mut holds = from(b, month);
        if let Some(lasts) = &restore.lasts_months {
            let lasts = b.estimate(lasts);
            let lasts = b.unary(Unary::Round, lasts);
            let end = b.add(month, lasts);
            let over = from(b, end);
            holds = b.sub(holds, over);
        }
        let times = b.estimate(&restore.times);
        let own = either(b, holds, one, times);
        factor = b.mul(factor, own);
    }
    factor
}

/// What events add in the month to the debt of a platform that is in service for a part of it.
pub(super) fn debt_added(b: &mut Builder, service: Col) -> Col {
    let one = b.one();
    let mut terms = Vec::new();
    for (id, event) in all(b) {
        if let Some(debt) = &event.debt {
            let month = month(b, id);
            let amount = b.estimate(debt);
            terms.push((one, b.emit(Op::InMonth { amount, month, service })));
        }
    }
    b.sum(terms)
}

/// Hours of operations that an event takes in its month, and the estimates that were asked for.
pub(super) struct Taken<'s> {
    pub(super) event: &'s Event,
    pub(super) hours: Col,
    pub(super) asked: Range<usize>,
}

/// The hours that events take in the month, whatever the option.
pub(super) fn hours<'s>(b: &mut Builder<'s>) -> Vec<Taken<'s>> {
    let service = alive(b);
    let mut taken = Vec::new();
    for (id, event) in all(b) {
        if let Some(hours) = &event.hours {
            let mark = b.mark();
            let month = month(b, id);
            let amount = b.estimate(hours);
            let hours = b.emit(Op::InMonth { amount, month, service });
            taken.push(Taken { event, hours, asked: mark..b.mark() });
        }
    }
    taken
}

/// The month from which a vendor's credits are over, infinite where no event comes that ends them; `None` where none would.
pub(super) fn credits_end(b: &mut Builder, vendor: VendorId) -> Option<Col> {
    let mut first: Option<Col> = None;
    for (id, event) in all(b) {
        if event.ends_credits.contains(&vendor) {
            let month = month(b, id);
            first = Some(first.map_or(month, |first| b.binary(Binary::Min, first, month)));
        }
    }
    first
}

/// The month from which the product is no more, infinite where it goes on; `None` where nothing can end it.
pub(super) fn product_ends(b: &mut Builder) -> Option<Col> {
    let mut first: Option<Col> = None;
    for (id, _) in all(b).filter(|(_, event)| event.ends_product) {
        let month = month(b, id);
        first = Some(first.map_or(month, |first| b.binary(Binary::Min, first, month)));
    }
    first
}

/// 1 in months in which the product lives, else 0; the constant 1 where nothing can end it.
pub(super) fn alive(b: &mut Builder) -> Col {
    let one = b.one();
    let Some(month) = product_ends(b) else { return one };
    let over = from(b, month);
    b.sub(one, over)
}

/// When what is signed and bought ahead is given up, months since the opening: as leaving begins, or with the product.
pub(super) fn given_up(b: &mut Builder, leaving: Option<Col>) -> Option<Col> {
    let Some(month) = product_ends(b) else { return leaving };
    let one = b.one();
    let time = b.sub(month, one);
    Some(leaving.map_or(time, |leaving| b.binary(Binary::Min, leaving, time)))
}

/// Where the months of all events stand. Names for the twin whether each has happened, and whose credits are over.
pub(super) fn columns(b: &mut Builder) -> Vec<EventColumn> {
    let mut columns = Vec::new();
    for (id, event) in all(b) {
        let month = month(b, id);
        let has_happened = from(b, month);
        b.name(format!("event.{}", event.name), has_happened);
        columns.push(EventColumn { name: event.name.clone(), title: event.title.clone(), month });
    }
    for (place, vendor) in b.scenario.vendors.iter().enumerate() {
        if let Some(month) = credits_end(b, VendorId(place)) {
            let over = from(b, month);
            b.name(format!("vendor.{}.credits_over", vendor.name), over);
        }
    }
    columns
}
