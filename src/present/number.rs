//! Figures in words: money of the report's currency to two figures, odds in tens, calendar months, and no digit that is only noise.

use super::grid;
use crate::summary::{Probability, When, WhenQuantile};
use crate::units::{Currency, YearMonth};

/// Amounts below it are zero.
pub const HALF_A_CENT: f64 = 0.005;

impl Currency {
    /// An amount without its sign, to two figures: "$140k", "$8,200", "$1.2M". Fewer where its standard error is larger than
    /// the last digit, but never so few that less than half of it is left.
    #[must_use]
    pub fn money(self, dollars: f64, se: f64) -> String {
        let (rounded, unit) = round(dollars.abs(), 2, se);
        grid::written(self, rounded, unit)
    }

    /// Amounts that stand in one sentence, each with its standard error, on one grid where one suits them all.
    #[must_use]
    pub fn together<const N: usize>(self, amounts: [(f64, f64); N]) -> [String; N] {
        let shared = grid::shared(&amounts);
        amounts.map(|(dollars, _)| match shared {
            Some(unit) => grid::written(self, grid::nearest(dollars.abs(), unit), unit),
            None => self.money(dollars, 0.0),
        })
    }

    /// Two amounts and their difference with its side, on a grid fine enough for the three to add up.
    #[must_use]
    pub fn adding_up(self, one: f64, other: f64) -> [String; 3] {
        let unit = grid::adding_up(one, other, 0.0);
        let [one, other] = [one, other].map(|dollars| grid::nearest(dollars, unit));
        let size = grid::written(self, grid::nearest(one - other, unit), unit);
        [grid::written(self, one, unit), grid::written(self, other, unit), sided(one - other, size)]
    }

    /// Two differences from the same amount, each with its side, and the first less the second, on a grid fine enough for the
    /// three to add up; the standard error is the difference's.
    #[must_use]
    pub fn beside_apart(self, one: f64, other: f64, se: f64) -> [String; 3] {
        let unit = grid::adding_up(one, other, se);
        let [first, second] = [one, other].map(|dollars| grid::nearest(dollars, unit));
        [(first, one), (second, other), (first - second, one - other)].map(|(rounded, dollars)| match rounded {
            r if r.abs() < HALF_A_CENT && dollars.abs() >= HALF_A_CENT => "about the same".to_owned(),
            r => sided(r, grid::written(self, grid::nearest(r, unit), unit)),
        })
    }

    /// A monthly bill, to two figures and written out: "$8,200", "$12,000".
    #[must_use]
    pub fn bill(self, dollars: f64, se: f64) -> String {
        let (rounded, unit) = round(dollars.abs(), 2, se);
        self.written_out(rounded, unit)
    }

    /// What bills lie between, the low end rounded down and the high end up, to two figures: "$14,000 to $23,000".
    #[must_use]
    pub fn bills(self, low: f64, high: f64) -> String {
        // A dust above a step is that step.
        let down = |dollars: f64, unit: f64| self.written_out((dollars / unit + 1e-9).floor() * unit, unit);
        let up = |dollars: f64, unit: f64| self.written_out((dollars / unit - 1e-9).ceil() * unit, unit);
        format!("{} to {}", down(low, grid::power(low, 2)), up(high, grid::power(high, 2)))
    }

    /// A round amount as an axis shows it: "$0", "$500", "$250k", "$1.5M".
    #[must_use]
    pub fn round_money(self, dollars: f64) -> String {
        let size = dollars.abs();
        let (unit, letter) = match size {
            s if s >= 1e15 => return format!("{}{size:.1e}", self.sign()),
            s if s >= 1e12 => (1e12, "T"),
            s if s >= 1e9 => (1e9, "B"),
            s if s >= 1e6 => (1e6, "M"),
            s if s >= 1e4 => (1e3, "k"),
            _ => return format!("{}{}", self.sign(), grid::plain(size, grid::power(size, 2))),
        };
        format!("{}{}{letter}", self.sign(), size / unit)
    }

