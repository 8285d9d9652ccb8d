//! The sentences at the top: the word, by how much, and how sure.

use crate::present::finding::unpaid;
use crate::present::number::{beside, odds, span, third};
use crate::present::side;
use crate::study::verdict::{Verdict, Word};
use crate::summary::{Lens, Summary, When};

/// The word and by how much.
pub fn verdict(summary: &Summary, verdict: &Verdict) -> String {
    let (own, base) = (side::name(summary, verdict.leader.option), side::name(summary, summary.baseline));
    let difference = verdict.leader.difference;
    let size = beside(difference.value, difference.se);
    let horizon = span(summary.months);
    let on_average = if size.starts_with('$') {
        format!("{own} is {size} than {base} over {horizon}, on average.")
    } else {
        format!("{own} costs what {base} does over {horizon}, on average.")
    };
    match verdict.word {
        Word::PaysBack => format!("PAYS BACK.  {on_average}"),
        Word::DoesNotPayBack => format!("DOES NOT PAY BACK.  {on_average}"),
        Word::TooCloseToCall => format!("TOO CLOSE TO CALL.  {}", close(verdict, &own, &base, &on_average, &horizon)),
    }
}

fn close(verdict: &Verdict, own: &str, base: &str, on_average: &str, horizon: &str) -> String {
    let rule = &verdict.rule;
    match rule.early {
        Some((month, early)) if rule.changes_sign && !rule.is_small => {
            let (early, late) = (beside(early.value, early.se), beside(rule.difference.value, rule.difference.se));
            // "after 3 years, … after 5": the unit is said once.
            let later = horizon.strip_suffix(" years").unwrap_or(horizon);
            format!("{own} is {early} than {base} after {}, {late} after {later}.", span(month))
        }
        _ => {
            let size = beside(rule.difference.value, rule.difference.se);
            let percent = (rule.small_share * 100.0).round();
            if size.starts_with('$') {
                format!("{own} is {size} than {base} on average, under {percent} % of the cost.")
            } else {
                on_average.to_owned()
            }
        }
    }
}

/// When half of futures have paid it back, and how many have not.
pub fn how_sure(summary: &Summary, verdict: &Verdict) -> String {
    let leader = verdict.leader.option;
    let crossover = summary.headline(leader, Lens::Tco);
    let horizon = span(summary.months);
    let rest = odds(unpaid(crossover));
    let stayed = crossover.outcomes.did_not_leave;
    let stay = match stayed.count {
        0 => String::new(),
        all if all == stayed.of => "  No future leaves.".to_owned(),
        _ => format!("  {} never leave.", capital(&odds(stayed))),
    };
    match crossover.break_even[1].at {
        When::Month(m) => {
            let by = third(summary.start, m);
            let rest = if rest == "none" { "all".to_owned() + " have" } else { format!("{rest} have not") };
            format!("Half of futures have paid it back by {by}; {rest} in {horizon}.{stay}")
        }
        When::Never => format!("It is not paid back within {horizon} in {rest} futures.{stay}"),
        When::FromStart => {
            let from_start = odds(crossover.outcomes.from_the_start);
            format!("It is never dearer, from the first month on, in {from_start} futures.{stay}")
        }
    }
}

/// What the figures are: "at present value (9 % a year)", "not discounted".
pub fn discounting(summary: &Summary) -> String {
    summary.discount_rate.map_or_else(
        || "not discounted".to_owned(),
        |rate| format!("at present value ({} % a year)", (rate.get() * 1e4).round() / 1e2),
    )
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
