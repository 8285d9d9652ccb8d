//! What differs between two scenario files, and the scenarios in which one of the differences alone is made.
//!
//! ```text
//! A, joined ─┐                                          ┌▶ first: A with this change and no other
//!            ├▶ leaves that differ ─▶ groups that read ─┤
//! B, joined ─┘                                          └▶ last: B without this change and no other
//! ```
//!
//! Both files stand one after the other in one source, so that a span says which of them it is of. Comments, order, spelling
//! of numbers and quotes are no difference. Differences that cannot be made alone, because the reader refuses what comes of
//! it, are one change.

mod group;
mod leaf;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::joined::Texts;
use super::notes::Notes;
use super::paths::as_written;
use super::{LoadError, Loader, Reading, read_whole, scenario_of};
use crate::diag::{Problem, Report, Severity, SourceFile};
use crate::model::Scenario;
use crate::model::price::PriceBook;

use leaf::Leaf;

/// Up to so many keys of a table are written out.
const FEW: usize = 3;

/// What stands at a path in one of the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// As it is written, on one line; of a large table how many keys it has.
    pub text: String,
    /// The file that it stands in.
    pub file: String,
    /// Its line there, from 1.
    pub line: usize,
}

/// A path at which the files differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The path as a file has it: `platforms.heroku.runtime.web.today`; of rows beside a scenario the file's name.
    pub path: String,
    /// What stands there in the first file; `None` for nothing.
    pub from: Option<Stated>,
    /// What stands there in the second.
    pub to: Option<Stated>,
}

/// Differences that are made together or not at all.
#[derive(Debug, Clone)]
pub struct Change {
    /// Which they are, by path; the one that says most of it first.
    pub differences: Vec<Difference>,
    /// What the reader says of some of them without the others, where they could not be made alone.
    pub because: Option<String>,
    /// The first file's scenario with this change and no other.
    pub first: Scenario,
    /// The second file's scenario without this change and no other.
    pub last: Scenario,
}

/// Two readings and all that differs between them.
#[derive(Debug)]
pub struct Differences {
    /// The first file and the second.
    pub readings: [Reading; 2],
    /// What may move figures, in the order of paths.
    pub changes: Vec<Change>,
    /// Titles, questions, bases and sources, which move none.
    pub words: Vec<Difference>,
    /// Number of futures and seed: how figures are made, and no input of theirs.
    pub run: Vec<Difference>,
}

/// Whether what stands at a path may move figures: not so titles, evidence, and how many futures are lived.
pub(super) fn may_move_figures(way: &[String]) -> bool {
    leaf::kind(way, false) == leaf::Kind::Input
}

/// Reads two scenario files and finds what differs.
///
/// # Errors
/// Every problem of the first file that has any.
pub fn between(book: &PriceBook, files: [&str; 2], loader: &dyn Loader) -> Result<Differences, Report> {
    let [a, b] = files.map(|file| read_whole(book, file, loader));
    let readings = [a?, b?];
    let loaded = files.map(|file| Texts::load(file, loader));
    let [Ok((texts, mut file)), Ok((others, other_file))] = loaded else {
        // They were read a moment ago: somebody takes files away meanwhile.
        return Err(Report::new(Vec::new()));
    };
    let shown: Vec<String> = file.names().chain(other_file.names()).map(str::to_owned).collect();
    let others = others.behind(&mut file);
    let file = Arc::new(file);
    let mut notes = Notes::new(Arc::clone(&file));
    let documents = [&texts, &others].map(|texts| texts.document(&mut notes));
    let [Some(a), Some(b)] = documents else { return Err(Report::new(notes.take_problems())) };
    let documents = [a, b].map(|document| leaf::without_joints(document.into_inner()));
    let rows = [0, 1].map(|nth| rows_of(&readings[nth], if nth == 0 { &texts } else { &others }));
    let both = Both { book, root: files[0], file, shown, documents, rows };
    let estimates: BTreeSet<String> =
        readings.iter().flat_map(|r| r.scenario.estimates()).map(|e| as_written(&e.path)).collect();
    let leaves = leaf::differing(&both.documents, &both.rows, &estimates);
    let (mut words, mut run, mut inputs) = (Vec::new(), Vec::new(), Vec::new());
    for leaf in leaves {
        match leaf.kind {
            leaf::Kind::Words => words.push(both.told(&leaf)),
            leaf::Kind::Run => run.push(both.told(&leaf)),
            leaf::Kind::Input | leaf::Kind::Rows => inputs.push(leaf),
        }
    }
    let changes = group::changes(&both, inputs, readings.each_ref().map(|reading| &reading.scenario));
    Ok(Differences { readings, changes, words, run })
}

