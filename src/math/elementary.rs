//! exp, ln and their kin, uniforms and normal quantiles: the same bits on every machine.
//!
//! Every function here is a fixed sequence of IEEE 754 additions, products, quotients, square roots and fused
//! multiply-adds, all correctly rounded, so the standard library's maths (which differs between platforms) has no part
//! in a result. All are `inline(always)` and branch by selects: a loop over slices vectorises when it stands in a
//! function that carries the `multiversion` attribute. Without hardware FMA a fused multiply-add is computed in
//! software: same bits, 10 to 60 times slower.
//!
//! Polynomials are near-minimax (interpolation at Chebyshev nodes at 60 digits); errors are stated per function in
//! units in the last place (ulp).
#![allow(clippy::disallowed_methods, reason = "mul_add is fused here and nowhere else; std exp, ln, pow are not used")]
#![allow(clippy::excessive_precision, reason = "published constants stand as they were printed")]
#![allow(clippy::inline_always, reason = "must inline into multiversioned loops to vectorise")]

use multiversion::multiversion;

/// The leading 42 bits of ln 2: k · `LN2_HI` is exact for every exponent k.
const LN2_HI: f64 = 0.6931471805598903;
/// ln 2 − `LN2_HI`.
const LN2_LO: f64 = 5.497923018708371e-14;
/// Adding it rounds to a whole number k and leaves k + 2048 in the low bits: 1.5 · 2^52 + 2048.
const ROUND: f64 = 6_755_399_441_057_792.0;
/// Where exp has reached 0, and where it has reached infinity.
const EXP_RANGE: (f64, f64) = (-746.0, 710.0);
/// (e^r − 1 − r)/r² on |r| ≤ ln 2 / 2, relative error 2.4e-16.
const EXP: [f64; 10] = [
    0.5000000000000001,
    0.16666666666666669,
    0.04166666666662413,
    0.008333333333330062,
    0.0013888888917213717,
    0.00019841269863053618,
    2.4801521295954376e-05,
    2.7557268459997064e-06,
    2.7620088445409746e-07,
    2.510038549551032e-08,
];
/// (2 artanh(s)/s − 2)/s² in s² on |s| ≤ 3 − 2√2, relative error 5e-16.
const LOG: [f64; 7] = [
    0.666666666666667,
    0.3999999999989889,
    0.28571428626253836,
    0.22222211089379496,
    0.1818289243253687,
    0.15331611722055008,
    0.14617807153417325,
];
/// (2 artanh(s)/s − 2 − ⅔s²)/s⁴ in s² on |s| ≤ 3 − 2√2, relative error 8e-16.
const LOG_TAIL: [f64; 7] = [
    0.4000000000000003,
    0.2857142857133801,
    0.22222222271326808,
    0.18181808210921882,
    0.15385577463308145,
    0.13285868837545742,
    0.1291471218393509,
];
/// ⅔ as a sum of two doubles.
const TWO_THIRDS: (f64, f64) = (0.6666666666666666, 3.700743415417188e-17);
/// Bits of √½: mantissas are taken in [√½, √2).
const SQRT_HALF: u64 = 0x3fe6_a09e_667f_3bcd;
const MANTISSA: u64 = 0x000f_ffff_ffff_ffff;
const ONE: u64 = 0x3ff0_0000_0000_0000;
const TWO_52: u64 = 0x4330_0000_0000_0000;
const TWO_54: f64 = 18_014_398_509_481_984.0;

/// A polynomial by Horner's rule, lowest power first, each step fused.
#[inline(always)]
#[must_use]
pub(crate) fn polynomial<const N: usize>(x: f64, coefficients: &[f64; N]) -> f64 {
    let mut sum = coefficients[N - 1];
    for i in (0..N - 1).rev() {
        sum = sum.mul_add(x, coefficients[i]);
    }
    sum
}

/// The product rounded, and what rounding lost (exact unless it underflows).
#[inline(always)]
#[must_use]
pub(crate) fn two_product(a: f64, b: f64) -> (f64, f64) {
    let product = a * b;
    (product, a.mul_add(b, -product))
}

/// The sum rounded, and what rounding lost (Knuth's six operations).
#[inline(always)]
#[must_use]
pub(crate) fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let shadow = sum - a;
    (sum, (a - (sum - shadow)) + (b - shadow))
}

