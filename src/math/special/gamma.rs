use multiversion::multiversion;

use super::{FLOOR, FRACTION_STEPS, NEGLIGIBLE, SETTLED, STEEPEST, STEPS, Tail};
use crate::math::elementary::{exp, ln, ln_1p, normal_of_tails, polynomial};

/// ln Γ(2 + t)/t on |t| ≤ ½: interpolation at 21 Chebyshev nodes, relative error 2e-17.
const NEAR_TWO: [f64; 21] = [
    0.42278433509846713,
    0.3224670334241132,
    -0.06735230105319809,
    0.02058080842778463,
    -0.007385551028674025,
    0.0028905103307344045,
    -0.0011927539116998527,
    0.0005096695250241955,
    -0.00022315475858818615,
    9.94575066878814e-05,
    -4.4926233820610826e-05,
    2.0507291996563825e-05,
    -9.439526202058818e-06,
    4.374223481082048e-06,
    -2.0389077825677104e-06,
    9.584207048594987e-07,
    -4.508168225446838e-07,
    2.0193835401136915e-07,
    -9.558178101635195e-08,
    6.472569840064724e-08,
    -3.085985478390577e-08,
];
/// Bernoulli numbers B(2k)/(2k(2k − 1)) of Stirling's series; at x ≥ 10 the first one left out is below 2e-17.
const STIRLING: [f64; 8] = [
    0.08333333333333333,
    -0.002777777777777778,
    0.0007936507936507937,
    -0.0005952380952380953,
    0.0008417508417508417,
    -0.0019175269175269176,
    0.00641025641025641,
    -0.029550653594771242,
];
const STIRLING_FROM: f64 = 10.0;
const HALF_LN_TWO_PI: f64 = 0.9189385332046728;
const TWO_PI: f64 = 2.0 * std::f64::consts::PI;

/// ln Γ(x) − (x − ½) ln x + x − ½ ln 2π, for x ≥ 10.
#[inline(always)]
fn stirling(x: f64) -> f64 {
    polynomial(1.0 / (x * x), &STIRLING) / x
}

/// ln Γ(x) for x > 0, relative error below 1e-14 (1e-15 absolute beside the zeros at 1 and 2). Infinite at 0.
#[inline(always)]
#[must_use]
pub fn ln_gamma(x: f64) -> f64 {
    debug_assert!(x >= 0.0, "Invariant: ln Γ is taken of positive numbers");
    if x >= STIRLING_FROM {
        return (x - 0.5) * ln(x) - x + (HALF_LN_TWO_PI + stirling(x));
    }
    let near_two = |t: f64| t * polynomial(t, &NEAR_TWO);
    if x < 0.5 {
        return near_two(x) - ln(x) - ln_1p(x);
    }
    if x < 1.5 {
        return near_two(x - 1.0) - ln(x);
    }
    let (mut product, mut rest) = (1.0, x);
    while rest > 2.5 {
        rest -= 1.0;
        product *= rest;
    }
    ln(product) + near_two(rest - 2.0)
}

/// x^a e^(−x) / Γ(a + 1), a > 0 and x > 0: the Poisson probability of a at mean x.
#[inline(always)]
fn mass(a: f64, x: f64) -> f64 {
    if a < STIRLING_FROM {
        return exp(a * ln(x) - x - ln_gamma(a + 1.0));
    }
    // Written about x = a, where a·ln x − x − ln Γ would lose all digits that a large a has.
    let above = (x - a) / a;
    let log_ratio = if above < -0.5 { ln(x / a) } else { ln_1p(above) };
    exp(a * (log_ratio - above) - stirling(a)) / (TWO_PI * a).sqrt()
}

/// The Poisson probability of n at mean x > 0.
pub(crate) fn poisson_mass(n: f64, x: f64) -> f64 {
    if n == 0.0 { exp(-x) } else { mass(n, x) }
}

