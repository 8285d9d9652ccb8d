use super::Estimate;

/// What customers pay: what an hour of downtime is taken from.
#[derive(Debug, Clone, PartialEq)]
pub struct Business {
    /// Dollars a month at today's scale.
    pub revenue_per_month: Estimate,
    /// The part of it that stays, 0 to 1.
    pub margin: Estimate,
}
