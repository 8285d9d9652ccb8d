//! Whether a result is what its inputs give: they are run again, and every file is compared.

use std::path::{Path, PathBuf};

use super::gate::Asked;
use super::result::{self, How, MADE, Outcome};
use super::{Failure, bar, look, machine_threads, prices, print, size};
use crate::present::inputs::{self, Inputs};
use crate::present::stamp::{self, Recorded};
use crate::present::verified::{self, Compared, Left, State, Verified};
use crate::scenario::{LoadError, Loader};
use crate::study::redact::Hidden;

pub(super) const EXAMPLES: &str = "Examples:
  outgrow verify output/heroku-to-ecs              runs it again from its inputs.json and run.toml
  outgrow verify output/*/                         several, one after the other
  outgrow verify output/my --theme brand.toml      with the theme that its pictures were drawn with
  outgrow verify output/my --json | jq '.results[].files[] | select(.state != \"same\")'

Needs nothing but the folder: the scenario, files beside it and price files are in inputs.json, the seed, the number of
futures and the look of the pictures in run.toml. Exit code 3 where a file is not what comes out now, 2 where its inputs
have problems, 1 where there is no result; of several folders all are looked at, and those of sweeps and diffs are
skipped. Pictures of a theme are compared only with --theme. A redacted result has not what it was computed from: its files are
compared with what was written.";

/// After problems of inputs that are not those that the result was computed from.
const CHANGED: &str = "\ninputs.json was changed after it was written; nothing was computed\n";

/// What `verify` is told.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Folders of results.
    #[arg(required = true, value_name = "DIR")]
    folders: Vec<PathBuf>,
    /// The theme that the pictures were drawn with.
    #[arg(long, value_name = "FILE")]
    theme: Option<PathBuf>,
    /// Threads; as many as the machine has without it. Results do not depend on it.
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=1024))]
    threads: Option<u64>,
    /// Memory that may be taken; what needs more is refused before it takes any.
    #[arg(long, default_value = "4 GiB", value_parser = size::bytes)]
    max_memory: u64,
    /// Time that a run may take by its estimate, "24 hours"; a longer one is refused before it starts.
    #[arg(long, default_value = "24 hours", value_parser = size::seconds)]
    max_time: f64,
    /// Prints what came out for another program.
    #[arg(long)]
    pub(super) json: bool,
    /// Prints only what is not the same.
    #[arg(long, short)]
    quiet: bool,
}

/// Runs results again.
pub(super) fn verify(arguments: &Arguments) -> Result<(), Failure> {
    let (mut all, mut left, mut skipped) = (Vec::new(), Vec::new(), Vec::new());
    let mut is_outside = false;
    for folder in &arguments.folders {
        if let Some(why) = other_than_a_result(folder).filter(|_| arguments.folders.len() > 1) {
            let one = Left { folder: folder.display().to_string(), why: why.to_owned(), problems: Vec::new() };
            if !arguments.json && !arguments.quiet {
                print(&format!("{}: skipped, {why}\n", one.folder))?;
            }
            skipped.push(one);
            continue;
        }
        match again(folder, arguments) {
            Ok(verified) => {
                let says_nothing = arguments.json || (arguments.quiet && verified.is_same());
                if !says_nothing {
                    print(&verified::text(&verified))?;
                }
                all.push(verified);
            }
            // Others are verified all the same.
            Err(failure) => {
                is_outside |= !failure.is_input();
                let text = failure.text();
                if !arguments.json {
                    let place = if matches!(failure, Failure::Refused(..)) { "its inputs have problems\n" } else { "" };
                    let place = if place.is_empty() { String::new() } else { format!("{}: {place}", folder.display()) };
                    eprint!("{place}{text}");
                }
                let why = text.trim().trim_start_matches("outgrow: ").to_owned();
                left.push(Left { folder: folder.display().to_string(), why, problems: failure.problems() });
            }
        }
    }
    if arguments.json {
        print(&verified::json(&all, &left, &skipped))?;
    }
    match (all.iter().all(Verified::is_same), left.is_empty()) {
        (_, false) if is_outside => Err(Failure::Outside(String::new())),
        (_, false) => Err(Failure::Input(String::new())),
        (true, true) => Ok(()),
        (false, true) => Err(Failure::Unmet(String::new())),
    }
}

/// What a folder holds that the program wrote and that is no result of a scenario.
fn other_than_a_result(folder: &Path) -> Option<&'static str> {
    let has = |name: &str| folder.join(name).is_file();
    match () {
        () if has(stamp::FILE) => None,
        () if has("sweep.csv") => Some("it holds a sweep"),
        () if has("diff.json") => Some("it holds a comparison of two scenarios"),
        () => None,
    }
}

/// Runs one result again.
fn again(folder: &Path, arguments: &Arguments) -> Result<Verified, Failure> {
    let none = |why: &str| Failure::Outside(format!("outgrow: {} holds no result: {why}\n", folder.display()));
    let text = |name: &str| std::fs::read_to_string(folder.join(name)).ok();
    let record = text(stamp::FILE).ok_or_else(|| none("there is no run.toml"))?;
    let recorded = Recorded::read(&record).ok_or_else(|| none("its run.toml is not one of a finished run"))?;
    if !recorded.redacted.is_empty() {
        return Ok(as_written(folder, recorded));
    }
    let inputs = text(inputs::FILE).ok_or_else(|| none("there is no inputs.json; results from before it have none"))?;
    let hash = stamp::hash(inputs.as_bytes());
    let is_theirs = recorded.results.iter().any(|(name, own)| name == inputs::FILE && *own == hash);
    let changed = if is_theirs { "" } else { "it was changed after it was written: " };
    let inputs = Inputs::read(&inputs).ok_or_else(|| none(&format!("{changed}its inputs.json cannot be read")))?;
    let redrawn = look::recorded(&recorded.pictures, arguments.theme.as_deref(), arguments.quiet)?;
    let redrawn = redrawn.ok_or_else(|| none("its run.toml speaks of pictures in words that are not known"))?;
    let names: Vec<&str> = inputs.price_files.iter().map(|(name, _)| name.as_str()).collect();
    let book = prices::joined(&names, &PriceFiles(&inputs))?;
    let read = result::read_again(&inputs, &book).map_err(|failure| match failure {
        Failure::Refused(report, _) if !is_theirs => Failure::Refused(report, CHANGED),
        other => other,
    })?;
    let how = How {
        trials: Some(recorded.trials),
        seed: Some(recorded.seed),
        threads: arguments.threads.map_or_else(machine_threads, |n| n as usize),
        book: &book,
        book_version: book.version(),
        price_files: &inputs.price_files,
        pictures: &redrawn.pictures,
        max_memory: arguments.max_memory,
        max_time: arguments.max_time,
        hides: Hidden::default(),
    };
    let ready = read.ready(&how)?;
    let bar = bar::of_run(ready.trials(), ready.lives(), arguments.quiet);
    let outcome = ready.run(&Asked::default(), &|done| bar::add(&bar, done));
    bar.finish_and_clear();
    Ok(Verified {
        folder: folder.display().to_string(),
        files: compared(folder, (&recorded, &record), &outcome, redrawn.lacks_theme),
        lacks_theme: redrawn.lacks_theme,
        is_rerun: true,
        made: MADE,
        price_book: how.book_version.clone(),
        recorded,
    })
}

/// A result that cannot be run again: whether its files are those that were written.
fn as_written(folder: &Path, recorded: Recorded) -> Verified {
    let of = |name: &str, hash: &str| match std::fs::read(folder.join(name)) {
        Err(_) => State::Missing,
        Ok(bytes) if stamp::hash(&bytes) == hash => State::Same,
        Ok(_) => State::Changed,
    };
    let files = recorded.results.iter().map(|(name, hash)| Compared { name: name.clone(), state: of(name, hash) });
    Verified {
        folder: folder.display().to_string(),
        files: files.collect(),
        lacks_theme: false,
        is_rerun: false,
        made: MADE,
        price_book: recorded.price_book.clone(),
        recorded,
    }
}

/// Every file beside what comes out now: those of the result, those that only one of the two has, and `run.toml`.
fn compared(
    folder: &Path,
    (recorded, record): (&Recorded, &str),
    outcome: &Outcome,
    lacks_theme: bool,
) -> Vec<Compared> {
    let is_open = |name: &str| lacks_theme && verified::is_picture(name);
    let of = |name: &str, now: Option<&[u8]>| {
        let hash = recorded.results.iter().find(|(own, _)| own == name).map(|(_, hash)| hash.as_str());
        match (std::fs::read(folder.join(name)).ok(), now) {
            (None, _) => State::Missing,
            _ if is_open(name) => State::NotCompared,
            // Inputs come out as they were read: whether they are those of the result only their hash tells.
            (Some(there), _) if name == inputs::FILE && hash != Some(stamp::hash(&there).as_str()) => State::Changed,
            (Some(there), Some(now)) if there == now => State::Same,
            (_, Some(now)) if hash == Some(stamp::hash(now).as_str()) => State::Changed,
            (_, Some(_)) => State::Otherwise,
            (_, None) if hash.is_some() => State::NotMade,
            (_, None) => State::Stray,
        }
    };
    let made = outcome.files.iter().map(|(name, bytes)| (name.as_str(), Some(bytes.as_slice())));
    let is_made = |name: &str| outcome.files.iter().any(|(own, _)| own == name);
    let recorded_names = || recorded.results.iter().map(|(name, _)| name.clone());
    let is_stray = |name: &String| folder.join(name).exists() && recorded_names().all(|own| own != *name);
    let others = recorded_names().chain(result::pictures().filter(is_stray)).filter(|name| !is_made(name));
    let others: Vec<String> = others.collect();
    let all = made.chain(others.iter().map(|name| (name.as_str(), None)));
    let mut all: Vec<Compared> =
        all.map(|(name, now)| Compared { name: name.to_owned(), state: of(name, now) }).collect();
    // Hashes of what is not compared are not compared.
    let kept = |text: &str| -> Vec<String> {
        let is_open = |line: &&str| line.split('"').nth(1).is_some_and(is_open);
        text.lines().filter(|line| !is_open(line)).map(str::to_owned).collect()
    };
    let is_same = kept(record) == kept(&String::from_utf8_lossy(&outcome.run));
    let state = if is_same { State::Same } else { State::Otherwise };
    all.push(Compared { name: stamp::FILE.to_owned(), state });
    all
}

/// The texts of the price files of a result.
pub(super) struct PriceFiles<'i>(pub(super) &'i Inputs);

impl Loader for PriceFiles<'_> {
    fn load(&self, name: &str) -> Result<String, LoadError> {
        let found = self.0.price_files.iter().find(|(own, _)| own == name);
        found.map(|(_, text)| text.clone()).ok_or(LoadError::NotFound)
    }
}
