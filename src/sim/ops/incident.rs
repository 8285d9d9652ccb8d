use multiversion::multiversion;

use super::super::block::{Block, Context, Moment};
use super::super::source::{Source, Stream};
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

/// Draws of one call of the generator.
const DRAWS: usize = 4;
/// Calls of the generator that are worked out side by side, at least one for each lane: the memory of a month's incidents,
/// however many they are.
const CALLS: usize = 2_048;

/// Some incidents of a block's month, one after the other: which lane each belongs to, its word, then its length.
#[derive(Default)]
pub(in crate::sim) struct Pool {
    /// Lanes with incidents that are not yet drawn.
    open: Vec<u32>,
    /// Calls of the generator, four incidents of a lane each: lane and number.
    call_lanes: Vec<u32>,
    calls: Vec<u32>,
    drawn: [Vec<u32>; DRAWS],
    lanes: Vec<u32>,
    words: Vec<u32>,
    mu: Vec<f64>,
    sigma: Vec<f64>,
    hours: Vec<f64>,
}

/// Where incidents are drawn: their stream, trials and month.
#[derive(Clone, Copy)]
struct Luck {
    source: Source,
    stream: Stream,
    first_trial: u64,
    month: u32,
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
    let luck = Luck { source: context.source, stream, first_trial: block.first_trial, month: at.since_as_of };
    let mut pool = std::mem::take(&mut block.pool);
    super::write(block, out, |b, o| pool.total(luck, b.get(count), b.get(mu), b.get(sigma), o));
    block.pool = pool;
}

#[inline(always)]
fn write_four<T>(to: &mut [T], at: usize, four: [T; DRAWS]) {
    *to[at..].first_chunk_mut().expect("Invariant: there is room for the last four") = four;
}

impl Pool {
    /// Bytes of a pool that is full: lanes, calls and words of calls; lanes, words, parameters and lengths of incidents.
    pub(in crate::sim) const BYTES: u64 =
        (CALLS * (4 + 4 + 4 * DRAWS) + (CALLS + 1) * DRAWS * (4 + 4 + 8 + 8 + 8)) as u64;

    /// Total lengths by lane. Calls of the generator are gathered in the order of their numbers, which leaves the order within
    /// a lane, and worked out whenever the pool is full: how many fit does not show in the sum.
    fn total(&mut self, luck: Luck, counts: &[f64], mu: &[f64], sigma: &[f64], out: &mut [f64]) {
        debug_assert!(counts.len() <= CALLS, "Invariant: a call for each lane fits");
        out.fill(0.0);
        self.open(counts);
        self.make_room();
        let mut call = 0;
        while !self.open.is_empty() {
            if self.calls.len() + self.open.len() > CALLS {
                self.work_out(luck, counts, mu, sigma, out);
            }
            self.call_lanes.extend_from_slice(&self.open);
            self.calls.resize(self.call_lanes.len(), call);
            call += 1;
            self.open.retain(|lane| counts[*lane as usize] as usize > call as usize * DRAWS);
        }
        self.work_out(luck, counts, mu, sigma, out);
    }

    /// Lanes with incidents; those without are passed over without a branch.
    fn open(&mut self, counts: &[f64]) {
        self.open.resize(counts.len(), 0);
        let mut used = 0;
        for (lane, count) in counts.iter().enumerate() {
            self.open[used] = lane as u32;
            used += usize::from(*count > 0.0);
        }
        self.open.truncate(used);
    }

    /// All the memory that it ever takes, at its first use.
    fn make_room(&mut self) {
        if self.hours.is_empty() {
            let room = (CALLS + 1) * DRAWS;
            self.call_lanes.reserve_exact(CALLS);
            self.calls.reserve_exact(CALLS);
            self.drawn.iter_mut().for_each(|words| words.resize(CALLS, 0));
            self.lanes.resize(room, 0);
            self.words.resize(room, 0);
            self.mu.resize(room, 0.0);
            self.sigma.resize(room, 0.0);
            self.hours.resize(room, 0.0);
        }
    }

    /// Draws what the gathered calls are of, adds it to its lanes, and leaves the pool empty.
    fn work_out(&mut self, luck: Luck, counts: &[f64], mu: &[f64], sigma: &[f64], out: &mut [f64]) {
        let (lanes, calls) = (&self.call_lanes, &self.calls);
        luck.source.fill_draws(luck.stream, luck.first_trial, luck.month, lanes, calls, &mut self.drawn);
        let all = ..self.spread(counts, mu, sigma);
        lengths(&self.words[all], &self.mu[all], &self.sigma[all], &mut self.hours[all]);
        for (lane, hours) in self.lanes[all].iter().zip(&self.hours[all]) {
            out[*lane as usize] += hours;
        }
        self.call_lanes.clear();
        self.calls.clear();
    }

    /// One word and one law for each incident, call by call; gives how many. Every call writes four, and the next one starts
    /// where the used ones end.
    fn spread(&mut self, counts: &[f64], mu: &[f64], sigma: &[f64]) -> usize {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::Sampling;
    use crate::units::Seed;

    /// A lane's incidents one by one, in their order.
    fn one_by_one(luck: Luck, lane: usize, count: f64, mu: f64, sigma: f64) -> f64 {
        let trial = luck.first_trial + lane as u64;
        let length = |draw| exp(mu + sigma * normal_from_word(luck.source.word(luck.stream, trial, luck.month, draw)));
        (0..count as u32).map(length).fold(0.0, |sum, hours| sum + hours)
    }

    #[test]
    fn a_month_of_very_many_incidents_takes_no_more_memory_and_sums_as_one_by_one() {
        let source = Source::new(Seed(11), Sampling::Plain);
        let luck = Luck { source, stream: source.stream("platform.x.incident.y"), first_trial: 1024, month: 7 };
        let lanes = 512;
        let mu: Vec<f64> = (0..lanes).map(|lane| -1.0 + lane as f64 / 400.0).collect();
        let sigma: Vec<f64> = (0..lanes).map(|lane| 0.5 + lane as f64 / 900.0).collect();
        let few: Vec<f64> = (0..lanes).map(|lane| f64::from([0, 0, 1, 0, 5, 8, 0][lane % 7])).collect();
        let many: Vec<f64> = (0..lanes).map(|lane| f64::from([0, 3_000, 1, 41_003, 4][lane % 5])).collect();
        assert!(many.iter().sum::<f64>() > 500.0 * (CALLS * DRAWS) as f64, "far more than fit");
        let mut pool = Pool::default();
        for counts in [few, many, vec![0.0; lanes]] {
            let mut out = vec![f64::NAN; lanes];
            pool.total(luck, &counts, &mu, &sigma, &mut out);
            for lane in 0..lanes {
                let wanted = one_by_one(luck, lane, counts[lane], mu[lane], sigma[lane]);
                assert_eq!(out[lane].to_bits(), wanted.to_bits(), "lane {lane} of {}", counts[lane]);
            }
            let words = [&pool.call_lanes, &pool.calls, &pool.lanes, &pool.words].into_iter().chain(&pool.drawn);
            let floats = [&pool.mu, &pool.sigma, &pool.hours];
            let bytes = words.map(|of| of.capacity() * 4).sum::<usize>()
                + floats.map(|of| of.capacity() * 8).iter().sum::<usize>();
            assert_eq!(bytes as u64, Pool::BYTES);
        }
    }
}
