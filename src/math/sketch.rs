//! Quantiles of a stream of values in fixed memory: counts in bins that follow the bits of an `f64`.

/// Bits of the mantissa that name a bin: 256 bins an octave, from 0.2 to 0.4 % of the value wide.
const BITS: u32 = 8;
const BINS: usize = 1 << BITS;

/// Exponents kept apart, in octaves: amounts from 2⁻²⁰ to 2⁷⁶. Smaller ones count as 0, larger ones in the last octave.
const LOWEST: i32 = -20;
const OCTAVES: usize = 96;

/// The exponent field of the lowest octave.
const LOWEST_BIASED: u64 = (LOWEST + 1023) as u64;

/// An octave nothing fell into yet.
const NO_PAGE: u16 = u16::MAX;

/// The code of a value that counts as 0. Others are sign and octave, 0 to 191, then the bin's 8 bits.
const ZERO: u16 = u16::MAX;

/// Codes that wait until they are counted together. A run has a thousand sketches and more and comes back to each after all
/// the others: counting a few blocks at once brings its bins into the cache once and not for every block.
const WAITING: usize = 2048;

/// Counts by bin. Joining adds integers, so the order of values never shows.
#[derive(Debug, Clone)]
pub struct Sketch {
    /// By sign and octave: where its page of bins starts, in pages.
    pages: Vec<u16>,
    counts: Vec<u32>,
    zeros: u64,
    count: u64,
    lowest: f64,
    highest: f64,
    /// Bins of values that are not in `counts` yet.
    waiting: Vec<u16>,
}

/// The least and the largest of some values; +∞ and −∞ of none.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
pub(crate) fn ends(values: &[f64]) -> (f64, f64) {
    let (mut lowest, mut highest) = ([f64::INFINITY; 8], [f64::NEG_INFINITY; 8]);
    let (wide, rest) = values.as_chunks::<8>();
    for eight in wide {
        for lane in 0..8 {
            lowest[lane] = if eight[lane] < lowest[lane] { eight[lane] } else { lowest[lane] };
            highest[lane] = if eight[lane] > highest[lane] { eight[lane] } else { highest[lane] };
        }
    }
    let low = lowest.iter().chain(rest).fold(f64::INFINITY, |a, b| if *b < a { *b } else { a });
    let high = highest.iter().chain(rest).fold(f64::NEG_INFINITY, |a, b| if *b > a { *b } else { a });
    (low, high)
}

impl Default for Sketch {
    fn default() -> Self {
        Self {
            pages: vec![NO_PAGE; 2 * OCTAVES],
            counts: Vec::new(),
            zeros: 0,
            count: 0,
            lowest: f64::INFINITY,
            highest: f64::NEG_INFINITY,
            waiting: Vec::with_capacity(WAITING),
        }
    }
}

impl Sketch {
    /// Counts values.
    pub fn add(&mut self, values: &[f64]) {
        let (lowest, highest) = ends(values);
        self.lowest = if lowest < self.lowest { lowest } else { self.lowest };
        self.highest = if highest > self.highest { highest } else { self.highest };
        self.count += values.len() as u64;
        for values in values.chunks(WAITING / 4) {
            if self.waiting.len() + values.len() > WAITING {
                self.settle();
            }
            let first = self.waiting.len();
            self.waiting.resize(first + values.len(), ZERO);
            codes(values, &mut self.waiting[first..]);
        }
    }

    /// Counts 0 so many times.
    pub fn add_nothing(&mut self, times: u64) {
        if times > 0 {
            self.lowest = if 0.0 < self.lowest { 0.0 } else { self.lowest };
            self.highest = if 0.0 > self.highest { 0.0 } else { self.highest };
            self.count += times;
            self.zeros += times;
        }
    }

    /// Counts what waits.
    fn settle(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        self.count_codes(&waiting);
        self.waiting = waiting;
        self.waiting.clear();
    }

    fn count_codes(&mut self, codes: &[u16]) {
        for code in codes {
            if *code == ZERO {
                self.zeros += 1;
                continue;
            }
            let slot = usize::from(code >> BITS);
            let page = match self.pages[slot] {
                NO_PAGE => self.open(slot),
                page => page,
            };
            self.counts[usize::from(page) * BINS + usize::from(*code) % BINS] += 1;
        }
    }

    #[cold]
    fn open(&mut self, slot: usize) -> u16 {
        let page = (self.counts.len() / BINS) as u16;
        self.counts.resize(self.counts.len() + BINS, 0);
        self.pages[slot] = page;
        page
    }

