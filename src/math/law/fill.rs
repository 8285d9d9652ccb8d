//! Laws over blocks: the same values as [`Law::quantile`] of each uniform, by loops that vectorise.

use multiversion::multiversion;

use super::{Law, logistic, triangular};
use crate::math::elementary::{exp, normal_from_word, uniform};

impl Law {
    /// [`Law::quantile`] of each word's [`uniform`], value for value; slices of equal length.
    ///
    /// Normal, log-normal, logit-normal, triangular and uniform laws cost a few nanoseconds a value; beta (so PERT) and
    /// gamma laws about a microsecond, metalogs and Weibull in between.
    pub fn fill(&self, words: &[u32], out: &mut [f64]) {
        debug_assert!(words.len() == out.len(), "Invariant: one value for each word");
        match *self {
            Self::Constant(value) => out.fill(value),
            Self::Normal { mean, sd } => fill_normal(mean, sd, words, out),
            Self::LogNormal { mu, sigma } => fill_log_normal(mu, sigma, words, out),
            Self::LogitNormal { mu, sigma, low, high } => fill_logit_normal((mu, sigma), (low, high), words, out),
            Self::Triangular { low, mode, high } => fill_triangular((low, mode, high), words, out),
            Self::Uniform { low, high } => fill_uniform(low, high, words, out),
            _ => {
                for (x, &k) in out.iter_mut().zip(words) {
                    *x = self.quantile(uniform(k));
                }
            }
        }
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn fill_normal(mean: f64, sd: f64, words: &[u32], out: &mut [f64]) {
    for (x, &k) in out.iter_mut().zip(words) {
        *x = mean + sd * normal_from_word(k);
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn fill_log_normal(mu: f64, sigma: f64, words: &[u32], out: &mut [f64]) {
    for (x, &k) in out.iter_mut().zip(words) {
        *x = exp(mu + sigma * normal_from_word(k));
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn fill_logit_normal((mu, sigma): (f64, f64), (low, high): (f64, f64), words: &[u32], out: &mut [f64]) {
    for (x, &k) in out.iter_mut().zip(words) {
        *x = low + (high - low) * logistic(mu + sigma * normal_from_word(k));
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn fill_triangular((low, mode, high): (f64, f64, f64), words: &[u32], out: &mut [f64]) {
    for (x, &k) in out.iter_mut().zip(words) {
        let p = uniform(k);
        *x = triangular(p, 1.0 - p, low, mode, high);
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn fill_uniform(low: f64, high: f64, words: &[u32], out: &mut [f64]) {
    for (x, &k) in out.iter_mut().zip(words) {
        *x = low + (high - low) * uniform(k);
    }
}
