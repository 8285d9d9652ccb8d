//! The arithmetic of one figure of one trial: which numbers it is made of, down to what the file states.
//!
//! The plan is walked from the figure's column to what it reads, and every number is the kernel's own, read from the
//! columns of that trial; nothing is computed here that is not compared with them. An operation that this page has no
//! words for is shown with what it reads, so a new price scheme is explained before anybody writes about it.

mod told;

use std::collections::BTreeSet;

use crate::model::{
    Account, DriverId, DriverKind, Line, Part, Platform, Scenario, Scheme, Sizing, UnitPrice, UnitsScheme,
};
use crate::plan::op::{Col, Op};
use crate::plan::{Figure, Plan, ceil};
use crate::sim::{self, Columns, Sampling};
use crate::units::Seed;

/// Which future a figure is read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Future {
    /// Every estimate at its median, every draw of luck at its middle.
    Median,
    /// A trial of a seed.
    Trial(Seed, u64),
}

/// A month of a future, lived up to its end.
#[derive(Debug)]
pub struct Lived {
    month: u32,
    columns: Columns,
}

impl Lived {
    /// Lives a future to the end of a month, counted from 1.
    #[must_use]
    pub fn to(plan: &Plan, month: u32, future: Future) -> Self {
        let (sampling, trial) = match future {
            Future::Median => ((Seed(0), Sampling::Median), 0),
            Future::Trial(seed, trial) => ((seed, Sampling::Plain), trial),
        };
        Self { month, columns: sim::columns(plan, sampling, trial, month) }
    }
}

/// A figure taken apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Arithmetic {
    /// What was asked for.
    pub path: String,
    /// The option it is of, where it is of one.
    pub option: Option<String>,
    /// The month, from 1.
    pub month: u32,
    /// What it is of: "$", "hours"; empty where it has no unit.
    pub unit: &'static str,
    /// The steps, what a step is made of below it.
    pub steps: Vec<Step>,
}

/// One number and how it came about.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// How deep it stands: what a step is made of stands one deeper.
    pub depth: usize,
    /// The kernel's number.
    pub value: f64,
    /// What it is.
    pub what: String,
    /// How it came about, in figures; empty for what the file states.
    pub how: String,
    /// The same number worked out again from the figures shown, where the operation is plain arithmetic.
    pub again: Option<f64>,
}

/// Deepest step shown.
const DEEPEST: usize = 9;

/// Every path that can be explained, in order.
#[must_use]
pub fn paths(plan: &Plan) -> Vec<String> {
    let mut all: Vec<String> = plan.names.iter().map(|(path, _)| path.clone()).collect();
    all.extend(plan.figures.iter().map(|figure| figure.path.clone()));
    all.sort();
    all.dedup();
    all
}

/// Paths that were probably meant, the likeliest first.
#[must_use]
pub fn nearest(plan: &Plan, wrong: &str) -> Vec<String> {
    const SHOWN: usize = 4;
    let wrong: String = wrong.chars().take(120).collect();
    let mut ranked: Vec<(usize, String)> = paths(plan)
        .into_iter()
        .map(|path| {
            let holds = !wrong.is_empty() && path.contains(&wrong);
            (if holds { 0 } else { strsim::damerau_levenshtein(&wrong, &path) }, path)
        })
        .filter(|(distance, path)| *distance <= path.len().max(wrong.len()) / 2)
        .collect();
    ranked.sort();
    ranked.into_iter().take(SHOWN).map(|(_, path)| path).collect()
}

/// A path in the plan's words: files say `platforms.ecs.incidents`, and figures `platform.ecs.incident`.
#[must_use]
pub fn singular(path: &str) -> String {
    const WORDS: [(&str, &str); 7] = [
        ("platforms", "platform"),
        ("options", "option"),
        ("drivers", "driver"),
        ("migrations", "migration"),
        ("incidents", "incident"),
        ("events", "event"),
        ("requirements", "requirement"),
    ];
    let word = |(nth, word): (usize, &str)| {
        // A table's kind stands first, or third: what stands between are names.
        let known = WORDS.iter().find(|(many, _)| *many == word && (nth == 0 || (nth == 2 && word == "incidents")));
        known.map_or_else(|| word.to_owned(), |(_, one)| (*one).to_owned())
    };
    path.split('.').enumerate().map(word).collect::<Vec<_>>().join(".")
}

