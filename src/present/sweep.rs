//! A sweep as a page, as a table for other programs, and as JSON.

use serde_json::{Value as Json, json};

use super::number::{count, span};
use super::page::block::{self, Block, Table as Shown};
use super::side::{self, cut};
use super::tables::{Cell as Given, Table};
use crate::study::sweep::{Axis, Cell, Sweep};
use crate::summary::Summary;
use crate::units::Currency;

/// Longest title of an option in a cell, columns.
const NAME: usize = 36;
/// Longest caption of a table, columns.
const CAPTION: usize = 60;
/// Up to so many turns are told one by one in a finding.
const FEW: usize = 2;

/// What a page says of a scenario beside its figures.
pub struct Of<'s> {
    /// The scenario's title.
    pub scenario: &'s str,
    /// What the options are called, as on other pages, in the scenario's order.
    pub options: Vec<String>,
    /// The baseline's place.
    pub baseline: usize,
    /// What amounts are in.
    pub currency: Currency,
    /// How many futures each cell lived.
    pub trials: u64,
}

impl<'s> Of<'s> {
    /// Takes it from the summary of any cell.
    #[must_use]
    pub fn taken(summary: &'s Summary) -> Self {
        Self {
            scenario: &summary.scenario,
            options: (0..summary.options.len()).map(|option| side::name(summary, option)).collect(),
            baseline: summary.baseline,
            currency: summary.currency,
            trials: summary.trials,
        }
    }

    /// The options that are compared with the baseline.
    pub fn others(&self) -> impl Iterator<Item = usize> {
        let baseline = self.baseline;
        (0..self.options.len()).filter(move |option| *option != baseline)
    }
}

/// Up to when options are compared: "over 5 years", or "over 2 years to 5 years, as each value has it" where cells differ.
#[must_use]
pub fn over(sweep: &Sweep) -> String {
    let months = || sweep.cells.iter().map(|cell| cell.months);
    let [least, most] = [months().min(), months().max()].map(|months| months.unwrap_or(0));
    match least == most {
        true => format!("over {}", span(most)),
        false => format!("over {} to {}, as each value has it", span(least), span(most)),
    }
}

/// Whether cells are compared over different lengths of time.
fn spans_differ(sweep: &Sweep) -> bool {
    sweep.cells.windows(2).any(|pair| pair[0].months != pair[1].months)
}

/// Words for where one axis turns: "between 3 % and 4 % the cheapest turns from Heroku to ECS".
#[must_use]
pub fn turns(sweep: &Sweep, of: &Of<'_>) -> Vec<String> {
    let [axis] = sweep.axes.as_slice() else { return Vec::new() };
    let between = |pair: &[Cell]| {
        let [before, after] = pair else { return None };
        let place = |cell: &Cell| axis.values[cell.at[0]].text.clone();
        let name = |cell: &Cell| of.options[cell.cheapest].as_str();
        (before.cheapest != after.cheapest).then(|| {
            format!(
                "Between {} and {} the cheapest turns from {} to {}.",
                place(before),
                place(after),
                name(before),
                name(after)
            )
        })
    };
    let found: Vec<String> = sweep.cells.windows(2).filter_map(between).collect();
    if found.is_empty() {
        let all = sweep.cells.first().map_or("", |cell| &of.options[cell.cheapest]);
        return vec![format!("{all} is cheapest at every value.")];
    }
    found
}

/// What came out, as a title says it.
#[must_use]
pub fn finding(sweep: &Sweep, of: &Of<'_>) -> String {
    let winners = winners(sweep);
    let [axis] = sweep.axes.as_slice() else { return shares(sweep, of, &winners) };
    let [first, last] = [axis.values.first(), axis.values.last()].map(|value| value.map_or("", |value| &value.text));
    let turns = turns(sweep, of);
    match (winners.as_slice(), turns.len()) {
        ([only], _) => format!("{} is cheapest at every value from {first} to {last}", of.options[*only]),
        (_, 1..=FEW) => turns.join(" ").trim_end_matches('.').to_owned(),
        (all, times) => format!(
            "From {first} to {last} the cheapest turns {times} times, between {}",
            listed(all.iter().map(|option| of.options[*option].clone()).collect())
        ),
    }
}

