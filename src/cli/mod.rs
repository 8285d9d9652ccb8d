//! The command: clock, terminal, environment, exit codes. Everything it says comes from the floors below.
//!
//! Exit codes: 0 done; 1 something outside the scenario went wrong (a folder that cannot be written); 2 the scenario or the
//! command line has problems, and nothing was written; 3 everything was done, and what was required of it is not so.

mod asking;
mod bar;
mod batch;
mod check;
mod diff;
mod explain;
mod gate;
mod init;
mod look;
mod merge;
mod pages;
mod prices;
mod result;
mod run;
mod schema;
mod shard;
mod size;
mod sweep;
mod verify;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};
use serde_json::Value;

use crate::diag::Report;
use crate::present::problems;
use crate::study::part::Part;
use crate::study::redact::Hidden;

/// Has this team outgrown its PaaS, and when should it leave, if ever?
#[derive(Debug, Parser)]
#[command(name = "outgrow", version, about, after_help = EXAMPLES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "Examples:
  outgrow run scenarios/heroku-to-ecs.toml              the verdict, and output/heroku-to-ecs/ with tables and a chart
  outgrow run my.toml --trials 100000 --seed 1          more futures, other luck
  outgrow run my.toml --dark --scale 2                  pictures for a dark deck, 3840 pixels wide
  outgrow run my.toml --json | jq .options              the figures for another program
  outgrow run my.toml --require-payback '24 months' --odds 70%    exit code 3 where that is not so
  outgrow batch scenarios                               all of a folder, and one comparison
  outgrow run my.toml --shard 3/16                      a part of it, on one of 16 machines; `outgrow merge` joins them
  outgrow diff before.toml after.toml                   what changed, and what each change did to the answer
  outgrow sweep my.toml --input 'demand.growth = 0 .. 8 % / month'   where the choice turns
  outgrow verify output/my                              is that result what its inputs give?
  outgrow check my.toml                                 every problem of a file at once
  outgrow check my.toml --resolved                      every value and where it came from
  outgrow explain my.toml option.ecs.hours --month 7    the arithmetic of one figure
  outgrow init --from heroku --to ecs --bill 8200 --engineers 9 --start 2027-01
  outgrow prices postgres premium                       list prices, where they come from and how old they are
  outgrow schema > outgrow.schema.json                  completion and checks in editors";

#[derive(Debug, Subcommand)]
enum Command {
    /// Runs a scenario: prints the verdict and writes a folder of results.
    #[command(after_help = run::EXAMPLES)]
    Run(RunArguments),
    /// Runs many scenarios, goes on where it was stopped, and compares them.
    #[command(after_help = batch::EXAMPLES)]
    Batch(batch::Arguments),
    /// Shows what differs between two scenarios, and what each difference did to the headline.
    #[command(after_help = diff::EXAMPLES)]
    Diff(diff::Arguments),
    /// Tries one or two inputs over a grid, and shows where the choice turns.
    #[command(after_help = sweep::EXAMPLES)]
    Sweep(sweep::Arguments),
    /// Joins the parts of a run (`run --shard`) into the result of one run.
    #[command(after_help = merge::EXAMPLES)]
    Merge(merge::Arguments),
    /// Reads scenario files and shows every problem; writes nothing.
    #[command(after_help = check::EXAMPLES)]
    Check(check::Arguments),
    /// Runs again what a result records, and compares every file, byte for byte.
    #[command(after_help = verify::EXAMPLES)]
    Verify(verify::Arguments),
    /// Searches the price book, with where each price comes from and how old it is.
    Prices(prices::PricesArguments),
    /// Writes a first scenario from six answers and six yes/no questions: commented, and running at once.
    #[command(after_help = init::EXAMPLES)]
    Init(init::Arguments),
    /// Shows the arithmetic of one figure of one month, in words.
    #[command(after_help = explain::EXAMPLES)]
    Explain(explain::Arguments),
    /// Prints the JSON Schema (draft 07) of the scenario file, for editors.
    #[command(after_help = schema::EXAMPLES)]
    Schema,
    /// Prints what a shell needs to complete flags and names of files.
    #[command(after_help = pages::COMPLETIONS)]
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Writes a manual page for each command.
    #[command(after_help = pages::MAN)]
    Man {
        /// The folder, which is made where there is none.
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
}

/// What is of a whole result: a part has no page, no pictures and no gate.
const NOT_OF_A_PART: [&str; 14] = [
    "redact",
    "json",
    "tables",
    "people",
    "explain_verdict",
    "dark",
    "transparent",
    "no_pictures",
    "scale",
    "theme",
    "require_payback",
    "require_hole_below",
    "odds",
    "option",
];

/// What may be left out of what is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Redacted {
    /// Rates of pay.
    Pay,
    /// What you have called things, and said of them.
    Names,
}

