//! The metalog family: Keelin (2016), "The Metalog Distributions", Decision Analysis 13(4), 243-277.
//!
//! The quantile function is M(y) = S(c) + L·T(c) with c = y − ½, L = ln(y/(1−y)) and two polynomials that share out the
//! coefficients: S takes a1, a4, a5, a7, a9, …, T takes a2, a3, a6, a8, a10, … in ascending powers.

use std::sync::LazyLock;

use multiversion::multiversion;

use super::logistic;
use crate::math::elementary::{exp, ln};

/// Most terms: beyond it the system is too ill-conditioned to mean anything.
pub(super) const MOST_TERMS: usize = 12;
/// Rounding of the coefficients alone may push the slope this far below 0, as a share of the largest coefficient.
const SLOPE_ROUNDING: f64 = 1e-14;
/// Where the slope is looked at: L from −40 to 40 in steps of 1/16; beyond, it has reached its limit to 16 digits.
const FARTHEST: f64 = 40.0;
const GRID: i32 = 640;

/// Whether term k (from 1) belongs to T, and the power of c it goes with.
fn place(k: usize) -> (bool, usize) {
    match k {
        1 => (false, 0),
        2 => (true, 0),
        3 => (true, 1),
        4 => (false, 1),
        _ if k % 2 == 1 => (false, (k - 1) / 2),
        _ => (true, k / 2 - 1),
    }
}

/// The k-th term at c and L.
fn basis(k: usize, c: f64, log_odds: f64) -> f64 {
    let (times_log_odds, power) = place(k);
    let power = (0..power).fold(1.0, |product, _| product * c);
    if times_log_odds { power * log_odds } else { power }
}

/// y − ½ from whichever of y and 1 − y is exact.
#[inline(always)]
fn centred(p: f64, complement: f64) -> f64 {
    if p < complement { p - 0.5 } else { 0.5 - complement }
}

/// M(p), on the line.
#[inline(always)]
pub(super) fn series(coefficients: &[f64], p: f64, complement: f64) -> f64 {
    series_at(coefficients, centred(p, complement), ln(p) - ln(complement))
}

/// M at c and L: terms are added from the last to the first.
#[inline(always)]
pub(super) fn series_at(coefficients: &[f64], c: f64, log_odds: f64) -> f64 {
    let (mut plain, mut with_odds) = (0.0, 0.0);
    for k in (1..=coefficients.len()).rev() {
        match k {
            1 => plain = plain * c + coefficients[0],
            2 => with_odds = with_odds * c + coefficients[1],
            3 => with_odds = with_odds * c + coefficients[2],
            4 => plain = plain * c + coefficients[3],
            _ if k % 2 == 1 => plain = plain * c + coefficients[k - 1],
            _ => with_odds = with_odds * c + coefficients[k - 1],
        }
    }
    plain + log_odds * with_odds
}

/// Where a slope is looked at.
#[derive(Clone, Copy)]
struct Point {
    log_odds: f64,
    /// y − ½.
    c: f64,
    /// y(1−y).
    both: f64,
}

/// The point at L.
#[inline(always)]
fn point(log_odds: f64) -> Point {
    let (y, complement) = (logistic(log_odds), logistic(-log_odds));
    Point { log_odds, c: centred(y, complement), both: y * complement }
}

/// The points of the grid, from one before its first to one after its last: the same for every law.
static POINTS: LazyLock<Vec<Point>> =
    LazyLock::new(|| (-GRID - 1..=GRID + 1).map(|i| point(f64::from(i) * FARTHEST / f64::from(GRID))).collect());

/// dM/dL = T + y(1−y)·(S′ + L·T′).
#[inline(always)]
fn slope(coefficients: &[f64], Point { log_odds, c, both }: Point) -> f64 {
    let (mut flat, mut inner) = (0.0, 0.0);
    for (i, a) in coefficients.iter().enumerate() {
        let (times_log_odds, power) = place(i + 1);
        let below = (1..power).fold(1.0, |product, _| product * c);
        let derivative = if power == 0 { 0.0 } else { power as f64 * below };
        if times_log_odds {
            flat += a * if power == 0 { 1.0 } else { below * c };
            inner += a * log_odds * derivative;
        } else {
            inner += a * derivative;
        }
    }
    flat + both * inner
}

/// The slope dM/dL far out: T at y = 0 and at y = 1. With a lower bound the value grows like (1−y)^(−second) there.
pub(super) fn end_slopes(coefficients: &[f64]) -> (f64, f64) {
    let at = |c: f64| {
        let terms = coefficients.iter().enumerate().filter(|(i, _)| place(i + 1).0);
        terms.map(|(i, a)| a * basis(i + 1, c, 1.0)).sum()
    };
    (at(-0.5), at(0.5))
}

