use multiversion::multiversion;

use super::super::block::{Block, Context, Moment};
use crate::math::elementary::{exp, fill_normals, ln};
use crate::plan::op::{Clock, Col};

/// ln T of the month: at each step the sum of faded growth grows and the fade fades (MODEL.md §3).
pub(super) fn trend(block: &mut Block, at: Moment, [growth, decay, saturation]: [Col; 3], out: Col) {
    let [mut ln_trend, mut sum, mut fade] = block.take_many::<3>(out);
    if at.since_as_of == 0 {
        ln_trend.fill(0.0);
        sum.fill(0.0);
        fade.fill(1.0);
    } else {
        let (growth, saturation) = (block.get(growth), block.get(saturation));
        trend_step(growth, block.get(decay), &mut sum, &mut fade);
        if saturation.iter().all(|k| k.is_infinite()) {
            ln_trend.copy_from_slice(&sum);
        } else {
            saturate(growth, saturation, &sum, &mut ln_trend);
        }
    }
    block.put_many(out, [ln_trend, sum, fade]);
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn trend_step(growth: &[f64], decay: &[f64], sum: &mut [f64], fade: &mut [f64]) {
    for (((growth, decay), sum), fade) in growth.iter().zip(decay).zip(sum).zip(fade) {
        *sum += *growth * *fade;
        *fade *= *decay;
    }
}

/// The logistic of MODEL.md §3, where growth is above 0 and the case has a ceiling.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn saturate(growth: &[f64], saturation: &[f64], sum: &[f64], out: &mut [f64]) {
    for (((out, growth), k), sum) in out.iter_mut().zip(growth).zip(saturation).zip(sum) {
        *out = ln_trend(*growth, *k, *sum);
    }
}

/// ln T for one trial: K/(1 + (K−1)·e^(−G·K/(K−1))), or e^G without a ceiling or without growth.
#[inline(always)]
fn ln_trend(growth: f64, saturation: f64, sum: f64) -> f64 {
    let bounded = growth > 0.0 && saturation < f64::INFINITY;
    let k = if bounded { saturation } else { 2.0 };
    let logistic = ln(k / (1.0 + (k - 1.0) * exp(-sum * k / (k - 1.0))));
    if bounded { logistic } else { sum }
}

/// Adds the month's σ·z − σ²/2 to the log of the noise.
pub(super) fn noise(context: &Context, block: &mut Block, at: Moment, sigma: Col, stream: u32, out: Col) {
    if at.since_as_of == 0 {
        super::write(block, out, |_, o| o.fill(0.0));
        return;
    }
    super::fill_words(context, block, context.streams[stream as usize], at.since_as_of);
    let mut normals = [0.0; super::super::block::LANES];
    let normals = &mut normals[..block.lanes()];
    fill_normals(&block.words, normals);
    super::write(block, out, |b, o| noise_step(b.get(sigma), normals, o));
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn noise_step(sigma: &[f64], normals: &[f64], out: &mut [f64]) {
    for ((out, sigma), z) in out.iter_mut().zip(sigma).zip(normals) {
        *out += *sigma * *z - 0.5 * *sigma * *sigma;
    }
}

/// ln(S·D) and S·D.
pub(super) fn seasoned(block: &mut Block, [trend, noise]: [Col; 2], ln_season: f64, out: Col) {
    let [mut log, mut index] = block.take_many::<2>(out);
    seasoned_loop(block.get(trend), block.get(noise), ln_season, &mut log, &mut index);
    block.put_many(out, [log, index]);
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn seasoned_loop(trend: &[f64], noise: &[f64], ln_season: f64, log: &mut [f64], index: &mut [f64]) {
    for (((trend, noise), log), index) in trend.iter().zip(noise).zip(log).zip(index) {
        *log = *trend + *noise + ln_season;
        *index = exp(*log);
    }
}

/// The larger of the column and what it was at most before, 0 before the as-of month: an event may come in that.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
pub(super) fn running_max(first: bool, a: &[f64], out: &mut [f64]) {
    if first {
        out.fill(0.0);
    }
    for (out, a) in out.iter_mut().zip(a) {
        *out = if *a > *out { *a } else { *out };
    }
}

/// The level at the month's opening, and what is carried into the next month.
pub(super) fn stock(block: &mut Block, at: Moment, [today, purge, inflow]: [Col; 3], out: Col) {
    let [mut level, mut carried] = block.take_many::<2>(out);
    if at.since_as_of == 0 {
        carried.copy_from_slice(block.get(today));
    }
    level.copy_from_slice(&carried);
    stock_step(block.get(purge), block.get(inflow), &mut carried);
    block.put_many(out, [level, carried]);
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn stock_step(purge: &[f64], inflow: &[f64], carried: &mut [f64]) {
    for ((carried, purge), inflow) in carried.iter_mut().zip(purge).zip(inflow) {
        *carried = *carried * (1.0 - *purge) + *inflow;
    }
}

/// Years on a clock.
pub(super) fn years(clock: Clock, at: Moment) -> f64 {
    let months = match clock {
        Clock::Start => at.month - 1,
        Clock::AsOf => at.since_as_of,
    };
    f64::from(months) / 12.0
}

#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
pub(super) fn drift(years: f64, base: &[f64], log_rate: &[f64], out: &mut [f64]) {
    for ((out, base), rate) in out.iter_mut().zip(base).zip(log_rate) {
        *out = *base * exp(*rate * years);
    }
}
