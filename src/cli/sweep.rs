//! One or two inputs over a grid.

use std::path::{Path, PathBuf};

use indicatif::ProgressBar;

use super::result::MADE;
use super::{Failure, MadeArguments, bar, look, machine_threads, name_of, prices, print, result, size};
use crate::model::Scenario;
use crate::model::price::PriceBook;
use crate::plan::{self, Plan};
use crate::present::page;
use crate::present::sweep::{self as shown, Of};
use crate::present::{chart, page::markdown};
use crate::scenario::{self, Over, Reading};
use crate::sim::{self, Quantiles, Request};
use crate::store::{self, Files};
use crate::study::sweep::{self, Axis, Sweep, Value};
use crate::summary::{self, Summary};
use crate::units::Seed;

pub(super) const EXAMPLES: &str = "Examples:
  outgrow sweep my.toml --input 'demand.growth = 0 .. 8 % / month'
  outgrow sweep my.toml --input 'people.loaded_hour = $60, $95, $150 / hour' --steps 7
  outgrow sweep my.toml --input 'demand.growth = 0 .. 6 % / month' --input 'platforms.ecs.work.upkeep.hours = 10 .. 80 hours / month'
  outgrow sweep my.toml --input 'discount_rate = 4, 8, 12 % / year' --json

A path is one of the file (outgrow check my.toml --resolved lists them); values are as a file has them, from one to another
or a list. All values are tried in the same futures. Writes table and picture to output/sweep-NAME/.";

/// Most cells of a grid.
const MOST_CELLS: usize = 2_500;
/// Values of one input, and of each of two, where nobody says how many.
const STEPS: [usize; 2] = [9, 7];

/// What `sweep` is told.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The scenario file.
    file: PathBuf,
    /// An input and its values: 'PATH = FROM .. TO' or 'PATH = A, B, C'; once or twice.
    #[arg(long, required = true, value_name = "PATH = VALUES")]
    input: Vec<String>,
    /// How many values a range has; 9, or 7 for each of two inputs, without it.
    #[arg(long, value_parser = clap::value_parser!(u64).range(2..=200))]
    steps: Option<u64>,
    #[command(flatten)]
    made: MadeArguments,
    /// Prints it for another program.
    #[arg(long)]
    pub(super) json: bool,
    /// Prints nothing but problems.
    #[arg(long, short)]
    quiet: bool,
}

/// Tries every value, and shows where the choice turns.
pub(super) fn sweep(arguments: &Arguments) -> Result<(), Failure> {
    let name = name_of(&arguments.file)?;
    let axes = axes(arguments, name)?;
    let book = prices::book(&arguments.made.prices)?;
    let pictures = look::of(&arguments.made.look, arguments.quiet)?;
    let file = File::of(name, &book, &axes)?;
    let folder = folder_of(&arguments.file, &arguments.made.out)?;
    let shared = file.shared(&axes);
    let places = places(&axes);
    let bar = bar::of_values(places.len() as u64, arguments.quiet);
    let (mut cells, mut plans, mut last) = (Vec::new(), 0, None);
    for at in places {
        let reading = file.read(&said(&axes, &at))?;
        let own = || plan::compile(&reading.scenario);
        let plan = shared.as_ref().and_then(|shared| shared.at(&reading)).unwrap_or_else(|| {
            plans += 1;
            own()
        });
        let runs = axes.iter().map(|axis| axis.values.len()).product();
        let summary = run(arguments, &reading.scenario, &plan, (runs, &bar))?;
        cells.push(sweep::cell(&summary, at));
        last = Some(summary);
    }
    bar.finish_and_clear();
    let summary = last.expect("Invariant: a grid has a cell");
    let (sweep, of) = (Sweep { axes, cells, plans_of_their_own: plans }, Of::taken(&summary));
    write(&folder, &sweep, &of, &pictures)?;
    if arguments.json {
        let text = serde_json::to_string_pretty(&shown::json(&sweep, &of)).expect("maps with text keys are JSON");
        return print(&format!("{text}\n"));
    }
    if arguments.quiet {
        return Ok(());
    }
    let page = page::terminal(&shown::for_terminal(&sweep, &of));
    print(&format!("{page}\nTable and chart are in {}\n", folder.display()))
}

