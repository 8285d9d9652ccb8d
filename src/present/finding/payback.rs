//! What the picture of paying back says: by when, and how much of it is only invoices.

use crate::present::finding::{names, never_left, nobody_leaves, paid};
use crate::present::number::{in_futures, month, odds, span, third};
use crate::present::side;
use crate::study::verdict::Verdict;
use crate::summary::{Crossover, Lens, Summary, When};

/// The finding: by when half of futures are paid back, first as people count it, then on invoices alone.
#[must_use]
pub fn title(summary: &Summary, verdict: &Verdict) -> String {
    let leader = verdict.leader.option;
    let (own, _) = names(summary, leader);
    let moving = side::moving(summary, leader);
    let horizon = span(summary.months);
    if nobody_leaves(summary, verdict) {
        return format!("Nobody leaves within {horizon}: the project starts later");
    }
    let [invoices, tco] = [Lens::Invoices, Lens::Tco].map(|lens| summary.headline(leader, lens));
    let by = |m: u32| third(summary.start, m);
    let share = |crossover: &Crossover| in_futures(paid(crossover));
    match (half(invoices), half(tco)) {
        (When::Month(first), When::Month(then)) if by(first) == by(then) => {
            format!("{moving} is paid back by {} in half of futures, with and without engineers’ time", by(then))
        }
        (When::Month(first), When::Month(then)) => {
            format!("Half of futures have paid {own} back by {}; on invoices alone, by {}", by(then), by(first))
        }
        (When::FromStart, When::Month(then)) => format!(
            "Half of futures have paid {own} back by {}; on invoices alone it is never dearer{}",
            by(then),
            in_how_many(invoices)
        ),
        (When::FromStart, When::FromStart) => match odds(tco.outcomes.from_the_start).as_str() {
            "all" => format!("{own} has nothing to pay back in any future"),
            _ => format!("{own} has nothing to pay back in {}", in_futures(tco.outcomes.from_the_start)),
        },
        (When::Month(first), When::Never) => format!(
            "{moving} is paid back within {horizon} in {}; on invoices alone, in half by {}",
            share(tco),
            by(first)
        ),
        (When::FromStart, When::Never) => format!(
            "{moving} is paid back within {horizon} in {}; on invoices alone it is never dearer{}",
            share(tco),
            in_how_many(invoices)
        ),
        (When::Never, When::Never) if share(invoices) == share(tco) => {
            format!("{moving} is paid back within {horizon} in {}", share(tco))
        }
        (When::Never, When::Never) => format!(
            "{moving} is paid back within {horizon} in {}; on invoices alone in {}",
            share(tco),
            share(invoices).trim_end_matches(" futures")
        ),
        (When::Never, When::Month(_) | When::FromStart) | (When::Month(_), When::FromStart) => format!(
            "Counting engineers’ time helps: {own} is paid back within {horizon} in {}, on invoices alone in {}",
            share(tco),
            share(invoices).trim_end_matches(" futures")
        ),
    }
}

/// " in 9 in 10"; nothing where it is all of them.
fn in_how_many(crossover: &Crossover) -> String {
    match odds(crossover.outcomes.from_the_start).as_str() {
        "all" => String::new(),
        some => format!(" in {some}"),
    }
}

fn half(crossover: &Crossover) -> When {
    crossover.break_even[1].at
}

/// What is drawn.
#[must_use]
pub fn subtitle(summary: &Summary, verdict: &Verdict) -> Vec<String> {
    let (own, base) = names(summary, verdict.leader.option);
    let money = match summary.discount_rate {
        Some(_) => "at present value",
        None => "not discounted",
    };
    vec![
        format!(
            "Share of futures in which {own} has cost no more than {base} so far, and never again does within the horizon"
        ),
        format!(
            "A line for each way of counting, {money}. Bars at the edge: futures that do not pay it back within {}",
            span(summary.months)
        ),
    ]
}

/// What the shares are beside the page's figures, and what they are before anything is spent.
#[must_use]
pub fn bridge(summary: &Summary, drawn: &[&Crossover]) -> Vec<String> {
    let counted = match summary.discount_rate {
        Some(_) => "Futures counted at present value, as on the page.",
        None => "Futures counted, as on the page.",
    };
    let is_free = drawn.iter().any(|crossover| crossover.outcomes.from_the_start.count > 0);
    let at_the_left = is_free.then(|| "At the left: futures that are no dearer from the start.".to_owned());
    [counted.to_owned()].into_iter().chain(at_the_left).collect()
}

/// The months at which lines come to half, in words: thirds of years where these tell them apart.
#[must_use]
pub fn halves(summary: &Summary, months: &[u32]) -> Vec<String> {
    let thirds: Vec<String> = months.iter().map(|m| third(summary.start, *m)).collect();
    let is_twice = |(nth, text): (usize, &String)| thirds[..nth].contains(text);
    if thirds.iter().enumerate().any(is_twice) {
        return months.iter().map(|m| month(summary.start, *m)).collect();
    }
    thirds
}

/// A way of counting, in words; several that give the same line are said together.
#[must_use]
pub fn counted(summary: &Summary, lenses: &[Lens]) -> String {
    let mut all = lenses.iter().map(|lens| words(summary, *lens));
    let first = all.next().unwrap_or_default();
    all.fold(first, |said, more| format!("{said} and {}", more.to_lowercase()))
}

fn words(summary: &Summary, lens: Lens) -> String {
    match lens {
        Lens::Invoices => "Invoices only".to_owned(),
        Lens::Cash => "With new hires’ pay".to_owned(),
        Lens::Tco => "With engineers’ time".to_owned(),
        Lens::Economic => format!("With {}", super::economic(summary).replace('\'', "’")),
    }
}

/// What a line's end means: how many have paid back, and how many have not. Who never was dearer has paid nothing back.
#[must_use]
pub fn outcome(crossover: &Crossover) -> String {
    let back = if starts(crossover) { "no dearer in the end" } else { "paid back" };
    match (odds(paid(crossover)).as_str(), odds(super::unpaid(crossover)).as_str()) {
        (paid, _) if paid == odds(crossover.outcomes.from_the_start) && paid != "none" => {
            format!("{paid} no dearer from the start")
        }
        (paid, "none") => format!("{paid} {back}"),
        ("none", _) => "none paid back".to_owned(),
        // Of nearly all the rest goes without saying, and of few too.
        (paid, unpaid) if unpaid.starts_with("fewer") || paid.starts_with("fewer") => format!("{paid} {back}"),
        (paid, unpaid) => format!("{paid} {back}, {unpaid} not"),
    }
}

/// Whether more than a few futures have nothing to pay back.
fn starts(crossover: &Crossover) -> bool {
    let odds = odds(crossover.outcomes.from_the_start);
    odds != "none" && !odds.starts_with("fewer")
}

/// What another option's line ends at.
#[must_use]
pub fn other(summary: &Summary, option: usize) -> Vec<String> {
    if never_left(summary, option) {
        return vec!["nobody leaves".to_owned()];
    }
    let crossover = summary.headline(option, Lens::Tco);
    let (paid, start) = (odds(paid(crossover)), odds(crossover.outcomes.from_the_start));
    match starts(crossover) {
        true if paid == start => vec![format!("{paid} no dearer from the start")],
        true => vec![format!("{paid} no dearer in the end"), format!("{start} from the start")],
        false => vec![format!("{paid} paid back")],
    }
}
