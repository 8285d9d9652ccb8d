//! The tables of the page.

use super::parts;
use crate::present::finding::people as words;
use crate::present::number::amount;
use crate::present::page::block::{Table, WIDTH};
use crate::present::side;
use crate::summary::{Phases, Summary, Task, Who, Year};

/// Years that are shown, where the run has them; the last one is shown too.
const YEARS: [u32; 3] = [1, 3, 5];
/// Columns of a table's first column beside its figures.
const FIRST: usize = 28;

/// The columns of options: their names where there is room, else numbers.
pub(super) struct Columns<'n> {
    pub(super) shown: &'n [usize],
    pub(super) names: &'n [String],
    heads: Vec<String>,
    is_numbered: bool,
}

impl<'n> Columns<'n> {
    pub(super) fn of(shown: &'n [usize], names: &'n [String]) -> Self {
        let width: usize = names.iter().map(|name| side::columns(name) + 2).sum();
        let is_numbered = FIRST + width > WIDTH;
        let heads = if is_numbered { (1..=shown.len()).map(|n| n.to_string()).collect() } else { names.to_vec() };
        Self { shown, names, heads, is_numbered }
    }

    /// What the numbers stand for.
    pub(super) fn key(&self) -> Option<String> {
        let one = |(place, name): (usize, &String)| format!("{}: {name}", place + 1);
        let all: Vec<String> = self.names.iter().enumerate().map(one).collect();
        self.is_numbered.then(|| all.join(";  "))
    }

    /// A table of these columns.
    fn table(&self, caption: String, rows: Vec<Row>) -> Table {
        table(caption, &self.heads, rows)
    }
}

/// The first cell and the others.
pub(super) type Row = (String, Vec<String>);

/// A table whose figures end below each other.
pub(super) fn table(caption: String, heads: &[String], rows: Vec<Row>) -> Table {
    let (head, rows) = aligned(heads, rows);
    Table { caption, caption_in_head: false, head, rows, below: None }
}

/// Heads and cells filled up on the left, so that figures end below each other.
fn aligned(heads: &[String], rows: Vec<Row>) -> (Vec<String>, Vec<Row>) {
    let width = |place: usize| {
        let cells = rows.iter().filter_map(|(_, cells)| cells.get(place));
        cells.chain(heads.get(place)).map(|cell| side::columns(cell)).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..heads.len()).map(width).collect();
    let fill = |(cell, width): (&String, &usize)| format!("{}{cell}", " ".repeat(width - side::columns(cell)));
    let filled = |cells: &[String]| cells.iter().zip(&widths).map(fill).collect::<Vec<String>>();
    let head = filled(heads);
    (head, rows.iter().map(|(name, cells)| (name.clone(), filled(cells))).collect())
}

/// What the hours of the last year go into.
pub(super) fn tasks(summary: &Summary, columns: &Columns) -> Table {
    let year = summary.years.len() - 1;
    let of = |option: usize| &summary.options[option].people;
    let hours = |option: usize, task: Task| {
        let found = of(option).tasks.iter().find(|(known, _)| *known == task);
        found.map_or(0.0, |(_, by_year)| by_year[year].value)
    };
    let is_there = |task: &Task| columns.shown.iter().any(|option| hours(*option, *task) > 0.0);
    let shown: Vec<Task> = Task::all().into_iter().filter(is_there).collect();
    let column = |option: &usize| {
        let parts: Vec<f64> = shown.iter().map(|task| hours(*option, *task)).collect();
        parts::hours(&parts, of(*option).together[year])
    };
    let by_option: Vec<(Vec<String>, String)> = columns.shown.iter().map(column).collect();
    let row = |place: usize| by_option.iter().map(|(cells, _)| cells[place].clone()).collect();
    let mut rows: Vec<(String, Vec<String>)> =
        shown.iter().enumerate().map(|(place, task)| (words_for(*task).to_owned(), row(place))).collect();
    rows.push(("together".to_owned(), by_option.iter().map(|(_, together)| together.clone()).collect()));
    let caption = format!("Work you take over, hours a month in {}", words::dated(summary));
    columns.table(caption, rows)
}

