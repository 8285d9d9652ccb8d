//! The sides of an option: one platform each, with its part of the time and of the traffic.

use super::builder::Builder;
use super::debt;
use super::driver::Drivers;
use super::event;
use super::line::{Life, Place};
use super::migration::Project;
use super::must_leave::{self, Gone};
use super::op::{Binary, Col, Op, Unary};
use super::part::{self, Second};
use crate::model::{DriverId, Moves, Platform, WayToRun};

/// One platform inside an option.
pub(super) struct Side<'a> {
    pub(super) platform: &'a Platform,
    /// Part of the month in service.
    pub(super) service: Col,
    /// Part of the month with traffic.
    pub(super) traffic: Col,
    /// Mean share of all traffic in the month, of which it serves that.
    pub(super) traffic_share: Col,
    /// 1 on the platform with the larger share of it, else 0.
    pub(super) host: Col,
    /// Months since the cutover; `None` on the platform lived on today.
    pub(super) since: Option<Col>,
    /// First month in service; `None` if it is in service from the opening.
    pub(super) first_month: Option<Col>,
    /// The part of its hours that is done by those whose job it is.
    pub(super) owned: Col,
    /// When traffic is all here and debt begins to grow, months since the opening; 0 on a platform of the opening.
    pub(super) settled: Col,
    /// When leaving it begins, or the product ends, months since the opening; `None` where neither can be.
    pub(super) leaving: Option<Col>,
    /// When it is gone, if it can be.
    pub(super) gone: Option<Gone>,
    /// Share of traffic moved away; `None` on the platform that is moved to.
    pub(super) moved: Option<Col>,
    pub(super) share: Share,
    /// When it is the second platform that serves.
    pub(super) second: Second,
}

impl Side<'_> {
    /// What its lines need to know of it, with a way to see loads, the share of those moved away, and how lines that say so move.
    pub(super) fn place<'a>(
        &self,
        load: &'a dyn Fn(&mut Builder, DriverId) -> Col,
        moved: Option<Col>,
        ways: Option<[&'a Place<'a>; 2]>,
    ) -> Place<'a> {
        let Self { service, first_month, owned, settled, leaving, gone, .. } = *self;
        Place { load, service, first_month, moved, owned, settled, leaving, gone, life: Life::Months, ways }
    }
}

/// How much of a load a side sees while in service.
#[derive(Clone, Copy)]
pub(super) enum Share {
    All,
    Old { before: Col, after: Col, cutover: Col, service: Col },
    New { part: Col, cutover: Col, service: Col },
}

/// The baseline's platform first: an option that has not left adds up the same terms in the same order.
pub(super) fn lower<'s>(
    b: &mut Builder<'s>,
    option: &'s WayToRun,
    project: Option<(&WayToRun, &Project)>,
) -> Vec<Side<'s>> {
    let scenario = b.scenario;
    let one = b.one();
    let today = scenario.baseline().platform;
    let Some((way, project)) = project else {
        let own = scenario.lived_on(option);
        let since = (option.platform != today).then(|| b.emit(Op::Elapsed));
        let moved = Some(b.zero());
        let share = Share::All;
        let second = Second::never(b);
        let owned = b.estimate(&option.owned_share);
        let settled = b.zero();
        return vec![Side {
            platform: own,
            service: one,
            traffic: one,
            traffic_share: one,
            host: one,
            since,
            first_month: None,
            owned,
            settled,
            leaving: event::given_up(b, None),
            gone: None,
            moved,
            share,
            second,
        }];
    };
    let own = scenario.platform(way.platform);
    let phase = project.phase;
    let floor = b.unary(Unary::Floor, project.on);
    let first_month = b.add(floor, one);
    let old = (phase.old_service(), phase.old_traffic());
    let new = (phase.new_service(), phase.new_traffic());
    let second_old = Second::between(b, (project.cutover, project.off), old, None);
    let second_new = Second::between(b, (project.on, project.cutover), new, Some((project.traffic, project.tried)));
    let owned = b.estimate(&way.owned_share);
    let before = if option.migration.is_some() { scenario.baseline() } else { option };
    let owned_so_far = debt::owned_while_leaving(b, [before, way], project.start);
    let zero = b.zero();
    let stayed = b.sub(one, phase.moved());
    let half = b.constant(0.5);
    let beyond_half = b.sub(phase.moved(), half);
    let host_is_new = b.unary(Unary::Ceil, beyond_half);
    let host_is_old = b.sub(one, host_is_new);
    vec![
        Side {
            platform: scenario.lived_on(before),
            service: phase.old_service(),
            traffic: phase.old_traffic(),
            traffic_share: project.unserved.map_or(stayed, |unserved| b.sub(stayed, unserved)),
            host: host_is_old,
            since: None,
            first_month: None,
            owned: owned_so_far,
            settled: zero,
            leaving: event::given_up(b, Some(project.start)),
            gone: must_leave::gone(b, before),
            moved: Some(phase.moved()),
            share: Share::Old {
                before: phase.old_load(),
                after: phase.old_standby(),
                cutover: project.cutover,
                service: phase.old_service(),
            },
            second: second_old,
        },
        Side {
            platform: own,
            service: phase.new_service(),
            traffic: phase.new_traffic(),
            traffic_share: phase.moved(),
            host: host_is_new,
            since: Some(phase.since_cutover()),
            first_month: Some(first_month),
            owned,
            settled: project.cutover,
            leaving: event::given_up(b, None),
            gone: None,
            moved: None,
            share: Share::New { part: phase.new_load(), cutover: project.cutover, service: phase.new_service() },
            second: second_new,
        },
    ]
}

/// The load of a driver that a side sees while in service: load drivers are split by traffic, others not, unless the line
/// says how it moves.
pub(super) fn load_of(b: &mut Builder, drivers: &Drivers, share: Share, id: DriverId, moves: Option<Moves>) -> Col {
    let now = drivers.now(id);
    if moves.is_none() && !b.scenario.is_load(id) {
        return now;
    }
    match share {
        Share::All => now,
        Share::New { mut part, cutover, service } => {
            if moves == Some(Moves::AtCutover) {
                let moved = part::after(b, cutover);
                part = part::share_of(b, moved, service);
            }
            b.mul(now, part)
        }
        Share::Old { mut before, after, cutover, service } => {
            if moves == Some(Moves::AtCutover) {
                let (one, moved) = (b.one(), part::after(b, cutover));
                let stayed = b.sub(one, moved);
                // What is out of service before the cutover carries all of it until then.
                let stayed = b.binary(Binary::Min, stayed, service);
                before = part::share_of(b, stayed, service);
            }
            let held = b.emit(Op::HoldAtCutover { load: now, cutover });
            b.emit(Op::LoadOld { load: now, before, held, after })
        }
    }
}

impl Side<'_> {
    /// The share moved away of what a line that moves at the cutover carries; `None` on the platform that is moved to.
    pub(super) fn moved_at_cutover(&self, b: &mut Builder) -> Option<Col> {
        match self.share {
            Share::Old { cutover, .. } => Some(part::after(b, cutover)),
            Share::All | Share::New { .. } => self.moved,
        }
    }
}
