use super::{Cover, Estimate, MigrationId, Platform, PlatformId};

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
    /// What is made different on its platform, if anything; then that is the baseline's, and there is no migration.
    pub change: Option<Change>,
    /// The option that it is in all but when it is taken, where it stands for a policy.
    pub rule_for: Option<OptionId>,
}

/// The same platform with something changed from a month on.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The platform as it is lived on: what is changed says what it was before, all else is the platform's own, estimate by
    /// estimate.
    pub platform: Platform,
    /// The month from which it is changed; rounded to a whole one, at least 1.
    pub starts: Estimate,
    /// What it takes, engineer-weeks of developers in that month.
    pub effort_weeks: Estimate,
}
