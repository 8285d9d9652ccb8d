//! The sentences on the lead chart, computed from the result.

use crate::present::number::{beside, count, odds, span, third};
use crate::present::{Made, side};
use crate::study::verdict::{Verdict, Word};
use crate::summary::{Crossover, Lens, Probability, Summary, When};

/// The finding: when the move has paid for itself and in how many futures it has not, or that it is too close to call.
#[must_use]
pub fn title(summary: &Summary, verdict: &Verdict) -> String {
    let leader = verdict.leader.option;
    let crossover = summary.headline(leader, Lens::Tco);
    let moving = side::moving(summary, leader);
    let unpaid = odds(unpaid(crossover));
    let horizon = span(summary.months);
    match (verdict.word, crossover.break_even[1].at) {
        (Word::TooCloseToCall, _) => close(summary, verdict),
        (Word::DoesNotPayBack, When::Month(m)) => {
            let by = third(summary.start, m);
            format!("{}, though half of futures are paid back by {by}", on_average(summary, verdict))
        }
        (Word::PaysBack, When::Never) => {
            format!("{}, though {unpaid} futures are not paid back", on_average(summary, verdict))
        }
        (_, When::Month(m)) => {
            let by = third(summary.start, m);
            let rest = match unpaid.as_str() {
                "none" => format!(", in all after {horizon}"),
                some => format!("; {some} have not after {horizon}"),
            };
            format!("{moving} has paid for itself by {by} in half of futures{rest}")
        }
        (_, When::Never) => format!("{moving} has not paid for itself after {horizon} in {unpaid} futures"),
        (_, When::FromStart) => {
            let (own, other) = names(summary, leader);
            match odds(crossover.outcomes.from_the_start).as_str() {
                "all" => format!("{own} is never dearer than {other}, in any future"),
                some => format!("{own} is never dearer than {other} in {some} futures"),
            }
        }
    }
}

fn names(summary: &Summary, option: usize) -> (String, String) {
    (side::name(summary, option), side::name(summary, summary.baseline))
}

fn on_average(summary: &Summary, verdict: &Verdict) -> String {
    let (own, other) = names(summary, verdict.leader.option);
    let difference = verdict.leader.difference;
    let size = beside(difference.value, difference.se);
    format!("On average {own} is {size} than {other} over {}", span(summary.months))
}

fn close(summary: &Summary, verdict: &Verdict) -> String {
    let (own, other) = names(summary, verdict.leader.option);
    let horizon = span(summary.months);
    match verdict.rule.early {
        Some((month, then)) if verdict.rule.changes_sign && !verdict.rule.is_small => {
            let (then, after) = if then.value < 0.0 { ("cheaper", "dearer") } else { ("dearer", "cheaper") };
            let early = span(month);
            format!(
                "Too close to call: {own} is {then} than {other} after {early}, {after} after {horizon}, on average"
            )
        }
        _ => format!("Too close to call: over {horizon}, {own} and {other} cost about the same on average"),
    }
}

/// What is drawn: the subject, and how to read it.
#[must_use]
pub fn subtitle(summary: &Summary, option: usize) -> [String; 2] {
    let full = |i: usize| side::one_line(&summary.options[i].platform);
    let (own, other) = if full(option) == full(summary.baseline) {
        names(summary, option)
    } else {
        (full(option), full(summary.baseline))
    };
    let subject = format!("{own} minus {other}: cost so far, invoices and engineers’ time, compared future by future");
    let reading = "Line: middle future. Dark band: half of all futures. Light band: 9 in 10";
    [subject, format!("{}. {reading}", money_of(summary))]
}

/// Which dollars are meant: "US dollars at present value, 9 % a year".
#[must_use]
pub fn money_of(summary: &Summary) -> String {
    summary.discount_rate.map_or_else(
        || "US dollars, not discounted".to_owned(),
        |rate| format!("US dollars at present value, {} % a year", (rate.get() * 1e4).round() / 1e2),
    )
}

/// Where the picture comes from.
#[must_use]
pub fn source(summary: &Summary, made: Made) -> String {
    format!(
        "outgrow {}, {} futures, seed {}. Not counted: revenue lost while down, hiring. Scenario: {}",
        made.version,
        count(summary.trials),
        summary.seed,
        side::one_line(&summary.scenario)
    )
}

/// The share of futures that have not broken even by the horizon, for whatever reason.
#[must_use]
pub fn unpaid(crossover: &Crossover) -> Probability {
    let paid = crossover.broke_even_by.last().copied().expect("a series has month 0");
    Probability { count: paid.of - paid.count, of: paid.of }
}
