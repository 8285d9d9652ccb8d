//! From a scenario file to the files of its result: what `run`, `batch` and `verify` have in common.

use std::ops::Range;
use std::path::{Path, PathBuf};

use super::gate::{Answered, Asked};
use super::look::Pictures;
use super::{Failure, MadeArguments, machine_threads, name_of, size};
use crate::model::Scenario;
use crate::model::price::PriceBook;
use crate::plan::{self, Plan};
use crate::present::inputs::{self, Inputs};
use crate::present::page::block::Block;
use crate::present::scene::Scene;
use crate::present::{Made, chart, demand, hinges, json, page, people, stamp, tables};
use crate::scenario::{self, LoadError, Loader, Reading};
use crate::sim::{self, Quantiles, Request, STREAM_VERSION};
use crate::store::shard::Head;
use crate::store::{self, Files};
use crate::study::answer::{self, Answer};
use crate::study::gate;
use crate::study::later;
use crate::study::part::{self, Part, Sums};
use crate::study::redact::{self, Hidden, Neutral};
use crate::study::verdict::{self, Verdict};
use crate::summary::{self, Summary};
use crate::units::Seed;

/// Most trials of one run, as in a file.
pub(super) const MOST_TRIALS: u64 = 1_000_000_000;

/// Who makes the figures.
pub(super) const MADE: Made = Made { version: env!("CARGO_PKG_VERSION"), streams: STREAM_VERSION };

/// What a run is to be made of beside its scenario.
pub(super) struct How<'a> {
    /// Number of futures and seed, where they are not the file's own.
    pub(super) trials: Option<u64>,
    pub(super) seed: Option<u64>,
    pub(super) threads: usize,
    pub(super) book: &'a PriceBook,
    /// The book's version, which takes longer to find than a small scenario takes to live.
    pub(super) book_version: String,
    /// The price files joined to the book, as they were named, and their texts.
    pub(super) price_files: &'a [(String, String)],
    pub(super) pictures: &'a Pictures,
    pub(super) max_memory: u64,
    pub(super) max_time: f64,
    /// What is left out of what is shown.
    pub(super) hides: Hidden,
}

/// A scenario that was read: its text once, so that hashes are of the bytes that were computed.
pub(super) struct Read {
    pub(super) reading: Reading,
    /// The file's name without its folder.
    name: String,
    text: String,
}

/// A scenario's text; files beside it are read when they are asked for.
struct Loaded<'n> {
    name: &'n str,
    text: Result<String, LoadError>,
}

impl Loader for Loaded<'_> {
    fn load(&self, name: &str) -> Result<String, LoadError> {
        if name == self.name { self.text.clone() } else { Files.load(name) }
    }
}

/// Reads a scenario file.
pub(super) fn read(file: &Path, book: &PriceBook) -> Result<Read, Failure> {
    let name = name_of(file)?;
    let loaded = Loaded { name, text: Files.load(name) };
    let reading = scenario::read_whole(book, name, &loaded)
        .map_err(|report| Failure::Refused(report, "\nnothing was written\n"))?;
    let name = file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    Ok(Read { reading, name, text: loaded.text.unwrap_or_default() })
}

/// Reads the scenario that a result was computed from.
pub(super) fn read_again(inputs: &Inputs, book: &PriceBook) -> Result<Read, Failure> {
    let (name, text) = &inputs.scenario;
    let reading = scenario::read_whole(book, name, &Recorded(inputs))
        .map_err(|report| Failure::Refused(report, "\nnothing was computed\n"))?;
    Ok(Read { reading, name: name.clone(), text: text.clone() })
}

/// The texts of a result's inputs.
struct Recorded<'i>(&'i Inputs);

impl Loader for Recorded<'_> {
    fn load(&self, name: &str) -> Result<String, LoadError> {
        self.0.file(name).map(str::to_owned).ok_or(LoadError::NotFound)
    }
}

/// A run that is allowed and can begin.
pub(super) struct Ready<'a> {
    read: &'a Read,
    how: &'a How<'a>,
    plan: Plan,
    /// What is asked of all of the run.
    request: Request,
    /// The part of it that is lived.
    part: Part,
    /// What is shown in the place of the scenario, where names are left out.
    neutral: Option<Neutral>,
}

