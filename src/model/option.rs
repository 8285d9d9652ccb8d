use super::{Cover, Estimate, MigrationId, PlatformId};

/// An option's place in [`super::Scenario::options`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct OptionId(pub usize);

/// An option: a platform, who owns it and how it is reached.
#[derive(Debug, Clone, PartialEq)]
pub struct WayToRun {
    /// Its name.
    pub name: String,
    /// What people call it, short enough for a label: "Stay on Heroku".
    pub title: String,
    /// The platform it ends on.
    pub platform: PlatformId,
    /// How it is reached; an option without a migration is on its platform from the opening.
    pub migration: Option<MigrationId>,
    /// The part of the developers' hours that is done by those whose job it is: what pays debt down; share, 0..=1.
    pub owned_share: Estimate,
    /// Who does the hours of production beside developers; nobody where it is empty.
    pub cover: Cover,
}
