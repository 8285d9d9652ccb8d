//! The two small tables of the page.

use super::block::{Table, WIDTH};
use super::wording::discounting;
use crate::present::finding::hinges::Hinge;
use crate::present::finding::on_average_beside;
use crate::present::number::{beside, has_spread, odds_cell, span, span_before_noun, when};
use crate::present::side;
use crate::study::later::Later;
use crate::study::verdict::{Standing, Verdict};
use crate::summary::{Lens, Spread, Summary, Z95};

/// What each lens adds to the one before.
const LENSES: [(Lens, &str); Lens::COUNT] = [
    (Lens::Invoices, "invoices only"),
    (Lens::Cash, "+ pay of people hired for it"),
    (Lens::Tco, "+ engineers' time"),
    (Lens::Economic, "+ what downtime loses"),
];

/// Longest name in the head of the second table, characters.
const SHORT: usize = 16;
/// Longest name in the head of the first table, and in its first column.
const IN_HEAD: usize = 34;
const IN_CELL: usize = 28;

/// What each option costs beside the baseline, so many of the others on lines of their own.
pub fn costs(summary: &Summary, verdict: &Verdict, others: usize) -> Table {
    let base = side::cut(&side::name(summary, summary.baseline), IN_HEAD);
    let caption = format!("{} cost beside {base}, {}", span_before_noun(summary.months), discounting(summary));
    let shown: Vec<_> = [&verdict.leader].into_iter().chain(verdict.others.iter().take(others)).collect();
    let ends = |option: usize| summary.headline(option, Lens::Tco).delta.last().expect("a series has month 0");
    let spreads = |option: usize| has_spread(ends(option).at(0.1), ends(option).at(0.9));
    let any_spreads = shown.iter().any(|standing| spreads(standing.option));
    let row = |standing: &&Standing| {
        let average = on_average_beside(summary, standing);
        let worse = if average == "nobody leaves" {
            String::new()
        } else if spreads(standing.option) {
            worse(ends(standing.option))
        } else {
            "the same".to_owned()
        };
        let cells = [average, worse].into_iter().take(1 + usize::from(any_spreads)).collect();
        (side::cut(&side::name(summary, standing.option), IN_CELL), cells)
    };
    let mut rows: Vec<(String, Vec<String>)> = shown.iter().map(row).collect();
    let later = |later: &Later| {
        // The run's own average, and what putting off adds future by future.
        let difference = verdict.leader.difference.value + later.beside_now.value;
        let average = beside(difference, later.beside_now.se.max(verdict.leader.difference.se));
        (format!("  leaving {} later", span(later.months)), vec![average])
    };
    let best = verdict.rule.later.iter().min_by(|a, b| a.beside_now.value.total_cmp(&b.beside_now.value));
    rows.splice(1..1, best.map(later));
    let head: &[&str] = if any_spreads { &["average", "1 in 10 worse than"] } else { &["in all futures"] };
    let left_out = verdict.others.len().saturating_sub(others);
    Table {
        caption: side::cut(&caption, WIDTH - 2),
        caption_in_head: false,
        head: head.iter().map(|text| (*text).to_owned()).collect(),
        rows,
        below: (left_out > 0).then(|| format!("and {left_out} more in summary.json")),
    }
}

/// When the leading option has paid for itself, under each lens.
pub fn paid_back(summary: &Summary, verdict: &Verdict) -> Table {
    let leader = verdict.leader.option;
    let marks = marks(summary.months);
    let mut head = vec!["half of futures".to_owned()];
    head.extend(marks.iter().map(|m| format!("within {}", span(*m))));
    let row = |(lens, words): (Lens, &str)| {
        let crossover = summary.headline(leader, lens);
        let mut cells = vec![when(summary.start, summary.months, crossover.break_even[1])];
        cells.extend(marks.iter().map(|m| odds_cell(crossover.broke_even_by[*m as usize])));
        (words.to_owned(), cells)
    };
    let name = side::cut(&side::name(summary, leader), SHORT);
    let lenses = LENSES.into_iter().filter(|(lens, _)| summary.adds(*lens));
    Table {
        caption: format!("{name} has paid back"),
        caption_in_head: true,
        head,
        rows: lenses.map(row).collect(),
        below: None,
    }
}

/// What the answer hinges on, so many lines of it: what the run took it to be, and where it turns the choice.
pub fn hinges(hinges: &[Hinge], most: usize) -> Option<Table> {
    let row = |hinge: &Hinge| {
        let took = if hinge.low == hinge.high { hinge.low.clone() } else { format!("{} to {}", hinge.low, hinge.high) };
        let likely = hinge.flip.as_ref().filter(|flip| flip.beyond.value() >= LIKELY);
        let turns = likely
            .map_or_else(|| "nowhere likely".to_owned(), |flip| format!("{} ({})", flip.text, odds_cell(flip.beyond)));
        (side::cut(&hinge.label, IN_HINGES), vec![took, turns])
    };
    let rows: Vec<(String, Vec<String>)> = hinges.iter().take(most).map(row).collect();
    let turns =
        hinges.iter().take(most).any(|hinge| hinge.flip.as_ref().is_some_and(|flip| flip.beyond.value() >= LIKELY));
    (!rows.is_empty()).then(|| Table {
        caption: if turns { "It hinges on" } else { "What moves it most" }.to_owned(),
        caption_in_head: true,
        head: ["we took", "it turns where"].map(str::to_owned).into(),
        rows,
        below: None,
    })
}

/// Longest label of what it hinges on, characters.
const IN_HINGES: usize = 32;
/// A turn in fewer futures than these is not likely.
const LIKELY: f64 = 0.05;

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
