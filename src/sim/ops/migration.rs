use multiversion::multiversion;

use super::super::block::{Block, Moment};
use crate::math::elementary::exp;
use crate::plan::op::{Col, Phase};

/// Times of one project, months since the opening.
#[derive(Debug, Clone, Copy)]
struct Times {
    start: f64,
    cutover: f64,
    traffic: f64,
    on: f64,
    off: f64,
    standby: f64,
}

/// Where a project stands in month `m`, in the order of [`Phase`]: real-valued times, each month its part (MODEL.md §7).
/// A side's load is its mean while in service: cost is worked out at that and billed for the part in service.
#[inline(always)]
fn phase_of(m: f64, t: Times) -> [f64; Phase::WIDTH as usize] {
    let from = m - 1.0;
    let length = t.cutover - t.start;
    let part = if length > 0.0 { between(from, m, t.start, t.cutover) / length } else { 0.0 };
    // ∫ φ over the month: the ramp between traffic and cutover, then the rest of the month at 1.
    let low = from.max(t.traffic);
    let high = m.min(t.cutover);
    let ramp = t.cutover - t.traffic;
    let climbed = if high > low && ramp > 0.0 {
        ((high - t.traffic) * (high - t.traffic) - (low - t.traffic) * (low - t.traffic)) / (2.0 * ramp)
    } else {
        0.0
    };
    let after_cutover = part_after(from, m, t.cutover);
    let moved = climbed + after_cutover;
    let new_service = part_after(from, m, t.on);
    let old_service = 1.0 - part_after(from, m, t.off);
    let standing_by = after_cutover - part_after(from, m, t.off);
    let new_load = if new_service > 0.0 { moved / new_service } else { 0.0 };
    let old_load = if old_service > 0.0 { (1.0 - moved) / old_service } else { 0.0 };
    let old_standby = if old_service > 0.0 { t.standby * standing_by / old_service } else { 0.0 };
    [
        part,
        moved,
        new_service,
        old_service,
        new_load,
        old_load,
        old_standby,
        part_after(from, m, t.traffic),
        1.0 - after_cutover,
        (from - t.cutover).max(0.0),
    ]
}

/// Length of [from, to] ∩ [begin, end].
#[inline(always)]
fn between(from: f64, to: f64, begin: f64, end: f64) -> f64 {
    (to.min(end) - from.max(begin)).max(0.0)
}

/// Part of the month [from, to] that lies after `time`.
#[inline(always)]
fn part_after(from: f64, to: f64, time: f64) -> f64 {
    (to - from.max(time)).clamp(0.0, 1.0)
}

pub(super) fn phase(block: &mut Block, at: Moment, columns: [Col; 6], out: Col) {
    let mut written = block.take_many::<WIDTH>(out);
    phase_loop(f64::from(at.month), columns.map(|col| block.get(col)), &mut written);
    block.put_many(out, written);
}

const WIDTH: usize = Phase::WIDTH as usize;

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn phase_loop(m: f64, [start, cutover, traffic, on, off, standby]: [&[f64]; 6], written: &mut [Vec<f64>; WIDTH]) {
    const N: usize = super::super::block::LANES;
    let [start, cutover, traffic] = [&start[..N], &cutover[..N], &traffic[..N]];
    let [on, off, standby] = [&on[..N], &off[..N], &standby[..N]];
    let [c0, c1, c2, c3, c4, c5, c6, c7, c8, c9] = written.each_mut().map(|column| &mut column[..N]);
    for lane in 0..N {
        let times = Times {
            start: start[lane],
            cutover: cutover[lane],
            traffic: traffic[lane],
            on: on[lane],
            off: off[lane],
            standby: standby[lane],
        };
        let phase = phase_of(m, times);
        [c0[lane], c1[lane], c2[lane], c3[lane], c4[lane]] = [phase[0], phase[1], phase[2], phase[3], phase[4]];
        [c5[lane], c6[lane], c7[lane], c8[lane], c9[lane]] = [phase[5], phase[6], phase[7], phase[8], phase[9]];
    }
}

/// Whether the cutover falls into month `m`.
#[inline(always)]
fn cuts_over_in(m: f64, cutover: f64) -> bool {
    cutover <= m && (cutover > m - 1.0 || m == 1.0)
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
pub(super) fn hold(m: f64, load: &[f64], cutover: &[f64], out: &mut [f64]) {
    if m == 1.0 {
        out.fill(0.0);
    }
    for ((out, load), cutover) in out.iter_mut().zip(load).zip(cutover) {
        *out = if cuts_over_in(m, *cutover) { *load } else { *out };
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
pub(super) fn load_old(load: &[f64], before: &[f64], held: &[f64], after: &[f64], out: &mut [f64]) {
    for ((((out, load), before), held), after) in out.iter_mut().zip(load).zip(before).zip(held).zip(after) {
        *out = *load * *before + *held * *after;
    }
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
pub(super) fn learning(extra: &[f64], half_life: &[f64], since: &[f64], out: &mut [f64]) {
    for (((out, extra), half_life), since) in out.iter_mut().zip(extra).zip(half_life).zip(since) {
        *out = 1.0 + *extra * exp(-std::f64::consts::LN_2 * *since / *half_life);
    }
}
