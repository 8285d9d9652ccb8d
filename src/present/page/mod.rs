//! The verdict page: what a run says in the end, in about 25 lines of plain words.
//!
//! ```text
//! what is compared
//! the word, and by how much      the first two lines are what most people read
//! how sure
//! cost of each option            beside the baseline's
//! paid back, by lens             then the deepest hole, the roadmap, and the size from which it is cheaper
//! for leaving | for staying      as many lines for either, from the results only
//! when to look again, what it rests on, what is not counted, noise
//! ```
//!
//! The page is a list of blocks first ([`of`]); a terminal ([`terminal`]) and a planning document ([`markdown::text`]) lay
//! the same blocks out. No plus-minus, percentile codes or Greek here; they are in `summary.json` and the tables.

pub mod block;
mod case;
pub mod markdown;
mod size;
mod table;
mod wording;

use block::{Block, WIDTH};

use crate::present::number::{amount, around, at_most, bill, bills, count, has_spread, money, month, span, together};
use crate::present::{finding, side};
use crate::study::verdict::Verdict;
use crate::summary::{Crossover, Lens, Spread, Summary, Z95};

/// Most lines.
pub const HEIGHT: usize = 32;
/// After how many months one looks again.
const YEAR: u32 = 12;

/// How many of the scenario's figures rest on what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Evidence {
    /// Read off the team's own bills, clocks or logs.
    pub measured: usize,
    /// Somebody's published or offered price or figure.
    pub quoted: usize,
    /// A considered judgement.
    pub judged: usize,
    /// Figures that the file states without a basis.
    pub without_basis: usize,
    /// Defaults.
    pub assumed: usize,
    /// List prices in use that nobody verified, among the quoted.
    pub unverified: usize,
}

/// Longest name in an argument and options with a line of their own; the next where the page would be too long.
const ROOM: [(usize, usize); 5] = [(side::LONGEST, 4), (side::LONGEST, 2), (26, 2), (16, 2), (10, 1)];

/// The page, as short as it has to be for a terminal. The run must have sketched all amounts
/// ([`crate::sim::Quantiles::All`]).
///
/// # Panics
/// If the headline's differences or its deepest hole have no quantiles.
#[must_use]
pub fn of(summary: &Summary, verdict: &Verdict, evidence: Evidence) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (longest_name, others) in ROOM {
        blocks = all_blocks(summary, verdict, evidence, longest_name, others);
        if blocks.iter().map(|block| block::lines(block).len()).sum::<usize>() <= HEIGHT {
            break;
        }
    }
    blocks
}

/// A page for a terminal, each line ended.
#[must_use]
pub fn terminal(blocks: &[Block]) -> String {
    blocks.iter().flat_map(block::lines).map(|line| format!("{}\n", line.trim_end())).collect()
}

fn all_blocks(
    summary: &Summary,
    verdict: &Verdict,
    evidence: Evidence,
    longest_name: usize,
    others: usize,
) -> Vec<Block> {
    let mut blocks = vec![
        Block::Head(context(summary, verdict)),
        Block::Verdict(wording::verdict(summary, verdict)),
        Block::Words(wording::how_sure(summary, verdict)),
        Block::Gap,
        Block::Table(table::costs(summary, verdict, others)),
        Block::Gap,
        Block::Table(table::paid_back(summary, verdict)),
    ];
    blocks.extend(finding::unfinished(summary, verdict).map(Block::Words));
    let shown = verdict.others.iter().take(others);
    blocks.extend(shown.filter_map(|other| finding::other_unfinished(summary, other.option)).map(Block::Words));
    blocks.extend(hole_and_roadmap(summary, verdict).map(Block::Words));
    blocks.extend([
        Block::Words(size::line(summary, verdict)),
        Block::Gap,
        Block::Cases(case::arguments(summary, verdict, longest_name)),
        Block::Gap,
        Block::Words(look_again(summary)),
        Block::Words(rests_on(evidence)),
        Block::Words(NOT_COUNTED.to_owned()),
        Block::Words(noise(summary, verdict)),
    ]);
    blocks
}

const NOT_COUNTED: &str = "Not counted yet: revenue lost while down, hiring; no view wider than engineers' time.";

/// "Heroku → AWS (ECS Fargate)   $8,200 a month on Heroku, from Jan 2027, 5 years".
fn context(summary: &Summary, verdict: &Verdict) -> String {
    let base = summary.baseline;
    let full = |i: usize| side::one_line(&summary.options[i].platform);
    let invoice = summary.options[base].costs[Lens::Invoices as usize].monthly[0].mean;
    let run = format!(
        "{} a month on {}, from {}, {}",
        bill(invoice.value, invoice.se),
        side::name(summary, base),
        summary.start,
        span(summary.months)
    );
    let long = format!("{} → {}   {run}", full(base), full(verdict.leader.option));
    if long.chars().count() <= WIDTH && full(base) != full(verdict.leader.option) {
        return long;
    }
    let short = format!("{}   {run}", side::name(summary, verdict.leader.option));
    if short.chars().count() <= WIDTH { short } else { run }
}

