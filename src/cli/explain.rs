use std::fmt::Write as _;
use std::path::PathBuf;

use super::{Failure, name_of, print};
use crate::model::Scenario;
use crate::present::arithmetic as page;
use crate::store::Files;
use crate::study::arithmetic::{self, Future, Lived};
use crate::units::{Seed, YearMonth};
use crate::{plan, scenario};

pub(super) const EXAMPLES: &str = "Examples:
  outgrow explain my.toml                                                     every path there is
  outgrow explain my.toml option.ecs.invoiced.runtime --month 7               a bucket's month, line by line
  outgrow explain my.toml platform.heroku.runtime.web --month 7               one line's month
  outgrow explain my.toml option.ecs.project_hours --month 4 --trial 12       in one of the run's own futures";

/// What `explain` is told.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The scenario file.
    file: PathBuf,
    /// The figure; without it every path is listed.
    path: Option<String>,
    /// The month, from 1, or of the calendar: 7, 2027-07.
    #[arg(long, short, default_value = "1")]
    month: String,
    /// A trial of the run, from 0; without it every estimate and every draw of luck is at its middle.
    #[arg(long)]
    trial: Option<u64>,
    /// The seed of that trial; the file's own without it.
    #[arg(long, requires = "trial")]
    seed: Option<u64>,
    /// The option that a thing of a platform is read in; without it the baseline, or the first that has it.
    #[arg(long)]
    option: Option<String>,
    /// A price file that overrides the book or adds to it; of several the later counts.
    #[arg(long, value_name = "FILE")]
    prices: Vec<PathBuf>,
    /// Prints it for another program.
    #[arg(long)]
    pub(super) json: bool,
}

/// A month by its number, or by the calendar.
fn month_of(text: &str, scenario: &Scenario) -> Result<u32, Failure> {
    let count = |month: YearMonth| month.year() * 12 + month.index() as i32;
    let stated = match text.split_once('-') {
        Some((year, month)) => (year.parse().ok())
            .zip(month.parse().ok())
            .and_then(|(year, month)| YearMonth::new(year, month))
            .and_then(|month| u32::try_from(count(month) - count(scenario.start) + 1).ok()),
        None => text.parse().ok(),
    };
    stated.filter(|month| (1..=scenario.months).contains(month)).ok_or_else(|| {
        let last = scenario.start.plus(scenario.months as i32 - 1);
        Failure::Input(format!(
            "outgrow: there is no month {}: the file has 1 to {}, which are {} to {last}\n",
            text.escape_debug(),
            scenario.months,
            scenario.start
        ))
    })
}

/// Prints the arithmetic of one figure.
pub(super) fn explain(arguments: &Arguments) -> Result<(), Failure> {
    let book = super::prices::book(&arguments.prices)?;
    let read = scenario::read_at(&book, name_of(&arguments.file)?, &Files);
    let (scenario, _) = read.map_err(|report| Failure::Refused(report, ""))?;
    super::size::within(&scenario, super::size::DEFAULT)?;
    let plan = plan::compile(&scenario);
    let Some(path) = &arguments.path else {
        let all = arithmetic::paths(&plan);
        return print(&if arguments.json {
            format!("{}\n", serde_json::json!(all))
        } else {
            all.iter().map(|path| format!("{path}\n")).collect()
        });
    };
    let path = &arithmetic::singular(path);
    let month = month_of(&arguments.month, &scenario)?;
    let seed = arguments.seed.map_or(scenario.run.seed, Seed);
    let future = arguments.trial.map_or(Future::Median, |trial| Future::Trial(seed, trial));
    let found = arithmetic::of(&scenario, &plan, path, arguments.option.as_deref(), &Lived::to(&plan, month, future));
    let Some(found) = found else {
        let mut text = format!("outgrow: nothing is called {}", path.escape_debug());
        if let Some(option) = &arguments.option {
            let _ = write!(text, " in the option {}", option.escape_debug());
        }
        let near = arithmetic::nearest(&plan, path);
        if near.is_empty() {
            let _ = write!(text, "\n  `outgrow explain {}` lists every path\n", arguments.file.display());
        } else {
            let _ = write!(text, "; perhaps\n  {}\n", near.join("\n  "));
        }
        return Err(Failure::Input(text));
    };
    print(&if arguments.json {
        let value = page::json(&found, scenario.currency, future);
        format!("{}\n", serde_json::to_string_pretty(&value).expect("maps with text keys are JSON"))
    } else {
        page::text(&found, (scenario.start, scenario.currency), future)
    })
}
