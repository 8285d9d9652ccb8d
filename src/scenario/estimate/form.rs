//! The forms in which an estimate is written.

use std::ops::Range;

use toml::de::DeValue;

use crate::math::law::Law;
use crate::scenario::evidence::Evidence;
use crate::scenario::measure::{Factor, Measure};
use crate::scenario::quantity::{self, End, Refusal, Unit};
use crate::scenario::table::{Elsewhere, Field, Table, wrong_type};
use crate::scenario::{code, notes::Notes};

/// An estimate as stated.
#[derive(Debug, Clone)]
pub(super) struct Stated {
    /// What is said of it, in the unit it is written in: refusals show the numbers that the file shows.
    pub(super) shape: Shape,
    /// From that unit to the key's canonical one.
    pub(super) factor: Factor,
    /// Bounds stated by the file, in the canonical unit.
    pub(super) min: Option<f64>,
    pub(super) max: Option<f64>,
    pub(super) evidence: Evidence,
}

/// What is stated of a number.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shape {
    /// One number.
    Constant(f64),
    /// P5 and P95.
    Interval {
        low: f64,
        high: f64,
    },
    /// Two or more quantiles, by share.
    Quantiles(Vec<(f64, f64)>),
    /// Two quantiles of a named law.
    QuantilesOf(&'static str, Vec<(f64, f64)>),
    /// Least, likeliest, greatest.
    Pert {
        low: f64,
        mode: f64,
        high: f64,
    },
    Triangular {
        low: f64,
        mode: f64,
        high: f64,
    },
    Beta {
        alpha: f64,
        beta: f64,
        low: f64,
        high: f64,
    },
    /// A law by its own parameters.
    Named(Law),
    /// Values with weights.
    Discrete {
        values: Vec<f64>,
        weights: Vec<f64>,
    },
}

/// Keys of every form, for saying that one belongs to another form.
const KEYS: Elsewhere = Elsewhere {
    keys: &[
        "value", "unit", "low", "mode", "high", "dist", "mean", "sd", "mu", "sigma", "alpha", "beta", "shape", "scale",
        "values", "weights",
    ],
    owner: |key| match key {
        "low" | "mode" | "high" => "{ low, mode, high } and some laws by name",
        "values" | "weights" => "{ values, weights }",
        "value" => "{ value }, a number or a range in quotes",
        _ => "a law by name, { dist = … }",
    },
};

/// Reads whatever form a field holds.
pub(super) fn read(field: &Field<'_>, measure: &Measure<'_>, notes: &mut Notes) -> Option<Stated> {
    let plain = |(shape, factor)| Stated { shape, factor, min: None, max: None, evidence: field.evidence.clone() };
    match field.value {
        DeValue::Integer(_) | DeValue::Float(_) => {
            let value = number(field, notes)?;
            let factor = factor(&Unit::default(), &field.span, field.key, measure, notes)?;
            Some(plain((Shape::Constant(value), factor)))
        }
        DeValue::String(text) => Some(plain(written(text, field, measure, notes)?)),
        DeValue::Table(_) => from_table(Table::open(field, notes)?, field.key, measure, notes),
        _ => {
            wrong_type(field, &format!("{}: {}", measure.what, measure.example), notes);
            None
        }
    }
}

/// A plain number in a unit stated elsewhere.
pub(super) fn plain_in(
    field: &Field<'_>,
    unit: &str,
    unit_span: &Range<usize>,
    measure: &Measure<'_>,
    notes: &mut Notes,
) -> Option<Stated> {
    let value = number(field, notes)?;
    let factor = unit_factor(unit, unit_span, field.key, measure, notes)?;
    Some(Stated { shape: Shape::Constant(value), factor, min: None, max: None, evidence: field.evidence.clone() })
}

