//! Lowers a checked scenario into flat columns and operations; knows nothing of trials, threads or figures.
//!
//! ```text
//! demand ─▶ drivers ─▶ phases of projects ─▶ sides (lines, work, incidents) ─▶ options ─▶ differences
//! ```
//!
//! A *side* is one platform inside one option with its share of traffic. Identical operations are computed once, so
//! options share what does not depend on their traffic, and an option that has not left repeats the baseline's
//! arithmetic to the bit. [`Plan::names`] keeps the paths of columns for messages and for the twin's comparison.

mod builder;
mod change;
pub mod columns;
mod commitment;
mod contract;
mod cover;
mod debt;
mod demand;
mod driver;
mod estimate;
mod event;
mod friction;
mod hours;
mod in_force;
mod incident;
mod ladder;
mod line;
mod loss;
mod migration;
mod must_leave;
pub mod op;
mod operands;
mod option;
mod output;
mod part;
pub(crate) mod places;
mod price;
mod prune;
mod requirement;
mod side;
mod signal;
mod steady;
mod terms;
mod trigger;
pub mod unknown;
mod work;

pub(crate) use builder::{apply_binary, apply_unary, ceil};

pub use cover::{Cap, DoneBy};
pub use estimate::{File, FileColumn, Input};
pub use event::EventColumn;
pub use hours::{HoursBy, HoursColumns, Who, ends_year};
pub use output::{Comparison, FiscalYear, OptionColumns, Outputs, View, Wall};
pub use part::{LineColumn, Part};
pub use signal::{ABOVE_ONE, SignalColumn};

use crate::model::Scenario;
use op::{Col, Step, Worth};

/// A compiled scenario.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The horizon M.
    pub months: u32,
    /// Months from the as-of month to month 1.
    pub as_of: u32,
    /// How many columns a block has.
    pub columns: u32,
    /// Columns that never change, with their value.
    pub constants: Vec<(Col, f64)>,
    /// Runs once a trial.
    pub once: Vec<Step>,
    /// Runs every month since the as-of month.
    pub advance: Vec<Step>,
    /// Runs in months 1 to M, after `advance`.
    pub monthly: Vec<Step>,
    /// Runs once a trial for each of [`ln_sizes`], after `once`.
    pub sizes: Vec<Step>,
    /// Runs at the opening: the part of `monthly` that has a value at moment 0.
    pub opening: Vec<Step>,
    /// Estimates that are drawn.
    pub inputs: Vec<Input>,
    /// Files of which a row is drawn.
    pub files: Vec<File>,
    /// Columns of those files.
    pub file_columns: Vec<FileColumn>,
    /// Estimates that are no constants, by path, with their column.
    pub estimates: Vec<(String, Col)>,
    /// Paths of random streams; operations point into it.
    pub streams: Vec<String>,
    /// Cumulative weights of the growth cases.
    pub case_weights: Vec<f64>,
    /// Growth over all cases, where the trial's case decides it.
    pub growth: Option<unknown::GrowthOfCases>,
    /// ln of the seasonal factor against the as-of month, by months since as-of.
    pub ln_season: Vec<f64>,
    /// Present value of a dollar paid at the end of month m, by m; 1 where nothing is discounted.
    pub discount: Vec<f64>,
    /// What a dollar paid at the end of month m is worth in dollars of the opening, by m; 1 without inflation.
    pub deflator: Vec<f64>,
    /// Where results stand.
    pub outputs: Outputs,
    /// Named columns, for messages and the twin.
    pub names: Vec<(String, Col)>,
    /// What each thing of each option comes to, for explaining a figure.
    pub figures: Vec<Figure>,
}

impl Plan {
    /// The factor on an amount of a month, 0 the opening.
    #[must_use]
    pub fn factor(&self, worth: Worth, month: u32) -> f64 {
        match worth {
            Worth::Nominal => 1.0,
            Worth::Present => self.discount[month as usize],
            Worth::Real => self.deflator[month as usize],
        }
    }
}

/// What a line, a work item or a class of incidents comes to in an option.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The path of the thing: `platform.ecs.runtime.web`.
    pub path: String,
    /// The option, by its place.
    pub option: usize,
    /// What it is of: "$", "hours".
    pub unit: &'static str,
    /// The factor that its amount is added up with: the part of the month in service.
    pub weight: Col,
    /// The amount of a month in service.
    pub amount: Col,
    /// Estimates that went into it, by path, constants among them.
    pub parts: Vec<(String, Col)>,
}

/// Steps of the grid of sizes in an octave.
pub const SIZES_PER_OCTAVE: u32 = 4;

/// The grid of sizes that crossover scale is read from: demand from 1/8 to 64 times today, a quarter of an octave apart.
/// Gives ln of each.
#[must_use]
pub fn ln_sizes() -> Vec<f64> {
    let step = std::f64::consts::LN_2 / f64::from(SIZES_PER_OCTAVE);
    (-3 * SIZES_PER_OCTAVE as i32..=6 * SIZES_PER_OCTAVE as i32).map(|place| f64::from(place) * step).collect()
}

/// Columns that a scenario's plan has at least: one for each line, item of work and class of incidents of each platform that
/// an option lives on. A plan has a dozen times as many; this is what can be said before it is made.
#[must_use]
pub fn columns_at_least(scenario: &Scenario) -> u64 {
    let things =
        |platform: &crate::model::Platform| platform.lines.len() + platform.work.len() + platform.incidents.len();
    let home = scenario.platform(scenario.baseline().platform);
    let of = |option: &crate::model::WayToRun| {
        things(scenario.lived_on(option)) + if option.migration.is_some() { things(home) } else { 0 }
    };
    scenario.options.iter().map(|option| of(option) as u64).sum::<u64>() + scenario.estimates().len() as u64
}

/// Compiles a scenario.
#[must_use]
pub fn compile(scenario: &Scenario) -> Plan {
    let mut builder = builder::Builder::new(scenario);
    let demand = demand::lower(&mut builder);
    let drivers = driver::lower(&mut builder, &demand);
    let people = work::lower_people(&mut builder);
    let options = option::lower(&mut builder, &drivers, &people);
    let steady = steady::lower(&mut builder, &people);
    let outputs = output::lower(&mut builder, &demand, options, &steady);
    builder.finish(outputs)
}
