//! The sentences on the lead chart, computed from the result.

use crate::present::number::{count, odds, span, third};
use crate::present::{Made, side};
use crate::study::verdict::{Verdict, Word};
use crate::summary::{Crossover, Lens, Probability, Summary, When};

/// The finding: when the move has paid for itself and in how many futures it has not, or that it is too close to call.
#[must_use]
pub fn title(summary: &Summary, verdict: &Verdict) -> String {
    let leader = verdict.leader.option;
    let crossover = summary.headline(leader, Lens::Tco);
    let moving = side::moving(summary, leader);
    let not_by_then = odds(unpaid(crossover));
    let horizon = span(summary.months);
    match crossover.break_even[1].at {
        _ if verdict.word == Word::TooCloseToCall => close(summary, verdict),
        When::FromStart => {
            let (own, other) = (side::name(summary, leader), side::name(summary, summary.baseline));
            format!("{own} is never dearer than {other} in {} futures", odds(crossover.outcomes.from_the_start))
        }
        When::Month(m) => {
            let by = third(summary.start, m);
            format!("{moving} has paid for itself by {by} in half of futures; {not_by_then} have not after {horizon}")
        }
        When::Never => format!("{moving} has not paid for itself after {horizon} in {not_by_then} futures"),
    }
}

fn close(summary: &Summary, verdict: &Verdict) -> String {
    let leader = verdict.leader.option;
    let (own, other) = (side::name(summary, leader), side::name(summary, summary.baseline));
    let horizon = span(summary.months);
    match verdict.rule.early {
        Some((month, then)) if verdict.rule.changes_sign && !verdict.rule.is_small => {
            let (then, after) = if then.value < 0.0 { ("ahead", "behind") } else { ("behind", "ahead") };
            format!("Too close to call: on average {own} is {then} of {other} after {} and {after} after {horizon}", span(month))
        }
        _ => format!("Too close to call: over {horizon}, {own} and {other} cost about the same on average"),
    }
}

/// What is drawn.
#[must_use]
pub fn subtitle(summary: &Summary, option: usize) -> String {
    let name = |i: usize| side::one_line(&summary.options[i].platform);
    let (own, other) = (name(option), name(summary.baseline));
    let pair = if own == other {
        format!("{} minus {}", side::name(summary, option), side::name(summary, summary.baseline))
    } else {
        format!("{own} minus {other}")
    };
    format!(
        "{pair}: cost so far, invoices and engineers’ time, compared future by future. {}. \
         Line: middle future. Dark band: half of all futures. Light band: 9 in 10.",
        money_of(summary)
    )
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
