//! The two small tables of the page.

use super::block::{Table, WIDTH};
use super::room::MOST_OPTIONS;
use super::wording::averaged;
use crate::present::finding::hinges::{Hinge, rival};
use crate::present::finding::{average, economic, people};
use crate::present::number::{about_half_cell, amount, has_spread, span, span_before_noun, when};
use crate::present::people::parts::NOTHING;
use crate::present::side;
use crate::study::verdict::{Standing, Verdict, Word};
use crate::summary::{Lens, Spread, Summary, Who, Z95};
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
/// Longest caption of the second table, columns.
const IN_CAPTION: usize = 36;
/// Longest name in the first column of the first table, columns.
const IN_CELL: usize = 28;

/// What each option costs beside the baseline. Of more than two options beside it also what they take of hours and when they
/// have paid back, and the baseline's own: these pages are there to compare ways with each other.
pub fn costs(summary: &Summary, verdict: &Verdict) -> Table {
    let end = if summary.verdict_rule.end_value_years > 0.0 { " and end value" } else { "" };
    let caption = |base: &str| {
        format!("{} cost{end} beside {base}, {}", span_before_noun(summary.decided_at()), averaged(summary))
    };
    let whole = caption(&side::name(summary, summary.baseline));
    // What the money is worth is never cut: the name is, and before that what is said of averages in the last line as well.
    let caption = |base: &str| match side::columns(&whole) > WIDTH - 2 {
        true => caption(base).replace("averages of all futures", "averages"),
        false => caption(base),
    };
    let room = (WIDTH - 2).saturating_sub(side::columns(&caption(""))).max(SHORT / 2);
    let caption = caption(&side::cut(&side::name(summary, summary.baseline), room));
    let shown = in_order(verdict);
    let is_wide = is_wide(summary);
    let any_spreads = shown.iter().any(|standing| spreads(summary, standing.option));
    let row = |standing: &&Standing| {
        let option = standing.option;
        let average = average::beside_baseline(summary, verdict, standing);
        let worse = if average == "nobody leaves" { String::new() } else { worse_than(summary, option) };
        let mut cells: Vec<String> = [average, worse].into_iter().take(1 + usize::from(any_spreads)).collect();
        if is_wide {
            let half = summary.decided(option).break_even[1];
            cells.extend([hours(summary, option), when(summary.start, summary.months, half)]);
        }
        (side::cut(&side::name(summary, option), IN_CELL), cells)
    };
    let leader = shown.iter().position(|standing| standing.option == verdict.leader.option).unwrap_or(0);
    let mut rows: Vec<(String, Vec<String>)> = shown.iter().map(row).collect();
    let delayed = |months: u32| match verdict.word {
        Word::LeaveWhen => format!("  {} after that", span(months)),
        _ => format!("  leaving {} later", span(months)),
    };
    // Who must leave has no later.
    let is_forced = side::forced_to(summary, summary.baseline).is_some();
    let later = average::best_delay(verdict)
        .filter(|_| !is_forced)
        .map(|later| (delayed(later.months), vec![average::put_off(summary, verdict, later)]))
        .filter(|(_, cells)| cells.first() != rows[leader].1.first());
    rows.splice(leader + 1..leader + 1, later);
    let in_all = if summary.is_certain() { "difference" } else { "in all\nfutures" };
    let mut head: Vec<&str> = if any_spreads { vec!["average", "bad case:\n1 in 10 worse"] } else { vec![in_all] };
    let of_hours = format!("dev hours a\nmonth, year {}", summary.months.div_ceil(12));
    if is_wide {
        head.extend([of_hours.as_str(), "half paid\nback by"]);
        let mut cells = vec![String::new(); head.len()];
        cells[0] = format!(
            "costs {}",
            summary.currency.money(verdict.rule.baseline_cost.value, verdict.rule.baseline_cost.se)
        );
        cells[head.len() - 2] = hours(summary, summary.baseline);
        rows.insert(0, (side::cut(&side::name(summary, summary.baseline), IN_CELL), cells));
    }
    let left_out = (verdict.others.len() + 1).saturating_sub(shown.len());
    Table {
        caption: side::cut(&caption, WIDTH - 2),
        caption_in_head: false,
        head: head.iter().map(|text| if is_wide { (*text).to_owned() } else { text.replace('\n', " ") }).collect(),
        rows,
        below: below(summary, verdict, left_out),
    }
}

