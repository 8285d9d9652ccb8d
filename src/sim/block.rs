//! A block: a fixed number of trials held as columns, and the place in time it has come to.

use super::ops::Pool;
use super::source::{Sampling, Source, Stream};
use crate::plan::op::{Col, Op};
use crate::plan::{Input, Plan, ln_sizes};
use crate::units::Seed;

/// Trials in a block. Results do not show it: sums are exact and draws are keyed by trial.
pub const LANES: usize = 512;

/// What every operation may ask for beside its columns.
pub(super) struct Context<'p> {
    pub(super) plan: &'p Plan,
    pub(super) source: Source,
    /// ln of each size of the grid.
    pub(super) ln_sizes: Vec<f64>,
    /// By number of stream in the plan.
    pub(super) streams: Vec<Stream>,
    /// By number of input: the streams whose normal scores its own is the sum of, with their weights; one stream where it is
    /// drawn by itself.
    pub(super) inputs: Vec<Vec<(Stream, f64)>>,
    /// Streams of rows, by number of file.
    pub(super) files: Vec<Stream>,
}

impl<'p> Context<'p> {
    pub(super) fn new(plan: &'p Plan, seed: Seed, sampling: Sampling) -> Self {
        Self::with_luck(plan, seed, sampling, 0)
    }

    /// The same estimates and growth cases with another luck: each stream that is neither has a path of its own for each
    /// luck but the first, which is the run's.
    pub(super) fn with_luck(plan: &'p Plan, seed: Seed, sampling: Sampling, luck: u32) -> Self {
        let source = Source::new(seed, sampling);
        let is_case = |stream: usize| plan.once.iter().any(|step| step.op == Op::Case { stream: stream as u32 });
        let stream = |(place, path): (usize, &String)| {
            if luck == 0 || is_case(place) {
                source.stream(path)
            } else {
                source.stream(&format!("luck {luck} {path}"))
            }
        };
        let streams = plan.streams.iter().enumerate().map(stream).collect();
        let score = |input: &Input| match input.score.as_slice() {
            [] => vec![(source.stream(&input.path), 1.0)],
            score => score.iter().map(|(path, weight)| (source.stream(path), *weight)).collect(),
        };
        let inputs = plan.inputs.iter().map(score).collect();
        let files = plan.files.iter().map(|file| source.stream(&file.path())).collect();
        Self { plan, source, ln_sizes: ln_sizes(), streams, inputs, files }
    }
}

/// Where a block stands in time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    /// Months since the as-of month.
    pub(super) since_as_of: u32,
    /// The month number, 0 at the opening and before.
    pub(super) month: u32,
    /// Place on the grid of sizes, for steps that run there.
    pub(super) size: usize,
}

/// The columns of `LANES` trials, and scratch for words.
pub(super) struct Block {
    columns: Vec<Vec<f64>>,
    /// The first trial, a multiple of `LANES`.
    pub(super) first_trial: u64,
    pub(super) words: Vec<u32>,
    pub(super) pool: Pool,
}

impl Block {
    /// Memory for a plan, with its constants in place.
    pub(super) fn new(plan: &Plan) -> Self {
        let mut columns = vec![vec![0.0; LANES]; plan.columns as usize];
        for (col, value) in &plan.constants {
            columns[col.index()].fill(*value);
        }
        Self { columns, first_trial: 0, words: vec![0; LANES], pool: Pool::default() }
    }

    /// A column to read.
    #[inline]
    pub(super) fn get(&self, col: Col) -> &[f64] {
        &self.columns[col.index()]
    }

    /// Takes a column out to be written while others are read; [`Block::put`] brings it back.
    #[inline]
    pub(super) fn take(&mut self, col: Col) -> Vec<f64> {
        std::mem::take(&mut self.columns[col.index()])
    }

    /// Takes `N` neighbouring columns out.
    pub(super) fn take_many<const N: usize>(&mut self, first: Col) -> [Vec<f64>; N] {
        std::array::from_fn(|i| self.take(first.plus(i as u32)))
    }

    /// Puts a column back.
    #[inline]
    pub(super) fn put(&mut self, col: Col, values: Vec<f64>) {
        self.columns[col.index()] = values;
    }

    /// Puts neighbouring columns back.
    pub(super) fn put_many<const N: usize>(&mut self, first: Col, values: [Vec<f64>; N]) {
        for (i, column) in values.into_iter().enumerate() {
            self.put(first.plus(i as u32), column);
        }
    }
}
