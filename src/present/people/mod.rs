//! The second page of a run: who does what. What hours go into, who does them over time, phases of debt and signals, every
//! option beside the others.
//!
//! Rows of hours add up to the line below them as they are shown. `summary.json` has every figure with its error.

mod idle;
mod money;
pub mod parts;
mod signals;
mod tables;

pub use idle::{Idle, idle};
pub use tables::paid_whole;

use super::finding::people as words;
use super::number::{count, significant, span};
use super::page::block::Block;
use super::reasons::brief;
use super::side;
use crate::study::reasons;
use crate::study::verdict::Verdict;
use crate::summary::Summary;

/// Most options that stand side by side.
const MOST: usize = 7;
/// Longest name of an option, columns.
const LONGEST: usize = 34;

/// Longest name in the head, columns.
const IN_HEAD: usize = 28;

/// The page.
///
/// # Panics
/// If the summary has no year.
#[must_use]
pub fn of(summary: &Summary, verdict: &Verdict) -> Vec<Block> {
    let shown = order(summary, verdict);
    let names: Vec<String> = shown.iter().map(|option| side::cut(&side::name(summary, *option), LONGEST)).collect();
    let columns = tables::Columns::of(&shown, &names);
    let mut blocks = vec![
        Block::Head(head(summary)),
        Block::Verdict(format!("{}.", words::title(summary, verdict))),
        Block::Words(notes(summary, shown.len())),
    ];
    blocks.extend(columns.key().map(Block::Words));
    let in_money = (!summary.hides_pay).then(|| tables::tasks_in_money(summary, &columns));
    let tables = [Some(tables::tasks(summary, &columns)), in_money, Some(tables::done_by(summary, &columns))];
    let tables = tables.into_iter().flatten();
    blocks.extend(tables.flat_map(|table| [Block::Gap, Block::Table(table)]));
    blocks.extend(tables::idle(summary, &columns).into_iter().map(Block::Words));
    blocks.extend(tables::capped(summary, &columns).into_iter().map(Block::Words));
    blocks.extend(tables::phases(summary, &columns).into_iter().flat_map(|table| [Block::Gap, Block::Table(table)]));
    blocks.extend(signals::of(summary, &columns));
    let others = shown.iter().filter(|option| **option != summary.baseline);
    let reasons = others.filter_map(|option| brief(summary, &reasons::of_option(summary, *option), LONGEST));
    let reasons: Vec<Block> = reasons.map(Block::Words).collect();
    if !reasons.is_empty() {
        blocks.push(Block::Gap);
        blocks.extend(reasons);
    }
    blocks
}

/// The options side by side: the baseline, then the leader, then the others by cost.
#[must_use]
pub fn order(summary: &Summary, verdict: &Verdict) -> Vec<usize> {
    let others = verdict.others.iter().map(|other| other.option);
    let mut all = vec![summary.baseline, verdict.leader.option];
    all.extend(others.filter(|option| *option != summary.baseline));
    all.truncate(MOST);
    all
}

/// "Who does what: Heroku and 2 other ways, from Jan 2027, 5 years".
fn head(summary: &Summary) -> String {
    let base = side::cut(&side::name(summary, summary.baseline), IN_HEAD);
    let others = match summary.options.len() - 1 {
        1 => "another way".to_owned(),
        n => format!("{n} other ways"),
    };
    format!("Who does what: {base} and {others}, from {}, {}", summary.start, span(summary.months))
}

fn notes(summary: &Summary, shown: usize) -> String {
    let futures = format!("{} future{}", count(summary.trials), if summary.trials == 1 { "" } else { "s" });
    let more = match summary.options.len() - shown {
        0 => String::new(),
        more => format!("  {more} more in summary.json."),
    };
    format!(
        "Averages of {futures}, whoever does the hours; an engineer works {} hours a month.{more}",
        significant(summary.hours_per_month)
    )
}
