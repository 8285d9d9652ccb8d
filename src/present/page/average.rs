//! Average differences as the page writes them, the same in its sentences and in its table.

use crate::present::finding::{never_left, on_average_beside};
use crate::study::later::Later;
use crate::study::verdict::{Standing, Verdict, Word};
use crate::summary::Summary;

/// An option beside the baseline: "$380k cheaper", "nobody leaves".
pub fn beside_baseline(summary: &Summary, verdict: &Verdict, standing: &Standing) -> String {
    let leading = &verdict.rule.leading;
    match adding_up(summary, verdict) {
        Some([own, ..]) if standing.option == leading.option => own,
        Some([_, other, _]) if standing.option == leading.with => other,
        _ => on_average_beside(summary, standing),
    }
}

/// The leader beside what the verdict compares it with.
pub fn beside_other(summary: &Summary, verdict: &Verdict) -> String {
    let difference = verdict.rule.leading.difference;
    adding_up(summary, verdict)
        .map_or_else(|| summary.currency.beside(difference.value, difference.se), |[_, _, apart]| apart)
}

/// The leader beside the baseline, put off: the run's own average, and what putting off adds future by future.
pub fn put_off(summary: &Summary, verdict: &Verdict, later: &Later) -> String {
    let leader = verdict.leader.difference;
    summary.currency.beside(leader.value + later.beside_now.value, later.beside_now.se.max(leader.se))
}

/// The delay that is cheapest on average.
pub fn best_delay(verdict: &Verdict) -> Option<&Later> {
    verdict.rule.later.iter().min_by(|a, b| a.beside_now.value.total_cmp(&b.beside_now.value))
}

/// Where the page says by how much the leader differs from another option than the baseline: both beside the baseline, and the one
/// beside the other, so that the three add up.
fn adding_up(summary: &Summary, verdict: &Verdict) -> Option<[String; 3]> {
    let leading = &verdict.rule.leading;
    let is_told = leading.with != summary.baseline && verdict.word != Word::FixFirst;
    let is_sure = leading.difference.value.abs() > leading.difference.se && !never_left(summary, leading.option);
    let other = verdict.others.iter().find(|other| other.option == leading.with)?;
    (is_told && is_sure).then(|| summary.currency.beside_apart(verdict.leader.difference.value, other.difference.value))
}
