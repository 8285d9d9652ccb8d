use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

use super::{Failure, print};
use crate::present::draft::{self, Answers, FROM, From, TO, To};
use crate::store;
use crate::units::MAX_MONTHS;

pub(super) const EXAMPLES: &str = "Examples:
  outgrow init                                              asks, where a terminal can answer
  outgrow init --from heroku --to ecs --bill 8200 --engineers 9 --start 2027-01
  outgrow init --from render --to cloud-run --bill '$1,500' --engineers 4 --start 2027-01 --months 36 mine.toml
  outgrow run heroku-to-ecs.toml                            what it writes runs at once

From: heroku, render, fly, railway, vercel.  To: ecs, eks, gke, cloud-run, plain-hosts, other.
Every figure but the bill is a default, marked `assumed`; the head of the file says what to replace first.";

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
    /// Overwrites a file that is there.
    #[arg(long)]
    force: bool,
}

/// Writes a first scenario.
pub(super) fn init(arguments: &Arguments) -> Result<(), Failure> {
    let mut asking = Asking { can: std::io::stdin().is_terminal(), missing: Vec::new(), wrong: Vec::new() };
    let from = asking.answer(
        "--from",
        "Which platform do you live on? (heroku, render, fly, railway, vercel)",
        arguments.from.as_ref(),
        None,
        known_from,
    );
    let to = asking.answer(
        "--to",
        "Where might you go? (ecs, eks, gke, cloud-run, plain-hosts, other)",
        arguments.to.as_ref(),
        None,
        known_to,
    );
    let bill = asking.answer("--bill", "What is its bill, dollars a month?", arguments.bill.as_ref(), None, bill);
    let engineers =
        asking.answer("--engineers", "How many engineers are you?", arguments.engineers.as_ref(), None, engineers);
    let start =
        asking.answer("--start", "The first month of the plan? (like 2027-01)", arguments.start.as_ref(), None, month);
    let months = asking.answer("--months", "For how many months? (60)", arguments.months.as_ref(), Some("60"), months);
    asking.finish()?;
    let (Some(from), Some(to), Some(bill), Some(engineers), Some(start), Some(months)) =
        (from, to, bill, engineers, start, months)
    else {
        return Err(Failure::Input("outgrow: an answer is missing\n".into()));
    };
    let text = draft::text(&Answers { from, to, bill, engineers, start, months });
    let usual = PathBuf::from(format!("{}-to-{}.toml", from.name, to.name));
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

/// Answers from flags, else from whoever sits at the terminal.
struct Asking {
    can: bool,
    missing: Vec<&'static str>,
    wrong: Vec<String>,
}

impl Asking {
    fn answer<T>(
        &mut self,
        flag: &'static str,
        question: &str,
        stated: Option<&String>,
        usual: Option<&str>,
        read: fn(&str) -> Result<T, String>,
    ) -> Option<T> {
        if let Some(text) = stated {
            return read(text)
                .map_err(|wanted| self.wrong.push(format!("{flag} {}: {wanted}", text.escape_debug())))
                .ok();
        }
        if !self.can {
            if let Some(usual) = usual {
                return read(usual).ok();
            }
            self.missing.push(flag);
            return None;
        }
        loop {
            let _ = write!(std::io::stderr(), "{question} ");
            let mut line = String::new();
            let got = std::io::stdin().lock().read_line(&mut line);
            if !got.is_ok_and(|bytes| bytes > 0) {
                self.missing.push(flag);
                self.can = false;
                return None;
            }
            let text = if line.trim().is_empty() { usual.unwrap_or("") } else { line.trim() };
            match read(text) {
                Ok(answer) => return Some(answer),
                Err(wanted) => drop(writeln!(std::io::stderr(), "  {wanted}")),
            }
        }
    }

    fn finish(self) -> Result<(), Failure> {
        if self.missing.is_empty() && self.wrong.is_empty() {
            return Ok(());
        }
        let mut text = String::new();
        for wrong in &self.wrong {
            text.push_str(&format!("outgrow: {wrong}\n"));
        }
        if !self.missing.is_empty() {
            text.push_str(&format!("outgrow: nobody to ask here: state {}\n", self.missing.join(", ")));
        }
        Err(Failure::Input(text))
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
