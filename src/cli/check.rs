use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::{Failure, machine_threads, name_of, prices, print, size};
use crate::diag::{Report, Severity};
use crate::model::price::PriceBook;
use crate::present::{demand, problems, resolved, tables};
use crate::scenario::Reading;
use crate::sim::{self, Quantiles, Request};
use crate::store::Files;
use crate::summary::Demand;
use crate::{plan, scenario, summary};

pub(super) const EXAMPLES: &str = "Examples:
  outgrow check my.toml                     every problem at once, or what the file holds
  outgrow check my.toml --json | jq '.problems[] | [.file, .line, .code, .message] | @tsv'
  outgrow check my.toml --resolved          every value, where it came from and what is known of it
  outgrow check my.toml --resolved --json | jq '.values[] | select(.is_default)'";

/// What `check` is told.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Scenario files.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// A price file that overrides the book or adds to it; of several the later counts.
    #[arg(long, value_name = "FILE")]
    prices: Vec<PathBuf>,
    /// Time that the run of a file may take by its estimate; a longer one is a problem.
    #[arg(long, default_value = "24 hours", value_parser = size::seconds)]
    max_time: f64,
    /// Prints problems only.
    #[arg(long, short, conflicts_with = "json")]
    quiet: bool,
    /// Prints every value: its line or that it is a default, its basis and source, mean and quantiles.
    #[arg(long, conflicts_with = "quiet")]
    resolved: bool,
    /// Prints problems and what files hold, or every value, for another program.
    #[arg(long)]
    pub(super) json: bool,
}

/// Futures that demand is tried on.
const TRIALS: u64 = 16_384;

/// A file that can be run.
struct Fine {
    reading: Reading,
    /// Of futures that are enough for demand.
    tried: Demand,
}

/// Reads files and shows their problems, or every value of them.
pub(super) fn check(arguments: &Arguments) -> Result<(), Failure> {
    let book = prices::book(&arguments.prices)?;
    if arguments.resolved {
        return resolved(&book, arguments);
    }
    let mut checked = Vec::new();
    for file in &arguments.files {
        let read = read(&book, file, arguments.max_time);
        match read {
            Err(failure) if !failure.is_input() => return Err(failure),
            read => checked.push((file.as_path(), read)),
        }
    }
    let is_fine = checked.iter().all(|(_, read)| read.is_ok());
    if arguments.json {
        print(&document(&checked))?;
        return if is_fine { Ok(()) } else { Err(Failure::Input(String::new())) };
    }
    let (mut fine, mut wrong) = (String::new(), String::new());
    for (file, read) in &checked {
        match read {
            Ok(read) => fine.push_str(&text(file, read)),
            Err(failure) => wrong.push_str(&refused(failure)),
        }
    }
    if !arguments.quiet {
        print(&fine)?;
    }
    if is_fine { Ok(()) } else { Err(Failure::Input(wrong)) }
}

/// Reads files and prints every value of them.
fn resolved(book: &PriceBook, arguments: &Arguments) -> Result<(), Failure> {
    let (mut pages, mut documents) = (Vec::new(), Vec::new());
    for file in &arguments.files {
        let name = name_of(file)?;
        let reading = scenario::read_whole(book, name, &Files).map_err(|report| Failure::Refused(report, ""))?;
        match arguments.json {
            true => documents.push(resolved::json(name, &reading)),
            false => pages.push(resolved::text(name, &reading)),
        }
    }
    if !arguments.json {
        return print(&pages.join("\n"));
    }
    // One file is a document, several are a list of them: what is printed is one document.
    let document = if documents.len() == 1 { documents.swap_remove(0) } else { Value::Array(documents) };
    print(&format!("{document:#}\n"))
}

/// Reads a file and tries what its growth comes to.
fn read(book: &PriceBook, file: &Path, max_time: f64) -> Result<Fine, Failure> {
    let reading = scenario::read_whole(book, name_of(file)?, &Files).map_err(|report| Failure::Refused(report, ""))?;
    let tried = growth(&reading, max_time)?;
    Ok(Fine { reading, tried })
}

/// What is wrong with a file, and how many problems that are.
fn refused(failure: &Failure) -> String {
    let Failure::Refused(report, _) = failure else { return failure.text() };
    let [errors, warnings] = counts(report);
    let count = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    format!("{report}\n{}, {}\n", count(errors, "problem"), count(warnings, "warning"))
}

fn counts(report: &Report) -> [usize; 2] {
    let errors = report.problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    [errors, report.problems.len() - errors]
}

/// What is said of one file that can be run: its warnings and what is in it.
fn text(file: &Path, Fine { reading, tried }: &Fine) -> String {
    let scenario = &reading.scenario;
    let mut text = String::new();
    for warning in &reading.warnings {
        let _ = writeln!(text, "{warning}");
    }
    let [drawn, fixed] = estimates(reading);
    let _ = writeln!(
        text,
        "{}: {} options over {} months from {}; {drawn} estimates, {fixed} fixed figures",
        file.display(),
        scenario.options.len(),
        scenario.months,
        scenario.start,
    );
    text + &demand::text(tried, scenario.months, demand::growth(reading))
}

/// How many estimates are drawn, and how many are one number.
fn estimates(reading: &Reading) -> [usize; 2] {
    let estimates = reading.scenario.estimates();
    let drawn = estimates.iter().filter(|estimate| estimate.constant().is_none()).count();
    [drawn, estimates.len() - drawn]
}

/// What is said of all files, for another program.
fn document(checked: &[(&Path, Result<Fine, Failure>)]) -> String {
    let (mut all, mut files) = (Vec::new(), Vec::new());
    for (file, read) in checked {
        let mut about = Map::from_iter([("file".to_owned(), json!(file.display().to_string()))]);
        let own: Vec<Value> = match read {
            Ok(Fine { reading, tried }) => {
                about.extend(holds(reading, tried));
                let warning = demand::warning(tried, reading.scenario.months, demand::growth(reading));
                reading.warnings.iter().chain(&warning).map(problems::value).collect()
            }
            Err(failure) => failure.problems(),
        };
        let errors = own.iter().filter(|problem| problem["severity"] == "error").count();
        about.insert("errors".into(), json!(errors));
        about.insert("warnings".into(), json!(own.len() - errors));
        all.extend(own);
        files.push(Value::Object(about));
    }
    format!("{:#}\n", json!({ "problems": all, "files": files }))
}

/// What a file holds that can be run.
fn holds(reading: &Reading, tried: &Demand) -> Map<String, Value> {
    let scenario = &reading.scenario;
    let [drawn, fixed] = estimates(reading);
    let names: Vec<&str> = scenario.options.iter().map(|option| option.name.as_str()).collect();
    let spread = &tried.spread;
    let value = json!({
        "name": scenario.name,
        "options": names,
        "baseline": scenario.options[scenario.baseline.0].name,
        "start": tables::iso(scenario.start),
        "months": scenario.months,
        "estimates": drawn,
        "fixed_figures": fixed,
        "demand_in_last_month": { "p50": spread.at(0.5), "p90": spread.at(0.9), "mean": spread.mean.value },
    });
    if let Value::Object(map) = value { map } else { Map::new() }
}

/// What the stated growth comes to, over the futures of the scenario's seed.
fn growth(reading: &Reading, max_time: f64) -> Result<Demand, Failure> {
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
    Ok(summary::demand(&sim::demand(&plan, &request)))
}
