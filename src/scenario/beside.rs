//! What a key can refer to that stands elsewhere: rows of a file beside its own, and other estimates.
//!
//! Neither is known while the key is read for the first time. So the reading says what it lacks, and is done again with
//! it: files first, then the laws of the estimates that others are the same as.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::evidence::Evidence;
use super::paths::as_written;
use super::{LoadError, Loader};
use crate::math::law::Law;
use crate::model::{Draw, Scenario};

/// What earlier readings of the same file have found, and what this one lacks.
#[derive(Default)]
pub(super) struct Beside {
    /// Files by name.
    files: BTreeMap<String, Result<Rows, LoadError>>,
    /// Estimates by path; none before they are known.
    estimates: Option<BTreeMap<String, Known>>,
    lacking: BTreeSet<String>,
    /// Of joined files: by where keys stand, what holds for each.
    pub(super) evidence: BTreeMap<usize, Evidence>,
    lacks_estimates: bool,
}

/// A file with a row for each way things may turn out.
pub(super) struct Rows {
    /// As it was read.
    pub(super) text: String,
    /// Headers of the columns.
    pub(super) header: Vec<String>,
    /// The line of each row, from 1, and its cells.
    pub(super) rows: Vec<(u64, Vec<String>)>,
}

/// An estimate that another may be the same as.
pub(super) struct Known {
    law: Law,
    draw: Draw,
    /// Its unit in words; empty where nobody said.
    unit: String,
}

/// What an estimate is the same as, in the end.
pub(super) struct Original<'b> {
    /// Its path.
    pub(super) path: String,
    /// All factors on the way.
    pub(super) times: f64,
    pub(super) law: &'b Law,
}

/// Why there is no such original.
pub(super) enum NoOriginal {
    /// No estimate has this path.
    Unknown(String),
    /// These are the same as each other and nothing else.
    Ring(Vec<String>),
}

impl Beside {
    /// The rows of a file, or `None` where they are still to be loaded.
    pub(super) fn rows(&mut self, file: &str) -> Option<&Result<Rows, LoadError>> {
        if !self.files.contains_key(file) {
            self.lacking.insert(file.to_owned());
        }
        self.files.get(file)
    }

    /// Estimates by path, or `None` where they are still to be found.
    pub(super) fn estimates(&mut self) -> Option<&BTreeMap<String, Known>> {
        self.lacks_estimates |= self.estimates.is_none();
        self.estimates.as_ref()
    }

    /// What an estimate that is the same as `target` is in the end.
    pub(super) fn original(&self, target: &str) -> Result<Original<'_>, NoOriginal> {
        let estimates = self.estimates.as_ref().ok_or_else(|| NoOriginal::Unknown(target.to_owned()))?;
        let mut way = vec![target.to_owned()];
        let mut times = 1.0;
        loop {
            let last = &way[way.len() - 1];
            let known = estimates.get(last).ok_or_else(|| NoOriginal::Unknown(last.clone()))?;
            let Draw::SameAs { path, times: factor } = &known.draw else {
                return Ok(Original { path: last.clone(), times, law: &known.law });
            };
            times *= factor;
            if let Some(from) = way.iter().position(|before| before == path) {
                return Err(NoOriginal::Ring(way[from..].iter().map(|path| as_written(path)).collect()));
            }
            way.push(path.clone());
        }
    }

    /// Paths of estimates.
    pub(super) fn estimates_by_path(&self) -> impl Iterator<Item = &str> {
        self.estimates.iter().flat_map(|known| known.keys()).map(String::as_str)
    }

    /// The estimate of a growth case that stands for one of `[demand]`: each case has its own.
    pub(super) fn of_a_case(&self, path: &str) -> Option<&str> {
        let key = path.strip_prefix("demand.").filter(|key| !key.contains('.'))?;
        self.estimates_by_path().find(|path| {
            path.strip_prefix("demand.case.").and_then(|rest| rest.split_once('.')).is_some_and(|c| c.1 == key)
        })
    }

    /// The unit of an estimate in words, where it has one.
    pub(super) fn unit(&self, path: &str) -> Option<&str> {
        Some(self.estimates.as_ref()?.get(path)?.unit.as_str()).filter(|unit| !unit.is_empty())
    }

    /// Gets what a reading lacked, for another; gives whether that is worth it.
    pub(super) fn fetch(&mut self, scenario: &Scenario, root: &str, loader: &dyn Loader) -> bool {
        let files = std::mem::take(&mut self.lacking);
        let lacked_files = !files.is_empty();
        for file in files {
            let loaded = match Path::new(root).with_file_name(&file).to_str() {
                Some(path) => loader.load(path).map(Rows::of),
                None => Err(LoadError::NotText),
            };
            self.files.insert(file, loaded);
        }
        // An estimate may be the same as a column: its law is known once the file is.
        if lacked_files {
            self.lacks_estimates = false;
            return true;
        }
        let lacked_estimates = std::mem::take(&mut self.lacks_estimates);
        if lacked_estimates {
            let known = scenario.estimates().into_iter().map(|estimate| {
                let unit = scenario.unit_of(estimate);
                (estimate.path.clone(), Known { law: estimate.law.clone(), draw: estimate.draw.clone(), unit })
            });
            self.estimates = Some(known.collect());
        }
        lacked_estimates
    }

    /// Names and texts of the files that were read.
    pub(super) fn texts(self) -> impl Iterator<Item = (String, String)> {
        self.files.into_iter().filter_map(|(name, rows)| Some((name, rows.ok()?.text)))
    }
}

impl Rows {
    fn of(text: String) -> Self {
        let bare = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(bare.as_bytes());
        let cells = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect::<Vec<String>>();
        // The text is UTF-8 and lines may differ in length: nothing is left that the reader refuses.
        let header = reader.headers().map(cells).unwrap_or_default();
        let line = |record: &csv::StringRecord| record.position().map_or(0, csv::Position::line);
        let rows = reader.records().flatten().map(|record| (line(&record), cells(&record))).collect();
        Self { text, header, rows }
    }
}
