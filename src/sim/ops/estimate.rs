//! What is drawn once a trial: estimates by themselves and together, rows of files, the growth case.

use multiversion::multiversion;

use super::{Block, Context, fill_words, write};
use crate::math::elementary::{normal_from_word, uniform};
use crate::math::special::normal_tails;
use crate::plan::op::Col;
use crate::sim::source::{ONCE, Stream};

/// An estimate: the quantile of its own uniform, or of the normal score that it shares with others.
pub(super) fn own(context: &Context, block: &mut Block, input: u32, out: Col) {
    let place = input as usize;
    let law = &context.plan.inputs[place].law;
    if let [(stream, _)] = context.inputs[place].as_slice() {
        fill_words(context, block, *stream, ONCE);
        write(block, out, |b, o| law.fill(&b.words, o));
        return;
    }
    let mut column = block.take(out);
    let mut words = std::mem::take(&mut block.words);
    scores(context, &context.inputs[place], block.first_trial, &mut words, &mut column);
    for value in &mut column {
        // Both tails, so that a score far out keeps its digits on either side.
        let (below, above) = normal_tails(*value);
        *value = law.at(below, above);
    }
    block.words = words;
    block.put(out, column);
}

/// Σ weight · normal score of each stream, in order, for the trials of a block; `words` is scratch.
pub(in crate::sim) fn scores(
    context: &Context,
    streams: &[(Stream, f64)],
    first: u64,
    words: &mut [u32],
    out: &mut [f64],
) {
    out.fill(0.0);
    for (stream, weight) in streams {
        context.source.fill(*stream, ONCE, first, words);
        add_normals(*weight, words, out);
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn add_normals(weight: f64, words: &[u32], out: &mut [f64]) {
    for (sum, word) in out.iter_mut().zip(words) {
        *sum += weight * normal_from_word(*word);
    }
}

/// The row of a file.
pub(super) fn row(context: &Context, block: &mut Block, file: u32, out: Col) {
    let place = file as usize;
    fill_words(context, block, context.files[place], ONCE);
    let rows = context.plan.files[place].rows;
    write(block, out, |b, o| {
        for (value, word) in o.iter_mut().zip(&b.words) {
            *value = f64::from(row_of(rows, *word));
        }
    });
}

/// ⌊rows·u⌋ of a word's uniform, (k + ½)·2⁻³²; rows are far below 2³¹.
pub(in crate::sim) fn row_of(rows: u32, word: u32) -> u32 {
    (((u64::from(word) * 2 + 1) * u64::from(rows)) >> 33) as u32
}

/// A column's value in a row.
pub(super) fn cell(context: &Context, block: &mut Block, row: Col, column: u32, out: Col) {
    let values = &context.plan.file_columns[column as usize].values;
    write(block, out, |b, o| {
        for (value, row) in o.iter_mut().zip(b.get(row)) {
            *value = values[*row as usize];
        }
    });
}

pub(super) fn case(context: &Context, block: &mut Block, stream: u32, out: Col) {
    fill_words(context, block, context.streams[stream as usize], ONCE);
    let weights = &context.plan.case_weights;
    write(block, out, |b, o| {
        for (value, word) in o.iter_mut().zip(&b.words) {
            *value = place_of(weights, uniform(*word)) as f64;
        }
    });
}

/// What a uniform picks: the first whose cumulative weight is not below it.
fn place_of(cumulative: &[f64], u: f64) -> usize {
    cumulative.iter().position(|weight| u <= *weight).unwrap_or(cumulative.len() - 1)
}

#[cfg(test)]
mod tests {
    use super::row_of;

    #[test]
    fn every_row_is_drawn_as_often_as_any_other() {
        for (rows, word, row) in [(3, 0, 0), (3, 1_431_655_764, 0), (3, 1_431_655_765, 1), (3, u32::MAX, 2), (1, 7, 0)]
        {
            assert_eq!(row_of(rows, word), row, "{rows} {word}");
        }
    }
}