/// x held inside the range of exp; a NaN stays one.
#[inline(always)]
fn hold(x: f64) -> f64 {
    let x = if x < EXP_RANGE.0 { EXP_RANGE.0 } else { x };
    if x > EXP_RANGE.1 { EXP_RANGE.1 } else { x }
}

/// k = round(x / ln 2), also as bits of k + 2048, and the exact remainder of x over k · `LN2_HI`.
#[inline(always)]
fn reduce(x: f64) -> (f64, u64, f64) {
    let shifted = x.mul_add(std::f64::consts::LOG2_E, ROUND);
    let k = shifted - ROUND;
    (k, shifted.to_bits() & 0xffff, k.mul_add(-LN2_HI, x))
}

/// y · 2^k in two steps, so that results in the subnormal range round once and overflow becomes infinity.
#[inline(always)]
fn scale(y: f64, k_and_2048: u64) -> f64 {
    let half = k_and_2048 >> 1;
    let first = f64::from_bits(half.wrapping_sub(1) << 52);
    let second = f64::from_bits(k_and_2048.wrapping_sub(half).wrapping_sub(1) << 52);
    y * first * second
}

/// e^(x + low), low below an ulp of x.
#[inline(always)]
fn exp_of_sum(x: f64, low: f64) -> f64 {
    let (k, bits, rest) = reduce(hold(x));
    let r = k.mul_add(-LN2_LO, rest) + low;
    scale((r * r).mul_add(polynomial(r, &EXP), r) + 1.0, bits)
}

/// e^x, error below 1.1 ulp. 0 below −745.2 (after the subnormals), infinite above 709.79, NaN at NaN, 1 at 0.
#[inline(always)]
#[must_use]
pub fn exp(x: f64) -> f64 {
    exp_of_sum(x, 0.0)
}

/// e^x − 1 without cancellation, error below 1 ulp. Infinite above 709.79, −1 at −∞, x itself below 2^-54.
#[inline(always)]
#[must_use]
pub fn exp_m1(x: f64) -> f64 {
    // Below −40 the result is −1; without the hold 2^-k would overflow.
    let held = if x < -40.0 { -40.0 } else { x };
    let (k, bits, rest) = reduce(hold(held));
    let r = k.mul_add(-LN2_LO, rest);
    let low = k.mul_add(-LN2_LO, rest - r);
    // e^x − 1 = 2^k · (1 − 2^-k + r + …): the two leading terms are added exactly, then the small ones.
    let inverse = f64::from_bits((2048 + 1023u64).wrapping_sub(bits) << 52);
    let top = if k > 1022.5 { 1.0 } else { 1.0 - inverse };
    let (sum, lost) = two_sum(top, r);
    let result = scale(sum + (lost + (r * r).mul_add(polynomial(r, &EXP), low)), bits);
    if x.abs() < 1.0 / TWO_54 { x } else { result }
}

/// x > 0 as 2^k · (1 + f) with 1 + f in [√½, √2); f is exact.
#[inline(always)]
fn split(x: f64) -> (f64, f64) {
    let tiny = x < f64::MIN_POSITIVE;
    let scaled = if tiny { x * TWO_54 } else { x };
    let bias = if tiny { 1023.0 + 54.0 } else { 1023.0 };
    let bits = scaled.to_bits().wrapping_add(ONE - SQRT_HALF);
    let k = f64::from_bits(TWO_52 | (bits >> 52)) - (4_503_599_627_370_496.0 + bias);
    (k, f64::from_bits((bits & MANTISSA).wrapping_add(SQRT_HALF)) - 1.0)
}

/// k · ln 2 + ln(1 + f) + low.
#[inline(always)]
fn log_of_parts(k: f64, f: f64, low: f64) -> f64 {
    let s = f / (2.0 + f);
    let z = s * s;
    let half_square = 0.5 * f * f;
    let curve = s * (half_square + z * polynomial(z, &LOG));
    k * LN2_HI - ((half_square - (curve + k.mul_add(LN2_LO, low))) - f)
}

