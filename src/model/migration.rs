use super::{Estimate, PlatformId};

/// A migration's place in [`super::Scenario::migrations`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MigrationId(pub usize);

/// The project that leads from the baseline's platform to another (MODEL.md §7).
#[derive(Debug, Clone, PartialEq)]
pub struct Migration {
    /// Its name.
    pub name: String,
    /// The platform it leads away from, the baseline's.
    pub from: PlatformId,
    /// Month number in which it starts: 3 is the opening of month 3; fractions allowed, at least 1.
    pub start_month: Estimate,
    /// Whole months by which the start is put off: 0 as a file states it, more where a study asks what waiting costs.
    pub delay_months: u32,
    /// Planned effort, engineer-weeks.
    pub effort_weeks: Estimate,
    /// Factor on the effort.
    pub overrun: Estimate,
    /// People who work on it side by side, above 0.
    pub people: Estimate,
    /// The last part of the project during which traffic moves, linearly; share. 0: all at once at the end.
    pub moves_in_last: Estimate,
    /// Months that the new platform is in service before its first traffic.
    pub lead_months: Estimate,
    /// Months that the old platform stays in service after the cutover.
    pub overlap_months: Estimate,
    /// Load that the old platform's lines see during the overlap, as a share of the load at cutover.
    pub standby: Estimate,
}
