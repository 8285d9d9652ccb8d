//! The tables behind the page, for a terminal: what every option costs by lens, where it goes, by fiscal year, by growth case,
//! and when it is paid back. Units stand in the heads, what the dollars are worth there or in the caption; a figure that was
//! sampled has no digit that is only noise, and where there is room its standard error beside it. `summary.json` has all of it, and more, to the last bit.

use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, LineStyle, Table, TableStyle};

use super::finding;
use super::finding::economic;
use super::number::{count, month, odds_cell, span};
use super::{grid, input, reasons, side};
use crate::model::Scenario;
use crate::study::answer::Answer;
use crate::study::information::{Finding, Information};
use crate::study::knowing::Estimated;
use crate::study::reasons::Answered;
use crate::summary::{Account, CostPhase, Lens, Mean, Probability, Summary, When};
use crate::units::Currency;

/// All tables, each under its caption, each line ended.
#[must_use]
pub fn text(summary: &Summary, scenario: &Scenario, answer: &Answer) -> String {
    let tables = [
        costs(summary),
        parts(summary),
        fiscal_years(summary),
        owed(summary),
        growth(summary),
        leaving(summary),
        why(summary),
        happened(summary),
        times(summary),
        knowing(summary, scenario, answer),
        cheapest(summary, &answer.information),
    ];
    let note = format!(
        "\nAverages of {} futures, to the digit that noise begins at; an error is a standard error.\n",
        count(summary.trials)
    );
    let tables = tables.into_iter().flatten().map(|(caption, table)| format!("\n{caption}\n{}\n", laid_out(&table)));
    [note].into_iter().chain(tables).collect()
}

/// What dollars of the headline are worth.
fn worth(summary: &Summary) -> &'static str {
    if summary.rate().is_some() { "at present value" } else { "not discounted" }
}

/// A caption and what stands below it; nothing where there is nothing to show.
type Captioned = Option<(String, Table)>;

fn laid_out(table: &Table) -> String {
    table.lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

/// A line below the head and no others.
const STYLE: TableStyle = NOTHING.header_separator(LineStyle::none().fill('─').junction('─'));

/// A table whose first columns are words and whose others are figures; `$` at the end of a head stands for the currency.
fn table(currency: Currency, words: usize, head: Vec<String>, rows: Vec<Vec<String>>) -> Table {
    let in_own = |head: String| {
        head.strip_suffix(", $").map_or(head.clone(), |of| format!("{of}, {}", currency.sign().trim_end()))
    };
    let head: Vec<String> = head.into_iter().map(in_own).collect();
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
    let mut head = heads(["option", "what counts", "as paid, $", "error, $"]);
    if summary.discount_rate.is_some() {
        head.extend(heads(["present value, $", "error, $"]));
    }
    if summary.inflation.is_some() {
        head.extend([format!("in {} of the start", summary.currency.word()), "error, $".to_owned()]);
    }
    let mut rows = Vec::new();
    for (place, option) in summary.options.iter().enumerate() {
        for lens in Lens::ALL.into_iter().filter(|lens| summary.adds(*lens)) {
            let costs = &option.costs[lens as usize];
            let mut row = vec![side::name(summary, place), words(summary, lens)];
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
    Some((format!("Cost over {}, average", span(summary.months)), table(summary.currency, 2, head, rows)))
}

/// What is still to be paid after the last month whatever happens.
fn owed(summary: &Summary) -> Captioned {
    let rows: Vec<Vec<String>> = (summary.options.iter().enumerate())
        .filter_map(|(place, option)| {
            let owed = option.owed.as_ref()?;
            let mut row = vec![side::name(summary, place)];
            row.extend(dollars(Some(owed.mean)));
            row.push(
                owed.quantiles.iter().find(|q| q.p == 0.9).map_or_else(String::new, |q| rounded(q.value, owed.mean.se)),
            );
            Some(row)
        })
        .collect();
    let head = heads(["option", "mean, $", "error, $", "in 1 future of 10 above, $"]);
    let caption = format!("Still to be paid after {}, bought ahead or signed", span(summary.months));
    (!rows.is_empty()).then(|| (caption, table(summary.currency, 1, head, rows)))
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
                part.map_or((0.0, 0.0), |part| (part.total.value, part.total.se))
            };
            let amounts: Vec<(f64, f64)> = accounts.iter().map(amount).collect();
            if amounts.iter().all(|(amount, _)| *amount == 0.0) {
                continue;
            }
            // The error of a sum is at most the sum of the errors.
            let together = amounts.iter().fold((0.0, 0.0), |(sum, most), (amount, se)| (sum + amount, most + se));
            let mut row = vec![side::name(summary, option), phase.name().replace('_', " ")];
            row.extend(amounts.into_iter().chain([together]).map(|(amount, se)| rounded(amount, se)));
            rows.push(row);
        }
    }
    Some((
        format!("Where the money goes over {}, as paid, average", span(summary.months)),
        table(summary.currency, 2, head, rows),
    ))
}

