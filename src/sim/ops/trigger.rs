use multiversion::multiversion;

use super::super::block::{Block, Context, Moment};
use super::super::source::ONCE;
use crate::math::elementary::uniform;
use crate::model::{Cutover, Side};
use crate::plan::op::{Col, Op};

/// The mean of the last three months there are.
pub(super) fn trailing(block: &mut Block, at: Moment, amount: Col, out: Col) {
    let [mut mean, mut one_ago, mut two_ago] = block.take_many::<3>(out);
    if at.month == 1 {
        one_ago.fill(0.0);
        two_ago.fill(0.0);
    }
    let months = f64::from(at.month.min(3));
    trailing_loop(months, block.get(amount), &mut mean, &mut one_ago, &mut two_ago);
    block.put_many(out, [mean, one_ago, two_ago]);
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn trailing_loop(months: f64, amount: &[f64], mean: &mut [f64], one_ago: &mut [f64], two_ago: &mut [f64]) {
    for (((amount, mean), one_ago), two_ago) in amount.iter().zip(mean).zip(one_ago).zip(two_ago) {
        *mean = (*amount + *one_ago + *two_ago) / months;
        *two_ago = *one_ago;
        *one_ago = *amount;
    }
}

/// Whether a condition held at the end of the month before, and for how many months running by the end of this one.
pub(super) fn held(block: &mut Block, at: Moment, op: &Op, out: Col) {
    let Op::Held { reading, today, side, mark, months, is_past } = op else {
        unreachable!("Invariant: called for conditions only")
    };
    let (side, mark) = (*side, mark.get());
    let [mut holds, mut running] = block.take_many::<2>(out);
    if *is_past {
        past(at, (side, mark, *months), block.get(*reading), &mut holds, &mut running);
        block.put_many(out, [holds, running]);
        return;
    }
    if at.month == 1 {
        running.fill(0.0);
        match today.filter(|_| *months == 1) {
            Some(today) => beyond(side, mark, block.get(today), &mut holds),
            None => holds.fill(0.0),
        }
    } else {
        let months = f64::from(*months);
        holds.iter_mut().zip(&running).for_each(|(holds, running)| *holds = f64::from(u8::from(*running >= months)));
    }
    for (running, reading) in running.iter_mut().zip(block.get(*reading)) {
        *running = if side.holds(*reading, mark) { *running + 1.0 } else { 0.0 };
    }
    block.put_many(out, [holds, running]);
}

/// The same of a reading that is the month before's: it counts at once, and in month 1 there is none.
fn past(at: Moment, (side, mark, months): (Side, f64, u32), reading: &[f64], holds: &mut [f64], running: &mut [f64]) {
    for ((reading, holds), running) in reading.iter().zip(holds).zip(running) {
        *running = if at.month > 1 && side.holds(*reading, mark) {
            if at.month == 2 { 1.0 } else { *running + 1.0 }
        } else {
            0.0
        };
        *holds = f64::from(u8::from(*running >= f64::from(months)));
    }
}

pub(super) fn beyond(side: Side, mark: f64, reading: &[f64], out: &mut [f64]) {
    for (out, reading) in out.iter_mut().zip(reading) {
        *out = f64::from(u8::from(side.holds(*reading, mark)));
    }
}

/// Whether a contract ended, or began a further term, with the month before.
pub(super) fn renewed(at: Moment, until: &[f64], every: Option<&[f64]>, out: &mut [f64]) {
    let before = f64::from(at.month) - 1.0;
    for (lane, (out, until)) in out.iter_mut().zip(until).enumerate() {
        let since = before - *until;
        let is_a_term = every.is_some_and(|every| since > 0.0 && since % every[lane] == 0.0);
        *out = f64::from(u8::from(since == 0.0 || is_a_term));
    }
}

/// When a project starts: +∞ until it does.
pub(super) fn start(block: &mut Block, at: Moment, op: &Op, out: Col) {
    let Op::Start { holds, hits, month, from, delay, ended } = op else {
        unreachable!("Invariant: called for triggers only")
    };
    super::write(block, out, |b, start| {
        if at.month == 1 {
            start.fill(f64::INFINITY);
        }
        let opening = f64::from(at.month) - 1.0;
        let has_come = month.is_some_and(|month| at.month >= month);
        let from = b.get(*from);
        for (lane, start) in start.iter_mut().enumerate().filter(|(_, start)| start.is_infinite()) {
            let is_held = holds.iter().any(|col| b.get(*col)[lane] > 0.0);
            let is_hit = hits.iter().map(|col| b.get(*col)[lane]).any(|hit| hit >= 0.0 && hit <= opening);
            let is_over = ended.is_some_and(|ended| b.get(ended)[lane] <= opening + 1.0);
            if !is_over && opening >= from[lane] && (has_come || is_held || is_hit) {
                *start = opening + f64::from(*delay);
            }
        }
    });
}

/// When a project starts that may be forced to, the factor on its effort, and when it would be forced.
pub(super) fn forced(block: &mut Block, own: Col, causes: &[(Col, Col)], before: f64, out: Col) {
    let [mut start, mut rush, mut alone] = block.take_many::<3>(out);
    for lane in 0..start.len() {
        (alone[lane], rush[lane]) = (f64::INFINITY, 1.0);
        for (time, factor) in causes {
            if block.get(*time)[lane] < alone[lane].min(before) {
                (alone[lane], rush[lane]) = (block.get(*time)[lane], block.get(*factor)[lane]);
            }
        }
        start[lane] = alone[lane].min(block.get(own)[lane]);
        if block.get(own)[lane] <= alone[lane] {
            rush[lane] = 1.0;
        }
    }
    block.put_many(out, [start, rush, alone]);
}

/// How many attempts to cut over fail before one succeeds, from a draw of its own for each.
pub(super) fn attempts(context: &Context, block: &mut Block, at: Moment, fails: Col, stream: u32, out: Col) {
    if at.month > 1 {
        return;
    }
    let stream = context.streams[stream as usize];
    super::write(block, out, |b, failed| {
        let fails = b.get(fails);
        for (lane, failed) in failed.iter_mut().enumerate() {
            let trial = b.first_trial + lane as u64;
            let fails = |draw: &u32| uniform(context.source.word(stream, trial, ONCE, *draw)) < fails[lane];
            *failed = (0..Cutover::LAST_ATTEMPT - 1).take_while(fails).count() as f64;
        }
    });
}
