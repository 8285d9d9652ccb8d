//! The checked scenario: what a run is about, in canonical units, with nothing left to doubt.
//!
//! Built by [`crate::scenario::read`] only; everything below trusts it. Money is in the currency of the report,
//! hours are hours, shares are 0 to 1, months are months, efforts are engineer-weeks. Collections are sorted by name, so
//! the order in a file means nothing.

mod business;
mod commitment;
mod condition;
mod cover;
mod debt;
mod demand;
mod driver;
mod estimate;
mod estimates;
mod event;
mod friction;
mod hours;
mod in_force;
mod incident;
mod ladder;
mod lens;
mod line;
mod measurement;
mod migration;
mod must_leave;
mod option;
pub mod price;
mod reason;
mod requirement;
mod signal;
mod together;
mod vendor;
mod verdict;
mod work;

pub use business::Business;
pub use commitment::{Bought, Commitment, Held};
pub use condition::{Condition, Fact, Reading, Side};
pub use cover::{Consultant, Cover, Dedicated, Layer, LayerKind, MisHire, Service};
pub use debt::Debt;
pub use demand::{Demand, Growth, GrowthCase};
pub use driver::{Counted, Driver, DriverId, DriverKind, UnitsOf, read_at};
pub use estimate::{Basis, Before, Column, Draw, Estimate};
pub use event::{Event, EventId, Occurs, Restore};
pub use friction::{Friction, Waiting};
pub use hours::{Task, WorkKind};
pub use in_force::{Changed, InForce};
pub use incident::{Frequency, IncidentClass, Runaway};
pub use ladder::{Above, LadderPlan, LadderScheme, Need};
pub use lens::{Account, CostPhase, Lens};
pub use line::{
    Billed, Bracket, Bucket, Line, Moves, Part, Scheme, ShareScheme, Sizing, UnitPrice, UnitsScheme, Waste, When,
};
pub use measurement::{MOST_INPUTS, Measurement};
pub use migration::{Cutover, Migration, MigrationId, OutsideHelp, Traffic, Workload};
pub use must_leave::{Cause, MustLeave};
pub use option::{Change, OptionId, WayToRun};
pub use reason::Reason;
pub use requirement::{Cannot, Requirement, RequirementId};
pub use signal::Signal;
pub use together::{Group, Together};
pub use vendor::{Contract, Credits, Vendor, VendorId};
pub use verdict::VerdictRule;
pub use work::{Learning, People, Work};

use crate::units::{Currency, Seed, YearMonth, YearlyRate};

/// One product team and the options it compares.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// The title, as written in the file.
    pub name: String,
    /// What is to be decided, as written; may be empty.
    pub question: String,
    /// Why leaving is thought of, as written; each once.
    pub reasons: Vec<Reason>,
    /// Month 1.
    pub start: YearMonth,
    /// The horizon M in months, 1..=360.
    pub months: u32,
    /// What everything computed is in.
    pub currency: Currency,
    /// How many months before month 1 the readings called `today` were taken.
    pub as_of_months_before: u32,
    /// The nominal yearly rate that present values are taken at; `None` where the file gives none.
    pub discount_rate: Option<YearlyRate>,
    /// The yearly rate at which money loses worth, for the real view; `None` where the file gives none.
    pub inflation: Option<YearlyRate>,
    /// The month that a fiscal year begins with, 0 for January.
    pub fiscal_year: u8,
    /// What the file says of the run itself; the command line overrides it.
    pub run: RunDefaults,
    /// Demand, an index that is 1 at the as-of month.
    pub demand: Demand,
    /// What costs depend on, by name. The driver called `demand` (flow, today 1, elasticity 1) is always there.
    pub drivers: Vec<Driver>,
    /// What an hour costs, what an interruption loses, who comes and goes.
    pub people: People,
    /// What customers pay; `None` where the file does not say: then nothing is lost while production is down.
    pub business: Option<Business>,
    /// What may happen, by name.
    pub events: Vec<Event>,
    /// What may be asked of the product, by name.
    pub requirements: Vec<Requirement>,
    /// What one of another currency is worth in that of the report, by its code.
    pub exchange: Vec<Estimate>,
    /// Who sends invoices, by name.
    pub vendors: Vec<Vendor>,
    /// Ways to run production, by name.
    pub platforms: Vec<Platform>,
    /// What is compared, by name.
    pub options: Vec<WayToRun>,
    /// The option lived in today.
    pub baseline: OptionId,
    /// The option that is today's platform after a few days of work, if the file names one.
    pub tuned: Option<OptionId>,
    /// Projects that lead from the baseline's platform to another, by name.
    pub migrations: Vec<Migration>,
    /// Ways to find out what is not known, by name.
    pub measurements: Vec<Measurement>,
    /// Estimates that move together, by name.
    pub together: Vec<Together>,
    /// The same as groups, no two of which share an estimate.
    pub groups: Vec<Group>,
    /// The thresholds of the verdict.
    pub verdict: VerdictRule,
}

