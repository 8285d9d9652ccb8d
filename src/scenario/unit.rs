//! Units as written. What they mean is [`super::measure`]'s to say.

use std::ops::Range;

/// A unit: what is counted, per what. Words are lower case and singular.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Unit {
    pub(super) money: bool,
    pub(super) over: String,
    pub(super) per: Vec<String>,
    /// Where a driver says that it counts in this unit, if nobody knows the word: what disagrees with it is its fault.
    pub(super) strange: Option<Range<usize>>,
}

/// What drivers usually count beside data; the price book knows more.
const COUNTED: [&str; 28] = [
    "app",
    "build",
    "connection",
    "customer",
    "deploy",
    "developer",
    "engineer",
    "event",
    "host",
    "hour",
    "instance",
    "item",
    "job",
    "line",
    "message",
    "minute",
    "order",
    "person",
    "query",
    "request",
    "row",
    "seat",
    "second",
    "service",
    "session",
    "tenant",
    "user",
    "zone",
];

/// Whether a word is one that drivers usually count.
pub(super) fn is_usual(word: &str) -> bool {
    COUNTED.contains(&word)
}

impl Unit {
    /// The unit of nothing that is known: it agrees with any.
    pub(super) const UNKNOWN: &'static Self =
        &Self { money: false, over: String::new(), per: Vec::new(), strange: None };

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
