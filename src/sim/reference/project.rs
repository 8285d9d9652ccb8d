//! The twin of projects: their times, and what of them falls into a month.

use super::super::source::ONCE;
use super::Twin;
use crate::math::elementary::uniform;
use crate::model::{Cutover, Migration, Traffic};
use crate::units::WEEKS_PER_MONTH;

/// A project's times in months since the opening.
pub(super) struct Project<'a> {
    pub(super) migration: &'a Migration,
    pub(super) start: f64,
    pub(super) length: f64,
    /// When the first traffic moves.
    pub(super) traffic: f64,
    /// When all of it has, if the first attempt succeeds.
    pub(super) all_moved: f64,
    /// Parts of the traffic that move at once, and when; none where it moves linearly.
    steps: Vec<(f64, f64)>,
    /// Attempts to cut over, the last of which succeeds.
    pub(super) attempts: Vec<f64>,
    /// When somebody works on it: from, to.
    works: Vec<(f64, f64)>,
    /// The attempt that succeeds.
    pub(super) cutover: f64,
    pub(super) on: f64,
    pub(super) off: f64,
    pub(super) weeks: f64,
}

impl<'a> Twin<'a> {
    /// The project of a migration that is an option's own, or one that it begins only if it must.
    pub(super) fn plan_project(&self, migration: &'a Migration, is_own: bool) -> Project<'a> {
        self.project_from(migration, if is_own { self.starts(migration) } else { f64::INFINITY })
    }

    /// The same where it starts by itself at a time, if nothing forces it before.
    pub(super) fn project_from(&self, migration: &'a Migration, own: f64) -> Project<'a> {
        let (latest, rush) = self.must_start();
        let start = own.min(latest);
        let rush = if latest < own { rush } else { 1.0 };
        let weeks = self.value(&migration.effort_weeks) * self.value(&migration.overrun) * rush;
        let length = weeks / self.value(&migration.people) / WEEKS_PER_MONTH;
        let first = start + length;
        let mut attempts = vec![first];
        let mut works = vec![(start, first)];
        if let Some(cutover) = &migration.cutover {
            for attempt in 0..self.failures(migration, cutover) {
                let begins_again = attempts[attempt] + self.value(&cutover.delay_months);
                let next = begins_again + self.value(&cutover.redo) * length;
                works.push((begins_again, next));
                attempts.push(next);
            }
        }
        let cutover = attempts[attempts.len() - 1];
        let (traffic, all_moved, steps) = match &migration.traffic {
            Traffic::InLast(part) => (first - self.value(part) * length, first, Vec::new()),
            Traffic::Workloads(workloads) => {
                let step = |w: &crate::model::Workload| (w.share, start + self.value(&w.moves_at) * length);
                let steps: Vec<(f64, f64)> = workloads.iter().map(step).collect();
                let times = || steps.iter().map(|(_, time)| *time);
                (times().fold(f64::INFINITY, f64::min), times().fold(0.0, f64::max), steps)
            }
        };
        let on = (traffic - self.value(&migration.lead_months)).max(start);
        let off = (cutover + self.value(&migration.overlap_months)).min(self.shut_down(self.scenario.months));
        Project { migration, start, length, traffic, all_moved, steps, attempts, works, cutover, on, off, weeks }
    }

    /// How many attempts fail before one succeeds: the fifth does.
    fn failures(&self, migration: &Migration, cutover: &Cutover) -> usize {
        let stream = self.source.stream(&format!("migration.{}.cutover", migration.name));
        let fails = self.value(&cutover.fails);
        let mut failed = 0;
        while failed < 4 && uniform(self.source.word(stream, self.trial, ONCE, failed)) < fails {
            failed += 1;
        }
        failed as usize
    }
}

impl Project<'_> {
    /// Hours of the project's in month m, in parts of those that were planned with its overrun.
    pub(super) fn worked(&self, m: f64) -> f64 {
        let inside: f64 = self.works.iter().map(|(from, to)| part(m, *from, *to)).sum();
        if self.length > 0.0 { inside / self.length } else { 0.0 }
    }

    /// The part of month m in which the new platform has traffic: up to the first attempt, and for good from the last.
    pub(super) fn new_traffic(&self, m: f64) -> f64 {
        part(m, self.traffic, self.attempts[0]) + part(m, self.cutover, f64::INFINITY)
    }

    /// The part of month m in which the old platform has any.
    pub(super) fn old_traffic(&self, m: f64) -> f64 {
        let gone = part(m, self.off.min(self.cutover), f64::INFINITY);
        1.0 - gone - part(m, self.all_moved, self.attempts[0].min(self.off))
    }

    /// Attempts that fail in month m.
    pub(super) fn failed(&self, m: u32) -> usize {
        let failed = &self.attempts[..self.attempts.len() - 1];
        failed.iter().filter(|time| (time.ceil() as u32).max(1) == m && time.is_finite()).count()
    }
}

/// The part of month m (the time from m − 1 to m) that lies in [begin, end].
pub(super) fn part(m: f64, begin: f64, end: f64) -> f64 {
    (m.min(end) - (m - 1.0).max(begin)).max(0.0)
}

/// Mean over month m of the share of traffic moved.
pub(super) fn moved(project: &Project, m: f64) -> f64 {
    moved_until(project, m, m)
}

/// The share of traffic that has not moved, added up over the part of month m before a time.
pub(super) fn stayed_until(project: &Project, m: f64, time: f64) -> f64 {
    let time = time.clamp(m - 1.0, m);
    (time - (m - 1.0) - moved_until(project, m, time)).max(0.0)
}

/// The share of traffic moved, added up over month m to a time in it: up to the first attempt by steps, or 0 until traffic
/// starts and then linear (the area of a trapezium on the climbing part); 1 from the attempt that succeeds.
fn moved_until(project: &Project, m: f64, to: f64) -> f64 {
    let first = project.attempts[0];
    let before: f64 = if project.steps.is_empty() {
        let share = |t: f64| {
            if t >= first { 1.0 } else { ((t - project.traffic) / (first - project.traffic)).max(0.0) }
        };
        let (low, high) = ((m - 1.0).max(project.traffic), to.min(first));
        if high > low { (high - low) * (share(low) + share(high).min(1.0)) / 2.0 } else { 0.0 }
    } else {
        project.steps.iter().map(|(share, time)| share * part(m, *time, first.min(to))).sum()
    };
    (before + part(m, project.cutover, to)).min(1.0)
}