/// The natural logarithm, error below 1 ulp. −∞ at 0, NaN below 0, subnormals included.
#[inline(always)]
#[must_use]
pub fn ln(x: f64) -> f64 {
    let (k, f) = split(x);
    let inside = log_of_parts(k, f, 0.0);
    let top = if x == f64::INFINITY { x } else { inside };
    let bottom = if x == 0.0 { f64::NEG_INFINITY } else { f64::NAN };
    if x > 0.0 { top } else { bottom }
}

/// ln(1 + x) without cancellation, error below 1 ulp. −∞ at −1, NaN below.
#[inline(always)]
#[must_use]
pub fn ln_1p(x: f64) -> f64 {
    let (sum, lost) = two_sum(1.0, x);
    let (k, f) = split(sum);
    let near = k == 0.0;
    let inside = log_of_parts(k, if near { x } else { f }, if near { 0.0 } else { lost / sum });
    let top = if x == f64::INFINITY { x } else { inside };
    let bottom = if x == -1.0 { f64::NEG_INFINITY } else { f64::NAN };
    if x > -1.0 { top } else { bottom }
}

/// ln x as a sum of two doubles, relative error about 2^-68; x > 0 and finite.
#[inline(always)]
fn ln_in_two(x: f64) -> (f64, f64) {
    let (k, f) = split(x);
    let den = 2.0 + f;
    let den_low = f - (den - 2.0);
    let s = f / den;
    let s_low = (s.mul_add(-den, f) - s * den_low) / den;
    let (z, z_lost) = two_product(s, s);
    let z_low = (2.0 * s).mul_add(s_low, z_lost);
    let tail = z * polynomial(z, &LOG_TAIL);
    let w = TWO_THIRDS.0 + tail;
    let w_low = (TWO_THIRDS.0 - w) + tail + TWO_THIRDS.1;
    let (a, a_lost) = two_product(z, w);
    let a_low = z.mul_add(w_low, z_low.mul_add(w, a_lost));
    let (b, b_lost) = two_product(s, a);
    let b_low = s.mul_add(a_low, s_low.mul_add(a, b_lost));
    let (first, lost_first) = two_sum(k * LN2_HI, 2.0 * s);
    let (second, lost_second) = two_sum(first, b);
    let low = k.mul_add(LN2_LO, lost_first + lost_second + 2.0f64.mul_add(s_low, b_low));
    two_sum(second, low)
}

/// x^y for x ≥ 0, error below 1.3 ulp. 1 where y is 0 or x is 1; 0^y is 0 for y > 0 and infinite for y < 0; NaN for x < 0.
#[inline(always)]
#[must_use]
pub fn pow(x: f64, y: f64) -> f64 {
    let ends = x == 0.0 || x == f64::INFINITY;
    let (inside, inside_low) = ln_in_two(x);
    let log = if x == 0.0 { f64::NEG_INFINITY } else { inside };
    let log = if x == f64::INFINITY { x } else { log };
    let log_low = if ends { 0.0 } else { inside_low };
    let (product, lost) = two_product(y, log);
    let low = y.mul_add(log_low, lost);
    let power = exp_of_sum(product, if product.abs() < 800.0 { low } else { 0.0 });
    let power = if x >= 0.0 { power } else { f64::NAN };
    if y == 0.0 || x == 1.0 { 1.0 } else { power }
}

/// The uniform that a random word stands for: (k + ½) · 2^-32, never 0 nor 1; `!k` is its mirror image.
#[inline(always)]
#[must_use]
pub fn uniform(k: u32) -> f64 {
    (f64::from(k) + 0.5) * (1.0 / 4_294_967_296.0)
}

