use super::{Estimate, EventId, RequirementId};

/// When a line or an item of work counts. All that is stated must hold; with nothing stated it always does.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct InForce {
    /// Its first month, rounded to a whole one, at least 1.
    pub begins: Option<Estimate>,
    /// Its last month, rounded to a whole one.
    pub until: Option<Estimate>,
    /// What must be asked for.
    pub needs: Option<RequirementId>,
    /// The event that brings it.
    pub after: Option<EventId>,
    /// Events that end it.
    pub before: Vec<EventId>,
}

impl InForce {
    /// Whether something is said of when it begins: then it remembers nothing of the months before.
    #[must_use]
    pub const fn begins_later(&self) -> bool {
        self.begins.is_some() || self.needs.is_some() || self.after.is_some()
    }

    /// Whether it always counts.
    #[must_use]
    pub fn is_always(&self) -> bool {
        !self.begins_later() && self.until.is_none() && self.before.is_empty()
    }
}
