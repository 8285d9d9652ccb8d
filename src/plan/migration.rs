use super::builder::Builder;
use super::driver::Drivers;
use super::event;
use super::must_leave;
use super::op::{Again, Binary, Col, Course, Exact, Op, Phase};
use super::trigger::{self, Seen};
use crate::model::{Cutover, Migration, Traffic};
use crate::units::WEEKS_PER_MONTH;

/// Where a project stands. Times are months since the opening, real-valued.
pub(super) struct Project {
    /// When it starts.
    pub(super) start: Col,
    /// When the cutover is tried for the first time.
    pub(super) tried: Col,
    /// When all traffic is on the new platform for good.
    pub(super) cutover: Col,
    /// When the first traffic moves.
    pub(super) traffic: Col,
    /// When the new platform comes into service.
    pub(super) on: Col,
    /// When the old platform goes out of service.
    pub(super) off: Col,
    /// From when on one platform alone serves.
    pub(super) alone: Col,
    /// Share of the month's traffic that nobody serves because the platform is gone that it is on, if one can be.
    pub(super) unserved: Option<Col>,
    /// Share of the month's traffic that is lost because it is still on a platform after its last day, if it has one.
    pub(super) lost: Option<Col>,
    /// Engineer-weeks, with the overrun.
    pub(super) weeks: Col,
    /// What the month's failed attempts to cut over are invoiced at.
    pub(super) failures: Col,
    /// The share of the hours that people from outside do, and what an hour of theirs costs.
    pub(super) outside: Option<(Col, Col)>,
    /// Months between what it waits for and its start, if it waits for something that is seen month by month.
    pub(super) waits: Option<u32>,
    /// When it must start at the latest, if it ever must.
    pub(super) forced: Option<Col>,
    /// Part of the project's hours that falls into the month.
    pub(super) part: Col,
    /// The month's columns.
    pub(super) phase: Phase,
}

/// How traffic moves: when the first and the last of it does, and its steps, if it moves by steps.
struct Moves {
    first: Col,
    last: Col,
    steps: Vec<(Exact, Col)>,
}

fn moves(b: &mut Builder, traffic: &Traffic, (start, length, tried): (Col, Col, Col)) -> Moves {
    match traffic {
        Traffic::InLast(part) => {
            let last_part = b.estimate(part);
            let moving = b.mul(last_part, length);
            Moves { first: b.sub(tried, moving), last: tried, steps: Vec::new() }
        }
        Traffic::Workloads(workloads) => {
            let step = |b: &mut Builder, share: f64, moves_at: Col| {
                let into = b.mul(moves_at, length);
                (Exact::new(share), b.add(start, into))
            };
            let mut steps = Vec::with_capacity(workloads.len());
            for workload in workloads {
                let moves_at = b.estimate(&workload.moves_at);
                steps.push(step(b, workload.share, moves_at));
            }
            let mut extreme = |f: Binary| {
                let times = steps.iter().map(|(_, time)| *time);
                times.reduce(|one, other| b.binary(f, one, other)).unwrap_or(tried)
            };
            Moves { first: extreme(Binary::Min), last: extreme(Binary::Max), steps }
        }
    }
}

/// What follows failed attempts, and what one of those costs; `None` where none fails.
fn again(b: &mut Builder, migration: &Migration, cutover: &Cutover, length: Col) -> Option<(Again, Col)> {
    let fails = b.estimate(&cutover.fails);
    if fails == b.zero() {
        return None;
    }
    let stream = b.stream(format!("migration.{}.cutover", migration.name));
    let failed = b.emit(Op::Attempts { fails, stream });
    let redo = b.estimate(&cutover.redo);
    let redone = b.mul(redo, length);
    let delay = b.estimate(&cutover.delay_months);
    let gap = b.add(delay, redone);
    Some((Again { failed, gap, redone }, b.estimate(&cutover.cost)))
}

