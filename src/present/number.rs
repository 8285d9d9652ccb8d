//! Figures in words: money to two figures, odds in tens, calendar months, and no digit that is only noise.

use crate::summary::{Probability, When, WhenQuantile};
use crate::units::YearMonth;

/// An amount without its sign, to two figures: "$140k", "$8,200", "$1.2M". Fewer where its standard error is as large as
/// the last digit would be; "$0" if nothing of it is more than noise.
#[must_use]
pub fn money(dollars: f64, se: f64) -> String {
    let rounded = round(dollars.abs(), 2, se);
    match rounded {
        r if r >= 999.5e6 => format!("${}B", scaled(r, 1e9)),
        r if r >= 999.5e3 => format!("${}M", scaled(r, 1e6)),
        r if r >= 9_999.5 => format!("${}k", scaled(r, 1e3)),
        r => format!("${}", grouped(r)),
    }
}

/// A monthly bill, to two figures and written out: "$8,200", "$12,000".
#[must_use]
pub fn bill(dollars: f64, se: f64) -> String {
    format!("${}", grouped(round(dollars.abs(), 2, se)))
}

/// A round amount as an axis shows it: "$0", "$500", "$250k", "$1.5M".
#[must_use]
pub fn round_money(dollars: f64) -> String {
    let size = dollars.abs();
    let (unit, letter) = match size {
        s if s >= 1e9 => (1e9, "B"),
        s if s >= 1e6 => (1e6, "M"),
        s if s >= 1e4 => (1e3, "k"),
        _ => return format!("${}", grouped(size)),
    };
    format!("${}{letter}", size / unit)
}

/// A difference with its side: "$140k cheaper", "$20k dearer", "the same cost" where nothing is left of it.
#[must_use]
pub fn beside(difference: f64, se: f64) -> String {
    let size = money(difference, se);
    match difference {
        _ if size == "$0" => "the same cost".to_owned(),
        d if d < 0.0 => format!("{size} cheaper"),
        _ => format!("{size} dearer"),
    }
}

/// An upper bound to one figure: "$1k", "$300".
#[must_use]
pub fn at_most(dollars: f64) -> String {
    let unit = unit(dollars.abs(), 1);
    money((dollars.abs() / unit).ceil() * unit, 0.0)
}

/// Odds in tens: "7 in 10", "fewer than 1 in 100", "nearly all", "none".
#[must_use]
pub fn odds(p: Probability) -> String {
    match tenths(p) {
        Odds::None => "none".to_owned(),
        Odds::Below(n) => format!("fewer than 1 in {n}"),
        Odds::Tenths(n) => format!("{n} in 10"),
        Odds::Above => "more than 9 in 10".to_owned(),
        Odds::Nearly => "nearly all".to_owned(),
        Odds::All => "all".to_owned(),
    }
}

/// Odds as a number of futures: "7 futures in 10", "nearly all futures", "no future".
#[must_use]
pub fn futures(p: Probability) -> String {
    match tenths(p) {
        Odds::None => "no future".to_owned(),
        Odds::Below(n) => format!("fewer than 1 future in {n}"),
        Odds::Tenths(1) => "1 future in 10".to_owned(),
        Odds::Tenths(n) => format!("{n} futures in 10"),
        Odds::Above => "more than 9 futures in 10".to_owned(),
        Odds::Nearly => "nearly all futures".to_owned(),
        Odds::All => "all futures".to_owned(),
    }
}

/// A count with its thousands apart: "16,384".
#[must_use]
pub fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A number of something to two figures: "32", "4.5", "130"; fewer where noise starts.
#[must_use]
pub fn amount(value: f64, se: f64) -> String {
    let rounded = round(value.abs(), 2, se);
    if rounded >= 9.95 { grouped(rounded) } else { trimmed(rounded, 1) }
}

/// A number as it is, to four figures: "13.27", "1,400", "0.0042", "1.2e9".
#[must_use]
pub fn significant(value: f64) -> String {
    let size = value.abs();
    // What is left of a sum that is 0 but for rounding.
    if size < 1e-15 || !value.is_finite() {
        return if size < 1e-15 { "0".to_owned() } else { format!("{value}") };
    }
    if !(1e-4..1e7).contains(&size) {
        return format!("{value:.3e}");
    }
    // Digits before the point and zeros behind it are counted in text: no logarithm that could round.
    let nine = format!("{size:.9}");
    let decimals = match nine.strip_prefix("0.") {
        Some(rest) => 4 + rest.bytes().take_while(|b| *b == b'0').count(),
        None => 4_usize.saturating_sub(nine.find('.').unwrap_or(4)),
    };
    let text = format!("{size:.decimals$}");
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), count);
    let rest = rest.trim_end_matches('0');
    let sign = if value < 0.0 { "-" } else { "" };
    if rest.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
}

