use std::borrow::Cow;
use std::cell::RefCell;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use super::{Failure, name_of, print};
use crate::model::price::{AsOf, PriceBook};
use crate::present;
use crate::scenario::prices as files;
use crate::scenario::{LoadError, Loader};
use crate::store::Files;
use crate::units::YearMonth;

/// What `prices` is told.
#[derive(Debug, clap::Args)]
pub(super) struct PricesArguments {
    /// Words that a name or a note has, in any order; without any, what the book holds.
    query: Vec<String>,
    /// A price file that overrides the book or adds to it; of several the later counts.
    #[arg(long, value_name = "FILE")]
    prices: Vec<PathBuf>,
    /// Prints the prices for another program.
    #[arg(long)]
    pub(super) json: bool,
    /// The month that ages are counted to, 2026-11; this month without it.
    #[arg(long, value_name = "MONTH", value_parser = month)]
    today: Option<YearMonth>,
}

/// Searches the price book.
pub(super) fn prices(arguments: &PricesArguments) -> Result<(), Failure> {
    let book = book(&arguments.prices)?;
    let query = arguments.query.join(" ");
    let hits = book.search(&query);
    let today = arguments.today.unwrap_or_else(this_month);
    if hits.is_empty() {
        return Err(Failure::Input(present::prices::nothing(&query, &book.nearest(&query, 5))));
    }
    if arguments.json {
        return print(&present::prices::json(&book, &hits, today));
    }
    if query.trim().is_empty() {
        return print(&present::prices::overview(&book, today));
    }
    print(&present::prices::table(&hits, today))
}

/// The compiled book, with the price files of the user's in it, one after the other.
pub(super) fn book(own: &[PathBuf]) -> Result<Cow<'static, PriceBook>, Failure> {
    Ok(book_and_files(own)?.0)
}

/// A book, and the files that were joined to it: as they were named, and their texts.
type BookAndFiles = (Cow<'static, PriceBook>, Vec<(String, String)>);

/// The same with those files.
pub(super) fn book_and_files(own: &[PathBuf]) -> Result<BookAndFiles, Failure> {
    let names = own.iter().map(|file| name_of(file)).collect::<Result<Vec<_>, _>>()?;
    let texts = RefCell::new(Vec::new());
    let book = joined(&names, &Keeping { texts: &texts })?;
    Ok((book, texts.into_inner()))
}

/// The compiled book with price files joined to it.
pub(super) fn joined(names: &[&str], loader: &dyn Loader) -> Result<Cow<'static, PriceBook>, Failure> {
    let mut book = Cow::Borrowed(files::compiled());
    for name in names {
        let with = files::with_file(&book, name, loader);
        book = Cow::Owned(with.map_err(|report| Failure::Refused(report, ""))?);
    }
    Ok(book)
}

/// Reads files and keeps what it has read.
struct Keeping<'t> {
    texts: &'t RefCell<Vec<(String, String)>>,
}

impl Loader for Keeping<'_> {
    fn load(&self, name: &str) -> Result<String, LoadError> {
        let text = Files.load(name)?;
        self.texts.borrow_mut().push((name.to_owned(), text.clone()));
        Ok(text)
    }
}

fn month(text: &str) -> Result<YearMonth, String> {
    let month = match AsOf::parse(text) {
        Some(AsOf::Month(year, month) | AsOf::Day(year, month, _)) => YearMonth::new(i32::from(year), month),
        _ => None,
    };
    month.ok_or_else(|| "write a month: 2026-11".to_owned())
}

/// The clock's month, in UTC.
fn this_month() -> YearMonth {
    let days = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() / 86_400);
    civil_month(days)
}

/// The month of a day counted from 1970-01-01 (H. Hinnant, "chrono-compatible low-level date algorithms", 2013).
fn civil_month(days: u64) -> YearMonth {
    let from_march_of_0 = days + 719_468;
    let (era, of_era) = (from_march_of_0 / 146_097, from_march_of_0 % 146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    YearMonth::new(year as i32, month as u8).unwrap_or_else(|| YearMonth::new(9999, 12).expect("a month"))
}

#[cfg(test)]
mod tests {
    use super::civil_month;

    #[test]
    fn days_fall_into_the_months_of_the_calendar() {
        let cases = [
            (0, "Jan 1970"),
            (58, "Feb 1970"),
            (59, "Mar 1970"),
            (11_016, "Feb 2000"), // the 29th of a century's year that leaps
            (11_017, "Mar 2000"),
            (20_777, "Nov 2026"),
            (20_818, "Dec 2026"),
            (20_819, "Jan 2027"),
        ];
        for (days, month) in cases {
            assert_eq!(civil_month(days).to_string(), month, "{days}");
        }
    }
}