/// A run's figures and answers.
pub(super) struct Outcome {
    /// The scenario as it is shown, where that is without names.
    pub(super) neutral: Option<Scenario>,
    pub(super) summary: Summary,
    pub(super) answer: Answer,
    pub(super) verdict: Verdict,
    pub(super) page: Vec<Block>,
    /// The page of who does what.
    pub(super) people: Vec<Block>,
    /// `summary.json`.
    pub(super) figures: String,
    /// What came of what is required.
    pub(super) answered: Answered,
    /// A warning on growth.
    pub(super) warning: Option<String>,
    /// Every file of the result but `run.toml`.
    pub(super) files: Vec<(String, Vec<u8>)>,
    /// `run.toml`.
    pub(super) run: Vec<u8>,
}

impl Read {
    /// The scenario.
    pub(super) fn scenario(&self) -> &Scenario {
        &self.reading.scenario
    }

    /// What its result is made from, as `run.toml` begins.
    pub(super) fn stamp(&self, how: &How) -> String {
        let (trials, seed) = how.asked(self.scenario());
        // Names of price files are names, and the version of a book with own prices tells whether a guess of them is right.
        let hides_prices = how.hides.names && !how.price_files.is_empty();
        let shown = how.price_files.iter().filter(|_| !hides_prices);
        let price_files: Vec<String> = shown.map(|(name, _)| name.clone()).collect();
        let price_book = if hides_prices { redact::NOT_SHOWN.to_owned() } else { how.book_version.clone() };
        stamp::text(&stamp::MadeFrom {
            made: MADE,
            seed: seed.0,
            trials,
            price_book: &price_book,
            price_files: &price_files,
            pictures: &how.pictures.words,
            scenario: self.text.as_bytes(),
            redacted: how.hides.words(),
            beside: &self.reading.files,
        })
    }

    /// What its result is computed from, as texts.
    fn inputs(&self, how: &How) -> Inputs {
        Inputs {
            scenario: (self.name.clone(), self.text.clone()),
            beside: self.reading.files.clone(),
            price_files: how.price_files.to_vec(),
        }
    }

    /// Makes the plan, and refuses a run that would take too much.
    pub(super) fn ready<'a>(&'a self, how: &'a How<'a>) -> Result<Ready<'a>, Failure> {
        self.ready_for(how, Part::WHOLE)
    }

    /// The same of a part of the run.
    pub(super) fn ready_for<'a>(&'a self, how: &'a How<'a>, part: Part) -> Result<Ready<'a>, Failure> {
        size::within(self.scenario(), how.max_memory)?;
        let plan = plan::compile(self.scenario());
        let (trials, seed) = how.asked(self.scenario());
        let request = Request {
            trials: 0..trials,
            seed,
            threads: how.threads,
            quantiles: Quantiles::All,
            columns: Vec::new(),
            deciders: Some(plan.outputs.headline),
        };
        let own = Request { trials: part.share(&request.trials), ..request.clone() };
        size::check(&plan, &own, how.max_memory, how.max_time)?;
        let neutral = how.hides.names.then(|| Neutral::of(self.scenario(), &plan, &self.reading.own_prices));
        if let Some(None) = neutral {
            let why = "its plan would be another one without names, which is a fault of this program";
            return Err(Failure::Outside(format!("outgrow: {} cannot be shown without names: {why}\n", self.name)));
        }
        Ok(Ready { read: self, how, plan, request, part, neutral: neutral.flatten() })
    }
}

impl<'a> How<'a> {
    /// As the command line says.
    pub(super) fn told(
        made: &MadeArguments,
        (book, price_files): (&'a PriceBook, &'a [(String, String)]),
        pictures: &'a Pictures,
    ) -> Self {
        Self {
            trials: made.trials,
            seed: made.seed,
            threads: made.threads.map_or_else(machine_threads, |n| n as usize),
            book,
            book_version: book.version(),
            price_files,
            pictures,
            max_memory: made.max_memory,
            max_time: made.max_time,
            hides: Hidden::default(),
        }
    }