/// P(a, x) and Q(a, x), the regularised incomplete gamma functions, a > 0: the series of DLMF 8.11.4 below x = a + 1, the
/// fraction of DLMF 8.9.2 by Lentz's method above. About 9√a terms near x = a.
#[inline(always)]
fn tails(a: f64, x: f64) -> (f64, f64) {
    debug_assert!(a > 0.0, "Invariant: a gamma law's shape is positive");
    if x <= 0.0 {
        return (0.0, 1.0);
    }
    if x == f64::INFINITY {
        return (1.0, 0.0);
    }
    let front = mass(a, x);
    if x < a + 1.0 {
        let (mut term, mut sum, mut n) = (1.0, 1.0, a);
        while term > sum * NEGLIGIBLE {
            n += 1.0;
            term *= x / n;
            sum += term;
        }
        let lower = (front * sum).min(1.0);
        return (lower, 1.0 - lower);
    }
    let mut b = x + 1.0 - a;
    let (mut c, mut d) = (1.0 / FLOOR, 1.0 / b);
    let (mut value, mut n) = (d, 0.0);
    for _ in 0..FRACTION_STEPS {
        n += 1.0;
        b += 2.0;
        let coefficient = -n * (n - a);
        d = 1.0 / off_zero(coefficient * d + b);
        c = off_zero(b + coefficient / c);
        let factor = c * d;
        value *= factor;
        if (factor - 1.0).abs() < 2.3e-16 {
            break;
        }
    }
    let upper = (front * a * value).min(1.0);
    (1.0 - upper, upper)
}

/// Lentz's guard against division by zero.
#[inline(always)]
pub(super) fn off_zero(x: f64) -> f64 {
    if x.abs() < FLOOR { FLOOR } else { x }
}

/// Both tails of the gamma law of shape a and scale 1.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
pub(crate) fn gamma_tails(a: f64, x: f64) -> (f64, f64) {
    tails(a, x)
}

/// The lower regularised incomplete gamma function P(a, x): the distribution function of a gamma law of shape a, scale 1.
/// Relative error about 1e-13 for a up to 1e6.
#[must_use]
pub fn gamma_p(a: f64, x: f64) -> f64 {
    gamma_tails(a, x).0
}

/// The upper regularised incomplete gamma function Q(a, x) = 1 − P(a, x), sharp where it is small.
#[must_use]
pub fn gamma_q(a: f64, x: f64) -> f64 {
    gamma_tails(a, x).1
}

/// The quantile of a gamma law of scale 1 where 1 − p is known by itself.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
pub(crate) fn gamma_of_tails(shape: f64, p: f64, complement: f64) -> f64 {
    if p <= 0.0 {
        return 0.0;
    }
    if complement <= 0.0 {
        return f64::INFINITY;
    }
    let (tail, target) = Tail::smaller(p, complement);
    // Wilson and Hilferty (1931): the cube root is nearly normal. Below, P(a, x) ≈ x^a/Γ(a + 1).
    let root = 1.0 - 1.0 / (9.0 * shape) + normal_of_tails(p, complement) / (3.0 * shape.sqrt());
    let low = (ln(p) + ln_gamma(shape + 1.0)) / shape;
    if low < -100.0 {
        return exp(low);
    }
    let mut x = if root > 0.3 { shape * root * root * root } else { exp(low).max(1e-40) };
    let limits = ((STEEPEST / shape).min(3.0), 2.0);
    for _ in 0..STEPS {
        let step = tail.step(tails(shape, x), target, shape * mass(shape, x), limits);
        x *= exp(step);
        if step.abs() < SETTLED {
            break;
        }
    }
    x
}

/// The quantile of a gamma law of this shape and scale 1; 0 at p = 0, infinite at p = 1. Relative error about 1e-13.
#[must_use]
pub fn gamma_quantile(shape: f64, p: f64) -> f64 {
    gamma_of_tails(shape, p, 1.0 - p)
}
