//! Special functions: gamma and beta distributions and the normal distribution function.
//!
//! Plain scalar code for building laws and for exact checks; built on [`super::elementary`], so the same bits everywhere.
//! Searches carry `multiversion` and their parts are inlined, because fused multiply-adds are slow in code compiled without.
//! Arguments outside a function's domain are a caller's bug (`debug_assert`), not an error value.
#![allow(clippy::inline_always, reason = "parts must inline into multiversioned searches")]

mod beta;
mod gamma;
mod normal;

pub use beta::{beta_cdf, beta_quantile};
pub(crate) use beta::{beta_of_tails, beta_tails};
pub(crate) use gamma::{gamma_of_tails, gamma_tails, poisson_mass};
pub use gamma::{gamma_p, gamma_q, gamma_quantile, ln_gamma};
pub use normal::normal_cdf;
pub(crate) use normal::normal_tails;

/// Newton steps that every quantile search is allowed; convergence is quadratic and takes under ten.
const STEPS: usize = 60;
/// After a Newton step this small, in ln x or logit x, the next would be about its square: nothing.
const SETTLED: f64 = 1e-8;
/// Terms of a series or fraction stop mattering below this share of the sum.
const NEGLIGIBLE: f64 = 1e-17;
/// Most steps of a continued fraction: 9√a is enough for a up to 1e10, and NaN must end too.
const FRACTION_STEPS: u32 = 1_000_000;
/// A tail may shrink by e^−300 in one step and still be far from underflow.
const STEEPEST: f64 = 300.0;
/// Stands for zero where Lentz's method would divide by it.
const FLOOR: f64 = 1e-300;

/// What a quantile search compares: the smaller of the two tails, which floating point holds best.
#[derive(Clone, Copy)]
enum Tail {
    Lower,
    Upper,
}

impl Tail {
    /// The smaller of p and its complement, and which it is.
    #[inline(always)]
    fn smaller(p: f64, complement: f64) -> (Self, f64) {
        if p <= complement { (Self::Lower, p) } else { (Self::Upper, complement) }
    }

    /// Newton's step in ln x (gamma) or logit x (beta), where the lower tail grows at `slope`, taken on the logarithm of
    /// the tail: both log-tails are concave there, so the steps converge from anywhere, as long as none leaps to where the
    /// tail underflows; hence the `limits` downwards and upwards.
    #[inline(always)]
    fn step(self, tails: (f64, f64), target: f64, slope: f64, limits: (f64, f64)) -> f64 {
        let (tail, sign) = match self {
            Self::Lower => (tails.0, 1.0),
            Self::Upper => (tails.1, -1.0),
        };
        let step = sign * super::elementary::ln(target / tail) * tail / slope;
        if step.is_nan() { 0.0 } else { step.clamp(-limits.0, limits.1) }
    }
}

#[cfg(test)]
mod tests {
    use super::{beta_cdf, beta_quantile, gamma_p, gamma_q, gamma_quantile};

    /// Of the smaller tail, for quantile and distribution function together.
    const REL_ROUND_TRIP: f64 = 1e-10;

    #[test]
    fn lopsided_beta_laws_have_quantiles_too() {
        // The first leapt to where the lower tail is 0 and stayed there.
        for (a, b, p) in [(66.5, 0.0348, 1.1e-9), (0.0348, 66.5, 0.4), (0.05, 0.05, 0.3), (900.0, 2.0, 1e-12)] {
            let off = beta_cdf(a, b, beta_quantile(a, b, p)) / p - 1.0;
            assert!(off.abs() < REL_ROUND_TRIP, "beta({a}, {b}) at {p}: off by {off:e}");
        }
    }

    #[test]
    fn gamma_quantiles_come_back_in_both_tails_at_every_shape() {
        for shape in [0.05, 0.3, 1.0, 7.5, 400.0, 1e5] {
            for p in [1e-12, 1e-3, 0.3] {
                let off = gamma_p(shape, gamma_quantile(shape, p)) / p - 1.0;
                assert!(off.abs() < REL_ROUND_TRIP, "shape {shape} at {p}: off by {off:e}");
                // 1 − p is rounded, so the upper tail that was asked for is 1 − (1 − p).
                let complement = 1.0 - (1.0 - p);
                let off = gamma_q(shape, gamma_quantile(shape, 1.0 - p)) / complement - 1.0;
                assert!(off.abs() < REL_ROUND_TRIP, "shape {shape} at 1 − {p}: off by {off:e}");
            }
        }
    }
}
