//! `outgrow diff`: what differs between two scenarios, and what each difference did to the headline.

use std::path::{Path, PathBuf};

use super::result::{MADE, MOST_TRIALS};
use super::{Failure, bar, look, machine_threads, name_of, prices, print, size};
use crate::model::Scenario;
use crate::plan::{self, Plan};
use crate::present::changes::{Asked, Compared, json, markdown, text};
use crate::present::chart::waterfall;
use crate::scenario::difference::{self, Differences};
use crate::sim::{self, Quantiles, Request};
use crate::store::{self, Files};
use crate::study::answer;
use crate::study::attribution::{self, Attribution, Mixed};
use crate::study::later::{self, Ask};
use crate::study::verdict::{self, Verdict};
use crate::summary::{self, Summary};
use crate::units::Seed;

pub(super) const EXAMPLES: &str = "Examples:
  outgrow diff before.toml after.toml                       what changed, and what each change did
  outgrow diff before.toml after.toml --markdown            the same as a comment on a pull request
  outgrow diff before.toml after.toml --option ecs          another option's headline than the page's
  outgrow diff before.toml after.toml --json | jq .changes  unrounded: the parts add up to the cent

A pull request's own side by side: git worktree add ../before main, then
  outgrow diff ../before/scenarios/my.toml scenarios/my.toml --markdown

What a change did is the mean of what it does alone in the first file and of what it does last, after all others, in the same
futures. The folder gets diff.md, diff.json and the picture waterfall (SVG, PNG).";

/// The name of the picture.
const WATERFALL: &str = "waterfall";

/// What `diff` is told.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The scenario before.
    before: PathBuf,
    /// The scenario after.
    after: PathBuf,
    /// The option whose headline is followed, by its name in both files; the one that the page of the second is about
    /// without it.
    #[arg(long)]
    option: Option<String>,
    /// Prints Markdown for a comment on a pull request.
    #[arg(long, conflicts_with = "json")]
    markdown: bool,
    /// Prints it for another program, unrounded.
    #[arg(long)]
    pub(super) json: bool,
    /// Shows amounts to the cent.
    #[arg(long)]
    cents: bool,
    /// How many possible futures, at least 2; the second file's own number without it.
    #[arg(long, value_parser = clap::value_parser!(u64).range(2..=MOST_TRIALS))]
    trials: Option<u64>,
    /// The seed of every random stream; the second file's own without it.
    #[arg(long)]
    seed: Option<u64>,
    /// Threads; as many as the machine has without it. Results do not depend on it.
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=1024))]
    threads: Option<u64>,
    /// A price file that overrides the book or adds to it, for both; of several the later counts.
    #[arg(long, value_name = "FILE")]
    prices: Vec<PathBuf>,
    /// The folder of results; output/diff-BEFORE-AFTER without it.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Memory that may be taken; what needs more is refused before it takes any.
    #[arg(long, default_value = "4 GiB", value_parser = size::bytes)]
    max_memory: u64,
    /// Time that all runs together may take by its estimate, those of the single changes among them; what takes longer is
    /// refused before it starts.
    #[arg(long, default_value = "24 hours", value_parser = size::seconds)]
    max_time: f64,
    /// Prints nothing but problems.
    #[arg(long, short)]
    quiet: bool,
    #[command(flatten)]
    look: look::LookArguments,
}

/// How all runs are made.
#[derive(Clone, Copy)]
struct How {
    trials: u64,
    seed: Seed,
    threads: usize,
    max_memory: u64,
    max_time: f64,
}

impl How {
    /// What is asked of the runs of single changes.
    const fn ask(self, option: &str) -> attribution::Ask<'_> {
        attribution::Ask { option, trials: self.trials, seed: self.seed, threads: self.threads }
    }
}