    /// Trials and seed of a run.
    fn asked(&self, scenario: &Scenario) -> (u64, Seed) {
        (self.trials.unwrap_or(scenario.run.trials), self.seed.map_or(scenario.run.seed, Seed))
    }
}

impl Ready<'_> {
    /// Which futures it will live.
    pub(super) fn share(&self) -> Range<u64> {
        self.part.share(&self.request.trials)
    }

    /// How many they are.
    pub(super) fn trials(&self) -> u64 {
        self.share().end - self.share().start
    }

    /// How often one of them is lived, all lives of all of them together.
    pub(super) fn lives(&self) -> u64 {
        Sums::lives(self.read.scenario(), &self.request, self.part)
    }

    /// What a part of the run begins with where it is written.
    pub(super) fn head(&self, part: Part) -> Head {
        let (read, how) = (self.read, self.how);
        Head {
            version: MADE.version.to_owned(),
            streams: MADE.streams,
            plan: part::hash_of(&self.plan),
            price_book: how.book_version.clone(),
            seed: self.request.seed.0,
            trials: self.request.trials.end,
            inputs: read.inputs(how),
            part,
        }
    }

    /// Lives its futures; `progress` is told of lives.
    pub(super) fn live(&self, progress: &(dyn Fn(u64) + Sync)) -> Sums {
        Sums::of(self.read.scenario(), &self.plan, &self.request, self.part, progress)
    }

    /// What no futures add up to.
    pub(super) fn nothing(&self) -> Sums {
        Sums::nothing(self.read.scenario(), &self.plan, &self.request)
    }

    /// What it will take.
    pub(super) fn size(&self) -> sim::Size {
        sim::size(&self.plan, &self.request)
    }

    /// Runs it, and asks it what is required; `progress` is told of lives.
    pub(super) fn run(self, asked: &Asked, progress: &(dyn Fn(u64) + Sync)) -> Outcome {
        let sums = self.live(progress);
        self.finish(sums, asked)
    }

    /// From what all of its futures add up to.
    pub(super) fn finish(self, sums: Sums, asked: &Asked) -> Outcome {
        let Ready { read, how, plan, request, neutral, .. } = self;
        let (seed, threads) = (request.seed, request.threads);
        let Sums { mut draws, lucks, later } = sums;
        let later = later::read(read.scenario(), &later);
        // From here on names are those that are shown.
        neutral.iter().for_each(|neutral| neutral.rename(&mut draws));
        let (scenario, plan) =
            neutral.as_ref().map_or((read.scenario(), &plan), |neutral| (&neutral.scenario, &neutral.plan));
        let sums = draws.deciders.as_ref().expect("the request asks for them");
        let (mut summary, mut answer) = (summary::of(scenario, plan, &draws, seed), answer::of(scenario, sums, &lucks));
        let verdict = verdict::of(&summary, &later, Some(&answer));
        let option = asked.option.unwrap_or(verdict.leader.option);
        let answered = Answered { option, held: gate::of(&summary, (plan, &draws), option, &asked.requirements) };
        if how.hides.pay {
            redact::hide_pay(scenario, &mut summary, &mut answer);
        }
        let hinges = hinges::of(&summary, &verdict, scenario, &answer);
        let scenes = match how.pictures.scale {
            Some(_) => chart::all(&summary, &verdict, &hinges, MADE, how.pictures.look),
            None => Vec::new(),
        };
        // Pictures take longest, so they begin.
        let mut jobs = store::pictures::jobs(&scenes, how.pictures.scale.unwrap_or(1));
        jobs.push(Box::new(|| tables_of(&summary)));
        jobs.push(Box::new(|| {
            let figures = json::text(&summary, &verdict, Some((scenario, &answer)), MADE);
            vec![("summary.json".to_owned(), figures.into_bytes())]
        }));
        let mut pictures = store::pictures::side_by_side(jobs, threads);
        let mut files = pictures.split_off(2 * scenes.len());
        let figures = files.pop().expect("Invariant: the last job makes it");
        let page = page::of(&summary, &verdict, &hinges);
        let shown = |(name, scene): &(&str, Scene)| (format!("{name}.png"), scene.alternative.clone());
        let words = page::markdown::text(&page, &scenes.iter().map(shown).collect::<Vec<_>>());
        let people = people::of(&summary, &verdict);
        files.extend([
            ("summary.md".to_owned(), words.into_bytes()),
            ("people.md".to_owned(), page::markdown::text(&people, &[]).into_bytes()),
            figures.clone(),
        ]);
        if !how.hides.is_any() {
            files.push((inputs::FILE.to_owned(), read.inputs(how).text().into_bytes()));
        }
        files.extend(pictures);
        let run = stamp::with_results(&read.stamp(how), &files).into_bytes();
        let warning = demand::warning(&summary.demand, summary.months, demand::growth(&read.reading))
            .map(|problem| problem.to_string());
        let neutral = neutral.map(|neutral| neutral.scenario);
        let figures = String::from_utf8(figures.1).expect("Invariant: JSON is text");
        Outcome { neutral, summary, answer, verdict, page, people, figures, warning, answered, files, run }
    }
}

