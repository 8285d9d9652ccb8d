//! What the picture of a month's cost says: what it is in the end, and from when on the leader's is below.

use crate::present::finding::month::{Month, Months, YEAR};
use crate::present::finding::{names, nobody_leaves};
use crate::present::number::{HALF_A_CENT, month, span};
use crate::present::side;
use crate::study::verdict::Verdict;
use crate::summary::{Mean, Summary};

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
    // The platform beside which a month is cheaper there, though all of it is not by the horizon.
    let is_in_vain = |other: usize, difference: f64| {
        let [own, other] = [leader, other].map(|option| Month::of(summary, option).total());
        own < other && difference > 0.0 && !verdict.word.is_for_leaving()
    };
    let but = match &verdict.rule.leading {
        _ if is_in_vain(summary.baseline, verdict.leader.difference.value) => {
            "; that does not pay for the move".to_owned()
        }
        leading if with != summary.baseline && is_in_vain(with, leading.difference.value) => {
            format!("; beside {} that does not pay for the move", side::name(summary, with))
        }
        _ => String::new(),
    };
    let a_month = match period(summary).as_str() {
        "" => "A month".to_owned(),
        period => format!("{} a month", super::hinges::capital(period)),
    };
    format!("{a_month} costs on average {now} on {own}{between} {then} on {base}{but}")
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

/// What of the leader's line and band is higher than is drawn; else what the months of the move are.
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
        true => "9 in 10 of its hours".to_owned(),
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