/// Takes a figure apart; `None` where no path, or no option that has it, is of that name. A thing of a platform that
/// several options have is read in `option`, else in the baseline if it has it, else in the first that does.
#[must_use]
pub fn of(scenario: &Scenario, plan: &Plan, path: &str, option: Option<&str>, lived: &Lived) -> Option<Arithmetic> {
    let month = lived.month;
    let named = plan.names.iter().find(|(name, _)| name == path);
    let figure = if named.is_some() { None } else { Some(figure(scenario, plan, path, option)?) };
    let parts = figure.map_or(&[][..], |figure| &figure.parts);
    let mut walk = Walk {
        scenario,
        plan,
        columns: &lived.columns,
        month,
        parts,
        option: None,
        steps: Vec::new(),
        seen: BTreeSet::new(),
    };
    walk.option = figure.map(|figure| figure.option).or_else(|| walk.option_of(path));
    match (named, figure) {
        (Some((_, col)), _) => walk.descend(*col, 0, path),
        (None, Some(figure)) => walk.figure(figure),
        (None, None) => return None,
    }
    let steps = std::mem::take(&mut walk.steps);
    let option = walk.option.map(|place| scenario.options[place].name.clone());
    Some(Arithmetic { path: path.to_owned(), option, month, unit: unit(path, figure), steps })
}

fn figure<'p>(scenario: &Scenario, plan: &'p Plan, path: &str, option: Option<&str>) -> Option<&'p Figure> {
    let all: Vec<&Figure> = plan.figures.iter().filter(|figure| figure.path == path).collect();
    match option {
        Some(name) => all.into_iter().find(|figure| scenario.options[figure.option].name == name),
        None => all.iter().find(|figure| figure.option == scenario.baseline.0).or(all.first()).copied(),
    }
}

fn unit(path: &str, figure: Option<&Figure>) -> &'static str {
    match figure {
        Some(figure) => figure.unit,
        None if is_dollars(path) => "$",
        None if path == "people.hour" => "$",
        None if ["loss", "penalties", "premium", "mean_invoiced"].iter().any(|word| path.ends_with(word)) => "$",
        None if path.ends_with("hours") => "hours",
        None => "",
    }
}

/// Whether a named quantity of an option is in dollars.
fn is_dollars(path: &str) -> bool {
    const AMOUNTS: [&str; 8] =
        [".invoiced.", ".dual.", ".opening.", ".monthly.", ".cumulative.", ".present.", ".real.", ".fiscal."];
    let is_beside = || Account::BESIDE.iter().any(|account| path.ends_with(&format!(".{}", account.name())));
    AMOUNTS.iter().any(|word| path.contains(word)) || (path.starts_with("option.") && is_beside())
}

/// Keys that stand in places with words of their own only.
const SHAPES: [&str; 7] = ["autoscaling", "peak", "headroom", "capacity", "today", "copies", "at_least"];

/// Which keys can stand in a place: any of them in one without words of its own, else those that the words name.
fn keys_of(place: &str) -> Option<&'static [&'static str]> {
    match place {
        "" | WHOLE => None,
        "peak over mean" => Some(&["peak"]),
        "at least" => Some(&["at_least"]),
        _ => Some(&[]),
    }
}

/// The amount of a line before the part of the month.
const WHOLE: &str = "amount of a whole month";

/// Which names count for a column.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Name {
    Any,
    /// Those of the figure's own estimates.
    OfItsOwn,
}

struct Walk<'a> {
    scenario: &'a Scenario,
    plan: &'a Plan,
    columns: &'a Columns,
    month: u32,
    /// Estimates of the figure at hand, by path.
    parts: &'a [(String, Col)],
    option: Option<usize>,
    steps: Vec<Step>,
    /// Columns that were taken apart above.
    seen: BTreeSet<Col>,
}