    /// Adds another sketch's counts.
    pub fn merge(&mut self, other: &Self) {
        for (slot, page) in other.pages.iter().enumerate().filter(|(_, page)| **page != NO_PAGE) {
            let own = match self.pages[slot] {
                NO_PAGE => self.open(slot),
                own => own,
            };
            let (own, page) = (usize::from(own) * BINS, usize::from(*page) * BINS);
            for bin in 0..BINS {
                self.counts[own + bin] += other.counts[page + bin];
            }
        }
        self.zeros += other.zeros;
        self.lowest = self.lowest.min(other.lowest);
        self.highest = self.highest.max(other.highest);
        self.count += other.count;
        self.count_codes(&other.waiting);
    }

    /// How many values.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The counts in ascending order, for reading quantiles.
    #[must_use]
    pub fn ranks(&self) -> Ranks {
        if !self.waiting.is_empty() {
            let mut settled = self.clone();
            settled.settle();
            return settled.ranks();
        }
        let mut bins = Vec::new();
        let mut until = 0;
        let mut push = |low: f64, high: f64, count: u64| {
            until += count;
            bins.push(Bin { low, high, count, until });
        };
        for octave in (0..OCTAVES).rev() {
            for (bin, count) in self.page(octave + OCTAVES).iter().enumerate().rev().filter(|(_, count)| **count > 0) {
                let (low, high) = edges(octave, bin);
                push(-high, -low, u64::from(*count));
            }
        }
        if self.zeros > 0 {
            push(0.0, 0.0, self.zeros);
        }
        for octave in 0..OCTAVES {
            for (bin, count) in self.page(octave).iter().enumerate().filter(|(_, count)| **count > 0) {
                let (low, high) = edges(octave, bin);
                push(low, high, u64::from(*count));
            }
        }
        Ranks { bins, lowest: self.lowest, highest: self.highest }
    }

    /// The counts of an octave; none if nothing fell into it.
    fn page(&self, slot: usize) -> &[u32] {
        match self.pages[slot] {
            NO_PAGE => &[],
            page => &self.counts[usize::from(page) * BINS..][..BINS],
        }
    }
}

/// The bin of each value.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn codes(values: &[f64], out: &mut [u16]) {
    for (out, value) in out.iter_mut().zip(values) {
        let bits = value.to_bits();
        let exponent = (bits >> 52) & 0x7ff;
        let octave = exponent.saturating_sub(LOWEST_BIASED).min(OCTAVES as u64 - 1);
        let slot = octave + if bits >> 63 == 1 { OCTAVES as u64 } else { 0 };
        let code = (slot << BITS) | ((bits >> (52 - BITS)) & (BINS as u64 - 1));
        *out = if exponent < LOWEST_BIASED { ZERO } else { code as u16 };
    }
}

struct Bin {
    low: f64,
    high: f64,
    count: u64,
    until: u64,
}

/// A sketch's counts in ascending order.
pub struct Ranks {
    bins: Vec<Bin>,
    lowest: f64,
    highest: f64,
}

impl Ranks {
    /// The value of rank `rank` (1 the least), linear within its bin and never outside the values: off by less than a bin's
    /// width, and exact where all values are one.
    #[must_use]
    pub fn at_rank(&self, rank: f64) -> f64 {
        let Some(bin) = self.bin_of(rank) else { return 0.0 };
        // Ranks stand in the middles of `count` equal parts of the bin.
        let before = (bin.until - bin.count) as f64;
        let part = ((rank - before - 0.5) / bin.count as f64).clamp(0.0, 1.0);
        (bin.low + (bin.high - bin.low) * part).clamp(self.lowest, self.highest)
    }

    /// The sum of the `n` largest values, each at the middle of its bin.
    #[must_use]
    pub fn sum_of_largest(&self, n: f64) -> f64 {
        let mut left = n;
        let mut sum = 0.0;
        for bin in self.bins.iter().rev() {
            let taken = left.min(bin.count as f64);
            sum += taken * (bin.low + bin.high) / 2.0;
            left -= taken;
        }
        sum
    }

    /// How many values are surely below one, and how many may be: those of its own bin are not told apart.
    #[must_use]
    pub fn below(&self, value: f64) -> [u64; 2] {
        if value > self.highest {
            return [self.bins.last().map_or(0, |bin| bin.until); 2];
        }
        // A bin's high end is not in it; that of values that count as 0 is.
        let surely = |bin: &&Bin| bin.high <= value && bin.low < value;
        let sure = self.bins.iter().take_while(surely).last().map_or(0, |bin| bin.until);
        let may = self.bins.iter().take_while(|bin| bin.low < value).last().map_or(0, |bin| bin.until);
        [sure, if value > self.lowest { may } else { 0 }]
    }

