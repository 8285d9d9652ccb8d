//! The tables of the page.

use super::money::{self, Money};
use super::parts;
use crate::present::finding::people as words;
use crate::present::number::{amount, in_futures};
use crate::present::page::block::{Table, WIDTH};
use crate::present::side;
use crate::summary::{HoursBy, Mean, Phases, Summary, Task, Who, Year};

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

/// What the hours of the last year cost.
pub(super) fn tasks_in_money(summary: &Summary, columns: &Columns) -> Table {
    let year = summary.years.len() - 1;
    let all = Task::all();
    let by_option: Vec<(Vec<f64>, Money)> = columns
        .shown
        .iter()
        .map(|option| Money::of(summary, *option, year))
        .map(|money| (money.of_tasks(&all), money))
        .collect();
    let names = all.iter().map(|task| words_for(*task)).chain(["paid, with nothing to do"]);
    let is_there = |place: &usize| by_option.iter().any(|(amounts, _)| amounts[*place] > 0.0);
    let shown: Vec<(usize, &str)> = names.enumerate().filter(|(place, _)| is_there(place)).collect();
    let cells: Vec<(Vec<String>, String)> = by_option
        .iter()
        .map(|(amounts, money)| {
            let own: Vec<f64> = shown.iter().map(|(place, _)| amounts[*place]).collect();
            money::shown(&own, money.together())
        })
        .collect();
    let row = |nth: usize| cells.iter().map(|(cells, _)| cells[nth].clone()).collect();
    let mut rows: Vec<Row> = shown.iter().enumerate().map(|(nth, (_, name))| ((*name).to_owned(), row(nth))).collect();
    rows.push(("together".to_owned(), cells.iter().map(|(_, together)| together.clone()).collect()));
    let caption = format!("The same in money, {} a month in {}", summary.currency.code(), words::late(summary));
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

/// Who does the hours in some years, with what they come to in engineers, and what they cost in the last year.
pub(super) fn done_by(summary: &Summary, columns: &Columns) -> Table {
    let years = years(summary);
    let mut rows: Vec<Row> = Vec::new();
    for (option, name) in columns.shown.iter().zip(columns.names) {
        rows.extend(done_by_of(summary, *option, name, &years));
    }
    let money = format!("{} a month,\n{}", summary.currency.code(), words::late(summary));
    let heads = years.iter().map(|(_, year)| words::name(*year)).chain([money]);
    let heads: Vec<String> = heads.take(years.len() + usize::from(!summary.hides_pay)).collect();
    table("Who does them, hours a month (engineers)".to_owned(), &heads, rows)
}

/// The rows of one option.
fn done_by_of(summary: &Summary, option: usize, name: &str, years: &[(usize, Year)]) -> Vec<Row> {
    let people = &summary.options[option].people;
    let shown: Vec<(Vec<String>, String)> =
        years.iter().map(|(year, _)| words::shown(summary, option, *year)).collect();
    let cell = |hours: f64, text: &str, year: usize| match text {
        parts::NOTHING => text.to_owned(),
        _ => format!("{text} ({})", parts::engineers(hours, people.together[year], summary.hours_per_month)),
    };
    let money = Money::of(summary, option, summary.years.len() - 1);
    let paid: Vec<f64> = people.by.iter().map(|by| money.of_whom(by.who).value).collect();
    let (paid, paid_together) = money::shown(&paid, money.together());
    let mut rows = Vec::new();
    let only = people.by.len() == 1;
    if !only {
        rows.push((name.to_owned(), Vec::new()));
    }
    for (place, by) in people.by.iter().enumerate() {
        let of_year = |((year, _), (cells, _)): (&(usize, Year), &(Vec<String>, String))| {
            cell(by.by_year[*year].value, &cells[place], *year)
        };
        let cells = years.iter().zip(&shown).map(of_year).chain([paid[place].clone()]).collect();
        let who = match seats(summary, option, by.who) {
            Some(seats) => format!("{}, {seats}", words::called(&by.title)),
            None => words::called(&by.title),
        };
        let who = if only { format!("{name}: {who}") } else { format!("  {who}") };
        rows.push((side::cut(&who, NAMES), cells));
    }
    if !only {
        let of_year = |((year, _), (_, together)): (&(usize, Year), &(Vec<String>, String))| {
            cell(people.together[*year].value, together, *year)
        };
        let cells = years.iter().zip(&shown).map(of_year).chain([paid_together]).collect();
        rows.push(("  together".to_owned(), cells));
    }
    rows.extend(the_move(summary, option, years));
    if summary.hides_pay {
        rows.iter_mut().for_each(|(_, cells)| cells.truncate(years.len()));
    }
    rows
}

/// The hours of the project among those above, where it takes any in the years shown.
fn the_move(summary: &Summary, option: usize, years: &[(usize, Year)]) -> Option<Row> {
    let people = &summary.options[option].people;
    let (_, by_year) = people.tasks.iter().find(|(task, _)| *task == Task::Project)?;
    let cells: Vec<String> =
        years.iter().map(|(year, _)| parts::hours(&[by_year[*year].value], by_year[*year]).1).collect();
    let is_there = cells.iter().any(|cell| cell != parts::NOTHING);
    is_there
        .then(|| ("  the move, or tuning, among them".to_owned(), cells.into_iter().chain([String::new()]).collect()))
}

/// The seats of a layer at the end, if it has any: filled ones that work, those that are only paid, and those let go.
fn seats(summary: &Summary, option: usize, who: Who) -> Option<String> {
    let Who::Layer(place) = who else { return None };
    let layer = summary.options[option].done_by.get(place)?;
    let last = *layer.seats.as_ref()?.last()?;
    let seats = amount(last.value, last.se);
    let word = if seats == "1" { "seat" } else { "seats" };
    let pay = [format!("cover.{}.pay", layer.name), format!("cover.{}.pay_of_today", layer.name)];
    let mut lines = summary.lines.iter().filter(|line| line.option == option && pay.contains(&line.line));
    let is_paid = lines.any(|line| line.by_month.last().is_some_and(|mean| mean.value > 0.0));
    let works = layer.hours.last().is_some_and(|mean| mean.value > 0.0);
    Some(match (works, is_paid) {
        (false, false) if last.value > 0.0 => "let go by the end".to_owned(),
        (false, true) => format!("{seats} {word} paid for nothing at the end"),
        _ => format!("{seats} {word} at the end"),
    })
}

/// Seats that are paid whole and take only a part of their time: a sentence for each layer of such.
pub(super) fn idle(summary: &Summary, columns: &Columns) -> Vec<String> {
    let of = |(option, name): (&usize, &String)| {
        let said = paid_whole(summary, *option).into_iter();
        said.map(|said| format!("{name}: {said}.")).collect::<Vec<_>>()
    };
    columns.shown.iter().zip(columns.names).flat_map(of).collect()
}

/// What an option's seats that are paid whole take of their time in the last year, where it is only a part: for each layer of such.
#[must_use]
pub fn paid_whole(summary: &Summary, option: usize) -> Vec<String> {
    /// From which part of the time on a seat counts as busy.
    const BUSY: f64 = 0.9;
    let Some(last) = summary.years.last() else { return Vec::new() };
    let place = summary.years.len() - 1;
    let of = |by: &HoursBy| {
        let Who::Layer(layer) = by.who else { return None };
        let seats = summary.options[option].done_by.get(layer)?.seats.as_ref()?;
        let months = &seats[last.first as usize - 1..last.last as usize];
        let seats = months.iter().map(|mean| mean.value).sum::<f64>() / f64::from(last.months());
        let (paid, hours) = (seats * summary.hours_per_month, by.by_year[place]);
        let is_paid = Money::of(summary, option, place).of_whom(by.who).value > 0.0;
        (is_paid && paid > 0.0 && hours.value < BUSY * paid).then(|| {
            let engineers = amount(seats, 0.0);
            let word = if engineers == "1" { "engineer is" } else { "engineers are" };
            format!(
                "{engineers} {word} paid whole in {}; production takes {} of {} hours a month",
                words::late(summary),
                amount(hours.value, hours.se),
                paid.round(),
            )
        })
    };
    summary.options[option].people.by.iter().filter_map(of).collect()
}

/// Services that are asked for more than they do at most: a sentence for each.
pub(super) fn capped(summary: &Summary, columns: &Columns) -> Vec<String> {
    let Some(last) = summary.years.last() else { return Vec::new() };
    let mut all = Vec::new();
    for (option, name) in columns.shown.iter().zip(columns.names) {
        let layers = &summary.options[*option].done_by;
        for (place, layer) in layers.iter().enumerate() {
            let Some(cap) = &layer.cap else { continue };
            let Some(reached) = cap.reached_by.last().copied().filter(|reached| reached.count > 0) else { continue };
            let months = &cap.beyond[last.first as usize - 1..last.last as usize];
            let mean = |of: fn(&Mean) -> f64| months.iter().map(of).sum::<f64>() / f64::from(last.months());
            let hours = match amount(mean(|mean| mean.value), mean(|mean| mean.se)).as_str() {
                "0" => None,
                "1" => Some("1 hour".to_owned()),
                hours => Some(format!("{hours} hours")),
            };
            let after: Vec<String> = layers[place + 1..].iter().map(|layer| words::called(&layer.title)).collect();
            let after: String = after.iter().map(|title| format!("{title}, then ")).collect();
            let late = words::late(summary);
            let beyond = hours.map_or_else(
                || format!("in {late} next to nothing is asked for beyond that"),
                |hours| format!("{hours} a month in {late} are beyond that and left to {after}developers"),
            );
            all.push(format!(
                "{name}: {} reaches the most hours that it does in {}; {beyond}.",
                words::called(&layer.title),
                in_futures(reached),
            ));
        }
    }
    all
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
