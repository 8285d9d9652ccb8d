//! Every value of a scenario: what it is, where it came from, what it rests on. What `check --resolved` prints.
//!
//! Figures come from the scenario's own estimates, and the rest from what the reader asked for, so a key that is added to
//! the language shows here without being listed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::number::significant;
use crate::math::law::Law;
use crate::model::{Above, Basis, Draw, Estimate, Scheme};
use crate::scenario::{Line, Reading, Takes};

/// Widest line, in characters.
const WIDEST: usize = 100;
/// Characters of the column of keys.
const KEY: usize = 23;
/// What stands before all that a file says, and behind it.
const FIRST: Line = Line { file: 0, line: 0 };
const LAST: Line = Line { file: usize::MAX, line: 0 };
/// Characters of the columns of basis and origin together.
const ORIGIN: usize = 17;
/// How paths of list prices begin.
const LISTED: &str = "price.";
/// Where those come from.
const BOOK: &str = "price book";
/// Where those of a price file come from.
const OWN: &str = "own price";

/// One value.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Full dotted path.
    pub path: String,
    /// What it is.
    pub value: Resolved,
    /// The line it stands on; `None` for a list price or a default.
    pub line: Option<Line>,
    /// Whether it is a list price of the price book.
    pub is_listed: bool,
    /// Whether that price is one of a price file of the user's.
    pub is_own: bool,
    /// What it rests on; `None` where that means nothing.
    pub basis: Option<Basis>,
    /// Where it comes from, as written.
    pub source: String,
    /// Where its draw comes from, in words; empty where that is its own.
    pub draw: String,
}

impl Row {
    /// Whether nobody states it: it is ours.
    #[must_use]
    pub fn is_default(&self) -> bool {
        self.line.is_none() && !self.is_listed
    }
}

/// What a value came to.
#[derive(Debug, Clone, PartialEq)]
pub enum Resolved {
    /// A word, a text, a number that is no estimate; as written or in words.
    Plain(String),
    /// One sure number in a unit.
    Sure(f64, String),
    /// What is known of a number: mean (if the law has one), P10, P50, P90, in a unit.
    Known(Option<f64>, [f64; 3], String),
}

/// Every value of a scenario, table by table in the order of the file; defaults of a table come last in it.
#[must_use]
pub fn rows(reading: &Reading) -> Vec<Row> {
    let estimates = reading.scenario.estimates();
    let mut rows: Vec<Row> = estimates.iter().map(|estimate| of_estimate(estimate, reading)).collect();
    let known: BTreeSet<&str> = estimates.iter().map(|estimate| estimate.path.as_str()).collect();
    let is_known =
        |path: &str| known.contains(path) || path.match_indices('.').any(|(dot, _)| known.contains(&path[..dot]));
    for (path, asked) in &reading.walk.asked {
        let is_evidence = matches!(key_of(path), "basis" | "source");
        let holds = matches!(
            asked.takes,
            Some(Takes::Table | Takes::Named(_) | Takes::ByName | Takes::Changes | Takes::Estimate(_))
        );
        let is_told_inside = asked.is_list
            && !matches!(asked.takes, Some(Takes::Lines | Takes::Estimates | Takes::Conditions | Takes::Texts));
        if is_known(path) || is_evidence || holds || is_told_inside {
            continue;
        }
        rows.extend(as_written(path, reading));
    }
    for (path, changed) in &reading.walk.changed {
        let is_told_inside = changed.is_list && known.iter().any(|known| known.starts_with(&format!("{path}.")));
        if !is_known(path) && !is_told_inside && !matches!(key_of(path), "basis" | "source") {
            rows.extend(as_written(path, reading));
        }
    }
    let present: BTreeSet<String> = rows.iter().map(|row| row.path.clone()).collect();
    rows.extend(defaults(reading).into_iter().filter(|row| !present.contains(&row.path)));
    sorted(rows, reading)
}

/// A value that is no figure, as the file has it.
fn as_written(path: &str, reading: &Reading) -> Option<Row> {
    let (line, written) = (reading.walk.line(path)?, reading.walk.written(path)?);
    let value = Resolved::Plain(written.trim_matches('"').to_owned());
    let (path, source, draw) = (path.to_owned(), String::new(), String::new());
    Some(Row { path, value, line: Some(line), is_listed: false, is_own: false, basis: None, source, draw })
}

