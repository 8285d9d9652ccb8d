//! The price book: dated list prices with their sources, by name.
//!
//! A *SKU* is one price; a *ladder* is plans of one product, each a SKU with limits; a *fact* is a figure that is no price
//! (a discount, a time). [`crate::scenario::prices`] reads the files under `prices/` into one book. The book knows
//! neither scenarios nor today's date: whoever shows an age brings the day.

mod book;
mod find;
mod provenance;
mod unit;

use std::collections::BTreeMap;

pub use book::PriceBook;
pub use find::Hit;
pub use provenance::{AsOf, Confidence, Provenance, Sells};
pub use unit::{NoUnit, Period, THINGS, Unit};

/// One price.
#[derive(Debug, Clone, PartialEq)]
pub struct Sku {
    /// Dotted and lower-case: `heroku.dyno.performance-l`. The first part is the provider.
    pub name: String,
    /// Dollars for one [`Sku::unit`]; 0 only where the file says `free`.
    pub price_usd: f64,
    /// What the price is for.
    pub unit: Unit,
    /// What one of it holds or carries: `ram`, `vcpu`, `storage`, `connections`. A ladder's limits.
    pub has: BTreeMap<String, Limit>,
    /// Where the price comes from.
    pub provenance: Provenance,
    /// What should be known of it; may be empty.
    pub note: String,
    /// Which file said so.
    pub origin: Origin,
}

impl Limit {
    /// In words: "64 GB", "120".
    #[must_use]
    pub fn shown(&self) -> String {
        if self.unit.is_empty() { self.value.to_string() } else { format!("{} {}", self.value, self.unit) }
    }
}

impl Sku {
    /// What one of it costs for a month; `None` for what is used up (a gigabyte sent, a million requests).
    ///
    /// A month has 730 hours; a price by the year counts a twelfth. Of GB-months, vCPU-hours and the like: one GB, one vCPU.
    #[must_use]
    pub fn usd_per_month(&self) -> Option<f64> {
        self.unit.usd_per_month(self.price_usd)
    }

    /// What using one of it costs; `None` for what is held by the month or hour.
    #[must_use]
    pub fn usd_each(&self) -> Option<f64> {
        self.unit.usd_each(self.price_usd)
    }

    /// Whether somebody has read the price at a source.
    #[must_use]
    pub fn is_verified(&self) -> bool {
        self.provenance.confidence.is_verified()
    }

    /// The first part of the name.
    #[must_use]
    pub fn provider(&self) -> &str {
        self.name.split('.').next().unwrap_or(&self.name)
    }
}

/// So much of something: 64 GB, 120 connections.
#[derive(Debug, Clone, PartialEq)]
pub struct Limit {
    /// How much, at least 0.
    pub value: f64,
    /// Of what: "GB"; empty where the limit's name says it.
    pub unit: String,
}

/// Which file a figure was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The book that is compiled in.
    Book,
    /// A price file that the user named.
    File(String),
}

/// Plans of one product, from the cheapest up.
#[derive(Debug, Clone, PartialEq)]
pub struct Ladder {
    /// `heroku.postgres.premium`.
    pub name: String,
    /// The plans, ascending in price; at least one.
    pub plans: Vec<PlanStep>,
    /// What should be known of it; may be empty.
    pub note: String,
    /// Which file said so.
    pub origin: Origin,
}

/// A plan of a ladder.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanStep {
    /// The SKU that it is; its provenance is that of the price.
    pub sku: String,
    /// Dollars a month.
    pub price_usd_per_month: f64,
    /// What it holds; every plan of a ladder states the same limits.
    pub limits: BTreeMap<String, Limit>,
}

/// A figure that is no price: a discount, a time, a status.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// Dotted and lower-case.
    pub name: String,
    /// The figure in words.
    pub says: String,
    /// Where it comes from.
    pub provenance: Provenance,
    /// What should be known of it; may be empty.
    pub note: String,
    /// Which file said so.
    pub origin: Origin,
}
