use super::{DriverId, Estimate, Learning};

/// A kind of thing that goes wrong on a platform while it has traffic (MODEL.md §6, as far as built: hours and invoiced help).
#[derive(Debug, Clone, PartialEq)]
pub struct IncidentClass {
    /// Its name, unique in its platform.
    pub name: String,
    /// Mean number a month at today's scale.
    pub rate_per_month: Estimate,
    /// What the rate grows with, if anything.
    pub driver: Option<DriverId>,
    /// Exponent on the driver's ratio to today.
    pub elasticity: Estimate,
    /// Median length of one, hours, above 0. The length is log-normal.
    pub duration_p50_hours: Estimate,
    /// The length that one in ten passes, hours, at least the median.
    pub duration_p90_hours: Estimate,
    /// People who work on it throughout.
    pub responders: Estimate,
    /// Hours of follow-up for each one.
    pub follow_up_hours: Estimate,
    /// Outside help that is invoiced, dollars for each hour it lasts.
    pub outside_help_per_hour: Estimate,
    /// How the rate falls with practice after the cutover, if it does.
    pub learning: Option<Learning>,
}
