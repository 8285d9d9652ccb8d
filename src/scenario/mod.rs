//! From the text of a scenario file to the checked [`Scenario`].
//!
//! Takes a file's name and a [`Loader`] and gives the scenario with its warnings, or a [`Report`] of every problem at
//! once. It knows what each key means, takes and defaults to; it does not touch the file system, and knows nothing of how
//! a scenario is computed.
//!
//! ```text
//! text ──toml──▶ tables with spans ──Table::take──▶ check::* ──▶ Scenario
//!                                        │
//!                 Notes ◀── problems ────┴─ quantity ▶ measure ▶ estimate ▶ law
//! ```
//!
//! A word of the language whose meaning is not computed yet is refused by name (`later.rs`); a word that is not of the
//! language is refused with the nearest one that is.

mod check;
mod code;
mod estimate;
mod evidence;
mod keys;
mod later;
mod measure;
mod notes;
pub mod prices;
mod quantity;
mod table;
mod token;
mod unit;

use std::sync::Arc;

use toml::de::DeTable;

use crate::diag::{Problem, Report, Severity, SourceFile};
use crate::model::Scenario;
use crate::model::price::PriceBook;
use notes::Notes;
use table::Table;

/// Where texts come from. Whoever reads files decides which ones may be read.
pub trait Loader {
    /// The text of a file.
    ///
    /// # Errors
    /// Where the file is not there, may not be read, or is no text.
    fn load(&self, name: &str) -> Result<String, LoadError>;
}

/// Why a file could not be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LoadError {
    /// There is none of this name.
    NotFound,
    /// It is there, and reading it is refused; in the system's words.
    Refused(String),
    /// It is not UTF-8.
    NotText,
    /// It is larger than a scenario may be.
    TooLarge {
        /// What a scenario may have, in bytes.
        limit: u64,
    },
}

impl std::fmt::Display for LoadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotFound => write!(f, "there is no such file"),
            Self::Refused(why) => write!(f, "the file cannot be read: {why}"),
            Self::NotText => write!(f, "the file is not text in UTF-8"),
            Self::TooLarge { limit } => write!(f, "the file has more than {limit} bytes"),
        }
    }
}

/// Reads a scenario file and checks it, at the prices that are compiled in.
///
/// # Errors
/// Every problem of the file at once, warnings among them, if any of them is an error.
pub fn read(root: &str, loader: &dyn Loader) -> Result<(Scenario, Vec<Problem>), Report> {
    read_at(prices::compiled(), root, loader)
}

/// As [`read`], at the prices of a book.
///
/// # Errors
/// Every problem of the file at once, warnings among them, if any of them is an error.
pub fn read_at(book: &PriceBook, root: &str, loader: &dyn Loader) -> Result<(Scenario, Vec<Problem>), Report> {
    let text = match loader.load(root) {
        Ok(text) => text,
        Err(error) => {
            let file = Arc::new(SourceFile { name: root.to_owned(), text: String::new() });
            let mut notes = Notes::new(file);
            notes.error(code::UNREADABLE_FILE, &(0..0), error.to_string());
            return Err(Report::new(notes.into_problems()));
        }
    };
    let file = Arc::new(SourceFile { name: root.to_owned(), text });
    let mut notes = Notes::new(Arc::clone(&file));
    let (document, errors) = DeTable::parse_recoverable(&file.text);
    for error in &errors {
        let span = error.span().unwrap_or(0..0);
        let message = format!("not TOML: {}", error.message().replace('\n', "; "));
        notes.error(code::SYNTAX, &span, message).cure = "a line is key = value, and text stands in quotes".into();
    }
    // What a broken file seems to say is not worth a hundred complaints.
    let scenario = errors.is_empty().then(|| check::scenario(Table::root(&document, &mut notes), book, &mut notes));
    let report = Report::new(notes.into_problems());
    match scenario {
        Some(scenario) if report.problems.iter().all(|problem| problem.severity == Severity::Warning) => {
            Ok((scenario, report.problems))
        }
        _ => Err(report),
    }
}