fn of_estimate(estimate: &Estimate, reading: &Reading) -> Row {
    let unit = reading.scenario.unit_of(estimate);
    let value = match estimate.law {
        Law::Constant(value) => Resolved::Sure(value, unit),
        ref law => Resolved::Known(law.mean(), [0.1, 0.5, 0.9].map(|p| law.quantile(p)), unit),
    };
    let is_listed = estimate.path.starts_with(LISTED);
    let is_own = estimate.path.strip_prefix(LISTED).is_some_and(|name| reading.own_prices.contains(name));
    let is_default = estimate.written.is_empty();
    let line = if is_default || is_listed { None } else { reading.lines.get(&estimate.path).copied() };
    let (basis, source) = (Some(estimate.basis), estimate.source.clone());
    let draw = drawn(estimate, reading);
    Row { path: estimate.path.clone(), value, line, is_listed, is_own, basis, source, draw }
}

/// Where an estimate's draw comes from, where it is not its own alone.
fn drawn(estimate: &Estimate, reading: &Reading) -> String {
    match &estimate.draw {
        Draw::SameAs { path, times } => format!("{} times {path}", significant(*times)),
        Draw::Row(column) => format!("a row of {}: {}", column.file, column.column),
        Draw::Own => {
            let pairs = reading.scenario.together.iter().filter_map(|pair| {
                let other =
                    pair.inputs.iter().position(|path| *path == estimate.path).map(|own| &pair.inputs[1 - own])?;
                let why = if pair.why.is_empty() { String::new() } else { format!(": {}", pair.why) };
                Some(format!("{other} ({}{why})", significant(pair.rho)))
            });
            let pairs: Vec<String> = pairs.collect();
            if pairs.is_empty() { String::new() } else { format!("moves with {}", pairs.join(", ")) }
        }
    }
}

/// Values that are no estimates and that the file leaves to us.
fn defaults(reading: &Reading) -> Vec<Row> {
    let scenario = &reading.scenario;
    let mut all = vec![
        ("months".to_owned(), scenario.months.to_string()),
        ("as_of".to_owned(), scenario.start.plus(-(scenario.as_of_months_before as i32)).to_string()),
        ("currency".to_owned(), scenario.currency.code().to_owned()),
        ("discount_rate".to_owned(), "none: nothing is discounted".to_owned()),
        ("inflation".to_owned(), "none: amounts as paid".to_owned()),
        ("fiscal_year".to_owned(), "jan".to_owned()),
        ("run.trials".to_owned(), scenario.run.trials.to_string()),
        ("run.seed".to_owned(), scenario.run.seed.0.to_string()),
        ("verdict.lens".to_owned(), scenario.verdict.lens.name().to_owned()),
        ("verdict.window".to_owned(), format!("{} months", scenario.decided_at())),
        ("verdict.end_value".to_owned(), format!("{} years", scenario.verdict.end_value_years)),
        ("verdict.too_close".to_owned(), percent(scenario.verdict.too_close)),
        ("verdict.steady_from".to_owned(), format!("month {}", scenario.verdict.steady_from)),
        ("verdict.worth_finding_out".to_owned(), format!("{} times", scenario.verdict.worth_finding_out)),
        ("verdict.flips_within".to_owned(), percent(scenario.verdict.flips_within)),
        ("people.hours_per_month".to_owned(), scenario.people.hours_per_month.to_string()),
    ];
    if scenario.discount_rate.is_some() {
        all.push(("verdict.discounted".to_owned(), scenario.verdict.discounted.to_string()));
    }
    if scenario.people.deploys.is_none() && scenario.platforms.iter().any(|platform| platform.debt.is_some()) {
        all.push(("people.deploys".to_owned(), "none: as many changes as today".to_owned()));
    }
    for driver in scenario.drivers.iter().filter(|driver| driver.name != "demand") {
        all.push((format!("driver.{}.whole", driver.name), driver.whole.to_string()));
    }
    for platform in &scenario.platforms {
        for line in &platform.lines {
            let path = format!("platform.{}.{}", platform.name, line.place());
            match &line.scheme {
                Scheme::Units(units) => {
                    all.push((format!("{path}.driver"), scenario.driver(units.driver).name.clone()));
                }
                Scheme::Ladder(ladder) => {
                    let above = if ladder.above == Above::Wall { "wall" } else { "split" };
                    all.push((format!("{path}.above"), above.to_owned()));
                    all.push((format!("{path}.descends"), ladder.descends.to_string()));
                }
                _ => {}
            }
        }
    }
    let row = |(path, value)| {
        let (value, source, draw) = (Resolved::Plain(value), String::new(), String::new());
        Row { path, value, line: None, is_listed: false, is_own: false, basis: None, source, draw }
    };
    all.into_iter().map(row).collect()
}

