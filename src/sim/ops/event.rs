use multiversion::multiversion;

use super::super::block::{Block, Context, Moment};
use super::super::source::ONCE;
use crate::math::elementary::{ln, ln_1p, uniform};
use crate::plan::op::Col;

/// The month of an event that has the same chance in every month until it happens, drawn as time begins.
pub(super) fn hazard(context: &Context, block: &mut Block, at: Moment, hazard: Col, stream: u32, out: Col) {
    if at.since_as_of != 0 {
        return;
    }
    super::fill_words(context, block, context.streams[stream as usize], ONCE);
    super::write(block, out, |b, o| {
        for ((out, word), hazard) in o.iter_mut().zip(&b.words).zip(b.get(hazard)) {
            *out = geometric(uniform(*word), *hazard);
        }
    });
}

/// The least m with 1 − (1 − h)^m ≥ u: the exact inverse of the geometric law; infinite at h = 0.
fn geometric(u: f64, hazard: f64) -> f64 {
    if hazard <= 0.0 {
        return f64::INFINITY;
    }
    (ln(1.0 - u) / ln_1p(-hazard)).ceil().max(1.0)
}

/// The stated month of an event that happens with a chance; infinite where it does not.
pub(super) fn chance(
    context: &Context,
    block: &mut Block,
    at: Moment,
    [probability, month]: [Col; 2],
    stream: u32,
    out: Col,
) {
    if at.since_as_of != 0 {
        return;
    }
    super::fill_words(context, block, context.streams[stream as usize], ONCE);
    super::write(block, out, |b, o| {
        for (((out, word), probability), month) in o.iter_mut().zip(&b.words).zip(b.get(probability)).zip(b.get(month))
        {
            *out = if uniform(*word) <= *probability { *month } else { f64::INFINITY };
        }
    });
}

/// 1 from a month on.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
pub(super) fn from(m: f64, month: &[f64], out: &mut [f64]) {
    for (out, month) in out.iter_mut().zip(month) {
        *out = if m >= *month { 1.0 } else { 0.0 };
    }
}
