use super::builder::Builder;
use super::driver::Drivers;
use super::event;
use super::op::{Binary, Col, Op};
use crate::model::{Debt, Estimate, Platform, WayToRun};

/// What debt multiplies on a side in a month; all 1 on a platform without any.
pub(super) struct Effects {
    /// The debt itself; `None` on a platform without any.
    pub(super) level: Option<Col>,
    /// Hours of work.
    pub(super) hours: Col,
    /// The rate of incidents.
    pub(super) incidents: Col,
    /// How long an incident lasts.
    pub(super) restore: Col,
    /// Hours of each person who joins.
    pub(super) onboarding: Col,
}

/// The debt of a side whose hours are covered: the month's, and what becomes of it once it is known who did them.
pub(super) struct Pending {
    recalled: Col,
    level: Col,
    accrual: Col,
    paydown: Col,
    settled: Col,
}

/// Lowers the debt of a side whose hours are covered.
pub(super) fn lower_covered(
    b: &mut Builder,
    drivers: &Drivers,
    platform: &Platform,
    (settled, service): (Col, Col),
    option: usize,
) -> (Effects, Option<Pending>) {
    let Some(debt) = &platform.debt else { return (none(b), None) };
    let all = b.one();
    let (start, accrual, paydown) = moves(b, drivers, debt, all);
    let recalled = b.recall(start);
    let added = event::debt_added(b, service);
    let level = b.add(recalled, added);
    let level = b.binary(Binary::Min, level, all);
    let effects = named(b, debt, platform, option, (start, level));
    (effects, Some(Pending { recalled, level, accrual, paydown, settled }))
}

/// What becomes of it: the part `owned` of the hours was done by those whose job it is, and somebody takes `lowers` off.
pub(super) fn carry(b: &mut Builder, pending: &Pending, owned: Col, lowers: Col) {
    let Pending { recalled, level, accrual, paydown, settled } = *pending;
    let paydown = b.mul(paydown, owned);
    let next = b.emit(Op::DebtStep { now: level, accrual, paydown, lowers, cutover: settled });
    b.keep(recalled, next);
}

/// Lowers the debt of a side on which the part `owned` of the hours is done by those whose job it is, and which begins to
/// grow with the first full month after `settled`; what events add, they add where the side is in service.
pub(super) fn lower(
    b: &mut Builder,
    drivers: &Drivers,
    platform: &Platform,
    (owned, settled, service): (Col, Col, Col),
    option: usize,
) -> Effects {
    let Some(debt) = &platform.debt else { return none(b) };
    let (start, accrual, paydown) = moves(b, drivers, debt, owned);
    let added = event::debt_added(b, service);
    let level = b.emit(Op::Debt { start, accrual, paydown, cutover: settled, added });
    named(b, debt, platform, option, (start, level))
}

fn named(b: &mut Builder, debt: &Debt, platform: &Platform, option: usize, (start, level): (Col, Col)) -> Effects {
    let effects = effects(b, debt, start, level);
    let path = format!("option.{}.debt.{}", b.scenario.options[option].name, platform.name);
    b.name(format!("{path}.work"), effects.hours);
    b.name(format!("{path}.incidents"), effects.incidents);
    b.name(format!("{path}.restore"), effects.restore);
    b.name(format!("{path}.onboarding"), effects.onboarding);
    b.name(path, level);
    effects
}

/// Where the debt of an option's own platform settles, for a steady month.
pub(super) fn settled(b: &mut Builder, drivers: &Drivers, platform: &Platform, owned: Col) -> Effects {
    let Some(debt) = &platform.debt else { return none(b) };
    let (start, accrual, paydown) = moves(b, drivers, debt, owned);
    let level = b.emit(Op::SettledDebt { start, accrual, paydown });
    effects(b, debt, start, level)
}

/// The part of the hours that is owned on the platform that an option leaves: the baseline's until the project starts, the
/// option's from then on. While nothing has started the sum is the baseline's to the bit.
pub(super) fn owned_while_leaving(b: &mut Builder, [before, option]: [&WayToRun; 2], project_starts: Col) -> Col {
    let before = b.estimate(&before.owned_share);
    let after = b.estimate(&option.owned_share);
    if before == after {
        return before;
    }
    let (zero, one) = (b.zero(), b.one());
    let elapsed = b.emit(Op::Elapsed);
    let month = b.add(elapsed, one);
    let since = b.sub(month, project_starts);
    let since = b.binary(Binary::Max, since, zero);
    let part = b.binary(Binary::Min, since, one);
    let rest = b.sub(one, part);
    b.sum(vec![(rest, before), (part, after)])
}

/// Debt at first, and what the month adds and takes.
fn moves(b: &mut Builder, drivers: &Drivers, debt: &Debt, owned: Col) -> (Col, Col, Col) {
    let start = b.estimate(&debt.today);
    let changes = match b.scenario.people.deploys {
        None => b.one(),
        Some(deploys) => b.div(drivers.now(deploys), drivers.today(deploys)),
    };
    let accrual = b.estimate(&debt.accrual);
    let accrual = b.mul(accrual, changes);
    let paydown = b.estimate(&debt.paydown);
    (start, accrual, b.mul(paydown, owned))
}

/// (1 + a·q)/(1 + a·q_1): hours and rates are stated at the debt at first.
fn effects(b: &mut Builder, debt: &Debt, start: Col, level: Col) -> Effects {
    let mut effect = |at_full: &Estimate| {
        let one = b.one();
        let at_full = b.estimate(at_full);
        let now = b.mul(at_full, level);
        let now = b.add(one, now);
        let first = b.mul(at_full, start);
        let first = b.add(one, first);
        b.div(now, first)
    };
    Effects {
        level: Some(level),
        hours: effect(&debt.at_full_hours),
        incidents: effect(&debt.at_full_incidents),
        restore: effect(&debt.at_full_restore),
        onboarding: effect(&debt.at_full_onboarding),
    }
}

/// Of a platform without any.
pub(super) fn none(b: &mut Builder) -> Effects {
    let one = b.one();
    Effects { level: None, hours: one, incidents: one, restore: one, onboarding: one }
}
