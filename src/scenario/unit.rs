//! Units as written. What they mean is [`super::measure`]'s to say.

use std::ops::Range;

/// A unit: what is counted, per what. Words are lower case and singular; `thousand`, `million` and `billion` before what
/// is counted, or before what it is per, are powers of ten.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Unit {
    pub(super) money: bool,
    pub(super) over: String,
    pub(super) per: Vec<String>,
    /// Ten to this power of it: 6 for "million requests / month", -6 for "/ million requests".
    pub(super) power: i32,
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

/// Whether a word of a unit is the language's own, whatever its form: what is usually counted, data, time, a number of them.
pub(super) fn is_own(word: &str) -> bool {
    let single = singular(word);
    let is_count = COUNTS.iter().any(|(count, _)| *count == single);
    let is_size = super::measure::bytes(&single).is_some() || bits(word).is_some();
    let is_held = held(&single).is_some_and(|(thing, _)| is_usual(thing) || super::measure::bytes(thing).is_some());
    is_usual(&single)
        || is_count
        || is_size
        || is_held
        || PERIODS.contains(&single.as_str())
        || usual(&single) != single
}

/// Words that count what follows them.
const COUNTS: [(&str, i32); 3] = [("thousand", 3), ("million", 6), ("billion", 9)];

/// Ten to a power from 0 up, each step exact as long as the number is.
pub(super) fn ten_to(power: i32) -> f64 {
    (0..power).fold(1.0, |size, _| size * 10.0)
}

/// Takes the words that count what follows off the words of a unit: what is left, and the power of ten.
pub(super) fn uncounted(words: &str) -> (&str, i32) {
    let (mut words, mut power) = (words, 0);
    loop {
        let (first, rest) = words.split_once(' ').unwrap_or((words, ""));
        match COUNTS.iter().find(|(word, _)| *word == first) {
            Some((_, more)) => (words, power) = (rest, power + more),
            None => return (words, power),
        }
    }
}

impl Unit {
    /// The unit of nothing that is known: it agrees with any.
    pub(super) const UNKNOWN: &'static Self =
        &Self { money: false, over: String::new(), per: Vec::new(), power: 0, strange: None };

    /// Whether nothing is said at all.
    pub(super) fn is_empty(&self) -> bool {
        !self.money && self.over.is_empty() && self.per.is_empty() && self.power == 0
    }

    /// As in a message: `$ / month`.
    pub(super) fn shown(&self) -> String {
        let counted = |power: i32| match COUNTS.iter().find(|(_, known)| *known == power) {
            Some((word, _)) => format!("{word} "),
            None if power > 0 => format!("1e{power} "),
            None => String::new(),
        };
        let over = if self.money { "$" } else { usual(&self.over) };
        let mut text = format!("{}{over}", counted(self.power));
        for (nth, per) in self.per.iter().enumerate() {
            text = format!("{text} / {}{}", counted(if nth == 0 { -self.power } else { 0 }), usual(per));
        }
        text.trim().to_owned()
    }

    /// What is counted, as people write it.
    pub(super) fn over_shown(&self) -> &str {
        usual(&self.over)
    }

    /// The same counted one by one.
    pub(super) fn single(&self) -> Self {
        Self { power: 0, ..self.clone() }
    }

    /// The time that it is by, where it is by one: what comes in or passes, not what is there.
    pub(super) fn is_by_time(&self) -> bool {
        self.per.iter().any(|per| PERIODS.contains(&per.as_str()))
    }
}

/// Words for a length of time.
const PERIODS: [&str; 7] = ["second", "minute", "hour", "day", "week", "month", "year"];

/// A word as people write it: sizes of data and processors have capitals.
fn usual(word: &str) -> &str {
    const WRITTEN: [&str; 11] = ["kB", "MB", "GB", "TB", "PB", "KiB", "MiB", "GiB", "TiB", "vCPU", "GPU"];
    WRITTEN.into_iter().find(|written| written.eq_ignore_ascii_case(word)).unwrap_or(word)
}

/// What is held, and for how long: `user-month`, `gb-hour`.
pub(super) fn held(word: &str) -> Option<(&str, &str)> {
    word.rsplit_once('-').filter(|(thing, period)| !thing.is_empty() && PERIODS.contains(period))
}

/// What a word is short for in bits, which are an eighth of what its capital letter would say.
pub(super) fn bits(word: &str) -> Option<&'static str> {
    Some(match word {
        "Kb" => "kilobit",
        "Mb" => "megabit",
        "Gb" => "gigabit",
        "Tb" => "terabit",
        "Pb" => "petabit",
        _ => return None,
    })
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
