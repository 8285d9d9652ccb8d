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

    /// Newton's step in a variable that the lower tail grows with at `slope`, taken on the logarithm of the tail: both
    /// log-tails are concave in ln x (gamma) and logit x (beta), so the steps converge from anywhere.
    #[inline(always)]
    fn step(self, tails: (f64, f64), target: f64, slope: f64) -> f64 {
        let (tail, sign) = match self {
            Self::Lower => (tails.0, 1.0),
            Self::Upper => (tails.1, -1.0),
        };
        let step = sign * super::elementary::ln(target / tail) * tail / slope;
        if step.is_nan() { 0.0 } else { step.clamp(-300.0, 300.0) }
    }
}
