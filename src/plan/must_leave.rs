//! When the baseline's platform must be left, and when it is gone (MODEL.md §3).

use super::builder::Builder;
use super::driver::Drivers;
use super::migration::Project;
use super::op::{Binary, Col, Op, Phase, Unary};
use super::{event, loss, part, requirement};
use crate::model::{Cause, EventId, MustLeave, VendorId, WayToRun};

/// When a project starts at the latest, and what that does to its effort.
pub(super) struct Forced {
    /// When it starts, forced or not, months since the opening.
    pub(super) start: Col,
    /// Factor on the effort.
    pub(super) rush: Col,
    /// When it would start if nothing else started it.
    pub(super) alone: Col,
}

/// The time at which something comes that ends `after` months later.
fn time(b: &mut Builder, cause: Cause, after: &crate::model::Estimate) -> Col {
    let month = match cause {
        Cause::Event(id) => event::month(b, id),
        Cause::Requirement(id) => requirement::month(b, id),
    };
    let one = b.one();
    let opening = b.sub(month, one);
    let after = b.estimate(after);
    b.add(opening, after)
}

/// Lowers what may force a project that starts by itself at `own`, if it ever does; `None` where nothing can.
pub(super) fn lower(b: &mut Builder, own: Option<Col>) -> Option<Forced> {
    let scenario = b.scenario;
    let mut causes = Vec::new();
    for (cause, MustLeave { within_months, rush, .. }) in scenario.must_leave() {
        let time = time(b, cause, within_months);
        causes.push((time, b.estimate(rush)));
    }
    if causes.is_empty() {
        return None;
    }
    let own = own.unwrap_or_else(|| b.constant(f64::INFINITY));
    let start = b.emit(Op::Forced { own, causes, before: scenario.months });
    Some(Forced { start, rush: start.plus(1), alone: start.plus(2) })
}

/// When the baseline's platform is gone, infinite where it stays; `None` where it cannot go.
pub(super) fn last_day(b: &mut Builder) -> Option<Col> {
    let mut first: Option<Col> = None;
    for (cause, must) in b.scenario.must_leave() {
        if let Some(after) = &must.last_day_months {
            let time = time(b, cause, after);
            first = Some(first.map_or(time, |first| b.binary(Binary::Min, first, time)));
        }
    }
    first
}

/// When somebody shuts the baseline's platform down, infinite where nobody does; `None` where nobody can. What is asked for
/// and cannot be met stops no vendor from selling.
pub(super) fn shut(b: &mut Builder) -> Option<Col> {
    ends(b, |_, _, time| time)
}

/// The platform of an option that must be left, once it is gone.
#[derive(Clone, Copy)]
pub(super) struct Gone {
    /// Who ran it and is owed nothing after that; `None` for nobody in particular.
    pub(super) seller: Option<VendorId>,
    /// When that is, as far as it is known in the month: infinite before the event that ends it.
    pub(super) known: Col,
}

/// When the platform that an option leaves is gone; `None` where it cannot be.
pub(super) fn gone(b: &mut Builder, option: &WayToRun) -> Option<Gone> {
    let known = ends(b, |b, id, time| {
        let month = event::month(b, id);
        let has_come = event::from(b, month);
        let never = b.constant(f64::INFINITY);
        event::either(b, has_come, never, time)
    });
    Some(Gone { seller: b.scenario.lived_on(option).seller, known: known? })
}

/// The first time that something makes of last days which events bring.
fn ends(b: &mut Builder, of: impl Fn(&mut Builder, EventId, Col) -> Col) -> Option<Col> {
    let mut first: Option<Col> = None;
    for (cause, must) in b.scenario.must_leave() {
        if let (Cause::Event(id), Some(after)) = (cause, &must.last_day_months) {
            let time = time(b, cause, after);
            let time = of(b, id, time);
            first = Some(first.map_or(time, |first| b.binary(Binary::Min, first, time)));
        }
    }
    first
}

/// The share of the month's traffic that is not moved at a time and after it, where `phase` is of an old platform in service
/// until then; 0 in months before.
pub(super) fn missing(b: &mut Builder, time: Col, phase: Phase) -> Col {
    let (zero, one) = (b.zero(), b.one());
    let stayed = b.sub(one, phase.moved());
    let served = b.mul(phase.old_load(), phase.old_service());
    let missing = b.sub(stayed, served);
    let missing = b.binary(Binary::Max, missing, zero);
    let after = part::after(b, time);
    let is_after = b.unary(Unary::Ceil, after);
    b.mul(is_after, missing)
}

/// Margin that is lost in the month because traffic is still on a platform that is gone, if anything can be.
pub(super) fn lost(b: &mut Builder, drivers: &Drivers, project: &Project) -> Option<Col> {
    let month = b.constant(crate::units::HOURS_PER_MONTH);
    let an_hour = loss::worth_of_an_hour(b, drivers, project.lost?, &[])?;
    let alive = event::alive(b);
    let hours = b.mul(alive, month);
    Some(b.mul(an_hour, hours))
}