impl Outcome {
    /// Writes the result into its folder: `run.toml` last, so that where it is, the rest is.
    pub(super) fn write(&self, folder: &Path) -> Result<(), Failure> {
        let files = self.files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
        let files: Vec<(&str, &[u8])> = files.collect();
        let is_own = |name: &String| files.iter().any(|(own, _)| own == name);
        let stale: Vec<String> = known_in(folder).into_iter().filter(|name| !is_own(name)).collect();
        store::replace_run(folder, &files, (stamp::FILE, &self.run), &stale)
            .map_err(|error| Failure::Outside(format!("outgrow: {error}\n")))
    }
}

/// Names of what may stand in a folder from a result before this one and would pass for a part of it: what its `run.toml`
/// names, and pictures, for one that was stopped while it was written has no `run.toml`.
fn known_in(folder: &Path) -> Vec<String> {
    let before = std::fs::read_to_string(folder.join(stamp::FILE)).ok();
    let before = before.and_then(|text| stamp::Recorded::read(&text)).map_or_else(Vec::new, |record| record.results);
    // A name that leads elsewhere was not written by this program.
    let is_plain = |name: &String| folder.join(name).parent() == Some(folder);
    before.into_iter().map(|(name, _)| name).filter(is_plain).chain(pictures()).collect()
}

/// Names of the files that pictures of a result have.
pub(super) fn pictures() -> impl Iterator<Item = String> {
    chart::FILES.iter().flat_map(|name| [format!("{name}.png"), format!("{name}.svg")])
}

fn tables_of(summary: &Summary) -> Vec<(String, Vec<u8>)> {
    let monthly = tables::monthly(summary);
    let mut files = vec![("monthly.csv".to_owned(), store::csv::bytes(&monthly))];
    #[cfg(feature = "tables")]
    files.extend([
        ("monthly.parquet".to_owned(), store::parquet::bytes(&monthly)),
        ("lines.parquet".to_owned(), store::parquet::bytes(&tables::lines(summary))),
    ]);
    files
}

/// The folder of a result from which something is left out: beside the one with all of it, never in it.
pub(super) fn redacted(folder: &Path) -> Result<PathBuf, Failure> {
    let name = folder.file_name().map_or_else(|| "result".to_owned(), |name| name.to_string_lossy().into_owned());
    let folder = folder.with_file_name(format!("{name}-redacted"));
    let whole = folder.join(inputs::FILE);
    if whole.exists() {
        let why = "and what is redacted is not written beside what is not";
        return Err(Failure::Input(format!("outgrow: {} is there, {why}.\nNothing was written.\n", whole.display())));
    }
    Ok(folder)
}

/// What a folder of results holds, as it is said to people.
pub(super) const fn held(pictures: &Pictures) -> &'static str {
    if pictures.scale.is_some() { "page, tables and charts" } else { "page and tables" }
}

/// The folder of a scenario's results below another: named like the file.
pub(super) fn folder_of(file: &Path, out: &Path) -> Result<PathBuf, Failure> {
    // A name of dots alone would be a folder that is not the scenario's own.
    let stem = file.file_stem().filter(|stem| stem.to_string_lossy().chars().any(|c| c != '.'));
    let stem = stem.ok_or_else(|| Failure::Input("outgrow: the scenario file needs a name before .toml\n".into()))?;
    Ok(out.join(stem))
}
