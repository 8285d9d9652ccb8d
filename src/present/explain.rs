//! The rule behind the word, with its figures: what `--explain-verdict` prints.

use super::number::{adding_up, beside, count, money, span};
use super::side;
use crate::study::verdict::{Rule, Verdict, Word};
use crate::summary::Summary;

/// The rule step by step, each line ended.
#[must_use]
pub fn text(summary: &Summary, verdict: &Verdict) -> String {
    let (own, base) = (side::name(summary, verdict.leader.option), side::name(summary, summary.baseline));
    let rule = &verdict.rule;
    let mut lines = vec![
        "The rule, on invoices and engineers' time, discounted where the scenario gives a rate:".to_owned(),
        format!("1  Of the options beside {base}, the one expected to cost least leads: {own}."),
        format!("   {}", expected(summary, verdict)),
        format!("2  Too close to call if the difference is below {} of {base}'s cost.", percent(rule.small_share)),
        format!("   {}", small(rule, &base)),
        early(summary, rule),
    ];
    let answer = if rule.is_noise { "so it is" } else { "so it is not" };
    let (size, error) = (money(rule.difference.value.abs(), 0.0), money(rule.difference.se, 0.0));
    lines.push("4  Too close to call if the difference is below twice its sampling error.".to_owned());
    lines.push(format!("   {size} against twice {error}: {answer}."));
    lines.push("5  Otherwise it pays back if it is expected to be cheaper, and does not if dearer.".to_owned());
    let word = match verdict.word {
        Word::PaysBack => "pays back",
        Word::DoesNotPayBack => "does not pay back",
        Word::TooCloseToCall => "too close to call",
    };
    lines.push(format!(
        "So: {word}.  Leave when, stay, fix first and find out first need studies that are not built yet."
    ));
    lines.iter().map(|line| format!("{line}\n")).collect()
}

fn expected(summary: &Summary, verdict: &Verdict) -> String {
    let (leader, rule) = (&verdict.leader, &verdict.rule);
    let [own, base, difference] = adding_up(leader.cost.value, rule.baseline_cost.value);
    format!(
        "{own} against {base} over {}: {difference}, averaged over {} futures.",
        span(summary.months),
        count(summary.trials)
    )
}

fn small(rule: &Rule, base: &str) -> String {
    let answer = if rule.is_small { "so it is" } else { "so it is not" };
    match rule.share {
        Some(share) => format!("It is {}: {answer}.", percent(share)),
        None => format!("{base} costs nothing: {answer}."),
    }
}

fn early(summary: &Summary, rule: &Rule) -> String {
    let horizon = span(summary.months);
    match rule.early {
        None => {
            format!("3  Its side is not compared with an earlier one: the horizon of {horizon} is not beyond 3 years.")
        }
        Some((month, then)) => {
            let (early, late) = (beside(then.value, then.se), beside(rule.difference.value, rule.difference.se));
            let answer = if rule.changes_sign { "so it is" } else { "so it is not" };
            let at = span(month);
            format!(
                "3  Too close to call if it is on another side after {at} than after {horizon}.\n   \
                 After {at}: {early}; after {horizon}: {late}: {answer}."
            )
        }
    }
}

fn percent(share: f64) -> String {
    format!("{} %", (share * 1e3).round() / 10.0)
}
