//! Parts of a run that were lived apart, joined into the result of one run.

use std::path::{Path, PathBuf};

use super::Redacted;
use super::gate::Asked;
use super::result::{self, How, MADE};
use super::verify::PriceFiles;
use super::{Failure, hidden, look, machine_threads, name_of, prices, print};
use crate::present::inputs::Inputs;
use crate::present::page;
use crate::store::shard::{self, Head, ShardError};
use crate::study::part::Part;

pub(super) const EXAMPLES: &str = "Examples:
  outgrow run my.toml --shard 1/3                  on one machine: writes output/my/shard-1-of-3
  outgrow run my.toml --shard 2/3                  on another
  outgrow run my.toml --shard 3/3                  and a third
  outgrow merge output/my                          the page, and every file as `outgrow run my.toml` writes it
  outgrow merge a/shard-1-of-3 b/shard-2-of-3 c/shard-3-of-3 --out output

Needs nothing but the parts: each holds the scenario, the files beside it and price files. No future is lived again.
The result goes into the folder of the first part, or with --out into a folder below it that is named like the scenario.
How pictures look is said here. Parts that are not of one run, stand twice, are missing or torn are named, and nothing
is written.";

/// What `merge` is told.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Folders that hold the parts of a run, or the parts.
    #[arg(required = true, value_name = "PLACE")]
    places: Vec<PathBuf>,
    /// The folder that the scenario's folder of results is put into, instead of the folder of the parts.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Threads that draw pictures; as many as the machine has without it. Results do not depend on it.
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=1024))]
    threads: Option<u64>,
    #[command(flatten)]
    look: look::LookArguments,
    /// Leaves out what is not to leave the house, as `outgrow run --redact` does.
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    redact: Vec<Redacted>,
    /// Prints summary.json instead of the page.
    #[arg(long)]
    pub(super) json: bool,
    /// Prints nothing but problems.
    #[arg(long, short)]
    quiet: bool,
}

/// Joins the parts of a run.
pub(super) fn merge(arguments: &Arguments) -> Result<(), Failure> {
    let parts = parts(&arguments.places)?;
    let (first, head) = parts.first().ok_or_else(|| wrong("there is no part of a run"))?;
    of_one_run(&parts)?;
    let names: Vec<&str> = head.inputs.price_files.iter().map(|(name, _)| name.as_str()).collect();
    let book = prices::joined(&names, &PriceFiles(&head.inputs))?;
    let read = result::read_again(&head.inputs, &book)?;
    let pictures = look::of(&arguments.look, arguments.quiet)?;
    let how = How {
        trials: Some(head.trials),
        seed: Some(head.seed),
        threads: arguments.threads.map_or_else(machine_threads, |n| n as usize),
        book: &book,
        book_version: book.version(),
        price_files: &head.inputs.price_files,
        pictures: &pictures,
        max_memory: u64::MAX,
        max_time: f64::INFINITY,
        hides: hidden(&arguments.redact),
    };
    let ready = read.ready(&how)?;
    if (ready.head(Part::WHOLE).plan, &how.book_version) != (head.plan.clone(), &head.price_book) {
        let why = "another plan comes of its scenario here: another build of the program made it, and can merge it";
        return Err(wrong(&format!("{}: {why}", first.display())));
    }
    let mut sums = ready.nothing();
    for (file, _) in &parts {
        let bytes = load(file)?;
        let part = shard::open(&bytes).and_then(|opened| opened.sums()).map_err(|error| not_read(file, &error))?;
        sums.merge(part);
    }
    let outcome = ready.finish(sums, &Asked::default());
    let folder = match &arguments.out {
        Some(out) => result::folder_of(Path::new(&head.inputs.scenario.0), out)?,
        None => first.parent().unwrap_or(Path::new("")).to_owned(),
    };
    let folder = if how.hides.is_any() { result::redacted(&folder)? } else { folder };
    if let Some(warning) = outcome.warning.as_ref().filter(|_| !arguments.quiet) {
        eprintln!("{warning}");
    }
    outcome.write(&folder)?;
    match (arguments.json, arguments.quiet) {
        (true, _) => print(&outcome.figures),
        (false, true) => Ok(()),
        (false, false) => {
            print(&page::terminal(&outcome.page))?;
            print(&format!("\nThe {} are in {}\n", result::held(&pictures), folder.display()))
        }
    }
}

fn wrong(why: &str) -> Failure {
    Failure::Input(format!("outgrow: {why}.\nNothing was written.\n"))
}

fn not_read(file: &Path, error: &ShardError) -> Failure {
    wrong(&format!("{}: {error}", file.display()))
}

