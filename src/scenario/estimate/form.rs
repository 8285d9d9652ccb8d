//! An estimate as a number or as a text, and what is common to those and to tables.

use std::ops::Range;
use std::sync::Arc;

use toml::de::DeValue;

use crate::math::law::{Law, LawError};
use crate::model::{Draw, Estimate};
use crate::scenario::evidence::Evidence;
use crate::scenario::measure::{Dimension, Factor, Measure};
use crate::scenario::quantity::{self, End, Refusal, Unit};
use crate::scenario::table::{Field, Table, wrong_type};
use crate::scenario::walk::Takes;

use super::table_form::from_table;
use crate::scenario::{code, notes::Notes};
use crate::units::{Currency, YearMonth};

/// An estimate as stated.
#[derive(Debug, Clone)]
pub(super) struct Stated {
    /// What is said of it, in the unit it is written in: refusals show the numbers that the file shows.
    pub(super) shape: Shape,
    /// From that unit to the key's canonical one.
    pub(super) factor: Factor,
    /// Bounds stated by the file, in the canonical unit.
    pub(super) min: Option<f64>,
    pub(super) max: Option<f64>,
    /// Where its value comes from.
    pub(super) draw: Draw,
    pub(super) evidence: Evidence,
}

/// What is stated of a number.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shape {
    /// One number.
    Constant(f64),
    /// P5 and P95.
    Interval { low: f64, high: f64 },
    /// Two or more quantiles, by share.
    Quantiles(Vec<(f64, f64)>),
    /// Two quantiles of a named law.
    QuantilesOf(&'static str, Vec<(f64, f64)>),
    /// A law by its own parameters.
    Built(Result<Law, LawError>),
    /// Several laws, each inside the key's range, in the canonical unit.
    Mixture(Result<Law, LawError>),
    /// What a draw that is made elsewhere comes to, in the canonical unit.
    Drawn(Result<Law, LawError>),
}

/// Reads whatever form a field holds.
pub(super) fn read(field: &Field<'_>, measure: &Measure<'_>, cap: Option<f64>, notes: &mut Notes) -> Option<Stated> {
    let plain = |(shape, factor)| stated(shape, factor, field);
    match field.value {
        DeValue::Integer(_) | DeValue::Float(_) => {
            let value = number(field, notes)?;
            let factor = factor(&Unit::default(), &field.span, field.key, measure, notes)?;
            Some(plain((Shape::Constant(value), factor)))
        }
        DeValue::String(text) => Some(plain(written(text, field, measure, notes)?)),
        DeValue::Table(_) => from_table(Table::open(field, notes)?, field.key, (measure, cap), notes),
        _ => {
            wrong_type(field, &format!("{}: {}", measure.what, measure.example), notes);
            None
        }
    }
}

/// A plain number in a unit stated elsewhere.
pub(super) fn plain_in(
    field: &Field<'_>,
    unit: &str,
    unit_span: &Range<usize>,
    measure: &Measure<'_>,
    notes: &mut Notes,
) -> Option<Stated> {
    let value = number(field, notes)?;
    let factor = unit_factor(unit, unit_span, field.key, measure, notes)?;
    Some(stated(Shape::Constant(value), factor, field))
}

/// Something stated without bounds, drawn by itself.
fn stated(shape: Shape, factor: Factor, field: &Field<'_>) -> Stated {
    Stated { shape, factor, min: None, max: None, draw: Draw::Own, evidence: field.evidence.clone() }
}

/// A list of plain numbers, if the table has it.
pub(super) fn numbers_of(table: &mut Table<'_>, key: &'static str, notes: &mut Notes) -> Option<Option<Vec<f64>>> {
    let field = table.take(key)?;
    notes.takes(&field.path, || Takes::Plains);
    let DeValue::Array(items) = field.value else {
        wrong_type(&field, "a list of numbers", notes);
        return Some(None);
    };
    let read =
        |(nth, item)| number(&Field { key: field.key, path: field.path.clone(), ..field.element(nth, item) }, notes);
    let numbers: Vec<Option<f64>> = items.iter().enumerate().map(read).collect();
    Some(numbers.into_iter().collect())
}

