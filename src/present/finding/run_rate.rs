//! What the picture of a month's cost says: from when on a month costs no more, and what it costs in the end.

use crate::present::finding::{names, nobody_leaves};
use crate::present::number::{month, span, third};
use crate::study::verdict::Verdict;
use crate::summary::{Lens, Mean, Summary, When};

/// Share of the project's cost that lies before the window in which it is said to happen, and after it.
const TAIL: f64 = 0.05;
/// What the month from which on the leader is no dearer counts, beside the lines.
pub const MOVE_LEFT_OUT: &str = "in half of futures, the move left out";
/// The running cost of the end is that of these months.
const YEAR: usize = 12;

/// The finding: from when on a month on the leader costs no more than one on the baseline, and by how much in the end.
#[must_use]
pub fn title(summary: &Summary, verdict: &Verdict) -> String {
    let leader = verdict.leader.option;
    let (own, base) = names(summary, leader);
    let horizon = span(summary.months);
    if nobody_leaves(summary, verdict) {
        return format!("Nobody leaves within {horizon}: every month costs what it does on {base}");
    }
    let [now, then] = [leader, summary.baseline].map(|option| last_year(summary, option));
    let (now, then) = (summary.currency.bill(now, 0.0), format!("{} on average", summary.currency.bill(then, 0.0)));
    let end = match summary.months as usize {
        m if m > YEAR => "in the last year",
        _ => "a month is",
    };
    match summary.headline(leader, Lens::Tco).run_rate[1].at {
        When::Month(m) => format!(
            "From {} on, the move left out, a month on {own} costs no more than one on {base} in half of futures; {end} {now} against {then}",
            third(summary.start, m)
        ),
        When::FromStart => {
            format!(
                "The move left out, a month on {own} costs no more than one on {base} from the first on in half of futures; {end} {now} against {then}"
            )
        }
        When::Never if summary.months as usize <= 2 * YEAR => {
            format!("What a month costs on {own} and on {base}: {end} {now} against {then}")
        }
        When::Never => {
            format!("In half of futures a month on {own} stays dearer than one on {base}; {end} {now} against {then}")
        }
    }
}

/// Mean cost of a month in the last year.
fn last_year(summary: &Summary, option: usize) -> f64 {
    let monthly = &summary.options[option].costs[Lens::Tco as usize].monthly;
    let last = &monthly[monthly.len().saturating_sub(YEAR)..];
    last.iter().map(|s| s.mean.value).sum::<f64>() / last.len().max(1) as f64
}

/// What is drawn.
#[must_use]
pub fn subtitle(summary: &Summary, verdict: &Verdict, has_band: bool) -> Vec<String> {
    let (own, _) = names(summary, verdict.leader.option);
    let band = if has_band { format!(". Band: {own} in 8 of 10 futures") } else { String::new() };
    vec![
        format!("What a month costs: invoices, engineers’ time and the move, {} as paid", summary.currency.name()),
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
