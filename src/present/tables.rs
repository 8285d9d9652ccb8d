//! Tables of a run: columns with units in their names (`usd` is the code of the report's currency), rows of figures.

use crate::model::Bucket;
use crate::summary::{Account, CostPhase, Costs, Crossover, Lens, LineSummary, Mean, Probability, Spread, Summary};
use crate::units::YearMonth;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// A text that a scenario file gave: data, never a formula.
    Given(String),
    /// A text of ours.
    Word(String),
    /// A figure.
    Number(f64),
    /// A whole number.
    Whole(u64),
    /// Nothing: the figure does not exist.
    Empty,
}

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Rows, each as long as `columns`.
    pub rows: Vec<Vec<Cell>>,
}

/// The quantiles that a table shows of an amount.
const SHOWN: [(f64, &str); 3] = [(0.1, "p10"), (0.5, "p50"), (0.9, "p90")];

/// The amounts of `monthly.csv`, each with mean and standard error, and quantiles with the ends of their 95 % intervals.
const AMOUNTS: [&str; 5] = [
    "monthly_cost",
    "cumulative_cost",
    "cumulative_present_value",
    "difference_to_baseline",
    "difference_to_baseline_present_value",
];

/// `monthly.csv`: a row for each option, lens and month, month 0 the opening. What compares with the baseline is empty for the
/// baseline itself.
#[must_use]
pub fn monthly(summary: &Summary) -> Table {
    let mut columns: Vec<String> =
        ["option", "title", "platform", "lens", "month", "calendar_month"].map(str::to_owned).into();
    let code = summary.currency.suffix();
    for amount in AMOUNTS {
        columns.push(format!("{amount}_mean_{code}"));
        columns.push(format!("{amount}_se_{code}"));
        for (_, name) in SHOWN {
            columns.extend(["", "_low", "_high"].map(|end| format!("{amount}_{name}{end}_{code}")));
        }
    }
    for share in ["paid_back_by", "paid_back_by_present_value"] {
        columns.push(format!("{share}_probability"));
        columns.push(format!("{share}_se"));
        columns.extend(["low", "high"].map(|end| format!("{share}_{end}")));
    }
    let mut rows = Vec::new();
    for option in 0..summary.options.len() {
        for lens in Lens::ALL {
            rows.extend((0..=summary.months).map(|m| row(summary, option, lens, m)));
        }
    }
    Table { columns, rows }
}

/// `lines`: a row for each option, platform, line, phase and month, with its mean cost. A line that is 0 in every month has
/// none; the opening phase has month 0 alone, the others have the months from 1 on. Rows of an option up to a lens add up
/// to its mean cost under that lens.
#[must_use]
pub fn lines(summary: &Summary) -> Table {
    const COLUMNS: [&str; 9] =
        ["option", "title", "platform", "bucket", "line", "phase", "counted_from_lens", "month", "calendar_month"];
    let mut rows = Vec::new();
    // Hours stand elsewhere: what they cost beside them is what an hour costs.
    let is_shown = |line: &&LineSummary| !summary.hides_pay || line.account != Account::Bucket(Bucket::Engineering);
    for line in summary.lines.iter().filter(is_shown) {
        let option = &summary.options[line.option];
        let months = if line.phase == CostPhase::Opening { 0..=0 } else { 1..=summary.months };
        for m in months {
            let Mean { value, se, .. } = line.by_month[m as usize];
            rows.push(vec![
                Cell::Given(option.name.clone()),
                Cell::Given(option.title.clone()),
                line.platform.as_ref().map_or(Cell::Empty, |platform| Cell::Given(platform.clone())),
                Cell::Word(line.account.name().to_owned()),
                Cell::Given(line.line.clone()),
                Cell::Word(line.phase.name().to_owned()),
                Cell::Word(line.lens.name().to_owned()),
                Cell::Whole(u64::from(m)),
                Cell::Word(calendar_month(summary, m)),
                Cell::Number(value),
                Cell::Number(se),
            ]);
        }
    }
    let code = summary.currency.suffix();
    let amounts = ["mean", "se"].map(|of| format!("{of}_{code}"));
    Table { columns: COLUMNS.map(str::to_owned).into_iter().chain(amounts).collect(), rows }
}

fn calendar_month(summary: &Summary, m: u32) -> String {
    if m == 0 { "opening".to_owned() } else { iso(summary.start.plus(m as i32 - 1)) }
}

fn row(summary: &Summary, option: usize, lens: Lens, m: u32) -> Vec<Cell> {
    let chosen = &summary.options[option];
    let costs = &chosen.costs[lens as usize];
    let month = m as usize;
    let mut row = vec![
        Cell::Given(chosen.name.clone()),
        Cell::Given(chosen.title.clone()),
        Cell::Given(chosen.platform.clone()),
        Cell::Word(lens.name().to_owned()),
        Cell::Whole(u64::from(m)),
        Cell::Word(calendar_month(summary, m)),
    ];
    row.extend(amount(Some(of_month(costs, month))));
    row.extend(amount(costs.cumulative.get(month)));
    row.extend(amount(costs.present_value.get(month)));
    let against = |discounted: bool| -> Option<&Crossover> {
        (option != summary.baseline).then(|| summary.crossover(option, lens, discounted))
    };
    for discounted in [false, true] {
        row.extend(amount(against(discounted).map(|c| &c.delta[month])));
    }
    for discounted in [false, true] {
        row.extend(share(against(discounted).map(|c| c.broke_even_by[month])));
    }
    row
}

/// What a month costs; the opening is what is paid before the first.
fn of_month(costs: &Costs, month: usize) -> &Spread {
    match month {
        0 => &costs.cumulative[0],
        m => &costs.monthly[m - 1],
    }
}

fn amount(spread: Option<&Spread>) -> Vec<Cell> {
    let Some(spread) = spread else { return vec![Cell::Empty; 2 + 3 * SHOWN.len()] };
    let Mean { value, se, .. } = spread.mean;
    let quantile = |p: f64| {
        let found = spread.quantiles.iter().find(|q| q.p == p);
        found.map_or([Cell::Empty, Cell::Empty, Cell::Empty], |q| [q.value, q.low, q.high].map(Cell::Number))
    };
    [Cell::Number(value), Cell::Number(se)]
        .into_iter()
        .chain(SHOWN.into_iter().flat_map(|(p, _)| quantile(p)))
        .collect()
}

fn share(probability: Option<Probability>) -> Vec<Cell> {
    probability.map_or(vec![Cell::Empty; 4], |p| {
        let (low, high) = p.interval();
        [p.value(), p.se(), low, high].map(Cell::Number).into()
    })
}

/// A month as spreadsheets sort it: "2027-01".
#[must_use]
pub fn iso(month: YearMonth) -> String {
    format!("{:04}-{:02}", month.year(), month.index() + 1)
}