/// How often which option is cheapest, the most frequent first; two by name.
fn shares(sweep: &Sweep, of: &Of<'_>, winners: &[usize]) -> String {
    if let [only] = winners {
        return format!("{} is cheapest at every pair of values", of.options[*only]);
    }
    let times = |option: usize| sweep.cells.iter().filter(|cell| cell.cheapest == option).count();
    let mut by_times: Vec<(usize, usize)> = winners.iter().map(|option| (times(*option), *option)).collect();
    by_times.sort_by_key(|(times, _)| std::cmp::Reverse(*times));
    let (named, rest) = by_times.split_at(if by_times.len() == 3 { 3 } else { 2 });
    let all = sweep.cells.len();
    let mut parts: Vec<String> = Vec::new();
    for (nth, (times, option)) in named.iter().enumerate() {
        let name = &of.options[*option];
        parts.push(match nth {
            0 => format!("{name} is cheapest at {times} of {all} pairs of values"),
            _ => format!("{name} at {times}"),
        });
    }
    let others: usize = rest.iter().map(|(times, _)| times).sum();
    parts.extend((others > 0).then(|| format!("{} others at {others}", rest.len())));
    listed(parts)
}

/// "A, B and C".
fn listed(mut parts: Vec<String>) -> String {
    let last = parts.pop().unwrap_or_default();
    if parts.is_empty() { last } else { format!("{} and {last}", parts.join(", ")) }
}

/// The options that are cheapest somewhere, in the scenario's order.
#[must_use]
pub fn winners(sweep: &Sweep) -> Vec<usize> {
    let all: std::collections::BTreeSet<usize> = sweep.cells.iter().map(|cell| cell.cheapest).collect();
    all.into_iter().collect()
}

/// What stands for one of the [`winners`], by its place among them: A to Z, then AA.
#[must_use]
pub fn letter(place: usize) -> String {
    let last = char::from(b'A' + u8::try_from(place % 26).unwrap_or(0));
    if place < 26 { last.to_string() } else { format!("{}{last}", letter(place / 26 - 1)) }
}

/// By how much the cheapest of a cell costs less than the next; nothing where there is no other.
#[must_use]
pub fn lead(cell: &Cell, currency: Currency) -> String {
    cell.lead().map_or_else(String::new, |lead| currency.money(lead.value, lead.se))
}

/// The page; its tables are as wide as they are.
#[must_use]
pub fn page(sweep: &Sweep, of: &Of<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::Head(of.scenario.to_owned()), Block::Gap];
    match sweep.axes.as_slice() {
        [axis] => {
            blocks.extend(turns(sweep, of).into_iter().map(Block::Verdict));
            blocks.extend(long_name(axis).map(Block::Words));
            blocks.extend([Block::Gap, Block::Table(by_value(sweep, axis, of))]);
        }
        [rows, columns] => {
            blocks.push(Block::Verdict(format!("{}.", finding(sweep, of))));
            blocks.extend(keys(sweep, of).into_iter().map(Block::Words));
            blocks.push(Block::Words(format!("Down: {}. Across: {}.", rows.name(), columns.name())));
            blocks.extend([Block::Gap, Block::Table(by_both(sweep, (rows, columns), of))]);
        }
        _ => {}
    }
    for (_, axis) in sweep.axes.iter().enumerate().filter(|(nth, _)| sweep.moves_nothing(*nth)) {
        blocks.push(Block::Words(format!(
            "Nothing changes with {}: no cost rests on it, or something nearer says it, as a growth case says its own growth.",
            axis.path
        )));
    }
    let futures = count(of.trials);
    let what = if sweep.axes.len() == 1 {
        format!("Average cost beside {} {}", of.options[of.baseline], over(sweep))
    } else {
        format!("Average cost {}", over(sweep))
    };
    blocks.extend([Block::Gap, Block::Words(format!("{what}; each value in the same {futures} futures."))]);
    blocks
}

