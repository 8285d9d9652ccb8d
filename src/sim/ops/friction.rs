use multiversion::multiversion;

use super::super::block::{Block, Moment};
use crate::plan::op::Col;

/// What a reading has risen by since the month before, and the reading itself for the month after.
pub(super) fn rise(block: &mut Block, at: Moment, [now, today]: [Col; 2], out: Col) {
    let [mut risen, mut before] = block.take_many::<2>(out);
    if at.month == 1 {
        before.copy_from_slice(block.get(today));
    }
    rise_step(block.get(now), &mut before, &mut risen);
    block.put_many(out, [risen, before]);
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn rise_step(now: &[f64], before: &mut [f64], risen: &mut [f64]) {
    for ((risen, before), now) in risen.iter_mut().zip(before).zip(now) {
        *risen = (*now - *before).max(0.0);
        *before = *now;
    }
}
