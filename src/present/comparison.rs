//! Many results side by side: a row for each scenario, from what its `summary.json` says.
//!
//! A result that was there already and one that was just made are read alike, so that a comparison does not depend on which
//! runs were needed for it.

use serde_json::Value;

use super::page::block::{Block, Table as Shown};
use super::tables::{Cell, Table};
use crate::summary::Probability;
use crate::units::Currency;

/// What a comparison says of a scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The name of its folder.
    pub name: String,
    /// What came of it.
    pub result: Result<Found, String>,
}

/// The headline of a result: what it decides on.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// What the scenario is called.
    pub title: String,
    /// The verdict's word: `fix_first`.
    pub word: String,
    /// What its amounts are in.
    pub currency: Currency,
    /// Months to the horizon.
    pub months: u32,
    /// The option that the verdict is about, as people call it.
    pub leader: String,
    /// Its mean cost beside the baseline's, dollars, and the standard error.
    pub difference: [f64; 2],
    /// Tenth, median and ninetieth percentile of that, dollars.
    pub quantiles: [f64; 3],
    /// The baseline's mean cost, dollars.
    pub baseline_cost: f64,
    /// In how many futures the leader is no dearer at the horizon.
    pub ahead: Probability,
    /// The tuned platform's mean difference from the baseline, and its standard error, dollars, where it does not lead.
    pub tuned: Option<[f64; 2]>,
}

impl Found {
    /// Reads the headline out of a `summary.json`; `None` where that is not one of this version.
    #[must_use]
    pub fn read(json: &str) -> Option<Self> {
        let all: Value = serde_json::from_str(json).ok()?;
        let verdict = &all["verdict"];
        let discounted = !all["discount_rate_per_year"].is_null() && verdict["rule"]["discounted"] != false;
        let leader = verdict["leader"]["option"].as_str()?;
        let option = all["options"].as_array()?.iter().find(|option| option["name"] == leader)?;
        let is_headline = |lens: &&Value| lens["lens"] == verdict["rule"]["lens"] && lens["discounted"] == discounted;
        let headline = option["against_baseline"].as_array()?.iter().find(is_headline)?;
        let last = |of: &Value| of.as_array()?.last()?.as_f64();
        let apart = money(headline, "difference")?;
        let ahead = headline["ahead_at"]["value"].as_array()?.last()?.as_f64()?;
        let trials = all["trials"].as_u64()?;
        Some(Self {
            title: all["scenario"].as_str()?.to_owned(),
            word: verdict["word"].as_str()?.to_owned(),
            currency: Currency::new(all["currency"].as_str()?)?,
            months: u32::try_from(all["months"].as_u64()?).ok()?,
            leader: option["title"].as_str().filter(|title| !title.is_empty()).unwrap_or(leader).to_owned(),
            difference: mean(money(&verdict["leader"], "difference")?)?,
            quantiles: [last(&apart["p10"])?, last(&apart["p50"])?, last(&apart["p90"])?],
            baseline_cost: mean(money(&verdict["rule"], "baseline_cost")?)?[0],
            ahead: Probability { count: (ahead * trials as f64).round() as u64, of: trials },
            tuned: money(&verdict["rule"]["tuned"], "difference").and_then(mean),
        })
    }

    /// The word as people say it: "fix first".
    #[must_use]
    pub fn said(&self) -> String {
        self.word.replace('_', " ")
    }
}

/// An amount's value: its key ends in the currency's code.
fn money<'v>(table: &'v Value, key: &str) -> Option<&'v Value> {
    let is_it = |name: &str| name.strip_prefix(key).is_some_and(|rest| rest.len() == 4 && rest.starts_with('_'));
    table.as_object()?.iter().find(|(name, _)| is_it(name)).map(|(_, value)| value)
}

fn mean(of: &Value) -> Option<[f64; 2]> {
    Some([of["value"].as_f64()?, of["se"].as_f64()?])
}

/// The comparison as a page.
#[must_use]
pub fn page(rows: &[Row]) -> Vec<Block> {
    let head = ["verdict", "leaving costs", "1 in 10 above", "tuned"];
    let cells = |row: &Row| match &row.result {
        Ok(found) => vec![
            found.said(),
            found.currency.beside(found.difference[0], found.difference[1]),
            found.currency.beside(found.quantiles[2], 0.0),
            found.tuned.map_or_else(String::new, |[value, se]| found.currency.beside(value, se)),
        ],
        Err(_) => vec!["not run".to_owned()],
    };
    let table = Shown {
        caption: "scenario".to_owned(),
        caption_in_head: true,
        head: head.map(str::to_owned).into(),
        rows: rows.iter().map(|row| (row.name.clone(), cells(row))).collect(),
        below: None,
    };
    let about = "On average, to each scenario's horizon, beside staying as one is. Futures, options and months: comparison.csv.";
    vec![
        Block::Head(format!("{} scenarios compared", rows.len())),
        Block::Gap,
        Block::Table(table),
        Block::Gap,
        Block::Words(about.to_owned()),
    ]
}

/// The comparison as a table for other programs.
#[must_use]
pub fn table(rows: &[Row]) -> Table {
    const COLUMNS: [&str; 17] = [
        "scenario",
        "title",
        "result",
        "months",
        "currency",
        "leader",
        "difference_mean",
        "difference_se",
        "difference_p10",
        "difference_p50",
        "difference_p90",
        "baseline_cost_mean",
        "ahead_at_horizon",
        "ahead_at_horizon_se",
        "tuned_difference_mean",
        "tuned_difference_se",
        "problem",
    ];
    let row = |row: &Row| {
        let mut cells = vec![Cell::Given(row.name.clone())];
        match &row.result {
            Ok(found) => {
                cells.extend([
                    Cell::Given(found.title.clone()),
                    Cell::Word(found.word.clone()),
                    Cell::Whole(u64::from(found.months)),
                    Cell::Word(found.currency.code().to_owned()),
                    Cell::Given(found.leader.clone()),
                ]);
                cells.extend(found.difference.map(Cell::Number));
                cells.extend(found.quantiles.map(Cell::Number));
                cells.extend([
                    Cell::Number(found.baseline_cost),
                    Cell::Number(found.ahead.value()),
                    Cell::Number(found.ahead.se()),
                ]);
                cells.extend(found.tuned.map_or([Cell::Empty, Cell::Empty], |tuned| tuned.map(Cell::Number)));
                cells.push(Cell::Empty);
            }
            Err(problem) => {
                cells.extend([Cell::Empty, Cell::Word("not_run".to_owned())]);
                cells.resize(COLUMNS.len() - 1, Cell::Empty);
                cells.push(Cell::Given(problem.clone()));
            }
        }
        cells
    };
    Table { columns: COLUMNS.map(str::to_owned).into(), rows: rows.iter().map(row).collect() }
}

/// The comparison for other programs: an object for each scenario.
#[must_use]
pub fn json(rows: &[Row]) -> Vec<Value> {
    let table = table(rows);
    let value = |cell: &Cell| match cell {
        Cell::Given(text) | Cell::Word(text) => Value::from(text.as_str()),
        Cell::Number(number) => Value::from(*number),
        Cell::Whole(number) => Value::from(*number),
        Cell::Empty => Value::Null,
    };
    let row = |cells: &Vec<Cell>| table.columns.iter().cloned().zip(cells.iter().map(value)).collect::<Value>();
    table.rows.iter().map(row).collect()
}
