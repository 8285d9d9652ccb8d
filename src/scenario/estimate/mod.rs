//! Reads what stands where a number may stand: a number, a text, or a table that says what is known of it.
//!
//! [`form`] and [`table_form`] read what is written into a [`form::Stated`] in the key's canonical unit; [`law`] makes a law of it, inside
//! the key's natural range and the bounds stated; this module joins the two with path, basis and source.

mod form;
mod law;
mod mix;
mod rows;
mod same_as;
mod table_form;

use std::ops::Range;
use std::sync::Arc;

use form::Stated;
pub(super) use form::{dollars, in_own, in_strange};

use super::measure::Measure;
use super::table::{Field, Table};
use super::walk::{Bounds, Takes};
use super::{code, notes::Notes};
use crate::math::law::Law;
use crate::model::{Basis, Draw, Estimate};

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
        assumed(self.path_of(key), measure, law, "")
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
        notes.takes(&self.path, || Takes::Plain);
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
        notes.spoken.clear();
        let stated = form::read(self, measure, cap, notes);
        notes.takes(&self.path, || Takes::Estimate(Bounds::of(measure)));
        let stated = stated?;
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
        let exchange = self.currency(notes)?;
        let evidence = notes.evidence(&stated.evidence, self.key_span.start);
        let written: String = notes.text(&self.span).chars().take(LONGEST_WRITING).collect();
        Some(Estimate {
            path: self.path.clone(),
            law,
            draw: stated.draw.clone(),
            unit: measure.unit,
            basis: evidence.basis.unwrap_or(Basis::Assumed),
            source: evidence.source,
            written,
            listed: None,
            exchange,
            before: self.instead_of.as_deref().and_then(|of| notes.before(of)),
        })
    }

    /// What one of the currency is worth that the amount was in, if that is not the report's; `None` where it was in two.
    fn currency(&self, notes: &mut Notes) -> Option<Option<Arc<Estimate>>> {
        let spoken = std::mem::take(&mut notes.spoken);
        if spoken.windows(2).any(|pair| pair[0] != pair[1]) {
            let message = format!("`{}` is in two currencies", self.key);
            notes.error(code::EXCHANGE, &self.span, message).cure = "write both ends in one".into();
            return None;
        }
        Some(spoken.into_iter().next().flatten())
    }

    /// The one number that the field holds.
    pub(super) fn number(&self, measure: &Measure<'_>, notes: &mut Notes) -> Option<f64> {
        // What takes one number alone is a part of what its line is, and changes with the line.
        let estimate = Estimate { before: None, ..self.estimate(measure, notes)? };
        notes.takes(&self.path, || Takes::Number(Bounds::of(measure)));
        let constant = estimate.constant();
        if constant.is_none() {
            let own = notes.currency;
            let problem = notes.error(
                code::NOT_ONE_NUMBER,
                &self.span,
                format!("`{}` takes one number, not an estimate", self.key),
            );
            problem.cure = match estimate.currency() {
                Some(_) if matches!(estimate.law, Law::Constant(_)) => {
                    format!("write it in {}: what another currency is worth is not sure", own.word())
                }
                _ => format!("write {}; to vary it, sweep it", measure.example_in(own)),
            };
        }
        constant
    }
}

/// A default of ours, with the sentence that says why.
pub(super) fn assumed(path: String, measure: &Measure<'_>, law: Law, why: &str) -> Estimate {
    Estimate {
        path,
        law,
        draw: Draw::Own,
        unit: measure.unit,
        basis: Basis::Assumed,
        source: why.to_owned(),
        written: String::new(),
        listed: None,
        exchange: None,
        before: None,
    }
}