/// Files of rows beside a scenario, by name as seen from it.
fn rows_of(reading: &Reading, texts: &Texts) -> BTreeMap<String, String> {
    reading.files.iter().filter(|(name, _)| !texts.has(name)).cloned().collect()
}

/// Both files, to be mixed.
struct Both<'t> {
    book: &'t PriceBook,
    /// The first file's name: rows are looked for beside it.
    root: &'t str,
    file: Arc<SourceFile>,
    /// Names of all files of the source, as they are told.
    shown: Vec<String>,
    documents: [DeTable<'t>; 2],
    rows: [BTreeMap<String, String>; 2],
}

/// Rows of the files that a mixture has.
struct Rows(BTreeMap<String, String>);

impl Loader for Rows {
    fn load(&self, name: &str) -> Result<String, LoadError> {
        self.0.get(name).cloned().ok_or(LoadError::NotFound)
    }
}

impl Both<'_> {
    /// The scenario of one file with what the other says at some leaves.
    fn mixed(&self, of: usize, taken: &[&Leaf]) -> Result<Scenario, Vec<Problem>> {
        let mut document = self.documents[of].clone();
        let mut rows = self.rows[1 - of].clone();
        rows.extend(self.rows[of].clone());
        for leaf in taken {
            match leaf.kind {
                leaf::Kind::Rows => {
                    rows.extend(self.rows[1 - of].get_key_value(&leaf.way[0]).map(|(n, t)| (n.clone(), t.clone())));
                }
                _ => leaf::put(&mut document, &self.documents[1 - of], &leaf.way),
            }
        }
        let beside = |(name, text)| (Path::new(self.root).with_file_name(name).to_string_lossy().into_owned(), text);
        let rows = Rows(rows.into_iter().map(beside).collect());
        let mut notes = Notes::new(Arc::clone(&self.file));
        let document = Spanned::new(0..0, document);
        let scenario = scenario_of(&document, (self.book, self.root, &rows), &mut notes, Notes::new);
        let mut problems = notes.take_problems();
        problems.retain(|problem| problem.severity == Severity::Error);
        if problems.is_empty() { Ok(scenario) } else { Err(problems) }
    }

    /// A leaf with what either file says there.
    fn told(&self, leaf: &Leaf) -> Difference {
        let stated = |of: usize| {
            if leaf.kind == leaf::Kind::Rows {
                let (file, text) = self.rows[of].get_key_value(&leaf.way[0])?;
                return Some(Stated { text: format!("{} lines", text.lines().count()), file: file.clone(), line: 1 });
            }
            let (key, value) = leaf::find(&self.documents[of], &leaf.way)?;
            let text = match value.get_ref() {
                DeValue::Table(table) if !leaf.is_figure && leaf::keys_of(table) > FEW => {
                    format!("{} keys", leaf::keys_of(table))
                }
                value_ref => leaf::written(&self.file.text, value_ref, &value.span()),
            };
            let byte = key.span().start;
            let file = self.shown[self.file.nth_at(byte)].clone();
            Some(Stated { text, file, line: self.file.line_and_column(byte).0 })
        };
        Difference { path: leaf.way.join("."), from: stated(0), to: stated(1) }
    }
}
