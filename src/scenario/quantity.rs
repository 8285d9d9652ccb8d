//! How a quantity is written.
//!
//! ```text
//! quantity     = end | range ;                                                         (* 42 GB *)
//! range        = end, "..", end ;                                                      (* 20 .. 60 hours / month *)
//! month number = quantity | "month", end, [ "..", [ "month" ], end ] ;                 (* month 3 .. 6 *)
//! end          = money | factor | amount ;                                             (* 1.5 TB *)
//! money        = ( [ sign ], "$" | "$", sign ), number, [ dollars ], { per } ;         (* $1,200 / month *)
//! factor       = [ sign ], number, ( "times" | "time" ), [ "today" ] ;                 (* 25 times today *)
//! amount       = [ sign ], number, [ unit ] ;                                          (* -1 % / month *)
//! unit         = dollars, { per } | word, { word }, { per } | per, { per } ;           (* engineer-weeks *)
//! per          = "/", [ ten, " " ], word, { word } ;                                   (* / 1,000 pictures *)
//! ten          = "10" | "100" | "1,000" | "1000" | "10,000" | "10000" | "100,000" | "100000" | "1,000,000" | "1000000" ;
//!                (* 1,000 *)
//! dollars      = "$" | "USD" | "dollars" | "dollar" ;                                  (* USD *)
//! sign         = "-" | "+" ;                                                           (* - *)
//! number       = ( digit, [ digit ], [ digit ], ",", three, { ",", three } | digits ), [ ".", digits ], [ ( "e" | "E" ), [ sign ], digits ] ;
//!                (* 1,200,000.5 *)
//! three        = digit, digit, digit ;                                                 (* 200 *)
//! digits       = digit, { digit } ;                                                    (* 42 *)
//! digit        = ? 0 to 9 ? ;
//! word         = "%" | letter, { { "-" }, ( letter | digit | "_" ) } ;                 (* engineer-weeks *)
//! letter       = ? a letter ? ;
//! date         = digit, digit, digit, digit, "-", ? 01 to 12 ? ;                       (* 2027-01 *)
//! quantile     = "p", ? 1 to 99, or 01 to 09 ? ;                                       (* p90 *)
//! ```
//!
//! In the productions from `quantity` to `per` spaces may stand between any two pieces, in the others none may. Words
//! are read in any case, in singular or plural, short or long: `h`, `hr` and `Hours` are one. An end without a unit has the
//! other end's: `20 .. 60 hours / month`. What a unit means, and whether a key takes it, is [`super::measure`]'s to say; the
//! grammar as a value, from which the schema's patterns come, is in [`super::grammar`].

use std::ops::Range;

use super::token::{Token, tokens};
pub(super) use super::unit::Unit;
use super::unit::{ten_to, uncounted};

/// A quantity as written: one number, or the two ends of a 90 % interval.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Quantity {
    /// Whether it began with "month": the number of a month, not a number of months.
    pub(super) numbers_a_month: bool,
    pub(super) first: End,
    pub(super) last: Option<End>,
}

/// A number with its unit.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct End {
    pub(super) value: f64,
    pub(super) unit: Unit,
}

/// Why a text is no quantity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    /// Bytes of the text.
    pub(super) at: Range<usize>,
    pub(super) message: String,
    pub(super) cure: String,
}

/// Digits of the longest power of ten that something may be per; beyond it there are words.
const LONGEST_TEN: usize = 7;

/// What a text without a number is refused with.
pub(super) const NUMBER_MISSING: &str = "a number is missing";

/// Reads a whole text as a quantity.
pub(super) fn parse(text: &str) -> Result<Quantity, Refusal> {
    let mut pieces = Pieces { text, tokens: tokens(text)?, next: 0 };
    let numbers_a_month = matches!(pieces.peek(), Some(Token::Word(word)) if word == "month");
    if numbers_a_month {
        pieces.next += 1;
    }
    let mut first = pieces.end()?;
    let mut last = None;
    if pieces.peek() == Some(&Token::Range) {
        pieces.next += 1;
        if numbers_a_month && matches!(pieces.peek(), Some(Token::Word(word)) if word == "month") {
            pieces.next += 1;
        }
        let mut end = pieces.end()?;
        share_unit(&mut first, &mut end);
        last = Some(end);
    }
    match pieces.peek() {
        None => Ok(Quantity { numbers_a_month, first, last }),
        Some(_) => Err(pieces.left_over(&first)),
    }
}