fn percent(share: f64) -> String {
    format!("{} %", significant(100.0 * share))
}

fn sorted(mut rows: Vec<Row>, reading: &Reading) -> Vec<Row> {
    let mut first: BTreeMap<String, Line> = BTreeMap::new();
    for row in &rows {
        let line = row.line.unwrap_or(LAST);
        let place = first.entry(table_of(&row.path, reading).to_owned()).or_insert(LAST);
        *place = (*place).min(line);
    }
    rows.sort_by_cached_key(|row| {
        let table = table_of(&row.path, reading).to_owned();
        let at = if table.is_empty() { FIRST } else { first[&table] };
        (at, table, row.line.unwrap_or(LAST), row.path.clone())
    });
    rows
}

/// The table that a value stands in; names of list prices have dots, so it is not what ends at the last dot.
fn table_of<'p>(path: &'p str, reading: &Reading) -> &'p str {
    if path.starts_with(LISTED) {
        return &LISTED[..LISTED.len() - 1];
    }
    let above = path.rmatch_indices('.').map(|(dot, _)| &path[..dot]);
    let asked = above.into_iter().find(|table| reading.walk.asked.contains_key(*table));
    asked.or_else(|| path.rsplit_once('.').map(|(table, _)| table)).unwrap_or("")
}

/// What is left of a path below its table.
fn below<'p>(path: &'p str, table: &str) -> &'p str {
    path.strip_prefix(table).map_or(path, |rest| rest.trim_start_matches('.'))
}

fn key_of(path: &str) -> &str {
    path.rsplit_once('.').map_or(path, |(_, key)| key)
}

/// The table as a terminal shows it, lines of 100 characters at most, each ended.
#[must_use]
pub fn text(file: &str, reading: &Reading) -> String {
    let others = reading.walk.file.names().enumerate().skip(1);
    let others: String = others.map(|(nth, name)| format!("line {}:1 is the first of {name}\n", nth + 1)).collect();
    let mut text = format!(
        "{file}: every value, with the line it stands on\n{others}`default` is ours, `{BOOK}` has the list prices\n\n{:<KEY$} {:>10} {:>9} {:>9} {:>9}  {:<16} {:<8} {:>8}\n",
        "", "mean", "1 in 10", "half", "9 in 10", "", "", ""
    );
    let _ = writeln!(
        text,
        "{:<KEY$} {:>10} {:>9} {:>9} {:>9}  {:<16} {:<8} {:>8}",
        "", "or value", "below", "below", "below", "unit", "basis", "line"
    );
    let (mut table, mut source) = (None, String::new());
    for row in rows(reading) {
        let own = table_of(&row.path, reading);
        if table.as_deref() != Some(own) {
            let _ = writeln!(
                text,
                "\n{}",
                match own {
                    "" => "the file",
                    _ if row.is_listed => BOOK,
                    own => own,
                }
            );
            table = Some(own.to_owned());
            source.clear();
        }
        // A word rests on nothing, and a default says what it is in its last column, unless it has a reason of its own.
        let is_plain_default = row.is_default() && row.source.is_empty();
        if row.source != source && row.basis.is_some() && !is_plain_default {
            source.clone_from(&row.source);
            wrapped(&mut text, if source.is_empty() { "no source stated" } else { &source });
        }
        text.push_str(&line(&row, below(&row.path, own)));
        if !row.draw.is_empty() {
            wrapped(&mut text, &row.draw);
        }
    }
    text
}

