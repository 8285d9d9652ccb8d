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
    let ends = [0.1, 0.9].map(|p| as_said(&unknown.path, unknown.value(p)));
    let (low, high) = (beside(0.1)?, beside(0.9)?);
    Some(Hinge {
        path: unknown.path.clone(),
        label: label(summary, (leader, with), scenario, &unknown.path),
        low: written(ends[0], ends[1], &unit),
        high: format!("{} {}", written(ends[1], ends[0], &unit), input::counted_in(&unknown.path))
            .trim_end()
            .to_owned(),
        unit: input::counted_in(&unknown.path).to_owned(),
        delta_low: low.0,
        delta_high: high.0,
        error: both(low.1, high.1),
        flip: flip(summary, (leader, with), decider, grid, &unit),
    })
}

/// What an input is called beside the two that are compared: with the time that its value is of, and of a platform by the name of
/// the option that it stands under where the platform's does not say which of the two is meant.
#[must_use]
pub fn label(summary: &Summary, compared: (usize, usize), scenario: &Scenario, path: &str) -> String {
    let (unit, currency) = (input::unit(scenario, path), input::currency(scenario, path));
    let words = input::words(scenario, path);
    let words = match input::platform_of(scenario, path) {
        Some((platform, title)) => named(summary, compared, scenario, (platform, &title), words),
        None => words,
    };
    let is_monthly = currency.is_some() && unit.split('/').nth(1).is_some_and(|of| of.trim() == "month");
    if is_monthly && !words.contains("a month") { format!("{words} a month") } else { words }
}

/// The words with the option's name for the platform's title, where one of the two compared stands on it, no option is called so, and it is not today's.
fn named(
    summary: &Summary,
    (leader, with): (usize, usize),
    scenario: &Scenario,
    (platform, title): (usize, &str),
    words: String,
) -> String {
    let stands = |option: &usize| {
        let name = &summary.options[*option].name;
        scenario.options.iter().any(|own| own.name == *name && own.platform.0 == platform)
    };
    // Today's platform is known by its name, whatever who stays on it is called.
    let is_called = stands(&summary.baseline)
        || (0..summary.options.len()).any(|option| side::name(summary, option).starts_with(title));
    match [leader, with].iter().filter(|option| !is_called && stands(option)).collect::<Vec<_>>()[..] {
        [only] => {
            let name = side::name(summary, *only);
            words.strip_suffix(title).map_or_else(|| words.clone(), |rest| format!("{rest}{name}"))
        }
        _ => words,
    }
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

/// What knowing is worth is noise up to so many of its standard errors.
const NOISE: f64 = 2.0;

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
    // A turn that is worth no more than its noise is noise.
    if knowing.worth.value <= NOISE * knowing.worth.se {
        return None;
    }
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
    let value = as_said(path, value);
    format!("{} {said}", written(value, value, unit)).trim_end().to_owned()
}

/// A value to two figures, to three from a hundred on, with as much of its unit as its label does not say: "2.7 %", "$230". Beside
/// another value it has no digit that says nothing there: "−0.1 %" beside "7.3 %".
fn written(value: f64, beside: f64, (unit, currency): &(String, Option<Currency>)) -> String {
    let size = value.abs();
    let two = |size: f64| amounts::power(size, if size >= 100.0 { 3 } else { 2 });
    let step = if size < beside.abs() / FAR { two(beside.abs()).max(two(size)) } else { two(size) };
    let nearest = amounts::nearest(size * 1e2, step * 1e2) / 1e2;
    let sign = if value < 0.0 && nearest > 0.0 { "\u{2212}" } else { "" };
    match currency {
        _ if unit.starts_with("share") => match nearest {
            // So few are told as one in so many.
            few if few > 0.0 && few < RARE => format!("{sign}1 in {}", significant(two_figures(1.0 / few))),
            some => format!("{sign}{} %", significant(some * 100.0)),
        },
        Some(currency) => format!("{sign}{}{}", currency.sign(), significant(nearest)),
        None => format!("{sign}{}", significant(nearest)),
    }
}

/// A value so many times smaller than the other end has that one's digits.
const FAR: f64 = 20.0;
/// A share below this one is said as one in so many.
const RARE: f64 = 0.001;

fn two_figures(value: f64) -> f64 {
    amounts::nearest(value, amounts::power(value, 2))
}

#[cfg(test)]
mod tests {
    use super::written;
    use crate::units::Currency;

    #[test]
    fn an_end_of_a_range_has_no_digit_that_says_nothing_beside_the_other() {
        let share = ("share / month".to_owned(), None);
        let dollars = ("$ / month".to_owned(), Some(Currency::USD));
        let cases = [
            ((-0.000_94, 0.073, &share), "\u{2212}0.1 %"),
            ((-0.000_31, 0.073, &share), "0 %"),
            ((-0.003_9, 0.073, &share), "\u{2212}0.39 %"),
            ((0.073, -0.000_94, &share), "7.3 %"),
            ((0.000_068, 0.000_21, &share), "1 in 15,000"),
            ((282_000.0, 1_700_000.0, &dollars), "$282,000"),
            ((7.2, 46.0, &(String::new(), None)), "7.2"),
        ];
        for ((value, beside, unit), wanted) in cases {
            assert_eq!(written(value, beside, unit), wanted, "{value} beside {beside}");
        }
    }
}
