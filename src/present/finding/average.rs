//! Average differences as a report writes them, the same in sentences, tables and pictures.

use super::{never_left, on_average_beside};
use crate::present::grid;
use crate::study::later::Later;
use crate::study::verdict::{Standing, Verdict};
use crate::summary::Summary;

/// An option beside the baseline: "$380k cheaper", "nobody leaves".
#[must_use]
pub fn beside_baseline(summary: &Summary, verdict: &Verdict, standing: &Standing) -> String {
    let leading = &verdict.rule.leading;
    match adding_up(summary, verdict) {
        Some([own, ..]) if standing.option == leading.option => own,
        Some([_, other, _]) if standing.option == leading.with => other,
        _ => on_average_beside(summary, standing),
    }
}

/// The same by the option's place.
#[must_use]
pub fn of_option(summary: &Summary, verdict: &Verdict, option: usize) -> Option<String> {
    let standing = [&verdict.leader].into_iter().chain(&verdict.others).find(|standing| standing.option == option);
    standing.map(|standing| beside_baseline(summary, verdict, standing))
}

/// An option's difference from the baseline as it is written, dollars.
#[must_use]
pub fn rounded(summary: &Summary, verdict: &Verdict, standing: &Standing) -> f64 {
    let (leading, dollars) = (&verdict.rule.leading, standing.difference.value);
    let is_told = standing.option == leading.option || standing.option == leading.with;
    let unit = match compared(summary, verdict).filter(|_| is_told) {
        Some(_) => grid(summary, verdict),
        None => grid::unit(dollars.abs(), 2, standing.difference.se),
    };
    grid::nearest(dollars, unit)
}

/// The grid that the leader's difference is written on, and that of what the verdict compares it with.
#[must_use]
pub fn grid(summary: &Summary, verdict: &Verdict) -> f64 {
    let leading = &verdict.rule.leading;
    let own = verdict.leader.difference.value;
    match compared(summary, verdict) {
        Some(other) => grid::adding_up(own, other, leading.difference.se),
        None => grid::unit(own.abs(), 2, verdict.leader.difference.se),
    }
}

/// The leader beside what the verdict compares it with.
#[must_use]
pub fn beside_other(summary: &Summary, verdict: &Verdict) -> String {
    let difference = verdict.rule.leading.difference;
    adding_up(summary, verdict)
        .map_or_else(|| summary.currency.beside(difference.value, difference.se), |[_, _, apart]| apart)
}

/// The leader beside the baseline, put off: the run's own average, and what putting off adds future by future.
#[must_use]
pub fn put_off(summary: &Summary, verdict: &Verdict, later: &Later) -> String {
    let leader = verdict.leader.difference;
    summary.currency.beside(leader.value + later.beside_now.value, later.beside_now.se.max(leader.se))
}

/// The delay that is cheapest on average.
#[must_use]
pub fn best_delay(verdict: &Verdict) -> Option<&Later> {
    verdict.rule.later.iter().min_by(|a, b| a.beside_now.value.total_cmp(&b.beside_now.value))
}

/// Where a report says by how much the leader differs from another option than the baseline: both beside the baseline, and the one
/// beside the other, so that the three add up.
fn adding_up(summary: &Summary, verdict: &Verdict) -> Option<[String; 3]> {
    let own = verdict.leader.difference.value;
    compared(summary, verdict)
        .map(|other| summary.currency.beside_apart(own, other, verdict.rule.leading.difference.se))
}

/// What the other option comes to beside the baseline, where the leader's difference from it is told and more than noise.
fn compared(summary: &Summary, verdict: &Verdict) -> Option<f64> {
    let leading = &verdict.rule.leading;
    let is_told = leading.with != summary.baseline;
    let is_sure = leading.difference.value.abs() > leading.difference.se && !never_left(summary, leading.option);
    let other = verdict.others.iter().find(|other| other.option == leading.with)?;
    (is_told && is_sure).then_some(other.difference.value)
}
