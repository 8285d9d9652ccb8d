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
    /// Calls of the generator, four incidents of a lane each: lane and number.
    call_lanes: Vec<u32>,
    calls: Vec<u32>,
    drawn: [Vec<u32>; 4],
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
    let (counts, mu, sigma) = (block.get(count), block.get(mu), block.get(sigma));
    pool.gather(counts);
    context.source.fill_draws(
        stream,
        block.first_trial,
        at.since_as_of,
        &pool.call_lanes,
        &pool.calls,
        &mut pool.drawn,
    );
    let all = ..pool.spread(counts, mu, sigma);
    lengths(&pool.words[all], &pool.mu[all], &pool.sigma[all], &mut pool.hours[all]);
    super::write(block, out, |_, o| {
        o.fill(0.0);
        for (lane, hours) in pool.lanes[all].iter().zip(&pool.hours[all]) {
            o[*lane as usize] += hours;
        }
    });
    block.pool = pool;
}

#[inline(always)]
fn write_four<T>(to: &mut [T], at: usize, four: [T; DRAWS]) {
    *to[at..].first_chunk_mut().expect("Invariant: there is room for the last four") = four;
}

/// Draws of one call of the generator.
const DRAWS: usize = 4;

impl Pool {
    /// Which calls of the generator the counts need. Lanes without incidents are passed over without a branch; the few that
    /// need a second call have it at the end, which leaves the order within a lane.
    fn gather(&mut self, counts: &[f64]) {
        self.call_lanes.resize(counts.len(), 0);
        let (mut used, mut largest) = (0, 0.0);
        for (lane, count) in counts.iter().enumerate() {
            self.call_lanes[used] = lane as u32;
            used += usize::from(*count > 0.0);
            largest = if *count > largest { *count } else { largest };
        }
        self.call_lanes.truncate(used);
        self.calls.clear();
        self.calls.resize(used, 0);
        for call in 1..(largest as u32).div_ceil(DRAWS as u32) {
            for (lane, count) in counts.iter().enumerate() {
                if *count as u32 > call * DRAWS as u32 {
                    self.call_lanes.push(lane as u32);
                    self.calls.push(call);
                }
            }
        }
        self.drawn.iter_mut().for_each(|words| words.resize(self.calls.len(), 0));
    }

    /// One word and one law for each incident, call by call; gives how many. Every call writes four, and the next one starts
    /// where the used ones end.
    fn spread(&mut self, counts: &[f64], mu: &[f64], sigma: &[f64]) -> usize {
        let room = (self.calls.len() + 1) * DRAWS;
        if self.hours.len() < room {
            self.lanes.resize(room, 0);
            self.words.resize(room, 0);
            self.mu.resize(room, 0.0);
            self.sigma.resize(room, 0.0);
            self.hours.resize(room, 0.0);
        }
        let [w0, w1, w2, w3] = &self.drawn;
        let words = w0.iter().zip(w1).zip(w2).zip(w3);
        let mut used = 0;
        for ((lane, call), (((w0, w1), w2), w3)) in self.call_lanes.iter().zip(&self.calls).zip(words) {
            let place = *lane as usize;
            write_four(&mut self.lanes, used, [*lane; DRAWS]);
            write_four(&mut self.words, used, [*w0, *w1, *w2, *w3]);
            write_four(&mut self.mu, used, [mu[place]; DRAWS]);
            write_four(&mut self.sigma, used, [sigma[place]; DRAWS]);
            used += (counts[place] as usize - DRAWS * *call as usize).min(DRAWS);
        }
        used
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn lengths(words: &[u32], mu: &[f64], sigma: &[f64], out: &mut [f64]) {
    for (((out, word), mu), sigma) in out.iter_mut().zip(words).zip(mu).zip(sigma) {
        *out = exp(*mu + *sigma * normal_from_word(*word));
    }
}
