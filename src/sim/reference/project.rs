//! The twin of projects: their times, and what of them falls into a month.

use super::Twin;
use crate::model::{Migration, Traffic};
use crate::units::WEEKS_PER_MONTH;

/// A project's times in months since the opening.
pub(super) struct Project<'a> {
    pub(super) migration: &'a Migration,
    pub(super) start: f64,
    pub(super) traffic: f64,
    pub(super) cutover: f64,
    pub(super) on: f64,
    pub(super) off: f64,
    pub(super) weeks: f64,
}

impl<'a> Twin<'a> {
    pub(super) fn plan_project(&self, migration: &'a Migration) -> Project<'a> {
        let start = self.starts(migration);
        let weeks = self.value(&migration.effort_weeks) * self.value(&migration.overrun);
        let length = weeks / self.value(&migration.people) / WEEKS_PER_MONTH;
        let cutover = start + length;
        let last_part = match &migration.traffic {
            Traffic::InLast(part) => self.value(part),
            Traffic::Workloads(_) => todo!(),
        };
        let traffic = cutover - last_part * length;
        let on = (traffic - self.value(&migration.lead_months)).max(start);
        let off = cutover + self.value(&migration.overlap_months);
        Project { migration, start, traffic, cutover, on, off, weeks }
    }
}

/// The part of month m (the time from m − 1 to m) that lies in [begin, end].
pub(super) fn part(m: f64, begin: f64, end: f64) -> f64 {
    (m.min(end) - (m - 1.0).max(begin)).max(0.0)
}

/// Mean over month m of the share of traffic moved: 0 until traffic starts, linear to the cutover, then 1. The area of a
/// trapezium on the climbing part.
pub(super) fn moved(project: &Project, m: f64) -> f64 {
    let share = |t: f64| {
        if t >= project.cutover { 1.0 } else { ((t - project.traffic) / (project.cutover - project.traffic)).max(0.0) }
    };
    let (low, high) = ((m - 1.0).max(project.traffic), m.min(project.cutover));
    let climbing = if high > low { (high - low) * (share(low) + share(high).min(1.0)) / 2.0 } else { 0.0 };
    climbing + part(m, project.cutover, f64::INFINITY)
}
