//! Poisson counts: the exact inverse of the distribution function, one uniform to a count.

use multiversion::multiversion;

use super::elementary::{exp, normal_of_tails, uniform};
use super::special::{gamma_tails, poisson_mass};

/// Up to this mean the count is found by adding probabilities from 0 up.
const SEARCH_UP_TO: f64 = 30.0;
/// Largest mean; beyond it nothing is promised about speed.
const LARGEST_MEAN: f64 = 1e6;
/// Where the search stops: beyond it a probability no longer changes the sum, at any mean up to `SEARCH_UP_TO`.
const LAST_COUNT: u32 = 160;
/// 1/n for n from 1 on.
const INVERSES: [f64; LAST_COUNT as usize] = inverses();

const fn inverses() -> [f64; LAST_COUNT as usize] {
    let mut inverses = [1.0; LAST_COUNT as usize];
    let mut n = 1;
    while n < inverses.len() {
        inverses[n] = 1.0 / (n as f64 + 1.0);
        n += 1;
    }
    inverses
}

/// Lanes that [`fill`] searches side by side: it stops at the largest count among them.
const LANES: usize = 32;

/// The smallest n with P(N ≤ n) ≥ u, for u in (0, 1) and a mean of 0 to 1e6.
///
/// Exact up to the rounding of the distribution function (about 1e-14 relative, in the smaller tail above mean 30).
#[must_use]
pub fn quantile(u: f64, mean: f64) -> u32 {
    debug_assert!(u > 0.0 && u < 1.0, "Invariant: a uniform is inside (0, 1)");
    debug_assert!((0.0..=LARGEST_MEAN).contains(&mean), "Invariant: a Poisson mean is 0 to 1e6");
    if mean <= SEARCH_UP_TO { search(u, mean) } else { correct(u, mean) }
}

fn search(u: f64, mean: f64) -> u32 {
    let mut probability = exp(-mean);
    let mut sum = probability;
    let mut count = 0;
    while sum < u && count < LAST_COUNT {
        count += 1;
        probability *= mean * (1.0 / f64::from(count));
        sum += probability;
    }
    count
}

/// Cornish and Fisher's guess (1938, to the skewness term), then steps of one, in the tail that u is nearer to.
fn correct(u: f64, mean: f64) -> u32 {
    let z = normal_of_tails(u, 1.0 - u);
    let mut n = (mean + mean.sqrt() * z + (z * z - 1.0) / 6.0).floor().max(0.0);
    let (above, below) = gamma_tails(n + 1.0, mean);
    let mass = |n: f64| poisson_mass(n, mean);
    if u <= 0.5 {
        let mut at_most = below;
        while at_most < u {
            n += 1.0;
            at_most += mass(n);
        }
        while n > 0.0 && at_most - mass(n) >= u {
            at_most -= mass(n);
            n -= 1.0;
        }
    } else {
        let (mut more, limit) = (above, 1.0 - u);
        while more > limit {
            n += 1.0;
            more -= mass(n);
        }
        while n > 0.0 && more + mass(n) <= limit {
            more += mass(n);
            n -= 1.0;
        }
    }
    n as u32
}

