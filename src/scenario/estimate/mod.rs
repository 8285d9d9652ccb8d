//! Reads what stands where a number may stand: a number, a text, or a table that says what is known of it.
//!
//! [`form`] reads what is written into a [`form::Stated`] in the key's canonical unit; [`law`] makes a law of it, inside
//! the key's natural range and the bounds stated; this module joins the two with path, basis and source.

mod form;
mod law;

use std::ops::Range;

use form::Stated;

use super::measure::Measure;
use super::table::{Field, Table};
use super::{code, notes::Notes};
use crate::math::law::Law;
use crate::model::{Basis, Estimate};

/// Longest piece of a file that an estimate keeps as its own writing, in characters.
const LONGEST_WRITING: usize = 200;

impl<'a> Table<'a> {
    /// The estimate of a key that must be there. After an error it is a stand-in: the reading fails anyway.
    pub(super) fn estimate(&mut self, key: &'static str, measure: &Measure<'_>, notes: &mut Notes) -> Estimate {
        let field = self.need(key, measure.example, notes);
        let read = field.and_then(|field| field.estimate(measure, notes));
        read.unwrap_or_else(|| self.default_estimate(key, measure, Law::Constant(1.0)))
    }

    /// The estimate of a key, or a default of ours.
    pub(super) fn estimate_or(
        &mut self,
        key: &'static str,
        measure: &Measure<'_>,
        default: Law,
        notes: &mut Notes,
    ) -> Estimate {
        self.estimate_if(key, measure, notes).unwrap_or_else(|| self.default_estimate(key, measure, default))
    }

    /// The estimate of a key, if it is there.
    pub(super) fn estimate_if(
        &mut self,
        key: &'static str,
        measure: &Measure<'_>,
        notes: &mut Notes,
    ) -> Option<Estimate> {
        let field = self.take(key)?;
        let stand_in = self.default_estimate(key, measure, Law::Constant(1.0));
        Some(field.estimate(measure, notes).unwrap_or(stand_in))
    }

    /// A key that takes one number: to vary it, it is swept.
    pub(super) fn number(&mut self, key: &'static str, measure: &Measure<'_>, notes: &mut Notes) -> Option<f64> {
        self.take(key)?.number(measure, notes)
    }

    fn default_estimate(&self, key: &str, measure: &Measure<'_>, law: Law) -> Estimate {
        Estimate {
            path: format!("{}.{key}", self.path),
            law,
            unit: measure.unit,
            basis: Basis::Assumed,
            source: String::new(),
            written: String::new(),
        }
    }
}

impl Field<'_> {
    /// One plain number, whose unit is stated elsewhere in its table.
    pub(super) fn estimate_in(
        &self,
        unit: &str,
        unit_span: &Range<usize>,
        measure: &Measure<'_>,
        notes: &mut Notes,
    ) -> Option<Estimate> {
        notes.remember(&self.path, &self.span);
        let stated = form::plain_in(self, unit, unit_span, measure, notes)?;
        self.finished(&stated, measure, None, notes)
    }

    /// The estimate that the field holds.
    pub(super) fn estimate(&self, measure: &Measure<'_>, notes: &mut Notes) -> Option<Estimate> {
        self.estimate_capped(measure, None, notes)
    }

    /// As [`Field::estimate`], for a key whose law ends at `cap` unless it states its own `max`.
    pub(super) fn estimate_capped(
        &self,
        measure: &Measure<'_>,
        cap: Option<f64>,
        notes: &mut Notes,
    ) -> Option<Estimate> {
        notes.remember(&self.path, &self.span);
        let stated = form::read(self, measure, notes)?;
        self.finished(&stated, measure, cap, notes)
    }

    fn finished(
        &self,
        stated: &Stated,
        measure: &Measure<'_>,
        cap: Option<f64>,
        notes: &mut Notes,
    ) -> Option<Estimate> {
        let law = law::of(stated, measure, cap, self, notes)?;
        let written: String = notes.text(&self.span).chars().take(LONGEST_WRITING).collect();
        Some(Estimate {
            path: self.path.clone(),
            law,
            unit: measure.unit,
            basis: stated.evidence.basis.unwrap_or(Basis::Assumed),
            source: stated.evidence.source.clone(),
            written,
        })
    }

    /// The one number that the field holds.
    pub(super) fn number(&self, measure: &Measure<'_>, notes: &mut Notes) -> Option<f64> {
        let estimate = self.estimate(measure, notes)?;
        let constant = estimate.constant();
        if constant.is_none() {
            let problem = notes.error(
                code::NOT_ONE_NUMBER,
                &self.span,
                format!("`{}` takes one number, not an estimate", self.key),
            );
            problem.cure = format!("write {}; to vary it, sweep it", measure.example);
        }
        constant
    }
}

/// Fills the place of an estimate that was refused; the reading fails, and no scenario with it leaves this floor.
pub(super) fn stand_in(measure: &Measure<'_>) -> Estimate {
    Estimate {
        path: String::new(),
        law: Law::Constant(1.0),
        unit: measure.unit,
        basis: Basis::Assumed,
        source: String::new(),
        written: String::new(),
    }
}

/// Time to find back in after an interruption: 10 to 40 minutes, log-normal, in hours. Wide on purpose: the often quoted
/// 23 minutes and 15 seconds have no clear source.
pub(super) fn ten_to_forty_minutes() -> Law {
    Law::lognormal_from_quantiles(0.05, 10.0 / 60.0, 0.95, 40.0 / 60.0).expect("two rising quantiles above 0")
}

/// What projects overrun by: log-normal with P50 1 and P90 2.4, at most 10 (MODEL.md §7).
pub(super) fn usual_overrun() -> Law {
    let law = Law::lognormal_from_quantiles(0.5, 1.0, 0.9, 2.4).expect("two rising quantiles above 0");
    law.truncated(0.0, 10.0).expect("nearly all of it lies below 10")
}

/// A number as in a message: at most six digits, no zeros behind.
pub(super) fn number(value: f64) -> String {
    let text = format!("{value:.6}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    text.to_owned()
}
