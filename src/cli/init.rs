use std::path::{Path, PathBuf};

use super::asking::{Asking, Question};
use super::{Failure, print};
use crate::present::draft::{self, Answers, FROM, From, QUESTIONS, Reply, TO, To};
use crate::store;
use crate::units::MAX_MONTHS;

pub(super) const EXAMPLES: &str = "Examples:
  outgrow init                                              asks for everything
  outgrow init --from heroku --to ecs --bill 8200 --engineers 9 --start 2027-01 --defaults
  outgrow init --from render --to cloud-run --bill '$1,500' --engineers 4 --start 2027-01 --months 36 mine.toml
  outgrow init --from fly --to ecs --bill 900 --engineers 3 --start 2027-01 --written-down yes --two-know no --defaults
  outgrow run heroku-to-ecs.toml                            what it writes runs at once

From: heroku, render, fly, railway, vercel.  To: ecs, eks, gke, cloud-run, plain-hosts, other.
What no flag says is asked, a line of standard input for each; an empty line is the default: 60 months, and not known
for the six yes/no questions. --defaults asks nothing. Each no adds 15 % to the operational debt that the file begins
with, each that is not known half of it. Every other figure but the bill is a default, marked `assumed`; the head of the
file says what to replace first.";

/// Dollars a month beyond which a bill is a slip of the hand.
const LARGEST_BILL: f64 = 1e9;
const MOST_ENGINEERS: u32 = 100_000;

/// What `init` is told.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The file to write; FROM-to-TO.toml without it, `-` for the terminal.
    file: Option<PathBuf>,
    /// The platform lived on today.
    #[arg(long)]
    from: Option<String>,
    /// Where the team may go.
    #[arg(long)]
    to: Option<String>,
    /// Today's bill, dollars a month.
    #[arg(long, allow_hyphen_values = true)]
    bill: Option<String>,
    /// How many engineers there are.
    #[arg(long, allow_hyphen_values = true)]
    engineers: Option<String>,
    /// The first month, like 2027-01.
    #[arg(long)]
    start: Option<String>,
    /// The horizon in months; 60 without it.
    #[arg(long)]
    months: Option<String>,
    /// Debt: could somebody else deploy if whoever usually does were away? yes, no or unsure.
    #[arg(long, value_name = "yes|no")]
    anyone_deploys: Option<String>,
    /// Debt: is what runs in production written down, or built from code?
    #[arg(long, value_name = "yes|no")]
    written_down: Option<String>,
    /// Debt: were runtimes and databases upgraded in the last six months?
    #[arg(long, value_name = "yes|no")]
    upgraded: Option<String>,
    /// Debt: does somebody act on every alert?
    #[arg(long, value_name = "yes|no")]
    alerts_acted_on: Option<String>,
    /// Debt: was a restore from backup tried in the last year?
    #[arg(long, value_name = "yes|no")]
    restore_tried: Option<String>,
    /// Debt: does more than one person know how production works?
    #[arg(long, value_name = "yes|no")]
    two_know: Option<String>,
    /// Asks nothing: what no flag says is the default.
    #[arg(long, short)]
    defaults: bool,
    /// Overwrites a file that is there.
    #[arg(long)]
    force: bool,
}

/// Writes a first scenario.
pub(super) fn init(arguments: &Arguments) -> Result<(), Failure> {
    let answers = answers(arguments)?;
    let text = draft::text(&answers);
    let usual = PathBuf::from(format!("{}-to-{}.toml", answers.from.name, answers.to.name));
    let file = arguments.file.as_deref().unwrap_or(&usual);
    if file == Path::new("-") {
        return print(&text);
    }
    match store::write_new(file, text.as_bytes(), arguments.force) {
        Ok(()) => print(&format!("{0} is written.  Next: outgrow run {0}\n", file.display())),
        Err(error) if error.cause.kind() == std::io::ErrorKind::AlreadyExists => {
            Err(Failure::Input(format!("outgrow: {} is there already; --force overwrites it\n", file.display())))
        }
        Err(error) => Err(Failure::Outside(format!("outgrow: {error}\n"))),
    }
}

