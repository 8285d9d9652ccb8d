use multiversion::multiversion;

use super::super::block::{Block, Context, Moment};
use crate::math::elementary::{exp, normal_from_word};
use crate::math::poisson;
use crate::plan::op::Col;

/// Counts of the month, one uniform each.
pub(super) fn count(context: &Context, block: &mut Block, at: Moment, mean: Col, stream: u32, out: Col) {
    // A platform without traffic has none: half of all sides, most of the time.
    if block.get(mean).iter().all(|mean| *mean == 0.0) {
        return super::write(block, out, |_, o| o.fill(0.0));
    }
    super::fill_words(context, block, context.streams[stream as usize], at.since_as_of);
    super::write(block, out, |b, o| poisson::fill(b.get(mean), &b.words, o));
}

/// The incidents of a block's month, one after the other: which lane each belongs to, its word, then its length.
#[derive(Default)]
pub(in crate::sim) struct Pool {
    lanes: Vec<u32>,
    words: Vec<u32>,
    mu: Vec<f64>,
    sigma: Vec<f64>,
    hours: Vec<f64>,
}

/// Total length of a trial's incidents: incident i has draw i, so two options with the same count live through the same.
/// Incidents are few and uneven, so they are gathered, worked out side by side and given back to their lanes.
pub(super) fn durations(
    context: &Context,
    block: &mut Block,
    at: Moment,
    [count, mu, sigma]: [Col; 3],
    stream: u32,
    out: Col,
) {
    let stream = context.streams[stream as usize];
    let mut pool = std::mem::take(&mut block.pool);
    pool.lanes.clear();
    pool.words.clear();
    pool.mu.clear();
    pool.sigma.clear();
    let (counts, mu, sigma) = (block.get(count), block.get(mu), block.get(sigma));
    for (lane, count) in counts.iter().enumerate() {
        for draw in 0..*count as u32 {
            let trial = block.first_trial + lane as u64;
            pool.lanes.push(lane as u32);
            pool.words.push(context.source.word(stream, trial, at.since_as_of, draw));
            pool.mu.push(mu[lane]);
            pool.sigma.push(sigma[lane]);
        }
    }
    pool.hours.resize(pool.words.len(), 0.0);
    lengths(&pool.words, &pool.mu, &pool.sigma, &mut pool.hours);
    super::write(block, out, |_, o| {
        o.fill(0.0);
        for (lane, hours) in pool.lanes.iter().zip(&pool.hours) {
            o[*lane as usize] += hours;
        }
    });
    block.pool = pool;
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn lengths(words: &[u32], mu: &[f64], sigma: &[f64], out: &mut [f64]) {
    for (((out, word), mu), sigma) in out.iter_mut().zip(words).zip(mu).zip(sigma) {
        *out = exp(*mu + *sigma * normal_from_word(*word));
    }
}
