//! The tables behind the page, for a terminal: what every option costs by lens, where it goes, by fiscal year, by growth case,
//! and when it is paid back. Units stand in the heads; a figure that was sampled stands beside its standard error and has no
//! digit that is only noise. `summary.json` has all of it, and more, to the last bit.

use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, LineStyle, Table, TableStyle};

use super::number::{beside, count, month, odds_cell, span};
use super::{grid, input, side};
use crate::model::Scenario;
use crate::study::answer::Answer;
use crate::study::information::{Finding, Information};
use crate::study::knowing::Estimated;
use crate::summary::{Account, CostPhase, Lens, Mean, Summary, When};

/// All tables, each under its caption, each line ended.
#[must_use]
pub fn text(summary: &Summary, scenario: &Scenario, answer: &Answer) -> String {
    let tables = [
        costs(summary),
        parts(summary),
        fiscal_years(summary),
        owed(summary),
        growth(summary),
        times(summary),
        knowing(scenario, answer),
        cheapest(summary, &answer.information),
    ];
    tables.into_iter().flatten().map(|(caption, table)| format!("\n{caption}\n{}\n", laid_out(&table))).collect()
}

/// A caption and what stands below it; nothing where there is nothing to show.
type Captioned = Option<(String, Table)>;

fn laid_out(table: &Table) -> String {
    table.lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

/// A line below the head and no others.
const STYLE: TableStyle = NOTHING.header_separator(LineStyle::none().fill('─').junction('─'));

/// A table whose first columns are words and whose others are figures.
fn table(words: usize, head: Vec<String>, rows: Vec<Vec<String>>) -> Table {
    let mut table = Table::new();
    table.load_style(STYLE).set_header(head);
    table.add_rows(rows);
    for column in table.column_iter_mut().skip(words) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

fn heads<const N: usize>(words: [&str; N]) -> Vec<String> {
    words.map(str::to_owned).into()
}

/// What every option costs to the horizon, by lens.
fn costs(summary: &Summary) -> Captioned {
    let mut head = heads(["option", "counting", "as paid, $", "error, $"]);
    if summary.discount_rate.is_some() {
        head.extend(heads(["present value, $", "error, $"]));
    }
    if summary.inflation.is_some() {
        head.extend(heads(["in dollars of the start", "error, $"]));
    }
    let mut rows = Vec::new();
    for (place, option) in summary.options.iter().enumerate() {
        for lens in Lens::ALL.into_iter().filter(|lens| summary.adds(*lens)) {
            let costs = &option.costs[lens as usize];
            let mut row = vec![side::name(summary, place), words(lens).to_owned()];
            row.extend(dollars(costs.cumulative.last().map(|s| s.mean)));
            if summary.discount_rate.is_some() {
                row.extend(dollars(costs.present_value.last().map(|s| s.mean)));
            }
            if summary.inflation.is_some() {
                row.extend(dollars(costs.real.last().copied()));
            }
            rows.push(row);
        }
    }
    Some((
        format!("Cost over {}, mean of {} futures", span(summary.months), count(summary.trials)),
        table(2, head, rows),
    ))
}

/// What is still to be paid after the last month whatever happens.
fn owed(summary: &Summary) -> Captioned {
    let rows: Vec<Vec<String>> = (summary.options.iter().enumerate())
        .filter_map(|(place, option)| {
            let owed = option.owed.as_ref()?;
            let mut row = vec![side::name(summary, place)];
            row.extend(dollars(Some(owed.mean)));
            row.push(owed.quantiles.iter().find(|q| q.p == 0.9).map_or_else(String::new, |q| whole(q.value)));
            Some(row)
        })
        .collect();
    let head = heads(["option", "mean, $", "error, $", "in 1 future of 10 above, $"]);
    let caption = format!("Still to be paid after {}, bought ahead or signed", span(summary.months));
    (!rows.is_empty()).then(|| (caption, table(1, head, rows)))
}

/// Where the money goes: phases by bucket, and what stands beside the buckets.
fn parts(summary: &Summary) -> Captioned {
    let of = |option: usize| &summary.options[option].costs[Lens::Economic as usize].parts;
    let mut accounts: Vec<Account> = (0..summary.options.len()).flat_map(of).map(|part| part.account).collect();
    accounts.sort();
    accounts.dedup();
    let mut head = heads(["option", "phase"]);
    head.extend(accounts.iter().map(|account| format!("{}, $", account.name())));
    head.push("together, $".to_owned());
    let mut rows = Vec::new();
    for option in 0..summary.options.len() {
        for phase in CostPhase::ALL {
            let amount = |account: &Account| {
                let part = of(option).iter().find(|part| part.account == *account && part.phase == phase);
                part.map_or(0.0, |part| part.total.value)
            };
            let amounts: Vec<f64> = accounts.iter().map(amount).collect();
            if amounts.iter().all(|amount| *amount == 0.0) {
                continue;
            }
            let mut row = vec![side::name(summary, option), phase.name().replace('_', " ")];
            row.extend(amounts.iter().map(|amount| whole(*amount)));
            row.push(whole(amounts.iter().sum()));
            rows.push(row);
        }
    }
    Some(("Where the money goes, as paid, mean".to_owned(), table(2, head, rows)))
}

/// Costs by fiscal year under the headline's lens.
fn fiscal_years(summary: &Summary) -> Captioned {
    let mut head = heads(["fiscal year ending", "months"]);
    for option in 0..summary.options.len() {
        let name = side::name(summary, option);
        head.extend([format!("{name}, $"), "error, $".to_owned()]);
    }
    let row = |(place, year): (usize, &crate::summary::FiscalYear)| {
        let mut row = vec![month(summary.start, year.last), year.months().to_string()];
        for option in &summary.options {
            row.extend(dollars(option.costs[Lens::HEADLINE as usize].fiscal_years.get(place).copied()));
        }
        row
    };
    let rows = summary.fiscal_years.iter().enumerate().map(row).collect();
    Some(("By fiscal year, invoices and engineers' time, as paid, mean".to_owned(), table(1, head, rows)))
}

/// What growth makes of it.
fn growth(summary: &Summary) -> Captioned {
    let head = heads(["growth", "of all futures", "option", "beside the baseline, mean", "error, $", "paid back in"]);
    let mut rows = Vec::new();
    for case in &summary.cases {
        for (place, option) in case.options.iter().enumerate() {
            let Some(against) = &option.against else { continue };
            let Mean { value, se, .. } = against.difference;
            rows.push(vec![
                side::one_line(&case.name),
                odds_cell(case.share),
                side::name(summary, place),
                beside(value, se),
                error(se),
                odds_cell(against.paid_back),
            ]);
        }
    }
    (!rows.is_empty()).then(|| ("By growth, invoices and engineers' time".to_owned(), table(3, head, rows)))
}

/// When an option has paid for itself, and from when a month on it costs no more.
fn times(summary: &Summary) -> Captioned {
    let head =
        heads(["option", "counting", "paid back: 1 in 10 by", "half by", "9 in 10 by", "each month cheaper: half by"]);
    let mut rows = Vec::new();
    for place in (0..summary.options.len()).filter(|place| *place != summary.baseline) {
        for lens in Lens::ALL.into_iter().filter(|lens| summary.adds(*lens)) {
            let crossover = summary.headline(place, lens);
            let mut row = vec![side::name(summary, place), words(lens).to_owned()];
            row.extend(crossover.break_even.iter().map(|q| when(summary, q.at)));
            row.push(when(summary, crossover.run_rate[1].at));
            rows.push(row);
        }
    }
    (!rows.is_empty()).then(|| ("When it is paid back, of all futures".to_owned(), table(2, head, rows)))
}

/// Most unknowns that are listed.
const MOST: usize = 8;

/// What knowing is worth: single figures, what the file could find out, all of them, and the future itself.
fn knowing(scenario: &Scenario, answer: &Answer) -> Captioned {
    let row = |what: String, worth: Estimated| {
        let mean = Mean { value: worth.value, se: worth.se, sd: f64::NAN };
        let [worth, error] = dollars(Some(mean));
        vec![what, worth, error]
    };
    let single = answer.deciders.iter().filter(|d| d.knowing.worth.value > 0.0).take(MOST);
    let mut rows: Vec<Vec<String>> =
        single.map(|d| row(input::words(scenario, &d.unknown.path), d.knowing.worth)).collect();
    let how = |finding: &Finding| side::one_line(&finding.measurement.how);
    rows.extend(answer.findings.iter().filter(|f| !how(f).is_empty()).map(|f| row(how(f), f.worth)));
    rows.push(row("everything that could be known".to_owned(), answer.information.all));
    rows.push(row("the future itself, luck included".to_owned(), answer.information.foresight));
    let head = heads(["knowing", "is worth up to, $", "error, $"]);
    Some(("What knowing is worth, on average".to_owned(), table(1, head, rows)))
}

/// How often each option is the cheapest and what choosing it costs above the cheapest: as it turns out, luck included, and
/// on average, given what could be known.
fn cheapest(summary: &Summary, information: &Information) -> Captioned {
    let head = heads([
        "option",
        "cheapest as it turns out",
        "on average, given what could be known",
        "dearer than the cheapest as it turns out, $",
        "error, $",
    ]);
    let row = |option: usize| {
        let regret = information.regret[option];
        let [regret, error] = dollars(Some(Mean { value: regret.value, se: regret.se, sd: f64::NAN }));
        let odds = [information.cheapest[option], information.cheapest_on_average[option]].map(odds_cell);
        [vec![side::name(summary, option)], odds.into(), vec![regret, error]].concat()
    };
    let rows = (0..summary.options.len()).map(row).collect();
    Some(("Which option is the cheapest of all".to_owned(), table(1, head, rows)))
}

fn when(summary: &Summary, at: When) -> String {
    match at {
        When::FromStart => "the start".to_owned(),
        When::Month(m) => month(summary.start, m),
        When::Never => format!("not in {}", span(summary.months)),
    }
}

/// What a lens counts.
const fn words(lens: Lens) -> &'static str {
    match lens {
        Lens::Invoices => "invoices",
        Lens::Cash => "+ new pay",
        Lens::Tco => "+ engineers' time",
        Lens::Economic => "+ what downtime loses",
    }
}

/// A mean and its error, to the digit that the error begins at.
fn dollars(mean: Option<Mean>) -> [String; 2] {
    let Some(Mean { value, se, .. }) = mean else { return [String::new(), String::new()] };
    let unit = if se.is_finite() && se > 0.0 { grid::power(se, 1).max(1.0) } else { 1.0 };
    [signed(grid::nearest(value, unit), unit), error(se)]
}

/// A standard error to one figure, rounded up.
fn error(se: f64) -> String {
    if !se.is_finite() {
        return "unknown".to_owned();
    }
    let unit = grid::power(se, 1).max(1.0);
    grid::plain((se / unit).ceil() * unit, unit)
}

fn whole(amount: f64) -> String {
    signed(grid::nearest(amount, 1.0), 1.0)
}

fn signed(amount: f64, unit: f64) -> String {
    let sign = if amount < 0.0 { "-" } else { "" };
    format!("{sign}{}", grid::plain(amount.abs(), unit))
}