fn line(row: &Row, key: &str) -> String {
    let mut key = format!("  {key}");
    if key.chars().count() > KEY {
        key = format!("{key}\n{:KEY$}", "");
    }
    let at = match row.line {
        Some(Line { file: 0, line }) => line.to_string(),
        Some(Line { file, line }) => format!("{}:{line}", file + 1),
        None if row.is_own => OWN.to_owned(),
        None if row.is_listed => BOOK.to_owned(),
        None => "default".to_owned(),
    };
    let rests = row.basis.map_or("", Basis::name);
    let origin = format!("{rests:<0$}{at}", ORIGIN - at.chars().count());
    let cut = |unit: &str| {
        if unit.chars().count() > 16 { unit.chars().take(15).collect::<String>() + "…" } else { unit.to_owned() }
    };
    let figures = match &row.value {
        Resolved::Plain(value) => {
            let room = 58;
            let mut value: String = value.replace(['\n', '\r'], " ");
            if value.chars().count() > room {
                value = value.chars().take(room - 1).collect::<String>() + "…";
            }
            return format!("{}\n", format!("{key:<KEY$} {value:<room$} {origin}").trim_end());
        }
        Resolved::Sure(value, unit) => format!("{:>10} {:>29}  {:<16}", significant(*value), "", cut(unit)),
        Resolved::Known(mean, quantiles, unit) => {
            let mean = mean.map_or_else(|| "none".to_owned(), significant);
            let [p10, p50, p90] = quantiles.map(significant);
            format!("{mean:>10} {p10:>9} {p50:>9} {p90:>9}  {:<16}", cut(unit))
        }
    };
    format!("{key:<KEY$} {figures} {origin}\n")
}

/// A source below its table's name, broken between words.
fn wrapped(text: &mut String, source: &str) {
    let mut line = String::from("  (");
    for word in format!("{source})").split_whitespace() {
        if line.chars().count() + word.chars().count() + 1 > WIDEST && line.trim().len() > 1 {
            let _ = writeln!(text, "{}", line.trim_end());
            line = String::from("   ");
        }
        line.push_str(word);
        line.push(' ');
    }
    let _ = writeln!(text, "{}", line.trim_end());
}

/// The same for another program.
#[must_use]
pub fn json(file: &str, reading: &Reading) -> Value {
    let values: Vec<Value> = rows(reading).iter().map(|row| value(row, reading)).collect();
    json!({ "file": file, "scenario": reading.scenario.name, "values": values })
}

fn value(row: &Row, reading: &Reading) -> Value {
    let origin = match row.line {
        Some(_) => "file",
        None if row.is_own => OWN,
        None if row.is_listed => BOOK,
        None => "default",
    };
    let (line, file) =
        (row.line.map(|line| line.line), row.line.and_then(|line| reading.walk.file.names().nth(line.file)));
    let mut value = json!({
        "path": row.path, "origin": origin, "file": file, "line": line, "is_default": row.is_default()
    });
    let map = value.as_object_mut().expect("it was made a map a line above");
    match &row.value {
        Resolved::Plain(text) => {
            map.insert("value".into(), json!(text));
        }
        Resolved::Sure(sure, unit) => {
            map.insert("value".into(), json!(sure));
            map.insert("unit".into(), json!(unit));
        }
        Resolved::Known(mean, [p10, p50, p90], unit) => {
            map.insert("mean".into(), json!(mean));
            map.insert("p10".into(), json!(p10));
            map.insert("p50".into(), json!(p50));
            map.insert("p90".into(), json!(p90));
            map.insert("unit".into(), json!(unit));
        }
    }
    if row.line.is_some()
        && let Some(written) = reading.walk.written(&row.path)
    {
        map.insert("written".into(), json!(written));
    }
    if !row.draw.is_empty() {
        map.insert("draw".into(), json!(row.draw));
    }
    if let Some(rests) = row.basis {
        map.insert("basis".into(), json!(rests.name()));
        map.insert("source".into(), json!(row.source));
    }
    value
}