    /// The p-quantile: rank p·n + ½.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        self.at_clamped(p * self.count())
    }

    /// Order-statistic interval of the p-quantile: ranks n·p ± z·√(n·p·(1−p)) (David & Nagaraja 2003, §7.1), from the lower end
    /// of the bin that the one is in to the upper end of the other's: where in a bin its values are is not known.
    #[must_use]
    pub fn interval(&self, p: f64, z: f64) -> (f64, f64) {
        let n = self.count();
        let half = z * (n * p * (1.0 - p)).sqrt();
        let inside = |value: f64| value.clamp(self.lowest, self.highest);
        let ends = [p * n - half, p * n + half].map(|below| self.bin_of(self.clamped(below)));
        let [Some(low), Some(high)] = ends else { return (0.0, 0.0) };
        (inside(low.low), inside(high.high))
    }

    fn count(&self) -> f64 {
        self.bins.last().map_or(0.0, |bin| bin.until as f64)
    }

    fn bin_of(&self, rank: f64) -> Option<&Bin> {
        let place = self.bins.partition_point(|bin| (bin.until as f64) < rank);
        self.bins.get(place).or(self.bins.last())
    }

    /// The rank with so many below it.
    fn clamped(&self, below: f64) -> f64 {
        (below + 0.5).clamp(1.0, self.count().max(1.0))
    }

    fn at_clamped(&self, below: f64) -> f64 {
        self.at_rank(self.clamped(below))
    }
}

/// The ends of a bin of positive values.
fn edges(octave: usize, bin: usize) -> (f64, f64) {
    let exponent = (octave as i32 + LOWEST + 1023) as u64;
    let low = f64::from_bits((exponent << 52) | ((bin as u64) << (52 - BITS)));
    let width = f64::from_bits(exponent << 52) / BINS as f64;
    (low, low + width)
}

#[cfg(test)]
mod tests {
    use super::Sketch;

    #[test]
    fn quantiles_are_within_a_bin_of_the_exact_ones() {
        let mut values: Vec<f64> = (0..50_001_i64).map(|i| ((i * 12_347) % 50_001 - 20_000) as f64 * 3.7).collect();
        let mut sketch = Sketch::default();
        sketch.add(&values);
        values.sort_unstable_by(f64::total_cmp);
        let ranks = sketch.ranks();
        for p in [0.01, 0.1, 0.4, 0.5, 0.9, 0.99] {
            let exact = values[(p * 50_000.0) as usize];
            // A bin is at most 1/256 of its low end wide.
            assert!((ranks.quantile(p) - exact).abs() <= exact.abs() / 256.0 + 3.7, "p {p}");
        }
    }

    #[test]
    fn values_below_one_are_between_two_counts_a_bin_apart() {
        let values: Vec<f64> = (0..5_000_i64).map(|i| ((i * 12_347) % 5_003 - 900).max(0) as f64 * 3.7).collect();
        let mut sketch = Sketch::default();
        sketch.add(&values);
        let ranks = sketch.ranks();
        for at in [0.0, 1e-9, 3.7, 100.0, 512.0, 4_711.3, 15_000.0, 1e6] {
            let [sure, may] = ranks.below(at);
            let exact = values.iter().filter(|value| **value < at).count() as u64;
            let around = values.iter().filter(|value| (**value - at).abs() <= at / 256.0).count() as u64;
            assert!(sure <= exact && exact <= may && may - sure <= around, "{at}: {sure} {exact} {may}");
        }
        assert_eq!(ranks.below(1e-9)[0], values.iter().filter(|value| **value == 0.0).count() as u64);
        assert_eq!((ranks.below(1e6), Sketch::default().ranks().below(1.0)), ([5_000; 2], [0; 2]));
    }

    #[test]
    fn joined_sketches_equal_one() {
        let values: Vec<f64> = (0..3_000).map(|i| f64::from(i) * f64::from(i) - 4e6).collect();
        let (mut whole, mut left, mut right) = (Sketch::default(), Sketch::default(), Sketch::default());
        whole.add(&values);
        left.add(&values[..700]);
        right.add(&values[700..]);
        right.merge(&left);
        for p in [0.0, 0.05, 0.5, 0.95, 1.0] {
            assert_eq!(whole.ranks().quantile(p).to_bits(), right.ranks().quantile(p).to_bits());
        }
    }
}