/// Why leaving is thought of, and what each option does about it.
fn why(summary: &Summary) -> Captioned {
    let row = |answered: &Answered| {
        let option = side::name(summary, answered.option);
        let says = reasons::says(summary, answered, side::LONGEST);
        vec![reasons::name(&answered.reason), option, reasons::mends(answered).to_owned(), says]
    };
    let rows: Vec<Vec<String>> = crate::study::reasons::of(summary).iter().map(row).collect();
    let caption = "Reasons for leaving, and whether each option makes them better than staying does".to_owned();
    (!rows.is_empty()).then(|| {
        (caption, table(summary.currency, 4, heads(["reason", "option", "better", "what the results say"]), rows))
    })
}

/// When projects start that wait for something.
fn leaving(summary: &Summary) -> Captioned {
    let head = heads(["option", "1 in 10 by", "half by", "9 in 10 by", "never", "error"]);
    let mut rows = Vec::new();
    for (place, option) in summary.options.iter().enumerate() {
        let Some(leaving) = &option.leaving else { continue };
        let mut row = vec![side::name(summary, place)];
        row.extend(leaving.month.map(|q| match q.at {
            When::Month(m) => month(summary.start, m),
            When::FromStart | When::Never => "never".to_owned(),
        }));
        let left = leaving.left_by.last().copied().unwrap_or(Probability { count: 0, of: summary.trials });
        let never = Probability { count: left.of - left.count, of: left.of };
        row.extend([never.value(), never.se()].map(|share| format!("{:.1} %", 100.0 * share)));
        rows.push(row);
    }
    (!rows.is_empty()).then(|| ("When one leaves, in all futures".to_owned(), table(summary.currency, 1, head, rows)))
}

/// Costs by fiscal year under the headline's lens.
fn fiscal_years(summary: &Summary) -> Captioned {
    let mut head = heads(["fiscal year ending", "months of it"]);
    for option in 0..summary.options.len() {
        let name = side::name(summary, option);
        head.extend([format!("{name}, $"), "error, $".to_owned()]);
    }
    let row = |(place, year): (usize, &crate::summary::FiscalYear)| {
        let mut row = vec![month(summary.start, year.last), year.months().to_string()];
        for option in &summary.options {
            row.extend(dollars(option.costs[summary.lens() as usize].fiscal_years.get(place).copied()));
        }
        row
    };
    let rows = summary.fiscal_years.iter().enumerate().map(row).collect();
    Some((
        format!("Cost by fiscal year, {}, as paid, average", finding::counts(summary)),
        table(summary.currency, 1, head, rows),
    ))
}

/// What growth makes of it.
fn growth(summary: &Summary) -> Captioned {
    let beside_base = format!("beside {}, average", side::name(summary, summary.baseline));
    let head = heads(["growth", "of all futures", "option", &beside_base, "error, $", "paid back, of its futures"]);
    let mut rows = Vec::new();
    for case in &summary.cases {
        for (place, option) in case.options.iter().enumerate() {
            let Some(against) = &option.against else { continue };
            let Mean { value, se, .. } = against.difference;
            rows.push(vec![
                side::one_line(&case.name),
                odds_cell(case.share),
                side::name(summary, place),
                summary.currency.beside(value, se),
                error(se),
                odds_cell(against.paid_back),
            ]);
        }
    }
    let caption = format!(
        "By growth, {} over {}, {}, average of the futures with that growth",
        finding::counts(summary),
        span(summary.months),
        worth(summary)
    );
    (!rows.is_empty()).then(|| (caption, table(summary.currency, 3, head, rows)))
}

/// How likely events are, and what they do to the difference.
fn happened(summary: &Summary) -> Captioned {
    let head = heads([
        "what may happen",
        "in",
        "option",
        "beside the baseline with it, $",
        "error, $",
        "without it, $",
        "error, $",
        "adds on average, $",
        "error, $",
    ]);
    let mut rows = Vec::new();
    for event in &summary.events {
        for (place, difference) in event.options.iter().enumerate() {
            let Some(difference) = difference else { continue };
            let mut row = vec![side::one_line(&event.title), odds_cell(event.happens()), side::name(summary, place)];
            row.extend([difference.with, difference.without, difference.contribution].into_iter().flat_map(dollars));
            rows.push(row);
        }
    }
    let caption = format!("What happened in {}, {}", span(summary.months), finding::counts(summary));
    (!rows.is_empty()).then(|| (caption, table(summary.currency, 3, head, rows)))
}

