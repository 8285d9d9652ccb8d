use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::{Failure, machine_threads, name_of, prices, print};
use crate::model::Scenario;
use crate::present::demand;
use crate::sim::{self, Quantiles, Request};
use crate::store::Files;
use crate::{plan, scenario, summary};

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
    text.push_str(&growth(&scenario));
    Ok(text)
}

/// What the stated growth comes to in the last month, over the futures of the scenario's seed.
fn growth(scenario: &Scenario) -> String {
    let plan = plan::compile(scenario);
    let (seed, threads) = (scenario.run.seed, machine_threads());
    let request = Request { trials: 0..TRIALS, seed, threads, quantiles: Quantiles::All, columns: Vec::new() };
    let summary = summary::of(scenario, &plan, &sim::run(&plan, &request, &|_| {}), seed);
    demand::text(&summary)
}
