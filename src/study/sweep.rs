//! One or two inputs over a grid, in the same futures: which option is cheapest at each of their values, and where that
//! turns.
//!
//! All cells live the same futures: streams go by path, so nothing but what is swept differs between two of them
//! (common random numbers). A plan is made once, with what is swept among its inputs; a cell puts its value into it.
//! Where that is not so, because a value changes which operations there are, a cell's own plan is made.

use crate::math::law::Law;
use crate::plan::Plan;
use crate::study::verdict;
use crate::summary::{Mean, Probability, Summary};

/// A value of a swept input.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// As it is said in a file: "4 % / month".
    pub text: String,
    /// Its number, where it has one.
    pub number: Option<f64>,
}

/// An input that is swept.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// Its path, as a file has it.
    pub path: String,
    /// Its values, in the order in which they are tried.
    pub values: Vec<Value>,
}

impl Axis {
    /// Its values without the unit that all of them share, and that unit: "0", "4" and "% / month" say as much as "0 % / month"
    /// and "4 % / month" do. A sign of money or of percent stays at its number.
    #[must_use]
    pub fn apart(&self) -> (Vec<String>, String) {
        let whole = || self.values.iter().map(|value| value.text.clone()).collect();
        let written: Option<Vec<Written<'_>>> = self.values.iter().map(|value| Written::of(&value.text)).collect();
        let Some(written) = written else { return (whole(), String::new()) };
        let first = &written[0];
        if written.iter().any(|own| (own.before, own.after) != (first.before, first.after)) {
            return (whole(), String::new());
        }
        let (sign, of_percent) = (first.before.trim(), first.after.trim_start().starts_with('%'));
        let is_money = sign == "$";
        let number = |(own, value): (&Written<'_>, &Value)| {
            let digits = &value.text[own.before.len()..value.text.len() - own.after.len()];
            // Files may not part the thousands of a number alone; people read them parted.
            let is_long = digits.len() > 4 && digits.bytes().all(|digit| digit.is_ascii_digit());
            let parted = is_long.then(|| written_out(own.number, 0, true));
            let digits = parted.as_deref().unwrap_or(digits);
            let percent = if of_percent { " %" } else { "" };
            format!("{}{digits}{percent}", if is_money { "$" } else { "" })
        };
        let unit = format!("{sign} {}", first.after.trim()).trim().to_owned();
        (written.iter().zip(&self.values).map(number).collect(), unit)
    }

    /// Its path with the unit that its values share.
    #[must_use]
    pub fn name(&self) -> String {
        match self.apart().1 {
            unit if unit.is_empty() => self.path.clone(),
            unit => format!("{}, {unit}", self.path),
        }
    }
}

/// What came of one cell of the grid.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// The place of its value on each axis.
    pub at: Vec<usize>,
    /// Months to whose end options are compared in it.
    pub months: u32,
    /// By option, in the scenario's order.
    pub options: Vec<Found>,
    /// The option with the least expected cost, by what is decided on; ties go to the baseline, then to the first by name.
    pub cheapest: usize,
}

/// An option in a cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Expected cost of what is decided on, dollars.
    pub cost: Mean,
    /// The same less the baseline's, formed trial by trial; 0 for the baseline.
    pub difference: Mean,
    /// Share of futures in which it has paid back for good by the horizon; `None` for the baseline.
    pub paid_back: Option<Probability>,
}

impl Cell {
    /// By how much the cheapest option costs less than the next, and at most so large a standard error: of the baseline and
    /// another that of their difference, of two others the sum of both. `None` where there is no other.
    #[must_use]
    pub fn lead(&self) -> Option<Lead> {
        let own = self.options[self.cheapest].difference;
        let others = self.options.iter().enumerate().filter(|(option, _)| *option != self.cheapest);
        let next = others.map(|(_, found)| found.difference).min_by(|a, b| a.value.total_cmp(&b.value))?;
        Some(Lead { value: next.value - own.value, se: next.se + own.se })
    }
}

