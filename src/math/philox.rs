//! Random words: Philox4x32-10, a function of (key, counter) without state, and the two ways counters are laid out.
//!
//! ```text
//!            counter word 0      1      2        3
//! layout A   low(16g + j)        month  draw     high(16g + j)         word w of call j is trial 64g + 16w + j
//! layout B   low(trial)          month  draw/4   high(trial) | 2^31    word w of call c is draw 4c + w
//! ```
//!
//! A stream has its own key ([`key`]) and uses one layout. Should one use both, the top bit of word 3 still keeps the
//! counters apart for every trial below 2^63. Philox: Salmon, Moraes, Dror, Shaw (2011), "Parallel random numbers: as
//! easy as 1, 2, 3", SC'11.
#![allow(clippy::inline_always, reason = "must inline into multiversioned loops to vectorise")]

use multiversion::multiversion;

/// Trials of a group: layout A draws this many words at once.
pub const GROUP: usize = 64;

const LANES: usize = 16;
const ROUNDS: u32 = 10;
const MULTIPLIERS: [u64; 2] = [0xD251_1F53, 0xCD9E_8D57];
const WEYL: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];
const LOW: u64 = 0xffff_ffff;
const LAYOUT_B: u32 = 1 << 31;

/// One call of Philox4x32-10: four random words for a counter and a key.
#[inline(always)]
#[must_use]
pub const fn philox4x32_10(counter: [u32; 4], key: [u32; 2]) -> [u32; 4] {
    let [mut c0, mut c1, mut c2, mut c3] = counter;
    let [mut k0, mut k1] = key;
    let mut round = 0;
    while round < ROUNDS {
        let p0 = MULTIPLIERS[0] * c0 as u64;
        let p1 = MULTIPLIERS[1] * c2 as u64;
        (c0, c1, c2, c3) = ((p1 >> 32) as u32 ^ c1 ^ k0, p1 as u32, (p0 >> 32) as u32 ^ c3 ^ k1, p0 as u32);
        k0 = k0.wrapping_add(WEYL[0]);
        k1 = k1.wrapping_add(WEYL[1]);
        round += 1;
    }
    [c0, c1, c2, c3]
}

/// The key of a stream: a 64-bit hash of the run's seed, the version of the streams and the stream's path. Stable for ever.
///
/// FNV-1a 64 (Fowler, Noll, Vo; offset basis and prime as in RFC 9923) over the seed's 8 bytes and the version's 4, both
/// little-endian, then the path's UTF-8 bytes; finished with the mixer of SplitMix64 (Steele, Lea, Flood 2014), because
/// FNV leaves the last bytes in the low bits. Low word first.
#[must_use]
pub fn key(seed: u64, stream_version: u32, path: &str) -> [u32; 2] {
    let bytes = seed.to_le_bytes().into_iter().chain(stream_version.to_le_bytes()).chain(path.bytes());
    let hash =
        bytes.fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    let mixed = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    let mixed = mixed ^ (mixed >> 31);
    [mixed as u32, (mixed >> 32) as u32]
}

/// Layout A: the words of one draw of one month for the 64 trials of a group, in trial order.
#[inline(always)]
pub fn fill_group_words(key: [u32; 2], group: u64, month: u32, draw: u32, out: &mut [u32; GROUP]) {
    let first = group.wrapping_mul(LANES as u64);
    // Words live in the low halves of 64-bit lanes: a 32 × 32 → 64 product reads only those, so nothing is shuffled.
    let mut c0 = [0u64; LANES];
    let mut c1 = [u64::from(month); LANES];
    let mut c2 = [u64::from(draw); LANES];
    let mut c3 = [first >> 32; LANES];
    for (j, lane) in c0.iter_mut().enumerate() {
        // 16 divides 2^32: the low half never carries within a group.
        *lane = (first & LOW) + j as u64;
    }
    let [mut k0, mut k1] = key;
    for _ in 0..ROUNDS {
        for j in 0..LANES {
            let p0 = (c0[j] & LOW) * MULTIPLIERS[0];
            let p1 = (c2[j] & LOW) * MULTIPLIERS[1];
            c0[j] = (p1 >> 32) ^ c1[j] ^ u64::from(k0);
            c1[j] = p1;
            c2[j] = (p0 >> 32) ^ c3[j] ^ u64::from(k1);
            c3[j] = p0;
        }
        k0 = k0.wrapping_add(WEYL[0]);
        k1 = k1.wrapping_add(WEYL[1]);
    }
    for j in 0..LANES {
        out[j] = c0[j] as u32;
        out[LANES + j] = c1[j] as u32;
        out[2 * LANES + j] = c2[j] as u32;
        out[3 * LANES + j] = c3[j] as u32;
    }
}