/// The unit of a text that is a quantity or a unit alone, counted one by one, and its words as they stand there.
pub(super) fn unit_of(text: &str) -> Option<(Unit, &str)> {
    let unit = match parse(text) {
        Ok(quantity) => quantity.last.unwrap_or(quantity.first).unit,
        Err(_) => parse_unit(text).ok()?,
    };
    let tokens = tokens(text).ok()?;
    let is_first = |place: &usize| *place == 0 || tokens[place - 1].0 != Token::Slash;
    let is_number = |place: &usize| matches!(tokens[*place].0, Token::Number(_)) && is_first(place);
    let from = (0..tokens.len()).rfind(is_number).map_or(0, |place| tokens[place].1.end);
    let mut words = text[from..].trim();
    while let Some((first, rest)) = words.split_once(' ').filter(|(first, _)| uncounted(&first.to_lowercase()).1 > 0) {
        debug_assert!(!first.is_empty(), "Invariant: a counting word has letters");
        words = rest.trim();
    }
    Some((unit.single(), words))
}

/// Reads a whole text as a unit alone: `$ / month`.
pub(super) fn parse_unit(text: &str) -> Result<Unit, Refusal> {
    let mut pieces = Pieces { text, tokens: tokens(text)?, next: 0 };
    let unit = pieces.unit()?;
    match pieces.peek() {
        None => Ok(unit),
        Some(_) => Err(pieces.refuse("this does not belong to a unit", "write it like \"$ / month\" or \"hours\"")),
    }
}

/// One unit at an end serves both; so does a dollar sign.
fn share_unit(first: &mut End, last: &mut End) {
    let money = first.unit.money || last.unit.money;
    let plain = |unit: &Unit| unit.over.is_empty() && unit.per.is_empty();
    // "500 thousand .. 2 million requests": an end that says how many it counts keeps to that.
    let as_in = |own: &Unit, other: &Unit| match own.power {
        0 => other.clone(),
        power => Unit { power, ..other.clone() },
    };
    // "$400 .. 500 EUR / month" is in two currencies.
    let differ = first.unit.money && !last.unit.over.is_empty() && !last.unit.money;
    if plain(&first.unit) && !differ {
        first.unit = as_in(&first.unit, &last.unit);
    } else if plain(&last.unit) {
        last.unit = as_in(&last.unit, &first.unit);
    }
    if money && first.unit.over.is_empty() && last.unit.over.is_empty() {
        first.unit.money = true;
        last.unit.money = true;
    }
}

/// A number as files write it, its thousands parted.
fn written_out(value: f64) -> String {
    let text = format!("{:.6}", value.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = if value < 0.0 { "-" } else { "" };
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() { format!("{sign}{grouped}") } else { format!("{sign}{grouped}.{fraction}") }
}

struct Pieces<'t> {
    text: &'t str,
    tokens: Vec<(Token, Range<usize>)>,
    next: usize,
}