/// By how much the cheapest option of a cell costs less than the next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lead {
    /// How much, dollars.
    pub value: f64,
    /// A bound of its standard error, dollars.
    pub se: f64,
}

/// A finished sweep.
#[derive(Debug, Clone, PartialEq)]
pub struct Sweep {
    /// One or two inputs.
    pub axes: Vec<Axis>,
    /// By the first axis, and within it by the second.
    pub cells: Vec<Cell>,
    /// How many cells had a plan of their own.
    pub plans_of_their_own: usize,
}

impl Sweep {
    /// The cell at a place.
    ///
    /// # Panics
    /// If there is none.
    #[must_use]
    pub fn cell(&self, at: &[usize]) -> &Cell {
        self.cells.iter().find(|cell| cell.at == at).expect("Invariant: a sweep has a cell for every place")
    }

    /// Whether the cheapest option differs from that of a neighbour before it: the choice turns between them.
    #[must_use]
    pub fn turns(&self, cell: &Cell) -> bool {
        (0..cell.at.len()).any(|axis| self.before(cell, axis).is_some_and(|before| before.cheapest != cell.cheapest))
    }

    /// Whether an input moves no cost of any option.
    #[must_use]
    pub fn moves_nothing(&self, axis: usize) -> bool {
        let costs = |cell: &Cell| cell.options.iter().map(|found| found.cost.value.to_bits()).collect::<Vec<u64>>();
        let values = &self.axes[axis].values;
        values.iter().any(|value| *value != values[0])
            && self.cells.iter().all(|cell| self.before(cell, axis).is_none_or(|before| costs(before) == costs(cell)))
    }

    /// The neighbour one value before on an axis.
    #[must_use]
    pub fn before(&self, cell: &Cell, axis: usize) -> Option<&Cell> {
        let mut at = cell.at.clone();
        at[axis] = at[axis].checked_sub(1)?;
        Some(self.cell(&at))
    }
}

/// Reads a cell off a run.
#[must_use]
pub fn cell(summary: &Summary, at: Vec<usize>) -> Cell {
    let options: Vec<Found> = (0..summary.options.len())
        .map(|option| {
            let standing = verdict::standing(summary, option);
            let paid_back = (option != summary.baseline).then(|| {
                *summary.decided(option).broke_even_by.last().expect("Invariant: a series begins with month 0")
            });
            Found { cost: standing.cost, difference: standing.difference, paid_back }
        })
        .collect();
    let mut cheapest = summary.baseline;
    for (option, found) in options.iter().enumerate() {
        if found.difference.value < options[cheapest].difference.value {
            cheapest = option;
        }
    }
    Cell { at, months: summary.decided_at(), options, cheapest }
}

/// Puts sure values into a plan for inputs of it, by their paths; `None` where one of them is no input of the plan.
#[must_use]
pub fn with_values(plan: &Plan, values: &[(String, f64)]) -> Option<Plan> {
    let mut plan = plan.clone();
    for (path, value) in values {
        plan.inputs.iter_mut().find(|input| input.path == *path)?.law = Law::Constant(*value);
    }
    Some(plan)
}

