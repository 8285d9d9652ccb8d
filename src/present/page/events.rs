//! What may happen, and what each event does to the answer.

use super::block::wrapped;
use crate::present::finding::hinges::Hinge;
use crate::present::number::{in_futures, month, odds, span, third};
use crate::present::side;
use crate::study::verdict::Verdict;
use crate::summary::{Ends, EventDifference, EventSummary, Mean, Summary, all_at_once};

/// A contribution below so many of its standard errors is noise.
const NOISE: f64 = 2.0;

/// The events that move the leader's difference from what the verdict compares it with by more than noise, the most weighty
/// first, then those that are sure to come, of which that cannot be told: a line for each, and how many there is no room for.
pub fn lines(summary: &Summary, verdict: &Verdict, most: usize, longest_name: usize) -> Vec<String> {
    let moves = |event| contribution(event, verdict).map(|adds| (event, adds));
    // That a platform must be left has a line of its own.
    let events = summary.events.iter().filter(|event| !matches!(event.ends, Ends::Platform(_)));
    let mut weighty: Vec<(&EventSummary, Mean)> = events.filter_map(moves).collect();
    weighty.sort_by(|a, b| b.1.value.abs().total_cmp(&a.1.value.abs()));
    let line = |(event, _): &(&EventSummary, Mean)| line(summary, verdict, event, longest_name);
    let sure = summary.events.iter().filter(|event| event.ends == Ends::Nothing && is_sure(event));
    let mut all: Vec<String> = weighty.iter().map(line).collect();
    all.extend(sure.clone().map(|event| comes(summary, event)));
    let left_out = all.len().saturating_sub(most);
    all.truncate(most);
    match all.last_mut() {
        _ if left_out == 0 => {}
        Some(last) => last.push_str(&format!("  And {}.", more(left_out))),
        None => {
            let told = weighty.iter().map(|(event, _)| {
                let [there, elsewhere] = with_and_without(summary, verdict, event);
                format!("{} ({}: {there}, else {elsewhere})", titled(event), odds(event.happens()))
            });
            let sure = sure.map(|event| format!("{} (sure to come)", titled(event)));
            let whose = match weighty.is_empty() {
                true => "May happen".to_owned(),
                false => format!("What may happen, and what {} is then", whom(summary, verdict, longest_name)),
            };
            all.push(in_few_lines(&whose, &told.chain(sure).collect::<Vec<_>>()));
        }
    }
    all
}

/// How many events there is no room for.
fn more(count: usize) -> String {
    format!("{count} more of less weight")
}

/// All that may happen in three lines: those that they have room for, and how many more there are.
fn in_few_lines(whose: &str, all: &[String]) -> String {
    let lines = |named: usize| {
        let first = all[..named].join(", ");
        match all.len() - named {
            0 => format!("{whose}: {first}."),
            rest => format!("{whose}: {first}, and {}.", more(rest)),
        }
    };
    let fits = |named: &usize| wrapped(2, &lines(*named)).len() <= 3;
    (1..=all.len()).rev().find(fits).map_or_else(|| lines(1), lines)
}

/// An event's name: what hangs on it may be the verdict, so it is cut only where no sentence has room for it.
fn titled(event: &EventSummary) -> String {
    side::cut(&side::one_line(&event.title), side::LONGEST)
}

/// Whom an event is told for, and beside whom.
fn whom(summary: &Summary, verdict: &Verdict, longest_name: usize) -> String {
    let leading = &verdict.rule.leading;
    let [own, other] =
        [leading.option, leading.with].map(|option| side::cut(&side::name(summary, option), longest_name));
    format!("{own} beside {other}")
}

/// Whether it happens in every future.
fn is_sure(event: &EventSummary) -> bool {
    let happens = event.happens();
    happens.count > 0 && happens.count == happens.of
}

