use std::path::{Path, PathBuf};

use super::{Failure, RunArguments, bar, look, machine_threads, name_of, prices, print, size};
use crate::model::Scenario;
use crate::plan::{self, Plan, View};
use crate::present::scene::Scene;
use crate::present::{Made, chart, demand, explain, figures, hinges, json, page, people, stamp, tables};
use crate::scenario::{self, LoadError, Loader};
use crate::sim::{self, Quantiles, Request, STREAM_VERSION};
use crate::store::{self, Files};
use crate::study::answer::{self, Answer};
use crate::study::later::{self, Ask};
use crate::study::verdict;
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
    let loaded = Loaded { name, text: Files.load(name) };
    let reading = scenario::read_whole(&book, name, &loaded)
        .map_err(|report| Failure::Input(format!("{report}\nnothing was written\n")))?;
    let (scenario, warnings) = (&reading.scenario, &reading.warnings);
    let text = loaded.text.unwrap_or_default();
    for warning in warnings.iter().filter(|_| !arguments.quiet) {
        eprintln!("{warning}");
    }
    let look = look::of(&arguments.look, arguments.quiet)?;
    size::within(scenario, arguments.max_memory)?;
    let plan = plan::compile(scenario);
    let (summary, answer) = simulate(scenario, &plan, arguments)?;
    if let Some(warning) = demand::warning(&summary, demand::growth(&reading)).filter(|_| !arguments.quiet) {
        eprintln!("{warning}");
    }
    let later = later::of(scenario, asked_later(scenario, arguments));
    let verdict = verdict::of(&summary, &later, Some(&answer));
    let hinges = hinges::of(&summary, &verdict, scenario, &answer);
    let folder = folder_of(arguments)?;
    let figures = json::text(&summary, &verdict, Some((scenario, &answer)), MADE);
    let scenes = chart::all(&summary, &verdict, &hinges, MADE, look);
    let pictures = store::pictures::files(&scenes, arguments.look.scale, threads_of(arguments));
    let page = page::of(&summary, &verdict, &hinges);
    let shown = |(name, scene): &(&str, Scene)| (format!("{name}.png"), scene.alternative.clone());
    let words = page::markdown::text(&page, &scenes.iter().map(shown).collect::<Vec<_>>());
    let people = people::of(&summary, &verdict);
    let who = page::markdown::text(&people, &[]);
    let own: Vec<String> = arguments.prices.iter().map(|file| file.display().to_string()).collect();
    let stamp = stamp::text(&summary, MADE, (&book.version(), &own), text.as_bytes());
    let stamp = stamp::with_files(stamp, &reading.files);
    write(&folder, &summary, (&figures, [words, who], pictures), stamp)?;
    if arguments.json {
        return print(&figures);
    }
    if arguments.quiet {
        return Ok(());
    }
    print(&page::terminal(&page))?;
    if arguments.people {
        print(&format!("\n{}", page::terminal(&people)))?;
    }
    if arguments.tables {
        print(&figures::text(&summary, scenario, &answer))?;
    }
    if arguments.explain_verdict {
        print(&format!("\n{}", explain::text(&summary, &verdict)))?;
    }
    print(&format!("\nThe page, tables and charts are in {}\n", folder.display()))
}

/// A scenario that was read already; files beside it are read when they are asked for.
struct Loaded<'n> {
    name: &'n str,
    text: Result<String, LoadError>,
}

impl Loader for Loaded<'_> {
    fn load(&self, name: &str) -> Result<String, LoadError> {
        if name == self.name { self.text.clone() } else { Files.load(name) }
    }
}

/// Most futures that leaving later is tried in: their comparison is pair by pair, so that few suffice.
const MOST_LATER: u64 = 4_096;

fn asked_later(scenario: &Scenario, arguments: &RunArguments) -> Ask {
    let (trials, seed, threads) = asked(scenario, arguments);
    Ask { trials: trials.min(MOST_LATER), seed, threads }
}

/// Trials, seed and threads of a run.
fn asked(scenario: &Scenario, arguments: &RunArguments) -> (u64, Seed, usize) {
    let trials = arguments.trials.unwrap_or(scenario.run.trials);
    let seed = arguments.seed.map_or(scenario.run.seed, Seed);
    let threads = threads_of(arguments);
    (trials, seed, threads)
}

fn simulate(scenario: &Scenario, plan: &Plan, arguments: &RunArguments) -> Result<(Summary, Answer), Failure> {
    let (trials, seed, threads) = asked(scenario, arguments);
    let request = Request {
        trials: 0..trials,
        seed,
        threads,
        quantiles: Quantiles::All,
        columns: Vec::new(),
        deciders: Some(View::HEADLINE),
    };
    size::check(plan, &request, arguments.max_memory, arguments.max_time)?;
    let bar = bar::of(trials, arguments.quiet);
    let draws = sim::run(plan, &request, &|done| bar.inc(done));
    bar.finish_and_clear();
    let lucks = sim::lucks(plan, View::HEADLINE, &Request { trials: sim::trials_of(&request.trials), ..request });
    let sums = draws.deciders.as_ref().expect("the request asks for them");
    Ok((summary::of(scenario, plan, &draws, seed), answer::of(scenario, sums, &lucks)))
}

fn threads_of(arguments: &RunArguments) -> usize {
    arguments.threads.map_or_else(machine_threads, |n| n as usize)
}

/// The folder of results: named like the file.
fn folder_of(arguments: &RunArguments) -> Result<PathBuf, Failure> {
    // A name of dots alone would be a folder that is not the scenario's own.
    let stem = arguments.file.file_stem().filter(|stem| stem.to_string_lossy().chars().any(|c| c != '.'));
    let stem = stem.ok_or_else(|| Failure::Input("outgrow: the scenario file needs a name before .toml\n".into()))?;
    Ok(arguments.out.join(stem))
}

/// Names of files and what is in them.
type Pictures = Vec<(String, Vec<u8>)>;

fn write(
    folder: &Path,
    summary: &Summary,
    (figures, [words, who], pictures): (&str, [String; 2], Pictures),
    stamp: String,
) -> Result<(), Failure> {
    let monthly = tables::monthly(summary);
    let mut files: Vec<(String, Vec<u8>)> = vec![
        ("summary.md".into(), words.into_bytes()),
        ("people.md".into(), who.into_bytes()),
        ("summary.json".into(), figures.as_bytes().to_vec()),
        ("monthly.csv".into(), store::csv::bytes(&monthly)),
        ("run.toml".into(), stamp.into_bytes()),
    ];
    #[cfg(feature = "tables")]
    files.extend([
        ("monthly.parquet".into(), store::parquet::bytes(&monthly)),
        ("lines.parquet".into(), store::parquet::bytes(&tables::lines(summary))),
    ]);
    files.extend(pictures);
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    store::write_run(folder, &files).map_err(|error| Failure::Outside(format!("outgrow: {error}\n")))
}
