//! An estimate as a table: a plain form with something said about it, quantiles, three points, values with weights, or a
//! law by name.

use std::ops::Range;

use toml::de::DeValue;

use super::form::{Shape, Stated, factor, number, numbers_of, unit_factor, written};
use super::{mix, rows, same_as};
use crate::math::law::Law;
use crate::model::Draw;
use crate::scenario::measure::{Factor, Measure};
use crate::scenario::quantity::Unit;
use crate::scenario::table::{Elsewhere, Table};
use crate::scenario::walk::Takes;
use crate::scenario::{code, notes::Notes};

/// Keys of every form, for saying that one belongs to another form.
const KEYS: Elsewhere = Elsewhere {
    keys: &[
        "value", "unit", "low", "mode", "high", "dist", "mean", "sd", "mu", "sigma", "alpha", "beta", "shape", "scale",
        "values", "weights", "mix", "same_as", "times", "file", "column", "min", "max",
    ],
    owner: |key| match key {
        "low" | "mode" | "high" => "{ low, mode, high } and some laws by name",
        "values" => "{ values, weights }",
        "weights" => "{ values, weights } and { mix, weights }",
        "value" => "{ value }, a number or a range in quotes",
        "mix" => "{ mix, weights }",
        "same_as" | "times" => "{ same_as, times }",
        "file" | "column" => "{ file, column, unit }",
        "min" | "max" => "an estimate with a draw of its own",
        "unit" => "a form that has numbers of its own",
        _ => "a law by name, { dist = … }",
    },
};

/// A table while it is read as an estimate.
struct Form<'t, 'a, 'm> {
    table: &'t mut Table<'a>,
    key: &'t str,
    measure: &'m Measure<'m>,
    factor: Factor,
}

