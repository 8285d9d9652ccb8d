use super::builder::Builder;
use super::debt::Effects;
use super::driver::Drivers;
use super::op::{Col, Op};
use crate::model::{Friction, Waiting};

/// Months of a year.
const MONTHS: f64 = 12.0;

/// Which people join in a month.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Joining {
    /// Those who are more than the month before, and those who replace others.
    MonthByMonth,
    /// Those who replace others: in a steady month nobody is added.
    Replacements,
}

/// Hours for each of what drivers count in the month, all traffic here.
pub(super) fn per_driver(b: &mut Builder, drivers: &Drivers, friction: &Friction) -> Col {
    drivers.per(b, &friction.per)
}

/// Hours of people who join, those added, and turnover × people; with what debt multiplies them by.
pub(super) fn onboarding(
    b: &mut Builder,
    drivers: &Drivers,
    friction: &Friction,
    joining: Joining,
    debt: &Effects,
) -> Col {
    let people = &b.scenario.people;
    let (Some(hours), Some(engineers)) = (&friction.onboarding_hours, people.engineers) else { return b.zero() };
    let hours = b.estimate(hours);
    let a_year = b.estimate(&people.turnover);
    let months = b.constant(MONTHS);
    let a_month = b.div(a_year, months);
    let now = drivers.now(engineers);
    let mut joined = b.mul(a_month, now);
    if joining == Joining::MonthByMonth {
        let risen = b.emit(Op::Rise { now, today: drivers.today(engineers) });
        joined = b.add(risen, joined);
    }
    let hours = b.mul(hours, debt.onboarding);
    b.mul(hours, joined)
}

/// What engineers ask of those who run a platform: the hours that it takes these in a month, and the part of so many hours'
/// delay that is lost.
pub(super) fn requests(b: &mut Builder, drivers: &Drivers, waiting: &Waiting) -> Option<(Col, Col)> {
    let engineers = drivers.now(b.scenario.people.engineers?);
    let each = b.estimate(&waiting.requests);
    let handling = b.estimate(&waiting.handling_hours);
    let requests = b.mul(each, engineers);
    let lost = b.estimate(&waiting.lost);
    Some((b.mul(requests, handling), lost))
}
