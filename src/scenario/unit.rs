//! Units as written. What they mean is [`super::measure`]'s to say.

/// A unit: what is counted, per what. Words are lower case and singular.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Unit {
    pub(super) money: bool,
    pub(super) over: String,
    pub(super) per: Vec<String>,
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