/// The page for a terminal: a table that is too wide for it stands in several, one below the other.
#[must_use]
pub fn for_terminal(sweep: &Sweep, of: &Of<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    for block in page(sweep, of) {
        let Block::Table(table) = block else {
            blocks.push(block);
            continue;
        };
        for (nth, part) in block::parts(&table).into_iter().enumerate() {
            blocks.extend((nth > 0).then_some(Block::Gap));
            blocks.push(Block::Table(part));
        }
    }
    blocks
}

/// A path that is too long for a caption, in a sentence of its own.
fn long_name(axis: &Axis) -> Option<String> {
    Some(axis.name()).filter(|name| name.chars().count() > CAPTION).map(|name| format!("Down: {name}."))
}

/// What stands above the values of an input: its path, or the end of it where that is long.
fn caption(axis: &Axis) -> String {
    match axis.name() {
        name if name.chars().count() <= CAPTION => name,
        _ => cut(axis.path.rsplit('.').next().unwrap_or(""), CAPTION),
    }
}

/// A row for each value: which option is cheapest, and what each costs beside the baseline.
fn by_value(sweep: &Sweep, axis: &Axis, of: &Of<'_>) -> Shown {
    let spans_differ = spans_differ(sweep);
    let mut head = vec!["cheapest".to_owned()];
    head.extend(spans_differ.then(|| "over".to_owned()));
    head.extend(of.others().map(|option| of.options[option].to_owned()));
    let labels = axis.apart().0;
    let row = |cell: &Cell| {
        let amount = |option: usize| {
            let difference = cell.options[option].difference;
            of.currency.beside(difference.value, difference.se)
        };
        let turned = if sweep.turns(cell) { "turns: " } else { "" };
        let mut cells = vec![format!("{turned}{}", cut(&of.options[cell.cheapest], NAME))];
        cells.extend(spans_differ.then(|| span(cell.months)));
        cells.extend(of.others().map(amount));
        (labels[cell.at[0]].clone(), cells)
    };
    Shown {
        caption: caption(axis),
        caption_in_head: true,
        head,
        rows: sweep.cells.iter().map(row).collect(),
        below: None,
    }
}

/// Which letter is which option, of those that are cheapest somewhere.
fn keys(sweep: &Sweep, of: &Of<'_>) -> Vec<String> {
    let winners = winners(sweep);
    let named = |(place, option): (usize, &usize)| format!("{} {}", letter(place), of.options[*option]);
    let all: Vec<String> = winners.iter().enumerate().map(named).collect();
    let mut lines = vec![format!("Cheapest, and by how much less than the next: {}.", all.join(", "))];
    if all.len() > 1 {
        lines.push(
            "A line | stands where another is cheapest than at the value before, above or to the left.".to_owned(),
        );
    }
    lines
}

/// A row for each value of the first input, a column for each of the second.
fn by_both(sweep: &Sweep, (rows, columns): (&Axis, &Axis), of: &Of<'_>) -> Shown {
    let winners = winners(sweep);
    let shown = |row: usize, column: usize| {
        let cell = sweep.cell(&[row, column]);
        let turned = if sweep.turns(cell) { "| " } else { "" };
        let place = winners.iter().position(|option| *option == cell.cheapest).unwrap_or(0);
        format!("{turned}{} {}", letter(place), lead(cell, of.currency)).trim_end().to_owned()
    };
    let [down, across] = [(0, rows), (1, columns)].map(|(nth, axis)| labels_with_spans(sweep, nth, axis));
    let row = |row: usize| (down[row].clone(), (0..across.len()).map(|column| shown(row, column)).collect());
    let caption = cut(rows.path.rsplit('.').next().unwrap_or(""), CAPTION);
    Shown {
        caption,
        caption_in_head: true,
        head: across.clone(),
        rows: (0..down.len()).map(row).collect(),
        below: None,
    }
}

