use multiversion::multiversion;

use super::gamma::{ln_gamma, off_zero};
use super::{FRACTION_STEPS, SETTLED, STEEPEST, STEPS, Tail};
use crate::math::elementary::{exp, ln, ln_1p, normal_of_tails};

/// x^a y^b / B(a, b) with y = 1 − x given by itself; `ln_beta` is ln B(a, b).
#[inline(always)]
fn front(a: f64, b: f64, x: f64, y: f64, ln_beta: f64) -> f64 {
    let ln_x = if x > 0.5 { ln_1p(-y) } else { ln(x) };
    let ln_y = if y > 0.5 { ln_1p(-x) } else { ln(y) };
    exp(a * ln_x + b * ln_y - ln_beta)
}

#[inline(always)]
fn ln_beta(a: f64, b: f64) -> f64 {
    ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b)
}

/// The fraction of DLMF 8.17.22 by Lentz's method; quick where x < (a + 1)/(a + b + 2).
#[inline(always)]
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    let sum = a + b;
    let mut c = 1.0;
    let mut d = 1.0 / off_zero(1.0 - sum * x / (a + 1.0));
    let (mut value, mut m) = (d, 0.0);
    for _ in 0..FRACTION_STEPS {
        m += 1.0;
        let at = a + 2.0 * m;
        let even = m * (b - m) * x / ((at - 1.0) * at);
        d = 1.0 / off_zero(1.0 + even * d);
        c = off_zero(1.0 + even / c);
        value *= c * d;
        let odd = -(a + m) * (sum + m) * x / (at * (at + 1.0));
        d = 1.0 / off_zero(1.0 + odd * d);
        c = off_zero(1.0 + odd / c);
        let factor = c * d;
        value *= factor;
        if (factor - 1.0).abs() < 2.3e-16 {
            break;
        }
    }
    value
}

/// Both tails of the beta law and x times y times its density, from what does not change with x.
#[inline(always)]
fn tails(a: f64, b: f64, x: f64, y: f64, ln_beta: f64) -> ((f64, f64), f64) {
    if x <= 0.0 {
        return ((0.0, 1.0), 0.0);
    }
    if y <= 0.0 {
        return ((1.0, 0.0), 0.0);
    }
    let front = front(a, b, x, y, ln_beta);
    if x * (a + b + 2.0) < a + 1.0 {
        let lower = (front * fraction(a, b, x) / a).min(1.0);
        return ((lower, 1.0 - lower), front);
    }
    let upper = (front * fraction(b, a, y) / b).min(1.0);
    ((1.0 - upper, upper), front)
}

/// The chance of at most x and of more than x under the beta law on [0, 1], y = 1 − x.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
pub(crate) fn beta_tails(a: f64, b: f64, x: f64, y: f64) -> (f64, f64) {
    debug_assert!(a > 0.0 && b > 0.0, "Invariant: a beta law's parameters are positive");
    tails(a, b, x, y, ln_beta(a, b)).0
}

/// The distribution function of the beta law on [0, 1] (the regularised incomplete beta function). Relative error about
/// 1e-13, 1e-11 far in the tails of parameters near 1e3.
#[must_use]
pub fn beta_cdf(a: f64, b: f64, x: f64) -> f64 {
    beta_tails(a, b, x, 1.0 - x).0
}

/// Where to start looking for a quantile's logit. With both shapes at least 1 the logit is nearly normal, with mean
/// ψ(a) − ψ(b) and variance ψ′(a) + ψ′(b), both digammas taken about a − ½. Otherwise the mean's logit will do.
#[inline(always)]
fn guess(a: f64, b: f64, p: f64, complement: f64) -> f64 {
    if a < 1.0 || b < 1.0 {
        return ln(a / b);
    }
    let (left, right) = (1.0 / (a - 0.5), 1.0 / (b - 0.5));
    let mean = ln(right / left) + (left * left - right * right) / 24.0;
    mean + (left + right).sqrt() * normal_of_tails(p, complement)
}

/// The quantile of the beta law on [0, 1] where 1 − p is known by itself.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
pub(crate) fn beta_of_tails(a: f64, b: f64, p: f64, complement: f64) -> f64 {
    if p <= 0.0 {
        return 0.0;
    }
    if complement <= 0.0 {
        return 1.0;
    }
    let (tail, target) = Tail::smaller(p, complement);
    let ln_beta = ln_beta(a, b);
    let mut logit = guess(a, b, p, complement);
    for _ in 0..STEPS {
        let (x, y) = (1.0 / (1.0 + exp(-logit)), 1.0 / (1.0 + exp(logit)));
        let (both, slope) = tails(a, b, x, y, ln_beta);
        let step = tail.step(both, target, slope, (STEEPEST / a, STEEPEST / b));
        logit = (logit + step).clamp(-700.0, 700.0);
        if step.abs() < SETTLED {
            break;
        }
    }
    1.0 / (1.0 + exp(-logit))
}

/// The quantile of the beta law on [0, 1]; 0 at p = 0, 1 at p = 1. Relative error about 1e-13.
#[must_use]
pub fn beta_quantile(a: f64, b: f64, p: f64) -> f64 {
    debug_assert!(a > 0.0 && b > 0.0, "Invariant: a beta law's parameters are positive");
    beta_of_tails(a, b, p, 1.0 - p)
}
