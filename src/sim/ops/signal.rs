use multiversion::multiversion;

use super::super::block::{Block, Moment};
use crate::model::Side;
use crate::plan::op::{Col, Op};

/// Whether something has come twice in so many months, and when it came last and the time before.
pub(super) fn twice(block: &mut Block, at: Moment, (count, months): (Col, u32), out: Col) {
    let [mut before, mut now, mut last, mut last_but_one] = block.take_many::<4>(out);
    if at.month == 1 {
        now.fill(0.0);
        last.fill(f64::NEG_INFINITY);
        last_but_one.fill(f64::NEG_INFINITY);
    }
    std::mem::swap(&mut before, &mut now);
    let times = (f64::from(at.month), f64::from(months));
    twice_loop(times, block.get(count), &mut now, &mut last, &mut last_but_one);
    block.put_many(out, [before, now, last, last_but_one]);
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn twice_loop((month, months): (f64, f64), count: &[f64], now: &mut [f64], last: &mut [f64], last_but_one: &mut [f64]) {
    let lanes = count.len();
    let (now, last, last_but_one) = (&mut now[..lanes], &mut last[..lanes], &mut last_but_one[..lanes]);
    for lane in 0..lanes {
        let came = count[lane] >= 1.0;
        let earlier = if count[lane] >= 2.0 { month } else { last[lane] };
        last_but_one[lane] = if came { earlier } else { last_but_one[lane] };
        last[lane] = if came { month } else { last[lane] };
        now[lane] = if month - last_but_one[lane] < months { 1.0 } else { 0.0 };
    }
}

/// The first month at whose end a signal had fired.
pub(super) fn fired(block: &mut Block, at: Moment, op: &Op, out: Col) {
    let Op::Fired { reading, today, side, mark, months, ended } = op else {
        unreachable!("Invariant: called for signals only")
    };
    let [mut first, mut running] = block.take_many::<2>(out);
    let (side, mark) = (*side, mark.get());
    if at.month == 1 {
        running.fill(0.0);
        first.fill(-1.0);
        for (first, today) in first.iter_mut().zip(today.iter().flat_map(|col| block.get(*col))) {
            if *months == 1 && side.holds(*today, mark) {
                *first = 0.0;
            }
        }
    }
    let sign = if side == Side::Above { 1.0 } else { -1.0 };
    let times = (f64::from(at.month), f64::from(*months));
    let reading = block.get(*reading);
    match ended {
        None => fired_loop(times, (sign, mark), reading, &mut first, &mut running),
        Some(ended) => {
            let before = first.clone();
            fired_loop(times, (sign, mark), reading, &mut first, &mut running);
            for ((first, before), ended) in first.iter_mut().zip(before).zip(block.get(*ended)) {
                *first = if *ended <= times.0 { before } else { *first };
            }
        }
    }
    block.put_many(out, [first, running]);
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn fired_loop(
    (month, months): (f64, f64),
    (sign, mark): (f64, f64),
    reading: &[f64],
    first: &mut [f64],
    running: &mut [f64],
) {
    for ((reading, first), running) in reading.iter().zip(first).zip(running) {
        *running = if sign * *reading > sign * mark { *running + 1.0 } else { 0.0 };
        let fires = *running >= months && *first < 0.0;
        *first = if fires { month } else { *first };
    }
}
