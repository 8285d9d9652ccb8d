use std::path::{Path, PathBuf};

use super::{Failure, RunArguments, bar, machine_threads, name_of, prices, print, size};
use crate::model::price::PriceBook;
use crate::model::{Basis, Scenario};
use crate::plan::{self, Plan};
use crate::present::page::Evidence;
use crate::present::{Made, chart, demand, explain, json, page, stamp, tables};
use crate::scenario::{self, LoadError, Loader};
use crate::sim::{self, Quantiles, Request, STREAM_VERSION};
use crate::store::{self, Files};
use crate::study::verdict::{self, Verdict};
use crate::summary::{self, Summary};
use crate::units::Seed;

/// Most trials of one run, as in a file.
pub(super) const MOST_TRIALS: u64 = 1_000_000_000;

/// Who makes the figures.
const MADE: Made = Made { version: env!("CARGO_PKG_VERSION"), streams: STREAM_VERSION };

/// Runs a scenario from file to files.
pub(super) fn run(arguments: &RunArguments) -> Result<(), Failure> {
    let name = name_of(&arguments.file)?;
    let book = prices::book(&arguments.prices)?;
    // Read once, so that the hash in run.toml is of the bytes that were computed.
    let loaded = Loaded(Files.load(name));
    let reading = scenario::read_whole(&book, name, &loaded)
        .map_err(|report| Failure::Input(format!("{report}\nnothing was written\n")))?;
    let (scenario, warnings) = (&reading.scenario, &reading.warnings);
    let text = loaded.0.unwrap_or_default();
    for warning in warnings.iter().filter(|_| !arguments.quiet) {
        eprintln!("{warning}");
    }
    size::within(scenario, arguments.max_memory)?;
    let plan = plan::compile(scenario);
    let summary = simulate(scenario, &plan, arguments)?;
    if let Some(warning) = demand::warning(&summary, demand::growth(&reading)).filter(|_| !arguments.quiet) {
        eprintln!("{warning}");
    }
    let verdict = verdict::of(&summary);
    let folder = folder_of(arguments)?;
    let own: Vec<String> = arguments.prices.iter().map(|file| file.display().to_string()).collect();
    write(&folder, &summary, &verdict, (&book.version(), &own), text.as_bytes())?;
    if arguments.json {
        return print(&json::text(&summary, &verdict, MADE));
    }
    if arguments.quiet {
        return Ok(());
    }
    print(&page::text(&summary, &verdict, evidence(scenario, &book)))?;
    if arguments.explain_verdict {
        print(&format!("\n{}", explain::text(&summary, &verdict)))?;
    }
    print(&format!("\nTables and the chart are in {}\n", folder.display()))
}

/// A file that was read already.
struct Loaded(Result<String, LoadError>);

impl Loader for Loaded {
    fn load(&self, _: &str) -> Result<String, LoadError> {
        self.0.clone()
    }
}

fn simulate(scenario: &Scenario, plan: &Plan, arguments: &RunArguments) -> Result<Summary, Failure> {
    let trials = arguments.trials.unwrap_or(scenario.run.trials);
    let seed = arguments.seed.map_or(scenario.run.seed, Seed);
    let threads = arguments.threads.map_or_else(machine_threads, |n| n as usize);
    let request = Request { trials: 0..trials, seed, threads, quantiles: Quantiles::All, columns: Vec::new() };
    size::check(plan, &request, arguments.max_memory, arguments.max_time)?;
    let bar = bar::of(trials, arguments.quiet);
    let draws = sim::run(plan, &request, &|done| bar.inc(done));
    bar.finish_and_clear();
    Ok(summary::of(scenario, plan, &draws, seed))
}

/// The folder of results: named like the file.
fn folder_of(arguments: &RunArguments) -> Result<PathBuf, Failure> {
    // A name of dots alone would be a folder that is not the scenario's own.
    let stem = arguments.file.file_stem().filter(|stem| stem.to_string_lossy().chars().any(|c| c != '.'));
    let stem = stem.ok_or_else(|| Failure::Input("outgrow: the scenario file needs a name before .toml\n".into()))?;
    Ok(arguments.out.join(stem))
}

fn write(
    folder: &Path,
    summary: &Summary,
    verdict: &Verdict,
    price_book: (&str, &[String]),
    scenario: &[u8],
) -> Result<(), Failure> {
    let scene = chart::difference::draw(summary, verdict, MADE);
    let (svg, png) = (store::svg::bytes(&scene), store::png::bytes(&scene));
    let figures = json::text(summary, verdict, MADE);
    let stamp = stamp::text(summary, MADE, price_book, scenario);
    let files: [(&str, &[u8]); 5] = [
        ("summary.json", figures.as_bytes()),
        ("monthly.csv", &store::csv::bytes(&tables::monthly(summary))),
        ("difference.svg", &svg),
        ("difference.png", &png),
        ("run.toml", stamp.as_bytes()),
    ];
    store::write_run(folder, &files).map_err(|error| Failure::Outside(format!("outgrow: {error}\n")))
}

/// How many figures rest on what; one that a file states with neither basis nor source is counted apart. Defaults that mean "none of it" or "just once" (0 and 1) are no figures.
fn evidence(scenario: &Scenario, book: &PriceBook) -> Evidence {
    let mut evidence = Evidence::default();
    for estimate in scenario.estimates() {
        let sku = estimate.path.strip_prefix("price.").and_then(|name| book.sku(name));
        evidence.unverified += usize::from(sku.is_some_and(|sku| !sku.is_verified()));
        if estimate.written.is_empty() && matches!(estimate.constant(), Some(0.0 | 1.0)) {
            continue;
        }
        if estimate.basis == Basis::Assumed && !estimate.written.is_empty() && estimate.source.is_empty() {
            evidence.without_basis += 1;
            continue;
        }
        match estimate.basis {
            Basis::Measured => evidence.measured += 1,
            Basis::Quoted => evidence.quoted += 1,
            Basis::Judged => evidence.judged += 1,
            Basis::Assumed => evidence.assumed += 1,
        }
    }
    evidence
}
