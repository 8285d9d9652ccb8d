//! Many scenarios: which they are, who runs when, and what they come to.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use serde_json::Value;

use super::gate::GateArguments;
use super::result::{self, How, MADE};
use super::{Failure, MadeArguments, Redacted, bar, hidden, look, machine_threads, prices, print};
use crate::present::chart;
use crate::present::comparison::{self, Found, Row};
use crate::present::page;
use crate::present::stamp;
use crate::store;
use crate::study::redact::{Hidden, NOT_SHOWN};

pub(super) const EXAMPLES: &str = "Examples:
  outgrow batch scenarios                        every scenario of a folder
  outgrow batch 'plans/*-2027.toml' --jobs 4     four at a time
  outgrow batch scenarios --no-pictures --json   figures only, for another program
  outgrow batch plans --require-hole-below '$200k' --odds 90%
  outgrow batch plans --redact pay,names         results to be shown: output/scenario-1-redacted/ and so on

A batch that was stopped goes on where it was: a result whose scenario, files, prices, version and flags are the same is
not made again; of what is redacted all is, for it does not record what it was made from. Exit code 2 where a scenario has problems, 1 where a result could not be written; the others are made.
With a gate every scenario runs, and has a sentence of its own; exit code 3 where one of them is not met.";

/// What `batch` is told.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Scenario files, folders of them, or patterns: 'plans/*.toml'.
    #[arg(required = true)]
    places: Vec<PathBuf>,
    /// How many scenarios run at the same time; as many as there are threads without it.
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=1024))]
    jobs: Option<u64>,
    #[command(flatten)]
    made: MadeArguments,
    /// Leaves out what is not to leave the house, as `outgrow run --redact` does; the comparison is in comparison-redacted.*.
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    redact: Vec<Redacted>,
    /// Prints the comparison for another program.
    #[arg(long)]
    pub(super) json: bool,
    /// Prints nothing but problems.
    #[arg(long, short)]
    quiet: bool,
    #[command(flatten)]
    gate: GateArguments,
}

/// A scenario of a batch, and the folder that is its own.
struct Job {
    file: PathBuf,
    folder: PathBuf,
    name: String,
}

/// How a job ended.
struct Ended {
    row: Row,
    /// Whether the result was there already.
    was_there: bool,
    failure: Option<Failure>,
    /// What came of the gate, where there is one.
    gate: Option<Gate>,
}

/// What came of a gate for one scenario.
struct Gate {
    is_met: bool,
    /// Its sentences, each on a line.
    said: String,
    value: Value,
}

/// A job that is done.
struct Made {
    figures: String,
    was_there: bool,
    gate: Option<Gate>,
}

/// Runs all scenarios, and compares them.
pub(super) fn batch(arguments: &Arguments) -> Result<(), Failure> {
    let made = &arguments.made;
    arguments.gate.check()?;
    let jobs = jobs(&arguments.places, &made.out)?;
    let (book, price_files) = prices::book_and_files(&made.prices)?;
    let pictures = look::of(&made.look, arguments.quiet)?;
    let hides = hidden(&arguments.redact);
    let how = How { hides, ..How::told(made, (&book, &price_files), &pictures) };
    let jobs = redacted(jobs, hides)?;
    let threads = made.threads.map_or_else(machine_threads, |n| n as usize);
    let at_once = arguments.jobs.map_or(threads, |n| n as usize).clamp(1, jobs.len());
    let ended = run_all(&jobs, &how, &arguments.gate, (at_once, arguments.quiet));
    let rows: Vec<Row> = ended.iter().map(|ended| shown(&ended.row, hides)).collect();
    let name = if hides.is_any() { "comparison-redacted" } else { "comparison" };
    let written = write_comparison((&made.out, name), &rows, &pictures);
    say(arguments, &ended, &rows, (written.is_ok().then_some(name), pictures.scale.is_some()))?;
    if hides.names && !arguments.quiet {
        // Where other programs and files do not see it.
        jobs.iter().for_each(|job| eprintln!("{} is {}", job.name, job.file.display()));
    }
    written.and_then(|()| failure(&ended))
}