/// Layout A over consecutive groups from `first_group` on; the slice holds whole groups.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
pub fn fill_words(key: [u32; 2], first_group: u64, month: u32, draw: u32, out: &mut [u32]) {
    let (groups, rest) = out.as_chunks_mut::<GROUP>();
    debug_assert!(rest.is_empty(), "Invariant: whole groups of 64 trials");
    for (i, words) in groups.iter_mut().enumerate() {
        fill_group_words(key, first_group + i as u64, month, draw, words);
    }
}

/// Layout A: the word of one trial, for the twin and for tests; the same as [`fill_words`] gives it.
#[must_use]
pub const fn word_of_group(key: [u32; 2], trial: u64, month: u32, draw: u32) -> u32 {
    let call = (trial / GROUP as u64) * LANES as u64 + trial % LANES as u64;
    let word = (trial % GROUP as u64) / LANES as u64;
    philox4x32_10([call as u32, month, draw, (call >> 32) as u32], key)[word as usize]
}

/// Layout B: draws 4·call to 4·call + 3 of one trial and month; trials below 2^63.
#[inline(always)]
#[must_use]
pub const fn words_of_trial(key: [u32; 2], trial: u64, month: u32, call: u32) -> [u32; 4] {
    philox4x32_10([trial as u32, month, call, (trial >> 32) as u32 | LAYOUT_B], key)
}

/// Layout B: draw number `draw` of one trial and month; trials below 2^63.
#[inline(always)]
#[must_use]
pub const fn word_of_trial(key: [u32; 2], trial: u64, month: u32, draw: u32) -> u32 {
    words_of_trial(key, trial, month, draw / 4)[(draw % 4) as usize]
}

#[cfg(test)]
mod tests {
    use super::{GROUP, fill_words, key, philox4x32_10, word_of_group, word_of_trial};

    #[test]
    fn philox_gives_the_vectors_of_its_authors() {
        // Random123, tests/kat_vectors, philox4x32 10.
        let ones = philox4x32_10([u32::MAX; 4], [u32::MAX; 2]);
        assert_eq!(philox4x32_10([0; 4], [0; 2]), [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]);
        assert_eq!(ones, [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]);
    }

    #[test]
    fn a_slice_holds_the_words_of_its_trials_wherever_it_starts() {
        // 2^28 groups is where the low counter word is full.
        for first in [0, 5, (1 << 28) - 1, 1 << 40] {
            let mut words = [0; 3 * GROUP];
            fill_words(key(0, 1, "demand.noise"), first, 7, 2, &mut words);
            for (i, &word) in words.iter().enumerate() {
                let trial = first * GROUP as u64 + i as u64;
                assert_eq!(word, word_of_group(key(0, 1, "demand.noise"), trial, 7, 2), "trial {trial}");
            }
        }
    }

    #[test]
    fn layouts_month_draw_trial_and_key_each_change_the_word() {
        let stream = key(1, 1, "a");
        let words = [
            word_of_trial(stream, 0, 0, 0),
            word_of_trial(stream, 0, 0, 1),
            word_of_trial(stream, 0, 0, 4),
            word_of_trial(stream, 0, 1, 0),
            word_of_trial(stream, 1, 0, 0),
            word_of_trial(stream, 1 << 32, 0, 0),
            word_of_group(stream, 0, 0, 0),
            word_of_trial(key(1, 1, "b"), 0, 0, 0),
            word_of_trial(key(1, 2, "a"), 0, 0, 0),
            word_of_trial(key(2, 1, "a"), 0, 0, 0),
        ];
        let distinct: std::collections::BTreeSet<u32> = words.into_iter().collect();
        assert_eq!(distinct.len(), words.len());
    }

    #[test]
    fn keys_stay_what_they_are() {
        // Computed once outside the crate from the published definitions; a change moves every result of every run.
        assert_eq!(key(0, 1, "demand.growth"), KEY_OF_DEMAND_GROWTH);
    }

    const KEY_OF_DEMAND_GROWTH: [u32; 2] = [0x93c8_a8ef, 0xfe8d_1a7a];
}