// Rational approximations of Wichura (1988), Algorithm AS 241, routine PPND16, Applied Statistics 37, 477-484.
const CENTRE_TOP: [f64; 8] = [
    3.387132872796366608,
    133.14166789178437745,
    1971.5909503065514427,
    13731.693765509461125,
    45921.953931549871457,
    67265.770927008700853,
    33430.575583588128105,
    2509.0809287301226727,
];
const CENTRE_BOTTOM: [f64; 8] = [
    1.0,
    42.313330701600911252,
    687.1870074920579083,
    5394.1960214247511077,
    21213.794301586595867,
    39307.89580009271061,
    28729.085735721942674,
    5226.495278852854561,
];
const TAIL_TOP: [f64; 8] = [
    1.42343711074968357734,
    4.6303378461565452959,
    5.7694972214606914055,
    3.64784832476320460504,
    1.27045825245236838258,
    0.24178072517745061177,
    0.0227238449892691845833,
    7.7454501427834140764e-4,
];
const TAIL_BOTTOM: [f64; 8] = [
    1.0,
    2.05319162663775882187,
    1.6763848301838038494,
    0.68976733498510000455,
    0.14810397642748007459,
    0.0151986665636164571966,
    5.475938084995344946e-4,
    1.05075007164441684324e-9,
];
const FAR_TOP: [f64; 8] = [
    6.6579046435011037772,
    5.4637849111641143699,
    1.7848265399172913358,
    0.29656057182850489123,
    0.026532189526576123093,
    0.0012426609473880784386,
    2.71155556874348757815e-5,
    2.01033439929228813265e-7,
];
const FAR_BOTTOM: [f64; 8] = [
    1.0,
    0.59983220655588793769,
    0.13692988092273580531,
    0.0148753612908506148525,
    7.868691311456132591e-4,
    1.8463183175100546818e-5,
    1.4215117583164458887e-7,
    2.04426310338993978564e-15,
];

/// AS 241 without its farthest branch, for p and its complement at least 1e-10.
#[inline(always)]
fn normal_near(p: f64, complement: f64) -> f64 {
    let q = p - 0.5;
    let r = q.mul_add(-q, 0.180625);
    let smaller = if p < complement { p } else { complement };
    let t = (-ln(smaller)).sqrt() - 1.6;
    let central = q.abs() <= 0.425;
    let top = if central { q * polynomial(r, &CENTRE_TOP) } else { polynomial(t, &TAIL_TOP).copysign(q) };
    let bottom = if central { polynomial(r, &CENTRE_BOTTOM) } else { polynomial(t, &TAIL_BOTTOM) };
    top / bottom
}

/// The normal quantile of p where 1 − p is known by itself, so that both tails are sharp.
#[inline(always)]
#[must_use]
pub(crate) fn normal_of_tails(p: f64, complement: f64) -> f64 {
    let smaller = if p < complement { p } else { complement };
    if smaller.is_nan() || smaller < 0.0 {
        return f64::NAN;
    }
    if smaller == 0.0 {
        return f64::INFINITY.copysign(p - 0.5);
    }
    let r = (-ln(smaller)).sqrt();
    if r <= 5.0 {
        return normal_near(p, complement);
    }
    (polynomial(r - 5.0, &FAR_TOP) / polynomial(r - 5.0, &FAR_BOTTOM)).copysign(p - 0.5)
}

/// The normal quantile: Wichura (1988), AS 241, relative error about 1e-15. −∞ at 0, ∞ at 1, NaN outside.
#[inline(always)]
#[must_use]
pub fn normal_quantile(p: f64) -> f64 {
    normal_of_tails(p, 1.0 - p)
}

/// [`normal_quantile`] of [`uniform`]`(k)`, value for value, without branches. |z| is at most 6.35.
#[inline(always)]
#[must_use]
pub fn normal_from_word(k: u32) -> f64 {
    let p = uniform(k);
    normal_near(p, 1.0 - p)
}

/// [`normal_from_word`] over slices of equal length.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
pub fn fill_normals(words: &[u32], out: &mut [f64]) {
    debug_assert!(words.len() == out.len(), "Invariant: one normal for each word");
    for (z, &k) in out.iter_mut().zip(words) {
        *z = normal_from_word(k);
    }
}

#[cfg(test)]
mod tests {
    use super::{exp, exp_m1, fill_normals, ln, ln_1p, normal_from_word, normal_quantile, pow, uniform};

    /// Two units in the last place: what is promised, and what a value rounded from many digits may be off by itself.
    const REL_ULPS: f64 = 2.0 * f64::EPSILON;

    fn close(name: &str, found: f64, expected: f64) {
        assert!((found - expected).abs() <= REL_ULPS * expected.abs(), "{name}: {found:e}, not {expected:e}");
    }

