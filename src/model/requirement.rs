use super::{Estimate, MustLeave};

/// A requirement's place in [`super::Scenario::requirements`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RequirementId(pub usize);

/// What may be asked of the product: a report, a private network, data that stays in a region. It is on from a month, from
/// an event that switches it on, or never; once on it stays.
#[derive(Debug, Clone, PartialEq)]
pub struct Requirement {
    /// Its name.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// The month from which it is on, rounded to a whole one, at least 1; `None`: only an event switches it on.
    pub begins: Option<Estimate>,
}

/// What a platform cannot meet, and what that costs.
#[derive(Debug, Clone, PartialEq)]
pub struct Cannot {
    /// The requirement.
    pub requirement: RequirementId,
    /// Revenue that does not come while the requirement is on and all traffic is there, dollars a month.
    pub blocked: Option<Estimate>,
    /// Whether it must be left; of the baseline's platform only.
    pub leave: Option<MustLeave>,
}
