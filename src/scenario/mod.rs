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
//! A word that is not of the language is refused with the nearest one that is.

mod beside;
mod check;
mod code;
pub mod difference;
mod estimate;
mod evidence;
pub mod grammar;
mod joined;
mod keys;
mod measure;
mod notes;
mod over;
mod paths;
pub mod prices;
mod quantity;
mod renamed;
pub mod schema;
mod syntax;
mod table;
mod token;
mod unit;
mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use toml::Spanned;
use toml::de::DeTable;

use crate::diag::{Problem, Report, Severity, SourceFile};
use crate::model::Scenario;
use crate::model::price::{Origin, PriceBook};
use joined::Texts;
use notes::Notes;
use table::Table;

pub use over::{Over, input_at};
pub use paths::as_written as written;
pub use walk::{Asked, Bounds, Line, Takes, Walk};

/// Whether a word of a unit is the language's own or what the compiled price book has prices for, and not one that a file has
/// made up.
#[must_use]
pub fn knows_unit(word: &str) -> bool {
    unit::is_own(word) || check::sells(prices::compiled(), &unit::singular(word))
}

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
    walk_through(book, root, loader, Notes::new).map(|(scenario, problems, ..)| (scenario, problems))
}

/// A scenario with what the reader asked for and where each figure stands.
#[derive(Debug)]
pub struct Reading {
    /// The scenario.
    pub scenario: Scenario,
    /// Its warnings.
    pub warnings: Vec<Problem>,
    /// Every key that was asked for.
    pub walk: Walk,
    /// By path: the line on which a figure stands. What a growth case has from `[demand]` stands there.
    pub lines: BTreeMap<String, Line>,
    /// List prices that a price file of the user's states.
    pub own_prices: BTreeSet<String>,
    /// Other files that were read: what it extends, parts, rows that figures were drawn from. Names as seen from the
    /// scenario's folder, and texts.
    pub files: Vec<(String, String)>,
}

/// As [`read_at`], keeping what the reader asked for.
///
/// # Errors
/// As [`read`].
pub fn read_whole(book: &PriceBook, root: &str, loader: &dyn Loader) -> Result<Reading, Report> {
    let (scenario, warnings, mut notes, texts) = walk_through(book, root, loader, Notes::walking)?;
    let walk = notes.take_walk().expect("these notes keep a walk");
    let lines = notes.places().iter().map(|(path, span)| (path.clone(), Line::at(span, &walk.file))).collect();
    let own = book.skus().filter(|sku| matches!(sku.origin, Origin::File(_)));
    let own_prices = own.map(|sku| sku.name.clone()).collect();
    let files = texts.others().chain(std::mem::take(&mut notes.beside).texts()).collect();
    Ok(Reading { scenario, warnings, walk, lines, own_prices, files })
}

fn walk_through(
    book: &PriceBook,
    root: &str,
    loader: &dyn Loader,
    new: fn(Arc<SourceFile>) -> Notes,
) -> Result<(Scenario, Vec<Problem>, Notes, Texts), Report> {
    let (texts, file) = match Texts::load(root, loader) {
        Ok(loaded) => loaded,
        Err(error) => {
            let file = Arc::new(SourceFile::new(root.to_owned(), String::new()));
            let mut notes = new(file);
            notes.error(code::UNREADABLE_FILE, &(0..0), error.to_string());
            return Err(Report::new(notes.take_problems()));
        }
    };
    let file = Arc::new(file);
    let mut notes = new(Arc::clone(&file));
    let document = texts.document(&mut notes);
    notes.beside.evidence = texts.evidence();
    let scenario = document.as_ref().map(|document| scenario_of(document, (book, root, loader), &mut notes, new));
    let report = Report::new(notes.take_problems());
    match scenario {
        Some(scenario) if report.problems.iter().all(|problem| problem.severity == Severity::Warning) => {
            drop(document);
            Ok((scenario, report.problems, notes, texts))
        }
        _ => Err(report),
    }
}

/// Reads joined tables, again as long as they lack what stands elsewhere.
fn scenario_of(
    document: &Spanned<DeTable<'_>>,
    (book, root, loader): (&PriceBook, &str, &dyn Loader),
    notes: &mut Notes,
    new: fn(Arc<SourceFile>) -> Notes,
) -> Scenario {
    loop {
        let scenario = check::scenario(Table::root(document, notes), book, notes);
        if !notes.beside.fetch(&scenario, root, loader) {
            return scenario;
        }
        let beside = std::mem::take(&mut notes.beside);
        *notes = new(notes.source());
        notes.beside = beside;
    }
}
