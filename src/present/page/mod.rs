//! The verdict page: what a run says in the end, in about 25 lines of plain words.
//!
//! ```text
//! what is compared
//! the word, and by how much      the first two lines are what most people read
//! the next best way              and what tells it apart where it costs about the same
//! how sure
//! cost of each option            beside the baseline's
//! paid back, by lens             then the deepest hole, what is owed, the roadmap, the size from which it is cheaper, what may happen
//! for leaving | for staying      as many lines for either, from the results only
//! when to look again, what it rests on, what is not counted, noise
//! ```
//!
//! The page is a list of blocks first ([`of`]); a terminal ([`terminal`]) and a planning document ([`markdown::text`]) lay
//! the same blocks out. No plus-minus, percentile codes or Greek here; they are in `summary.json` and the tables.

pub mod block;
mod case;
mod events;
pub mod markdown;
mod next;
mod reasons;
pub mod room;
mod size;
mod table;
mod wording;

use block::{Block, WIDTH};
use room::Room;

use crate::model::price::AsOf;
use crate::present::finding::hinges::Hinge;
use crate::present::number::{amount, around, count, has_spread, in_futures, month, span};
use crate::present::people::paid_whole;
use crate::present::{finding, owed, side};
use crate::study::verdict::{Verdict, Word};
pub use crate::summary::Evidence;
use crate::summary::{Crossover, Lens, Spread, Summary, Wall, Z95};
use crate::units::{Currency, YearMonth};

/// Most other options of which is said that their move is not finished.
const UNFINISHED: usize = 4;
/// Below this share of futures a wall is not spoken of.
const A_FEW: f64 = 0.05;
/// After how many months one looks again.
const YEAR: u32 = 12;

/// The page, as short as it has to be for a terminal. The run must have sketched all amounts
/// ([`crate::sim::Quantiles::All`]).
///
/// # Panics
/// If the headline's differences or its deepest hole have no quantiles.
#[must_use]
pub fn of(summary: &Summary, verdict: &Verdict, hinges: &[Hinge]) -> Vec<Block> {
    let lines = |blocks: &[Block]| blocks.iter().map(|block| block::lines(block).len()).sum::<usize>();
    // Why one thinks of leaving is answered whatever else is said, and that other counting turns the answer is said.
    let always = [reasons::sentence(summary, verdict, side::LONGEST), wording::what_else_counts(summary, verdict)];
    let always = always.into_iter().chain([wording::end_value(summary, verdict), next::line(summary, verdict)]);
    let always = always.chain([seats(summary, verdict)]);
    let always: Vec<Block> = always.flatten().map(Block::Words).collect();
    let height = room::height(summary.options.len()) + lines(&always);
    let room = room::fitting(|room| lines(&all_blocks(summary, verdict, hinges, room)) <= height);
    all_blocks(summary, verdict, hinges, &room)
}

/// A page for a terminal, each line ended.
#[must_use]
pub fn terminal(blocks: &[Block]) -> String {
    blocks.iter().flat_map(block::lines).map(|line| format!("{}\n", line.trim_end())).collect()
}