/// Fills the place of an estimate that was refused; the reading fails, and no scenario with it leaves this floor.
pub(super) fn stand_in(measure: &Measure<'_>) -> Estimate {
    assumed(String::new(), measure, Law::Constant(1.0), "")
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use toml::de::DeTable;

    use super::*;
    use crate::diag::SourceFile;
    use crate::scenario::keys;

    /// The law of `x` in a file of one line, or the codes of what is wrong with it.
    fn law(measure: &Measure<'_>, cap: Option<f64>, line: &str) -> Result<Law, Vec<&'static str>> {
        let text = format!("x = {line}\n");
        let mut notes = Notes::new(Arc::new(SourceFile::new("x".into(), text.clone())));
        let (document, errors) = DeTable::parse_recoverable(&text);
        assert!(errors.is_empty(), "{text}");
        let mut table = Table::root(&document, &mut notes);
        let estimate = table.take("x").expect("the line has it").estimate_capped(measure, cap, &mut notes);
        let codes: Vec<&str> = notes.take_problems().iter().map(|problem| problem.code).collect();
        match estimate {
            Some(estimate) if codes.is_empty() => Ok(estimate.law),
            _ => Err(codes),
        }
    }

    /// The laws' own closed forms are tested beside them; here a quantile must only come back as written.
    const AS_WRITTEN: f64 = 1e-9;

    #[test]
    fn what_is_written_comes_back_as_quantiles_in_the_canonical_unit() {
        type Case = (Measure<'static>, &'static str, &'static [(f64, f64)]);
        let cases: [Case; 16] = [
            (keys::WORK, "\"20 .. 60 hours / month\"", &[(0.05, 20.0), (0.95, 60.0), (0.5, 34.641_016_151_377_55)]),
            (keys::SHARE, "\"10 .. 40 %\"", &[(0.05, 0.1), (0.95, 0.4)]),
            (keys::SHARE, "{ p10 = 10, p90 = 40, unit = \"%\" }", &[(0.1, 0.1), (0.9, 0.4)]),
            (keys::GROWTH, "\"-1 .. 1 % / month\"", &[(0.05, -0.01), (0.5, 0.0), (0.95, 0.01)]),
            (
                keys::GROWTH,
                "{ p10 = 0.5, p50 = 1.5, p90 = 3, unit = \"% / month\" }",
                &[(0.1, 0.005), (0.5, 0.015), (0.9, 0.03)],
            ),
            (keys::REFOCUS, "\"20 min .. 2 hours\"", &[(0.05, 1.0 / 3.0), (0.95, 2.0)]),
            (keys::PRICE, "\"$0.10 .. $0.20 / hour\"", &[(0.05, 73.0), (0.95, 146.0)]),
            (keys::EFFORT, "{ low = 10, mode = 20, high = 60, unit = \"engineer-days\" }", &[(0.0, 2.0), (1.0, 12.0)]),
            (keys::COUNT, "{ values = [3, 1], weights = [1, 3] }", &[(0.7, 1.0), (0.8, 3.0)]),
            (keys::COUNT, "{ dist = \"triangular\", low = 0, mode = 2, high = 4 }", &[(0.5, 2.0)]),
            (keys::COUNT, "{ dist = \"lognormal\", mu = 0, sigma = 1 }", &[(0.5, 1.0)]),
            (keys::COUNT, "{ dist = \"lognormal\", p10 = 2, p90 = 8 }", &[(0.1, 2.0), (0.5, 4.0)]),
            (keys::REFOCUS, "{ dist = \"uniform\", low = 30, high = 90, unit = \"min\" }", &[(0.0, 0.5), (0.5, 1.0)]),
            (keys::SHARE, "{ dist = \"beta\", alpha = 2, beta = 2 }", &[(0.0, 0.0), (0.5, 0.5)]),
            (keys::SHARE, "{ dist = \"logitnormal\", mu = 0, sigma = 1, unit = \"%\" }", &[(0.5, 0.5)]),
            (keys::TIMES, "{ value = \"1 .. 4 times\", max = 4 }", &[(1.0, 4.0)]), // cut where it says
        ];
        for (measure, line, quantiles) in cases {
            let law = law(&measure, None, line).unwrap_or_else(|codes| panic!("{line}: {codes:?}"));
            for &(p, wanted) in quantiles {
                let found = law.quantile(p);
                assert!(
                    (found - wanted).abs() <= AS_WRITTEN * wanted.abs().max(1.0),
                    "{line} at {p}: {found}, not {wanted}"
                );
            }
        }
    }

    #[test]
    fn constants_keep_every_bit_of_what_is_written() {
        let cases = [
            (keys::SHARE, "\"14 %\"", 0.14),
            (keys::SHARE, "{ value = 7, unit = \"%\", min = 1 }", 0.07),
            (keys::PRICE, "\"$1,200 / year\"", 100.0),
            (keys::COUNT, "0x10", 16.0),
            (keys::COUNT, "1_000", 1000.0),
            (keys::MONTH_NUMBER, "\"month 3\"", 3.0),
        ];
        for (measure, line, wanted) in cases {
            assert_eq!(law(&measure, None, line), Ok(Law::Constant(wanted)), "{line}");
        }
    }

    #[test]
    fn growth_ends_at_its_cap_unless_it_says_how_far_it_goes() {
        let cap = Some(0.15);
        let capped = law(&keys::GROWTH, cap, "\"1 .. 8 % / month\"").expect("little of it lies above");
        assert!((capped.quantile(1.0) - 0.15).abs() < 1e-12);
        assert_eq!(law(&keys::GROWTH, cap, "\"6 .. 15 % / month\""), Err(vec!["E013"]));
        assert_eq!(law(&keys::GROWTH, cap, "\"16 % / month\""), Err(vec!["E013"]));
        let stated = law(&keys::GROWTH, cap, "{ value = \"6 .. 15 % / month\", max = 25 }").expect("it says");
        assert!((stated.quantile(1.0) - 0.25).abs() < 1e-12);
        let constant = law(&keys::GROWTH, cap, "{ value = \"16 % / month\", max = 20 }");
        assert_eq!(constant, Ok(Law::Constant(0.16)));
    }

    #[test]
    fn a_law_outside_the_range_of_its_key_is_cut_or_refused() {
        let cut = law(&keys::COUNT, None, "{ dist = \"normal\", mean = 3, sd = 1 }").expect("0.1 % lies below 0");
        assert_eq!(cut.quantile(0.0), 0.0);
        let cases = [
            (keys::COUNT, "\"0 .. 20\"", "E012"),
            (keys::SHARE, "\"0 .. 20 %\"", "E011"), // a logit has no zero
            (keys::COUNT, "{ dist = \"normal\", mean = 3, sd = 2 }", "E012"),
            (keys::COUNT, "{ dist = \"lognormal\", mu = 0, sigma = 1e3 }", "E011"),
            (keys::COUNT, "{ value = \"1 .. 2\", min = 50 }", "E011"),
            (keys::COUNT, "{ value = \"1 .. 2\", min = 3, max = 2 }", "E011"),
            (keys::COUNT, "{ value = 5, max = 4 }", "E014"),
            (keys::PEAK, "{ values = [0.5, 2], weights = [1, 1] }", "E012"),
            (keys::PRICE, "\"$1e308 / hour\"", "E014"), // a year of it is no number
        ];
        for (measure, line, code) in cases {
            assert_eq!(law(&measure, None, line), Err(vec![code]), "{line}");
        }
    }
}