/// What flags leave out.
fn hidden(redact: &[Redacted]) -> Hidden {
    Hidden { pay: redact.contains(&Redacted::Pay), names: redact.contains(&Redacted::Names) }
}

/// What `run` is told.
#[derive(Debug, clap::Args)]
struct RunArguments {
    /// The scenario file.
    file: PathBuf,
    #[command(flatten)]
    made: MadeArguments,
    /// Prints summary.json instead of the page.
    #[arg(long)]
    json: bool,
    /// Prints nothing but problems.
    #[arg(long, short)]
    quiet: bool,
    /// Also prints the tables behind the page: costs by lens, phase, fiscal year and growth, when it is paid back, what
    /// knowing is worth.
    #[arg(long)]
    tables: bool,
    /// Also prints who does what: what hours go into, who does them over time, phases of debt, signals.
    #[arg(long)]
    people: bool,
    /// Also prints the rule behind the verdict, with its figures.
    #[arg(long)]
    explain_verdict: bool,
    /// Leaves out of page, tables, pictures and files what is not to leave the house; `pay`: rates of pay, and where on them the
    /// answer turns; `names`: what you have called things, and said of them. The result is in a folder of its own, NAME-redacted.
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    redact: Vec<Redacted>,
    /// Lives only a part of the futures, "3/16", and writes what they add up to into one file; `outgrow merge` joins all parts
    /// into the result of one run.
    #[arg(long, value_name = "PART/PARTS", value_parser = shard::part, conflicts_with_all = NOT_OF_A_PART)]
    shard: Option<Part>,
    #[command(flatten)]
    gate: gate::GateArguments,
}

/// How results are made, and where they go.
#[derive(Debug, clap::Args)]
struct MadeArguments {
    /// How many possible futures, at least 2; the file's own number without it.
    #[arg(long, value_parser = clap::value_parser!(u64).range(2..=result::MOST_TRIALS))]
    trials: Option<u64>,
    /// The seed of every random stream; the file's own without it.
    #[arg(long)]
    seed: Option<u64>,
    /// Threads; as many as the machine has without it. Results do not depend on it.
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=1024))]
    threads: Option<u64>,
    /// A price file that overrides the book or adds to it; of several the later counts.
    #[arg(long, value_name = "FILE")]
    prices: Vec<PathBuf>,
    /// The folder that a scenario's folder of results is put into.
    #[arg(long, default_value = "output")]
    out: PathBuf,
    /// Memory that may be taken; what needs more is refused before it takes any.
    #[arg(long, default_value = "4 GiB", value_parser = size::bytes)]
    max_memory: u64,
    /// Time that a run may take by its estimate, "24 hours", of a sweep all of its runs; what takes longer is refused before it starts.
    #[arg(long, default_value = "24 hours", value_parser = size::seconds)]
    max_time: f64,
    #[command(flatten)]
    look: look::LookArguments,
}