    /// A difference with its side: "$140k cheaper", "$20k dearer", "the same cost" where there is none, "about the same" where it
    /// is within its standard error.
    #[must_use]
    pub fn beside(self, difference: f64, se: f64) -> String {
        match difference.abs() {
            size if size < HALF_A_CENT => "the same cost".to_owned(),
            size if size < se => "about the same".to_owned(),
            size => sided(difference, self.money(size, se)),
        }
    }

    /// An upper bound to one figure: "$1k", "$300".
    #[must_use]
    pub fn at_most(self, dollars: f64) -> String {
        let unit = grid::power(dollars.abs(), 1);
        self.money((dollars.abs() / unit).ceil() * unit, 0.0)
    }

    /// A monthly bill on a grid, without its sign: "$18,400".
    #[must_use]
    pub fn on_grid(self, dollars: f64, unit: f64) -> String {
        self.written_out(grid::nearest(dollars.abs(), unit), unit)
    }

    /// An amount that somebody wrote, with all its digits: "$200k", "$1.25M", "$183,500".
    #[must_use]
    pub fn full(self, dollars: f64) -> String {
        let exact = |unit: f64| (dollars / unit * 100.0 - (dollars / unit * 100.0).round()).abs() < 1e-9;
        match dollars {
            d if d >= 1e6 && exact(1e6) => format!("{}{}M", self.sign(), d / 1e6),
            d if d >= 1e4 && exact(1e5) => format!("{}{}k", self.sign(), d / 1e3),
            d if d.fract() == 0.0 && d < 1e15 => format!("{}{}", self.sign(), count(d as u64)),
            d => format!("{}{d}", self.sign()),
        }
    }

    /// A monthly bill with all its digits: "$6,123", "$6,123.45".
    #[must_use]
    pub fn to_the_cent(self, dollars: f64) -> String {
        let cents = (dollars.abs() * 100.0).round();
        match cents < 1e11 {
            true if cents % 100.0 == 0.0 => format!("{}{}", self.sign(), count((cents / 100.0) as u64)),
            true => format!("{}{}.{:02}", self.sign(), count((cents / 100.0) as u64), cents % 100.0),
            false => self.bill(dollars, 0.0),
        }
    }

    /// A bill in full, unless nobody could read it so.
    fn written_out(self, dollars: f64, unit: f64) -> String {
        match dollars < 9_999_999.5 {
            true => format!("{}{}", self.sign(), grid::plain(dollars, unit)),
            false => grid::written(self, dollars, unit),
        }
    }
}

/// Whether two amounts of a distribution are told apart by a cent.
#[must_use]
pub fn has_spread(low: f64, high: f64) -> bool {
    high - low > 0.01_f64.max(1e-9 * high.abs())
}

fn sided(difference: f64, size: String) -> String {
    match difference {
        d if d.abs() < HALF_A_CENT => "the same cost".to_owned(),
        d if d < 0.0 => size + " cheaper",
        _ => size + " dearer",
    }
}

/// Whether a difference has a side, as [`Currency::beside`] writes it.
#[must_use]
pub fn has_side(size: &str) -> bool {
    size.ends_with(" cheaper") || size.ends_with(" dearer")
}

/// Odds in tens: "7 in 10", "fewer than 1 in 100", "nearly all", "none".
#[must_use]
pub fn odds(p: Probability) -> String {
    match tenths(p) {
        Odds::None => "none".to_owned(),
        Odds::Below(n) => format!("fewer than 1 in {n}"),
        Odds::Tenths(n) => format!("{n} in 10"),
        Odds::Above => "more than 19 in 20".to_owned(),
        Odds::Nearly => "nearly all".to_owned(),
        Odds::All => "all".to_owned(),
    }
}

/// Odds in the cell of a table: "7 in 10", "under 1 in 100", "over 19 in 20".
#[must_use]
pub fn odds_cell(p: Probability) -> String {
    odds(p).replace("fewer than", "under").replace("more than", "over")
}