/// Compares two scenarios.
pub(super) fn diff(arguments: &Arguments) -> Result<(), Failure> {
    let files = [name_of(&arguments.before)?, name_of(&arguments.after)?];
    let book = prices::book(&arguments.prices)?;
    let differences = difference::between(&book, files, &Files)
        .map_err(|report| Failure::Refused(report, "\nnothing was written\n"))?;
    let scenarios = differences.readings.each_ref().map(|reading| &reading.scenario);
    one_currency(files, scenarios)?;
    if differences.changes.is_empty() {
        return said(arguments, &Compared::same(files, &differences), &json::same(files, &differences, MADE));
    }
    let pictures = look::of(&arguments.look, arguments.quiet)?;
    let folder = folder_of(arguments)?;
    let after = scenarios[1];
    let how = How {
        trials: arguments.trials.unwrap_or(after.run.trials),
        seed: arguments.seed.map_or(after.run.seed, Seed),
        threads: arguments.threads.map_or_else(machine_threads, |n| n as usize),
        max_memory: arguments.max_memory,
        max_time: arguments.max_time,
    };
    let changes = differences.changes.len() as u64;
    let runs = scenarios.len() as u64 + Attribution::runs(changes);
    let asked = arguments.option.as_deref();
    within(scenarios, (asked, changes), how)?;
    let bar = bar::of(how.trials * runs, arguments.quiet);
    let progress = |done| bar.inc(done);
    let [before, after] = [lived(scenarios[0], how, &progress)?, lived(scenarios[1], how, &progress)?];
    let lived = [(&before.0, &before.1), (&after.0, &after.1)];
    let option = followed(arguments.option.as_deref(), files, lived)?;
    let attribution = option.as_ref().map(|option| attributed(&differences, option, how, &progress));
    bar.finish_and_clear();
    let asked = Asked {
        files,
        differences: &differences,
        runs: lived,
        attribution: option.as_deref().zip(attribution.as_ref()),
        cents: arguments.cents,
    };
    let (compared, figures) = (Compared::of(&asked), json::text(&asked, MADE));
    write(&folder, &compared, &figures, (&pictures, how.threads))?;
    said(arguments, &compared, &figures)?;
    match arguments.json || arguments.markdown || arguments.quiet {
        true => Ok(()),
        false => print(&format!("\nThe same as Markdown and JSON, and the picture, are in {}\n", folder.display())),
    }
}

/// Prints the comparison in the form that is asked for.
fn said(arguments: &Arguments, compared: &Compared, figures: &str) -> Result<(), Failure> {
    match (arguments.quiet, arguments.json, arguments.markdown) {
        (true, ..) => Ok(()),
        (_, true, _) => print(figures),
        (_, _, true) => print(&markdown::text(compared)),
        _ => print(&text::page(compared)),
    }
}

/// Writes the files of a comparison; the figures last, so that where they are, the rest is.
fn write(
    folder: &Path,
    compared: &Compared,
    figures: &str,
    (pictures, threads): (&look::Pictures, usize),
) -> Result<(), Failure> {
    let scene = pictures.scale.and_then(|_| waterfall::draw(compared, MADE, pictures.look));
    let scenes: Vec<_> = scene.into_iter().map(|scene| (WATERFALL, scene)).collect();
    let mut files = store::pictures::files(&scenes, pictures.scale.unwrap_or(1), threads);
    files.push(("diff.md".to_owned(), markdown::text(compared).into_bytes()));
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let outside = |error: String| Failure::Outside(format!("outgrow: {error}\n"));
    store::write_run(folder, &files, ("diff.json", figures.as_bytes())).map_err(|error| outside(error.to_string()))?;
    // A picture of what was compared before would pass for one of this.
    store::pictures::take_away(folder, WATERFALL, &files).map_err(|error| outside(error.to_string()))
}

/// The folder of results: the one asked for, else one named like both files.
fn folder_of(arguments: &Arguments) -> Result<PathBuf, Failure> {
    if let Some(folder) = &arguments.out {
        return Ok(folder.clone());
    }
    let stems = [&arguments.before, &arguments.after].map(|file| file.file_stem().map(|stem| stem.to_string_lossy()));
    let [Some(before), Some(after)] = stems else {
        return Err(Failure::Input("outgrow: the scenario files need names before .toml\n".into()));
    };
    Ok(PathBuf::from("output").join(format!("diff-{before}-{after}")))
}

/// What each change did, in the same futures.
fn attributed(differences: &Differences, option: &str, how: How, progress: &(dyn Fn(u64) + Sync)) -> Attribution {
    let mixed = differences.changes.iter().map(|change| Mixed { first: &change.first, last: &change.last });
    let [before, after] = &differences.readings;
    attribution::of([&before.scenario, &after.scenario], &mixed.collect::<Vec<_>>(), how.ask(option), progress)
}

