//! A block: a fixed number of trials held as columns, and the place in time it has come to.

use super::ops::Pool;
use super::source::{Sampling, Source, Stream};
use crate::plan::op::{Col, Op};
use crate::plan::places::Places;
use crate::plan::{Input, Plan, ln_sizes};
use crate::units::Seed;

/// Most trials in a block. Results do not show it: sums are exact and draws are keyed by trial.
pub const LANES: usize = 512;
/// Trials whose words are made together: a block holds a whole number of these groups.
const GROUP: u64 = 64;

/// Trials of each block of a run: as many as share the work evenly, where that is less than a whole block.
pub(super) fn lanes_for(trials: u64, threads: usize) -> usize {
    let each = trials.div_ceil(threads.max(1) as u64).div_ceil(GROUP) * GROUP;
    each.clamp(GROUP, LANES as u64) as usize
}

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
    /// Trials from this one on are not taken through the sizes.
    pub(super) sized_until: u64,
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
        Self { plan, source, ln_sizes: ln_sizes(), streams, inputs, files, sized_until: u64::MAX }
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

/// The columns of up to `LANES` trials, and scratch for words.
pub(super) struct Block {
    columns: Vec<Vec<f64>>,
    /// By column: its place among `columns`.
    places: Vec<u32>,
    /// By place: whether every value is known to be 0.
    nothing: Vec<bool>,
    /// By place: whether it is the constant 1.
    ones: Vec<bool>,
    /// The first trial, a multiple of the block's trials.
    pub(super) first_trial: u64,
    pub(super) words: Vec<u32>,
    pub(super) pool: Pool,
}

/// Whether all values are 0, and none is −0; looks no further than the first 64 of which one is not.
fn are_nothing(values: &[f64]) -> bool {
    values.chunks(64).all(|some| some.iter().fold(0, |bits, value| bits | value.to_bits()) == 0)
}

impl Block {
    /// Memory for a plan, with its constants in place and each column in a place of its own.
    pub(super) fn new(plan: &Plan, lanes: usize) -> Self {
        Self::sharing(plan, Places::of_their_own(plan), lanes)
    }

    /// The same where columns share places.
    pub(super) fn sharing(plan: &Plan, places: Places, lanes: usize) -> Self {
        let mut columns = vec![vec![0.0; lanes]; places.count];
        let mut nothing = vec![true; places.count];
        let mut ones = vec![false; places.count];
        let places = places.by_column;
        for (col, value) in &plan.constants {
            let place = places[col.index()] as usize;
            columns[place].fill(*value);
            nothing[place] = value.to_bits() == 0;
            ones[place] = *value == 1.0;
        }
        Self { columns, places, nothing, ones, first_trial: 0, words: vec![0; lanes], pool: Pool::default() }
    }

    #[inline]
    fn place(&self, col: Col) -> usize {
        self.places[col.index()] as usize
    }

    /// How many trials it holds.
    pub(super) fn lanes(&self) -> usize {
        self.words.len()
    }

    /// A column to read.
    #[inline]
    pub(super) fn get(&self, col: Col) -> &[f64] {
        &self.columns[self.place(col)]
    }

    /// Whether a column is known to be 0 in every trial; what is not known to be may be so too.
    #[inline]
    pub(super) fn is_nothing(&self, col: Col) -> bool {
        self.nothing[self.place(col)]
    }

    /// Whether a column is the constant 1.
    #[inline]
    pub(super) fn is_one(&self, col: Col) -> bool {
        self.ones[self.place(col)]
    }

    /// Makes a column 0 in every trial.
    pub(super) fn clear(&mut self, col: Col) {
        let place = self.place(col);
        if !self.nothing[place] {
            self.columns[place].fill(0.0);
            self.nothing[place] = true;
        }
    }

    /// Finds out whether a column is 0 in every trial; looks no further than the first that is not.
    #[inline]
    pub(super) fn look(&mut self, col: Col) {
        let place = self.place(col);
        let values = &self.columns[place];
        self.nothing[place] = values[0].to_bits() == 0 && are_nothing(values);
    }

    /// Takes a column out to be written while others are read; [`Block::put`] brings it back.
    #[inline]
    pub(super) fn take(&mut self, col: Col) -> Vec<f64> {
        let place = self.place(col);
        std::mem::take(&mut self.columns[place])
    }

    /// Takes `N` neighbouring columns out.
    pub(super) fn take_many<const N: usize>(&mut self, first: Col) -> [Vec<f64>; N] {
        std::array::from_fn(|i| self.take(first.plus(i as u32)))
    }

    /// Puts a column back.
    #[inline]
    pub(super) fn put(&mut self, col: Col, values: Vec<f64>) {
        let place = self.place(col);
        self.columns[place] = values;
        self.nothing[place] = false;
    }

    /// Puts neighbouring columns back.
    pub(super) fn put_many<const N: usize>(&mut self, first: Col, values: [Vec<f64>; N]) {
        for (i, column) in values.into_iter().enumerate() {
            self.put(first.plus(i as u32), column);
        }
    }
}