/// A quantity in quotes, in its last unit, and the factor of that.
fn written(text: &str, field: &Field<'_>, measure: &Measure<'_>, notes: &mut Notes) -> Option<(Shape, Factor)> {
    let quantity = match quantity::parse(text) {
        Ok(quantity) => quantity,
        Err(refusal) => {
            refuse(field.key, text, &field.span, &refusal, notes);
            return None;
        }
    };
    let names_a_month = matches!(measure.dimension, crate::scenario::measure::Dimension::MonthNumber);
    if quantity.numbers_a_month && !names_a_month {
        let message = format!("`{}` is the number of a month; wanted {}", field.key, measure.what);
        notes.error(code::UNIT, &field.span, message).cure = format!("write it like {}", measure.example);
        return None;
    }
    let mut factor_of = |end: &End| factor(&end.unit, &field.span, field.key, measure, notes);
    let first_factor = factor_of(&quantity.first)?;
    let Some(last) = &quantity.last else {
        return Some((Shape::Constant(quantity.first.value), first_factor));
    };
    let factor = factor_of(last)?;
    // 20 min .. 2 hours: the first end in the unit of the last.
    let first = if first_factor == factor {
        quantity.first.value
    } else {
        first_factor.apply(quantity.first.value) / factor.get()
    };
    let last = last.value;
    if first >= last {
        let message = format!("`{}` begins at its greater end", field.key);
        notes.error(code::NO_SUCH_LAW, &field.span, message).cure =
            "write the lower end first; for one sure number, write it alone".into();
        return None;
    }
    Some((Shape::Interval { low: first, high: last }, factor))
}

fn refuse(key: &str, text: &str, span: &Range<usize>, refusal: &Refusal, notes: &mut Notes) {
    // A text without escapes stands in the file as it is, between its quotes: the caret can be exact.
    let exact =
        notes.text(span).get(1..).is_some_and(|inside| inside.starts_with(text) && inside.len() == text.len() + 1);
    let at = if exact { span.start + 1 + refusal.at.start..span.start + 1 + refusal.at.end } else { span.clone() };
    notes.error(code::QUANTITY, &at, format!("`{key}`: {}", refusal.message)).cure.clone_from(&refusal.cure);
}

/// The factor from a unit to the key's canonical one.
fn factor(unit: &Unit, span: &Range<usize>, key: &str, measure: &Measure<'_>, notes: &mut Notes) -> Option<Factor> {
    let factor = measure.factor(unit);
    if factor.is_none() {
        let found = if unit.is_empty() { "has no unit".to_owned() } else { format!("is in \"{}\"", unit.shown()) };
        let problem = notes.error(code::UNIT, span, format!("`{key}` {found}; it is {}", measure.what));
        problem.cure = format!("write it like {}", measure.example);
    }
    factor
}

/// A plain number, finite.
fn number(field: &Field<'_>, notes: &mut Notes) -> Option<f64> {
    let value = match field.value {
        DeValue::Integer(text) if text.radix() == 10 => text.as_str().parse().ok(),
        #[allow(clippy::cast_precision_loss, reason = "a count beyond 2^53 is no estimate")]
        DeValue::Integer(text) => u64::from_str_radix(text.as_str(), text.radix()).ok().map(|value| value as f64),
        DeValue::Float(text) => text.as_str().parse::<f64>().ok(),
        _ => {
            wrong_type(field, "a number; the unit stands in `unit`", notes);
            return None;
        }
    };
    let finite = value.filter(|value| value.is_finite());
    if finite.is_none() {
        let message = format!("`{}` is {}, which is no finite number", field.key, notes.text(&field.span));
        notes.error(code::OUT_OF_RANGE, &field.span, message).cure = "write a number".into();
    }
    finite
}

/// A table while it is read as an estimate.
struct Form<'t, 'a, 'm> {
    table: &'t mut Table<'a>,
    key: &'t str,
    measure: &'m Measure<'m>,
    factor: Factor,
}

