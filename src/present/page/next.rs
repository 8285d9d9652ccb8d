//! The next best way of leaving: by how much it is dearer than the leader, or that both cost about the same and what tells them
//! apart.

use super::table::{hours, worse_than};
use crate::present::finding::hinges::rival;
use crate::present::finding::{economic, nobody_leaves};
use crate::present::number::{has_side, span, when};
use crate::present::side;
use crate::study::verdict::{Verdict, compare};
use crate::summary::{Lens, Summary, When};

/// The bad case: one future in ten is worse.
const BAD: f64 = 0.9;
/// Hours that differ by less than this share of the larger tell nothing apart.
const HOURS: f64 = 0.1;
/// A difference below so many of its standard errors has no side.
const NOISE: f64 = 2.0;

/// One sentence on the way that comes between the leader and what the verdict compares it with, where the word is for leaving: the
/// rule that stands between leaving and staying (a share of the baseline's cost, and noise) stands between the two ways too.
pub fn line(summary: &Summary, verdict: &Verdict) -> Option<String> {
    let (leader, next) = (verdict.leader.option, rival(verdict));
    let is_asked = verdict.today.is_for_leaving() && next != verdict.rule.leading.with;
    if !is_asked || nobody_leaves(summary, verdict) {
        return None;
    }
    let found = compare(summary, next, leader);
    let (name, own) = (side::name(summary, next), side::name(summary, leader));
    let [then, now] = [next, leader].map(|option| summary.difference(option).mean.value);
    let [_, _, size] = summary.currency.beside_apart(then, now, found.difference.se);
    if found.is_small || found.is_noise || !has_side(&size) {
        return Some(format!("About the same on average: {name}.{}", apart(summary, leader, next)));
    }
    let early = found.early.filter(|_| found.changes_sign);
    let early = early.map_or_else(String::new, |(month, early)| {
        let size = summary.currency.beside(early.value, early.se);
        format!(", though {size} after {}", span(month))
    });
    Some(format!("The next, {name}, is {size} than {own}{early}."))
}

/// What speaks for the second of two ways that cost about the same, and what against it.
fn apart(summary: &Summary, leader: usize, next: usize) -> String {
    let all = [bad_case(summary, leader, next), by_hours(summary, leader, next), paid_back(summary, leader, next)];
    let all: Vec<(bool, String)> = all.into_iter().chain([other_counting(summary, leader, next)]).flatten().collect();
    let listed = |is_for: bool| {
        let told: Vec<&str> = all.iter().filter(|(side, _)| *side == is_for).map(|(_, text)| text.as_str()).collect();
        told.join(", ")
    };
    match [true, false].map(listed) {
        [pro, con] if pro.is_empty() && con.is_empty() => "  Nothing on this page tells them apart.".to_owned(),
        [pro, con] if con.is_empty() => format!("  For it: {pro}."),
        [pro, con] if pro.is_empty() => format!("  Against it: {con}."),
        [pro, con] => format!("  For it: {pro}.  Against it: {con}."),
    }
}

/// Dollars that tell two options apart: the share of the baseline's cost below which the verdict calls them close.
fn least(summary: &Summary) -> f64 {
    let cost = summary.cost(summary.baseline).last().map_or(0.0, |cost| cost.mean.value);
    summary.verdict_rule.too_close * cost.abs()
}

fn bad_case(summary: &Summary, leader: usize, next: usize) -> Option<(bool, String)> {
    let [own, other] = [leader, next].map(|option| summary.difference(option).at(BAD));
    let told = (own - other).abs() >= least(summary) && worse_than(summary, leader) != worse_than(summary, next);
    told.then(|| (other < own, format!("bad case {}", worse_than(summary, next))))
}

fn by_hours(summary: &Summary, leader: usize, next: usize) -> Option<(bool, String)> {
    let [own, other] = [leader, next].map(|option| hours(summary, option));
    let [first, second] = [&own, &other].map(|text| text.replace(',', "").parse::<f64>().unwrap_or(f64::NAN));
    let told = (first - second).abs() >= HOURS * first.max(second) && own != other;
    told.then(|| (second < first, format!("{other} developer hours a month (not {own})")))
}

fn paid_back(summary: &Summary, leader: usize, next: usize) -> Option<(bool, String)> {
    let half = |option: usize| summary.decided(option).break_even[1];
    let said = |option: usize| when(summary.start, summary.months, half(option));
    let months = |option: usize| match half(option).at {
        When::FromStart => 0,
        When::Month(month) => month,
        When::Never => u32::MAX,
    };
    let told = months(leader) != months(next) && said(leader) != said(next);
    told.then(|| {
        let text = match half(next).at {
            When::Month(_) => format!("half paid back by {}", said(next)),
            When::FromStart => "nothing to pay back in half of futures".to_owned(),
            When::Never => format!("half not paid back within {}", span(summary.months)),
        };
        (months(next) < months(leader), text)
    })
}

/// What the two are beside each other where costs are counted otherwise than the verdict does, where that is not about the same.
fn other_counting(summary: &Summary, leader: usize, next: usize) -> Option<(bool, String)> {
    let (lens, on) = match summary.lens() {
        Lens::Tco => (Lens::Economic, format!("with {}", economic(summary))),
        _ => (Lens::Tco, "on invoices and engineers' time".to_owned()),
    };
    let end = |option: usize| summary.headline(option, lens).delta.last().expect("a series has month 0").mean;
    let (own, other) = (end(leader), end(next));
    let (difference, error) = (other.value - own.value, other.se + own.se);
    let told = summary.adds(lens) && difference.abs() >= least(summary) && difference.abs() > NOISE * error;
    let [_, _, size] = summary.currency.beside_apart(other.value, own.value, error);
    (told && has_side(&size)).then(|| (difference < 0.0, format!("{size} {on}")))
}