/// The scenarios, each once, in the order in which they were named.
fn jobs(places: &[PathBuf], out: &Path) -> Result<Vec<Job>, Failure> {
    let mut jobs: Vec<Job> = Vec::new();
    let mut known = BTreeSet::new();
    // By the folder's name without its case: some file systems tell "A" and "a" apart, and some do not.
    let mut folders: BTreeMap<String, PathBuf> = BTreeMap::new();
    for place in places {
        for file in files(place)? {
            if !known.insert(file.canonicalize().unwrap_or_else(|_| file.clone())) {
                continue;
            }
            let folder = result::folder_of(&file, out)?;
            let name = folder.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            if let Some(other) = folders.insert(name.to_lowercase(), file.clone()) {
                return Err(Failure::Input(format!(
                    "outgrow: {} and {} would share the folder {}.\nNothing was computed. Rename one of them, or run them apart \
                     with another --out.\n",
                    other.display(),
                    file.display(),
                    folder.display()
                )));
            }
            jobs.push(Job { file, folder, name });
        }
    }
    Ok(jobs)
}

/// The same with folders for results from which something is left out. Without names they are numbered, as their rows are.
fn redacted(jobs: Vec<Job>, hides: Hidden) -> Result<Vec<Job>, Failure> {
    if !hides.is_any() {
        return Ok(jobs);
    }
    let width = jobs.len().to_string().len();
    let one = |(place, job): (usize, Job)| {
        let number = format!("{:0width$}", place + 1);
        let (folder, name) = match hides.names {
            true => (job.folder.with_file_name(format!("scenario-{number}")), format!("Scenario {number}")),
            false => (job.folder, job.name),
        };
        Ok(Job { folder: result::redacted(&folder)?, name, ..job })
    };
    jobs.into_iter().enumerate().map(one).collect()
}

/// A row as it goes out: what is wrong with a file is said in words of the file.
fn shown(row: &Row, hides: Hidden) -> Row {
    match &row.result {
        Err(_) if hides.is_any() => Row { result: Err(NOT_SHOWN.to_owned()), ..row.clone() },
        _ => row.clone(),
    }
}

/// The scenario files of a place, by name.
fn files(place: &Path) -> Result<Vec<PathBuf>, Failure> {
    let pattern = if place.is_dir() { place.join("*.toml") } else { place.to_owned() };
    // A file whose name looks like a pattern is that file.
    if place.is_file() {
        return Ok(vec![pattern]);
    }
    let text = pattern.to_string_lossy();
    let listed = if place.is_dir() {
        let folder = glob::Pattern::escape(&place.to_string_lossy());
        glob::glob(&format!("{folder}/*.toml"))
    } else {
        glob::glob(&text)
    };
    let listed = listed.map_err(|error| Failure::Input(format!("outgrow: {text} is no pattern: {error}\n")))?;
    let mut files: Vec<PathBuf> = listed.filter_map(Result::ok).filter(|path| path.is_file()).collect();
    files.sort();
    if files.is_empty() {
        return Err(Failure::Input(format!("outgrow: there is no scenario at {text}\n")));
    }
    Ok(files)
}

/// Runs the jobs, several at a time; how each ended, in their order.
fn run_all(jobs: &[Job], how: &How, gate: &GateArguments, (at_once, quiet): (usize, bool)) -> Vec<Ended> {
    let bar = bar::of_many(jobs.len() as u64, quiet);
    let next = AtomicUsize::new(0);
    let shared = Shared { memory: Store::new(how.max_memory), turns: Store::new(at_once as u64) };
    let done: Mutex<BTreeMap<usize, Ended>> = Mutex::new(BTreeMap::new());
    let work = || {
        loop {
            let nth = next.fetch_add(1, Ordering::Relaxed);
            let Some(job) = jobs.get(nth) else { break };
            // The last ones share the threads that the others have left.
            let beside = at_once.min(jobs.len() - nth);
            let how = How { threads: (how.threads / beside).max(1), book_version: how.book_version.clone(), ..*how };
            let part = bar::Part::of(&bar);
            let ended = run_one(job, &how, gate, (&shared, &part));
            if let Some(failure) = &ended.failure {
                bar.suspend(|| eprint!("{}", failure.text()));
            }
            part.finish();
            locked(&done).insert(nth, ended);
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..jobs.len().min(at_once + WRITERS) {
            scope.spawn(work);
        }
        work();
    });
    bar.finish_and_clear();
    done.into_inner().unwrap_or_else(PoisonError::into_inner).into_values().collect()
}

