use std::sync::Arc;

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
    /// What an option that changes its platform does to it.
    pub changed: Option<Changed>,
}

/// What a change of a platform does to a line or an item of work as a whole; with the month in which it does, rounded to a
/// whole one, at least 1.
#[derive(Debug, Clone, PartialEq)]
pub enum Changed {
    /// It brings it.
    Begins(Arc<Estimate>),
    /// It takes it away.
    Ends(Arc<Estimate>),
}

impl InForce {
    /// Whether something is said of when it begins: then it remembers nothing of the months before.
    #[must_use]
    pub const fn begins_later(&self) -> bool {
        let changed = matches!(self.changed, Some(Changed::Begins(_)));
        self.begins.is_some() || self.needs.is_some() || self.after.is_some() || changed
    }

    /// Whether a change takes it away.
    #[must_use]
    pub const fn ends_with_a_change(&self) -> bool {
        matches!(self.changed, Some(Changed::Ends(_)))
    }

    /// Whether it always counts.
    #[must_use]
    pub fn is_always(&self) -> bool {
        !self.begins_later() && self.until.is_none() && self.before.is_empty() && self.changed.is_none()
    }
}