/// A length of time: "5 years", "1 year", "18 months".
#[must_use]
pub fn span(months: u32) -> String {
    match (months / 12, months % 12, months) {
        (1, 0, _) => "1 year".to_owned(),
        (years, 0, m) if m > 0 => format!("{years} years"),
        (_, _, 1) => "1 month".to_owned(),
        (_, _, m) => format!("{m} months"),
    }
}

/// A length of time before a noun: "5-year", "18-month".
#[must_use]
pub fn span_before_noun(months: u32) -> String {
    span(months).trim_end_matches('s').replace(' ', "-")
}

/// Month number `m` of a run as the calendar calls it, "Mar 2028"; month 0, the opening, is "the start".
#[must_use]
pub fn month(start: YearMonth, m: u32) -> String {
    if m == 0 { "the start".to_owned() } else { calendar(start, m).to_string() }
}

/// The third of a year that a month lies in: "early 2028", "mid-2028", "late 2028".
#[must_use]
pub fn third(start: YearMonth, m: u32) -> String {
    let month = calendar(start, m);
    match month.index() {
        0..4 => format!("early {}", month.year()),
        4..8 => format!("mid-{}", month.year()),
        _ => format!("late {}", month.year()),
    }
}

/// A break-even as a table shows it: "Mar 2028", "mid-2028" where noise spans more than a month, "from the start",
/// "not in 5 years".
#[must_use]
pub fn when(start: YearMonth, months: u32, q: WhenQuantile) -> String {
    match q.at {
        When::FromStart => "from the start".to_owned(),
        When::Never => format!("not in {}", span(months)),
        When::Month(m) => match (q.low, q.high) {
            (When::Month(low), When::Month(high)) if high - low <= 2 => month(start, m),
            _ => third(start, m),
        },
    }
}

/// A month of which 10, 50 and 90 % of futures are known: "around Oct 2027", "around late 2027" where they lie wide apart.
#[must_use]
pub fn around(start: YearMonth, months: [u32; 3]) -> String {
    let [early, middle, late] = months;
    match middle {
        0 => "at the start".to_owned(),
        _ if late - early > 6 => format!("around {}", third(start, middle)),
        _ => format!("around {}", month(start, middle)),
    }
}

/// Month `m` on the calendar; month 0 counts as month 1, whose beginning it is.
fn calendar(start: YearMonth, m: u32) -> YearMonth {
    start.plus(i32::try_from(m.max(1) - 1).expect("a horizon is at most 360 months"))
}

/// What is said of a probability.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Odds {
    None,
    Below(u32),
    Tenths(u32),
    Above,
    Nearly,
    All,
}

/// To the nearest tenth; ties lean to the middle on both sides, so that two opposite odds add up to ten.
fn tenths(p: Probability) -> Odds {
    let share = p.value();
    match share {
        _ if p.count == 0 => Odds::None,
        _ if p.count == p.of => Odds::All,
        s if s < 0.01 => Odds::Below(100),
        s if s < 0.05 => Odds::Below(20),
        s if s > 0.99 => Odds::Nearly,
        s if s > 0.95 => Odds::Above,
        s if s <= 0.5 => Odds::Tenths((s * 10.0).round() as u32),
        s => Odds::Tenths(10 - ((1.0 - s) * 10.0).round() as u32),
    }
}

/// To so many figures, or to the digit that is at least one standard error.
fn round(size: f64, figures: u32, se: f64) -> f64 {
    if size == 0.0 || !size.is_finite() {
        return 0.0;
    }
    let mut unit = unit(size, figures);
    while unit < se && unit <= size {
        unit *= 10.0;
    }
    let rounded = (size / unit).round() * unit;
    // A unit below 1 comes from repeated division; this takes its dust off.
    if unit < 1.0 { (rounded * 1e6).round() / 1e6 } else { rounded.round() }
}

/// The value of the last of so many figures.
fn unit(size: f64, figures: u32) -> f64 {
    let mut unit = 1.0;
    if size == 0.0 || !size.is_finite() {
        return unit;
    }
    while unit * 10.0 <= size {
        unit *= 10.0;
    }
    while unit > size {
        unit /= 10.0;
    }
    for _ in 1..figures {
        unit /= 10.0;
    }
    unit
}

/// Two figures above a unit: "140", "1.2".
fn scaled(rounded: f64, unit: f64) -> String {
    let value = rounded / unit;
    if value < 9.95 { format!("{value:.1}") } else { format!("{value:.0}") }
}