/// The inputs with their values.
fn axes(arguments: &Arguments, name: &str) -> Result<Vec<Axis>, Failure> {
    let wrong = |text: String| Failure::Input(format!("outgrow: {text}\n"));
    if arguments.input.len() > 2 {
        return Err(wrong("a sweep has one or two inputs".to_owned()));
    }
    let steps = arguments.steps.map_or(STEPS[arguments.input.len() - 1], |steps| steps as usize);
    let mut axes = Vec::new();
    for input in &arguments.input {
        let Some((path, values)) = input.split_once('=') else {
            return Err(wrong(format!("--input '{input}' is no PATH = VALUES")));
        };
        let (path, values) = (path.trim(), values.trim());
        let path = scenario::input_at(name, &Files, path).map_err(|why| wrong(format!("`{path}` {why}")))?;
        let values = values_of(values, steps).map_err(|why| wrong(format!("--input '{input}': {why}")))?;
        axes.push(Axis { path, values });
    }
    if let [one, other] = axes.as_slice()
        && one.path == other.path
    {
        return Err(wrong(format!("{} is swept twice", one.path)));
    }
    let cells: usize = axes.iter().map(|axis| axis.values.len()).product();
    if cells > MOST_CELLS {
        return Err(wrong(format!("a grid of {cells} cells; {MOST_CELLS} are the most")));
    }
    Ok(axes)
}

/// `0 .. 8 % / month`, or `$60, $95, $150 / hour`: what stands behind the last holds for those that have nothing.
fn values_of(text: &str, steps: usize) -> Result<Vec<Value>, String> {
    if let Some((from, to)) = text.split_once("..") {
        return sweep::steps(from.trim(), to.trim(), steps);
    }
    // A comma between thousands has no space behind it.
    let values: Vec<&str> = text.split(", ").map(str::trim).filter(|value| !value.is_empty()).collect();
    if values.len() < 2 {
        return Err("write FROM .. TO, or at least two values: A, B, C".to_owned());
    }
    Ok(sweep::stated(&values))
}

/// All places of a grid, by the first axis and within it by the second.
fn places(axes: &[Axis]) -> Vec<Vec<usize>> {
    axes.iter().fold(vec![Vec::new()], |places, axis| {
        let longer = |at: Vec<usize>| (0..axis.values.len()).map(move |place| [at.as_slice(), &[place]].concat());
        places.into_iter().flat_map(longer).collect()
    })
}

fn said<'a>(axes: &'a [Axis], at: &[usize]) -> Vec<(&'a str, &'a str)> {
    axes.iter().zip(at).map(|(axis, place)| (axis.path.as_str(), axis.values[*place].text.as_str())).collect()
}

/// The file that is swept.
struct File<'a> {
    name: &'a str,
    book: &'a PriceBook,
    /// Measurements, which a sweep makes none of, and what moves together with a swept input, which does not move it where
    /// that is given.
    without: Vec<String>,
}

/// A plan in which what is swept is drawn, and the scenario that it is of. What does not take a range, as the horizon does
/// not, has no such plan.
struct Shared {
    plan: Plan,
    scenario: Scenario,
}

impl<'a> File<'a> {
    fn of(name: &'a str, book: &'a PriceBook, axes: &[Axis]) -> Result<Self, Failure> {
        let own = scenario::read_at(book, name, &Files)
            .map_err(|report| Failure::Refused(report, "\nnothing was written\n"))?
            .0;
        let is_swept = |path: &String| axes.iter().any(|axis| axis.path.replace('"', "") == scenario::written(path));
        let pairs = own.together.iter().filter(|pair| pair.inputs.iter().any(is_swept));
        let mut without: Vec<String> = pairs.map(|pair| format!("together.{}", pair.name)).collect();
        without.extend((!own.measurements.is_empty()).then(|| "measurements".to_owned()));
        Ok(Self { name, book, without })
    }

    /// Reads it with something said over it.
    fn read(&self, said: &[(&str, &str)]) -> Result<Reading, Failure> {
        let over = Over::new(self.name, &self.without, said.iter().copied(), &Files);
        scenario::read_whole(self.book, over.name(), &over)
            .map_err(|report| Failure::Refused(report, "\nnothing was written\n"))
    }