/// Every answer, from flags or asked for.
fn answers(arguments: &Arguments) -> Result<Answers, Failure> {
    let mut asking = Asking::new(arguments.defaults);
    let from = asking.stated(
        question("--from", "Which platform do you live on? (heroku, render, fly, railway, vercel)", known_from),
        arguments.from.as_ref(),
    );
    let to = asking.stated(
        question("--to", "Where might you go? (ecs, eks, gke, cloud-run, plain-hosts, other)", known_to),
        arguments.to.as_ref(),
    );
    let bill = asking.stated(question("--bill", "What is its bill, dollars a month?", bill), arguments.bill.as_ref());
    let engineers =
        asking.stated(question("--engineers", "How many engineers are you?", engineers), arguments.engineers.as_ref());
    let start = asking
        .stated(question("--start", "The first month of the plan? (like 2027-01)", month), arguments.start.as_ref());
    let months = Question { usual: Some("60"), ..question("--months", "For how many months? (60)", months) };
    let months = asking.stated(months, arguments.months.as_ref());
    let given = [
        &arguments.anyone_deploys,
        &arguments.written_down,
        &arguments.upgraded,
        &arguments.alerts_acted_on,
        &arguments.restore_tried,
        &arguments.two_know,
    ];
    let asked = QUESTIONS.map(|q| (format!("--{}", q.flag), format!("{} (yes, no; empty: not known)", q.asks)));
    let mut six = Vec::new();
    for ((flag, asks), text) in asked.iter().zip(given) {
        six.push(asking.stated(Question { flag, asks, usual: Some("unsure"), read: reply }, text.as_ref()));
    }
    asking.begin()?;
    let (from, to) = (asking.answer(from)?, asking.answer(to)?);
    let (bill, engineers) = (asking.answer(bill)?, asking.answer(engineers)?);
    let (start, months) = (asking.answer(start)?, asking.answer(months)?);
    let mut replies = [Reply::Unsure; 6];
    for (to, stated) in replies.iter_mut().zip(six) {
        *to = asking.answer(stated)?.unwrap_or(Reply::Unsure);
    }
    let (Some(from), Some(to), Some(bill), Some(engineers), Some(start), Some(months)) =
        (from, to, bill, engineers, start, months)
    else {
        return Err(asking.failure());
    };
    Ok(Answers { from, to, bill, engineers, start, months, six: replies })
}

/// A question that has no usual answer.
fn question<'q, T>(flag: &'q str, asks: &'q str, read: fn(&str) -> Result<T, String>) -> Question<'q, T> {
    Question { flag, asks, usual: None, read }
}

fn reply(text: &str) -> Result<Reply, String> {
    match text.to_ascii_lowercase().as_str() {
        "yes" | "y" => Ok(Reply::Yes),
        "no" | "n" => Ok(Reply::No),
        "unsure" | "?" => Ok(Reply::Unsure),
        _ => Err("it is yes or no, y or n; unsure if nobody can say".into()),
    }
}

fn known_from(text: &str) -> Result<From, String> {
    let found = FROM.into_iter().find(|from| from.name == text);
    found.ok_or_else(|| format!("it is one of {}", FROM.map(|from| from.name).join(", ")))
}

fn known_to(text: &str) -> Result<To, String> {
    let found = TO.into_iter().find(|to| to.name == text);
    found.ok_or_else(|| format!("it is one of {}", TO.map(|to| to.name).join(", ")))
}

fn bill(text: &str) -> Result<f64, String> {
    let plain = text.trim().trim_start_matches('$').replace([',', '_'], "");
    let digits = !plain.is_empty() && plain.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let bill = plain.parse::<f64>().ok().filter(|bill| digits && (1.0..=LARGEST_BILL).contains(bill));
    bill.ok_or_else(|| "it is an amount of dollars from 1 to 1,000,000,000, like 8200".into())
}

fn engineers(text: &str) -> Result<u32, String> {
    let number = text.parse().ok().filter(|n| (1..=MOST_ENGINEERS).contains(n));
    number.ok_or_else(|| "it is a whole number from 1 to 100,000".into())
}

fn months(text: &str) -> Result<u32, String> {
    let number = text.parse().ok().filter(|n| (1..=MAX_MONTHS).contains(n));
    number.ok_or_else(|| format!("it is a whole number from 1 to {MAX_MONTHS}"))
}

fn month(text: &str) -> Result<String, String> {
    let parts = text.split_once('-').filter(|(year, month)| year.len() == 4 && month.len() == 2);
    let parts = parts.filter(|(year, month)| year.bytes().chain(month.bytes()).all(|b| b.is_ascii_digit()));
    let month = parts.and_then(|(year, month)| crate::units::YearMonth::new(year.parse().ok()?, month.parse().ok()?));
    month.map(|_| text.to_owned()).ok_or_else(|| "it is a month, like 2027-01".into())
}