/// The values of one of two inputs, with up to when options are compared where that rests on this input alone.
fn labels_with_spans(sweep: &Sweep, nth: usize, axis: &Axis) -> Vec<String> {
    let labels = axis.apart().0;
    let of_value = |value: usize| {
        let mut months = sweep.cells.iter().filter(|cell| cell.at[nth] == value).map(|cell| cell.months);
        let first = months.next()?;
        months.all(|other| other == first).then_some(first)
    };
    let spans: Option<Vec<u32>> = (0..labels.len()).map(of_value).collect();
    match spans.filter(|_| spans_differ(sweep)) {
        Some(spans) => labels.iter().zip(spans).map(|(label, months)| format!("{label} ({})", span(months))).collect(),
        None => labels,
    }
}

/// A row for each cell and option.
#[must_use]
pub fn table(sweep: &Sweep, of: &Of<'_>) -> Table {
    let code = of.currency.suffix();
    let mut columns: Vec<String> = Vec::new();
    for axis in &sweep.axes {
        columns.extend([axis.path.clone(), format!("{}.number", axis.path)]);
    }
    columns.extend(["compared_months", "option"].map(str::to_owned));
    for amount in ["cost", "difference_to_baseline"] {
        columns.extend(["mean", "se"].map(|figure| format!("{amount}_{figure}_{code}")));
    }
    columns.extend(["paid_back_probability", "paid_back_se", "is_cheapest", "turns"].map(str::to_owned));
    let mut rows = Vec::new();
    for cell in &sweep.cells {
        for (option, found) in cell.options.iter().enumerate() {
            let mut row = Vec::new();
            for (axis, place) in sweep.axes.iter().zip(&cell.at) {
                let value = &axis.values[*place];
                row.extend([Given::Given(value.text.clone()), value.number.map_or(Given::Empty, Given::Number)]);
            }
            row.extend([Given::Whole(u64::from(cell.months)), Given::Given(of.options[option].to_owned())]);
            for mean in [found.cost, found.difference] {
                row.extend([Given::Number(mean.value), Given::Number(mean.se)]);
            }
            row.extend(match found.paid_back {
                Some(share) => [Given::Number(share.value()), Given::Number(share.se())],
                None => [Given::Empty, Given::Empty],
            });
            row.extend([cell.cheapest == option, sweep.turns(cell)].map(|is_so| Given::Whole(u64::from(is_so))));
            rows.push(row);
        }
    }
    Table { columns, rows }
}

/// The same for another program.
#[must_use]
pub fn json(sweep: &Sweep, of: &Of<'_>) -> Json {
    let code = of.currency.suffix();
    let mean = |mean: crate::summary::Mean| json!({ "value": mean.value, "se": mean.se });
    let option = |(option, found): (usize, &crate::study::sweep::Found)| {
        json!({
            "option": of.options[option],
            format!("cost_{code}"): mean(found.cost),
            format!("difference_to_baseline_{code}"): mean(found.difference),
            "paid_back": found.paid_back.map(|share| json!({ "value": share.value(), "se": share.se() })),
        })
    };
    let cell = |cell: &Cell| {
        let values: Vec<Json> = (sweep.axes.iter().zip(&cell.at))
            .map(|(axis, place)| {
                let value = &axis.values[*place];
                json!({ "path": axis.path, "value": value.text, "number": value.number })
            })
            .collect();
        json!({
            "values": values,
            "compared_months": cell.months,
            "options": cell.options.iter().enumerate().map(option).collect::<Vec<Json>>(),
            "cheapest": of.options[cell.cheapest],
            "turns": sweep.turns(cell),
        })
    };
    json!({
        "scenario": of.scenario,
        "currency": of.currency.code(),
        "trials": of.trials,
        "baseline": of.options[of.baseline],
        "cells": sweep.cells.iter().map(cell).collect::<Vec<Json>>(),
    })
}