/// Odds after "in": "7 in 10 futures", "nearly all futures", "no future".
#[must_use]
pub fn in_futures(p: Probability) -> String {
    match tenths(p) {
        Odds::None => "no future".to_owned(),
        _ => format!("{} futures", odds(p)),
    }
}

/// Odds after "in" where it matters on which side of half they are: "just under half of futures".
#[must_use]
pub fn about_half(p: Probability) -> String {
    half(p).map_or_else(|| in_futures(p), |half| format!("{half} of futures"))
}

/// The same in the cell of a table: "just over half", "7 in 10".
#[must_use]
pub fn about_half_cell(p: Probability) -> String {
    half(p).map_or_else(|| odds_cell(p), str::to_owned)
}

/// On which side of half odds are that would be 5 in 10 on both.
fn half(p: Probability) -> Option<&'static str> {
    match (tenths(p), (2 * p.count).cmp(&p.of)) {
        (Odds::Tenths(5), std::cmp::Ordering::Less) => Some("just under half"),
        (Odds::Tenths(5), std::cmp::Ordering::Greater) => Some("just over half"),
        _ => None,
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
    let (rounded, _) = round(value.abs(), 2, se);
    match rounded {
        r if r >= 1e12 => format!("{r:.1e}"),
        r if r >= 9.95 => count(r.round() as u64),
        r => trimmed(r, 1),
    }
}