/// Whether the quantile function rises everywhere: on a grid of log-odds, between its lowest neighbours, and far out.
pub(super) fn rises(coefficients: &[f64]) -> bool {
    let largest = coefficients.iter().skip(1).fold(0.0, |most: f64, a| most.max(a.abs()));
    let floor = -SLOPE_ROUNDING * largest;
    let ends = end_slopes(coefficients);
    if !(ends.0 >= floor && ends.1 >= floor) {
        return false;
    }
    let at = |i: i32| slope(coefficients, POINTS[(i + GRID + 1) as usize]);
    let (mut before, mut here) = (at(-GRID - 1), at(-GRID));
    for i in -GRID..=GRID {
        let after = at(i + 1);
        let lowest = here <= before && here <= after;
        // A parabola through three points dips below the middle one by an eighth of what lies between them at most: where eight
        // times as much does not reach the floor, there is nothing to look for.
        let is_near = here - (before.max(after) - here) < floor;
        if here < floor || (lowest && is_near && lowest_between(coefficients, i) < floor) {
            return false;
        }
        (before, here) = (here, after);
    }
    true
}

/// The least slope between a grid point's neighbours, by ternary search.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn lowest_between(coefficients: &[f64], i: i32) -> f64 {
    let (mut from, mut to) =
        (f64::from(i - 1) * FARTHEST / f64::from(GRID), f64::from(i + 1) * FARTHEST / f64::from(GRID));
    for _ in 0..40 {
        let (left, right) = (from + (to - from) / 3.0, to - (to - from) / 3.0);
        if slope(coefficients, point(left)) < slope(coefficients, point(right)) {
            to = right;
        } else {
            from = left;
        }
    }
    slope(coefficients, point(0.5 * (from + to)))
}

/// Coefficients of the k-term metalog through k quantiles (p, value on the line): Gaussian elimination with pivots.
pub(super) fn through(points: &[(f64, f64)]) -> Vec<f64> {
    let k = points.len();
    let mut rows: Vec<Vec<f64>> = points
        .iter()
        .map(|&(p, x)| {
            let (c, log_odds) = (p - 0.5, ln(p) - ln(1.0 - p));
            (1..=k).map(|term| basis(term, c, log_odds)).chain([x]).collect()
        })
        .collect();
    for column in 0..k {
        let pivot = (column..k)
            .fold(column, |best, row| if rows[row][column].abs() > rows[best][column].abs() { row } else { best });
        rows.swap(column, pivot);
        let (done, rest) = rows.split_at_mut(column + 1);
        let above = &done[column];
        for row in rest {
            let factor = row[column] / above[column];
            row.iter_mut().zip(above).skip(column).for_each(|(entry, pivot)| *entry -= factor * pivot);
        }
    }
    let mut solution = vec![0.0; k];
    for row in (0..k).rev() {
        let known: f64 = (row + 1..k).map(|j| rows[row][j] * solution[j]).sum();
        solution[row] = (rows[row][k] - known) / rows[row][row];
    }
    solution
}

/// From a value to the line that M lives on: the value, ln(x − low), −ln(high − x), or the log-odds between the bounds.
pub(super) fn to_line(x: f64, low: Option<f64>, high: Option<f64>) -> f64 {
    match (low, high) {
        (None, None) => x,
        (Some(low), None) => ln(x - low),
        (None, Some(high)) => -ln(high - x),
        (Some(low), Some(high)) => ln((x - low) / (high - x)),
    }
}

/// Back from the line to the value.
#[inline(always)]
pub(super) fn value(m: f64, low: Option<f64>, high: Option<f64>) -> f64 {
    match (low, high) {
        (None, None) => m,
        (Some(low), None) => low + exp(m),
        (None, Some(high)) => high - exp(-m),
        (Some(low), Some(high)) => low + (high - low) * logistic(m),
    }
}

/// Coefficients of `factor` times the number.
pub(super) fn scaled(coefficients: &[f64], low: Option<f64>, high: Option<f64>, factor: f64) -> Vec<f64> {
    let mut scaled = coefficients.to_vec();
    match (low, high) {
        (None, None) => scaled.iter_mut().for_each(|a| *a *= factor),
        (Some(_), None) => scaled[0] += ln(factor),
        (None, Some(_)) => scaled[0] -= ln(factor),
        (Some(_), Some(_)) => {}
    }
    scaled
}

/// The y with M(y) = m, as y and 1 − y: Newton's method in L inside a shrinking bracket.
pub(super) fn tails(coefficients: &[f64], m: f64) -> (f64, f64) {
    let at = |log_odds: f64| series_at(coefficients, centred(logistic(log_odds), logistic(-log_odds)), log_odds);
    let (mut from, mut to, mut here) = (-745.0, 745.0, 0.0);
    for _ in 0..200 {
        let excess = at(here) - m;
        if excess > 0.0 {
            to = here;
        } else {
            from = here;
        }
        let newton = here - excess / slope(coefficients, point(here));
        let next = if newton > from && newton < to { newton } else { 0.5 * (from + to) };
        if (next - here).abs() <= 1e-15 * here.abs().max(1.0) {
            break;
        }
        here = next;
    }
    (logistic(here), logistic(-here))
}