fn all_blocks(summary: &Summary, verdict: &Verdict, hinges: &[Hinge], room: &Room) -> Vec<Block> {
    let mut blocks = vec![
        Block::Head(context(summary, verdict)),
        Block::Verdict(wording::verdict(summary, verdict, hinges, room.risk)),
    ];
    blocks.extend(next::line(summary, verdict).map(Block::Words));
    blocks.extend(wording::end_value(summary, verdict).map(Block::Words));
    blocks.extend(wording::what_else_counts(summary, verdict).map(Block::Words));
    blocks.extend([
        Block::Words(format!("{}  {}", wording::how_sure(summary, verdict, room.early), wording::own_figures(summary))),
        Block::Gap,
        Block::Table(table::costs(summary, verdict)),
    ]);
    blocks.extend(seats(summary, verdict).map(Block::Words));
    blocks.extend([Block::Gap, Block::Table(table::paid_back(summary, verdict))]);
    blocks.extend(finding::unfinished(summary, verdict).map(Block::Words));
    blocks.extend(events::ends(summary, hinges).into_iter().map(Block::Words));
    blocks.extend(finding::gone_first(summary, verdict).map(Block::Words));
    let shown = verdict.others.iter().take(UNFINISHED);
    blocks.extend(shown.filter_map(|other| finding::other_unfinished(summary, other.option)).map(Block::Words));
    let longest = room.longest_name;
    blocks.push(Block::Words(hole(summary, verdict)));
    blocks.extend(owed::sentence(summary).map(Block::Words));
    let rest = [Some(roadmap(summary, verdict, longest)), size::line(summary, verdict)];
    blocks.extend(rest.into_iter().flatten().map(Block::Words));
    blocks.extend(events::lines(summary, verdict, room.events, longest).into_iter().map(Block::Words));
    blocks.extend(wall(summary).map(Block::Words));
    if let Some(table) = table::hinges(summary, verdict, hinges, room.hinges) {
        blocks.extend([Block::Gap, Block::Table(table)]);
    }
    blocks.extend(reasons::sentence(summary, verdict, side::LONGEST).map(Block::Words));
    blocks.extend(wording::worth_knowing(summary, verdict).filter(|_| room.worth_knowing).map(Block::Words));
    blocks.extend([
        Block::Gap,
        Block::Cases(case::arguments(summary, verdict, room.longest_name, room.growth)),
        Block::Words(look_again(summary, verdict)),
        Block::Gap,
        Block::Words(rests_on(summary.ledger.counts())),
        Block::Words(not_counted(summary, verdict)),
    ]);
    blocks
}

/// "Heroku → AWS (ECS Fargate)   $8,200 a month on Heroku, from Jan 2027, 5 years".
fn context(summary: &Summary, verdict: &Verdict) -> String {
    let base = summary.baseline;
    let full = |i: usize| side::one_line(&summary.options[i].platform);
    let bill = summary.bill_of_today();
    let run = format!(
        "{} a month on {}, from {}, {}",
        match summary.is_certain() {
            true => summary.currency.to_the_cent(bill.value),
            false => summary.currency.bill(bill.value, bill.se),
        },
        side::today(summary),
        summary.start,
        span(summary.months)
    );
    let long = format!("{} → {}   {run}", full(base), full(verdict.leader.option));
    if side::columns(&long) <= WIDTH && full(base) != full(verdict.leader.option) {
        return long;
    }
    let short = format!("{}   {run}", side::name(summary, verdict.leader.option));
    if side::columns(&short) <= WIDTH { short } else { side::cut(&run, WIDTH) }
}

/// What the move takes of engineers' weeks.
fn roadmap(summary: &Summary, verdict: &Verdict, longest_name: usize) -> String {
    let leader = verdict.leader.option;
    let name = side::cut(&side::name(summary, leader), longest_name);
    let stayed = summary.decided(leader).outcomes.did_not_leave;
    match weeks(summary, leader) {
        none if none.starts_with("no ") => format!("Roadmap: {none} for {name}."),
        weeks if summary.is_certain() => format!("Roadmap: {weeks} for {name}, overrun in it."),
        // Who stays has none.
        _ if stayed.count > 0 && stayed.count < stayed.of => {
            let mean = summary.options[leader].project_weeks.mean;
            let left = 1.0 - stayed.value();
            let weeks = engineer_weeks(&amount(mean.value / left, mean.se / left));
            format!("Roadmap: {weeks} for {name} where one leaves, on average, overrun in it.")
        }
        weeks => format!("Roadmap: {weeks} for {name} on average, overrun in it."),
    }
}