fn from_table(mut table: Table<'_>, key: &str, measure: &Measure<'_>, notes: &mut Notes) -> Option<Stated> {
    let evidence = table.evidence.clone();
    let (shape, factor) = if table.is_excused() {
        KEYS.keys.iter().for_each(|key| drop(table.take(key)));
        (None, None)
    } else if table.has("value") {
        value_form(&mut table, measure, notes)
    } else {
        let factor = table_factor(&mut table, key, measure, notes);
        let mut form = Form { table: &mut table, key, measure, factor: factor.unwrap_or(Factor::ONE) };
        (form.shape(notes), factor)
    };
    let mut bound = |key| {
        let field = table.take(key)?;
        Some(factor?.apply(number(&field, notes)?))
    };
    let (min, max) = (bound("min"), bound("max"));
    table.finish_among(&KEYS, &[], notes);
    Some(Stated { shape: shape?, factor: factor?, min, max, evidence })
}

/// `{ value = "20 .. 60 hours / month", source = "…" }`: any plain form, with something said about it.
fn value_form(table: &mut Table<'_>, measure: &Measure<'_>, notes: &mut Notes) -> (Option<Shape>, Option<Factor>) {
    let Some(field) = table.take("value") else {
        return (None, None);
    };
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
    unit_factor(&text, &span, key, measure, notes)
}

fn unit_factor(text: &str, span: &Range<usize>, key: &str, measure: &Measure<'_>, notes: &mut Notes) -> Option<Factor> {
    match quantity::parse_unit(text) {
        Ok(unit) => factor(&unit, span, key, measure, notes),
        Err(refusal) => {
            refuse("unit", text, span, &refusal, notes);
            None
        }
    }
}

