//! The pieces that a quantity is written in: numbers, words and signs.

use std::ops::Range;

use super::quantity::Refusal;
use super::unit::{bits, singular};

/// A piece of a quantity.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Number(f64),
    Word(String),
    Dollar,
    Minus,
    Plus,
    Slash,
    Range,
}

/// The pieces of a text, each with its bytes.
pub(super) fn tokens(text: &str) -> Result<Vec<(Token, Range<usize>)>, Refusal> {
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
                if let Some(bits) = bits(&rest[..length]) {
                    return Err(in_bits(&rest[..length], bits, at));
                }
                (Some(Token::Word(singular(&rest[..length]))), length)
            }
            c => return Err(stray(c, at)),
        };
        found.extend(token.map(|token| (token, at..at + length)));
        at += length;
    }
    Ok(found)
}

fn in_bits(word: &str, bits: &str, at: usize) -> Refusal {
    let bytes = word.replace('b', "B");
    Refusal {
        at: at..at + word.len(),
        message: format!("`{word}` is short for {bits}, an eighth of a {bytes}"),
        cure: format!("write {bytes}; a number of bits is divided by 8"),
    }
}

fn stray(c: char, at: usize) -> Refusal {
    let cure = match c {
        '\u{2212}' => "a minus is written -",
        '\u{2013}' | '\u{2014}' | '\u{2026}' | '~' => "a range is written 20 .. 60",
        '\u{20ac}' | '\u{a3}' => "write the code of the currency behind the number: 500 EUR",
        ',' => "a comma parts thousands (1,200) and a dot the fraction (0.5)",
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

/// The number that a text is, spaces around it left out; `None` where it is anything else.
pub(super) fn lone_number(text: &str) -> Option<f64> {
    match tokens(text).ok()?.as_slice() {
        [(Token::Number(value), _)] => Some(*value),
        _ => None,
    }
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
