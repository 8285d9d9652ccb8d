use super::builder::Builder;
use super::driver::Drivers;
use super::op::{Binary, Col, Op, Phase};
use super::trigger::{self, Seen};
use crate::model::{Migration, Traffic};
use crate::units::WEEKS_PER_MONTH;

/// Where a project stands. Times are months since the opening, real-valued.
pub(super) struct Project {
    /// When it starts.
    pub(super) start: Col,
    /// When all traffic is on the new platform.
    pub(super) cutover: Col,
    /// When the first traffic moves.
    pub(super) traffic: Col,
    /// When the new platform comes into service.
    pub(super) on: Col,
    /// When the old platform goes out of service.
    pub(super) off: Col,
    /// Engineer-weeks, with the overrun.
    pub(super) weeks: Col,
    /// Whether it waits for something that is seen month by month.
    pub(super) waits: bool,
    /// The month's columns.
    pub(super) phase: Phase,
}

/// Lowers a project: length in weeks = effort × overrun / people; traffic moves linearly over its last part.
pub(super) fn lower(b: &mut Builder, drivers: &Drivers, migration: &Migration, seen: Option<&Seen>) -> Project {
    let start = match seen.filter(|_| migration.waits()) {
        Some(seen) => trigger::lower(b, drivers, migration, seen),
        None => {
            let month = b.estimate(&migration.start_month);
            let before = b.constant(1.0 - f64::from(migration.delay_months));
            b.sub(month, before)
        }
    };
    let effort = b.estimate(&migration.effort_weeks);
    let overrun = b.estimate(&migration.overrun);
    let weeks = b.mul(effort, overrun);
    let people = b.estimate(&migration.people);
    let length_weeks = b.div(weeks, people);
    let weeks_per_month = b.constant(WEEKS_PER_MONTH);
    let length = b.div(length_weeks, weeks_per_month);
    let cutover = b.add(start, length);
    let last_part = match &migration.traffic {
        Traffic::InLast(part) => b.estimate(part),
        Traffic::Workloads(_) => todo!(),
    };
    let moving = b.mul(last_part, length);
    let traffic = b.sub(cutover, moving);
    let lead = b.estimate(&migration.lead_months);
    let early = b.sub(traffic, lead);
    let on = b.binary(Binary::Max, early, start);
    let overlap = b.estimate(&migration.overlap_months);
    let off = b.add(cutover, overlap);
    let standby = b.estimate(&migration.standby);
    let phase = Phase(b.emit(Op::Phase { start, cutover, traffic, on, off, standby }));
    Project { start, cutover, traffic, on, off, weeks, waits: migration.waits(), phase }
}
