use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::{Failure, machine_threads, name_of, prices, print};
use crate::model::Scenario;
use crate::sim::{self, Quantiles, Request};
use crate::store::Files;
use crate::study::demand::{self, DemandAtHorizon};
use crate::{plan, scenario};

/// Futures that demand is tried on.
const TRIALS: u64 = 16_384;

/// Reads files and shows their problems.
pub(super) fn check(files: &[PathBuf], price_file: Option<&Path>, quiet: bool) -> Result<(), Failure> {
    prices::book(price_file)?;
    let mut fine = String::new();
    let mut wrong = String::new();
    for file in files {
        match read(file) {
            Ok(text) => fine.push_str(&text),
            Err(Failure::Input(text)) => wrong.push_str(&text),
            Err(other) => return Err(other),
        }
    }
    if !quiet {
        print(&fine)?;
    }
    if wrong.is_empty() { Ok(()) } else { Err(Failure::Input(wrong)) }
}

/// What is said of one file that can be run: its warnings and what is in it.
fn read(file: &Path) -> Result<String, Failure> {
    let (scenario, warnings) = scenario::read(name_of(file)?, &Files).map_err(|report| {
        let (errors, all) = (report.errors(), report.problems.len());
        let count = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
        Failure::Input(format!("{report}\n{}, {}\n", count(errors, "problem"), count(all - errors, "warning")))
    })?;
    let mut text = String::new();
    for warning in &warnings {
        let _ = writeln!(text, "{warning}");
    }
    let estimates = scenario.estimates();
    let drawn = estimates.iter().filter(|estimate| estimate.constant().is_none()).count();
    let _ = writeln!(
        text,
        "{}: {} options over {} months from {}; {drawn} estimates, {} fixed figures",
        file.display(),
        scenario.options.len(),
        scenario.months,
        scenario.start,
        estimates.len() - drawn
    );
    if let Some(demand) = at_horizon(&scenario) {
        text.push_str(&growth(&demand, scenario.months));
    }
    Ok(text)
}

/// Demand in the last month, over the futures of the scenario's seed.
fn at_horizon(scenario: &Scenario) -> Option<DemandAtHorizon> {
    let plan = plan::compile(scenario);
    let columns = vec![plan.outputs.demand];
    let (seed, threads) = (scenario.run.seed, machine_threads());
    let request = Request { trials: 0..TRIALS, seed, threads, quantiles: Quantiles::Headline, columns };
    demand::of(sim::run(&plan, &request, &|_| {}).column(plan.outputs.demand))
}

/// What the stated growth comes to, in words.
fn growth(demand: &DemandAtHorizon, months: u32) -> String {
    let DemandAtHorizon { median, one_in_ten, mean, tail_share } = demand;
    let mut text = format!(
        "demand in month {months}: half of futures above {median:.2} times today's, 1 in 10 above {one_in_ten:.2}, mean {mean:.2}\n"
    );
    if demand.rests_on_the_tail() {
        let _ = writeln!(
            text,
            "warning: 1 future in 1,000 carries {:.0} % of mean demand; let growth fade, level off, or state a lower `max`",
            100.0 * tail_share
        );
    }
    text
}