/// A range `from .. to` in steps, as values in the unit that it is written in.
///
/// # Errors
/// What is wrong with it, in a sentence.
pub fn steps(from: &str, to: &str, steps: usize) -> Result<Vec<Value>, String> {
    let (first, last) = (Written::of(from), Written::of(to));
    let (Some(first), Some(last)) = (first, last) else {
        return Err(format!("\"{from} .. {to}\" has no number at each end"));
    };
    // What one end leaves out of the unit of the other it shares: "0 % .. 8 % / month".
    let joined = |one: &str, other: &str| match (one.trim_end(), other.trim_end()) {
        (short, long) if long.starts_with(short) => Some(other.to_owned()),
        (long, short) if long.starts_with(short) => Some(one.to_owned()),
        _ => None,
    };
    let Some((before, after)) = joined(first.before, last.before).zip(joined(first.after, last.after)) else {
        return Err(format!("\"{from}\" and \"{to}\" are in two units: write both in one"));
    };
    let at = |nth: usize| first.number + (last.number - first.number) * nth as f64 / (steps - 1) as f64;
    let step = ((last.number - first.number) / (steps - 1) as f64).abs();
    if step == 0.0 {
        return Err(format!("\"{from} .. {to}\" is one value"));
    }
    let digits = digits(&[from, to], &|digits| (0..steps).map(at).all(|value| is_near(value, digits, step)));
    // A number alone counts something, and stays whole where steps are; it may not be parted, being no text in a file.
    let is_bare = before.is_empty() && after.is_empty();
    let counts =
        (is_bare || before.trim() == "month") && step >= 1.0 && [from, to].iter().all(|end| !end.contains('.'));
    let value = |nth: usize| {
        let number = written_out(at(nth), if counts { 0 } else { digits }, !is_bare);
        let value = number.replace(',', "").parse().ok();
        Value { text: format!("{before}{number}{after}"), number: value }
    };
    Ok((0..steps).map(value).collect())
}

/// How many digits behind the point values of a range have: as many as its ends are written with, and as tell its steps
/// apart.
fn digits(ends: &[&str], suffice: &dyn Fn(usize) -> bool) -> usize {
    let behind = |end: &&str| {
        let rest = end.split_once('.').map_or("", |(_, rest)| rest);
        rest.bytes().take_while(u8::is_ascii_digit).count()
    };
    let least = ends.iter().map(behind).max().unwrap_or(0);
    (least..MOST_DIGITS).find(|digits| suffice(*digits)).unwrap_or(MOST_DIGITS)
}

/// Most digits behind the point of a value.
const MOST_DIGITS: usize = 12;
/// How far from its place a value may be written, in steps: what is near enough is read more easily, and is what is tried.
const NEAR: f64 = 0.05;

fn is_near(value: f64, digits: usize, step: f64) -> bool {
    let tenth = (0..digits).fold(1.0, |power, _| 10.0 * power);
    ((value * tenth).round() / tenth - value).abs() <= step * NEAR
}

