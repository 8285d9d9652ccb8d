/// A kind of work that somebody has to do who runs production.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WorkKind {
    /// Builds, deploys, environments, images.
    Pipelines,
    /// Sizes, capacity, the network.
    Scaling,
    /// Keys, certificates, configuration.
    Secrets,
    /// Logs, metrics, alarms.
    Monitoring,
    /// What errors and alerts ask for that are no incident.
    Errors,
    /// Databases: upgrades, backups, restores that are tried.
    Data,
    /// Patches, access, audits.
    Security,
    /// Sizes that are too large, the invoice.
    Cost,
    /// Being on call, the handing over of it.
    OnCall,
}

impl WorkKind {
    /// All of them, in the order of pages.
    pub const ALL: [Self; 9] = [
        Self::Pipelines,
        Self::Scaling,
        Self::Secrets,
        Self::Monitoring,
        Self::Errors,
        Self::Data,
        Self::Security,
        Self::Cost,
        Self::OnCall,
    ];

    /// The words of files, in the order of [`Self::ALL`].
    pub const NAMES: [&str; 9] =
        ["pipelines", "scaling", "secrets", "monitoring", "errors", "data", "security", "cost", "on-call"];

    /// The word in files and on pages.
    #[must_use]
    pub const fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}

/// What people's hours go into (MODEL.md §5). All of an option's hours are in one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Task {
    /// Work of a kind.
    Work(WorkKind),
    /// Work of which no kind is said.
    OtherWork,
    /// What developers ask of those who run the platform.
    Requests,
    /// Incidents, with their follow-up.
    Incidents,
    /// What events ask for in their month.
    Events,
    /// Developers' own time that the platform takes.
    Friction,
    /// Developers' own time that is lost while they wait for those who run the platform.
    Waiting,
    /// Developers' own time until those who join can work with it.
    Onboarding,
    /// The project that leads to the platform, people from outside in it.
    Project,
}

impl Task {
    /// How many.
    pub const COUNT: usize = 17;

    /// All of them, in the order of pages.
    #[must_use]
    pub fn all() -> [Self; Self::COUNT] {
        let rest = [
            Self::OtherWork,
            Self::Requests,
            Self::Incidents,
            Self::Events,
            Self::Friction,
            Self::Waiting,
            Self::Onboarding,
            Self::Project,
        ];
        std::array::from_fn(|place| match WorkKind::ALL.get(place) {
            Some(kind) => Self::Work(*kind),
            None => rest[place - WorkKind::ALL.len()],
        })
    }

    /// The name in files of results.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Work(kind) => kind.name(),
            Self::OtherWork => "other-work",
            Self::Requests => "requests",
            Self::Incidents => "incidents",
            Self::Events => "events",
            Self::Friction => "friction",
            Self::Waiting => "waiting",
            Self::Onboarding => "onboarding",
            Self::Project => "project",
        }
    }
}