/// A multiple to two figures, rounded up: "0.13", "1.2", "46".
#[must_use]
pub fn times_at_least(multiple: f64) -> String {
    let unit = grid::power(multiple, 2);
    significant((multiple / unit - 1e-9).ceil() * unit)
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

/// To so many figures, or to the digit that is at least one standard error; with the grid it lies on.
fn round(size: f64, figures: u32, se: f64) -> (f64, f64) {
    if size == 0.0 || !size.is_finite() {
        return (0.0, 1.0);
    }
    let unit = grid::unit(size, figures, se);
    let rounded = grid::nearest(size, unit);
    // Rounding may carry into one figure more.
    (rounded, unit.max(grid::power(rounded, figures)))
}

fn trimmed(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
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
    use super::{amount, count, in_futures, odds, odds_cell, span, third, times_at_least, when};
    use crate::summary::{Probability, When, WhenQuantile};
    use crate::units::{Currency, YearMonth};

    const USD: Currency = Currency::USD;

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
            (843_210.0, 60_000.0, "$800k"), // an error of more than half a step of one figure leaves that one
            (143_210.0, 500_000.0, "$140k"), // though never steps coarser than half of it
            (9_600.0, 40_000.0, "$10k"),
            (3.84e16, 0.0, "$3.8e16"),
            (2.3e12, 0.0, "$2.3T"),
        ];
        for (value, se, wanted) in cases {
            assert_eq!(Currency::USD.money(value, se), wanted, "{value} with an error of {se}");
        }
    }

    #[test]
    fn bills_and_ticks_are_written_as_people_read_them() {
        assert_eq!(Currency::USD.bill(12_040.0, 10.0), "$12,000");
        assert_eq!(Currency::USD.bill(8_213.0, 10.0), "$8,200");
        assert_eq!(Currency::USD.bill(3.8e16, 0.0), "$3.8e16");
        assert_eq!(Currency::USD.bills(14_537.0, 22_401.0), "$14,000 to $23,000");
        assert_eq!(Currency::USD.bills(9_991.0, 10_010.0), "$9,900 to $11,000");
        assert_eq!([0.125, 1.189, 2.0, 45.3].map(times_at_least), ["0.13", "1.2", "2", "46"].map(str::to_owned));
        assert_eq!(Currency::USD.round_money(-250_000.0), "$250k");
        assert_eq!(Currency::USD.round_money(1_500_000.0), "$1.5M");
        assert_eq!(Currency::USD.round_money(5_000.0), "$5,000");
        assert_eq!(Currency::USD.at_most(831.0), "$900");
        assert_eq!(amount(32.4, 0.1), "32");
        assert_eq!(amount(4.53, 0.01), "4.5");
    }

    #[test]
    fn an_amount_that_somebody_wrote_keeps_its_digits() {
        let cases = [(200_000.0, "$200k"), (1.25e6, "$1.25M"), (183_500.0, "$183,500"), (500.0, "$500"), (0.5, "$0.5")];
        for (dollars, wanted) in cases {
            assert_eq!(USD.full(dollars), wanted);
        }
        assert_eq!(USD.full(1_234_567.0), "$1,234,567");
    }

    #[test]
    fn a_difference_names_its_side() {
        assert_eq!(Currency::USD.beside(-143_210.0, 100.0), "$140k cheaper");
        assert_eq!(Currency::USD.beside(20_400.0, 100.0), "$20k dearer");
        assert_eq!(Currency::USD.beside(40.0, 1_000.0), "about the same");
        assert_eq!(Currency::USD.beside(0.0, 0.0), "the same cost");
    }

    #[test]
    fn amounts_of_one_sentence_share_a_grid_and_none_is_lost_on_it() {
        // An error of $20,000 once made "$10k (1 in 10: above $0)" of these.
        assert_eq!(Currency::USD.together([(9_600.0, 3_000.0), (12_400.0, 20_000.0)]), ["$10k", "$12k"]);
        assert_eq!(Currency::USD.together([(56_300.0, 400.0), (343_000.0, 4_000.0)]), ["$60k", "$340k"]);
        assert_eq!(Currency::USD.together([(3_300.0, 100.0), (343_000.0, 4_000.0)]), ["$3,000", "$343k"]);
        assert_eq!(Currency::USD.together([(12.0, 0.0), (3_430_000.0, 0.0)]), ["$12", "$3.4M"]);
        assert_eq!(Currency::USD.together([(0.0, 0.0), (0.0, 0.0)]), ["$0", "$0"]);
    }

    #[test]
    fn three_amounts_add_up_as_printed() {
        // To two figures each: $53k against $36k, $16k dearer.
        assert_eq!(USD.adding_up(52_600.0, 36_440.0), ["$52.5k", "$36.5k", "$16.0k dearer"]);
        assert_eq!(USD.adding_up(53_400.0, 36_300.0), ["$53k", "$36k", "$17k dearer"]);
        assert_eq!(USD.adding_up(1_000_000.0, 1_000_000.0)[2], "the same cost");
        assert_eq!(USD.adding_up(1_234_500.0, 1_236_900.0), ["$1,234,500", "$1,237,000", "$2,500 cheaper"]);
        // Two figures each would be $98k and $68k, $29k apart.
        assert_eq!(USD.beside_apart(-97_600.0, -68_300.0, 0.0), ["$98k cheaper", "$68k cheaper", "$30k cheaper"]);
        assert_eq!(
            USD.beside_apart(-384_000.0, -377_000.0, 900.0),
            ["$384k cheaper", "$377k cheaper", "$7,000 cheaper"]
        );
        // What is noise needs no figure.
        assert_eq!(
            USD.beside_apart(-384_000.0, -371_000.0, 5_000.0),
            ["$380k cheaper", "$370k cheaper", "$10k cheaper"]
        );
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
            (960, "more than 19 in 20"),
            (995, "nearly all"),
            (1_000, "all"),
        ];
        for (of_thousand, wanted) in cases {
            assert_eq!(odds(Probability { count: of_thousand, of: 1_000 }), wanted, "{of_thousand} of 1,000");
        }
        let few = Probability { count: 3, of: 1_000 };
        assert_eq!((odds_cell(few), in_futures(few)), ("under 1 in 100".into(), "fewer than 1 in 100 futures".into()));
        assert_eq!(in_futures(Probability { count: 0, of: 9 }), "no future");
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