/// A number with so many digits behind the point, its thousands parted where they may be.
fn written_out(number: f64, digits: usize, parted: bool) -> String {
    let text = format!("{number:.digits$}");
    let (sign, size) = text.strip_prefix('-').map_or(("", text.as_str()), |size| ("-", size));
    let (whole, rest) = size.split_once('.').map_or((size, None), |(whole, rest)| (whole, Some(rest)));
    let mut out = sign.to_owned();
    for (place, digit) in whole.chars().enumerate() {
        if parted && place > 0 && (whole.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    rest.map_or(out.clone(), |rest| format!("{out}.{rest}"))
}

/// A value as it is written: what stands before its number, the number, what stands behind it.
struct Written<'t> {
    before: &'t str,
    number: f64,
    after: &'t str,
}

impl<'t> Written<'t> {
    fn of(text: &'t str) -> Option<Self> {
        let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
        let digit = text.find(|c: char| c.is_ascii_digit())?;
        let start = if text[..digit].ends_with('-') { digit - 1 } else { digit };
        let end = text[digit..].find(|c| !is_part(c)).map_or(text.len(), |at| digit + at);
        // A date is a word: 2027-01.
        if text[end..].starts_with('-') {
            return None;
        }
        let number = text[start..end].replace(',', "").parse().ok()?;
        Some(Self { before: &text[..start], number, after: &text[end..] })
    }
}

/// The values of a list: what stands before and behind the last number holds for those that have nothing or less there.
#[must_use]
pub fn stated(texts: &[&str]) -> Vec<Value> {
    let last = texts.last().and_then(|text| Written::of(text));
    let value = |text: &&str| {
        let Some((own, last)) = Written::of(text).zip(last.as_ref()) else {
            return Value { text: (*text).to_owned(), number: None };
        };
        let or =
            |own: &str, last: &str| if last.starts_with(own.trim_end()) { last.to_owned() } else { own.to_owned() };
        let digits = &text[own.before.len()..text.len() - own.after.len()];
        let text = format!("{}{digits}{}", or(own.before, last.before), or(own.after, last.after));
        Value { text, number: Some(own.number) }
    };
    texts.iter().map(value).collect()
}

#[cfg(test)]
mod tests {
    use super::{Axis, Value, stated, steps};

    #[test]
    fn a_range_is_written_in_its_own_unit() {
        let texts = |from: &str, to: &str, n: usize| -> Vec<String> {
            steps(from, to, n).expect("a range").into_iter().map(|value| value.text).collect()
        };
        assert_eq!(
            texts("0", "8 % / month", 5),
            ["0 % / month", "2 % / month", "4 % / month", "6 % / month", "8 % / month"]
        );
        assert_eq!(texts("$200 / month", "$1,000 / month", 3), ["$200 / month", "$600 / month", "$1,000 / month"]);
        // What is tried is what is written: no more digits than tell steps apart.
        assert_eq!(texts("0", "8 % / month", 7)[..3], ["0.0 % / month", "1.3 % / month", "2.7 % / month"]);
        assert_eq!(steps("0", "8 % / month", 7).expect("a range")[1].number, Some(1.3));
        assert_eq!(texts("10", "80 hours / month", 7)[1], "22 hours / month");
        assert_eq!(texts("0.25", "3", 3), ["0.25", "1.62", "3.00"]);
        // A half goes to the even number.
        assert_eq!(texts("24", "60", 9)[1], "28");
        assert_eq!(texts("1000", "3000", 3)[0], "1000");
        assert_eq!(texts("month 1", "40", 9)[1], "month 6");
        assert_eq!(texts("0.5", "1", 3), ["0.50", "0.75", "1.00"]);
        assert_eq!(texts("-2 % / month", "1 % / month", 4)[0], "-2 % / month");
        assert_eq!(texts("month 3", "month 9", 3)[1], "month 6");
        assert_eq!(texts("$60", "$100 / hour", 3)[1], "$80 / hour");
        let list: Vec<String> = stated(&["$60", "$95", "$1,500 / hour"]).into_iter().map(|value| value.text).collect();
        assert_eq!(list, ["$60 / hour", "$95 / hour", "$1,500 / hour"]);
        assert_eq!(stated(&["wall", "split"])[0], Value { text: "wall".to_owned(), number: None });
        assert_eq!(texts("month 1", "3", 3)[1], "month 2");
        assert_eq!(texts("0 %", "8 % / month", 3)[1], "4 % / month");
        assert_eq!(stated(&["4 %", "8 % / year"])[0].text, "4 % / year");
        assert_eq!(stated(&["20 min", "2 hours"])[0].text, "20 min");
        let axis = |values: Vec<Value>| Axis { path: "x.y".to_owned(), values };
        let growth = axis(steps("0", "8 % / month", 3).expect("a range"));
        assert_eq!((growth.apart().0[1].as_str(), growth.name().as_str()), ("4 %", "x.y, % / month"));
        let rate = axis(stated(&["$60", "$1,500 / hour"]));
        assert_eq!((rate.apart().0[1].as_str(), rate.name().as_str()), ("$1,500", "x.y, $ / hour"));
        assert_eq!(
            axis(stated(&["20 min", "2 hours"])).apart(),
            (vec!["20 min".into(), "2 hours".into()], String::new())
        );
        assert_eq!(axis(stated(&["wall", "month 7"])).name(), "x.y");
        assert_eq!(axis(stated(&["9000", "14000"])).apart().0, ["9000", "14,000"]);
        assert_eq!(
            axis(stated(&["2027-01", "2028-01"])).apart(),
            (vec!["2027-01".into(), "2028-01".into()], String::new())
        );
        assert!(steps("2027-01", "2028-01", 3).is_err());
        assert!(steps("20 min", "2 hours", 3).is_err());
        assert!(steps("3 GB", "3 GB", 3).is_err());
    }
}