    #[test]
    fn values_agree_with_thirty_digits() {
        // Computed to 30 digits and rounded once.
        close("exp 1", exp(1.0), std::f64::consts::E);
        close("exp -20.5", exp(-20.5), 1.2501528663867426e-09);
        close("exp 700.25", exp(700.25), 1.3022997366991783e+304);
        close("ln 3", ln(3.0), 1.0986122886681098);
        close("ln 1e-300", ln(1e-300), -690.7755278982137);
        close("ln beside 1", ln(0.9990234375), -0.0009770396478266127);
        close("exp_m1", exp_m1(0.4375), 0.5488302986341331);
        close("exp_m1 of little", exp_m1(-1e-10), -9.999999999500001e-11);
        close("ln_1p", ln_1p(-0.4375), -0.5753641449035618);
        close("ln_1p of little", ln_1p(1e-10), 9.999999999500001e-11);
        close("pow", pow(2.5, -3.75), 0.03219029579988315);
        close("pow of little", pow(1e-5, 0.3), 0.0316227766016838);
        close("a large pow", pow(12.5, 200.5), 8.520353393652096e+219);
    }

    #[test]
    fn edges_are_where_they_should_be() {
        let (inf, tiny) = (f64::INFINITY, 5e-324);
        let cases = [
            ("exp(0)", exp(0.0), 1.0),
            ("exp(-0)", exp(-0.0), 1.0),
            ("exp overflows", exp(709.8), inf),
            ("exp does not yet overflow", f64::from(u8::from(exp(709.78) < inf)), 1.0),
            ("the least exp", exp(-745.0), tiny),
            ("exp vanishes", exp(-745.2), 0.0),
            ("exp(∞)", exp(inf), inf),
            ("exp(−∞)", exp(-inf), 0.0),
            ("exp_m1(−∞)", exp_m1(-inf), -1.0),
            ("exp_m1(∞)", exp_m1(inf), inf),
            ("exp_m1 of a subnormal", exp_m1(tiny), tiny),
            ("ln(0)", ln(0.0), -inf),
            ("ln(1)", ln(1.0), 0.0),
            ("ln(∞)", ln(inf), inf),
            ("ln of the least number", ln(tiny), -744.4400719213812),
            ("ln_1p(−1)", ln_1p(-1.0), -inf),
            ("ln_1p(∞)", ln_1p(inf), inf),
            ("pow(0, 0)", pow(0.0, 0.0), 1.0),
            ("pow(0, 2)", pow(0.0, 2.0), 0.0),
            ("pow(0, −1)", pow(0.0, -1.0), inf),
            ("pow(∞, ½)", pow(inf, 0.5), inf),
            ("pow(1, ∞)", pow(1.0, inf), 1.0),
            ("pow(x, 1)", pow(0.1, 1.0), 0.1),
            ("pow overflows", pow(2.0, 1024.0), inf),
            ("pow vanishes", pow(2.0, -1080.0), 0.0),
            ("pow to a subnormal", pow(2.0, -1074.0), tiny),
            ("the normal quantile at 0", normal_quantile(0.0), -inf),
            ("the normal quantile at ½", normal_quantile(0.5), 0.0),
            ("the normal quantile at 1", normal_quantile(1.0), inf),
            ("uniforms mirror", uniform(7) + uniform(!7), 1.0),
        ];
        for (name, found, expected) in cases {
            assert_eq!(found, expected, "{name}");
        }
        for (name, found) in [("exp", exp(f64::NAN)), ("ln", ln(-1.0)), ("ln_1p", ln_1p(-1.5)), ("pow", pow(-2.0, 2.0))]
        {
            assert!(found.is_nan(), "{name}: {found}");
        }
    }

    #[test]
    fn normals_of_words_are_quantiles_bit_for_bit_and_symmetric() {
        let words: Vec<u32> = (0..999u32).map(|i| i.wrapping_mul(0x9E37_79B9)).chain([0, u32::MAX]).collect();
        let mut normals = vec![0.0; words.len()];
        fill_normals(&words, &mut normals);
        for (&k, z) in words.iter().zip(normals) {
            assert_eq!(z.to_bits(), normal_quantile(uniform(k)).to_bits(), "word {k}");
            assert_eq!(z, -normal_from_word(!k), "word {k}");
        }
    }
}
