//! The evidence ledger: every estimate and price that a run rests on, and what it rests on in turn.

use crate::model::price::AsOf;
use crate::model::{Basis, Estimate, Scenario};
use crate::units::YearMonth;

/// Everything that a run rests on, in the scenario's order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ledger {
    /// Estimates and prices; a list price stands once, wherever it is paid.
    pub entries: Vec<Entry>,
}

/// An estimate or a price.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Full dotted path.
    pub path: String,
    /// Its unit in words.
    pub unit: String,
    /// What it rests on.
    pub basis: Basis,
    /// Where it comes from, as written; empty where the file says nothing.
    pub source: String,
    /// When a list price was read; `None` for what is no list price.
    pub as_of: Option<AsOf>,
    /// Whether it is a list price that nobody verified.
    pub is_unverified: bool,
    /// Whether it is a default of ours.
    pub is_default: bool,
    /// The value at 10, 50 and 90 %; three times the same for a constant, no numbers where it is hidden.
    pub quantiles: [f64; 3],
}

/// How many figures rest on what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Evidence {
    /// Read off the team's own bills, clocks or logs.
    pub measured: usize,
    /// Somebody's published or offered price or figure.
    pub quoted: usize,
    /// A considered judgement.
    pub judged: usize,
    /// Figures that the file states without a basis.
    pub without_basis: usize,
    /// Defaults.
    pub assumed: usize,
    /// List prices of the price book, among the quoted.
    pub listed: usize,
    /// List prices in use that nobody verified, among those.
    pub unverified: usize,
    /// When the oldest list price that has a date was read.
    pub oldest: Option<AsOf>,
}

impl Ledger {
    /// What a scenario rests on. Defaults that mean "none of it" or "just once" (0 and 1) are no figures.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        let is_figure = |e: &&Estimate| {
            !(e.written.is_empty() && matches!(e.constant(), Some(value) if value == 0.0 || value == 1.0))
        };
        let entry = |estimate: &Estimate| Entry {
            path: estimate.path.clone(),
            unit: scenario.unit_of(estimate),
            basis: estimate.basis,
            source: estimate.source.clone(),
            as_of: estimate.listed.as_ref().map(|from| from.as_of),
            is_unverified: estimate.listed.as_ref().is_some_and(|from| !from.confidence.is_verified()),
            is_default: estimate.written.is_empty(),
            quantiles: [0.1, 0.5, 0.9].map(|p| estimate.law.quantile(p)),
        };
        Self { entries: scenario.estimates().into_iter().filter(is_figure).map(entry).collect() }
    }

    /// How many rest on what; a figure that the file states with neither basis nor source is counted apart.
    #[must_use]
    pub fn counts(&self) -> Evidence {
        let mut counts = Evidence::default();
        for entry in &self.entries {
            let place = match entry.basis {
                Basis::Measured => &mut counts.measured,
                Basis::Quoted => &mut counts.quoted,
                Basis::Judged => &mut counts.judged,
                Basis::Assumed if !entry.is_default && entry.source.is_empty() => &mut counts.without_basis,
                Basis::Assumed => &mut counts.assumed,
            };
            *place += 1;
            counts.listed += usize::from(entry.as_of.is_some());
            counts.unverified += usize::from(entry.is_unverified);
        }
        let end = YearMonth::new(9999, 12).expect("December 9999 is a month");
        let dated = self.entries.iter().filter_map(|entry| entry.as_of);
        counts.oldest = dated.filter(|as_of| *as_of != AsOf::Undated).max_by_key(|as_of| as_of.months_before(end));
        counts
    }
}
