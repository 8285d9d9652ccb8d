use super::{Counted, DriverId, People, RequirementId};

/// Something that is read at the end of a month and acted on at the opening of the next (MODEL.md §7).
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// A reading beyond a mark, so many months running.
    Reading {
        /// What is read.
        of: Reading,
        /// On which side of the mark.
        side: Side,
        /// The mark, in what is read: dollars a month, or the driver's own unit.
        mark: f64,
        /// Months running, at least 1.
        months: u32,
    },
    /// The month of this number begins, at least 1.
    Month(u32),
    /// A class of incidents has struck one platform twice in so many months, the last of them the one that is over.
    Repeated {
        /// The class, by its name.
        class: String,
        /// Months, at least 1.
        months: u32,
    },
    /// A contract of a vendor of the baseline's platform has come to an end, or is renewed.
    Renewal,
    /// A capacity wall has been hit: of the baseline's platform for a project, of its own option for a layer.
    Wall,
    /// A seat of the dedicated layer in this place of the option's own is filled.
    Filled(usize),
    /// Something is asked for.
    Requirement(RequirementId),
}

/// What a condition reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// Mean invoice of the last three months, of fewer in months 1 and 2: of the baseline for a project, of its own option
    /// for a layer.
    Bill,
    /// A driver.
    Driver(DriverId),
    /// Developers' coverable hours of the month in all of their working time; of a project in the baseline.
    Toil,
    /// Something that `[people]` says of the team.
    Fact(Fact),
}

/// What is said of a team beside its drivers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fact {
    /// How many services there are.
    Services,
    /// In how many regions production runs.
    Regions,
    /// How many codebases there are.
    Codebases,
    /// How many engineers there are for each of them.
    EngineersPerCodebase,
    /// How long CI takes, minutes.
    CiMinutes,
    /// How many people could bring production back.
    KnowProduction,
}

impl Fact {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Services,
        Self::Regions,
        Self::Codebases,
        Self::EngineersPerCodebase,
        Self::CiMinutes,
        Self::KnowProduction,
    ];

    /// What a condition calls it; of all but the engineers for each codebase this is its key in `[people]` too.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Services => "services",
            Self::Regions => "regions",
            Self::Codebases => "codebases",
            Self::EngineersPerCodebase => "engineers_per_codebase",
            Self::CiMinutes => "ci_minutes",
            Self::KnowProduction => "know_production",
        }
    }

    /// What the file says of it; of the engineers for each codebase, of the codebases.
    #[must_use]
    pub const fn said(self, people: &People) -> Option<&Counted> {
        match self {
            Self::Services => people.services.as_ref(),
            Self::Regions => people.regions.as_ref(),
            Self::Codebases | Self::EngineersPerCodebase => people.codebases.as_ref(),
            Self::CiMinutes => people.ci_minutes.as_ref(),
            Self::KnowProduction => people.know_production.as_ref(),
        }
    }
}

/// On which side of a mark a reading lies; on the mark it is on neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// Above it.
    Above,
    /// Below it.
    Below,
}

impl Side {
    /// Whether a reading lies on this side of a mark.
    #[must_use]
    #[inline]
    pub fn holds(self, reading: f64, mark: f64) -> bool {
        match self {
            Self::Above => reading > mark,
            Self::Below => reading < mark,
        }
    }
}
