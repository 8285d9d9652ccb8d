//! What a key takes: its units with their factors to the canonical one, and its natural range.

use super::quantity::Unit;
use super::unit::{held, ten_to};
use crate::units::{Currency, HOURS_PER_MONTH, WEEKS_PER_MONTH};

/// What a key takes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measure<'u> {
    pub(super) dimension: Dimension<'u>,
    /// The canonical unit, in words.
    pub(super) unit: &'static str,
    /// Completes "it is …": what the key is, with its range.
    pub(super) what: &'static str,
    /// How one is written.
    pub(super) example: &'static str,
    /// Least value, in the canonical unit.
    pub(super) low: f64,
    /// Whether the least value itself is refused.
    pub(super) above_low: bool,
    /// Greatest value, in the canonical unit.
    pub(super) high: f64,
}

/// The kind of quantity, which decides on its units.
#[derive(Debug, Clone, Copy)]
pub(super) enum Dimension<'u> {
    Plain,
    Share,
    SharePer(&'static str),
    Times,
    Dollars,
    DollarsPerMonth,
    /// Dollars a month for one of what a line has several of.
    DollarsPerUnit,
    DollarsPerHour,
    /// Dollars for one of what a driver counts.
    DollarsPer(&'u Unit),
    /// People's time: minutes and hours. What a "day" of it is depends on who counts.
    WorkingHours,
    /// Time on the clock.
    Hours,
    HoursPerMonth,
    CountPerMonth,
    Months,
    /// The same, and a bare number is one.
    Term,
    MonthNumber,
    EngineerWeeks,
    /// So many of a thing, in whatever word.
    Count,
    /// So much of what a driver counts.
    Amount(&'u Unit),
    /// So much of what a driver counts, a month.
    AmountPerMonth(&'u Unit),
}

/// Value in the canonical unit = value · times / per: two factors, so that 14 % is 0.14 to the last bit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Factor {
    pub(super) times: f64,
    pub(super) per: f64,
}

impl Factor {
    pub(super) const ONE: Self = Self { times: 1.0, per: 1.0 };

    pub(super) fn apply(self, value: f64) -> f64 {
        value * self.times / self.per
    }

    fn and(self, other: Self) -> Self {
        Self { times: self.times * other.times, per: self.per * other.per }
    }

    pub(super) fn get(self) -> f64 {
        self.times / self.per
    }
}

const fn times(times: f64) -> Option<Factor> {
    Some(Factor { times, per: 1.0 })
}

const fn per(per: f64) -> Option<Factor> {
    Some(Factor { times: 1.0, per })
}

const ONE: Option<Factor> = Some(Factor::ONE);

impl Measure<'_> {
    /// How one is written in a report in a currency: "\"$95 / hour\"", "\"95 EUR / hour\"".
    pub(super) fn example_in(&self, currency: Currency) -> String {
        if currency == Currency::USD || !self.example.contains('$') {
            return self.example.to_owned();
        }
        let pieces = self.example.replace('$', "");
        let in_own = |(nth, piece): (usize, &str)| match piece.split_once(" / ") {
            // What stands between quotes is every other piece.
            _ if nth % 2 == 0 => piece.to_owned(),
            Some((amount, per)) => format!("{amount} {} / {per}", currency.code()),
            None => format!("{piece} {}", currency.code()),
        };
        pieces.split('"').enumerate().map(in_own).collect::<Vec<_>>().join("\"")
    }

    /// The factor from a unit as written, or `None` where the key does not take it.
    pub(super) fn factor(&self, unit: &Unit) -> Option<Factor> {
        let (one, counted) = (self.factor_of_one(&unit.single())?, power_of_ten(unit.power));
        // A bare number is in the driver's own unit, and a driver may count millions.
        let driver = match self.dimension {
            Dimension::Amount(driver) | Dimension::AmountPerMonth(driver) if !unit.is_empty() => {
                power_of_ten(-driver.power)
            }
            Dimension::DollarsPer(driver) if !unit.per.is_empty() => power_of_ten(driver.power),
            _ => Factor::ONE,
        };
        Some(one.and(counted).and(driver))
    }

    fn factor_of_one(&self, unit: &Unit) -> Option<Factor> {
        let over = unit.over.as_str();
        let per_words: Vec<&str> = unit.per.iter().map(String::as_str).collect();
        let dollars = matches!(
            self.dimension,
            Dimension::Dollars
                | Dimension::DollarsPerMonth
                | Dimension::DollarsPerUnit
                | Dimension::DollarsPerHour
                | Dimension::DollarsPer(_)
        );
        if unit.money != dollars {
            return None;
        }
        match (self.dimension, over, per_words.as_slice()) {
            (Dimension::Share | Dimension::SharePer(_), "%", []) if matches!(self.dimension, Dimension::Share) => {
                per(100.0)
            }
            (Dimension::SharePer(period), "%", [stated]) if *stated == period => per(100.0),
            (Dimension::Times, "time" | "time today", [])
            | (Dimension::Plain | Dimension::Share | Dimension::Times | Dimension::MonthNumber, "", [])
            | (Dimension::Dollars, "", [])
            | (Dimension::DollarsPerHour, "", ["hour"]) => ONE,
            (Dimension::DollarsPerMonth, "", [period]) => a_month(period),
            // "$21 / user-month" and "$21 / user / month": of one, whatever it is called.
            (Dimension::DollarsPerUnit, "", [first]) => {
                a_month(first).or_else(|| held(first).and_then(|(_, period)| a_month(period)))
            }
            (Dimension::DollarsPerUnit, "", [_, period]) => a_month(period),
            (Dimension::DollarsPer(driver), "", [first] | [first, "month"]) => {
                self.price_of_one(driver, first).or_else(|| {
                    // What is held for a while is there, and does not pass: "$0.10 / GB-month" of a stock.
                    let (thing, period) = held(first).filter(|_| per_words.len() == 1 && !driver.is_by_time())?;
                    Some(self.price_of_one(driver, thing)?.and(a_month(period)?))
                })
            }
            (Dimension::DollarsPer(driver), "", []) if driver.is_empty() => ONE,
            (Dimension::WorkingHours, "minute" | "hour", [])
            | (Dimension::Hours, "second" | "minute" | "hour" | "day" | "week", []) => hours(over),
            (Dimension::HoursPerMonth, "minute" | "hour" | "", [period]) => {
                let month = a_month(period)?;
                let hours = if over.is_empty() { Factor::ONE } else { hours(over)? };
                Some(Factor { times: hours.times * month.times, per: hours.per * month.per })
            }
            (Dimension::CountPerMonth, over, [period]) if over != "%" => a_month(period),
            (Dimension::Term, "", []) | (Dimension::Months | Dimension::Term, "month", []) => ONE,
            (Dimension::Months | Dimension::Term, "year", []) => times(12.0),
            (Dimension::Months, "week", []) => per(WEEKS_PER_MONTH),
            (Dimension::Months, "day", []) => Some(Factor { times: 12.0, per: 365.0 }),
            (Dimension::EngineerWeeks, "engineer-week" | "person-week", []) => ONE,
            (Dimension::EngineerWeeks, "engineer-day" | "person-day", []) => per(5.0),
            (Dimension::EngineerWeeks, "engineer-month" | "person-month", []) => times(WEEKS_PER_MONTH),
            (Dimension::Count, over, []) if over != "%" => ONE,
            (Dimension::Amount(driver), _, _) => amount(unit, driver),
            (Dimension::AmountPerMonth(driver), _, [rest @ .., "month"]) => {
                let per = rest.iter().map(|word| (*word).to_owned()).collect();
                amount(&Unit { per, ..unit.clone() }, &counted(driver))
            }
            (Dimension::AmountPerMonth(_), "", []) => ONE,
            _ => None,
        }
    }

    /// The unit of the driver that it is measured in.
    pub(super) fn counts(&self) -> Option<&Unit> {
        match self.dimension {
            Dimension::Amount(unit) | Dimension::AmountPerMonth(unit) | Dimension::DollarsPer(unit) => Some(unit),
            _ => None,
        }
    }

    /// The factor if nobody knew what the driver counts: whatever is an amount of something. Sizes of data are in GB, so
    /// that those of one driver can still be compared.
    pub(super) fn factor_of_unknown(&self, unit: &Unit) -> Option<Factor> {
        let dimension = match self.dimension {
            Dimension::Amount(_) => Dimension::Amount(Unit::UNKNOWN),
            Dimension::AmountPerMonth(_) => Dimension::AmountPerMonth(Unit::UNKNOWN),
            Dimension::DollarsPer(_) => Dimension::DollarsPer(Unit::UNKNOWN),
            _ => return None,
        };
        let factor = Self { dimension, ..*self }.factor(unit)?;
        Some(bytes(&unit.over).map_or(factor, |bytes| factor.and(Factor { times: bytes, per: 1e9 })))
    }

    /// From dollars for one of something to dollars for one of what a driver counts.
    fn price_of_one(&self, driver: &Unit, thing: &str) -> Option<Factor> {
        let bought = Unit { over: thing.to_owned(), ..Unit::default() };
        amount(&bought, &counted(driver)).map(|factor| Factor { times: factor.per, per: factor.times })
    }

    /// Whether the range has two ends, as a share's has.
    pub(super) fn is_share(&self) -> bool {
        self.low.is_finite()
            && self.high.is_finite()
            && matches!(self.dimension, Dimension::Share | Dimension::SharePer(_))
    }

    /// Whether it is a part of something that may pass the whole: copies, spare capacity. So many for each is none.
    pub(super) fn is_extra(&self) -> bool {
        matches!(self.dimension, Dimension::Share) && self.unit == "share" && !self.high.is_finite() && !self.above_low
    }

    /// Whether a value is in the natural range.
    pub(super) fn holds(&self, value: f64) -> bool {
        let from_low = if self.above_low { value > self.low } else { value >= self.low };
        from_low && value <= self.high
    }
}

/// What a driver counts, without its "a month".
fn counted(driver: &Unit) -> Unit {
    Unit { per: Vec::new(), ..driver.clone() }
}

fn a_month(period: &str) -> Option<Factor> {
    match period {
        "month" => ONE,
        "second" => times(HOURS_PER_MONTH * 3600.0),
        "minute" => times(HOURS_PER_MONTH * 60.0),
        "hour" => times(HOURS_PER_MONTH),
        "day" => per(12.0 / 365.0),
        "week" => times(WEEKS_PER_MONTH),
        "year" => per(12.0),
        _ => None,
    }
}

/// What a reading in a unit comes to in a month: `deploys / week` 365/84. None where the unit names no time.
pub(super) fn times_a_month(unit: &Unit) -> Option<f64> {
    a_month(unit.per.last()?).map(Factor::get)
}

fn power_of_ten(power: i32) -> Factor {
    let size = ten_to(power.abs());
    if power < 0 { Factor { times: 1.0, per: size } } else { Factor { times: size, per: 1.0 } }
}

fn hours(unit: &str) -> Option<Factor> {
    match unit {
        "second" => per(3600.0),
        "minute" => per(60.0),
        "hour" => ONE,
        "day" => times(24.0),
        "week" => times(168.0),
        _ => None,
    }
}

/// An amount of what a driver counts. An end that says nothing agrees with anything; sizes of data convert.
fn amount(stated: &Unit, driver: &Unit) -> Option<Factor> {
    if stated.money || stated.over == "%" {
        return None;
    }
    if stated.is_empty() || driver.is_empty() {
        return ONE;
    }
    let over = if stated.over == driver.over {
        Factor::ONE
    } else {
        Factor { times: bytes(&stated.over)?, per: bytes(&driver.over)? }
    };
    // What a flow counts in a month may be said without saying "a month" again.
    if stated.per == driver.per || (stated.per.is_empty() && driver.per == ["month"]) {
        return Some(over);
    }
    // Other times convert: "7,200 requests / hour" of a driver by the second.
    let ([before @ .., last], [others @ .., period]) = (stated.per.as_slice(), driver.per.as_slice()) else {
        return None;
    };
    let (last, period) = (a_month(last)?, a_month(period)?);
    (before == others).then(|| over.and(last).and(Factor { times: period.per, per: period.times }))
}

/// Whether a unit is of data.
pub(super) fn is_size(unit: &str) -> bool {
    bytes(unit).is_some()
}

/// Bytes of a size of data.
pub(super) fn bytes(unit: &str) -> Option<f64> {
    Some(match unit {
        "byte" => 1.0,
        "kb" => 1e3,
        "mb" => 1e6,
        "gb" => 1e9,
        "tb" => 1e12,
        "pb" => 1e15,
        "kib" => 1_024.0,
        "mib" => 1_048_576.0,
        "gib" => 1_073_741_824.0,
        "tib" => 1_099_511_627_776.0,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::keys;
    use crate::scenario::quantity::parse;

    fn canonical(measure: &Measure<'_>, text: &str) -> Option<f64> {
        let quantity = parse(text).ok()?;
        Some(measure.factor(&quantity.first.unit)?.apply(quantity.first.value))
    }

    #[test]
    fn a_reading_counts_by_the_time_that_its_unit_names() {
        let cases = [
            ("deploys / week", Some(365.0 / 84.0)),
            ("GB / month", Some(1.0)),
            ("requests / second", Some(2_628_000.0)),
            ("builds / day", Some(365.0 / 12.0)),
            ("GB", None),
        ];
        for (text, wanted) in cases {
            let unit = crate::scenario::quantity::parse_unit(text).expect("a unit");
            let found = times_a_month(&unit);
            assert!(found.zip(wanted).is_none_or(|(a, b)| (a - b).abs() < 1e-9 * b), "{text}: {found:?}");
            assert_eq!(found.is_some(), wanted.is_some(), "{text}");
        }
    }

    #[test]
    fn units_convert_to_the_canonical_one_and_others_are_refused() {
        let gb = Unit { over: "gb".into(), ..Unit::default() };
        let logs = Unit { over: "gb".into(), per: vec!["month".into()], ..Unit::default() };
        let cases = [
            (keys::SHARE, "14 %", Some(0.14)),
            (keys::SHARE, "0.14", Some(0.14)),
            (keys::SHARE, "14 % / month", None),
            (keys::GROWTH, "2 % / month", Some(0.02)),
            (keys::GROWTH, "2 % / year", None), // growth compounds: a twelfth would be wrong
            (keys::GROWTH, "0.02", None),
            (keys::PRICE, "$1,200 / month", Some(1200.0)),
            (keys::PRICE, "$0.10 / hour", Some(73.0)),
            (keys::PRICE, "$1,200 / year", Some(100.0)),
            (keys::PRICE, "$1,200", None),
            (keys::WAGE, "$95 / hour", Some(95.0)),
            (keys::WAGE, "$95 / month", None),
            (keys::REFOCUS, "30 min", Some(0.5)),
            (keys::REFOCUS, "1 day", None), // whose day?
            (keys::WORK, "6 / month", Some(6.0)),
            (keys::WORK, "84 hours / week", Some(365.0)),
            (keys::WORK, "6 hours", None),
            (keys::EFFORT, "4 engineer-days", Some(0.8)),
            (keys::EFFORT, "4 weeks", None), // whose weeks?
            (keys::MONTHS, "2 years", Some(24.0)),
            (keys::COUNT, "6 dynos", Some(6.0)),
            (keys::COUNT, "$6", None),
            (keys::amount(&gb), "1.5 TB", Some(1500.0)),
            (keys::amount(&gb), "260", Some(260.0)),
            (keys::amount(&gb), "260 requests", None),
            (keys::amount_per_month(&gb), "9 GB / month", Some(9.0)),
            (keys::amount_per_month(&gb), "9 GB / week", None),
            (keys::price_of(&gb), "$0.23 / GB / month", Some(0.23)),
            (keys::price_of(&gb), "$230 / TB", Some(0.23)),
            (keys::price_of(&logs), "$0.50 / GB", Some(0.5)),
            (keys::price_of(&gb), "$0.23 / request", None),
        ];
        for (measure, text, wanted) in cases {
            assert_eq!(canonical(&measure, text), wanted, "{text} as {}", measure.unit);
        }
    }
}