/// A scenario's figures and its word, as a run has them.
fn lived(scenario: &Scenario, how: How, progress: &(dyn Fn(u64) + Sync)) -> Result<(Summary, Verdict), Failure> {
    size::within(scenario, how.max_memory)?;
    let plan = plan::compile(scenario);
    let How { trials, seed, threads, .. } = how;
    let view = plan.outputs.headline;
    let request = request(&plan, how);
    size::check(&plan, &request, how.max_memory, how.max_time)?;
    let draws = sim::run(&plan, &request, progress);
    let lived = Request { trials: sim::trials_of(&request.trials), ..request };
    let lucks = sim::lucks(&plan, view, &lived, draws.totals.as_ref(), &|_| {});
    let sums = draws.deciders.as_ref().expect("the request asks for them");
    let (summary, answer) = (summary::of(scenario, &plan, &draws, seed), answer::of(scenario, sums, &lucks));
    let later = later::of(scenario, Ask { trials: trials.min(sim::FIRST), seed, threads }, draws.totals.as_ref());
    let verdict = verdict::of(&summary, &later, Some(&answer));
    Ok((summary, verdict))
}

/// Refuses what takes too long or too much memory, all runs together, before any of them.
fn within(ends: [&Scenario; 2], (asked, changes): (Option<&str>, u64), how: How) -> Result<(), Failure> {
    let mut seconds = 0.0;
    for scenario in ends {
        size::within(scenario, how.max_memory)?;
        let plan = plan::compile(scenario);
        seconds += sim::size(&plan, &request(&plan, how)).seconds;
    }
    let is_in_both = |name: &&str| ends.iter().all(|end| end.options.iter().any(|option| option.name == *name));
    let names = ends[1].options.iter().map(|option| option.name.as_str());
    if let Some(option) = asked.into_iter().chain(names).find(is_in_both) {
        seconds += attribution::seconds(ends, changes, how.ask(option));
    }
    let what = format!("the {} runs of this comparison", ends.len() as u64 + Attribution::runs(changes));
    size::check_all(&what, (seconds, how.max_time), (attribution::bytes(how.trials), how.max_memory))
}

/// What is asked of the run of an end.
fn request(plan: &Plan, how: How) -> Request {
    let How { trials, seed, threads, .. } = how;
    let deciders = Some(plan.outputs.headline);
    Request { trials: 0..trials, seed, threads, quantiles: Quantiles::All, columns: Vec::new(), deciders }
}

/// Amounts of two currencies are not compared.
fn one_currency(files: [&str; 2], scenarios: [&Scenario; 2]) -> Result<(), Failure> {
    let [before, after] = scenarios.map(|scenario| scenario.currency);
    if before == after {
        return Ok(());
    }
    Err(Failure::Input(format!(
        "outgrow: {} is in {} and {} in {}: write both in one currency\n",
        files[0],
        before.name(),
        files[1],
        after.name()
    )))
}

/// The option whose headline is followed: the one asked for, else of those in both files the one that the second page is
/// about, else the best of the others.
fn followed(
    asked: Option<&str>,
    files: [&str; 2],
    [(before, _), (after, verdict)]: [(&Summary, &Verdict); 2],
) -> Result<Option<String>, Failure> {
    let has = |summary: &Summary, name: &str| summary.options.iter().any(|option| option.name == name);
    if let Some(name) = asked {
        for (file, summary) in files.into_iter().zip([before, after]) {
            if !has(summary, name) {
                let names: Vec<&str> = summary.options.iter().map(|option| option.name.as_str()).collect();
                return Err(Failure::Input(format!(
                    "outgrow: {file} has no option {}; it has {}\n",
                    name.escape_debug(),
                    names.join(", ")
                )));
            }
            if summary.options[summary.baseline].name == name {
                return Err(Failure::Input(format!(
                    "outgrow: {} is what options of {file} are compared with; name another\n",
                    name.escape_debug()
                )));
            }
        }
        return Ok(Some(name.to_owned()));
    }
    let standings = [&verdict.leader].into_iter().chain(&verdict.others);
    let mut names = standings.map(|standing| after.options[standing.option].name.clone());
    Ok(names.find(|name| has(before, name)))
}
