use multiversion::multiversion;

use super::super::block::{Block, Moment};
use crate::math::elementary::exp;
use crate::plan::op::{Col, Course, Phase};

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
    let climbed = climbed_to(from, m, t);
    let after_cutover = part_after(from, m, t.cutover);
    let moved = climbed + after_cutover;
    let new_service = part_after(from, m, t.on);
    let old_service = 1.0 - part_after(from, m, t.off);
    let standing_by = (after_cutover - part_after(from, m, t.off)).max(0.0);
    // What is out of service before the cutover carries all that has not moved until then.
    let is_cut = t.off < t.cutover;
    let to = m.min(t.off).max(from);
    let stayed = if is_cut { to - from - climbed_to(from, to, t) } else { 1.0 - moved };
    let new_load = if new_service > 0.0 { moved / new_service } else { 0.0 };
    let old_load = if old_service > 0.0 { stayed / old_service } else { 0.0 };
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
        if is_cut { old_service } else { 1.0 - after_cutover },
        (from - t.cutover).max(0.0),
    ]
}

/// ∫ φ to a time in the month, where the first attempt succeeds.
#[inline(always)]
fn climbed_to(from: f64, to: f64, t: Times) -> f64 {
    climbed(from, to, t.traffic, t.cutover)
}

/// What a course changes of that: work, traffic and loads; service and standby are by the cutover that succeeds.
pub(super) fn on_course(block: &mut Block, at: Moment, times: [Col; 6], course: &Course, out: Col) {
    let m = f64::from(at.month);
    let from = m - 1.0;
    let phase = Phase(out);
    let mut written = block.take_many::<WIDTH>(out);
    let [start, cutover, traffic, _, off, _] = times.map(|col| block.get(col));
    let (tried, last) = (block.get(course.tried), block.get(course.last_traffic));
    let again = course.again.map(|a| [a.failed, a.gap, a.redone].map(|col| block.get(col)));
    let steps: Vec<(f64, &[f64])> = course.steps.iter().map(|(share, col)| (share.get(), block.get(*col))).collect();
    let place = |col: Col| (col.0 - out.0) as usize;
    for lane in 0..start.len() {
        let (start, tried, cutover, traffic) = (start[lane], tried[lane], cutover[lane], traffic[lane]);
        let before_to = |to: f64| -> f64 {
            if steps.is_empty() {
                climbed(from, to, traffic, tried)
            } else {
                steps.iter().map(|(share, time)| share * between(from, to, time[lane], tried)).sum()
            }
        };
        let before = before_to(m);
        let for_good = part_after(from, m, cutover);
        let moved = (before + for_good).min(1.0);
        let length = tried - start;
        let mut worked = between(from, m, start, tried);
        if let Some([failed, gap, redone]) = again {
            let mut attempt = tried;
            for _ in 0..failed[lane] as u32 {
                attempt += gap[lane];
                worked += between(from, m, attempt - redone[lane], attempt);
            }
        }
        let (new_service, old_service) =
            (written[place(phase.new_service())][lane], written[place(phase.old_service())][lane]);
        let per = |amount: f64, service: f64| if service > 0.0 { amount / service } else { 0.0 };
        let mut set = |col: Col, value: f64| written[place(col)][lane] = value;
        set(phase.part(), if length > 0.0 { worked / length } else { 0.0 });
        set(phase.moved(), moved);
        set(phase.new_load(), per(moved, new_service));
        let is_cut = off[lane] < cutover;
        let to = m.min(off[lane]).max(from);
        set(phase.old_load(), per(if is_cut { to - from - before_to(to) } else { 1.0 - moved }, old_service));
        set(phase.new_traffic(), between(from, m, traffic, tried) + for_good);
        let with_traffic = if is_cut {
            to - from - between(from, to, last[lane], tried)
        } else {
            1.0 - between(from, m, last[lane], tried) - for_good
        };
        set(phase.old_traffic(), with_traffic);
    }
    block.put_many(out, written);
}

/// ∫ φ over the part of the month before the first attempt, where φ rises linearly from `traffic` to that.
#[inline(always)]
fn climbed(from: f64, m: f64, traffic: f64, tried: f64) -> f64 {
    let (low, high, ramp) = (from.max(traffic), m.min(tried), tried - traffic);
    if high > low && ramp > 0.0 {
        ((high - traffic) * (high - traffic) - (low - traffic) * (low - traffic)) / (2.0 * ramp)
    } else {
        0.0
    }
}

/// How many failed attempts fall into month `m`.
pub(super) fn failed(m: f64, tried: &[f64], gap: &[f64], failed: &[f64], out: &mut [f64]) {
    for (((out, tried), gap), failed) in out.iter_mut().zip(tried).zip(gap).zip(failed) {
        let mut attempt = *tried;
        *out = 0.0;
        for _ in 0..*failed as u32 {
            *out += f64::from(u8::from(cuts_over_in(m, attempt)));
            attempt += *gap;
        }
    }
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
    let n = start.len();
    let [start, cutover, traffic] = [&start[..n], &cutover[..n], &traffic[..n]];
    let [on, off, standby] = [&on[..n], &off[..n], &standby[..n]];
    let [c0, c1, c2, c3, c4, c5, c6, c7, c8, c9] = written.each_mut().map(|column| &mut column[..n]);
    for lane in 0..n {
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
