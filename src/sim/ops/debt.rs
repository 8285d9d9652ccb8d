use multiversion::multiversion;

use super::super::block::{Block, Moment};
use crate::math::elementary::exp_m1;
use crate::plan::ceil;
use crate::plan::op::Col;

/// Debt of the month and what is carried into the next.
pub(super) fn month(block: &mut Block, at: Moment, [start, accrual, paydown, cutover, added]: [Col; 5], out: Col) {
    let [mut level, mut carried] = block.take_many::<2>(out);
    if at.month == 1 {
        carried.copy_from_slice(block.get(start));
    }
    add(block.get(added), &mut carried);
    level.copy_from_slice(&carried);
    let before = f64::from(at.month) - 1.0;
    step(before, block.get(accrual), block.get(paydown), block.get(cutover), &mut carried);
    block.put_many(out, [level, carried]);
}

/// What becomes of debt in a month, less what somebody takes off while it goes on.
pub(super) fn carry(at: Moment, [accrual, paydown, lowers, cutover]: [&[f64]; 4], carried: &mut [f64]) {
    let before = f64::from(at.month) - 1.0;
    step(before, accrual, paydown, cutover, carried);
    for ((carried, lowers), cutover) in carried.iter_mut().zip(lowers).zip(cutover) {
        if before >= ceil(*cutover) {
            *carried = (*carried - *lowers).max(0.0);
        }
    }
}

/// What comes on top in the month, up to full debt.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn add(added: &[f64], carried: &mut [f64]) {
    for (carried, added) in carried.iter_mut().zip(added) {
        *carried = (*carried + *added).min(1.0);
    }
}

/// q + (q* − q)·(1 − e^(−(α+π))), which never leaves 0 to 1 and never falls where nothing is paid down; nothing before the
/// first full month after the cutover.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn step(before: f64, accrual: &[f64], paydown: &[f64], cutover: &[f64], carried: &mut [f64]) {
    for (((carried, accrual), paydown), cutover) in carried.iter_mut().zip(accrual).zip(paydown).zip(cutover) {
        let q = *carried;
        let gone = -exp_m1(-(*accrual + *paydown));
        let next = q + (rest(*accrual, *paydown, q) - q) * gone;
        *carried = if before >= ceil(*cutover) { next } else { q };
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
pub(super) fn settled(start: &[f64], accrual: &[f64], paydown: &[f64], out: &mut [f64]) {
    for (((out, start), accrual), paydown) in out.iter_mut().zip(start).zip(accrual).zip(paydown) {
        *out = rest(*accrual, *paydown, *start);
    }
}

/// q*: where debt comes to rest; where it is if nothing moves it.
#[inline(always)]
fn rest(accrual: f64, paydown: f64, now: f64) -> f64 {
    let sum = accrual + paydown;
    if sum > 0.0 { accrual / sum } else { now }
}
