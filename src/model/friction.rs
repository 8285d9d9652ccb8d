use super::{DriverId, Estimate};

/// Developers' own time that a platform costs whoever runs it (MODEL.md §5).
#[derive(Debug, Clone, PartialEq)]
pub struct Friction {
    /// Hours for each of what some drivers count in the month: waiting and manual steps for each deploy. May be empty.
    pub per: Vec<(DriverId, Estimate)>,
    /// Hours of each person who joins; nobody is onboarded where absent.
    pub onboarding_hours: Option<Estimate>,
}