/// How a command ended other than well.
enum Failure {
    /// The command line has problems, or a scenario some that are of no place.
    Input(String),
    /// A file has problems; what is said after them.
    Refused(Report, &'static str),
    /// Something outside the scenario went wrong.
    Outside(String),
    /// All was done, and what was required is not so.
    Unmet(String),
}

impl Failure {
    /// What is said of it.
    fn text(&self) -> String {
        match self {
            Self::Input(text) | Self::Outside(text) | Self::Unmet(text) => text.clone(),
            Self::Refused(report, after) => format!("{report}{after}"),
        }
    }

    /// Whether it is the fault of what was given.
    const fn is_input(&self) -> bool {
        matches!(self, Self::Input(_) | Self::Refused(..))
    }

    /// What is wrong with what was given, for another program.
    fn problems(&self) -> Vec<Value> {
        match self {
            Self::Refused(report, _) => report.problems.iter().map(problems::value).collect(),
            Self::Input(text) if !text.is_empty() => vec![problems::without_place(text)],
            _ => Vec::new(),
        }
    }

    const fn exit_code(&self) -> u8 {
        match self {
            Self::Outside(_) => 1,
            Self::Input(_) | Self::Refused(..) => 2,
            Self::Unmet(_) => 3,
        }
    }
}

impl Command {
    /// Whether another program reads what is printed.
    const fn is_for_a_program(&self) -> bool {
        match self {
            Self::Run(arguments) => arguments.json,
            Self::Batch(arguments) => arguments.json,
            Self::Check(arguments) => arguments.json,
            Self::Verify(arguments) => arguments.json,
            Self::Diff(arguments) => arguments.json,
            Self::Sweep(arguments) => arguments.json,
            Self::Merge(arguments) => arguments.json,
            Self::Prices(arguments) => arguments.json,
            Self::Explain(arguments) => arguments.json,
            Self::Init(_) | Self::Schema | Self::Completions { .. } | Self::Man { .. } => false,
        }
    }
}

/// The command's flags and subcommands, as clap knows them.
#[must_use]
pub fn command() -> clap::Command {
    Arguments::command()
}

/// Runs the command on the process's arguments.
#[must_use]
pub fn main() -> ExitCode {
    let command = Arguments::parse().command;
    let Err(failure) = done(&command) else { return ExitCode::SUCCESS };
    let problems = failure.problems();
    if command.is_for_a_program() && !problems.is_empty() {
        let _ = print(&problems::document(&problems));
    } else {
        // Nobody is left to tell if this fails.
        let _ = write!(std::io::stderr(), "{}", failure.text());
    }
    ExitCode::from(failure.exit_code())
}

fn done(command: &Command) -> Result<(), Failure> {
    match command {
        Command::Run(arguments) => run::run(arguments),
        Command::Batch(arguments) => batch::batch(arguments),
        Command::Diff(arguments) => diff::diff(arguments),
        Command::Sweep(arguments) => sweep::sweep(arguments),
        Command::Merge(arguments) => merge::merge(arguments),
        Command::Check(arguments) => check::check(arguments),
        Command::Verify(arguments) => verify::verify(arguments),
        Command::Prices(arguments) => prices::prices(arguments),
        Command::Init(arguments) => init::init(arguments),
        Command::Explain(arguments) => explain::explain(arguments),
        Command::Schema => schema::schema(),
        Command::Completions { shell } => pages::completions(*shell),
        Command::Man { folder } => pages::man(folder),
    }
}

/// Prints a text; a reader that has gone away (`| head`) is no failure.
fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::Outside(format!("outgrow: cannot print: {error}\n")))
        }
        _ => Ok(()),
    }
}

/// A file's name as it is shown and read.
fn name_of(file: &std::path::Path) -> Result<&str, Failure> {
    file.to_str().ok_or_else(|| Failure::Input(format!("outgrow: {} is not a name in UTF-8\n", file.display())))
}

/// Threads the machine has.
fn machine_threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}