fn run_one(job: &Job, how: &How, gate: &GateArguments, beside: (&Shared, &bar::Part)) -> Ended {
    let unreadable = || Failure::Outside(format!("outgrow: {} holds no result\n", job.folder.display()));
    let made = made(job, how, gate, beside).map_err(|failure| of_one(failure, job));
    let read = made.and_then(|made| Ok((Found::read(&made.figures).ok_or_else(unreadable)?, made)));
    let (result, was_there, gate, failure) = match read {
        Ok((found, made)) => (Ok(found), made.was_there, made.gate, None),
        Err(failure) => {
            let first = failure.text().lines().next().unwrap_or_default().to_owned();
            (Err(first), false, None, Some(failure))
        }
    };
    Ended { row: Row { name: job.name.clone(), result }, was_there, failure, gate }
}

/// What is said of one scenario among others: which it is, and nothing of those.
fn of_one(failure: Failure, job: &Job) -> Failure {
    const NOT_RUN: &str = "It was not run; the others are.";
    match failure {
        Failure::Refused(report, _) => Failure::Refused(report, "\nIt was not run; the others are.\n"),
        Failure::Input(text) => {
            let (name, text) = (job.file.display(), text.replace("Nothing was computed.", NOT_RUN));
            Failure::Input(format!("outgrow: {name}: {}", text.trim_start_matches("outgrow: ")))
        }
        other => other,
    }
}

/// The `summary.json` of a job, and whether it was there already. What a gate asks is not in files: with one it runs.
fn made(job: &Job, how: &How, gate: &GateArguments, (shared, part): (&Shared, &bar::Part)) -> Result<Made, Failure> {
    let turn = shared.turns.take(1);
    let read = result::read(&job.file, how.book)?;
    let stamp = read.stamp(how);
    let asked = gate.of(read.scenario())?;
    // What is redacted does not record what it was made from.
    let can_be_there = !gate.is_there() && !how.hides.is_any();
    if let Some(figures) = there(&job.folder, &stamp).filter(|_| can_be_there) {
        // A run with other flags may have been stopped before it touched this result.
        let _ = store::take_away_leftovers(&job.folder);
        return Ok(Made { figures, was_there: true, gate: None });
    }
    let ready = read.ready(how)?;
    let taken = shared.memory.take(ready.size().bytes);
    let lives = ready.lives();
    let outcome = ready.run(&asked, &|done| part.add(done, lives));
    drop(taken);
    // A disk takes longer for a small result than it took to find: meanwhile others are run.
    drop(turn);
    outcome.write(&job.folder)?;
    let answered = gate.is_there().then(|| Gate {
        is_met: outcome.answered.is_met(),
        said: outcome.answered.text(&outcome),
        value: outcome.answered.json(&outcome),
    });
    Ok(Made { figures: outcome.figures, was_there: false, gate: answered })
}

/// The figures of a folder that holds what a run with this stamp would write, every byte of it.
fn there(folder: &Path, stamp: &str) -> Option<String> {
    let recorded = std::fs::read_to_string(folder.join(stamp::FILE)).ok()?;
    let hashes = stamp::results(&recorded, stamp)?;
    let is_recorded = |name: &String| hashes.iter().any(|(own, _)| own == name);
    if result::pictures().any(|name| !is_recorded(&name) && folder.join(&name).exists()) {
        return None;
    }
    let mut figures = None;
    for (name, hash) in hashes {
        let bytes = std::fs::read(folder.join(&name)).ok()?;
        if stamp::hash(&bytes) != hash {
            return None;
        }
        if name == "summary.json" {
            figures = String::from_utf8(bytes).ok();
        }
    }
    figures
}

/// Results that may be on their way to the disk at a time, beside the scenarios that run.
const WRITERS: usize = 6;

/// What jobs share.
struct Shared {
    /// Bytes.
    memory: Store,
    /// Turns to run.
    turns: Store,
}

/// Something of which there is only so much.
struct Store {
    most: u64,
    taken: Mutex<u64>,
    given_back: Condvar,
}

/// What a run has taken of it.
struct Taken<'m> {
    of: &'m Store,
    amount: u64,
}

impl Store {
    const fn new(most: u64) -> Self {
        Self { most, taken: Mutex::new(0), given_back: Condvar::new() }
    }

