//! When the baseline's platform must be left, and when it is gone (MODEL.md §3).

use super::builder::Builder;
use super::driver::Drivers;
use super::migration::Project;
use super::op::{Binary, Col, Op};
use super::{event, loss, part, requirement};
use crate::model::{Cause, MustLeave};

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

/// Margin that is lost in the month because traffic is still on a platform that is gone, if anything can be.
pub(super) fn lost(b: &mut Builder, drivers: &Drivers, project: &Project) -> Option<Col> {
    let last_day = last_day(b)?;
    let (one, month) = (b.one(), b.constant(crate::units::HOURS_PER_MONTH));
    let stayed = b.sub(one, project.phase.moved());
    let an_hour = loss::worth_of_an_hour(b, drivers, stayed, &[])?;
    let gone = part::after(b, last_day);
    let alive = event::alive(b);
    let gone = b.mul(alive, gone);
    let hours = b.mul(gone, month);
    Some(b.mul(an_hour, hours))
}
