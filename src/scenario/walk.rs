//! What the reader asked a file for, and what stood there: the one source of the schema and of `check --resolved`. Nobody
//! lists the keys of the language twice: a key that a table is asked for is in both.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::measure::{Dimension, Factor, Measure};
use super::quantity::Unit;
use crate::diag::SourceFile;

/// What a key takes.
#[derive(Debug, Clone, PartialEq)]
pub enum Takes {
    /// A table with keys of its own.
    Table,
    /// Tables by name, reached in the file by this key.
    Named(&'static str),
    /// Things by name, whatever each of them takes.
    ByName,
    /// Text on one line.
    Text,
    /// One of some words.
    Words(&'static [&'static str]),
    /// The code of a currency.
    Currency,
    /// A month of the calendar.
    Date,
    /// A unit.
    Unit,
    /// True or false.
    Flag,
    /// A whole number in a range.
    Whole(u64, u64),
    /// The name of another table.
    Name(String),
    /// One number.
    Number(Bounds),
    /// A number or what is known of one.
    Estimate(Bounds),
    /// A number or what is known of one, or the name of the driver that counts it.
    Counted(Bounds),
    /// A plain number whose unit stands elsewhere.
    Plain,
    /// A list of plain numbers.
    Plains,
    /// A plain number or a quantity.
    Value,
    /// What a plan holds of something that its table names, or that there is no end of it.
    Limit(Bounds),
    /// A list of estimates by path.
    Estimates,
    /// A list of conditions.
    Conditions,
    /// A list of names, or of paths of lines.
    Texts,
    /// A list of estimates, one of which holds.
    Mixture,
    /// What is different on a platform, by path.
    Changes,
    /// Price lines: all, those of a bucket, or one; or a list of such.
    Lines,
}

/// The natural range of a key that takes a figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Bounds {
    /// The canonical unit in words.
    pub unit: &'static str,
    /// What it is, with its range, in words.
    pub what: &'static str,
    /// How one is written.
    pub example: &'static str,
    /// Whether a number without a unit is taken, in the canonical unit.
    pub is_bare: bool,
    /// Whether it is the number of a month.
    pub is_month: bool,
    /// Least value in the canonical unit.
    pub low: f64,
    /// Whether the least value itself is refused.
    pub above_low: bool,
    /// Greatest value in the canonical unit.
    pub high: f64,
}

impl Bounds {
    pub(super) fn of(measure: &Measure<'_>) -> Self {
        Self {
            unit: measure.unit,
            what: measure.what,
            example: measure.example,
            is_bare: measure.factor(&Unit::default()) == Some(Factor::ONE),
            is_month: matches!(measure.dimension, Dimension::MonthNumber),
            low: measure.low,
            above_low: measure.above_low,
            high: measure.high,
        }
    }
}

/// A line of one of the files that a scenario stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    /// Which file: 0 is the one that is run.
    pub file: usize,
    /// From 1.
    pub line: usize,
}

impl Line {
    pub(super) fn at(span: &Range<usize>, file: &SourceFile) -> Self {
        Self { file: file.nth_at(span.start), line: file.line_and_column(span.start).0 }
    }
}

/// A key that was asked for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Asked {
    /// What it takes, as far as it was read; a key that is not there may not say.
    pub takes: Option<Takes>,
    /// Whether its absence is an error.
    pub needed: bool,
    /// Bytes of the key, where the file has it.
    pub key: Option<Range<usize>>,
    /// Bytes of its value, where the file has it.
    pub value: Option<Range<usize>>,
    /// Whether the value is a list.
    pub is_list: bool,
}

/// Everything a reading asked for, by dotted path with singular words: `platform.ecs.runtime.web.price`.
#[derive(Debug, Clone, PartialEq)]
pub struct Walk {
    /// The file, or all that the scenario stands in.
    pub file: Arc<SourceFile>,
    /// What was asked for. Tables by name stand under their singular word, with the file's word in [`Takes::Named`].
    pub asked: BTreeMap<String, Asked>,
    /// What options change, each value by its path. The changed platform is read aside of the walk, so nobody asks for these here.
    pub changed: BTreeMap<String, Asked>,
}

impl Walk {
    pub(super) fn new(file: Arc<SourceFile>) -> Self {
        Self { file, asked: BTreeMap::new(), changed: BTreeMap::new() }
    }

    pub(super) fn entry(&mut self, path: &str) -> &mut Asked {
        self.asked.entry(path.to_owned()).or_default()
    }

    fn at(&self, path: &str) -> Option<&Asked> {
        self.asked.get(path).or_else(|| self.changed.get(path))
    }

    /// Where a path's key stands, if anywhere.
    #[must_use]
    pub fn line(&self, path: &str) -> Option<Line> {
        Some(Line::at(self.at(path)?.key.as_ref()?, &self.file))
    }

    /// A path's value as written, on one line.
    #[must_use]
    pub fn written(&self, path: &str) -> Option<&str> {
        self.file.text.get(self.at(path)?.value.clone()?)
    }

    /// What a group holds by name. A name may have dots, as list prices have, so this is what was asked for below the
    /// group and not below anything else in it.
    #[must_use]
    pub fn members(&self, group: &str) -> Vec<&str> {
        let prefix = format!("{group}.");
        let inside = self.asked.range(prefix.clone()..).take_while(|(path, _)| path.starts_with(&prefix));
        let is_direct = |path: &str| {
            let between = path[prefix.len()..].match_indices('.').map(|(dot, _)| &path[..prefix.len() + dot]);
            between.into_iter().all(|above| !self.asked.contains_key(above))
        };
        let paths = inside.map(|(path, _)| path.as_str());
        paths.filter(|path| !matches!(&path[prefix.len()..], "basis" | "source") && is_direct(path)).collect()
    }

    /// The keys asked for below a path, without what lies deeper.
    pub fn below<'w>(&'w self, path: &str) -> impl Iterator<Item = (&'w str, &'w str, &'w Asked)> + use<'w> {
        let prefix = if path.is_empty() { String::new() } else { format!("{path}.") };
        let length = prefix.len();
        let from = self.asked.range(prefix.clone()..);
        let inside = from.take_while(move |(path, _)| path.starts_with(&prefix));
        inside.filter_map(move |(path, asked)| {
            let key = &path[length..];
            (!key.is_empty() && !key.contains('.')).then_some((key, path.as_str(), asked))
        })
    }
}