/// Why options with seats come out dearer: what is paid whole and takes only a part of its time; one sentence, of the first such.
fn seats(summary: &Summary, verdict: &Verdict) -> Option<String> {
    let dearer = verdict.others.iter().filter(|other| other.difference.value > 0.0);
    let said = |option: usize| Some((option, paid_whole(summary, option).into_iter().next()?));
    let all: Vec<(usize, String)> = dearer.filter_map(|other| said(other.option)).collect();
    let (_, first) = all.first()?;
    let names = all.iter().filter(|(_, said)| said == first).map(|(option, _)| side::name(summary, *option));
    Some(format!("{}: {first}.", names.collect::<Vec<_>>().join(", ")))
}

/// The deepest hole with its month: that of the middle future, as paid.
fn hole(summary: &Summary, verdict: &Verdict) -> String {
    let crossover = summary.paid(verdict.leader.option);
    let [size, worse] = hole_sizes(summary, crossover);
    let is_worse = size != worse;
    match crossover.deepest_hole_month {
        Some(months) if size != summary.currency.money(0.0, 0.0) => {
            let months = months.map(|q| q.at);
            let when = if months[1] == summary.months {
                "growing to the end".to_owned()
            } else if summary.is_certain() && months[1] > 0 {
                format!("in {}", month(summary.start, months[1]))
            } else {
                around(summary.start, months)
            };
            match is_worse {
                true => format!("Deepest hole, as paid: {size} in half of futures, {when} (1 in 10: {worse})."),
                false => format!("Deepest hole, as paid: {size} {when}."),
            }
        }
        _ if is_worse => format!("Deepest hole, as paid: none in half of futures (1 in 10: {worse})."),
        _ => "Deepest hole: none.".to_owned(),
    }
}

/// The deepest hole in the middle future, and what it is deeper than in one of ten, to two figures like all money; the same
/// text where they do not differ.
pub fn hole_sizes(summary: &Summary, crossover: &Crossover) -> [String; 2] {
    let hole = &crossover.deepest_hole;
    [0.5, 0.9].map(|p| quantile(summary.currency, hole, p))
}

/// The limit that today's platform runs into in the most futures, where it is more than a few.
fn wall(summary: &Summary) -> Option<String> {
    let walls = &summary.options[summary.baseline].walls;
    let hit = |wall: &Wall| wall.hit_by.last().copied().filter(|p| p.value() >= A_FEW).map(|p| (p, wall.line.clone()));
    let (share, line) = walls.iter().filter_map(hit).max_by_key(|(p, _)| p.count)?;
    let name = side::today(summary);
    let line = side::cut(&side::one_line(line.splitn(3, '.').nth(2).unwrap_or(&line)), side::LONGEST);
    let within = span(summary.months);
    let often = if summary.is_certain() { String::new() } else { format!(" in {}", in_futures(share)) };
    Some(format!("Wall: {name} outgrows its largest plan of {line} within {within}{often}."))
}

/// "24 engineer-weeks", "no engineer-weeks".
fn weeks(summary: &Summary, option: usize) -> String {
    let mean = summary.options[option].project_weeks.mean;
    engineer_weeks(&amount(mean.value, mean.se))
}

fn engineer_weeks(amount: &str) -> String {
    match amount {
        "0" => "no engineer-weeks".to_owned(),
        "1" => "1 engineer-week".to_owned(),
        weeks => format!("{weeks} engineer-weeks"),
    }
}

/// A year from the start, or the end where that is nearer, and what 8 futures in 10 are billed then.
fn look_again(summary: &Summary, verdict: &Verdict) -> String {
    // What one lives on then: where one leaves, the bill of the end of the first year there.
    let (option, m) = match verdict.word {
        Word::LeaveNow => (verdict.leader.option, summary.months.min(YEAR)),
        Word::FixFirst => (summary.tuned.unwrap_or(verdict.leader.option), summary.months.min(YEAR)),
        _ => (summary.baseline, summary.months.min(YEAR + 1)),
    };
    let invoices = &summary.options[option].costs[Lens::Invoices as usize].monthly[m as usize - 1];
    let name = side::name(summary, option);
    if m == 1 {
        return format!("Check again:  {}, with new figures.", month(summary.start, 2));
    }
    let when = month(summary.start, m);
    if invoices.quantiles.is_empty() || summary.currency.bill(invoices.at(0.9), 0.0) == summary.currency.bill(0.0, 0.0)
    {
        return format!("Check again:  {when}, with new figures.");
    }
    let (low, high) = (invoices.at(0.1), invoices.at(0.9));
    let then = match has_spread(low, high) {
        true => summary.currency.bills(low, high),
        false => format!("about {}", summary.currency.bill(invoices.at(0.5), 0.0)),
    };
    format!("Check again:  {when}; unless {name} bills {then}, run this again.")
}

