use super::RequirementId;

/// Why leaving is thought of: what a report answers one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// What is invoiced.
    Bill,
    /// A plan that is outgrown.
    Capacity,
    /// What goes wrong.
    Incidents,
    /// Developers wait for those who run it.
    Waiting,
    /// One person alone could bring it back.
    OnePerson,
    /// Something is asked for, or will be.
    Requirement(RequirementId),
}

impl Reason {
    /// The words of those that are no requirement, and what they mean.
    pub const WORDS: [(&'static str, Self); 5] = [
        ("bill", Self::Bill),
        ("capacity", Self::Capacity),
        ("incidents", Self::Incidents),
        ("waiting", Self::Waiting),
        ("one person", Self::OnePerson),
    ];
}