fn trimmed(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// Whole numbers with thousands apart; below ten with cents where there are any.
fn grouped(value: f64) -> String {
    if value < 9.95 && value.fract() != 0.0 { format!("{value:.2}") } else { count(value.round() as u64) }
}

#[cfg(test)]
mod significant_tests {
    use super::significant;

    #[test]
    fn four_figures_are_shown_and_no_zero_behind_them() {
        let cases = [
            (0.0, "0"),
            (3e-18, "0"),
            (13.268_4, "13.27"),
            (1400.0, "1,400"),
            (-1234.56, "-1,235"),
            (0.004_24, "0.00424"),
            (0.999_999_999_92, "1"), // rounds into another digit
            (9.9999, "10"),
            (123_456.0, "123,456"),
            (2e9, "2.000e9"),
        ];
        for (value, wanted) in cases {
            assert_eq!(significant(value), wanted);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{amount, at_most, beside, bill, count, futures, money, odds, round_money, span, third, when};
    use crate::summary::{Probability, When, WhenQuantile};
    use crate::units::YearMonth;

    #[test]
    fn money_has_two_figures_and_no_digit_of_noise() {
        let cases = [
            (143_210.0, 0.0, "$140k"),
            (-143_210.0, 0.0, "$140k"),
            (8_234.0, 0.0, "$8,200"),
            (12_345.0, 0.0, "$12k"),
            (999_600.0, 0.0, "$1.0M"), // the rounding carries into the next unit
            (1_234_567.0, 0.0, "$1.2M"),
            (12_345_678.0, 0.0, "$12M"),
            (2_345_678_901.0, 0.0, "$2.3B"),
            (950.0, 0.0, "$950"),
            (7.24, 0.0, "$7.20"),
            (0.0, 0.0, "$0"),
            (143_210.0, 30_000.0, "$100k"), // an error above the second figure leaves one
            (143_210.0, 500_000.0, "$0"),
        ];
        for (value, se, wanted) in cases {
            assert_eq!(money(value, se), wanted, "{value} with an error of {se}");
        }
    }

    #[test]
    fn bills_and_ticks_are_written_as_people_read_them() {
        assert_eq!(bill(12_040.0, 10.0), "$12,000");
        assert_eq!(bill(8_213.0, 10.0), "$8,200");
        assert_eq!(round_money(-250_000.0), "$250k");
        assert_eq!(round_money(1_500_000.0), "$1.5M");
        assert_eq!(round_money(5_000.0), "$5,000");
        assert_eq!(at_most(831.0), "$900");
        assert_eq!(amount(32.4, 0.1), "32");
        assert_eq!(amount(4.53, 0.01), "4.5");
    }

    #[test]
    fn a_difference_names_its_side() {
        assert_eq!(beside(-143_210.0, 100.0), "$140k cheaper");
        assert_eq!(beside(20_400.0, 100.0), "$20k dearer");
        assert_eq!(beside(40.0, 1_000.0), "the same cost");
    }

    #[test]
    fn odds_come_in_tens_and_opposites_add_up() {
        let cases = [
            (0, "none"),
            (3, "fewer than 1 in 100"),
            (30, "fewer than 1 in 20"),
            (51, "1 in 10"),
            (250, "3 in 10"),
            (500, "5 in 10"),
            (750, "7 in 10"), // with 3 in 10 for 250
            (949, "9 in 10"),
            (960, "more than 9 in 10"),
            (995, "nearly all"),
            (1_000, "all"),
        ];
        for (of_thousand, wanted) in cases {
            assert_eq!(odds(Probability { count: of_thousand, of: 1_000 }), wanted, "{of_thousand} of 1,000");
        }
        assert_eq!(futures(Probability { count: 120, of: 1_000 }), "1 future in 10");
    }

    #[test]
    fn months_are_those_of_the_calendar() {
        let start = YearMonth::new(2027, 1).expect("a month");
        let month = |m| WhenQuantile { percent: 50, at: When::Month(m), low: When::Month(m), high: When::Month(m + 1) };
        assert_eq!(when(start, 60, month(15)), "Mar 2028");
        let unsure = WhenQuantile { high: When::Month(22), ..month(18) };
        assert_eq!(when(start, 60, unsure), "mid-2028");
        assert_eq!(when(start, 60, WhenQuantile { at: When::Never, ..unsure }), "not in 5 years");
        assert_eq!(third(start, 1), "early 2027");
        assert_eq!(third(start, 12), "late 2027");
        assert_eq!(
            (span(60), span(12), span(18), span(1)),
            ("5 years".into(), "1 year".into(), "18 months".into(), "1 month".into())
        );
        assert_eq!(count(16_384), "16,384");
    }
}