/// What a task is called on the page.
const fn words_for(task: Task) -> &'static str {
    match task {
        Task::OtherWork => "other work",
        Task::Requests => "requests of developers",
        Task::Incidents => "incidents",
        Task::Events => "what happens",
        Task::Friction => "friction of developers",
        Task::Waiting => "waiting for others",
        Task::Onboarding => "onboarding",
        Task::Project => "the move, or tuning",
        Task::Work(kind) => kind.name(),
    }
}

/// The years that are shown, by place.
pub(super) fn years(summary: &Summary) -> Vec<(usize, Year)> {
    let last = summary.years.len() - 1;
    let all = summary.years.iter().copied().enumerate();
    all.filter(|(place, year)| *place == last || YEARS.contains(&year.number())).collect()
}

/// Who does the hours in some years, with what they come to in engineers.
pub(super) fn done_by(summary: &Summary, columns: &Columns) -> Table {
    let years = years(summary);
    let mut rows: Vec<Row> = Vec::new();
    for (option, name) in columns.shown.iter().zip(columns.names) {
        let people = &summary.options[*option].people;
        let shown: Vec<(Vec<String>, String)> =
            years.iter().map(|(year, _)| words::shown(summary, *option, *year)).collect();
        let cell = |hours: f64, text: &str, year: usize| match text {
            parts::NOTHING => text.to_owned(),
            _ => format!("{text} ({})", parts::engineers(hours, people.together[year], summary.hours_per_month)),
        };
        let only = people.by.len() == 1;
        if !only {
            rows.push((name.clone(), Vec::new()));
        }
        for (place, by) in people.by.iter().enumerate() {
            let cells = years
                .iter()
                .zip(&shown)
                .map(|((year, _), (cells, _))| cell(by.by_year[*year].value, &cells[place], *year));
            let who = match seats(summary, *option, by.who) {
                Some(seats) => {
                    let word = if seats == "1" { "seat" } else { "seats" };
                    format!("{}, {seats} {word} at the end", words::called(&by.title))
                }
                None => words::called(&by.title),
            };
            let who = if only { format!("{name}: {who}") } else { format!("  {who}") };
            rows.push((side::cut(&who, NAMES), cells.collect()));
        }
        if !only {
            let cells = years
                .iter()
                .zip(&shown)
                .map(|((year, _), (_, together))| cell(people.together[*year].value, together, *year));
            rows.push(("  together".to_owned(), cells.collect()));
        }
    }
    let heads: Vec<String> = years.iter().map(|(_, year)| words::name(*year)).collect();
    table("Who does them, hours a month (engineers)".to_owned(), &heads, rows)
}

/// The seats of a layer that are filled at the end, if it has any.
fn seats(summary: &Summary, option: usize, who: Who) -> Option<String> {
    let Who::Layer(place) = who else { return None };
    let last = *summary.options[option].done_by.get(place)?.seats.as_ref()?.last()?;
    Some(amount(last.value, last.se))
}

/// Longest name in the first column of who does hours, columns.
const NAMES: usize = 50;

/// How likely each phase of debt is at the end of some years, of the options that have any.
pub(super) fn phases(summary: &Summary, columns: &Columns) -> Option<Table> {
    const PHASES: [&str; 3] = ["simple", "drifting", "a black box"];
    let of = |phases: &Phases| [phases.simple, phases.drift, phases.black_box];
    let debt = |option: &usize| summary.options[*option].debt.as_ref();
    if columns.shown.iter().all(|option| debt(option).is_none()) {
        return None;
    }
    let mut rows = Vec::new();
    for (place, year) in years(summary) {
        let cells = |option: &usize| {
            let phases = debt(option).and_then(|debt| debt.by_year.get(place));
            let shares = phases.map(|phases| parts::shares(&of(phases)));
            shares.unwrap_or_else(|| vec![String::new(); PHASES.len()])
        };
        let by_option: Vec<Vec<String>> = columns.shown.iter().map(cells).collect();
        for (phase, name) in PHASES.iter().enumerate() {
            let row = by_option.iter().map(|cells| cells[phase].clone()).collect();
            rows.push((format!("{}: {name}", words::name(year)), row));
        }
    }
    let caption = "Operational debt, parts of all futures; of the platform that one ends on".to_owned();
    Some(columns.table(caption, rows))
}