/// Whether ways are compared with each other: the table then has their hours and when they have paid back.
#[must_use]
pub fn is_wide(summary: &Summary) -> bool {
    summary.options.len() > 3
}

/// The options with a row: what the word recommends first.
fn in_order(verdict: &Verdict) -> Vec<&Standing> {
    let mut all: Vec<&Standing> = [&verdict.leader].into_iter().chain(&verdict.others).collect();
    all.truncate(MOST_OPTIONS - 1);
    let first =
        verdict.rule.tuned.filter(|_| verdict.word == Word::FixFirst).map_or(verdict.leader.option, |t| t.option);
    all.sort_by_key(|standing| standing.option != first);
    all
}

/// What the table has no row for.
fn below(summary: &Summary, verdict: &Verdict, left_out: usize) -> Option<String> {
    let mut all = [&verdict.leader].into_iter().chain(&verdict.others);
    if verdict.word == Word::LeaveWhen && all.all(|standing| waits_or_stays(summary, standing.option)) {
        return Some("leave now (add an option that leaves at once to see it)".to_owned());
    }
    if left_out == 0 && verdict.word == Word::TooCloseToCall && summary.tuned.is_none() {
        return why_no_tuned(summary);
    }
    (left_out > 0).then(|| format!("and {left_out} more in summary.json"))
}

/// Why no row has today's platform tuned.
fn why_no_tuned(summary: &Summary) -> Option<String> {
    let base = side::today(summary);
    match side::forced_to(summary, summary.baseline) {
        // What ends is not worth tuning, and a name may say that it is tuned.
        Some(_) => None,
        None if base.to_lowercase().contains("tuned") => None,
        None => Some(format!("no row for a tuned {base}: the file names none")),
    }
}

fn waits_or_stays(summary: &Summary, option: usize) -> bool {
    let option = &summary.options[option];
    !option.leaves || option.leaving.as_ref().is_some_and(|leaving| !leaving.is_at_once())
}

/// The difference at the horizon.
fn at_end(summary: &Summary, option: usize) -> &Spread {
    summary.difference(option)
}

fn spreads(summary: &Summary, option: usize) -> bool {
    let end = at_end(summary, option);
    has_spread(end.at(0.1), end.at(0.9))
}

/// What one future in ten is worse than.
pub fn worse_than(summary: &Summary, option: usize) -> String {
    match spreads(summary, option) {
        true => worse(summary.currency, at_end(summary, option)),
        false => "the same".to_owned(),
    }
}

/// Hours a month that developers take in the last year, the move's among them.
pub(super) fn hours(summary: &Summary, option: usize) -> String {
    let all = &summary.options[option].people;
    let Some(own) = all.by.iter().find(|by| by.who == Who::Developers) else { return "0".to_owned() };
    // Of a whole year they are those of the page of who does what, rounded so that they add up there.
    if summary.months.is_multiple_of(12) && all.by[0].who == Who::Developers {
        return match people::shown(summary, option, summary.years.len() - 1).0.swap_remove(0) {
            none if none == NOTHING => "0".to_owned(),
            hours => hours,
        };
    }
    let all = &own.by_month;
    let last = &all[all.len().saturating_sub(12)..];
    amount(last.iter().map(|month| month.value).sum::<f64>() / last.len().max(1) as f64, 0.0)
}

/// When the leading option has paid for itself, under each lens.
pub fn paid_back(summary: &Summary, verdict: &Verdict) -> Table {
    let leader = verdict.leader.option;
    // Of one future the month says all.
    let is_certain = summary.is_certain();
    let marks = if is_certain { Vec::new() } else { marks(summary.months) };
    let mut head = vec![if is_certain { "by".to_owned() } else { "half of futures".to_owned() }];
    head.extend(marks.iter().map(|m| format!("within {}", span(*m))));
    let row = |(lens, words): (Lens, &str)| {
        let crossover = summary.headline(leader, lens);
        let mut cells = vec![when(summary.start, summary.months, crossover.break_even[1])];
        cells.extend(marks.iter().map(|m| about_half_cell(crossover.broke_even_by[*m as usize])));
        let words = match lens {
            Lens::Economic => format!("+ {}", economic(summary)),
            _ => words.to_owned(),
        };
        (words, cells)
    };
    let [name, base] = [leader, summary.baseline].map(|option| side::cut(&side::name(summary, option), SHORT));
    // Where nobody is hired for the leader its line would be that of the invoices once more.
    let is_new = |lens: Lens| match lens {
        Lens::Cash => {
            let by = |lens: Lens| &summary.headline(leader, lens).broke_even_by;
            by(Lens::Cash) != by(Lens::Invoices)
        }
        _ => true,
    };
    let lenses = LENSES.into_iter().filter(|(lens, _)| summary.adds(*lens) && is_new(*lens));
    Table {
        caption: match format!("{name} beside {base} has paid back") {
            long if side::columns(&long) > IN_CAPTION => format!("{name} has paid back"),
            caption => caption,
        },
        caption_in_head: true,
        head,
        rows: lenses.map(row).collect(),
        below: None,
    }
}

