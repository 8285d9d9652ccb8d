use super::{PlatformId, Scenario, WayToRun};

/// A folk rule for when somebody should look after production, or production should move: what people watch, whatever a
/// file waits for. Each is read at the end of a month and stays fired (MODEL.md §5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Signal {
    /// More than five engineers on one codebase.
    EngineersPerCodebase,
    /// More than ten deploys a week.
    DeploysPerWeek,
    /// Toil above 15 % of engineers' time, three months running: hours that others could do for developers, not their own
    /// time (MODEL.md §5).
    FifteenPercentOperations,
    /// More than 20 % of it.
    TwentyPercentOperations,
    /// CI takes more than 15 minutes.
    SlowCi,
    /// Something is asked of the product: a requirement is on.
    Compliance,
    /// More than one service.
    Services,
    /// More than one region.
    Regions,
    /// One class of incidents on one platform twice in three months.
    IncidentTwice,
    /// At most one person could bring production back.
    OnePerson,
}

impl Signal {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 10] = [
        Self::EngineersPerCodebase,
        Self::DeploysPerWeek,
        Self::FifteenPercentOperations,
        Self::TwentyPercentOperations,
        Self::SlowCi,
        Self::Compliance,
        Self::Services,
        Self::Regions,
        Self::IncidentTwice,
        Self::OnePerson,
    ];

    /// Its stable name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::EngineersPerCodebase => "engineers_per_codebase",
            Self::DeploysPerWeek => "deploys_per_week",
            Self::FifteenPercentOperations => "operations_15_percent",
            Self::TwentyPercentOperations => "operations_20_percent",
            Self::SlowCi => "slow_ci",
            Self::Compliance => "compliance",
            Self::Services => "services",
            Self::Regions => "regions",
            Self::IncidentTwice => "incident_twice",
            Self::OnePerson => "one_person",
        }
    }

    /// What people call it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::EngineersPerCodebase => "more than 5 engineers per codebase",
            Self::DeploysPerWeek => "more than 10 deploys a week",
            Self::FifteenPercentOperations => "toil above 15 % of engineers' time",
            Self::TwentyPercentOperations => "toil above 20 % of engineers' time",
            Self::SlowCi => "CI takes more than 15 minutes",
            Self::Compliance => "compliance is asked for",
            Self::Services => "more than one service",
            Self::Regions => "more than one region",
            Self::IncidentTwice => "one kind of incident twice in 3 months",
            Self::OnePerson => "at most one person knows production",
        }
    }

    /// Whether it may differ between the options of one future: the others look at the team alone.
    #[must_use]
    pub const fn is_of_the_option(self) -> bool {
        matches!(
            self,
            Self::FifteenPercentOperations | Self::TwentyPercentOperations | Self::IncidentTwice | Self::OnePerson
        )
    }

    /// What a file does not say that this needs, for an option, as it stands behind "the file does not say"; `None` where it
    /// is known.
    #[must_use]
    pub fn missing(self, scenario: &Scenario, option: &WayToRun) -> Option<&'static str> {
        let people = &scenario.people;
        let unless = |is_said: bool, missing: &'static str| (!is_said).then_some(missing);
        let engineers = || unless(people.engineers.is_some(), "how many engineers there are");
        let has_incidents = |id: PlatformId| !scenario.platform(id).incidents.is_empty();
        match self {
            Self::EngineersPerCodebase => {
                engineers().or_else(|| unless(people.codebases.is_some(), "how many codebases there are"))
            }
            Self::FifteenPercentOperations | Self::TwentyPercentOperations => engineers(),
            Self::DeploysPerWeek => unless(people.deploys.is_some(), "how often they deploy"),
            Self::SlowCi => unless(people.ci_minutes.is_some(), "how long CI takes"),
            Self::Compliance => {
                unless(!scenario.requirements.is_empty(), "what is asked of the product (requirements)")
            }
            Self::Services => unless(people.services.is_some(), "how many services there are"),
            Self::Regions => unless(people.regions.is_some(), "how many regions they run in"),
            Self::IncidentTwice => {
                let way = scenario.way_out(option).map_or(option, |(way, _)| way);
                let is_said = has_incidents(way.platform) || has_incidents(scenario.baseline().platform);
                unless(is_said, "which incidents there are")
            }
            Self::OnePerson => unless(people.know_production.is_some(), "how many people know production"),
        }
    }
}
