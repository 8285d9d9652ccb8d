use super::{Condition, Estimate, PlatformId};

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
    /// Conditions, any of which starts it, not before that month; without any it starts in that month.
    pub starts_when_any: Vec<Condition>,
    /// Whole months by which the start is put off: 0 as a file states it, more where a study asks what waiting costs.
    pub delay_months: u32,
    /// Planned effort, engineer-weeks.
    pub effort_weeks: Estimate,
    /// Factor on the effort.
    pub overrun: Estimate,
    /// People who work on it side by side, above 0.
    pub people: Estimate,
    /// People from outside among them.
    pub outside_help: Option<OutsideHelp>,
    /// How traffic moves.
    pub traffic: Traffic,
    /// What can go wrong at the end, if anything.
    pub cutover: Option<Cutover>,
    /// Months that the new platform is in service before its first traffic.
    pub lead_months: Estimate,
    /// Months that the old platform stays in service after the cutover.
    pub overlap_months: Estimate,
    /// Load that the old platform's lines see during the overlap, as a share of the load at cutover.
    pub standby: Estimate,
}

impl Migration {
    /// Whether a condition starts it, and not the calendar alone.
    #[must_use]
    pub const fn waits(&self) -> bool {
        !self.starts_when_any.is_empty()
    }
}

/// People from outside who do a part of a project's hours.
#[derive(Debug, Clone, PartialEq)]
pub struct OutsideHelp {
    /// Dollars an hour, invoiced.
    pub rate: Estimate,
    /// Part of the project's hours, with its overrun; share.
    pub share: Estimate,
}

/// How traffic moves from one platform to the other.
#[derive(Debug, Clone, PartialEq)]
pub enum Traffic {
    /// Linearly during the last part of the project, a share of its length. 0: all at once at the end.
    InLast(Estimate),
    /// One part of it after the other, by name; their shares add up to 1.
    Workloads(Vec<Workload>),
}

/// A part of the traffic that moves all at once.
#[derive(Debug, Clone, PartialEq)]
pub struct Workload {
    /// Its name.
    pub name: String,
    /// Its share of all traffic.
    pub share: f64,
    /// The part of the project after which it moves; share of its length.
    pub moves_at: Estimate,
}

/// Attempts to cut over, each of which may fail; the fifth succeeds.
#[derive(Debug, Clone, PartialEq)]
pub struct Cutover {
    /// Chance that an attempt fails, share.
    pub fails: Estimate,
    /// What a failed attempt costs, dollars, invoiced.
    pub cost: Estimate,
    /// Months until work begins again.
    pub delay_months: Estimate,
    /// Part of the effort that is done again before the next attempt; share.
    pub redo: Estimate,
}

impl Cutover {
    /// The attempt that succeeds whatever happens.
    pub const LAST_ATTEMPT: u32 = 5;
}
