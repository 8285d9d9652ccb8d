use super::{Estimate, PlatformId};

/// A driver's place in [`super::Scenario::drivers`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct DriverId(pub usize);

/// Something costs depend on: requests, gigabytes, engineers, deploys.
#[derive(Debug, Clone, PartialEq)]
pub struct Driver {
    /// The name lines refer to it by.
    pub name: String,
    /// What one of it is, in words; may be empty.
    pub unit: String,
    /// What a reading comes to in a month: 365/84 where it counts by the week, 730 by the hour; 1 where it counts by the
    /// month or by no time at all.
    pub times_a_month: f64,
    /// How it moves.
    pub kind: DriverKind,
    /// Whether it comes in whole pieces, rounded up.
    pub whole: bool,
    /// Whether it counts people, who follow the running maximum of the trend, without season or monthly noise.
    pub people: bool,
}

/// How a driver moves (MODEL.md §3).
#[derive(Debug, Clone, PartialEq)]
pub enum DriverKind {
    /// `today · (season · demand)^elasticity · (1 + own growth)^(years)`.
    Flow {
        /// Reading of the as-of month, at least 0.
        today: Estimate,
        /// Exponent on demand.
        elasticity: Estimate,
        /// Growth of its own, share a year.
        own_growth: Estimate,
    },
    /// What stays once it is there: next = now · (1 − purge) + inflow · (season · demand)^elasticity, billed at its opening level.
    Stock {
        /// Level at the opening of the as-of month, at least 0.
        today: Estimate,
        /// What comes in during a month at today's demand.
        inflow: Estimate,
        /// Share that goes away in a month.
        purge: Estimate,
        /// Exponent on demand of the inflow.
        elasticity: Estimate,
    },
    /// The sum of other drivers, each times a factor. No cycles.
    Derived {
        /// The drivers it follows, each with its factor.
        terms: Vec<(DriverId, Estimate)>,
    },
    /// So many for each unit of some lines, as if each carried its whole load: neither a platform's part of the time and of
    /// the traffic nor copies count. No cycles.
    PerUnits {
        /// The lines, each with how many for one of its units.
        terms: Vec<(UnitsOf, Estimate)>,
    },
}

/// The units of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitsOf {
    /// The platform.
    pub platform: PlatformId,
    /// The line's place on it: `runtime.web`.
    pub line: String,
}

/// The driver that a path is a figure of.
#[must_use]
pub fn read_at(path: &str) -> Option<&str> {
    match path {
        "demand.today" => Some("demand"),
        path => path.strip_prefix("driver.").and_then(|path| path.split('.').next()),
    }
}

/// How many or how much of something there is: what a driver reads, or a number that stands still.
#[derive(Debug, Clone, PartialEq)]
pub enum Counted {
    /// What a driver reads.
    Driver(DriverId),
    /// The same every month; at least 0.
    Number(Estimate),
}

impl Counted {
    /// The number, if it is one.
    #[must_use]
    pub const fn number(&self) -> Option<&Estimate> {
        match self {
            Self::Driver(_) => None,
            Self::Number(number) => Some(number),
        }
    }
}