impl Pieces<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|(token, _)| token)
    }

    fn refuse(&self, message: &str, cure: &str) -> Refusal {
        let at = self.tokens.get(self.next).map_or(self.text.len()..self.text.len(), |(_, at)| at.clone());
        Refusal { at, message: message.into(), cure: cure.into() }
    }

    fn end(&mut self) -> Result<End, Refusal> {
        let (mut sign, mut money) = (None, false);
        loop {
            match self.peek() {
                Some(Token::Minus) if sign.is_none() => sign = Some(-1.0),
                Some(Token::Plus) if sign.is_none() => sign = Some(1.0),
                Some(Token::Dollar) if !money => money = true,
                Some(Token::Number(value)) => {
                    let value = sign.unwrap_or(1.0) * value;
                    self.next += 1;
                    if money {
                        self.only_dollars(value)?;
                    }
                    let mut unit = self.unit()?;
                    unit.money |= money;
                    return Ok(End { value, unit });
                }
                _ => return Err(self.refuse(NUMBER_MISSING, "write it like \"20 .. 60 hours / month\"")),
            }
            self.next += 1;
        }
    }

    /// After an amount of dollars stands what it is per, and no word: what was probably meant by one.
    fn only_dollars(&self, value: f64) -> Result<(), Refusal> {
        let Some(Token::Word(word)) = self.peek() else { return Ok(()) };
        let next = match self.tokens.get(self.next + 1) {
            Some((Token::Word(next), _)) => next,
            _ => "month",
        };
        let power = match word.as_str() {
            "$" => return Ok(()),
            "k" => 3,
            "m" => 6,
            word => uncounted(word).1,
        };
        let stroke = |period: &str| format!("write it with a stroke: / {period}");
        let cure = match word.as_str() {
            "per" | "a" | "an" | "each" | "every" => stroke(next),
            "hourly" => stroke("hour"),
            "daily" => stroke("day"),
            "weekly" => stroke("week"),
            "monthly" | "pm" => stroke("month"),
            "yearly" | "annually" | "pa" => stroke("year"),
            _ if power > 0 => format!("write the number out: ${}", written_out(value * ten_to(power))),
            _ => "write it like \"$1,200 / month\"".to_owned(),
        };
        Err(self.refuse("a word follows the amount of dollars", &cure))
    }

    /// What stands behind a whole end, and what was probably meant by it.
    fn left_over(&self, first: &End) -> Refusal {
        let number = |at: usize| match self.tokens.get(at) {
            Some((Token::Number(value), _)) => Some(*value),
            Some((Token::Dollar, _)) => match self.tokens.get(at + 1) {
                Some((Token::Number(value), _)) => Some(*value),
                _ => None,
            },
            _ => None,
        };
        let second = match self.peek() {
            Some(Token::Minus) => number(self.next + 1),
            _ if self.tokens[..self.next].iter().any(|(token, _)| *token == Token::Word("to".into())) => {
                number(self.next)
            }
            _ => None,
        };
        let cure = match second {
            Some(second) => format!("a range is written {} .. {}", written_out(first.value), written_out(second)),
            None => "write a number, or two with .. between, and one unit".to_owned(),
        };
        self.refuse("this does not belong to a quantity", &cure)
    }

    fn unit(&mut self) -> Result<Unit, Refusal> {
        let mut unit = Unit::default();
        if self.peek() == Some(&Token::Dollar) {
            self.next += 1;
            unit.money = true;
        } else {
            let words = self.words();
            let (over, power) = uncounted(&words);
            (unit.over, unit.power) = (over.to_owned(), power);
            if unit.over == "$" {
                unit = Unit { money: true, ..Unit::default() };
            }
        }
        while self.peek() == Some(&Token::Slash) {
            self.next += 1;
            let ten = self.ten();
            let words = self.words();
            let (per, power) = uncounted(&words);
            unit.power -= power + ten;
            if words.is_empty() {
                return Err(self.refuse("a word is missing after the stroke", "write it like \"/ month\""));
            }
            unit.per.push(per.to_owned());
        }
        Ok(unit)
    }

    /// "1,000" before what something is per: its power of ten, and 0 where there is none.
    fn ten(&mut self) -> i32 {
        let Some((Token::Number(_), at)) = self.tokens.get(self.next) else { return 0 };
        let written = self.text[at.clone()].replace(',', "");
        let is_ten = written.strip_prefix('1').is_some_and(|zeros| zeros.bytes().all(|digit| digit == b'0'));
        if !is_ten || !(2..=LONGEST_TEN).contains(&written.len()) || !self.text[at.end..].starts_with(' ') {
            return 0;
        }
        self.next += 1;
        i32::try_from(written.len() - 1).unwrap_or(0)
    }

    fn words(&mut self) -> String {
        let mut words: Vec<&str> = Vec::new();
        while let Some((Token::Word(word), _)) = self.tokens.get(self.next) {
            words.push(word);
            self.next += 1;
        }
        words.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::{parse, parse_unit};

    fn shown(text: &str) -> String {
        match parse(text) {
            Ok(q) => {
                let month = if q.numbers_a_month { "month " } else { "" };
                let last = q.last.map(|e| format!(" .. {} {}", e.value, e.unit.shown())).unwrap_or_default();
                format!("{month}{} {}{last}", q.first.value, q.first.unit.shown())
            }
            Err(refusal) => format!("{}..{} {}", refusal.at.start, refusal.at.end, refusal.message),
        }
    }

    #[test]
    fn quantities_read_as_people_write_them() {
        let cases = [
            ("42 GB", "42 GB"),
            ("$1,200 / month", "1200 $ / month"),
            ("1200 USD / month", "1200 $ / month"),
            ("1,234,567.5", "1234567.5 "),
            ("20 .. 60 hours / month", "20 hour / month .. 60 hour / month"),
            ("20..60h/month", "20 hour / month .. 60 hour / month"),
            ("-1 .. 1 % / month", "-1 % / month .. 1 % / month"),
            ("$10 .. 20 / month", "10 $ / month .. 20 $ / month"),
            ("$10 / month .. $20 / month", "10 $ / month .. 20 $ / month"),
            ("20 min .. 2 hours", "20 minute .. 2 hour"), // each end its own unit
            ("45 min", "45 minute"),
            ("2 engineer-weeks", "2 engineer-week"),
            ("month 3", "month 3 "),
            ("month 3 .. 6", "month 3  .. 6 "),
            ("2.2 times", "2.2 time"),
            ("25 times today", "25 time today"),
            ("6 .. 18 / month", "6 / month .. 18 / month"),
            ("+80 %", "80 %"),
            ("-$5", "-5 $"),
            ("70 .. 130 $ / hour", "70 $ / hour .. 130 $ / hour"),
            ("1e3 GB", "1000 GB"),
            ("2 e", "2 e"), // a word, not an exponent
            ("5 s", "5 second"),
            ("60 million requests / month", "60 million request / month"),
            ("500 thousand .. 2 million rows", "500 thousand row .. 2 million row"),
            ("$0.40 / million requests", "0.4 $ / million request"),
            ("$0.40 / million", "0.4 $ / million"),
            ("$21 / user-month", "21 $ / user-month"),
        ];
        for (text, wanted) in cases {
            assert_eq!(shown(text).trim(), wanted.trim(), "{text}");
        }
        assert_eq!(parse_unit("$ / hour").map(|u| u.shown()), Ok("$ / hour".to_owned()));
        assert_eq!(parse_unit("% / month").map(|u| u.shown()), Ok("% / month".to_owned()));
    }

    #[test]
    fn what_is_no_quantity_is_refused_where_it_goes_wrong() {
        let cases = [
            ("", "0..0 a number is missing"),
            ("hours", "0..5 a number is missing"),
            ("20 .. ", "6..6 a number is missing"),
            ("1,20", "0..4 a comma is out of place"),
            ("1234,567", "0..8 a comma is out of place"),
            ("1e309", "0..5 the number is too large"),
            ("2 \u{2013} 3", "2..5 `\u{2013}` does not belong to a quantity"),
            ("\u{661}", "0..2 `\u{661}` does not belong to a quantity"), // digits of other scripts
            ("1 ... 2", "2..3 `.` does not belong to a quantity"),
            ("1 .. 2 .. 3", "7..9 this does not belong to a quantity"),
            ("--1", "1..2 a number is missing"),
            ("$$1", "1..2 a number is missing"),
            ("5 /", "3..3 a word is missing after the stroke"),
            ("$5 GB", "3..5 a word follows the amount of dollars"),
            ("$5 per year / GB", "3..6 a word follows the amount of dollars"),
            ("0.5 to 2 GB", "7..8 this does not belong to a quantity"),
            ("0.5-2 GB", "3..4 this does not belong to a quantity"),
            ("5 5", "2..3 this does not belong to a quantity"),
        ];
        for (text, wanted) in cases {
            assert_eq!(shown(text), wanted, "{text}");
        }
    }
}
