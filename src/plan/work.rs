use super::builder::Builder;
use super::debt::Effects;
use super::driver::Drivers;
use super::op::{Clock, Col, Op};
use crate::model::{Learning, Work};

/// What an hour costs and an interruption loses.
pub(super) struct People {
    /// Dollars an hour in the month.
    pub(super) hour: Col,
    /// The same in month 1.
    pub(super) hour_at_start: Col,
    /// Hours lost per interruption.
    pub(super) refocus: Col,
    /// Hours of an engineer-week.
    pub(super) hours_per_week: Col,
    /// What an hour of developers is worth above its pay, dollars.
    pub(super) premium: Col,
}

/// Lowers what an hour costs: the loaded hour with its raises from month 1 on.
pub(super) fn lower_people(b: &mut Builder) -> People {
    let people = &b.scenario.people;
    let base = b.estimate(&people.loaded_hour);
    let raise = b.estimate(&people.raise);
    let log_rate = b.ln_1p(raise);
    let hour = if log_rate == b.zero() { base } else { b.emit(Op::Drift { base, log_rate, clock: Clock::Start }) };
    let refocus = b.estimate(&people.refocus_hours);
    let hours_per_week = b.constant(people.hours_per_month / crate::units::WEEKS_PER_MONTH);
    let above = b.estimate(&people.opportunity_premium);
    let premium = b.mul(above, hour);
    b.name("people.hour".into(), hour);
    People { hour, hour_at_start: base, refocus, hours_per_week, premium }
}

/// Hours a month of a work item on a platform in full service, for someone `since` months after the cutover; `None`
/// on the platform lived on today, where nothing is left to learn.
pub(super) fn lower(
    b: &mut Builder,
    drivers: &Drivers,
    people: &People,
    work: &Work,
    (since, debt): (Option<Col>, &Effects),
) -> Col {
    let hours = b.estimate(&work.hours);
    let interruptions = b.estimate(&work.interruptions);
    let lost = b.mul(interruptions, people.refocus);
    let today = b.add(hours, lost);
    let elasticity = b.estimate(&work.elasticity);
    let scale = drivers.scale(b, work.driver, elasticity);
    let scaled = b.mul(today, scale);
    let practice = learning(b, work.learning.as_ref(), since);
    let practised = b.mul(scaled, practice);
    b.mul(practised, debt.hours)
}

/// L_k of MODEL.md §5; 1 where there is nothing to learn.
pub(super) fn learning(b: &mut Builder, learning: Option<&Learning>, since: Option<Col>) -> Col {
    let (Some(learning), Some(since)) = (learning, since) else { return b.one() };
    let extra = b.estimate(&learning.extra);
    let half_life = b.estimate(&learning.half_life_months);
    b.emit(Op::Learning { extra, half_life, since })
}
