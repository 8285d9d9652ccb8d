use std::fmt::{Display, Formatter};

use crate::units::HOURS_PER_MONTH;

/// How long a thing is held for its price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// A second.
    Second,
    /// An hour.
    Hour,
    /// A month.
    Month,
    /// A year.
    Year,
}

impl Period {
    const ALL: [Self; 4] = [Self::Second, Self::Hour, Self::Month, Self::Year];

    /// The word in files and tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Second => "second",
            Self::Hour => "hour",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    /// How many of it a month has: 730 hours, a twelfth of a year.
    #[must_use]
    pub const fn in_a_month(self) -> f64 {
        match self {
            Self::Second => HOURS_PER_MONTH * 3600.0,
            Self::Hour => HOURS_PER_MONTH,
            Self::Month => 1.0,
            Self::Year => 1.0 / 12.0,
        }
    }
}

/// Things that prices are for, in the singular. A closed list, so that a slip of the pen is not a new thing.
pub const THINGS: [&str; 63] = [
    "account",
    "ACL",
    "active user",
    "ACU",
    "alarm",
    "app",
    "AZ",
    "build minute",
    "cluster",
    "command",
    "committer",
    "container",
    "CU",
    "dashboard",
    "day of work",
    "developer",
    "disk",
    "DTU",
    "error",
    "evaluation",
    "event",
    "GB",
    "GiB",
    "GPU",
    "hire",
    "host",
    "hour of work",
    "identity",
    "instance",
    "IOPS",
    "key",
    "LCU",
    "licence",
    "MBps",
    "message",
    "metric",
    "minute",
    "monitor",
    "NCU",
    "node",
    "one-off",
    "pack",
    "project",
    "request",
    "resource",
    "responder",
    "RU",
    "rule",
    "seat",
    "secret",
    "series",
    "server",
    "service",
    "span",
    "TB",
    "TiB",
    "trace",
    "user",
    "vCPU",
    "version",
    "VM",
    "volume",
    "zone",
];

/// What a price is for: so many of a thing, held for a while or used up.
///
/// ```text
/// unit   = period | [ count ] thing [ "-" period ] ;      "month", "GB-month", "million requests", "1,000 series-month"
/// count  = number | "million" | "billion" ;
/// period = "second" | "hour" | "month" | "year" ;
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// How many of the thing, above 0.
    pub count: f64,
    /// One of [`THINGS`]; `None` where the price is for the whole of it.
    pub thing: Option<&'static str>,
    /// How long it is held; `None` for what is used up.
    pub held: Option<Period>,
}

/// Why a text is no unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoUnit {
    /// The word that is not known.
    pub word: String,
    /// A known one that is near, if any is.
    pub near: Option<&'static str>,
}

impl Unit {
    /// By the month.
    pub const MONTH: Self = Self { count: 1.0, thing: None, held: Some(Period::Month) };

    /// Reads a unit as files write it; capitals do not matter, and neither does a plural.
    ///
    /// # Errors
    /// The first word that is neither a count, a thing nor a period.
    pub fn parse(text: &str) -> Result<Self, NoUnit> {
        let text = text.trim();
        if let Some(period) = period(text) {
            return Ok(Self { count: 1.0, thing: None, held: Some(period) });
        }
        let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
        let (count, rest) = match count(first) {
            Some(count) => (count, rest.trim()),
            None => (1.0, text),
        };
        if let Some(thing) = thing(rest) {
            return Ok(Self { count, thing: Some(thing), held: None });
        }
        let (of, held) = match rest.rsplit_once('-').map(|(of, last)| (of, period(last))) {
            Some((of, Some(period))) => (of, Some(period)),
            _ => (rest, None),
        };
        match thing(of) {
            Some(thing) => Ok(Self { count, thing: Some(thing), held }),
            None => Err(NoUnit { word: of.to_owned(), near: near(of) }),
        }
    }

    /// What holding one of the thing for a month costs at a price; `None` for what is used up.
    ///
    /// An hour counts 730 times, a second 2,628,000 times, a year a twelfth; a price for many is divided.
    #[must_use]
    pub fn usd_per_month(&self, price_usd: f64) -> Option<f64> {
        self.held.map(|period| price_usd / self.count * period.in_a_month())
    }

