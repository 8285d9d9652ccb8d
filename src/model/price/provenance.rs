use std::fmt::{Display, Formatter};

use crate::units::YearMonth;

/// When a price was read, as exactly as its source says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AsOf {
    /// The source shows no date.
    Undated,
    /// A year.
    Year(u16),
    /// A month, 1 to 12, of a year.
    Month(u16, u8),
    /// A day, 1 to 31, of a month of a year.
    Day(u16, u8, u8),
}

impl AsOf {
    /// Reads "2026-08-04", "2026-08", "2026" or "undated"; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text == "undated" {
            return Some(Self::Undated);
        }
        let lengths: Vec<usize> = text.split('-').map(str::len).collect();
        let parts: Vec<u16> = text.split('-').map(|part| part.parse().ok()).collect::<Option<_>>()?;
        let in_range = |low: u16, n: u16, high: u16| (low..=high).contains(&n);
        match (lengths.as_slice(), parts.as_slice()) {
            ([4], [y]) if in_range(1990, *y, 2999) => Some(Self::Year(*y)),
            ([4, 2], [y, m]) if in_range(1990, *y, 2999) && in_range(1, *m, 12) => Some(Self::Month(*y, *m as u8)),
            ([4, 2, 2], [y, m, d])
                if in_range(1990, *y, 2999) && in_range(1, *m, 12) && in_range(1, *d, days(*y, *m)) =>
            {
                Some(Self::Day(*y, *m as u8, *d as u8))
            }
            _ => None,
        }
    }

    /// Whole months to a month, at least 0; a year alone counts from its middle. `None` without a date.
    #[must_use]
    pub fn months_before(self, today: YearMonth) -> Option<u32> {
        let (year, month) = match self {
            Self::Undated => return None,
            Self::Year(year) => (year, 7),
            Self::Month(year, month) | Self::Day(year, month, _) => (year, month),
        };
        let now = i64::from(today.year()) * 12 + today.index() as i64;
        let then = i64::from(year) * 12 + i64::from(month) - 1;
        Some(u32::try_from(now - then).unwrap_or(0))
    }

    /// The age in words on a month: "< 1 month", "4 months", "2 years", "no date".
    #[must_use]
    pub fn age(self, today: YearMonth) -> String {
        match self.months_before(today) {
            None => "no date".to_owned(),
            Some(0) => "< 1 month".to_owned(),
            Some(1) => "1 month".to_owned(),
            Some(months @ 2..24) => format!("{months} months"),
            Some(months) => format!("{} years", months / 12),
        }
    }
}

impl Display for AsOf {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Undated => f.pad("undated"),
            Self::Year(year) => f.pad(&year.to_string()),
            Self::Month(year, month) => f.pad(&format!("{year}-{month:02}")),
            Self::Day(year, month, day) => f.pad(&format!("{year}-{month:02}-{day:02}")),
        }
    }
}

/// Days of a month of the calendar.
const fn days(year: u16, month: u16) -> u16 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// How far a figure can be trusted, the firmest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// The user's own: a contract, an invoice.
    Own,
    /// The vendor's own page, documentation or code.
    Official,
    /// Read from the vendor's price interface by a machine, on a stated day.
    PriceApi,
    /// The vendor's page as somebody else keeps it word by word.
    PageCopy,
    /// The vendor's own, and years old or without a date.
    OfficialOld,
    /// A test file that was once read from the vendor's price interface; the date is the latest it can be of.
    PriceFixture,
    /// Arithmetic on a price that has a source.
    Derived,
    /// A survey of a market.
    Survey,
    /// A table in public code, kept by hand.
    Table,
    /// Somebody writes about it: a blog, a recruiter, a rival.
    Secondary,
    /// Written by a machine that says it read no vendor page.
    MachineWritten,
    /// Nobody's word but general knowledge.
    Unverified,
}

impl Confidence {
    /// All, the firmest first.
    pub const ALL: [Self; 12] = [
        Self::Own,
        Self::Official,
        Self::PriceApi,
        Self::PageCopy,
        Self::OfficialOld,
        Self::PriceFixture,
        Self::Derived,
        Self::Survey,
        Self::Table,
        Self::Secondary,
        Self::MachineWritten,
        Self::Unverified,
    ];

    /// The word in files and tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Official => "official",
            Self::PriceApi => "price-api",
            Self::PageCopy => "page-copy",
            Self::OfficialOld => "official-old",
            Self::PriceFixture => "price-fixture",
            Self::Derived => "derived",
            Self::Survey => "survey",
            Self::Table => "table",
            Self::Secondary => "secondary",
            Self::MachineWritten => "machine-written",
            Self::Unverified => "unverified",
        }
    }

    /// Whether somebody has read it at a source. What is not is never compiled in, and a verdict that rests on it says so.
    #[must_use]
    pub const fn is_verified(self) -> bool {
        !matches!(self, Self::MachineWritten | Self::Unverified)
    }
}

/// Whether the source sells what it prices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sells {
    /// It does: exact about its own price list, and an interested party about what a service is worth.
    Yes,
    /// It does not.
    No,
    /// It sells the alternative.
    Rival,
}

impl Sells {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Yes, Self::No, Self::Rival];

    /// The word in files and tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Rival => "rival",
        }
    }
}

/// Where a figure comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// When it was read.
    pub as_of: AsOf,
    /// Where: a page, a file at a commit, a contract.
    pub source: String,
    /// How far it can be trusted.
    pub confidence: Confidence,
    /// Whether the source sells what it prices.
    pub sells: Sells,
}

#[cfg(test)]
mod tests {
    use super::AsOf;
    use crate::units::YearMonth;

    #[test]
    fn ages_are_said_in_words() {
        let today = YearMonth::new(2026, 11).expect("a month");
        let cases = [
            ("2026-11-04", "< 1 month"),
            ("2026-12", "< 1 month"), // read after today: no negative ages
            ("2026-10-31", "1 month"),
            ("2026-02-25", "9 months"),
            ("2024-12", "23 months"),
            ("2024-07-01", "2 years"),
            ("2020", "6 years"),
            ("undated", "no date"),
        ];
        for (text, words) in cases {
            assert_eq!(AsOf::parse(text).map(|as_of| as_of.age(today)).as_deref(), Some(words), "{text}");
        }
        assert!(AsOf::parse("2024-02-29").is_some(), "a leap day");
        for wrong in [
            "",
            "26-01",
            "2026-13",
            "2026-1",
            "2026-01-32",
            "2026-02-31",
            "2026-02-29",
            "2026-04-31",
            "soon",
            "2026-01-01-01",
        ] {
            assert_eq!(AsOf::parse(wrong), None, "{wrong}");
        }
    }
}