/// That an event comes in all futures, and when: nothing tells what it does, as there is no future without it.
fn comes(summary: &Summary, event: &EventSummary) -> String {
    let title = titled(event);
    if let Some(at) = all_at_once(&event.happened_by) {
        return format!("Sure to come: {title} ({}), in all figures above.", month(summary.start, at as u32));
    }
    let half = event.happened_by.iter().position(|by| 2 * by.count >= by.of).unwrap_or(0);
    let by = third(summary.start, half as u32);
    format!("Sure to come: {title} (by {by} in half of futures), in all figures above.")
}

/// How long after it is announced an end comes, where that moves the answer.
fn notice(event: &EventSummary, hinges: &[Hinge]) -> String {
    let path = format!("event.{}.last_day", event.name);
    let found = hinges.iter().find(|hinge| hinge.path == path).map(Hinge::ends);
    found
        .map_or_else(String::new, |[low, high]| format!(", and it closes {low} to {high} months after that in 8 in 10"))
}

/// What may end, and what that is for the figures of the page: a line for each event that ends something.
pub fn ends(summary: &Summary, hinges: &[Hinge]) -> Vec<String> {
    let title = |event: &EventSummary| side::cut(&side::one_line(&event.title), side::LONGEST);
    let base = side::today(summary);
    let line = |event: &EventSummary| {
        let often = if summary.is_certain() { String::new() } else { format!(" in {}", in_futures(event.happens())) };
        let averages = if summary.is_certain() { "" } else { " Averages hold these futures too." };
        match event.ends {
            Ends::Nothing => None,
            Ends::Product => Some(format!(
                "The product ends{often} ({}): from then on only what is owed is paid.{averages}",
                title(event)
            )),
            Ends::Platform(to) => Some(format!(
                "{base} must be left{often} ({}{}): who is still there then moves to {}.",
                title(event),
                notice(event, hinges),
                side::name(summary, to)
            )),
        }
    };
    let asked = |(title, to): &(String, usize)| {
        let title = side::cut(&side::in_sentence(&side::one_line(title)), side::LONGEST);
        let to = side::name(summary, *to);
        format!("{base} must be left once {title} is asked for: who is still there then moves to {to}.")
    };
    let happens = summary.events.iter().filter(|event| event.happens().count > 0);
    happens.filter_map(line).chain(summary.must_leave.iter().map(asked)).collect()
}

fn line(summary: &Summary, verdict: &Verdict, event: &EventSummary, longest_name: usize) -> String {
    let [there, elsewhere] = with_and_without(summary, verdict, event);
    format!(
        "May happen: {} ({} within {}): then {} is {there}, else {elsewhere}.",
        titled(event),
        odds(event.happens()),
        span(summary.months),
        whom(summary, verdict, longest_name),
    )
}

/// The leader's mean difference from the other in futures with an event and in those without it: what anybody would ask for, where
/// what the event adds to the mean of all futures is neither.
fn with_and_without(summary: &Summary, verdict: &Verdict, event: &EventSummary) -> [String; 2] {
    let of: [fn(&EventDifference) -> Option<Mean>; 2] = [|difference| difference.with, |difference| difference.without];
    of.map(|of| {
        let mean = beside(event, verdict, of);
        mean.map_or_else(|| "unknown".to_owned(), |mean| summary.currency.beside(mean.value, mean.se))
    })
}

/// What an event adds to the mean of the leader's difference from the other, where that is more than noise.
fn contribution(event: &EventSummary, verdict: &Verdict) -> Option<Mean> {
    beside(event, verdict, |difference| difference.contribution).filter(|adds| adds.value.abs() > NOISE * adds.se)
}

/// A part of what is known of the leader's difference from the other. Both are known beside the baseline; whatever their errors
/// have to do with each other, that of the difference is no larger than their sum.
fn beside(event: &EventSummary, verdict: &Verdict, of: fn(&EventDifference) -> Option<Mean>) -> Option<Mean> {
    let leading = &verdict.rule.leading;
    let of_option = |option: usize| event.options.get(option)?.as_ref().map(of);
    let own = of_option(leading.option)??;
    let (value, se) = match of_option(leading.with) {
        Some(other) => other.map(|other| (own.value - other.value, own.se + other.se))?,
        None => (own.value, own.se),
    };
    Some(Mean { value, se, sd: f64::NAN })
}