impl Form<'_, '_, '_> {
    fn shape(&mut self, notes: &mut Notes) -> Option<Shape> {
        if let Some((dist, span)) = self.table.spanned_text("dist", notes) {
            return self.named(&dist, &span, notes);
        }
        if self.table.has("values") {
            let values = self.list("values", notes)?;
            let weights = self.list("weights", notes)?;
            return Some(Shape::Discrete { values, weights });
        }
        if self.table.has("mode") {
            let (low, mode, high) = (self.raw("low", notes), self.raw("mode", notes), self.raw("high", notes));
            return Some(Shape::Pert { low: low?, mode: mode?, high: high? });
        }
        let quantiles = self.quantiles(notes)?;
        if quantiles.len() >= 2 {
            return Some(Shape::Quantiles(quantiles));
        }
        let (message, span) = (format!("`{}` does not say what is known of it", self.key), self.table.span.clone());
        notes.error(code::ESTIMATE_FORM, &span, message).cure =
            "write { value }, two or more of { p10, p50, p90 }, { low, mode, high }, { values, weights } or { dist }"
                .into();
        None
    }

    /// Every key of the shape p5, p50, p95, in order.
    fn quantiles(&mut self, notes: &mut Notes) -> Option<Vec<(f64, f64)>> {
        let mut found = Vec::new();
        let mut all_good = true;
        for field in self.table.fields() {
            let Some(percent) =
                field.key.strip_prefix('p').filter(|rest| rest.len() <= 2).and_then(|r| r.parse::<u8>().ok())
            else {
                continue;
            };
            self.table.take(field.key);
            if percent == 0 {
                let message = format!("`{}` is no quantile", field.key);
                notes.error(code::ESTIMATE_FORM, &field.key_span, message).cure =
                    "p1 to p99; a least value is `min`".into();
                all_good = false;
                continue;
            }
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
        let named = |law| Some(Shape::Named(law));
        match dist {
            "normal" | "lognormal" | "logitnormal" => {
                let (name, keys) = match dist {
                    "normal" => ("normal", ["mean", "sd"]),
                    "lognormal" => ("lognormal", ["mu", "sigma"]),
                    _ => ("logitnormal", ["mu", "sigma"]),
                };
                let quantiles = self.quantiles(notes)?;
                if !quantiles.is_empty() {
                    return Some(Shape::QuantilesOf(name, quantiles));
                }
                let (a, b) = (self.raw(keys[0], notes), self.raw(keys[1], notes));
                let (a, b) = (a?, self.positive(keys[1], b?, notes)?);
                match dist {
                    "normal" => named(Law::Normal { mean: a, sd: b }),
                    "lognormal" => named(Law::LogNormal { mu: a, sigma: b }),
                    _ => {
                        let (low, high) = self.ends(notes)?;
                        named(Law::LogitNormal { mu: a, sigma: b, low, high })
                    }
                }
            }
            "gamma" | "weibull" => {
                let (shape, scale) = (self.raw("shape", notes), self.raw("scale", notes));
                let (shape, scale) = (self.positive("shape", shape?, notes)?, self.positive("scale", scale?, notes)?);
                named(if dist == "gamma" { Law::Gamma { shape, scale } } else { Law::Weibull { shape, scale } })
            }
            "beta" => {
                let (alpha, beta, ends) = (self.raw("alpha", notes), self.raw("beta", notes), self.ends(notes));
                let (low, high) = ends?;
                Some(Shape::Beta { alpha: alpha?, beta: beta?, low, high })
            }
            "uniform" => {
                let (low, high) = (self.raw("low", notes), self.raw("high", notes));
                let (low, high) = (low?, high?);
                if low >= high {
                    let message = format!("`{}` begins at its greater end", self.key);
                    notes.error(code::NO_SUCH_LAW, span, message).cure = "`low` is below `high`".into();
                    return None;
                }
                named(Law::Uniform { low, high })
            }
            "pert" | "triangular" => {
                let (low, mode, high) = (self.raw("low", notes), self.raw("mode", notes), self.raw("high", notes));
                let (low, mode, high) = (low?, mode?, high?);
                Some(if dist == "pert" {
                    Shape::Pert { low, mode, high }
                } else {
                    Shape::Triangular { low, mode, high }
                })
            }
            _ => {
                const NAMES: [&str; 9] =
                    ["normal", "lognormal", "logitnormal", "beta", "gamma", "weibull", "uniform", "triangular", "pert"];
                let problem = notes.error(code::UNKNOWN_WORD, span, format!("there is no law \"{dist}\""));
                problem.cure = format!("it is one of {}", NAMES.join(", "));
                for key in KEYS.keys {
                    self.table.take(key); // what else the table says cannot be judged without its law
                }
                None
            }
        }
    }

    /// Ends of a law between two, as written: those stated, else the key's own.
    fn ends(&mut self, notes: &mut Notes) -> Option<(f64, f64)> {
        if self.measure.is_share() && !self.table.has("low") && !self.table.has("high") {
            let per_unit = self.factor.get();
            return Some((self.measure.low / per_unit, self.measure.high / per_unit));
        }
        let (low, high) = (self.raw("low", notes), self.raw("high", notes));
        let (low, high) = (low?, high?);
        if low >= high {
            let (span, message) = (self.table.span.clone(), format!("`{}` begins at its greater end", self.key));
            notes.error(code::NO_SUCH_LAW, &span, message).cure = "`low` is below `high`".into();
            return None;
        }
        Some((low, high))
    }

    fn raw(&mut self, key: &'static str, notes: &mut Notes) -> Option<f64> {
        let field = self.table.need(key, "a number", notes)?;
        number(&field, notes)
    }

    fn positive(&mut self, key: &str, value: f64, notes: &mut Notes) -> Option<f64> {
        if value >= f64::MIN_POSITIVE {
            return Some(value);
        }
        let span = self.table.span.clone();
        notes.error(code::NO_SUCH_LAW, &span, format!("`{key}` is {value}; it is above 0")).cure =
            "for one sure number, write it alone".into();
        None
    }

    fn list(&mut self, key: &'static str, notes: &mut Notes) -> Option<Vec<f64>> {
        let field = self.table.need(key, "[ … ]", notes)?;
        let DeValue::Array(items) = field.value else {
            wrong_type(&field, "a list of numbers", notes);
            return None;
        };
        let read = items.iter().map(|item| {
            let element = Field {
                key: field.key,
                key_span: item.span(),
                value: item.get_ref(),
                span: item.span(),
                path: field.path.clone(),
                evidence: Evidence::default(),
            };
            number(&element, notes)
        });
        let numbers: Vec<Option<f64>> = read.collect();
        numbers.into_iter().collect()
    }
}