fn load(file: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(file).map_err(|error| Failure::Outside(format!("outgrow: cannot read {}: {error}\n", file.display())))
}

/// The parts that there are, by number. Only heads are kept: the sums of many parts are large.
fn parts(places: &[PathBuf]) -> Result<Vec<(PathBuf, Head)>, Failure> {
    let mut parts = Vec::new();
    for place in places {
        for file in files(place)? {
            let bytes = load(&file)?;
            let opened = shard::open(&bytes).map_err(|error| not_read(&file, &error))?;
            parts.push((file, opened.head));
        }
    }
    parts.sort_by(|(one, a), (other, b)| (a.part, one).cmp(&(b.part, other)));
    Ok(parts)
}

/// The parts in a folder, or the one that a file is.
fn files(place: &Path) -> Result<Vec<PathBuf>, Failure> {
    name_of(place)?;
    if !place.is_dir() {
        return Ok(vec![place.to_owned()]);
    }
    let failed = |error| Failure::Outside(format!("outgrow: cannot read {}: {error}\n", place.display()));
    let entries = std::fs::read_dir(place).and_then(Iterator::collect::<Result<Vec<_>, _>>).map_err(failed)?;
    let is_part = |entry: &std::fs::DirEntry| shard::is_one(&entry.file_name().to_string_lossy());
    let files: Vec<PathBuf> = entries.iter().filter(|entry| is_part(entry)).map(std::fs::DirEntry::path).collect();
    if files.is_empty() {
        return Err(wrong(&format!("there is no part of a run in {}", place.display())));
    }
    Ok(files)
}

/// Whether these are all parts of one run, each once.
fn of_one_run(parts: &[(PathBuf, Head)]) -> Result<(), Failure> {
    let Some(((first, head), others)) = parts.split_first() else { return Ok(()) };
    if (head.version.as_str(), head.streams) != (MADE.version, MADE.streams) {
        return Err(wrong(&format!(
            "{} was made by outgrow {} with streams of version {}, and this is {} with {}: merge with the program that made it",
            first.display(),
            head.version,
            head.streams,
            MADE.version,
            MADE.streams
        )));
    }
    if let Some((other, what)) = others.iter().find_map(|(file, own)| Some((file, another(head, own)?))) {
        return Err(wrong(&format!("{} and {} are not of one run: {what}", first.display(), other.display())));
    }
    let mut neighbours = parts.iter().zip(parts.iter().skip(1));
    if let Some(((one, own), (other, _))) = neighbours.find(|((_, a), (_, b))| a.part == b.part) {
        let Part { number, of } = own.part;
        return Err(wrong(&format!("part {number} of {of} stands twice: {} and {}", one.display(), other.display())));
    }
    let of = head.part.of;
    let is_there = |number: &u64| parts.iter().any(|(_, own)| own.part.number == *number);
    let missing: Vec<String> = (1..=of).filter(|number| !is_there(number)).map(|number| number.to_string()).collect();
    match missing.split_last() {
        None => Ok(()),
        Some((one, [])) => Err(wrong(&format!("part {one} of {of} is missing"))),
        Some((last, others)) => Err(wrong(&format!("parts {} and {last} of {of} are missing", others.join(", ")))),
    }
}

/// In what a part is of another run.
fn another(head: &Head, own: &Head) -> Option<String> {
    let differ = |a: &dyn std::fmt::Display, b: &dyn std::fmt::Display, what: &str| format!("{what} {a} and {b}");
    let same_files = |a: &Inputs, b: &Inputs| a.beside == b.beside && a.price_files == b.price_files;
    match own {
        _ if (own.version.as_str(), own.streams) != (head.version.as_str(), head.streams) => {
            Some(differ(&head.version, &own.version, "versions"))
        }
        _ if own.inputs.scenario.0 != head.inputs.scenario.0 => {
            Some(differ(&head.inputs.scenario.0, &own.inputs.scenario.0, "the scenarios are"))
        }
        _ if own.inputs.scenario.1 != head.inputs.scenario.1 => Some("the texts of the scenario differ".to_owned()),
        _ if !same_files(&own.inputs, &head.inputs) => {
            Some("files beside the scenario or price files differ".to_owned())
        }
        _ if own.seed != head.seed => Some(differ(&head.seed, &own.seed, "the seeds are")),
        _ if own.trials != head.trials => Some(differ(&head.trials, &own.trials, "the numbers of trials are")),
        _ if own.part.of != head.part.of => {
            Some(format!("the one is cut into {} parts, the other into {}", head.part.of, own.part.of))
        }
        _ if (&own.plan, &own.price_book) != (&head.plan, &head.price_book) => {
            Some("their plans differ: different builds of the program made them".to_owned())
        }
        _ => None,
    }
}