/// When an option has paid for itself, and from when a month on it costs no more.
fn times(summary: &Summary) -> Captioned {
    let head = heads([
        "option",
        "what counts",
        "paid back: 1 in 10 by",
        "half by",
        "9 in 10 by",
        "a month as paid no dearer: half by",
    ]);
    let mut rows = Vec::new();
    for place in (0..summary.options.len()).filter(|place| *place != summary.baseline) {
        for lens in Lens::ALL.into_iter().filter(|lens| summary.adds(*lens)) {
            let crossover = summary.headline(place, lens);
            let mut row = vec![side::name(summary, place), words(summary, lens)];
            row.extend(crossover.break_even.iter().map(|q| when(summary, q.at)));
            row.push(when(summary, crossover.run_rate[1].at));
            rows.push(row);
        }
    }
    let base = side::name(summary, summary.baseline);
    let caption = format!(
        "When it is paid back beside {base}, {}, of all futures; a month no dearer: its trailing three months, three months after \
         the overlap at the earliest",
        worth(summary)
    );
    (!rows.is_empty()).then(|| (caption, table(summary.currency, 2, head, rows)))
}

/// Most unknowns that are listed.
const MOST: usize = 8;

/// What knowing is worth: single figures, what the file could find out, all of them, and the future itself.
fn knowing(summary: &Summary, scenario: &Scenario, answer: &Answer) -> Captioned {
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
    let head = heads(["knowing", "saves up to, $", "error, $"]);
    Some((format!("What knowing is worth, {}, average", worth(summary)), table(summary.currency, 1, head, rows)))
}

/// How often each option is the cheapest and what choosing it costs above the cheapest: as it turns out, luck included, and
/// on average, given what could be known.
fn cheapest(summary: &Summary, information: &Information) -> Captioned {
    let head = heads([
        "option",
        "cheapest, of all futures",
        "with luck averaged out",
        "dearer than the cheapest, average, $",
        "error, $",
    ]);
    let row = |option: usize| {
        let regret = information.regret[option];
        let [regret, error] = dollars(Some(Mean { value: regret.value, se: regret.se, sd: f64::NAN }));
        let odds = [information.cheapest[option], information.cheapest_on_average[option]].map(odds_cell);
        [vec![side::name(summary, option)], odds.into(), vec![regret, error]].concat()
    };
    let rows = (0..summary.options.len()).map(row).collect();
    Some((
        format!("Which option turns out the cheapest of all, {}", worth(summary)),
        table(summary.currency, 1, head, rows),
    ))
}

fn when(summary: &Summary, at: When) -> String {
    match at {
        When::FromStart => "the start".to_owned(),
        When::Month(m) => month(summary.start, m),
        When::Never => format!("not in {}", span(summary.months)),
    }
}

/// What a lens counts.
fn words(summary: &Summary, lens: Lens) -> String {
    match lens {
        Lens::Invoices => "invoices".to_owned(),
        Lens::Cash => "+ new pay".to_owned(),
        Lens::Tco => "+ engineers' time".to_owned(),
        Lens::Economic => format!("+ {}", economic(summary)),
    }
}

/// A mean and its error, to the digit that the error begins at.
fn dollars(mean: Option<Mean>) -> [String; 2] {
    let Some(Mean { value, se, .. }) = mean else { return [String::new(), String::new()] };
    [rounded(value, se), error(se)]
}

/// A standard error to one figure, rounded up.
fn error(se: f64) -> String {
    if !se.is_finite() {
        return "unknown".to_owned();
    }
    let unit = grid::power(se, 1).max(1.0);
    grid::plain((se / unit).ceil() * unit, unit)
}

/// An amount to the digit that its error begins at.
fn rounded(amount: f64, se: f64) -> String {
    let unit = if se.is_finite() && se > 0.0 { grid::power(se, 1).max(1.0) } else { 1.0 };
    signed(grid::nearest(amount, unit), unit)
}

fn signed(amount: f64, unit: f64) -> String {
    let sign = if amount < 0.0 { "-" } else { "" };
    format!("{sign}{}", grid::plain(amount.abs(), unit))
}
