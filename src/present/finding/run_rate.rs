//! What the picture of a month's cost says: what it is in the end, and from when on the leader's is below.

use crate::present::finding::month::{Month, Months, YEAR};
use crate::present::finding::{names, nobody_leaves};
use crate::present::number::{HALF_A_CENT, month, span};
use crate::present::side;
use crate::study::verdict::Verdict;
use crate::summary::{Leaving, Mean, Summary, When};

/// Share of the project's cost that lies before the window in which it is said to happen, and after it.
const TAIL: f64 = 0.05;

/// The finding: what a month costs in the end on each platform that the verdict speaks of, and that the difference does not
/// pay for the move where it does not.
#[must_use]
pub fn title(summary: &Summary, verdict: &Verdict) -> String {
    let leader = verdict.leader.option;
    let (own, base) = names(summary, leader);
    if nobody_leaves(summary, verdict) {
        return format!("Nobody leaves within {}: every month costs what it does on {base}", span(summary.months));
    }
    let months = Months::of(summary, verdict);
    let costs = |option: usize| months.total(Month::of(summary, option));
    let (now, then) = (costs(leader), costs(summary.baseline));
    let with = verdict.rule.leading.with;
    let between = match with == summary.baseline {
        true => " and".to_owned(),
        false => format!(", {} on {} and", costs(with), side::name(summary, with)),
    };
    let same = same_place_in_the_end(summary, verdict);
    let about_the_same = if same.is_some() { "about the same" } else { "on average" };
    let but = in_vain(summary, verdict).or(same).map_or_else(String::new, |said| format!("; {said}"));
    let a_month = match period(summary).as_str() {
        "" => "A month".to_owned(),
        period => format!("{} a month", super::hinges::capital(period)),
    };
    let comma = if about_the_same == "on average" { "" } else { "," };
    format!("{a_month} costs {about_the_same}{comma} {now} on {own}{between} {then} on {base}{but}")
}

/// Months that differ by less than this share of one cost about the same.
const SAME: f64 = 0.05;

/// Where who stays is forced to where the leader goes by itself, both cost about the same a month once there: that, and what the
/// year says in which they differ most.
fn same_place_in_the_end(summary: &Summary, verdict: &Verdict) -> Option<String> {
    let (leader, base) = (verdict.leader.option, summary.baseline);
    side::forced_to(summary, base)?;
    let month = |option: usize, year: usize| Month::in_months(summary, option, year * YEAR, YEAR).total();
    let apart = |year: usize| (month(leader, year) - month(base, year)) / month(base, year).max(HALF_A_CENT);
    let last = (summary.months as usize / YEAR).checked_sub(1)?;
    let year = (0..last).max_by(|a, b| apart(*a).abs().total_cmp(&apart(*b).abs()))?;
    if apart(last).abs() > SAME || apart(year).abs() <= SAME {
        return None;
    }
    let when = match summary.start.plus((year * YEAR) as i32) {
        first if first.index() == 0 => format!("in {}", first.year()),
        _ => format!("in year {}", year + 1),
    };
    let word = if apart(year) < 0.0 { "cheaper" } else { "dearer" };
    Some(format!("{when} it is {:.0} % {word} on {}", 100.0 * apart(year).abs(), side::name(summary, leader)))
}

/// Where the verdict is not for leaving although the leader's month is no dearer than today's: that it is dearer than the one
/// that the verdict compares it with, or that what it saves does not pay for the move.
fn in_vain(summary: &Summary, verdict: &Verdict) -> Option<String> {
    let (leader, with) = (verdict.leader.option, verdict.rule.leading.with);
    if verdict.word.is_for_leaving() {
        return None;
    }
    let months = Months::of(summary, verdict);
    let month = |option: usize| Month::of(summary, option);
    let (own, name) = (side::name(summary, leader), |option: usize| side::name(summary, option));
    let saves = |other: usize, dearer: f64| month(leader).total() < month(other).total() && dearer > 0.0;
    if with != summary.baseline && verdict.rule.leading.difference.value > 0.0 {
        let is_dearer = months.is_above(month(leader), month(with));
        return match saves(with, 1.0) {
            true => Some(format!("what {own} saves beside {} does not pay for the move", name(with))),
            false => is_dearer.then(|| format!("{own} is dearer a month than {}", name(with))),
        };
    }
    let base = summary.baseline;
    let is_it = saves(base, verdict.leader.difference.value);
    is_it.then(|| format!("what {own} saves beside {} does not pay for the move", name(base)))
}

/// What a month costs in the end: "$3,600 a month in 2030".
#[must_use]
pub fn in_the_end(summary: &Summary, verdict: &Verdict, option: usize) -> String {
    let total = Months::of(summary, verdict).total(Month::of(summary, option));
    format!("{total} a month {}", period(summary)).trim_end().to_owned()
}

/// The months at the end of which the mean is told: a year, of the calendar where it is one; nothing where there is no more.
fn period(summary: &Summary) -> String {
    let Some(before) = summary.months.checked_sub(YEAR as u32).filter(|before| *before > 0) else {
        return String::new();
    };
    let first = summary.start.plus(before as i32);
    if first.index() == 0 { format!("in {}", first.year()) } else { "in the last year".to_owned() }
}