/// [`quantile`] of each word's uniform at each mean, the same counts; meant for blocks with means of a few.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
pub fn fill(means: &[f64], words: &[u32], out: &mut [f64]) {
    debug_assert!(
        means.len() == words.len() && words.len() == out.len(),
        "Invariant: one mean and word for each count"
    );
    let mut largest = 0.0;
    for &mean in means {
        largest = if mean > largest { mean } else { largest };
    }
    let whole = means.len() / LANES * LANES;
    let (chunks, _) = out.as_chunks_mut::<LANES>();
    for ((means, words), out) in means.as_chunks::<LANES>().0.iter().zip(words.as_chunks::<LANES>().0).zip(chunks) {
        let (mut probability, mut u) = ([0.0; LANES], [0.0; LANES]);
        for i in 0..LANES {
            probability[i] = exp(-means[i]);
            u[i] = uniform(words[i]);
        }
        let mut sum = probability;
        let mut count = [0.0; LANES];
        for inverse in INVERSES {
            let mut more = false;
            for i in 0..LANES {
                let below = sum[i] < u[i];
                count[i] += if below { 1.0 } else { 0.0 };
                more |= below;
                probability[i] *= means[i] * inverse;
                sum[i] += probability[i];
            }
            if !more {
                break;
            }
        }
        *out = count;
    }
    for i in whole..means.len() {
        out[i] = f64::from(quantile(uniform(words[i]), means[i]));
    }
    if largest > SEARCH_UP_TO {
        for i in 0..whole {
            if means[i] > SEARCH_UP_TO {
                out[i] = f64::from(correct(uniform(words[i]), means[i]));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use statrs::distribution::{ChiSquared, ContinuousCDF, Discrete, DiscreteCDF, Poisson};

    use super::{fill, quantile};
    use crate::math::elementary::uniform;
    use crate::math::philox;

    const DRAWS: usize = 640_000;
    /// Chance of a false alarm, per mean.
    const ALPHA: f64 = 0.001;
    /// Cells expected to hold fewer are joined with the next, as the χ² limit asks.
    const LEAST_EXPECTED: f64 = 20.0;

    #[test]
    fn counts_pass_a_chi_square_test() {
        for mean in [0.3, 2.0, 4.7, 29.9, 30.1, 400.0] {
            let (mut words, mut counts) = (vec![0; DRAWS], vec![0.0; DRAWS]);
            philox::fill_words(philox::key(2, 1, "poisson"), 0, 0, 0, &mut words);
            fill(&vec![mean; DRAWS], &words, &mut counts);
            let law = Poisson::new(mean).expect("a law");
            let (mut statistic, mut cells, mut expected, mut seen, mut left) = (0.0, 0, 0.0, 0.0, DRAWS as f64);
            let mut heap = vec![0.0; 1000];
            counts.iter().for_each(|&count| heap[count as usize] += 1.0);
            for (n, found) in heap.iter().enumerate() {
                expected += law.pmf(n as u64) * DRAWS as f64;
                seen += found;
                if expected >= LEAST_EXPECTED && left - expected >= LEAST_EXPECTED {
                    statistic += (seen - expected) * (seen - expected) / expected;
                    (cells, left, expected, seen) = (cells + 1, left - expected, 0.0, 0.0);
                }
            }
            // What is left over is the last cell.
            statistic += (seen - left) * (seen - left) / left;
            let limit = ChiSquared::new(f64::from(cells)).expect("a law").inverse_cdf(1.0 - ALPHA);
            assert!(statistic < limit, "mean {mean}: {statistic} over {limit} with {cells} degrees of freedom");
        }
    }

    #[test]
    fn a_count_is_the_smallest_that_reaches_the_uniform() {
        for mean in [0.01, 1.0, 7.5, 30.0, 30.5, 1000.0, 123_456.7, 1e6] {
            let law = Poisson::new(mean).expect("a law");
            for u in [uniform(0), 1e-6, 0.01, 0.3, 0.5, 0.500001, 0.8, 0.999, uniform(u32::MAX)] {
                let n = u64::from(quantile(u, mean));
                // The independent distribution function is good to about 1e-11 relative at a mean of a million.
                let slack = 1e-10 * u.min(1.0 - u);
                assert!(law.cdf(n) >= u - slack, "mean {mean}, u {u}: {n} is too small");
                assert!(n == 0 || law.cdf(n - 1) < u + slack, "mean {mean}, u {u}: {n} is too large");
            }
        }
    }

    #[test]
    fn a_block_holds_the_same_counts_as_single_quantiles() {
        let means: Vec<f64> = (0..101).map(|i| f64::from(i % 47)).collect();
        let words: Vec<u32> = (0..101u32).map(|i| i.wrapping_mul(0x9E37_79B9)).collect();
        let mut counts = vec![0.0; means.len()];
        fill(&means, &words, &mut counts);
        for ((&mean, &word), &count) in means.iter().zip(&words).zip(&counts) {
            assert_eq!(count, f64::from(quantile(uniform(word), mean)), "mean {mean}, word {word}");
        }
    }

    #[test]
    fn nothing_happens_at_mean_zero() {
        assert_eq!([uniform(0), 0.5, uniform(u32::MAX)].map(|u| quantile(u, 0.0)), [0, 0, 0]);
    }
}