    /// What using one of the thing costs at a price; `None` for what is held.
    #[must_use]
    pub fn usd_each(&self, price_usd: f64) -> Option<f64> {
        self.held.is_none().then(|| price_usd / self.count)
    }
}

impl Display for Unit {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        let many = self.count > 1.0;
        match self.count {
            1e9 => write!(f, "billion ")?,
            1e6 => write!(f, "million ")?,
            n if many && n >= 1e4 => write!(f, "{},{:03} ", n as u64 / 1000, n as u64 % 1000)?,
            n if many => write!(f, "{n} ")?,
            _ => {}
        }
        match (self.thing, self.held) {
            (Some(thing), Some(period)) => write!(f, "{thing}-{}", period.name()),
            (Some(thing), None) if many && !thing.ends_with('s') && thing.chars().any(char::is_lowercase) => {
                write!(f, "{thing}s")
            }
            (Some(thing), None) => f.write_str(thing),
            (None, period) => f.write_str(period.map_or("one-off", Period::name)),
        }
    }
}

fn period(word: &str) -> Option<Period> {
    Period::ALL.into_iter().find(|period| period.name().eq_ignore_ascii_case(word))
}

fn count(word: &str) -> Option<f64> {
    match word {
        "million" => Some(1e6),
        "billion" => Some(1e9),
        _ if word.starts_with(|c: char| c.is_ascii_digit()) => {
            word.replace(',', "").parse().ok().filter(|n: &f64| *n > 0.0 && n.is_finite())
        }
        _ => None,
    }
}

fn thing(word: &str) -> Option<&'static str> {
    let is = |word: &str| THINGS.into_iter().find(|thing| thing.eq_ignore_ascii_case(word));
    is(word).or_else(|| word.strip_suffix('s').and_then(is))
}

fn near(word: &str) -> Option<&'static str> {
    let word = word.to_lowercase();
    let all = THINGS.into_iter().chain(Period::ALL.map(Period::name));
    let near = all.map(|thing| (strsim::damerau_levenshtein(&word, &thing.to_lowercase()), thing)).min();
    near.filter(|(distance, _)| *distance <= 2).map(|(_, thing)| thing)
}

#[cfg(test)]
mod tests {
    use super::{THINGS, Unit};

    #[test]
    fn units_read_as_price_pages_write_them() {
        let cases = [
            ("month", "month", Some(5.0), None),
            ("hour", "hour", Some(3650.0), None),
            ("year", "year", Some(5.0 * (1.0 / 12.0)), None),
            ("GB-month", "GB-month", Some(5.0), None),
            ("vcpu-hour", "vCPU-hour", Some(3650.0), None),
            ("million requests", "million requests", None, Some(5e-6)),
            ("1,000 requests", "1000 requests", None, Some(0.005)),
            ("100,000 commands", "100,000 commands", None, Some(5e-5)),
            ("1,000 series-month", "1000 series-month", Some(0.005), None),
            ("10 GB-month", "10 GB-month", Some(0.5), None),
            ("GB", "GB", None, Some(5.0)),
            ("one-off", "one-off", None, Some(5.0)), // a thing with a stroke of its own
            ("active user-month", "active user-month", Some(5.0), None),
        ];
        for (text, shown, per_month, each) in cases {
            let unit = Unit::parse(text).unwrap_or_else(|no| panic!("{text}: {no:?}"));
            assert_eq!(unit.to_string(), shown, "{text}");
            assert_eq!(unit.usd_per_month(5.0), per_month, "{text}");
            assert_eq!(unit.usd_each(5.0), each, "{text}");
        }
        let wrong = Unit::parse("moth").expect_err("a slip of the pen");
        assert_eq!(wrong.near, Some("month"));
    }

    #[test]
    fn things_are_listed_once_and_in_order() {
        let lower = THINGS.map(str::to_lowercase);
        assert!(lower.windows(2).all(|pair| pair[0] < pair[1]), "{lower:?}");
    }
}
