//! The two small tables of the page.

use super::wording::discounting;
use crate::present::finding::on_average_beside;
use crate::present::number::{beside, has_spread, odds_cell, span, span_before_noun, when};
use crate::present::side;
use crate::study::verdict::Verdict;
use crate::summary::{Lens, Spread, Summary, Z95};

/// Longest name in the head of the second table, characters.
const SHORT: usize = 16;
/// Longest name in the head of the first table, and in its first column.
const IN_HEAD: usize = 34;
const IN_CELL: usize = 28;
/// Characters of the first column, and of each other.
const NAME: usize = 34;
const CELL: usize = 18;

/// What each option costs beside the baseline, so many of the others on lines of their own.
pub fn costs(summary: &Summary, verdict: &Verdict, others: usize) -> Vec<String> {
    let base = side::cut(&side::name(summary, summary.baseline), IN_HEAD);
    let head = format!("{} cost beside {base}, {}", span_before_noun(summary.months), discounting(summary));
    let mut lines = vec![format!("  {}", side::cut(&head, super::WIDTH - 2))];
    let shown: Vec<_> = [&verdict.leader].into_iter().chain(verdict.others.iter().take(others)).collect();
    let ends = |option: usize| summary.headline(option, Lens::Tco).delta.last().expect("a series has month 0");
    let spreads = |option: usize| has_spread(ends(option).at(0.1), ends(option).at(0.9));
    let any_spreads = shown.iter().any(|standing| spreads(standing.option));
    lines.push(row("", if any_spreads { &["average", "1 in 10 worse than"] } else { &["in all futures"] }));
    for standing in shown {
        let average = on_average_beside(summary, standing);
        let worse = if average == "nobody leaves" {
            String::new()
        } else if spreads(standing.option) {
            worse(ends(standing.option))
        } else {
            "the same".to_owned()
        };
        let name = side::cut(&side::name(summary, standing.option), IN_CELL);
        lines.push(row(&name, &[average.as_str(), &worse][..1 + usize::from(any_spreads)]));
    }
    if verdict.others.len() > others {
        lines.push(format!("    and {} more in summary.json", verdict.others.len() - others));
    }
    lines
}

/// When the leading option has paid for itself, under each lens.
pub fn paid_back(summary: &Summary, verdict: &Verdict) -> Vec<String> {
    let leader = verdict.leader.option;
    let marks = marks(summary.months);
    let within: Vec<String> = marks.iter().map(|m| format!("within {}", span(*m))).collect();
    let mut head = vec!["half of futures"];
    head.extend(within.iter().map(String::as_str));
    let name = side::cut(&side::name(summary, leader), SHORT);
    let mut lines = vec![row_at(2, &format!("{name} has paid back"), &head)];
    for (lens, words) in [(Lens::Invoices, "invoices only"), (Lens::Tco, "+ engineers' time")] {
        let crossover = summary.headline(leader, lens);
        let mut cells = vec![when(summary.start, summary.months, crossover.break_even[1])];
        cells.extend(marks.iter().map(|m| odds_cell(crossover.broke_even_by[*m as usize])));
        lines.push(row(words, &cells.iter().map(String::as_str).collect::<Vec<_>>()));
    }
    lines
}

/// In months.
const THREE_YEARS: u32 = 36;

/// The months by which paying back is counted: three years and the horizon; in a shorter run one year and the horizon.
fn marks(months: u32) -> Vec<u32> {
    match months {
        m if m > THREE_YEARS => vec![THREE_YEARS, m],
        m if m > 12 => vec![12, m],
        m => vec![m],
    }
}

fn worse(delta: &Spread) -> String {
    let found =
        delta.quantiles.iter().find(|q| q.p == 0.9).expect("the difference of the headline keeps all quantiles");
    beside(found.value, (found.high - found.low) / (2.0 * Z95))
}

fn row(name: &str, cells: &[&str]) -> String {
    row_at(4, name, cells)
}

fn row_at(indent: usize, name: &str, cells: &[&str]) -> String {
    let mut line = format!("{}{name}", " ".repeat(indent));
    let mut column = NAME;
    for cell in cells {
        let gap = column.saturating_sub(line.chars().count()).max(2);
        line.push_str(&" ".repeat(gap));
        line.push_str(cell);
        column += CELL;
    }
    line
}
