use super::super::block::{Block, Context, Moment};
use crate::math::elementary::{exp, normal_from_word};
use crate::math::poisson;
use crate::plan::op::Col;

/// Counts of the month, one uniform each.
pub(super) fn count(context: &Context, block: &mut Block, at: Moment, mean: Col, stream: u16, out: Col) {
    super::fill_words(context, block, context.streams[usize::from(stream)], at.since_as_of);
    super::write(block, out, |b, o| poisson::fill(b.get(mean), &b.words, o));
}

/// Total length of a trial's incidents: incident i has draw i, so two options with the same count live through the same.
pub(super) fn durations(
    context: &Context,
    block: &mut Block,
    at: Moment,
    [count, mu, sigma]: [Col; 3],
    stream: u16,
    out: Col,
) {
    let stream = context.streams[usize::from(stream)];
    let first = block.first_trial;
    super::write(block, out, |b, o| {
        let (count, mu, sigma) = (b.get(count), b.get(mu), b.get(sigma));
        for (lane, total) in o.iter_mut().enumerate() {
            *total = 0.0;
            for draw in 0..count[lane] as u32 {
                let z = normal_from_word(context.source.word(stream, first + lane as u64, at.since_as_of, draw));
                *total += exp(mu[lane] + sigma[lane] * z);
            }
        }
    });
}
