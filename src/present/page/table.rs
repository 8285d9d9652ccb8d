//! The two small tables of the page.

use super::average;
use super::block::{Table, WIDTH};
use super::wording::averaged;
use crate::present::finding::economic;
use crate::present::finding::hinges::{Flip, Hinge};
use crate::present::number::{has_spread, odds_cell, span, span_before_noun, when};
use crate::present::side;
use crate::study::verdict::{Standing, Verdict};
use crate::summary::{Lens, Spread, Summary, Z95};
use crate::units::Currency;

/// What each lens adds to the one before; the economic one by what there is.
const LENSES: [(Lens, &str); Lens::COUNT] = [
    (Lens::Invoices, "invoices only"),
    (Lens::Cash, "+ pay of people hired for it"),
    (Lens::Tco, "+ engineers' time"),
    (Lens::Economic, ""),
];

/// Longest names in the head of the second table, columns.
const SHORT: usize = 16;
/// Longest name in the first column of the first table, columns.
const IN_CELL: usize = 28;

/// What each option costs beside the baseline, so many of the others on lines of their own.
pub fn costs(summary: &Summary, verdict: &Verdict, others: usize) -> Table {
    let caption =
        |base: &str| format!("{} cost beside {base}, {}", span_before_noun(summary.months), averaged(summary));
    // What the money is worth is never cut: the name is.
    let room = (WIDTH - 2).saturating_sub(side::columns(&caption(""))).max(SHORT / 2);
    let caption = caption(&side::cut(&side::name(summary, summary.baseline), room));
    let shown: Vec<_> = [&verdict.leader].into_iter().chain(verdict.others.iter().take(others)).collect();
    let ends = |option: usize| summary.headline(option, Lens::Tco).delta.last().expect("a series has month 0");
    let spreads = |option: usize| has_spread(ends(option).at(0.1), ends(option).at(0.9));
    let any_spreads = shown.iter().any(|standing| spreads(standing.option));
    let row = |standing: &&Standing| {
        let average = average::beside_baseline(summary, verdict, standing);
        let worse = if average == "nobody leaves" {
            String::new()
        } else if spreads(standing.option) {
            worse(summary.currency, ends(standing.option))
        } else {
            "the same".to_owned()
        };
        let cells = [average, worse].into_iter().take(1 + usize::from(any_spreads)).collect();
        (side::cut(&side::name(summary, standing.option), IN_CELL), cells)
    };
    let mut rows: Vec<(String, Vec<String>)> = shown.iter().map(row).collect();
    let later = average::best_delay(verdict)
        .map(|later| {
            (format!("  leaving {} later", span(later.months)), vec![average::put_off(summary, verdict, later)])
        })
        .filter(|(_, cells)| cells.first() != rows[0].1.first());
    rows.splice(1..1, later);
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
        let words = match lens {
            Lens::Economic => format!("+ {}", economic(summary)),
            _ => words.to_owned(),
        };
        (words, cells)
    };
    let [name, base] = [leader, summary.baseline].map(|option| side::cut(&side::name(summary, option), SHORT));
    let lenses = LENSES.into_iter().filter(|(lens, _)| summary.adds(*lens));
    Table {
        caption: format!("{name} beside {base} has paid back"),
        caption_in_head: true,
        head,
        rows: lenses.map(row).collect(),
        below: None,
    }
}

/// What the answer hinges on, so many lines of it: what the run took it to be in eight futures of ten, and where it turns the
/// choice; where nothing does, what moves it most.
pub fn hinges(summary: &Summary, verdict: &Verdict, hinges: &[Hinge], most: usize) -> Option<Table> {
    let turns = hinges.iter().any(|hinge| likely(hinge).is_some());
    let shown: Vec<&Hinge> = hinges.iter().filter(|hinge| !turns || likely(hinge).is_some()).take(most).collect();
    let claims: Vec<&str> = shown.iter().filter_map(|hinge| likely(hinge)).map(|flip| said(flip).0).collect();
    // What all of them claim stands in the head, once.
    let claim = claims.first().copied().filter(|first| claims.iter().all(|claim| claim == first));
    let row = |hinge: &&Hinge| {
        let took = if hinge.low == hinge.high { hinge.low.clone() } else { format!("{} to {}", hinge.low, hinge.high) };
        let turns = likely(hinge).map_or_else(
            || "nowhere likely".to_owned(),
            |flip| {
                let text = if claim.is_some() { said(flip).1 } else { &flip.text };
                format!("{text} ({})", odds_cell(flip.beyond))
            },
        );
        (side::cut(&hinge.label, IN_HINGES), vec![took, turns])
    };
    let rows: Vec<(String, Vec<String>)> = shown.iter().map(row).collect();
    let with = verdict.rule.leading.with;
    let beside = match with == summary.baseline {
        true => String::new(),
        false => format!(" (beside {})", side::cut(&side::name(summary, with), SHORT)),
    };
    (!rows.is_empty()).then(|| Table {
        caption: format!("{}{beside}", if turns { "It hinges on" } else { "What moves it most" }),
        caption_in_head: true,
        head: vec!["8 in 10 between".to_owned(), claim.unwrap_or("it turns where").to_owned()],
        rows,
        below: None,
    })
}

/// Where it turns the choice, if that is likely.
fn likely(hinge: &Hinge) -> Option<&Flip> {
    hinge.flip.as_ref().filter(|flip| flip.beyond.value() >= LIKELY)
}

/// What a flip says, and where: "leaving loses" and "above 69".
pub fn said(flip: &Flip) -> (&str, &str) {
    let place = [" above ", " below "].into_iter().filter_map(|side| flip.text.rfind(side)).max();
    place.map_or(("it turns where", flip.text.as_str()), |at| (&flip.text[..at], &flip.text[at + 1..]))
}

/// Longest label of what it hinges on, columns.
const IN_HINGES: usize = 36;
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

fn worse(currency: Currency, delta: &Spread) -> String {
    let found =
        delta.quantiles.iter().find(|q| q.p == 0.9).expect("the difference of the headline keeps all quantiles");
    currency.beside(found.value, (found.high - found.low) / (2.0 * Z95))
}