/// When it starts by itself.
fn starts(b: &mut Builder, drivers: &Drivers, migration: &Migration, seen: Option<&Seen>) -> Col {
    match seen.filter(|_| migration.waits()) {
        Some(seen) => trigger::lower(b, drivers, migration, seen),
        None => {
            let month = b.estimate(&migration.start_month);
            let before = b.constant(1.0 - f64::from(migration.delay_months));
            b.sub(month, before)
        }
    }
}

/// Lowers a project: length in weeks = effort × overrun / people; traffic moves linearly over its last part, or by workloads.
/// One that is not an option's own starts only because it must.
pub(super) fn lower(
    b: &mut Builder,
    drivers: &Drivers,
    (migration, is_own): (&Migration, bool),
    seen: Option<&Seen>,
) -> Project {
    let own = is_own.then(|| starts(b, drivers, migration, seen));
    let forced = must_leave::lower(b, own);
    let never = b.constant(f64::INFINITY);
    let start = forced.as_ref().map_or(own.unwrap_or(never), |forced| forced.start);
    let effort = b.estimate(&migration.effort_weeks);
    let overrun = b.estimate(&migration.overrun);
    let weeks = b.mul(effort, overrun);
    let weeks = forced.as_ref().map_or(weeks, |forced| b.mul(weeks, forced.rush));
    let people = b.estimate(&migration.people);
    let length_weeks = b.div(weeks, people);
    let weeks_per_month = b.constant(WEEKS_PER_MONTH);
    let length = b.div(length_weeks, weeks_per_month);
    let tried = b.add(start, length);
    let moves = moves(b, &migration.traffic, (start, length, tried));
    let traffic = moves.first;
    let lead = b.estimate(&migration.lead_months);
    let early = b.sub(traffic, lead);
    let on = b.binary(Binary::Max, early, start);
    let again = migration.cutover.as_ref().and_then(|cutover| again(b, migration, cutover, length));
    let cutover = again.map_or(tried, |(again, _)| {
        let later = b.mul(again.failed, again.gap);
        b.add(tried, later)
    });
    let overlap = b.estimate(&migration.overlap_months);
    let kept = b.add(cutover, overlap);
    let shut = must_leave::shut(b);
    let off = shut.map_or(kept, |shut| b.binary(Binary::Min, kept, shut));
    let alone = shut.map_or(kept, |_| b.binary(Binary::Max, off, cutover));
    let standby = b.estimate(&migration.standby);
    let is_plain = again.is_none() && moves.steps.is_empty();
    let course = (!is_plain).then(|| Course {
        tried,
        last_traffic: moves.last,
        steps: moves.steps,
        again: again.map(|(again, _)| again),
    });
    let phase_to = |b: &mut Builder, off: Col| {
        Phase(b.emit(Op::Phase { start, cutover, traffic, on, off, standby, course: course.clone() }))
    };
    let phase = phase_to(b, off);
    let unserved = shut.map(|shut| must_leave::missing(b, shut, phase));
    let lost = must_leave::last_day(b).map(|last_day| {
        let until = b.binary(Binary::Min, kept, last_day);
        let phase = phase_to(b, until);
        must_leave::missing(b, last_day, phase)
    });
    let alive = event::alive(b);
    let part = b.mul(alive, phase.part());
    let failures = match again {
        None => b.zero(),
        Some((Again { failed, gap, .. }, cost)) => {
            let number = b.emit(Op::Failed { tried, gap, failed });
            let cost = b.mul(number, cost);
            b.mul(alive, cost)
        }
    };
    let outside = migration.outside_help.as_ref().map(|help| (b.estimate(&help.share), b.estimate(&help.rate)));
    Project {
        start,
        tried,
        failures,
        outside,
        cutover,
        traffic,
        on,
        off,
        alone,
        unserved,
        lost,
        weeks,
        waits: (is_own && migration.waits()).then_some(migration.delay_months),
        forced: forced.map(|forced| forced.alone),
        part,
        phase,
    }
}