/// A quantity in quotes, in its last unit, and the factor of that.
pub(super) fn written(
    text: &str,
    field: &Field<'_>,
    measure: &Measure<'_>,
    notes: &mut Notes,
) -> Option<(Shape, Factor)> {
    let quantity = match quantity::parse(text) {
        Ok(quantity) => quantity,
        Err(refusal) => {
            if let Some(number) = month_number(text, measure, notes) {
                let message = format!("`{}` is the number of a month, not one of the calendar", field.key);
                notes.error(code::QUANTITY, &field.span, message).cure = number;
                return None;
            }
            let refusal = Refusal { cure: cure_for(text, &refusal, measure), ..refusal };
            refuse(field.key, text, &field.span, &refusal, notes);
            return None;
        }
    };
    let names_a_month = matches!(measure.dimension, Dimension::MonthNumber);
    if quantity.numbers_a_month && !names_a_month {
        let message = format!("`{}` is the number of a month; wanted {}", field.key, measure.what);
        notes.error(code::UNIT, &field.span, message).cure = format!("write it like {}", measure.example);
        return None;
    }
    let mut factor_of = |end: &End| factor(&end.unit, &field.span, field.key, measure, notes);
    let first_factor = factor_of(&quantity.first)?;
    let Some(last) = &quantity.last else {
        return Some((Shape::Constant(quantity.first.value), first_factor));
    };
    let factor = factor_of(last)?;
    // 20 min .. 2 hours: the first end in the unit of the last.
    let first = if first_factor == factor {
        quantity.first.value
    } else {
        first_factor.apply(quantity.first.value) / factor.get()
    };
    let last = last.value;
    if first >= last {
        let ends = (super::number(first), super::number(last));
        let (message, cure) = if first > last {
            let message = format!("`{}` begins at its greater end: {} is above {}", field.key, ends.0, ends.1);
            (message, "write the lower end first")
        } else {
            (format!("both ends of `{}` are {}", field.key, ends.0), "for one sure number, write it alone")
        };
        notes.error(code::NO_SUCH_LAW, &field.span, message).cure = cure.into();
        return None;
    }
    Some((Shape::Interval { low: first, high: last }, factor))
}

/// The way out of a text that is no quantity, by what its key takes.
fn cure_for(text: &str, refusal: &Refusal, measure: &Measure<'_>) -> String {
    if matches!(measure.dimension, Dimension::MonthNumber) {
        return format!("months are counted from `start`, which is month 1: {}", measure.example);
    }
    let is_currency = |word: &str| matches!(word.to_ascii_uppercase().as_str(), "EUR" | "GBP" | "CHF" | "SEK" | "INR");
    if text.split(|c: char| !c.is_alphabetic()).any(is_currency) {
        return "write the code of a currency behind the number: \"500 EUR / month\"".to_owned();
    }
    let says_nothing = refusal.at.start == 0 && refusal.message == quantity::NUMBER_MISSING;
    if says_nothing { format!("write it like {}", measure.example) } else { refusal.cure.clone() }
}

/// What to write in the place of a month of the calendar, where a key takes the number of one.
fn month_number(text: &str, measure: &Measure<'_>, notes: &Notes) -> Option<String> {
    let (year, month) = text.split_once('-').filter(|_| matches!(measure.dimension, Dimension::MonthNumber))?;
    let month = YearMonth::new(year.trim().parse().ok()?, month.trim().parse().ok()?)?;
    let start = notes.start?;
    let count = |month: YearMonth| month.year() * 12 + month.index() as i32;
    Some(match count(month) - count(start) + 1 {
        number @ 1.. => format!("{month} is \"month {number}\""),
        _ => format!("{month} is before month 1, {start}"),
    })
}

fn refuse(key: &str, text: &str, span: &Range<usize>, refusal: &Refusal, notes: &mut Notes) {
    // A text without escapes stands in the file as it is, between its quotes: the caret can be exact.
    let exact =
        notes.text(span).get(1..).is_some_and(|inside| inside.starts_with(text) && inside.len() == text.len() + 1);
    let at = if exact { span.start + 1 + refusal.at.start..span.start + 1 + refusal.at.end } else { span.clone() };
    notes.error(code::QUANTITY, &at, format!("`{key}`: {}", refusal.message)).cure.clone_from(&refusal.cure);
}

