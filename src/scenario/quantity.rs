//! How a quantity is written.
//!
//! ```text
//! quantity = [ "month" ] end [ ".." end ] ;
//! end      = { "-" | "+" | "$" } number [ unit ] ;        at most one sign and one "$"
//! number   = digits [ "." digits ] [ exponent ] ;         digits may be parted by commas in threes: 1,200,000
//! exponent = ( "e" | "E" ) [ "-" | "+" ] digits ;
//! unit     = [ "$" | word { word } ] { "/" word { word } } ;    "GB / month", "engineer-weeks", "/ month", "times today"
//! word     = "%" | letter { letter | digit | "-" | "_" } ;
//! ```
//!
//! Spaces may stand between any two pieces. An end without a unit has the other end's: `20 .. 60 hours / month`. What a
//! unit means, and whether a key takes it, is [`super::measure`]'s to say.

use std::ops::Range;

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

/// A unit: what is counted, per what. Words are lower case and singular.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Unit {
    pub(super) money: bool,
    pub(super) over: String,
    pub(super) per: Vec<String>,
}

/// Why a text is no quantity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    /// Bytes of the text.
    pub(super) at: Range<usize>,
    pub(super) message: String,
    pub(super) cure: String,
}

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
        Some(_) => {
            Err(pieces
                .refuse("this does not belong to a quantity", "write a number, or two with .. between, and one unit"))
        }
    }
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

impl Unit {
    /// Whether nothing is said at all.
    pub(super) fn is_empty(&self) -> bool {
        !self.money && self.over.is_empty() && self.per.is_empty()
    }

    /// As in a message: `$ / month`.
    pub(super) fn shown(&self) -> String {
        let mut text = if self.money { "$".to_owned() } else { self.over.clone() };
        for per in &self.per {
            text = format!("{text} / {per}");
        }
        text.trim().to_owned()
    }
}

/// One unit at an end serves both; so does a dollar sign.
fn share_unit(first: &mut End, last: &mut End) {
    let money = first.unit.money || last.unit.money;
    let plain = |unit: &Unit| unit.over.is_empty() && unit.per.is_empty();
    if plain(&first.unit) {
        first.unit = last.unit.clone();
    } else if plain(&last.unit) {
        last.unit = first.unit.clone();
    }
    if money && first.unit.over.is_empty() && last.unit.over.is_empty() {
        first.unit.money = true;
        last.unit.money = true;
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Number(f64),
    Word(String),
    Dollar,
    Minus,
    Plus,
    Slash,
    Range,
}

fn tokens(text: &str) -> Result<Vec<(Token, Range<usize>)>, Refusal> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let (token, length) = match c {
            ' ' => (None, 1),
            '$' => (Some(Token::Dollar), 1),
            '-' => (Some(Token::Minus), 1),
            '+' => (Some(Token::Plus), 1),
            '/' => (Some(Token::Slash), 1),
            '%' => (Some(Token::Word("%".to_owned())), 1),
            '.' if rest.starts_with("..") && !rest.starts_with("...") => (Some(Token::Range), 2),
            c if c.is_ascii_digit() => {
                let (value, length) = number(rest, at)?;
                (Some(Token::Number(value)), length)
            }
            c if c.is_alphabetic() => {
                let length = word_length(rest);
                (Some(Token::Word(singular(&rest[..length]))), length)
            }
            c => return Err(stray(c, at)),
        };
        found.extend(token.map(|token| (token, at..at + length)));
        at += length;
    }
    Ok(found)
}

fn stray(c: char, at: usize) -> Refusal {
    let cure = match c {
        '\u{2212}' => "a minus is written -",
        '\u{2013}' | '\u{2014}' | '\u{2026}' | '~' => "a range is written 20 .. 60",
        '\u{20ac}' | '\u{a3}' => "prices are in dollars: $",
        '.' => "a range has two dots, and a fraction a digit before its dot: 20 .. 60, 0.5",
        _ => "write a number and its unit",
    };
    Refusal { at: at..at + c.len_utf8(), message: format!("`{c}` does not belong to a quantity"), cure: cure.into() }
}