/// What is said of the months of the move, the longest way first: what they are, and what is higher than is drawn.
#[must_use]
pub fn of_move(peak: &str) -> Vec<String> {
    match peak {
        "" => vec!["9 in 10 of its hours fall in these months".to_owned()],
        peak => vec![
            format!("9 in 10 of its hours fall in these months; {peak}"),
            format!("9 in 10 of its hours; {peak}"),
            peak.to_owned(),
        ],
    }
}

/// What of the leader's line and band is higher than is drawn; nothing where all of it is.
#[must_use]
pub fn peak(summary: &Summary, option: usize, band: f64, drawn: f64) -> String {
    let monthly = summary.options[option].costs[summary.lens() as usize].monthly.iter().enumerate();
    let highest = monthly.max_by(|a, b| a.1.mean.value.total_cmp(&b.1.mean.value));
    let line = highest.filter(|(_, s)| s.mean.value > drawn).map(|(place, s)| {
        let month = month(summary.start, place as u32 + 1);
        format!("{} in {month}", summary.currency.bill(s.mean.value, 0.0))
    });
    let band = (band > drawn).then(|| format!("1 in 10 above {}", summary.currency.bill(band, 0.0)));
    let all: Vec<String> = line.into_iter().chain(band).collect();
    match all.is_empty() {
        true => String::new(),
        false => format!("higher than drawn: {}", all.join(", ")),
    }
}

/// The month from which on the leader's mean cost stays below the baseline's, the move counted, and where the lines cross in
/// months; nothing where they do not.
#[must_use]
pub fn crossing(summary: &Summary, option: usize) -> Option<(u32, f64)> {
    let by_month = |option: usize| &summary.options[option].costs[summary.lens() as usize].monthly;
    let above: Vec<f64> =
        by_month(option).iter().zip(by_month(summary.baseline)).map(|(o, b)| o.mean.value - b.mean.value).collect();
    let last = above.iter().rposition(|d| *d >= HALF_A_CENT)?;
    let (before, after) = (above[last], *above.get(last + 1)?);
    Some((last as u32 + 2, last as f64 + 0.5 + before / (before - after)))
}

/// What the diamonds at the lines' ends are.
#[must_use]
pub fn diamonds(summary: &Summary) -> String {
    format!("Diamonds: mean month {}.", period(summary)).replace(" .", ".")
}

/// What is drawn.
#[must_use]
pub fn subtitle(summary: &Summary, verdict: &Verdict, has_band: bool) -> Vec<String> {
    let (own, _) = names(summary, verdict.leader.option);
    let band = if has_band { format!(". Band: {own} in 8 of 10 futures") } else { String::new() };
    vec![
        format!(
            "What a month costs: {} and the move, {} as paid",
            super::counted(summary).replace(" and", ","),
            summary.currency.name()
        ),
        format!("By calendar month. Lines: mean of all futures, with the move{band}"),
    ]
}

/// An option whose move begins earlier or later by more months than these has no months of the move.
const SAME_START: u32 = 6;

/// The months of the leader's move, where it begins at about the same time in all futures: of one that waits for something, the
/// months between the earliest and the latest are no project's.
#[must_use]
pub fn window_of(summary: &Summary, option: usize) -> Option<(u32, u32)> {
    let chosen = &summary.options[option];
    let begins = |at: When| match at {
        When::FromStart => 0,
        When::Month(month) => month,
        When::Never => u32::MAX,
    };
    let spread = |leaving: &Leaving| begins(leaving.month[2].at).saturating_sub(begins(leaving.month[0].at));
    let waits = chosen.leaving.as_ref().is_some_and(|leaving| !leaving.is_at_once() && spread(leaving) > SAME_START);
    if waits { None } else { move_window(&chosen.project) }
}

/// The months between which nearly all of a project's cost falls, if it has any: the first and the last, from 1.
#[must_use]
pub fn move_window(project: &[Mean]) -> Option<(u32, u32)> {
    let total: f64 = project.iter().map(|m| m.value).sum();
    if total < 0.005 {
        return None;
    }
    let mut so_far = 0.0;
    let by: Vec<f64> = project
        .iter()
        .map(|m| {
            so_far += m.value;
            so_far / total
        })
        .collect();
    let month_of = |share: f64| by.iter().position(|b| *b >= share).map_or(by.len(), |place| place + 1) as u32;
    Some((month_of(TAIL), month_of(1.0 - TAIL)))
}

/// When the move happens, in words.
#[must_use]
pub fn window(summary: &Summary, (first, last): (u32, u32)) -> String {
    let (from, to) = (month(summary.start, first), month(summary.start, last));
    if from == to { format!("The move: {from}") } else { format!("The move: {from} to {to}") }
}

#[cfg(test)]
mod tests {
    use super::move_window;
    use crate::summary::Mean;

    #[test]
    fn the_move_lasts_from_its_first_twentieth_to_its_last() {
        let mean = |value: f64| Mean { value, se: 0.0, sd: 0.0 };
        let project = |values: &[f64]| values.iter().map(|v| mean(*v)).collect::<Vec<_>>();
        assert_eq!(move_window(&project(&[0.0, 3.0, 40.0, 50.0, 4.0, 3.0])), Some((3, 5)));
        assert_eq!(move_window(&project(&[0.0, 0.0])), None);
        assert_eq!(move_window(&project(&[9.0])), Some((1, 1)));
    }
}