    /// The plan that all cells share, with a range in the place of each input: `None` where a range cannot stand there.
    fn shared(&self, axes: &[Axis]) -> Option<Shared> {
        let numbered = |axis: &Axis| -> Option<(String, String)> {
            let by = |a: &&Value, b: &&Value| a.number.unwrap_or(0.0).total_cmp(&b.number.unwrap_or(0.0));
            axis.values.iter().all(|value| value.number.is_some()).then_some(())?;
            let (low, high) = (axis.values.iter().min_by(by)?, axis.values.iter().max_by(by)?);
            Some((axis.path.clone(), format!("{} .. {}", low.text, high.text)))
        };
        let ranges: Option<Vec<(String, String)>> = axes.iter().map(numbered).collect();
        let ranges = ranges?;
        let said: Vec<(&str, &str)> = ranges.iter().map(|(path, range)| (path.as_str(), range.as_str())).collect();
        let scenario = self.read(&said).ok()?.scenario;
        Some(Shared { plan: plan::compile(&scenario), scenario })
    }
}

impl Shared {
    /// The plan of a cell, if nothing but sure values of inputs tells it from the shared one.
    fn at(&self, reading: &Reading) -> Option<Plan> {
        let (own, shared) = (reading.scenario.estimates(), self.scenario.estimates());
        if own.len() != shared.len() {
            return None;
        }
        let mut values = Vec::new();
        for (own, shared) in own.into_iter().zip(shared) {
            if own.path != shared.path {
                return None;
            }
            if (&own.law, &own.draw) != (&shared.law, &shared.draw) {
                values.push((own.path.clone(), own.constant()?));
            }
        }
        sweep::with_values(&self.plan, &values)
    }
}

/// A cell's figures; all of the cells together may take the time that is allowed.
fn run(
    arguments: &Arguments,
    scenario: &Scenario,
    plan: &Plan,
    (cells, bar): (usize, &ProgressBar),
) -> Result<Summary, Failure> {
    size::within(scenario, arguments.made.max_memory)?;
    let request = Request {
        trials: 0..arguments.made.trials.unwrap_or(scenario.run.trials),
        seed: arguments.made.seed.map_or(scenario.run.seed, Seed),
        threads: arguments.made.threads.map_or_else(machine_threads, |n| n as usize),
        quantiles: Quantiles::All,
        columns: Vec::new(),
        deciders: None,
    };
    size::check_many(plan, &request, arguments.made.max_memory, (cells as u64, arguments.made.max_time))?;
    let (part, trials) = (bar::Part::of(bar), request.trials.end);
    let draws = sim::run(plan, &request, &|done| part.add(done, trials));
    part.finish();
    Ok(summary::of(scenario, plan, &draws, request.seed))
}

/// The folder of a sweep, beside those of results.
fn folder_of(file: &Path, out: &Path) -> Result<PathBuf, Failure> {
    let folder = result::folder_of(file, out)?;
    let name = folder.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    Ok(out.join(format!("sweep-{name}")))
}

fn write(folder: &Path, sweep: &Sweep, of: &Of<'_>, pictures: &look::Pictures) -> Result<(), Failure> {
    let scene = pictures.scale.and_then(|_| chart::sweep::draw(sweep, of, MADE, pictures.look));
    let named: Vec<(String, String)> =
        scene.iter().map(|scene| ("sweep.png".to_owned(), scene.alternative.clone())).collect();
    let table = shown::table(sweep, of);
    let page = markdown::text(&shown::page(sweep, of), &named);
    let mut files = vec![("sweep.csv".to_owned(), store::csv::bytes(&table))];
    #[cfg(feature = "tables")]
    files.push(("sweep.parquet".to_owned(), store::parquet::bytes(&table)));
    let scenes: Vec<_> = scene.into_iter().map(|scene| ("sweep", scene)).collect();
    files.extend(store::pictures::files(&scenes, pictures.scale.unwrap_or(1), 2));
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let outside = |error: String| Failure::Outside(format!("outgrow: {error}\n"));
    store::write_run(folder, &files, ("sweep.md", page.as_bytes())).map_err(|error| outside(error.to_string()))?;
    // A picture of another sweep would pass for one of this.
    store::pictures::take_away(folder, "sweep", &files).map_err(|error| outside(error.to_string()))
}
