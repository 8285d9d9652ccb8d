//! What the answer hinges on, in words and figures: from the study of deciders to what page and picture show.

use super::finding::hinges::{Flip, Hinge};
use super::number::significant;
use super::{grid, input, side};
use crate::model::Scenario;
use crate::plan::unknown::Unknown;
use crate::study::answer::Answer;
use crate::study::curve::Group;
use crate::study::deciders::Decider;
use crate::study::verdict::Verdict;
use crate::summary::{Probability, Summary};
use crate::units::Currency;

/// Chances are shown in tens; so many parts say them well enough.
const PARTS: f64 = 10_000.0;

/// Everything that moves the leading option's difference by more than noise: first what turns the choice, the most valuable
/// first, then what moves it most.
#[must_use]
pub fn of(summary: &Summary, verdict: &Verdict, scenario: &Scenario, answer: &Answer) -> Vec<Hinge> {
    let (leader, with) = (verdict.leader.option, verdict.rule.leading.with);
    let is_one_of_cases = |path: &str| path.starts_with("demand.case");
    let shown = answer.deciders.iter().filter(|d| d.matters() && !is_one_of_cases(&d.unknown.path));
    let mut hinges: Vec<Hinge> =
        shown.filter_map(|decider| hinge(summary, (leader, with), scenario, decider)).collect();
    hinges.sort_by(|a, b| b.flip.is_some().cmp(&a.flip.is_some()).then(b.swing().total_cmp(&a.swing())));
    hinges
}

fn hinge(summary: &Summary, (leader, with): (usize, usize), scenario: &Scenario, decider: &Decider) -> Option<Hinge> {
    let Decider { unknown, groups, .. } = decider;
    // Nothing stands under the baseline, of which the differences are.
    let beside = |p: f64| {
        let (own, other) = (about(&groups[leader], p)?, about(&groups[with], p).unwrap_or((0.0, 0.0)));
        Some((own.0 - other.0, both(own.1, other.1)))
    };
    // A growth case has no value to draw a bar by, and neither has a row that says several things.
    if !unknown.is_number() {
        return None;
    }
    let unit = (input::unit(scenario, &unknown.path), input::currency(scenario, &unknown.path));
    let written = |p: f64| written(unknown.value(p), &unit);
    let (low, high) = (beside(0.1)?, beside(0.9)?);
    Some(Hinge {
        path: unknown.path.clone(),
        label: input::words(scenario, &unknown.path),
        low: written(0.1),
        high: format!("{} {}", written(0.9), input::counted_in(&unknown.path)).trim_end().to_owned(),
        unit: input::counted_in(&unknown.path).to_owned(),
        delta_low: low.0,
        delta_high: high.0,
        error: both(low.1, high.1),
        flip: flip(summary, leader, decider, &unit),
    })
}

/// The mean difference of the futures in which the unknown is about where a share of all outcomes lies below: of the group
/// that holds it, and of the one before where it is at the edge of two; and its standard error.
fn about(groups: &[Group], p: f64) -> Option<(f64, f64)> {
    let place = p * groups.len() as f64;
    let last = (place as usize).min(groups.len().checked_sub(1)?);
    let first = (((place - 1e-9).max(0.0)) as usize).min(last);
    let held = &groups[first..=last];
    let trials = held.iter().map(|group| group.count).sum::<u64>() as f64;
    let weighted = |group: &Group, of: f64| of * group.count as f64 / trials;
    let mean = held.iter().map(|group| weighted(group, group.mean)).sum();
    let error = held.iter().map(|group| weighted(group, group.se)).fold(0.0, both);
    (trials > 0.0).then_some((mean, error))
}

/// The standard error of a sum or a difference of two that chance keeps apart.
fn both(one: f64, other: f64) -> f64 {
    (one * one + other * other).sqrt()
}

/// Where the leading option begins or ceases to be the best, nearest to the middle.
fn flip(summary: &Summary, leader: usize, decider: &Decider, unit: &(String, Option<Currency>)) -> Option<Flip> {
    let turns = decider.knowing.flips.iter().filter(|flip| flip.below == leader || flip.above == leader);
    let nearest = turns.min_by(|a, b| (a.probability - 0.5).abs().total_cmp(&(b.probability - 0.5).abs()))?;
    let wins_above = nearest.above == leader;
    let is_best = decider.knowing.best == leader;
    // What is said is the side on which the choice is another than without knowing.
    let says_above = wins_above != is_best;
    let other = if wins_above { nearest.below } else { nearest.above };
    let leaves = |option: usize| summary.options[option].leaves;
    let who_wins = match (is_best, leaves(leader) && !leaves(other)) {
        (true, true) => "leaving loses".to_owned(),
        (false, true) => "leaving wins".to_owned(),
        (is_best, false) => format!("{} wins", side::name(summary, if is_best { other } else { leader })),
    };
    let where_to = if says_above { "above" } else { "below" };
    let beyond = if says_above { 1.0 - nearest.probability } else { nearest.probability };
    Some(Flip {
        text: format!(
            "{who_wins} {where_to} {}",
            with_unit(at(&decider.unknown, nearest.probability), unit, &decider.unknown.path)
        ),
        beyond: Probability { count: (beyond * PARTS).round() as u64, of: PARTS as u64 },
    })
}

fn at(unknown: &Unknown, p: f64) -> f64 {
    unknown.value(p.clamp(0.0, 1.0))
}

/// A value with its unit: "69 hours", "1.9 times the plan".
fn with_unit(value: f64, unit: &(String, Option<Currency>), path: &str) -> String {
    let said = match input::counted_in(path) {
        "" if unit.0.starts_with("share") || unit.1.is_some() => "",
        "" => unit.0.split('/').next().unwrap_or_default().trim(),
        said => said,
    };
    format!("{} {said}", written(value, unit)).trim_end().to_owned()
}

/// A value to two figures, to three from a hundred on, with as much of its unit as its label does not say: "2.7 %", "$230".
fn written(value: f64, (unit, currency): &(String, Option<Currency>)) -> String {
    let sign = if value < 0.0 { "\u{2212}" } else { "" };
    let shown = |size: f64| significant(grid::nearest(size, grid::power(size, if size >= 100.0 { 3 } else { 2 })));
    let size = value.abs();
    match currency {
        _ if unit.starts_with("share") => format!("{sign}{} %", shown(size * 100.0)),
        Some(currency) => format!("{sign}{}{}", currency.sign(), shown(size)),
        None => format!("{sign}{}", shown(size)),
    }
}