pub(super) fn from_table(
    mut table: Table<'_>,
    key: &str,
    (measure, cap): (&Measure<'_>, Option<f64>),
    notes: &mut Notes,
) -> Option<Stated> {
    let evidence = table.evidence.clone();
    let drawn =
        |(shape, draw)| Stated { shape, factor: Factor::ONE, min: None, max: None, draw, evidence: evidence.clone() };
    if table.has("same_as") {
        let stated = same_as::read(&mut table, measure, cap, notes).map(drawn);
        table.finish_among(&KEYS, notes);
        return stated;
    }
    if table.has("file") || table.has("column") {
        let factor = table_factor(&mut table, key, measure, notes);
        let stated = rows::read(&mut table, factor, measure, cap, notes).map(drawn);
        table.finish_among(&KEYS, notes);
        return stated;
    }
    let (shape, factor) = if table.has("mix") {
        let has_bounds = ["unit", "min", "max"].iter().any(|key| table.has(key));
        let factor = if has_bounds { table_factor(&mut table, key, measure, notes) } else { Some(Factor::ONE) };
        (mix::read(&mut table, measure, cap, notes), factor)
    } else if table.has("value") {
        value_form(&mut table, measure, notes)
    } else {
        let factor = table_factor(&mut table, key, measure, notes);
        let mut form = Form { table: &mut table, key, measure, factor: factor.unwrap_or(Factor::ONE) };
        (form.shape(notes), factor)
    };
    let mut bound = |key| {
        let field = table.take(key)?;
        notes.takes(&field.path, || Takes::Plain);
        Some(factor?.apply(number(&field, notes)?))
    };
    let (min, max) = (bound("min"), bound("max"));
    table.finish_among(&KEYS, notes);
    Some(Stated { shape: shape?, factor: factor?, min, max, draw: Draw::Own, evidence })
}

/// `{ value = "20 .. 60 hours / month", source = "…" }`: any plain form, with something said about it.
fn value_form(table: &mut Table<'_>, measure: &Measure<'_>, notes: &mut Notes) -> (Option<Shape>, Option<Factor>) {
    let Some(field) = table.take("value") else {
        return (None, None);
    };
    notes.takes(&field.path, || Takes::Value);
    if let DeValue::String(text) = field.value {
        return written(text, &field, measure, notes).unzip();
    }
    let factor = table_factor(table, field.key, measure, notes);
    let shape = number(&field, notes).map(Shape::Constant);
    (shape, factor)
}

fn table_factor(table: &mut Table<'_>, key: &str, measure: &Measure<'_>, notes: &mut Notes) -> Option<Factor> {
    let Some((text, span)) = table.spanned_text("unit", notes) else {
        let span = table.span.clone();
        return factor(&Unit::default(), &span, key, measure, notes);
    };
    notes.takes(&table.path_of("unit"), || Takes::Unit);
    unit_factor(&text, &span, key, measure, notes)
}

impl Form<'_, '_, '_> {
    fn shape(&mut self, notes: &mut Notes) -> Option<Shape> {
        if let Some((dist, span)) = self.table.spanned_text("dist", notes) {
            return self.named(&dist, &span, notes);
        }
        if self.table.has("values") {
            let (values, weights) = (self.list("values", notes), self.list("weights", notes));
            return Some(Shape::Built(Law::discrete(&values?, &weights?)));
        }
        if self.table.has("mode") {
            let (low, mode, high) = (self.raw("low", notes), self.raw("mode", notes), self.raw("high", notes));
            return Some(Shape::Built(Law::pert(low?, mode?, high?)));
        }
        let quantiles = self.quantiles(notes)?;
        if quantiles.len() >= 2 {
            return Some(Shape::Quantiles(quantiles));
        }
        let (message, span) = (format!("`{}` does not say what is known of it", self.key), self.table.span.clone());
        notes.error(code::ESTIMATE_FORM, &span, message).cure =
            "write { value }, two or more of { p10, p50, p90 }, { low, mode, high }, { values, weights }, { dist }, { mix }, { same_as } or { file }"
                .into();
        None
    }

    /// Every key of the shape p5, p50, p95, in order.
    fn quantiles(&mut self, notes: &mut Notes) -> Option<Vec<(f64, f64)>> {
        let mut found = Vec::new();
        let mut all_good = true;
        for field in self.table.fields() {
            let digits = |rest: &&str| (1..=2).contains(&rest.len()) && rest.bytes().all(|b| b.is_ascii_digit());
            let percent = field.key.strip_prefix('p').filter(digits).and_then(|rest| rest.parse::<u8>().ok());
            let Some(percent) = percent else { continue };
            self.table.take(field.key);
            if percent == 0 {
                let message = format!("`{}` is no quantile", field.key);
                notes.error(code::ESTIMATE_FORM, &field.key_span, message).cure =
                    "p1 to p99; a least value is `min`".into();
                all_good = false;
                continue;
            }
            notes.takes(&field.path, || Takes::Plain);
            match number(&field, notes) {
                Some(value) => found.push((f64::from(percent) / 100.0, value)),
                None => all_good = false,
            }
        }
        found.sort_by(|a, b| a.0.total_cmp(&b.0));
        all_good.then_some(found)
    }

    /// A law by name and parameters, or by name and two quantiles.
    fn named(&mut self, dist: &str, span: &Range<usize>, notes: &mut Notes) -> Option<Shape> {
        const NAMES: [&str; 9] =
            ["normal", "lognormal", "logitnormal", "beta", "gamma", "weibull", "uniform", "triangular", "pert"];
        notes.takes(&self.table.path_of("dist"), || Takes::Words(&NAMES));
        let Some(name) = NAMES.into_iter().find(|name| *name == dist) else {
            let problem = notes.error(code::UNKNOWN_WORD, span, format!("there is no law \"{dist}\""));
            problem.cure = format!("it is one of {}", NAMES.join(", "));
            // What else the table says cannot be judged without its law.
            KEYS.keys.iter().for_each(|key| drop(self.table.take(key)));
            return None;
        };
        if matches!(name, "normal" | "lognormal" | "logitnormal" | "gamma" | "weibull") {
            let quantiles = self.quantiles(notes)?;
            if !quantiles.is_empty() {
                return Some(Shape::QuantilesOf(name, quantiles));
            }
        }
        let mut all = |keys: &[&'static str]| -> Option<Vec<f64>> {
            let numbers: Vec<Option<f64>> = keys.iter().map(|key| self.raw(key, notes)).collect();
            numbers.into_iter().collect()
        };
        Some(Shape::Built(match name {
            "normal" => all(&["mean", "sd"]).map(|x| Law::normal(x[0], x[1]))?,
            "lognormal" => all(&["mu", "sigma"]).map(|x| Law::lognormal(x[0], x[1]))?,
            "gamma" => all(&["shape", "scale"]).map(|x| Law::gamma(x[0], x[1]))?,
            "weibull" => all(&["shape", "scale"]).map(|x| Law::weibull(x[0], x[1]))?,
            "uniform" => all(&["low", "high"]).map(|x| Law::uniform(x[0], x[1]))?,
            "pert" => all(&["low", "mode", "high"]).map(|x| Law::pert(x[0], x[1], x[2]))?,
            "triangular" => all(&["low", "mode", "high"]).map(|x| Law::triangular(x[0], x[1], x[2]))?,
            "beta" => {
                let (shapes, ends) = (all(&["alpha", "beta"]), self.ends(notes));
                shapes.zip(ends).map(|(x, (low, high))| Law::beta(x[0], x[1], low, high))?
            }
            _ => {
                let (logit, ends) = (all(&["mu", "sigma"]), self.ends(notes));
                logit.zip(ends).map(|(x, (low, high))| Law::logitnormal(x[0], x[1], low, high))?
            }
        }))
    }

    /// Ends of a law between two, as written: those stated, else those of a share.
    fn ends(&mut self, notes: &mut Notes) -> Option<(f64, f64)> {
        if self.measure.is_share() && !self.table.has("low") && !self.table.has("high") {
            let factor = self.factor.get();
            return Some((self.measure.low / factor, self.measure.high / factor));
        }
        self.raw("low", notes).zip(self.raw("high", notes))
    }

    fn raw(&mut self, key: &'static str, notes: &mut Notes) -> Option<f64> {
        let field = self.table.need(key, "a number", notes)?;
        notes.takes(&field.path, || Takes::Plain);
        number(&field, notes)
    }

    fn list(&mut self, key: &'static str, notes: &mut Notes) -> Option<Vec<f64>> {
        self.table.need(key, "[ … ]", notes)?;
        numbers_of(self.table, key, notes)?
    }
}
