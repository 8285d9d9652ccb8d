//! Estimates as columns: constants, draws of their own or together with others, rows of files, multiples of each other.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::builder::{AsOf, Builder, index};
use super::op::{Col, Op};
use super::{change, event};
use crate::math::correlation::factor;
use crate::math::law::Law;
use crate::model::{Before, Column, Draw, Estimate, Scenario};

/// An estimate that is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// The path, which is also its stream.
    pub path: String,
    /// Its law.
    pub law: Law,
    /// Streams and weights of the normal scores that its own is the sum of, its own stream last: a row of the Cholesky factor of its
    /// group. Empty where it moves with nothing before it: then its stream is its own alone.
    pub score: Vec<(String, f64)>,
}

/// A file of which a trial draws a row.
#[derive(Debug, Clone, PartialEq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// How many rows it has.
    pub rows: u32,
}

impl File {
    /// The path of its stream.
    #[must_use]
    pub fn path(&self) -> String {
        format!("file.{}", self.name)
    }
}

/// A column of a file, in the unit of the estimate that it is of.
#[derive(Debug, Clone, PartialEq)]
pub struct FileColumn {
    /// The path of the estimate.
    pub path: String,
    /// The file's place in the plan.
    pub file: usize,
    /// The law of a row's value.
    pub law: Law,
    /// Values by row.
    pub values: Arc<[f64]>,
}

/// What is drawn of estimates, while a plan is made.
pub(super) struct Drawn<'s> {
    pub(super) inputs: Vec<Input>,
    pub(super) files: Vec<File>,
    pub(super) columns: Vec<FileColumn>,
    pub(super) estimates: BTreeMap<String, Col>,
    /// By path the scores of estimates that move with others before them.
    scores: BTreeMap<&'s str, Vec<(String, f64)>>,
    /// Estimates that others are the same as.
    originals: BTreeMap<&'s str, &'s Estimate>,
}

impl<'s> Drawn<'s> {
    pub(super) fn of(scenario: &'s Scenario) -> Self {
        let mut scores = BTreeMap::new();
        for group in &scenario.groups {
            let factor = factor(&group.correlations);
            for (place, path) in group.members.iter().enumerate() {
                let weights = group.members.iter().cloned().zip(factor[place].iter().copied());
                let score: Vec<(String, f64)> = weights.take(place + 1).filter(|(_, weight)| *weight != 0.0).collect();
                let is_its_own = score.iter().all(|(of, _)| of == path);
                if !is_its_own {
                    scores.insert(path.as_str(), score);
                }
            }
        }
        let all = scenario.estimates();
        let is_original = |path: &str| {
            all.iter().any(|estimate| matches!(&estimate.draw, Draw::SameAs { path: of, .. } if of == path))
        };
        let has_any = all.iter().any(|estimate| matches!(estimate.draw, Draw::SameAs { .. }));
        let originals = all.iter().filter(|estimate| has_any && is_original(&estimate.path));
        let originals = originals.map(|estimate| (estimate.path.as_str(), *estimate)).collect();
        Self {
            inputs: Vec::new(),
            files: Vec::new(),
            columns: Vec::new(),
            estimates: BTreeMap::new(),
            scores,
            originals,
        }
    }
}

impl Builder<'_> {
    /// The column of an estimate: a constant's, or what is drawn of it once a trial.
    pub(super) fn column_of(&mut self, estimate: &Estimate) -> Col {
        if let Some(before) = &estimate.before {
            return self.changed(estimate, before);
        }
        if let Some(value) = estimate.constant() {
            return self.constant(value);
        }
        if let Some(rate) = &estimate.exchange {
            let own = self.column_of(&Estimate { exchange: None, ..estimate.clone() });
            let rate = self.column_of(rate);
            return self.mul(own, rate);
        }
        let col = match &estimate.draw {
            Draw::Own => self.input(estimate),
            Draw::SameAs { path, times } => {
                let original = self.drawn.originals.get(path.as_str()).copied();
                let original = self.column_of(original.expect("Invariant: what an estimate is the same as is one"));
                let times = self.constant(*times);
                self.mul(original, times)
            }
            Draw::Row(column) => self.cell(estimate, column),
        };
        self.drawn.estimates.insert(estimate.path.clone(), col);
        col
    }

    /// A figure that an option changes: one until the month in which it does, another from it on.
    fn changed(&mut self, estimate: &Estimate, before: &Before) -> Col {
        if self.as_of == AsOf::Before {
            return self.column_of(&before.value);
        }
        let after = self.column_of(&Estimate { before: None, ..estimate.clone() });
        if self.as_of == AsOf::After {
            return after;
        }
        let until = self.column_of(&before.value);
        let changed = change::from(self, &before.until);
        event::either(self, changed, until, after)
    }

    fn input(&mut self, estimate: &Estimate) -> Col {
        let inputs = &mut self.drawn.inputs;
        let known = inputs.iter().position(|input| input.path == estimate.path);
        debug_assert!(
            known.is_none_or(|known| inputs[known].law == estimate.law),
            "Invariant: a path has one law: {}",
            estimate.path
        );
        let input = known.unwrap_or_else(|| {
            let score = self.drawn.scores.get(estimate.path.as_str()).cloned().unwrap_or_default();
            inputs.push(Input { path: estimate.path.clone(), law: estimate.law.clone(), score });
            inputs.len() - 1
        });
        self.emit(Op::Estimate { input: index(input) })
    }

    /// The value of a column in the trial's row of its file.
    fn cell(&mut self, estimate: &Estimate, column: &Column) -> Col {
        let files = &mut self.drawn.files;
        let file = files.iter().position(|file| file.name == column.file).unwrap_or_else(|| {
            files.push(File { name: column.file.clone(), rows: index(column.values.len()) });
            files.len() - 1
        });
        let columns = &mut self.drawn.columns;
        let known = columns.iter().position(|known| known.path == estimate.path);
        let place = known.unwrap_or_else(|| {
            let (path, law) = (estimate.path.clone(), estimate.law.clone());
            columns.push(FileColumn { path, file, law, values: Arc::clone(&column.values) });
            columns.len() - 1
        });
        let row = self.emit(Op::Row { file: index(file) });
        self.emit(Op::Cell { row, column: index(place) })
    }
}
