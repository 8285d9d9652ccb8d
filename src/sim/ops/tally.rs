use multiversion::multiversion;

use super::super::block::{Block, Context, Moment};
use crate::plan::op::{Col, Deepest, Track, Worth};

/// A difference counts as above 0 from half a cent on, and from 10⁻⁹ of the baseline's cumulative cost.
#[inline(always)]
fn is_above(delta: f64, baseline: f64) -> bool {
    delta > (1e-9 * baseline.abs()).max(0.005)
}

/// The running sum of a month's amount, at a worth.
pub(super) fn accrue(
    context: &Context,
    block: &mut Block,
    at: Moment,
    amount: Col,
    opening: Col,
    worth: Worth,
    out: Col,
) {
    super::write(block, out, |b, o| {
        if at.month <= 1 {
            o.copy_from_slice(b.get(opening));
        }
        if at.month >= 1 {
            add_scaled(b.get(amount), context.plan.factor(worth, at.month), o);
        }
    });
}

/// Whether a year begins with a month, or the run does; month 1 is the month `first` of its year, from 0.
pub(super) fn begins_year(at: Moment, first: u32) -> bool {
    at.month <= 1 || (at.month - 1 + first).is_multiple_of(12)
}

/// The running sum of a month's amount in its fiscal year; the opening is in the first.
pub(super) fn accrue_year(block: &mut Block, at: Moment, amount: Col, opening: Col, first: u32, out: Col) {
    super::write(block, out, |b, o| {
        if at.month == 1 {
            o.copy_from_slice(b.get(opening));
        } else if begins_year(at, first) {
            o.fill(0.0);
        }
        add_scaled(b.get(amount), 1.0, o);
    });
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn add_scaled(amount: &[f64], factor: f64, out: &mut [f64]) {
    let amount = &amount[..out.len()];
    for lane in 0..out.len() {
        out[lane] += amount[lane] * factor;
    }
}

/// A cost so far until a month, with what is added at its end; stays after it.
pub(super) fn decided(
    context: &Context,
    block: &mut Block,
    at: Moment,
    (total, pace): (Col, Option<Col>),
    (until, times): (u32, f64),
    worth: Worth,
    out: Col,
) {
    if at.month > until {
        return;
    }
    super::write(block, out, |b, o| {
        o.copy_from_slice(b.get(total));
        if let Some(pace) = pace.filter(|_| at.month == until) {
            add_scaled(b.get(pace), times * context.plan.factor(worth, until), o);
        }
    });
}

/// Last month above, first touch after, crossed back, above now (MODEL.md §9).
pub(super) fn track(block: &mut Block, at: Moment, delta: Col, baseline: Col, out: Col) {
    let mut columns = block.take_many::<{ Track::WIDTH as usize }>(out);
    if at.month == 0 {
        let [last, touch, back, above] = &mut columns;
        last.fill(-1.0);
        touch.fill(-1.0);
        back.fill(0.0);
        above.fill(0.0);
    }
    track_loop(f64::from(at.month), block.get(delta), block.get(baseline), &mut columns);
    block.put_many(out, columns);
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn track_loop(m: f64, delta: &[f64], baseline: &[f64], columns: &mut [Vec<f64>; Track::WIDTH as usize]) {
    let [last, touch, back, now] = columns;
    let states = last.iter_mut().zip(touch).zip(back).zip(now);
    for ((((last, touch), back), now), (delta, baseline)) in states.zip(delta.iter().zip(baseline)) {
        let above = is_above(*delta, *baseline);
        let touches = !above && *touch < 0.0 && *last >= 0.0;
        *back = if above && *touch >= 0.0 { 1.0 } else { *back };
        *touch = if touches { m } else { *touch };
        *last = if above { m } else { *last };
        *now = if above { 1.0 } else { 0.0 };
    }
}

/// The largest difference so far and its month.
pub(super) fn deepest(block: &mut Block, at: Moment, delta: Col, out: Col) {
    let [mut amount, mut month] = block.take_many::<2>(Deepest(out).amount());
    if at.month == 0 {
        amount.fill(0.0);
        month.fill(0.0);
    }
    deepest_loop(f64::from(at.month), block.get(delta), &mut amount, &mut month);
    block.put_many(out, [amount, month]);
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn deepest_loop(m: f64, delta: &[f64], amount: &mut [f64], month: &mut [f64]) {
    for ((amount, month), delta) in amount.iter_mut().zip(month).zip(delta) {
        let deeper = *delta > *amount;
        *amount = if deeper { *delta } else { *amount };
        *month = if deeper { m } else { *month };
    }
}

/// The last month that counts whose trailing three months cost more than the baseline's; 0 if none did.
pub(super) fn run_rate(block: &mut Block, at: Moment, columns: [Col; 4], out: Col) {
    let [mut last, mut one_ago, mut two_ago] = block.take_many::<3>(out);
    if at.month == 1 {
        last.fill(0.0);
        one_ago.fill(0.0);
        two_ago.fill(0.0);
    }
    let columns = columns.map(|col| block.get(col));
    run_rate_loop(f64::from(at.month), columns, &mut last, &mut one_ago, &mut two_ago);
    block.put_many(out, [last, one_ago, two_ago]);
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn run_rate_loop(
    m: f64,
    [difference, baseline, overlap_end, ended]: [&[f64]; 4],
    last: &mut [f64],
    one_ago: &mut [f64],
    two_ago: &mut [f64],
) {
    let inputs = difference.iter().zip(baseline).zip(overlap_end).zip(ended);
    let states = last.iter_mut().zip(one_ago).zip(two_ago);
    for ((((difference, baseline), overlap_end), ended), ((last, one_ago), two_ago)) in inputs.zip(states) {
        let trailing = *difference + *one_ago + *two_ago;
        let counts = (m >= crate::plan::ceil(*overlap_end) + 3.0) & (m < *ended);
        *last = if counts & is_above(trailing, *baseline) { m } else { *last };
        *two_ago = *one_ago;
        *one_ago = *difference;
    }
}

/// The last place on the grid of sizes at which the option costs more, and how often it changes side on the way up.
pub(super) fn last_dearer(block: &mut Block, at: Moment, difference: Col, baseline: Col, out: Col) {
    let [mut last, mut changes, mut side] = block.take_many::<3>(out);
    let (difference, baseline) = (block.get(difference), block.get(baseline));
    if at.size == 0 {
        last.fill(-1.0);
        changes.fill(0.0);
    }
    last_dearer_loop(at.size as f64, [difference, baseline], &mut last, &mut changes, &mut side);
    block.put_many(out, [last, changes, side]);
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn last_dearer_loop(
    size: f64,
    [difference, baseline]: [&[f64]; 2],
    last: &mut [f64],
    changes: &mut [f64],
    side: &mut [f64],
) {
    let inputs = difference.iter().zip(baseline);
    for (((last, changes), side), (difference, baseline)) in last.iter_mut().zip(changes).zip(side).zip(inputs) {
        let dearer = if is_above(*difference, *baseline) { 1.0 } else { 0.0 };
        *changes += if (size > 0.0) & (dearer != *side) { 1.0 } else { 0.0 };
        *last = if dearer > 0.0 { size } else { *last };
        *side = dearer;
    }
}
