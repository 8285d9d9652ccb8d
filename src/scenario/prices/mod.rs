//! From price files to the [`PriceBook`].
//!
//! Takes the files under `prices/`, compiled in, and any file of the user's, and gives one book or every problem at once.
//! A price file is TOML: sources by name, and one line for each price that says which of them it is from.
//!
//! ```toml
//! [sources.cli]
//! source = "heroku/cli src/commands/ps/type.ts@c5fbf4b"
//! as_of = "2026-08-04"
//! confidence = "official"
//! sells = "yes"
//!
//! [prices]
//! "heroku.dyno.performance-l" = { price = "$500 / month", from = "cli", has = { ram = "14 GB" } }
//!
//! [ladders]
//! "heroku.postgres.premium" = { plans = ["heroku.postgres.premium-0", "heroku.postgres.premium-2"] }
//!
//! [facts]
//! "heroku.shield.premium" = { says = "20 % above Private", from = "cli" }
//! ```
//!
//! `source`, `as_of`, `confidence` and `sells` may also stand in the file's head, for all below, or in a line, for itself.

mod entry;

use std::sync::{Arc, OnceLock};

use toml::de::DeTable;

use super::notes::Notes;
use super::table::{Field, Table};
use super::{Loader, code, syntax};
use crate::diag::{Report, Severity, SourceFile};
use crate::model::price::{Origin, PriceBook};
use entry::{Reader, Sources};

/// The files that are compiled in. `prices/unverified.toml` is not among them, on purpose.
pub const FILES: [(&str, &str); 14] = [
    ("prices/aws.toml", include_str!("../../../prices/aws.toml")),
    ("prices/azure.toml", include_str!("../../../prices/azure.toml")),
    ("prices/digitalocean.toml", include_str!("../../../prices/digitalocean.toml")),
    ("prices/fly.toml", include_str!("../../../prices/fly.toml")),
    ("prices/gcp.toml", include_str!("../../../prices/gcp.toml")),
    ("prices/heroku.toml", include_str!("../../../prices/heroku.toml")),
    ("prices/hosts.toml", include_str!("../../../prices/hosts.toml")),
    ("prices/labour.toml", include_str!("../../../prices/labour.toml")),
    ("prices/own-cloud.toml", include_str!("../../../prices/own-cloud.toml")),
    ("prices/paas.toml", include_str!("../../../prices/paas.toml")),
    ("prices/railway.toml", include_str!("../../../prices/railway.toml")),
    ("prices/render.toml", include_str!("../../../prices/render.toml")),
    ("prices/tooling.toml", include_str!("../../../prices/tooling.toml")),
    ("prices/vercel.toml", include_str!("../../../prices/vercel.toml")),
];

/// The file of figures that nobody has read at a source, for saying where one of them is.
const UNVERIFIED: &str = include_str!("../../../prices/unverified.toml");

/// Whether a name is one of a figure that is not compiled in because nobody has read it at a source.
pub(super) fn is_unverified(name: &str) -> bool {
    UNVERIFIED
        .lines()
        .any(|line| line.strip_prefix('"').and_then(|rest| rest.split_once('"')).is_some_and(|(own, _)| own == name))
}

/// The book that is compiled in; read once.
#[must_use]
pub fn compiled() -> &'static PriceBook {
    static BOOK: OnceLock<PriceBook> = OnceLock::new();
    BOOK.get_or_init(|| {
        let mut book = PriceBook::default();
        for (name, text) in FILES {
            if let Err(report) = add(&mut book, text, name, &Origin::Book) {
                debug_assert!(false, "Invariant: the compiled price files are right\n{report}");
            }
        }
        book.settle_ladders();
        book
    })
}

/// A book with the prices of a text in it: those of a known name take the place of the book's, the others are added. A
/// price that takes another's place keeps its limits unless it states some.
///
/// # Errors
/// Every problem of the text at once.
pub fn with_overrides(book: &PriceBook, text: &str, file: &str) -> Result<PriceBook, Report> {
    let mut book = book.clone();
    add(&mut book, text, file, &Origin::File(file.to_owned()))?;
    book.settle_ladders();
    Ok(book)
}

/// As [`with_overrides`], from a file.
///
/// # Errors
/// Where the file cannot be had, or every problem of its text at once.
pub fn with_file(book: &PriceBook, file: &str, loader: &dyn Loader) -> Result<PriceBook, Report> {
    match loader.load(file) {
        Ok(text) => with_overrides(book, &text, file),
        Err(error) => {
            let mut notes = Notes::new(Arc::new(SourceFile::new(file.to_owned(), String::new())));
            notes.error(code::UNREADABLE_FILE, &(0..0), error.to_string());
            Err(Report::new(notes.take_problems()))
        }
    }
}

/// Reads a text into a book.
fn add(book: &mut PriceBook, text: &str, name: &str, origin: &Origin) -> Result<(), Report> {
    let file = Arc::new(SourceFile::new(name.to_owned(), text.to_owned()));
    let mut notes = Notes::new(Arc::clone(&file));
    let (document, errors) = DeTable::parse_recoverable(&file.text);
    syntax::report(&errors, &file.text, "a line is \"name\" = { price = \"$5 / month\", … }", &mut notes);
    if errors.is_empty() {
        whole(Table::root(&document, &mut notes), book, origin, &mut notes);
    }
    let report = Report::new(notes.take_problems());
    let wrong = report.problems.iter().any(|problem| problem.severity == Severity::Error);
    if wrong { Err(report) } else { Ok(()) }
}

/// Reads the whole of a file.
fn whole(mut root: Table<'_>, book: &mut PriceBook, origin: &Origin, notes: &mut Notes) {
    let sources = Sources::read(&mut root, notes);
    let mut reader = Reader { sources, origin, refused: Vec::new() };
    for field in lines_of(&mut root, "prices", notes) {
        match reader.sku(&field, book, notes) {
            Some(sku) => book.put_sku(sku),
            None => reader.refused.push(field.key.to_owned()),
        }
    }
    for field in lines_of(&mut root, "facts", notes) {
        if let Some(fact) = reader.fact(&field, book, notes) {
            book.put_fact(fact);
        }
    }
    for field in lines_of(&mut root, "ladders", notes) {
        if let Some(ladder) = reader.ladder(&field, book, notes) {
            book.put_ladder(ladder);
        }
    }
    root.finish(notes);
}

/// The lines of one of the file's tables.
fn lines_of<'a>(root: &mut Table<'a>, key: &'static str, notes: &mut Notes) -> Vec<Field<'a>> {
    let Some(field) = root.take(key) else { return Vec::new() };
    Table::open(&field, notes).map(|table| table.fields()).unwrap_or_default()
}
