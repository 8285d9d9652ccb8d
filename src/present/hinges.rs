//! What the answer hinges on, in words and figures: from the study of deciders to what page and picture show.

use super::finding::hinges::{Flip, Hinge, LIKELY, rival};
use super::number::significant;
use super::{grid as amounts, input, side};
use crate::model::Scenario;
use crate::plan::unknown::Unknown;
use crate::study::answer::Answer;
use crate::study::curve::{Grid, Group};
use crate::study::deciders::Decider;
use crate::study::knowing::knowing;
use crate::study::verdict::Verdict;
use crate::summary::{Probability, Summary};
use crate::units::Currency;

/// Chances are shown in tens; so many parts say them well enough.
const PARTS: f64 = 10_000.0;

/// Everything that moves the leading option's difference by more than noise: first what is likely to turn the choice, then what
/// moves it most. Page and picture show the first of these.
#[must_use]
pub fn of(summary: &Summary, verdict: &Verdict, scenario: &Scenario, answer: &Answer) -> Vec<Hinge> {
    let (leader, with) = (verdict.leader.option, rival(verdict));
    let is_one_of_cases = |path: &str| path.starts_with("demand.case");
    let shown = answer.deciders.iter().filter(|d| d.matters() && !is_one_of_cases(&d.unknown.path));
    let grid = Grid::default();
    let mut hinges: Vec<Hinge> =
        shown.filter_map(|decider| hinge(summary, (leader, with), scenario, decider, &grid)).collect();
    hinges.retain(Hinge::is_seen);
    let turns = |hinge: &Hinge| hinge.flip.is_some();
    hinges.sort_by(|a, b| turns(b).cmp(&turns(a)).then(b.swing().total_cmp(&a.swing())));
    hinges
}

fn hinge(
    summary: &Summary,
    (leader, with): (usize, usize),
    scenario: &Scenario,
    decider: &Decider,
    grid: &Grid,
) -> Option<Hinge> {
    let Decider { unknown, groups, curves, .. } = decider;
    let on = |option: usize| curves[option].as_ref().map(|curve| curve.on(grid));
    let (own, other) = (on(leader)?, on(with));
    // Nothing stands under the baseline, of which the differences are. The values are those of the curves that the flips are
    // read from, so that a bar and the words beside it agree; the errors are those of the groups there.
    let beside = |p: f64| {
        let place = grid.place(p);
        let value = own[place] - other.as_ref().map_or(0.0, |other| other[place]);
        let (own, other) = (error_about(&groups[leader], p)?, error_about(&groups[with], p).unwrap_or(0.0));
        Some((value, both(own, other)))
    };
    // A growth case has no value to draw a bar by, and neither has a row that says several things.
    if !unknown.is_number() {
        return None;
    }
    let said_in = input::said_in(&unknown.path);
    let own = || input::unit(scenario, &unknown.path);
    let unit = (said_in.map_or_else(own, |(unit, _)| unit.to_owned()), input::currency(scenario, &unknown.path));
    let written = |p: f64| written(as_said(&unknown.path, unknown.value(p)), &unit);
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
        flip: flip(summary, (leader, with), decider, grid, &unit),
    })
}

/// The standard error of the mean difference of the futures in which the unknown is about where a share of all outcomes lies
/// below: of the group that holds it, and of the one before where it is at the edge of two.
fn error_about(groups: &[Group], p: f64) -> Option<f64> {
    let place = p * groups.len() as f64;
    let last = (place as usize).min(groups.len().checked_sub(1)?);
    let first = (((place - 1e-9).max(0.0)) as usize).min(last);
    let held = &groups[first..=last];
    let trials = held.iter().map(|group| group.count).sum::<u64>() as f64;
    let error = held.iter().map(|group| group.se * group.count as f64 / trials).fold(0.0, both);
    (trials > 0.0).then_some(error)
}

/// The standard error of a sum or a difference of two that chance keeps apart.
fn both(one: f64, other: f64) -> f64 {
    (one * one + other * other).sqrt()
}

/// Where the leading option begins or ceases to be cheaper on average than its rival, nearest to the middle; nothing where the
/// input lies beyond in fewer futures than are spoken of.
fn flip(
    summary: &Summary,
    (leader, with): (usize, usize),
    decider: &Decider,
    grid: &Grid,
    unit: &(String, Option<Currency>),
) -> Option<Flip> {
    const LEADER: usize = 0;
    let curves = [leader, with].map(|option| decider.curves[option].clone());
    let (knowing, _) = knowing(&curves, grid);
    let nearest =
        knowing.flips.iter().min_by(|a, b| (a.probability - 0.5).abs().total_cmp(&(b.probability - 0.5).abs()))?;
    let is_best = knowing.best == LEADER;
    // What is said is the side on which the choice is another than without knowing.
    let says_above = (nearest.above == LEADER) != is_best;
    let beyond = if says_above { 1.0 - nearest.probability } else { nearest.probability };
    if beyond < LIKELY {
        return None;
    }
    let leaves = |option: usize| summary.options[option].leaves;
    let who_wins = match (is_best, leaves(leader) && !leaves(with)) {
        (true, true) => "leaving loses on average".to_owned(),
        (false, true) => "leaving wins on average".to_owned(),
        (is_best, false) => format!("{} wins", side::name(summary, if is_best { with } else { leader })),
    };
    let where_to = if says_above { "above" } else { "below" };
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

/// A value in the unit that it is said in.
fn as_said(path: &str, value: f64) -> f64 {
    input::said_in(path).map_or(value, |(_, times)| value * times)
}

/// A value with its unit: "69 hours", "1.9 times the plan".
fn with_unit(value: f64, unit: &(String, Option<Currency>), path: &str) -> String {
    let said = match input::counted_in(path) {
        "" if unit.0.starts_with("share") || unit.1.is_some() => "",
        "" => unit.0.split('/').next().unwrap_or_default().trim(),
        said => said,
    };
    format!("{} {said}", written(as_said(path, value), unit)).trim_end().to_owned()
}

/// A value to two figures, to three from a hundred on, with as much of its unit as its label does not say: "2.7 %", "$230".
fn written(value: f64, (unit, currency): &(String, Option<Currency>)) -> String {
    let sign = if value < 0.0 { "\u{2212}" } else { "" };
    let shown =
        |size: f64| significant(amounts::nearest(size, amounts::power(size, if size >= 100.0 { 3 } else { 2 })));
    let size = value.abs();
    match currency {
        _ if unit.starts_with("share") => format!("{sign}{} %", shown(size * 100.0)),
        Some(currency) => format!("{sign}{}{}", currency.sign(), shown(size)),
        None => format!("{sign}{}", shown(size)),
    }
}
