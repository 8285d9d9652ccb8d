//! When a line or an item of work counts.

use super::builder::Builder;
use super::op::{Binary, Col, Unary};
use super::{change, event, requirement};
use crate::model::{Changed, InForce};

/// 1 in months in which it counts, else 0; the constant 1 where it always does. Nothing counts after the product's end.
pub(super) fn weight(b: &mut Builder, in_force: &InForce) -> Col {
    let one = b.one();
    let alive = event::alive(b);
    if in_force.is_always() {
        return alive;
    }
    let first = first_month(b, in_force);
    let begun = first.map_or(one, |first| event::from(b, first));
    let begun = b.mul(alive, begun);
    let Some(end) = end(b, in_force) else { return begun };
    let over = event::from(b, end);
    let goes_on = b.sub(one, over);
    b.mul(begun, goes_on)
}

/// Whether it counts in the steady month, 1 or 0: what begins has begun, what has an end is over, requirements are as at the
/// opening, and no event has happened.
pub(super) fn steady_weight(b: &mut Builder, in_force: &InForce) -> Col {
    if in_force.until.is_some() || in_force.after.is_some() || in_force.ends_with_a_change() {
        return b.zero();
    }
    match in_force.needs {
        None => b.one(),
        Some(id) => requirement::on_at_the_opening(b, id),
    }
}

/// The first month in which all that must have come has come, infinite if it never does; `None` where nothing must.
pub(super) fn first_month(b: &mut Builder, in_force: &InForce) -> Option<Col> {
    let mut months = Vec::new();
    if let Some(begins) = &in_force.begins {
        let begins = b.estimate(begins);
        months.push(event::whole_month(b, begins));
    }
    months.extend(in_force.needs.map(|id| requirement::month(b, id)));
    months.extend(in_force.after.map(|id| event::month(b, id)));
    if let Some(Changed::Begins(starts)) = &in_force.changed {
        months.push(change::month(b, starts));
    }
    months.into_iter().reduce(|a, other| b.binary(Binary::Max, a, other))
}

/// The first month after its end; `None` where it has none.
fn end(b: &mut Builder, in_force: &InForce) -> Option<Col> {
    let mut months = Vec::new();
    if let Some(until) = &in_force.until {
        let until = b.estimate(until);
        let last = b.unary(Unary::Round, until);
        let one = b.one();
        months.push(b.add(last, one));
    }
    for id in &in_force.before {
        months.push(event::month(b, *id));
    }
    if let Some(Changed::Ends(starts)) = &in_force.changed {
        months.push(change::month(b, starts));
    }
    months.into_iter().reduce(|a, other| b.binary(Binary::Min, a, other))
}
