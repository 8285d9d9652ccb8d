//! A sweep as a page, as a table for other programs, and as JSON.

use serde_json::{Value as Json, json};

use super::page::block::{Block, Table as Shown};
use super::tables::{Cell as Given, Table};
use crate::study::sweep::{Axis, Cell, Sweep};
use crate::summary::Summary;
use crate::units::Currency;

/// What a page says of a scenario beside its figures.
pub struct Of<'s> {
    /// The scenario's title.
    pub scenario: &'s str,
    /// Titles of the options, in the scenario's order.
    pub options: Vec<&'s str>,
    /// The baseline's place.
    pub baseline: usize,
    /// What amounts are in.
    pub currency: Currency,
    /// Months to whose end options are compared.
    pub months: u32,
    /// How many futures each cell lived.
    pub trials: u64,
}

impl<'s> Of<'s> {
    /// Takes it from the summary of any cell.
    #[must_use]
    pub fn taken(summary: &'s Summary) -> Self {
        Self {
            scenario: &summary.scenario,
            options: summary.options.iter().map(|option| option.title.as_str()).collect(),
            baseline: summary.baseline,
            currency: summary.currency,
            months: summary.decided_at(),
            trials: summary.trials,
        }
    }

    /// The options that are compared with the baseline.
    pub fn others(&self) -> impl Iterator<Item = usize> {
        let baseline = self.baseline;
        (0..self.options.len()).filter(move |option| *option != baseline)
    }
}

/// Words for where one axis turns: "above 4 % / month ECS is cheapest".
#[must_use]
pub fn turns(sweep: &Sweep, of: &Of<'_>) -> Vec<String> {
    let [axis] = sweep.axes.as_slice() else { return Vec::new() };
    let between = |pair: &[Cell]| {
        let [before, after] = pair else { return None };
        let place = |cell: &Cell| axis.values[cell.at[0]].text.clone();
        let name = |cell: &Cell| of.options[cell.cheapest];
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
        let all = sweep.cells.first().map_or("", |cell| of.options[cell.cheapest]);
        return vec![format!("{all} is cheapest at every value.")];
    }
    found
}

/// The page.
#[must_use]
pub fn page(sweep: &Sweep, of: &Of<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::Head(of.scenario.to_owned()), Block::Gap];
    match sweep.axes.as_slice() {
        [axis] => {
            blocks.extend(turns(sweep, of).into_iter().map(Block::Verdict));
            blocks.extend([Block::Gap, Block::Table(by_value(sweep, axis, of))]);
        }
        [rows, columns] => {
            blocks.extend(keys(sweep, of).into_iter().map(Block::Words));
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
    let futures = super::number::count(of.trials);
    blocks.extend([
        Block::Gap,
        Block::Words(format!(
            "Average cost beside {} over {}, each value in the same {futures} futures.",
            of.options[of.baseline],
            super::number::span(of.months)
        )),
    ]);
    blocks
}

/// A row for each value: what each option costs beside the baseline, and which is cheapest.
fn by_value(sweep: &Sweep, axis: &Axis, of: &Of<'_>) -> Shown {
    let mut head: Vec<String> = of.others().map(|option| of.options[option].to_owned()).collect();
    head.push("cheapest".to_owned());
    let row = |cell: &Cell| {
        let amount = |option: usize| {
            let difference = cell.options[option].difference;
            of.currency.beside(difference.value, difference.se)
        };
        let mut cells: Vec<String> = of.others().map(amount).collect();
        let turned = if sweep.turns(cell) { "turns: " } else { "" };
        cells.push(format!("{turned}{}", of.options[cell.cheapest]));
        (axis.values[cell.at[0]].text.clone(), cells)
    };
    Shown {
        caption: axis.path.clone(),
        caption_in_head: true,
        head,
        rows: sweep.cells.iter().map(row).collect(),
        below: None,
    }
}

/// The letter of an option in a grid.
fn letter(option: usize) -> char {
    char::from(b'A' + u8::try_from(option % 26).unwrap_or(0))
}

/// Which letter is which option, of those that are cheapest somewhere.
fn keys(sweep: &Sweep, of: &Of<'_>) -> Vec<String> {
    let is_somewhere = |option: &usize| sweep.cells.iter().any(|cell| cell.cheapest == *option);
    let named = |option: usize| format!("{} {}", letter(option), of.options[option]);
    let all: Vec<String> = (0..of.options.len()).filter(is_somewhere).map(named).collect();
    let mut lines = vec![format!("Cheapest: {}.", all.join(", "))];
    if all.len() > 1 {
        lines.push("A line | stands where that turns from the value before.".to_owned());
    }
    lines
}

/// A row for each value of the first input, a column for each of the second.
fn by_both(sweep: &Sweep, (rows, columns): (&Axis, &Axis), of: &Of<'_>) -> Shown {
    let shown = |row: usize, column: usize| {
        let cell = sweep.cell(&[row, column]);
        let difference = cell.options[cell.cheapest].difference;
        let amount = match cell.cheapest == of.baseline {
            true => String::new(),
            false => format!(" {}", of.currency.money(-difference.value, difference.se)),
        };
        let turned = if sweep.turns(cell) { "| " } else { "" };
        format!("{turned}{}{amount}", letter(cell.cheapest))
    };
    let row = |row: usize| {
        (rows.values[row].text.clone(), (0..columns.values.len()).map(|column| shown(row, column)).collect())
    };
    Shown {
        caption: format!("{}, across: {}", rows.path, columns.path),
        caption_in_head: false,
        head: columns.values.iter().map(|value| value.text.clone()).collect(),
        rows: (0..rows.values.len()).map(row).collect(),
        below: Some("Amounts: what the cheapest saves beside the baseline.".to_owned()),
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
    columns.push("option".to_owned());
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
            row.push(Given::Given(of.options[option].to_owned()));
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
            "options": cell.options.iter().enumerate().map(option).collect::<Vec<Json>>(),
            "cheapest": of.options[cell.cheapest],
            "turns": sweep.turns(cell),
        })
    };
    json!({
        "scenario": of.scenario,
        "currency": of.currency.code(),
        "trials": of.trials,
        "months": of.months,
        "baseline": of.options[of.baseline],
        "cells": sweep.cells.iter().map(cell).collect::<Vec<Json>>(),
    })
}