    /// Waits until there is room; alone, a run has room.
    fn take(&self, amount: u64) -> Taken<'_> {
        let mut taken = locked(&self.taken);
        while *taken > 0 && *taken + amount > self.most {
            taken = self.given_back.wait(taken).unwrap_or_else(PoisonError::into_inner);
        }
        *taken += amount;
        Taken { of: self, amount }
    }
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        *locked(&self.of.taken) -= self.amount;
        self.of.given_back.notify_all();
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Writes `comparison.*`, or whatever it is called, beside the scenarios' folders.
fn write_comparison((out, name): (&Path, &str), rows: &[Row], pictures: &look::Pictures) -> Result<(), Failure> {
    let table = comparison::table(rows);
    let scene = pictures.scale.and_then(|_| chart::comparison::draw(rows, MADE, pictures.look));
    let shown: Vec<(String, String)> =
        scene.iter().map(|scene| (format!("{name}.png"), scene.alternative.clone())).collect();
    let mut files = vec![
        (format!("{name}.md"), page::markdown::text(&comparison::page(rows), &shown).into_bytes()),
        (format!("{name}.csv"), store::csv::bytes(&table)),
    ];
    #[cfg(feature = "tables")]
    files.push((format!("{name}.parquet"), store::parquet::bytes(&table)));
    let scenes: Vec<_> = scene.into_iter().map(|scene| (name, scene)).collect();
    files.extend(store::pictures::files(&scenes, pictures.scale.unwrap_or(1), 2));
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    store::write_together(out, &files).map_err(|error| Failure::Outside(format!("outgrow: {error}\n")))?;
    // A picture of an earlier comparison would stand beside another table.
    let pictures = [format!("{name}.png"), format!("{name}.svg")];
    for name in pictures.iter().filter(|name| files.iter().all(|(own, _)| own != name)) {
        let _ = std::fs::remove_file(out.join(name));
    }
    Ok(())
}

fn say(
    arguments: &Arguments,
    ended: &[Ended],
    rows: &[Row],
    (written, shows_pictures): (Option<&str>, bool),
) -> Result<(), Failure> {
    let said = |ended: &&Ended| ended.gate.as_ref().is_some_and(|gate| !arguments.quiet || !gate.is_met);
    let sentences: String = ended.iter().filter(said).map(sentences).collect();
    if arguments.json {
        eprint!("{sentences}");
        let mut rows = comparison::json(rows);
        for (row, gate) in rows.iter_mut().zip(ended).filter_map(|(row, ended)| Some((row, ended.gate.as_ref()?))) {
            row["gate"] = gate.value.clone();
        }
        return print(&format!("{:#}\n", Value::Array(rows)));
    }
    if arguments.quiet {
        eprint!("{sentences}");
        return Ok(());
    }
    let failed = ended.iter().filter(|ended| ended.failure.is_some()).count();
    let were_there = ended.iter().filter(|ended| ended.was_there).count();
    let out = arguments.made.out.display();
    let mut last = format!("\n{} made now, {were_there} there already", ended.len() - failed - were_there);
    if failed > 0 {
        last.push_str(&format!(", {failed} with problems (above)"));
    }
    let what = if shows_pictures { "Table and chart" } else { "Table" };
    let place = written.map_or_else(String::new, |name| format!(" {what}: {out}/{name}.*"));
    print(&format!("{}{last}.{place}\n", page::terminal(&comparison::page(rows))))?;
    print(&if sentences.is_empty() { sentences } else { format!("\n{sentences}") })
}

/// What came of the gate, after the scenario's name.
fn sentences(ended: &Ended) -> String {
    let lines = ended.gate.iter().flat_map(|gate| gate.said.lines());
    lines.map(|line| format!("{}: {line}\n", ended.row.name)).collect()
}

/// The exit code of all: that of the first kind that happened, problems of scenarios before the others, what is not met last.
fn failure(ended: &[Ended]) -> Result<(), Failure> {
    let failures = || ended.iter().filter_map(|ended| ended.failure.as_ref());
    let is_unmet = ended.iter().any(|ended| ended.gate.as_ref().is_some_and(|gate| !gate.is_met));
    match (failures().find(|failure| failure.is_input()), failures().next()) {
        (Some(_), _) => Err(Failure::Input(String::new())),
        (None, Some(_)) => Err(Failure::Outside(String::new())),
        (None, None) if is_unmet => Err(Failure::Unmet(String::new())),
        (None, None) => Ok(()),
    }
}
