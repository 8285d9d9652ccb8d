//! Sums of values that add up to the same bits in any order: across lanes, blocks, threads and shards.

use serde::{Deserialize, Serialize};

/// Fractional bits of the fixed-point sums.
const FRACTION_BITS: i32 = 40;

/// 2^40, the grid that each value is rounded to, in units of the scale.
const GRID: f64 = (1_u64 << FRACTION_BITS) as f64;

/// Up to here adding [`ROUNDER`] rounds right and 512 values fit an i64: 512 · 2^51 = 2^60 grid steps.
const EXACT: f64 = (1_u64 << 51) as f64 / GRID;

/// Adding this rounds an f64 below [`EXACT`] to the grid, ties to even, and leaves its steps in the low bits: 1.5 · 2^52 steps.
const ROUNDER: f64 = 6_755_399_441_055_744.0 / GRID;

/// Number, sum and sum of squares about a centre.
///
/// Each value becomes y = (x − centre)/unit, and y and y² are each rounded once to a multiple of 2⁻⁴⁰. Integers add up
/// exactly, so any grouping of the same values gives the same bits; the rounding costs less than `unit`·2⁻⁴¹ a value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Moments {
    centre: f64,
    unit: f64,
    count: u64,
    sum: i128,
    squares: i128,
}

impl Moments {
    /// An empty sum. `centre` is near the values' middle, `unit` near their spread; both only set the grid.
    #[must_use]
    pub fn new(centre: f64, unit: f64) -> Self {
        debug_assert!(unit > 0.0, "Invariant: the unit of a sum is above 0");
        Self { centre, unit, count: 0, sum: 0, squares: 0 }
    }

    /// Adds values.
    pub fn add(&mut self, values: &[f64]) {
        for chunk in values.chunks(512) {
            self.add_chunk(chunk);
        }
    }

    /// Adds 0 so many times.
    pub fn add_nothing(&mut self, times: u64) {
        self.count += times;
        if self.centre != 0.0 {
            let y = (0.0 - self.centre) * (1.0 / self.unit);
            self.sum += i128::from(times) * (y * GRID).round_ties_even() as i128;
            self.squares += i128::from(times) * (y * y * GRID).round_ties_even() as i128;
        }
    }

    /// Adds at most 512 values: side by side where that is exact, else one by one.
    fn add_chunk(&mut self, values: &[f64]) {
        self.count += values.len() as u64;
        // The centre adds nothing: prices that are sure, and what is 0 for months on end.
        if all_are(values, self.centre) {
            return;
        }
        let scale = 1.0 / self.unit;
        let sums = chunk_sums(values, self.centre, scale);
        if sums.near == values.len() as u64 {
            self.sum += i128::from(sums.sum);
            self.squares += i128::from(sums.squares);
            return;
        }
        for value in values {
            let y = (value - self.centre) * scale;
            self.sum += (y * GRID).round_ties_even() as i128;
            self.squares += (y * y * GRID).round_ties_even() as i128;
        }
    }

    /// Adds another sum about the same centre.
    pub fn merge(&mut self, other: &Self) {
        debug_assert!(self.centre == other.centre && self.unit == other.unit, "Invariant: only equal grids join");
        self.count += other.count;
        self.sum += other.sum;
        self.squares += other.squares;
    }

    /// How many values.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The mean; the centre for no values.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.centre + self.unit * self.mean_offset()
    }

    /// Standard deviation with n − 1; 0 for fewer than two values.
    #[must_use]
    pub fn sd(&self) -> f64 {
        if self.count < 2 {
            return 0.0;
        }
        let n = self.count as f64;
        let offset = self.mean_offset();
        let about_mean = self.squares as f64 / GRID - n * offset * offset;
        self.unit * (about_mean.max(0.0) / (n - 1.0)).sqrt()
    }

    /// Standard error of the mean, sd/√n.
    #[must_use]
    pub fn standard_error(&self) -> f64 {
        if self.count == 0 { 0.0 } else { self.sd() / (self.count as f64).sqrt() }
    }

    fn mean_offset(&self) -> f64 {
        if self.count == 0 { 0.0 } else { self.sum as f64 / GRID / self.count as f64 }
    }
}

/// Sums in grid steps.
struct ChunkSums {
    sum: i64,
    squares: i64,
    /// How many squares are below `EXACT`, 2^11; where all are, every |y| is below it too.
    near: u64,
}

/// Whether every value is the same given one; looks no further than the first eight that are not.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn all_are(values: &[f64], one: f64) -> bool {
    let (wide, rest) = values.as_chunks::<8>();
    let differ = |eight: &[f64; 8]| eight.iter().fold(0_u32, |differ, value| differ + u32::from(*value != one));
    wide.iter().all(|eight| differ(eight) == 0) && rest.iter().all(|value| *value == one)
}

#[multiversion::multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn chunk_sums(values: &[f64], centre: f64, scale: f64) -> ChunkSums {
    // Only integers are added up, so that a compiler may do as many side by side as it likes.
    let (mut sum, mut squares, mut near) = (0_u64, 0_u64, 0_u64);
    for value in values {
        let y = (value - centre) * scale;
        let square = y * y;
        sum = sum.wrapping_add((y + ROUNDER).to_bits());
        squares = squares.wrapping_add((square + ROUNDER).to_bits());
        near += u64::from(square < EXACT);
    }
    // Each value has brought the rounder's own bits along.
    let rounders = ROUNDER.to_bits().wrapping_mul(values.len() as u64);
    ChunkSums { sum: sum.wrapping_sub(rounders) as i64, squares: squares.wrapping_sub(rounders) as i64, near }
}

#[cfg(test)]
mod tests {
    use super::Moments;

    fn values() -> Vec<f64> {
        (0..4_000_u64).map(|i| ((i * 7_919) % 4_001) as f64 * 13.37 - 9_000.0).collect()
    }

    #[test]
    fn any_cut_and_order_gives_the_same_bits() {
        let all = values();
        let mut whole = Moments::new(0.3, 1024.0);
        whole.add(&all);
        for cut in [1, 63, 512, 1999] {
            let mut left = Moments::new(0.3, 1024.0);
            let mut right = left.clone();
            left.add(&all[..cut]);
            right.add(&all[cut..]);
            right.merge(&left);
            assert_eq!(right, whole);
        }
    }

    #[test]
    fn nothing_adds_as_so_many_values_of_0() {
        for (centre, unit) in [(0.0, 16.0), (3_417.2, 65_536.0), (-1e9, 0.25)] {
            let mut one = Moments::new(centre, unit);
            let mut other = one.clone();
            one.add(&[0.0; 700]);
            other.add_nothing(700);
            assert_eq!(one, other);
        }
    }

    #[test]
    fn values_far_off_the_grid_take_the_exact_road() {
        let mut far = Moments::new(0.0, 1.0);
        far.add(&[3e9, -1e9, 1e9]);
        assert_eq!(far.mean(), 1e9);
        assert!((far.sd() - 2e9).abs() < 1e-3);
    }
}