impl Walk<'_> {
    fn option_of(&self, path: &str) -> Option<usize> {
        let name = path.strip_prefix("option.")?;
        self.scenario.options.iter().position(|option| name.starts_with(&format!("{}.", option.name)))
    }

    fn value(&self, col: Col) -> f64 {
        self.columns.now[col.index()]
    }

    /// What a column is called, if anything stands for it.
    fn name(&self, col: Col) -> Option<String> {
        self.own_name(col, None).or_else(|| self.plans_name(col))
    }

    /// The estimates of the figure at hand that a column holds. All that is 2 is one column: where several are, `keys` are
    /// those that can stand in its place, and without one of them none of its names says what it is there.
    fn own_name(&self, col: Col, keys: Option<&[&str]>) -> Option<String> {
        let mut own: Vec<&str> =
            self.parts.iter().filter(|(_, part)| *part == col).map(|(path, _)| path.as_str()).collect();
        own.sort_unstable();
        own.dedup();
        if self.written_by(col).is_none() {
            let key = |path: &str| path.rsplit('.').next().unwrap_or(path).to_owned();
            own.retain(|path| match keys {
                Some(keys) => keys.contains(&key(path).as_str()),
                // What shapes a need stands in places of its own, and is a half or a two elsewhere by chance.
                None => !SHAPES.contains(&key(path).as_str()),
            });
        }
        match own.as_slice() {
            [path] => Some(short(path)),
            _ => None,
        }
    }

    fn plans_name(&self, col: Col) -> Option<String> {
        // All that is 2 is one column, and its other names are chance.
        self.written_by(col)?;
        let named = self.plan.names.iter().find(|(_, named)| *named == col).map(|(path, _)| path.clone());
        named.or_else(|| match self.written_by(col) {
            Some((Op::Estimate { input }, _)) => Some(self.plan.inputs[*input as usize].path.clone()),
            // A row of a file, or a multiple of another estimate.
            _ => self.plan.estimates.iter().find(|(_, own)| *own == col).map(|(path, _)| path.clone()),
        })
    }

    /// The operation that writes a column, and the column's place among those it writes.
    fn written_by(&self, col: Col) -> Option<(&Op, u32)> {
        let plan = self.plan;
        let mut all = plan.once.iter().chain(&plan.advance).chain(&plan.monthly);
        all.find(|step| (step.out.0..step.out.0 + step.op.width()).contains(&col.0))
            .map(|step| (&step.op, col.0 - step.out.0))
    }

    fn push(&mut self, depth: usize, value: f64, what: &str, how: String, again: Option<f64>) {
        self.steps.push(Step { depth, value, what: what.to_owned(), how, again });
    }

    /// A thing of a platform: its amount, for the part of the month it is paid for.
    fn figure(&mut self, figure: &Figure) {
        let (weight, amount) = (self.value(figure.weight), self.value(figure.amount));
        let how = format!("part of the month {} × amount of a whole one {}", number(weight), number(amount));
        self.push(0, weight * amount, &figure.path, how, Some(weight * amount));
        self.descend(figure.weight, 1, "part of the month in service");
        // Alone in its bucket a line is the bucket too, and would be explained by itself.
        self.take_apart(figure.amount, 1, WHOLE, Name::OfItsOwn);
        self.stated(figure);
    }

    /// What of a line the plan has folded into one number, from what the file states.
    fn stated(&mut self, figure: &Figure) {
        let lines = self.scenario.platforms.iter().flat_map(|p| p.lines.iter().map(move |line| (p, line)));
        let at = |(p, line): &(&Platform, &Line)| format!("platform.{}.{}", p.name, line.place()) == figure.path;
        let Some((_, line)) = lines.into_iter().find(at) else { return };
        let copies = self.drawn(&line.copies);
        let (price, one) = match &line.scheme {
            Scheme::Fixed { price, times } => {
                let (times, is_one) = (self.drawn(times), times.written.is_empty());
                let (price, shown) = (self.drawn(price), self.stated_as(price));
                if is_one { (shown, price) } else { (format!("{shown} × {} (times)", number(times)), price * times) }
            }
            Scheme::Units(UnitsScheme { price: UnitPrice::Single(price), .. }) | Scheme::Seats { price, .. } => {
                (self.stated_as(price), self.drawn(price))
            }
            Scheme::Units(UnitsScheme { price: UnitPrice::Bundle(parts), .. }) => {
                let piece = |part: &Part| {
                    format!("{} × {} ({})", number(self.drawn(&part.times)), number(self.drawn(&part.price)), part.name)
                };
                let shown: Vec<String> = parts.iter().map(piece).collect();
                let sum = parts.iter().map(|part| self.drawn(&part.times) * self.drawn(&part.price)).sum();
                (format!("({})", shown.join(" + ")), sum)
            }
            Scheme::Once { amount, .. } => (self.stated_as(amount), self.drawn(amount)),
            Scheme::Metered { .. } | Scheme::Ladder(_) | Scheme::Share(_) | Scheme::Copy { .. } => (String::new(), 1.0),
        };
        if copies != 0.0 {
            let how = if price.is_empty() { String::new() } else { format!("{price} × ") };
            let (how, value) = (format!("{how}(1 + {} (copies))", number(copies)), one * (1.0 + copies));
            self.push(1, value, "one of it in all environments", how, Some(value));
        } else if price.ends_with("(times)") {
            self.push(1, one, "one of it", price, Some(one));
        }
        if let Scheme::Units(UnitsScheme { driver, sizing: Sizing::Today(units), peak, autoscaling, .. }) = &line.scheme
        {
            let (units, peak, e) = (self.drawn(units), self.drawn(peak), self.drawn(autoscaling));
            let slack = 1.0 - e;
            let today = self.today(*driver, self.scenario.drivers.len());
            let name = &self.scenario.driver(*driver).name;
            let how = format!(
                "({} (today) − 0.5) ÷ ({} ({name} today) × (1 + (1 − {} (autoscaling)) × ({} (peak) − 1))): half a unit of slack",
                number(units),
                number(today),
                number(e),
                number(peak)
            );
            let value = (units - 0.5) / (today * (1.0 + slack * (peak - 1.0)));
            self.push(1, value, "units for one of the load", how, Some(value));
        }
    }

    /// A driver's reading of the as-of month. `depth` ends what never does.
    fn today(&self, id: DriverId, depth: usize) -> f64 {
        let driver = self.scenario.driver(id);
        let raw = match &driver.kind {
            _ if depth == 0 => f64::NAN,
            DriverKind::Flow { today, .. } | DriverKind::Stock { today, .. } => self.drawn(today),
            DriverKind::Derived { terms } => {
                terms.iter().map(|(of, times)| self.drawn(times) * self.today(*of, depth - 1)).sum()
            }
            DriverKind::PerUnits { terms } => {
                terms.iter().map(|(of, each)| self.drawn(each) * self.units_today(of, depth - 1)).sum()
            }
        };
        if driver.whole { ceil(raw) } else { raw }
    }

    /// A column, and below it what it is made of.
    fn descend(&mut self, col: Col, depth: usize, what: &str) {
        self.take_apart(col, depth, what, Name::Any);
    }

    fn take_apart(&mut self, col: Col, depth: usize, what: &str, named: Name) {
        let value = self.value(col);
        let name = self
            .own_name(col, if depth > 0 { keys_of(what) } else { None })
            .or_else(|| if named == Name::Any { self.plans_name(col) } else { None });
        let is_known = name.is_some() && depth > 0;
        let what = match &name {
            Some(name) if depth > 0 && !what.is_empty() && what != name => format!("{what}: {name}"),
            Some(name) if what.is_empty() => name.clone(),
            _ => what.to_owned(),
        };
        let Some((op, place)) = self.written_by(col).map(|(op, place)| (op.clone(), place)) else {
            return self.push(depth, value, &what, String::new(), None);
        };
        // What has a name of its own is explained under it.
        let is_told = !self.seen.insert(col);
        if (is_known && !matches!(op, Op::Estimate { .. }) && !self.is_converted(&op)) || depth >= DEEPEST || is_told {
            return self.push(depth, value, &what, String::new(), None);
        }
        let (how, again, below) = self.told(&op, place, value);
        self.push(depth, value, &what, how, again);
        for (col, what) in below {
            self.descend(col, depth + 1, &what);
        }
    }

    /// Where an operation writes.
    fn written_at(&self, op: &Op, place: u32) -> Option<Col> {
        let plan = self.plan;
        let mut all = plan.once.iter().chain(&plan.advance).chain(&plan.monthly);
        all.find(|step| step.op == *op).map(|step| step.out.plus(place))
    }

    /// A sum, its terms by the names of the things that they are.
    fn sum(&self, terms: &[(Col, Col)]) -> (String, Option<f64>, Vec<(Col, String)>) {
        let mut again = 0.0;
        let mut pieces = Vec::new();
        let mut below = Vec::new();
        let mut nothing = Vec::new();
        for (weight, amount) in terms {
            let term = self.value(*weight) * self.value(*amount);
            again += term;
            let same = |figure: &&Figure| Some(figure.option) == self.option && figure.amount == *amount;
            let figure = self.plan.figures.iter().filter(same).find(|figure| figure.weight == *weight);
            // A line less its SLA credit is the line's amount in another part.
            let in_part = self.plan.figures.iter().find(same).filter(|_| self.is_worth(*amount));
            let figure = figure.or(in_part);
            if term == 0.0 {
                nothing.push(figure.map_or_else(|| self.called(*amount), |figure| figure.path.clone()));
                continue;
            }
            match figure {
                Some(figure) if figure.weight == *weight => {
                    pieces.push(format!("{} {}", figure.path, number(term)));
                }
                Some(figure) => {
                    let (weight, amount) = (self.called(*weight), number(self.value(*amount)));
                    pieces.push(format!("{weight} × {} {amount}", figure.path));
                }
                None => {
                    let (weight, named) = (self.value(*weight), self.called(*amount));
                    pieces.push(if weight == 1.0 { named } else { format!("{} × {named}", number(weight)) });
                    below.extend(self.is_worth(*amount).then(|| (*amount, String::new())));
                }
            }
        }
        if pieces.is_empty() {
            return (format!("nothing: 0 each of {}", nothing.join(", ")), Some(again), below);
        }
        if !nothing.is_empty() {
            pieces.push(format!("0 of {}", nothing.join(", ")));
        }
        (format!("sum of\n{}", pieces.join("\n")), Some(again), below)
    }

    /// Whether a column is more than a number that is shown already.
    fn is_worth(&self, col: Col) -> bool {
        self.written_by(col).is_some() || self.name(col).is_some()
    }

    /// The price of a bracket, or its percentage.
    fn rate(&self, price: Col) -> String {
        match self.own_name(price, None) {
            Some(name) if name == "percent" => format!("{} %", number(self.value(price) * 100.0)),
            Some(name) if name != "free" => format!("{} ({name})", number(self.value(price))),
            _ => number(self.value(price)),
        }
    }

    /// A number with its name, if it has one.
    fn called(&self, col: Col) -> String {
        match self.name(col) {
            Some(name) => format!("{} ({name})", number(self.value(col))),
            None => number(self.value(col)),
        }
    }
}

/// What an estimate of the figure at hand is called in its arithmetic.
fn short(path: &str) -> String {
    if let Some(sku) = path.strip_prefix("price.") {
        return sku.to_owned();
    }
    let key = path.rsplit('.').next().unwrap_or(path);
    match [".each.", ".plans."].iter().find_map(|group| path.split_once(group)) {
        Some((_, inside)) if ["price", "times"].contains(&key) => inside.replace('.', " "),
        Some((_, inside)) => format!("{inside} times"),
        None => key.to_owned(),
    }
}

/// A number with enough figures to follow: six, and cents where there are dollars.
#[must_use]
pub fn number(value: f64) -> String {
    let size = value.abs();
    if !size.is_finite() {
        return "no end".to_owned();
    }
    let decimals = match size {
        0.0 => 0,
        s if !(1e-4..1e12).contains(&s) => return format!("{value:.4e}"),
        s if s >= 1000.0 => 2,
        s if s >= 1.0 => 4,
        _ => 6,
    };
    let text = format!("{size:.decimals$}");
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let rest = rest.trim_end_matches('0');
    let sign = if value < 0.0 { "−" } else { "" };
    if rest.is_empty() { format!("{sign}{grouped}") } else { format!("{sign}{grouped}.{rest}") }
}
