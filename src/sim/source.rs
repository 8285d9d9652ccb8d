//! The one door to randomness: a word is a function of (seed, stream, trial, months since as-of, draw number).

use multiversion::multiversion;

use crate::math::philox;
use crate::units::Seed;

/// Changes when a change of ours moves the draws of a seed; written into every output.
pub const STREAM_VERSION: u32 = 1;

/// The month of draws that are made once a trial.
pub const ONCE: u32 = u32::MAX;

/// How uniforms are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sampling {
    /// Counter-based pseudo-random words.
    Plain,
    /// Every uniform is a half: the run at median inputs, which centres the sums.
    Median,
}

/// Makes words.
#[derive(Debug, Clone, Copy)]
pub struct Source {
    seed: Seed,
    sampling: Sampling,
}

/// A random stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stream([u32; 2]);

/// The word read as ½.
const HALF: u32 = 1 << 31;

impl Source {
    /// A source of a seed.
    #[must_use]
    pub const fn new(seed: Seed, sampling: Sampling) -> Self {
        Self { seed, sampling }
    }

    /// The stream of a path.
    #[must_use]
    pub fn stream(&self, path: &str) -> Stream {
        Stream(philox::key(self.seed.0, STREAM_VERSION, path))
    }

    /// Words for trials `first..first + out.len()`, one each; `first` is a multiple of 64 and so is the length.
    pub fn fill(&self, stream: Stream, month: u32, first: u64, out: &mut [u32]) {
        match self.sampling {
            Sampling::Plain => philox::fill_words(stream.0, first / 64, month, 0, out),
            Sampling::Median => out.fill(HALF),
        }
    }

    /// For each lane and call, draws 4·call .. 4·call + 3 of trial `first + lane` in a stream of many draws a month: the
    /// words that [`Source::word`] gives one by one. All slices are equally long; `first` is a multiple of a block's trials.
    pub(super) fn fill_draws(
        &self,
        stream: Stream,
        first: u64,
        month: u32,
        lanes: &[u32],
        calls: &[u32],
        out: &mut [Vec<u32>; 4],
    ) {
        match self.sampling {
            Sampling::Plain => fill_draws(stream.0, first, month, lanes, calls, out),
            Sampling::Median => out.iter_mut().for_each(|words| words.fill(HALF)),
        }
    }

    /// Draw `draw` of one trial in a stream of many draws a month.
    #[inline]
    #[must_use]
    pub fn word(&self, stream: Stream, trial: u64, month: u32, draw: u32) -> u32 {
        match self.sampling {
            Sampling::Plain => philox::word_of_trial(stream.0, trial, month, draw),
            Sampling::Median => HALF,
        }
    }

    /// The word that [`Source::fill`] gives one trial.
    #[must_use]
    pub fn word_of(&self, stream: Stream, trial: u64, month: u32) -> u32 {
        let mut group = [0; 64];
        self.fill(stream, month, trial / 64 * 64, &mut group);
        group[(trial % 64) as usize]
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn fill_draws(key: [u32; 2], first: u64, month: u32, lanes: &[u32], calls: &[u32], out: &mut [Vec<u32>; 4]) {
    let [w0, w1, w2, w3] = out;
    let words = w0.iter_mut().zip(w1).zip(w2).zip(w3);
    for ((((w0, w1), w2), w3), (lane, call)) in words.zip(lanes.iter().zip(calls)) {
        [*w0, *w1, *w2, *w3] = philox::words_of_trial(key, first + u64::from(*lane), month, *call);
    }
}
