//! Who does the hours, in a sentence.

use crate::present::number::{amount, count, month};
use crate::present::people::parts;
use crate::present::side;
use crate::study::verdict::Verdict;
use crate::summary::{Summary, Who, Year};

/// Longest name of whoever takes hours, columns.
const LONGEST: usize = 40;
/// Longest name of an option, columns.
const SHORT: usize = 32;
/// A difference below so many of its standard errors is noise.
const NOISE: f64 = 2.0;

/// An option's hours of a year as they are shown: by whoever does them, in the order of the summary, and together.
#[must_use]
pub fn shown(summary: &Summary, option: usize, year: usize) -> (Vec<String>, String) {
    let people = &summary.options[option].people;
    let hours: Vec<f64> = people.by.iter().map(|by| by.by_year[year].value).collect();
    parts::hours(&hours, people.together[year])
}

/// What developers do with the leader and with the baseline late in the run, and who does the rest.
#[must_use]
pub fn title(summary: &Summary, verdict: &Verdict) -> String {
    let (leader, base) = (verdict.leader.option, summary.baseline);
    let year = summary.years.len() - 1;
    let [own, other] = [leader, base].map(|option| side::cut(&side::name(summary, option), SHORT));
    let when = late(summary);
    let [(cells, together), (base_cells, _)] = [leader, base].map(|option| shown(summary, option, year));
    let people = &summary.options[leader].people;
    let others = people.by.iter().zip(&cells).skip(1).filter(|(by, _)| matches!(by.who, Who::Layer(_)));
    // Of several that do as much, the first.
    let most = others.rev().max_by(|a, b| a.0.by_year[year].value.total_cmp(&b.0.by_year[year].value));
    let [mine, theirs] = [leader, base].map(|option| summary.options[option].people.by[0].by_year[year]);
    let is_same = (mine.value - theirs.value).abs() <= NOISE * (mine.se + theirs.se) || cells[0] == base_cells[0];
    let is_busy = |cell: &str| !cell.starts_with('<') && cell != parts::NOTHING;
    match most.filter(|(_, cell)| is_busy(cell)) {
        Some((by, cell)) => format!(
            "With {own}, {} do {cell} of {together} hours a month in {when}; developers do {}, with {other} {}",
            called(&by.title),
            none(&cells[0]),
            none(&base_cells[0])
        ),
        None if is_same => format!(
            "With {own} developers spend about as many hours a month on production in {when} as with {other}: {}",
            none(&cells[0])
        ),
        None => format!(
            "With {own} developers spend {} hours a month on production in {when}, with {other} {}",
            none(&cells[0]),
            none(&base_cells[0])
        ),
    }
}

/// Who does an option's hours late in the run, the longest way to say it first: developers apart from the others, as in the title.
#[must_use]
pub fn by_whom(summary: &Summary, option: usize) -> Vec<String> {
    let when = late(summary);
    let year = summary.years.len() - 1;
    let (cells, together) = shown(summary, option, year);
    let people = &summary.options[option].people;
    let doing: Vec<_> = people.by.iter().zip(&cells).skip(1).filter(|(_, cell)| *cell != parts::NOTHING).collect();
    let hours = |cell: &str| if cell == parts::NOTHING { "no".to_owned() } else { cell.to_owned() };
    let developers = format!("{} h developers", hours(&cells[0]));
    let others: f64 = doing.iter().map(|(by, _)| by.by_year[year].value).sum();
    let names: Vec<String> = doing.iter().map(|(by, cell)| format!(" + {cell} h {}", called(&by.title))).collect();
    match doing.as_slice() {
        [] => vec![format!("{} hours a month in {when}", hours(&together))],
        all => {
            let rest = if let [(_, cell)] = all { (*cell).clone() } else { amount(others, 0.0) };
            vec![
                format!("{developers}{} in {when}", names.concat()),
                format!("{developers}{}", names.concat()),
                format!("{developers} + {rest} h others"),
            ]
        }
    }
}

/// What is drawn.
#[must_use]
pub fn subtitle(summary: &Summary) -> Vec<String> {
    vec![format!(
        "Hours a month by who does them, the move among them, average of {} future{}",
        count(summary.trials),
        if summary.trials == 1 { "" } else { "s" }
    )]
}

/// "year 5", "the first 7 months".
#[must_use]
pub fn late(summary: &Summary) -> String {
    summary.years.last().map_or_else(String::new, |year| name(*year))
}

/// "year 5", "the first 7 months".
#[must_use]
pub fn name(year: Year) -> String {
    match year.months() {
        12 => format!("year {}", year.number()),
        1 => "the first month".to_owned(),
        months => format!("the first {months} months"),
    }
}

/// "year 5, Jan 2031 to Dec 2031".
#[must_use]
pub fn dated(summary: &Summary) -> String {
    let Some(year) = summary.years.last() else { return String::new() };
    let [first, last] = [year.first, year.last].map(|m| month(summary.start, m));
    if first == last { format!("{}, {first}", name(*year)) } else { format!("{}, {first} to {last}", name(*year)) }
}

/// What whoever does hours is called.
#[must_use]
pub fn called(title: &str) -> String {
    let title = side::one_line(title);
    side::cut(if title.is_empty() { "somebody" } else { &title }, LONGEST)
}

fn none(cell: &str) -> String {
    if cell == parts::NOTHING { "none".to_owned() } else { cell.to_owned() }
}