/// The deepest hole and the roadmap, as one where they fit on a line.
fn hole_and_roadmap(summary: &Summary, verdict: &Verdict) -> impl Iterator<Item = String> {
    let hole = hole(summary, verdict);
    let roadmap = format!("Roadmap: {}.", weeks(summary, verdict.leader.option));
    let both = format!("{hole}  {roadmap}");
    let sentences = if 2 + both.chars().count() <= WIDTH { vec![both] } else { vec![hole, roadmap] };
    sentences.into_iter()
}

/// The deepest hole with its month.
fn hole(summary: &Summary, verdict: &Verdict) -> String {
    let crossover = summary.headline(verdict.leader.option, Lens::Tco);
    let [size, worse] = hole_sizes(crossover);
    let as_paid = finding::as_paid(summary);
    let is_worse = size != worse;
    match crossover.deepest_hole_month {
        Some(months) if size != "$0" => {
            let months = months.map(|q| q.at);
            let when = if months[1] == summary.months {
                "at the end, and deepening".to_owned()
            } else {
                around(summary.start, months)
            };
            let tail = if is_worse { format!(" (1 in 10: above {worse})") } else { String::new() };
            format!("Deepest hole{as_paid}: {size} {when}{tail}.")
        }
        _ if is_worse => format!("Deepest hole{as_paid}: none in half of futures (1 in 10: above {worse})."),
        _ => "Deepest hole: none.".to_owned(),
    }
}

/// The deepest hole in the middle future, and what it is deeper than in one of ten, on one grid; the same text where they do
/// not differ.
pub fn hole_sizes(crossover: &Crossover) -> [String; 2] {
    let hole = &crossover.deepest_hole;
    together([0.5, 0.9].map(|p| with_error(hole, p)))
}

/// "24 engineer-weeks", "no engineer-weeks".
fn weeks(summary: &Summary, option: usize) -> String {
    let mean = summary.options[option].project_weeks.mean;
    match amount(mean.value, mean.se).as_str() {
        "0" => "no engineer-weeks".to_owned(),
        "1" => "1 engineer-week".to_owned(),
        weeks => format!("{weeks} engineer-weeks"),
    }
}

/// A year from the start, or the end where that is nearer, and what 8 futures in 10 are billed then.
fn look_again(summary: &Summary) -> String {
    let m = summary.months.min(YEAR + 1);
    let invoices = &summary.options[summary.baseline].costs[Lens::Invoices as usize].monthly[m as usize - 1];
    let name = side::name(summary, summary.baseline);
    if m == 1 {
        return format!("Check again: {}, with new figures.", month(summary.start, 2));
    }
    let when = month(summary.start, m);
    if invoices.quantiles.is_empty() {
        return format!("Check again: {when}, with new figures.");
    }
    let (low, high) = (invoices.at(0.1), invoices.at(0.9));
    let (then, otherwise) = if has_spread(low, high) {
        (bills(low, high), "outside that")
    } else {
        (format!("about {}", bill(invoices.at(0.5), 0.0)), "far from that")
    };
    format!("Check again: {when}. {name} should then bill {then}; {otherwise}, run this again with new figures.")
}

fn rests_on(evidence: Evidence) -> String {
    let Evidence { measured, quoted, judged, without_basis, assumed, unverified } = evidence;
    let unsaid = if without_basis == 0 { String::new() } else { format!(", {without_basis} without a basis") };
    let doubt = if unverified == 0 { String::new() } else { format!(" ({unverified} unverified)") };
    format!(
        "Rests on {measured} measured, {quoted} quoted{doubt}, {judged} judged{unsaid}, {assumed} assumed by outgrow."
    )
}

/// Trials, and what of the averages is only sampling.
fn noise(summary: &Summary, verdict: &Verdict) -> String {
    let difference = verdict.leader.difference;
    let noise = Z95 * difference.se;
    let futures = format!(
        "{} future{}, seed {}",
        count(summary.trials),
        if summary.trials == 1 { "" } else { "s" },
        summary.seed
    );
    if !noise.is_finite() {
        format!("{futures}; too few to tell what is noise.")
    } else if noise > 0.0 && noise >= difference.value.abs() {
        format!("{futures}; too few to tell the sides apart: noise up to {}.", at_most(noise))
    } else if noise < 1.0 {
        format!("{futures}; noise under $1.")
    } else {
        format!("{futures}; noise under {}.", at_most(noise))
    }
}

/// A kept quantile as money, to the digits that its interval allows.
fn quantile(spread: &Spread, p: f64) -> String {
    let (value, se) = with_error(spread, p);
    money(value, se)
}

/// A kept quantile, with a standard error's worth of its interval.
fn with_error(spread: &Spread, p: f64) -> (f64, f64) {
    let found = spread.quantiles.iter().find(|q| q.p == p).expect("an amount of the page keeps its quantiles");
    (found.value, (found.high - found.low) / (2.0 * Z95))
}
