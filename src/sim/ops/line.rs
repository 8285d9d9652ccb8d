use multiversion::multiversion;

use super::super::block::{Block, LANES, Moment};
use crate::plan::ceil;
use crate::plan::op::{Col, Op};

/// Units that carry a load (MODEL.md §4): mean and peak need, each at least the fewest, and what autoscaling leaves of
/// the difference.
#[inline(always)]
fn units_of(load: f64, per_load: f64, peak: f64, at_least: f64, slack: f64) -> f64 {
    let mean = load * per_load;
    let mean_units = ceil(mean.max(at_least));
    let peak_units = ceil((peak * mean).max(at_least));
    mean_units + slack * (peak_units - mean_units)
}

pub(super) fn units(block: &mut Block, at: Moment, op: &Op, out: Col) {
    let Op::Units { load, per_load, peak, at_least, slack, today } = op else {
        unreachable!("Invariant: called for units only")
    };
    super::write(block, out, |b, o| {
        units_loop(b.get(*load), b.get(*per_load), b.get(*peak), b.get(*at_least), b.get(*slack), o);
        if let (Some(today), 0) = (today, at.since_as_of) {
            bill_today(b.get(today.moved), b.get(today.units), o);
        }
    });
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn units_loop(load: &[f64], per_load: &[f64], peak: &[f64], at_least: &[f64], slack: &[f64], out: &mut [f64]) {
    let inputs = load.iter().zip(per_load).zip(peak).zip(at_least).zip(slack);
    for (out, ((((load, per_load), peak), at_least), slack)) in out.iter_mut().zip(inputs) {
        *out = units_of(*load, *per_load, *peak, *at_least, *slack);
    }
}

/// In the as-of month a platform whose traffic is all there is billed at the units that run today.
fn bill_today(moved: &[f64], today: &[f64], out: &mut [f64]) {
    for ((out, moved), today) in out.iter_mut().zip(moved).zip(today) {
        *out = if *moved == 0.0 { *today } else { *out };
    }
}

/// Where the first bracket begins.
static NOTHING: [f64; LANES] = [0.0; LANES];

/// Graduated brackets: what of the quantity lies inside each, at its price.
pub(super) fn metered(block: &mut Block, quantity: Col, brackets: &[(Col, Col)], out: Col) {
    super::write(block, out, |b, o| {
        o.fill(0.0);
        let mut from: &[f64] = &NOTHING;
        for (end, price) in brackets {
            bracket(b.get(quantity), from, b.get(*end), b.get(*price), o);
            from = b.get(*end);
        }
    });
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn bracket(quantity: &[f64], from: &[f64], end: &[f64], price: &[f64], out: &mut [f64]) {
    for ((((out, quantity), from), end), price) in out.iter_mut().zip(quantity).zip(from).zip(end).zip(price) {
        *out += *price * inside(*quantity, *from, *end);
    }
}

/// How much of a quantity lies between two ends of a tariff.
#[inline(always)]
fn inside(quantity: f64, from: f64, end: f64) -> f64 {
    (quantity.min(end) - from).max(0.0)
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
pub(super) fn in_month(m: f64, amount: &[f64], month: &[f64], service: &[f64], out: &mut [f64]) {
    for (((out, amount), month), service) in out.iter_mut().zip(amount).zip(month).zip(service) {
        *out = if *month == m && *service > 0.0 { *amount } else { 0.0 };
    }
}
