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
//! No plus-minus, percentile codes or Greek here; they are in `summary.json` and the tables.

mod case;
mod size;
mod table;
mod wording;

use crate::present::number::{amount, around, at_most, bill, bills, count, has_spread, money, month, span, together};
use crate::present::{finding, side};
use crate::study::verdict::Verdict;
pub use crate::summary::Evidence;
use crate::summary::{Crossover, Lens, Spread, Summary, Z95};

/// Widest line, characters.
pub const WIDTH: usize = 90;
/// Most lines.
pub const HEIGHT: usize = 32;
/// After how many months one looks again.
const YEAR: u32 = 12;

/// Longest name in an argument and options with a line of their own; the next where the page would be too long.
const ROOM: [(usize, usize); 5] = [(side::LONGEST, 4), (side::LONGEST, 2), (26, 2), (16, 2), (10, 1)];

/// The page, each line ended. The run must have sketched all amounts ([`crate::sim::Quantiles::All`]).
///
/// # Panics
/// If the headline's differences or its deepest hole have no quantiles.
#[must_use]
pub fn text(summary: &Summary, verdict: &Verdict, evidence: Evidence) -> String {
    let mut lines = Vec::new();
    for (longest_name, others) in ROOM {
        lines = all_lines(summary, verdict, evidence, longest_name, others);
        if lines.len() <= HEIGHT {
            break;
        }
    }
    lines.iter().map(|line| format!("{}\n", line.trim_end())).collect()
}

fn all_lines(
    summary: &Summary,
    verdict: &Verdict,
    evidence: Evidence,
    longest_name: usize,
    others: usize,
) -> Vec<String> {
    let mut lines = vec![context(summary, verdict)];
    lines.extend(wrapped(2, &wording::verdict(summary, verdict)));
    lines.extend(wrapped(2, &wording::how_sure(summary, verdict)));
    lines.push(String::new());
    lines.extend(table::costs(summary, verdict, others));
    lines.push(String::new());
    lines.extend(table::paid_back(summary, verdict));
    lines.extend(finding::unfinished(summary, verdict).iter().flat_map(|text| wrapped(2, text)));
    let shown = verdict.others.iter().take(others);
    let unfinished = shown.filter_map(|other| finding::other_unfinished(summary, other.option));
    lines.extend(unfinished.flat_map(|text| wrapped(2, &text)));
    lines.extend(hole_and_roadmap(summary, verdict));
    lines.extend(wrapped(2, &size::line(summary, verdict)));
    lines.push(String::new());
    lines.extend(case::lines(summary, verdict, longest_name));
    lines.push(String::new());
    lines.extend(wrapped(2, &look_again(summary)));
    lines.extend(wrapped(2, &rests_on(evidence)));
    lines.extend(wrapped(2, NOT_COUNTED));
    lines.extend(wrapped(2, &noise(summary, verdict)));
    lines
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

/// The deepest hole and the roadmap, on one line where they fit.
fn hole_and_roadmap(summary: &Summary, verdict: &Verdict) -> Vec<String> {
    let hole = hole(summary, verdict);
    let roadmap = format!("Roadmap: {}.", weeks(summary, verdict.leader.option));
    let both = format!("  {hole}  {roadmap}");
    if both.chars().count() <= WIDTH {
        return vec![both];
    }
    [wrapped(2, &hole), wrapped(2, &roadmap)].concat()
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
    let Evidence { measured, quoted, judged, without_basis, assumed, unverified, .. } = evidence;
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

/// A text in lines of at most [`WIDTH`], indented; what follows the first line two more.
fn wrapped(indent: usize, text: &str) -> Vec<String> {
    wrapped_at(WIDTH, indent, text)
}

fn wrapped_at(width: usize, indent: usize, text: &str) -> Vec<String> {
    let mut lines = vec![" ".repeat(indent)];
    // Two spaces after a full stop part the sentences that matter; they survive unless the line breaks there.
    for word in text.split_inclusive(' ') {
        let line = lines.last_mut().expect("one line is there from the start");
        if line.chars().count() + word.trim_end().chars().count() > width && !line.trim().is_empty() {
            lines.push(" ".repeat(indent + 2));
        }
        let line = lines.last_mut().expect("one line is there from the start");
        // The second of two spaces is not carried to the next line.
        if !(line.trim().is_empty() && word.trim().is_empty()) {
            line.push_str(word);
        }
    }
    lines
}
