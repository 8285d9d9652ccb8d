use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::{Failure, machine_threads, name_of, prices, print, size};
use crate::model::price::PriceBook;
use crate::present::{demand, resolved};
use crate::scenario::Reading;
use crate::sim::{self, Quantiles, Request};
use crate::store::Files;
use crate::{plan, scenario, summary};

pub(super) const EXAMPLES: &str = "Examples:
  outgrow check my.toml                     every problem at once, or what the file holds
  outgrow check my.toml --resolved          every value, where it came from and what is known of it
  outgrow check my.toml --resolved --json | jq '.values[] | select(.is_default)'";

/// Futures that demand is tried on.
const TRIALS: u64 = 16_384;

/// Reads files and shows their problems.
pub(super) fn check(files: &[PathBuf], price_files: &[PathBuf], max_time: f64, quiet: bool) -> Result<(), Failure> {
    let book = prices::book(price_files)?;
    let mut fine = String::new();
    let mut wrong = String::new();
    for file in files {
        match read(&book, file, max_time) {
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

/// Reads files and prints every value of them.
pub(super) fn resolved(files: &[PathBuf], price_files: &[PathBuf], is_json: bool) -> Result<(), Failure> {
    let book = prices::book(price_files)?;
    let mut pages = Vec::new();
    for file in files {
        let name = name_of(file)?;
        let reading = scenario::read_whole(&book, name, &Files).map_err(|report| Failure::Input(report.to_string()))?;
        pages.push(if is_json {
            let value = resolved::json(name, &reading);
            format!("{}\n", serde_json::to_string_pretty(&value).expect("maps with text keys are JSON"))
        } else {
            resolved::text(name, &reading)
        });
    }
    print(&pages.join("\n"))
}

/// What is said of one file that can be run: its warnings and what is in it.
fn read(book: &PriceBook, file: &Path, max_time: f64) -> Result<String, Failure> {
    let reading = scenario::read_whole(book, name_of(file)?, &Files).map_err(|report| {
        let (errors, all) = (report.errors(), report.problems.len());
        let count = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
        Failure::Input(format!("{report}\n{}, {}\n", count(errors, "problem"), count(all - errors, "warning")))
    })?;
    let scenario = &reading.scenario;
    let mut text = String::new();
    for warning in &reading.warnings {
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
    text.push_str(&growth(&reading, max_time)?);
    Ok(text)
}

/// What the stated growth comes to in the last month, over the futures of the scenario's seed.
fn growth(reading: &Reading, max_time: f64) -> Result<String, Failure> {
    let scenario = &reading.scenario;
    size::within(scenario, size::DEFAULT)?;
    let plan = plan::compile(scenario);
    let (seed, threads) = (scenario.run.seed, machine_threads());
    let request = |trials| Request {
        trials: 0..trials,
        seed,
        threads,
        quantiles: Quantiles::All,
        columns: Vec::new(),
        deciders: None,
    };
    size::check(&plan, &request(scenario.run.trials), size::DEFAULT, max_time)?;
    let request = request(TRIALS);
    size::check(&plan, &request, size::DEFAULT, max_time)?;
    Ok(demand::text(&summary::of(scenario, &plan, &sim::run(&plan, &request, &|_| {}), seed), demand::growth(reading)))
}
