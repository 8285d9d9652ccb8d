use std::sync::Arc;

use super::price::Provenance;
use crate::math::law::Law;
use crate::units::Currency;

/// A number, or what is known of one: drawn once per trial, the same in all its months.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimate {
    /// Full dotted path, which also names the random stream: `platform.ecs.runtime.web.price`.
    pub path: String,
    /// The law of the number, in the key's canonical unit.
    pub law: Law,
    /// Where its value in a trial comes from.
    pub draw: Draw,
    /// The canonical unit in words: "$ / month", "hours", "share"; $ stands for any currency.
    pub unit: &'static str,
    /// What the figure rests on.
    pub basis: Basis,
    /// Where it comes from, as written; empty if the file says nothing.
    pub source: String,
    /// As written in the file; empty for a default.
    pub written: String,
    /// Where a list price of the price book was read; `None` for everything else.
    pub listed: Option<Provenance>,
    /// What one of the currency that it is in is worth, where that is not the report's: the value is the law's times this one's.
    pub exchange: Option<Arc<Self>>,
    /// What it is until an option changes it, where one does.
    pub before: Option<Arc<Before>>,
}

/// What a figure is until a month.
#[derive(Debug, Clone, PartialEq)]
pub struct Before {
    /// What it is.
    pub value: Estimate,
    /// The month from which it is no more; rounded to a whole one, at least 1.
    pub until: Arc<Estimate>,
}

/// Where an estimate's value in a trial comes from.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Draw {
    /// A uniform of its own, and the law.
    #[default]
    Own,
    /// The value of another estimate, times a factor; the law is that one's, times the factor.
    SameAs {
        /// The path of the other, which is drawn itself.
        path: String,
        /// The factor, above 0.
        times: f64,
    },
    /// The row of a file that the trial has drawn; the law is that of a row's value.
    Row(Column),
}

/// A column of a file with a row for each way things may turn out.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// The file's name.
    pub file: String,
    /// The column, by its header.
    pub column: String,
    /// Its values by row, in the key's canonical unit.
    pub values: Arc<[f64]>,
}

impl Estimate {
    /// The value, where the estimate is a constant.
    #[must_use]
    pub fn constant(&self) -> Option<f64> {
        if self.before.is_some() {
            return None;
        }
        match (&self.law, &self.exchange) {
            (Law::Constant(value), None) => Some(*value),
            (Law::Constant(value), Some(rate)) => rate.constant().map(|rate| value * rate),
            _ => None,
        }
    }

    /// What it is at the medians of what is not known.
    #[must_use]
    pub fn median(&self) -> f64 {
        self.law.quantile(0.5) * self.exchange.as_ref().map_or(1.0, |rate| rate.median())
    }

    /// The currency that it is in, where that is not the report's.
    #[must_use]
    pub fn currency(&self) -> Option<Currency> {
        Currency::new(self.exchange.as_ref()?.path.rsplit('.').next()?)
    }
}

/// What a figure rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// Read off the team's own bills, clocks or logs.
    Measured,
    /// Somebody's published or offered price or figure.
    Quoted,
    /// A considered judgement of someone named in the source.
    Judged,
    /// A default of ours, or a figure whose file gives no basis.
    Assumed,
}

impl Basis {
    /// The word in files and tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Measured => "measured",
            Self::Quoted => "quoted",
            Self::Judged => "judged",
            Self::Assumed => "assumed",
        }
    }
}