/// The factor from a unit to the key's canonical one.
pub(super) fn factor(
    unit: &Unit,
    span: &Range<usize>,
    key: &str,
    measure: &Measure<'_>,
    notes: &mut Notes,
) -> Option<Factor> {
    let is_money = measure.unit.starts_with('$');
    let spoken = if is_money { spoken(unit, notes) } else { Spoken::Nothing };
    let as_money = Unit { money: true, over: String::new(), ..unit.clone() };
    let unit = if matches!(spoken, Spoken::Own | Spoken::At(_)) { &as_money } else { unit };
    match spoken {
        Spoken::NoRate => {
            let message = format!("`{key}` is in dollars, and the report is in {}", notes.currency.code());
            notes.error(code::EXCHANGE, span, message).cure = no_rate(notes.currency);
            return None;
        }
        Spoken::At(rate) => notes.spoken.push(Some(rate)),
        Spoken::Own | Spoken::Nothing if is_money => notes.spoken.push(None),
        Spoken::Own | Spoken::Nothing => {}
    }
    let factor = measure.factor(unit).or_else(|| in_strange(unit, span, key, measure, notes));
    let own = notes.currency;
    if factor.is_none() {
        let (found, wanted) = match unit.shown() {
            _ if unit.is_empty() => ("has no unit".to_owned(), measure.what.to_owned()),
            shown if is_money && !unit.money => {
                (format!("is in \"{shown}\""), format!("{}, in {}", measure.what, notes.currency.word()))
            }
            shown => (format!("is in \"{shown}\""), measure.what.to_owned()),
        };
        let problem = notes.error(code::UNIT, span, format!("`{key}` {found}; it is {wanted}"));
        problem.cure = cure_of(unit, measure, own);
        if matches!(measure.dimension, Dimension::SharePer("month")) && unit.over == "%" && unit.per == ["year"] {
            problem.cure += "; growth compounds: 12 % a year is 0.95 % a month";
        }
    }
    factor
}

/// Which currency a unit is in.
enum Spoken {
    /// In the report's own.
    Own,
    /// In another, of which one is worth this.
    At(Arc<Estimate>),
    /// In dollars, of whose worth the file says nothing.
    NoRate,
    /// In none.
    Nothing,
}

fn spoken(unit: &Unit, notes: &Notes) -> Spoken {
    let code = if unit.money { Currency::USD.code() } else { &unit.over };
    match rate_of(code, notes) {
        _ if notes.currency.code().eq_ignore_ascii_case(code) => Spoken::Own,
        Some(rate) => Spoken::At(rate),
        None if unit.money => Spoken::NoRate,
        None => Spoken::Nothing,
    }
}

/// What dollars are worth in a report in another currency.
pub(in crate::scenario) fn dollars(key: &str, span: &Range<usize>, notes: &mut Notes) -> Option<Arc<Estimate>> {
    if notes.currency == Currency::USD {
        return None;
    }
    let rate = rate_of(Currency::USD.code(), notes);
    if rate.is_none() {
        let message = format!("`{key}` has a list price in dollars, and the report is in {}", notes.currency.code());
        notes.error(code::EXCHANGE, span, message).cure = no_rate(notes.currency);
    }
    rate
}

/// A unit as the measures of the language know it, with `$` for the report's currency; `None` where it is in another.
pub(in crate::scenario) fn in_own(unit: &Unit, measure: &Measure<'_>, notes: &Notes) -> Option<Unit> {
    if !measure.unit.starts_with('$') {
        return Some(unit.clone());
    }
    match spoken(unit, notes) {
        Spoken::Own => Some(Unit { money: true, over: String::new(), ..unit.clone() }),
        Spoken::Nothing => Some(unit.clone()),
        Spoken::At(_) | Spoken::NoRate => None,
    }
}

fn no_rate(own: Currency) -> String {
    format!("say what a dollar is worth: exchange = {{ USD = \"0.85 .. 0.95 {}\" }}", own.code())
}

