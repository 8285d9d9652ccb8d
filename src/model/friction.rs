use super::{DriverId, Estimate};

/// Developers' own time that a platform costs whoever runs it (MODEL.md §5).
#[derive(Debug, Clone, PartialEq)]
pub struct Friction {
    /// Hours for each of what some drivers count in the month: waiting and manual steps for each deploy. May be empty.
    pub per: Vec<(DriverId, Estimate)>,
    /// Hours of each person who joins; nobody is onboarded where absent.
    pub onboarding_hours: Option<Estimate>,
    /// What developers ask of those who run it; nothing where absent.
    pub waiting: Option<Waiting>,
}

/// Requests to those who run a platform: environments, permissions, pipelines. They take them time, and whoever asked waits.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiting {
    /// Of one engineer, a month.
    pub requests: Estimate,
    /// Hours that one takes those who run it.
    pub handling_hours: Estimate,
    /// The part of the delay that is lost; share, 0..=1.
    pub lost: Estimate,
}
