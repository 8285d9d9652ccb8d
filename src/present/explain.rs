//! The rule behind the word, with its figures: what `--explain-verdict` prints.

use super::finding::{average, counts, over};
use super::number::{count, span};
use super::{leaving, side};
use crate::study::later::Later;
use crate::study::verdict::{Comparison, Considered, Verdict, Word};
use crate::summary::Summary;

/// The rule step by step, each line ended.
#[must_use]
pub fn text(summary: &Summary, verdict: &Verdict) -> String {
    let rule = &verdict.rule;
    let leading = &rule.leading;
    let name = |option: usize| side::name(summary, option);
    let (own, other) = (name(leading.option), name(leading.with));
    let mut lines = vec![
        format!(
            "The rule, on {}, {}:",
            counts(summary),
            if summary.verdict_rule.discounted { "discounted where the scenario gives a rate" } else { "not discounted" }
        ),
        format!("1  {}", who_leads(summary, verdict)),
        format!("   {}", expected(summary, verdict)),
        format!(
            "2  Is it clear whether {own} or {other} is cheaper? By {} of {}'s cost,",
            percent(rule.small_share),
            name(summary.baseline)
        ),
        "   by twice its sampling error, and not on the other side after 3 years (within twice its error it has no side)."
            .to_owned(),
    ];
    lines.extend(clear(summary, rule.leading, &average::beside_other(summary, verdict)));
    lines.push("3  Is today's platform clearly cheaper after some work than as it is?".to_owned());
    match rule.tuned {
        Some(tuned) => {
            let said = average::of_option(summary, verdict, tuned.option).unwrap_or_default();
            lines.extend(clear(summary, tuned, &said));
        }
        None if summary.tuned == Some(leading.option) => lines.push("   That is what 2 asks.".to_owned()),
        None => lines.push("   No option says so: `tuned` names one.".to_owned()),
    }
    if let Some(leaving) = &summary.options[leading.option].leaving {
        lines.insert(3, format!("   It leaves when {}.", leaving::conditions(summary, leaving)));
        let when = leaving::already(summary, leaving).unwrap_or_else(|| leaving::gets_there(summary, leaving));
        lines.insert(4, format!("   {when}"));
    }
    lines.push(format!("4  Is leaving for {own} cheaper a year or two later?"));
    lines.extend(rule.later.iter().map(|later| format!("   {}", put_off(summary, verdict, later))));
    if rule.later.is_empty() {
        lines.push("   Not tried: nobody leaves, or the horizon has no room for it.".to_owned());
    }
    lines.push(
        "5  Is something worth finding out first: several times its cost, and likely to turn the choice?".to_owned(),
    );
    lines.extend(rule.measurement.as_ref().map_or_else(
        || vec!["   The scenario states no way to find anything out.".to_owned()],
        |found| considered(summary, found),
    ));
    lines.push(format!("So: {}.", why(verdict)));
    lines.iter().map(|line| format!("{line}\n")).collect()
}

fn who_leads(summary: &Summary, verdict: &Verdict) -> String {
    let leader = verdict.leader.option;
    let (own, base) = (side::name(summary, leader), side::name(summary, summary.baseline));
    if summary.options[leader].leaves {
        format!("Of the options that leave {base}, the one expected to cost least leads: {own}.")
    } else {
        format!("No option leaves {base}; of the others the one expected to cost least leads: {own}.")
    }
}

fn expected(summary: &Summary, verdict: &Verdict) -> String {
    let (leader, rule) = (&verdict.leader, &verdict.rule);
    let [own, base, difference] = summary.currency.adding_up(leader.cost.value, rule.baseline_cost.value);
    format!(
        "{own} against {base} over {}: {difference}, averaged over {} futures.",
        over(summary),
        count(summary.trials)
    )
}

/// Whether a comparison is clear, and each of the three reasons why not.
fn clear(summary: &Summary, comparison: Comparison, said: &str) -> Vec<String> {
    let Comparison { difference, .. } = comparison;
    let (own, other) = (side::name(summary, comparison.option), side::name(summary, comparison.with));
    let share = comparison.share.map_or_else(|| "of nothing".to_owned(), percent);
    let answer = |close: bool| if close { "too close" } else { "clear" };
    let mut lines = vec![
        format!("   {own} beside {other}: {said}, which is {share}: {}.", answer(comparison.is_small)),
        format!(
            "   Twice its error is {}: {}.",
            summary.currency.money(2.0 * difference.se, 0.0),
            answer(comparison.is_noise)
        ),
    ];
    lines.extend(comparison.early.map(|(month, then)| {
        let (early, late) = (summary.currency.beside(then.value, 0.0), said);
        let (at, end, error) = (span(month), over(summary), summary.currency.money(2.0 * then.se, 0.0));
        let within = if then.value.abs() < 2.0 * then.se { ", so no side" } else { "" };
        format!(
            "   After {at} {early} (twice its error {error}{within}), after {end} {late}: {}.",
            answer(comparison.changes_sign)
        )
    }));
    lines
}

fn put_off(summary: &Summary, verdict: &Verdict, later: &Later) -> String {
    let Later { beside_now, months, .. } = later;
    let beside_staying = verdict.leader.difference.value + beside_now.value;
    format!(
        "{} later: {} than leaving as stated, {} beside {}.",
        span(*months),
        summary.currency.beside(beside_now.value, beside_now.se),
        summary.currency.beside(beside_staying, verdict.leader.difference.se),
        side::name(summary, summary.baseline)
    )
}

/// A measurement, and why it comes first or does not.
fn considered(summary: &Summary, considered: &Considered) -> Vec<String> {
    let Considered { finding, is_worth_it, may_turn } = considered;
    let (worth, cost) =
        (summary.currency.money(finding.worth.value, 0.0), summary.currency.money(finding.measurement.cost_usd, 0.0));
    let enough = if *is_worth_it { "enough" } else { "not enough" };
    let likely = if *may_turn { "likely" } else { "not likely" };
    vec![
        format!("   {}:", side::one_line(finding.measurement.words())),
        format!("   worth {worth} for {cost}: {enough}; {likely} to turn the choice."),
    ]
}

fn why(verdict: &Verdict) -> &'static str {
    match verdict.word {
        Word::FindOutFirst => {
            "find out first; what that settles may turn the choice, and it is cheap for what it is worth"
        }
        Word::LeaveNow => "leave now; leaving is clearly cheaper, and no cheaper later",
        Word::LeaveWhen => "leave when; leaving once that has come is clearly cheaper than not leaving",
        Word::PaysBack => "pays back; leaving is clearly cheaper, and nothing says that now is the best time",
        Word::DoesNotPayBack => "does not pay back; leaving is clearly dearer, and nothing says that it always will be",
        Word::Stay => "stay; leaving is clearly dearer, later too",
        Word::FixFirst if verdict.rule.leading.is_clearly_dearer() => {
            "fix first, and stay; the work on today's platform is clearly worth it, and leaving clearly dearer"
        }
        Word::FixFirst => "fix first; the work on today's platform is clearly worth it, and leaving not clearly more",
        Word::TooCloseToCall => "too close to call",
    }
}

fn percent(share: f64) -> String {
    format!("{} %", (share * 1e4).round() / 1e2)
}