/// What the answer hinges on, so many lines of it: what the run took it to be in eight futures of ten, and where it turns the
/// choice; where nothing does, what moves it most.
pub fn hinges(summary: &Summary, verdict: &Verdict, hinges: &[Hinge], most: usize) -> Option<Table> {
    let turns = hinges.iter().any(Hinge::turns);
    let shown: Vec<&Hinge> = hinges.iter().filter(|hinge| !turns || hinge.turns()).take(most).collect();
    let claims: Vec<&str> = shown.iter().filter_map(|hinge| hinge.flip.as_ref()).map(|flip| flip.said().0).collect();
    // What all of them claim stands in the head, once.
    let claim = claims.first().copied().filter(|first| claims.iter().all(|claim| claim == first));
    let row = |hinge: &Hinge, in_full: bool| {
        let [low, high] = hinge.ends();
        let low = match (low.strip_suffix(" weeks"), high.ends_with(" weeks")) {
            (Some(number), true) if low != high => number.to_owned(),
            _ => low,
        };
        let took = if low == high { low } else { format!("{low} to {high}") };
        let turns = hinge.flip.as_ref().map_or_else(
            || "nowhere likely".to_owned(),
            |flip| {
                let text = if claim.is_some() { flip.said().1 } else { &flip.text };
                format!(
                    "{} ({}{})",
                    short(text),
                    flip.odds(),
                    if in_full && flip.odds().starts_with(|c: char| c.is_ascii_digit()) { lies(text) } else { "" }
                )
            },
        );
        (side::cut(&hinge.label, IN_HINGES), vec![took, turns])
    };
    // On which side the odds are is said where the table has room for it.
    let fits = |rows: &[(String, Vec<String>)]| {
        let name = rows.iter().map(|(name, _)| side::columns(name)).max().unwrap_or(0);
        let cell = |place: usize| rows.iter().map(|(_, cells)| side::columns(&cells[place]) + GAP).max().unwrap_or(0);
        name + INDENT + cell(0) + cell(1) <= WIDTH
    };
    let all = |in_full: bool| shown.iter().map(|hinge| row(hinge, in_full)).collect::<Vec<_>>();
    let rows = Some(all(true)).filter(|rows| fits(rows)).unwrap_or_else(|| all(false));
    let hidden = hinges.iter().filter(|hinge| turns && hinge.turns()).count().saturating_sub(shown.len());
    let below = (hidden > 0).then(|| format!("{hidden} more may turn it; the picture shows the weightiest."));
    let with = rival(verdict);
    let beside = match with == summary.baseline {
        true => String::new(),
        false => format!(" (beside {})", side::cut(&side::name(summary, with), IN_CELL)),
    };
    (!rows.is_empty()).then(|| Table {
        caption: format!("{}{beside}", if turns { "It hinges on" } else { "What moves it most" }),
        caption_in_head: true,
        head: vec!["8 in 10 between".to_owned(), claim.unwrap_or("it turns where").to_owned()],
        rows,
        below,
    })
}

/// Columns before a table's row, and between two cells.
const INDENT: usize = 4;
const GAP: usize = 2;

/// What the odds of a turn are of: futures that have more, or less, than the figure before them.
fn lies(text: &str) -> &'static str {
    match text {
        above if above.contains("above ") => " have more",
        below if below.contains("below ") => " have less",
        _ => "",
    }
}

/// A value as it stands in a table: "1.9×" for "1.9 times the plan".
fn short(text: &str) -> String {
    text.replace(" times the plan", "×").replace(" engineer-weeks", " weeks")
}

/// Longest label of what it hinges on, columns.
const IN_HINGES: usize = 48;

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