/// What one of a currency is worth, if the file says it.
fn rate_of(code: &str, notes: &Notes) -> Option<Arc<Estimate>> {
    let is_it =
        |rate: &&Arc<Estimate>| rate.path.rsplit('.').next().is_some_and(|name| name.eq_ignore_ascii_case(code));
    notes.currencies.iter().find(is_it).cloned()
}

/// The factor of what would fit if the driver that it is measured in did not count in a word that nobody knows: that word
/// is reported, once, and what is measured in it is left alone.
pub(in crate::scenario) fn in_strange(
    unit: &Unit,
    span: &Range<usize>,
    key: &str,
    measure: &Measure<'_>,
    notes: &mut Notes,
) -> Option<Factor> {
    let counts = measure.counts()?;
    let stands_at = counts.strange.as_ref()?;
    let factor = measure.factor_of_unknown(unit)?;
    if notes.is_first_blame(stands_at) {
        let (counts, unit) = (counts.shown(), unit.shown());
        let line = notes.line(span);
        let message = format!("this driver counts \"{counts}\", but `{key}` on line {line} is in \"{unit}\"");
        notes.error(code::UNIT, stands_at, message).cure =
            "write both in one unit, like \"260 GB\" here and \"$0.23 / GB\" or \"9 GB / month\" there".into();
    }
    Some(factor)
}

/// How a quantity whose unit does not fit is written.
fn cure_of(unit: &Unit, measure: &Measure<'_>, own: Currency) -> String {
    let fits = |unit: &Unit| measure.factor(unit).is_some();
    if !unit.money && fits(&Unit { money: true, ..unit.clone() }) {
        let what = if own == Currency::USD { "$" } else { "currency" };
        return format!("the {what} is missing: write it like {}", measure.example_in(own));
    }
    if let Some((over, per)) = unit.over.split_once(" per ") {
        let with_stroke = Unit { over: over.to_owned(), per: vec![per.to_owned()], ..unit.clone() };
        if fits(&with_stroke) {
            return format!("`per` is written /: \"{}\"", with_stroke.shown());
        }
    }
    if measure.unit.starts_with('$') && fits(&Unit { money: true, over: String::new(), ..unit.clone() }) {
        let code = unit.over.to_ascii_uppercase();
        let example = if own == Currency::USD { "1.02 .. 1.20" } else { "1.10 .. 1.25" };
        return format!(
            "write it in {}, or say what one is worth: exchange = {{ {code} = \"{example} {}\" }}",
            own.word(),
            own.code()
        );
    }
    match measure.dimension {
        Dimension::Amount(driver) | Dimension::AmountPerMonth(driver) if !driver.is_empty() => {
            format!("the driver counts in \"{}\"", driver.shown())
        }
        Dimension::DollarsPer(driver) if !driver.over.is_empty() => {
            format!("write a price by what the driver counts: \"$ / {}\"", driver.over_shown())
        }
        _ => format!("write it like {}", measure.example_in(own)),
    }
}

/// A plain number, finite.
pub(super) fn number(field: &Field<'_>, notes: &mut Notes) -> Option<f64> {
    let value = match field.value {
        DeValue::Integer(text) if text.radix() == 10 => text.as_str().parse().ok(),
        #[allow(clippy::cast_precision_loss, reason = "a count beyond 2^53 is no estimate")]
        DeValue::Integer(text) => u64::from_str_radix(text.as_str(), text.radix()).ok().map(|value| value as f64),
        DeValue::Float(text) => text.as_str().parse::<f64>().ok(),
        _ => {
            wrong_type(field, "a number; the unit stands in `unit`", notes);
            return None;
        }
    };
    let finite = value.filter(|value| value.is_finite());
    if finite.is_none() {
        let message = format!("`{}` is {}, which is no finite number", field.key, notes.text(&field.span));
        notes.error(code::OUT_OF_RANGE, &field.span, message).cure = "write a number".into();
    }
    finite
}

pub(super) fn unit_factor(
    text: &str,
    span: &Range<usize>,
    key: &str,
    measure: &Measure<'_>,
    notes: &mut Notes,
) -> Option<Factor> {
    match quantity::parse_unit(text) {
        Ok(unit) => factor(&unit, span, key, measure, notes),
        Err(refusal) => {
            refuse("unit", text, span, &refusal, notes);
            None
        }
    }
}