/// Trials and seed a scenario file asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunDefaults {
    /// Number of trials, at least 1.
    pub trials: u64,
    /// Seed of every stream.
    pub seed: Seed,
}

/// What production runs on: its price lines, work, incident classes and debt.
#[derive(Debug, Clone, PartialEq)]
pub struct Platform {
    /// The name other tables refer to it by.
    pub name: String,
    /// What people call it: "Heroku", "AWS (ECS Fargate)".
    pub title: String,
    /// Who sells the lines that do not say; `None` for nobody in particular.
    pub seller: Option<VendorId>,
    /// Price lines, by bucket and name.
    pub lines: Vec<Line>,
    /// Work items, by name.
    pub work: Vec<Work>,
    /// Incident classes, by name.
    pub incidents: Vec<IncidentClass>,
    /// How it gets harder to run where nobody looks after it, if it does.
    pub debt: Option<Debt>,
    /// Developers' own time.
    pub friction: Friction,
    /// What it cannot meet, by requirement.
    pub cannot: Vec<Cannot>,
}

/// A platform's place in [`Scenario::platforms`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PlatformId(pub usize);

impl Scenario {
    /// The month to whose end options are compared.
    #[must_use]
    pub fn decided_at(&self) -> u32 {
        self.verdict.window.unwrap_or(self.months)
    }

    /// The option lived in today.
    #[must_use]
    pub fn baseline(&self) -> &WayToRun {
        &self.options[self.baseline.0]
    }

    /// The platform an option ends on.
    #[must_use]
    pub fn platform(&self, id: PlatformId) -> &Platform {
        &self.platforms[id.0]
    }

    /// The platform an option ends on, as the option has it: with what it changes.
    #[must_use]
    pub fn lived_on<'s>(&'s self, option: &'s WayToRun) -> &'s Platform {
        option.change.as_ref().map_or_else(|| self.platform(option.platform), |change| &change.platform)
    }

    /// A driver.
    #[must_use]
    pub fn driver(&self, id: DriverId) -> &Driver {
        &self.drivers[id.0]
    }

    /// How a line is sized whose units a driver follows; `None` where there is no such line.
    #[must_use]
    pub fn units_of(&self, of: &UnitsOf) -> Option<&UnitsScheme> {
        let lines = &self.platforms.get(of.platform.0)?.lines;
        match &lines.iter().find(|line| line.place() == of.line)?.scheme {
            Scheme::Units(units) => Some(units),
            _ => None,
        }
    }

    /// Whether only a part of a driver's load reaches a platform while traffic moves: true of flows that are neither
    /// people nor derived from people or stocks.
    #[must_use]
    pub fn is_load(&self, id: DriverId) -> bool {
        let driver = self.driver(id);
        match &driver.kind {
            DriverKind::Flow { .. } => !driver.people,
            DriverKind::Stock { .. } => false,
            DriverKind::Derived { terms } => terms.iter().all(|(of, _)| self.is_load(*of)),
            DriverKind::PerUnits { terms } => {
                terms.iter().filter_map(|(of, _)| self.units_of(of)).all(|units| self.is_load(units.driver))
            }
        }
    }
}
