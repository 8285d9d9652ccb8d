//! When folk signals fire: what holds today, how often by when, and what says nothing here.

use super::parts;
use super::tables::{Columns, Row, table, years};
use crate::present::number::{month, span};
use crate::present::page::block::Block;
use crate::summary::{Fired, Signal, Summary};

/// A share above which, and one below which, a signal tells ways apart no more.
const NEARLY: [f64; 2] = [0.99, 0.01];

/// A signal that says the same whichever way is taken.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Same {
    /// It holds by what is read today.
    Today,
    /// It fires in nearly every future within the first year that is shown.
    Always,
    /// It fires in hardly any future at all.
    Never,
}

impl Same {
    /// How a line of these begins.
    const LINES: [(Self, &str); 3] = [
        (Self::Today, "Signals that hold today already, whichever way"),
        (Self::Always, "Signals that fire in the first year in 99 % of futures and more, whichever way"),
        (Self::Never, "Signals that hardly ever fire (below 1 %), whichever way"),
    ];

    /// What a signal says of the ways shown, if that is the same of all of them.
    fn of(signal: &Signal, shown: &[usize], first: u32) -> Option<Self> {
        let is = |what: &dyn Fn(&[crate::summary::Probability]) -> bool| {
            shown.iter().all(|option| matches!(&signal.options[*option], Fired::By(by_month) if what(by_month)))
        };
        let [nearly_all, hardly_any] = NEARLY;
        if is(&|by_month| by_month[0].count == by_month[0].of) {
            return Some(Self::Today);
        }
        if is(&|by_month| by_month[first as usize].value() >= nearly_all) {
            return Some(Self::Always);
        }
        is(&|by_month| by_month.last().is_some_and(|last| last.value() < hardly_any)).then_some(Self::Never)
    }
}

/// A table of the signals that tell something, and lines of the others: those that say the same whichever way is taken, what
/// toil is, and what a file does not say enough for.
pub(super) fn of(summary: &Summary, columns: &Columns) -> Vec<Block> {
    let years = years(summary);
    let first = years.first().map_or(summary.months, |(_, year)| year.last);
    let mut rows: Vec<Row> = Vec::new();
    let mut same: Vec<(Same, &str)> = Vec::new();
    let mut missing: Vec<&str> = Vec::new();
    let mut has_toil = false;
    for signal in &summary.signals {
        match Same::of(signal, columns.shown, first) {
            Some(what) => same.push((what, signal.title)),
            None => rows.extend(rows_of(summary, columns, signal)),
        }
        has_toil |= is_of_toil(signal) && matches!(signal.options[summary.baseline], Fired::By(_));
        for option in columns.shown {
            if let Fired::NotKnown(what) = signal.options[*option]
                && !missing.contains(&what)
            {
                missing.push(what);
            }
        }
    }
    let mut blocks = Vec::new();
    if !rows.is_empty() {
        let within = years.iter().map(|(_, year)| span(year.last));
        let heads: Vec<String> = ["today".to_owned()].into_iter().chain(within).chain(["half by".to_owned()]).collect();
        let caption = "Signals that have fired, in parts of all futures: today, within …, in half of them by";
        blocks.extend([Block::Gap, Block::Table(table(caption.to_owned(), &heads, rows))]);
    }
    for (what, line) in Same::LINES {
        let own: Vec<&str> = same.iter().filter(|(known, _)| *known == what).map(|(_, title)| *title).collect();
        if !own.is_empty() {
            blocks.push(Block::Words(format!("{line}: {}.", own.join("; "))));
        }
    }
    if has_toil {
        blocks.push(Block::Words(TOIL.to_owned()));
    }
    if !missing.is_empty() {
        blocks.push(Block::Words(format!("Not known, as the file does not say: {}.", missing.join("; "))));
    }
    blocks
}

/// What toil is, and what of developers' hours is none.
const TOIL: &str = "Toil is what developers do for production and others could do for them: upkeep, requests and incidents, \
                    read over three months running. Their own time (friction, waiting, onboarding) and the move are in \
                    the hours above and are no toil.";

fn is_of_toil(signal: &Signal) -> bool {
    use crate::model::Signal::{FifteenPercentOperations, TwentyPercentOperations};
    [FifteenPercentOperations, TwentyPercentOperations].iter().any(|known| known.name() == signal.name)
}

/// A line where a signal is the same for all options, else a line for each of them.
fn rows_of(summary: &Summary, columns: &Columns, signal: &Signal) -> Vec<Row> {
    let years = years(summary);
    let row = |(option, name): (&usize, &String)| {
        let Fired::By(by_month) = &signal.options[*option] else { return None };
        let within = years.iter().map(|(_, year)| parts::share(by_month[year.last as usize]));
        let half = match signal.options[*option].half_by() {
            None => parts::NOTHING.to_owned(),
            Some(0) => "today".to_owned(),
            Some(by) => month(summary.start, by),
        };
        let cells = [parts::share(by_month[0])].into_iter().chain(within).chain([half]).collect();
        Some((format!("  {name}"), cells))
    };
    let known: Vec<Row> = columns.shown.iter().zip(columns.names).filter_map(row).collect();
    match known.first().cloned() {
        None => Vec::new(),
        Some((_, first)) if known.len() == columns.shown.len() && known.iter().all(|(_, cells)| *cells == first) => {
            vec![(signal.title.to_owned(), first)]
        }
        Some(_) => [(signal.title.to_owned(), Vec::new())].into_iter().chain(known).collect(),
    }
}