fn word_length(text: &str) -> usize {
    let inside = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let length: usize = text.chars().take_while(|&c| inside(c)).map(char::len_utf8).sum();
    text[..length].trim_end_matches('-').len()
}

/// The number at the start of a text, and its length in bytes.
fn number(text: &str, at: usize) -> Result<(f64, usize), Refusal> {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let mut length = digits(0);
    let lead = length;
    let mut grouped = false;
    while bytes.get(length) == Some(&b',') {
        let group = digits(length + 1);
        if group != 3 || lead > 3 {
            let cure = "a comma parts thousands (1,200) and a dot the fraction (0.5)";
            return Err(Refusal {
                at: at..at + length + 1 + group,
                message: "a comma is out of place".into(),
                cure: cure.into(),
            });
        }
        grouped = true;
        length += 4;
    }
    if bytes.get(length) == Some(&b'.') && digits(length + 1) > 0 {
        length += 1 + digits(length + 1);
    }
    if matches!(bytes.get(length), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(length + 1), Some(b'-' | b'+')));
        let exponent = if length + 1 + sign <= bytes.len() { digits(length + 1 + sign) } else { 0 };
        if exponent > 0 {
            length += 1 + sign + exponent;
        }
    }
    let plain = if grouped { text[..length].replace(',', "") } else { text[..length].to_owned() };
    match plain.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok((value, length)),
        _ => Err(Refusal {
            at: at..at + length,
            message: "the number is too large".into(),
            cure: "numbers go up to about 1.8e308".into(),
        }),
    }
}

/// A unit's word in lower case and singular, its short forms written out.
pub(super) fn singular(word: &str) -> String {
    let word = word.to_lowercase();
    let known = match word.as_str() {
        "h" | "hr" | "hrs" => "hour",
        "min" | "mins" => "minute",
        "s" | "sec" | "secs" => "second",
        "mo" | "mth" => "month",
        "yr" | "yrs" => "year",
        "wk" | "wks" => "week",
        "usd" | "dollar" | "dollars" => "$",
        "percent" => "%",
        "people" | "persons" => "person",
        "queries" => "query",
        _ => "",
    };
    if !known.is_empty() {
        return known.to_owned();
    }
    // "gbs" is "gb", but "s" is a second and "dns" keeps its letters: only words that stay words lose one.
    if word.chars().count() > 3 && word.ends_with('s') && !word.ends_with("ss") {
        return word[..word.len() - 1].to_owned();
    }
    word
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
                    let mut unit = self.unit()?;
                    if money && !unit.over.is_empty() {
                        self.next -= 1;
                        return Err(
                            self.refuse("a unit follows the amount of dollars", "write it like \"$1,200 / month\"")
                        );
                    }
                    unit.money |= money;
                    return Ok(End { value, unit });
                }
                _ => return Err(self.refuse("a number is missing", "write it like \"20 .. 60 hours / month\"")),
            }
            self.next += 1;
        }
    }

    fn unit(&mut self) -> Result<Unit, Refusal> {
        let mut unit = Unit::default();
        if self.peek() == Some(&Token::Dollar) {
            self.next += 1;
            unit.money = true;
        } else {
            unit.over = self.words();
            if unit.over == "$" {
                unit = Unit { money: true, ..Unit::default() };
            }
        }
        while self.peek() == Some(&Token::Slash) {
            self.next += 1;
            let per = self.words();
            if per.is_empty() {
                return Err(self.refuse("a word is missing after the stroke", "write it like \"/ month\""));
            }
            unit.per.push(per);
        }
        Ok(unit)
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
            ("42 GB", "42 gb"),
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
            ("1e3 GB", "1000 gb"),
            ("2 e", "2 e"), // a word, not an exponent
            ("5 s", "5 second"),
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
            ("$5 GB", "3..5 a unit follows the amount of dollars"),
            ("5 5", "2..3 this does not belong to a quantity"),
        ];
        for (text, wanted) in cases {
            assert_eq!(shown(text), wanted, "{text}");
        }
    }
}