/// "11 measured, 22 list prices (oldest Jul 2024), 3 quoted, 9 judged, 6 assumed by outgrow".
fn rests_on(evidence: Evidence) -> String {
    let Evidence { measured, quoted, judged, without_basis, assumed, listed, unverified, oldest } = evidence;
    let mut notes: Vec<String> = oldest.map(|as_of| format!("oldest {}", read_in(as_of))).into_iter().collect();
    notes.extend((unverified > 0).then(|| format!("{unverified} unverified")));
    let notes = if notes.is_empty() { String::new() } else { format!(" ({})", notes.join(", ")) };
    let mut parts = Vec::new();
    parts.extend((measured > 0).then(|| format!("{measured} measured")));
    if listed > 0 {
        parts.push(format!("{listed} list price{}{notes}", if listed == 1 { "" } else { "s" }));
    }
    parts.extend((quoted > listed).then(|| format!("{} quoted", quoted - listed)));
    parts.extend((judged > 0).then(|| format!("{judged} judged")));
    if without_basis > 0 {
        parts.push(format!("{without_basis} without a basis"));
    }
    // That nothing is measured is said first.
    let rests_on = if measured > 0 { "Rests on" } else { "Nothing measured:" };
    parts.push(format!("{assumed} assumed"));
    format!("{rests_on} {}.", parts.join(", "))
}

/// When a price was read: "Jul 2024", or the year where that is all that is known.
fn read_in(as_of: AsOf) -> String {
    match as_of {
        AsOf::Undated | AsOf::Year(_) => as_of.to_string(),
        AsOf::Month(year, month) | AsOf::Day(year, month, _) => {
            YearMonth::new(i32::from(year), month).map_or_else(|| as_of.to_string(), |m| m.to_string())
        }
    }
}

/// What the figures leave out, and their noise.
fn not_counted(summary: &Summary, verdict: &Verdict) -> String {
    format!("Not counted: {}.  {}", finding::not_counted(summary), noise(summary, verdict))
}

/// Trials, and what of the averages is only sampling.
fn noise(summary: &Summary, verdict: &Verdict) -> String {
    let difference = verdict.leader.difference;
    let noise = Z95 * difference.se;
    let futures = format!("{} future{}", count(summary.trials), if summary.trials == 1 { "" } else { "s" });
    if summary.is_certain() {
        format!("Nothing is left to chance: all {futures} cost the same.")
    } else if !noise.is_finite() {
        format!("{futures}; too few to tell what is noise.")
    } else if noise > 0.0 && noise >= difference.value.abs() {
        format!("{futures}; too few to tell the sides apart: noise up to {}.", summary.currency.at_most(noise))
    } else if noise < 1.0 {
        format!("{futures}; noise under {}.", summary.currency.money(1.0, 0.0))
    } else {
        format!("{futures}; noise under {}.", summary.currency.at_most(noise))
    }
}

/// A kept quantile as money, to the digits that its interval allows.
fn quantile(currency: Currency, spread: &Spread, p: f64) -> String {
    let (value, se) = with_error(spread, p);
    currency.money(value, se)
}

/// A kept quantile, with a standard error's worth of its interval.
fn with_error(spread: &Spread, p: f64) -> (f64, f64) {
    let found = spread.quantiles.iter().find(|q| q.p == p).expect("an amount of the page keeps its quantiles");
    (found.value, (found.high - found.low) / (2.0 * Z95))
}
