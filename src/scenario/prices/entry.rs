use std::collections::BTreeMap;

use toml::de::DeValue;

use super::super::notes::Notes;
use super::super::table::{Field, Table, nearest, wrong_type};
use super::super::{code, token};
use crate::model::price::{
    AsOf, Confidence, Fact, Ladder, Limit, Origin, PlanStep, PriceBook, Provenance, Sells, Sku, Unit,
};

/// What a table says of where its figures come from; what it leaves open is said above it.
#[derive(Debug, Clone, Default)]
struct Partial {
    as_of: Option<AsOf>,
    source: Option<String>,
    confidence: Option<Confidence>,
    sells: Option<Sells>,
}

impl Partial {
    fn read(table: &mut Table<'_>, notes: &mut Notes) -> Self {
        Self {
            as_of: as_of(table, notes),
            source: table.text("source", notes),
            confidence: word(table, "confidence", &Confidence::ALL, Confidence::name, notes),
            sells: word(table, "sells", &Sells::ALL, Sells::name, notes),
        }
    }

    fn or(self, other: &Self) -> Self {
        Self {
            as_of: self.as_of.or(other.as_of),
            source: self.source.or_else(|| other.source.clone()),
            confidence: self.confidence.or(other.confidence),
            sells: self.sells.or(other.sells),
        }
    }
}

fn as_of(table: &mut Table<'_>, notes: &mut Notes) -> Option<AsOf> {
    let (text, span) = table.spanned_text("as_of", notes)?;
    let day = AsOf::parse(&text);
    if day.is_none() {
        // What is refused was said: the file fails for this, and not for want of a date too.
        let problem = notes.error(code::DATE, &span, format!("`as_of` is `{text}`"));
        problem.cure = "write \"2026-11-20\", \"2026-11\", \"2026\" or \"undated\"".into();
    }
    day.or(Some(AsOf::Undated))
}

/// One of a few words.
fn word<T: Copy>(
    table: &mut Table<'_>,
    key: &'static str,
    all: &[T],
    name: fn(T) -> &'static str,
    notes: &mut Notes,
) -> Option<T> {
    let (text, span) = table.spanned_text(key, notes)?;
    let found = all.iter().copied().find(|one| name(*one) == text);
    if found.is_none() {
        let names: Vec<&str> = all.iter().map(|one| name(*one)).collect();
        notes.error(code::UNKNOWN_WORD, &span, format!("`{text}` is not a word for `{key}`")).cure =
            format!("write {}", names.join(", "));
    }
    found.or_else(|| all.first().copied())
}

/// The sources of a file, and what its head says of all.
pub(super) struct Sources {
    head: Partial,
    named: BTreeMap<String, Partial>,
}

impl Sources {
    pub(super) fn read(root: &mut Table<'_>, notes: &mut Notes) -> Self {
        let head = Partial::read(root, notes);
        let mut named = BTreeMap::new();
        for (name, mut table) in root.named("sources", "source", notes) {
            let partial = Partial::read(&mut table, notes);
            table.finish(notes);
            named.insert(name, partial);
        }
        Self { head, named }
    }
}

/// Reads the lines of one file.
pub(super) struct Reader<'o> {
    pub(super) sources: Sources,
    pub(super) origin: &'o Origin,
    /// Prices of the file that were refused: a plan that names one is not at fault.
    pub(super) refused: Vec<String>,
}

impl Reader<'_> {
    /// A line of `[prices]`.
    pub(super) fn sku(&self, field: &Field<'_>, book: &PriceBook, notes: &mut Notes) -> Option<Sku> {
        let taken = book.sku(field.key);
        let mut table = self.open(field, taken.is_some(), notes)?;
        let price = price(&mut table, notes);
        let has = limits(&mut table, notes);
        let note = table.text("note", notes);
        let provenance = self.provenance(&mut table, notes);
        table.finish(notes);
        let (price_usd, unit) = price?;
        Some(Sku {
            name: field.key.to_owned(),
            price_usd,
            unit,
            has: has.or_else(|| taken.map(|sku| sku.has.clone())).unwrap_or_default(),
            provenance: provenance?,
            note: note.unwrap_or_default(),
            origin: self.origin.clone(),
        })
    }

    /// A line of `[facts]`.
    pub(super) fn fact(&self, field: &Field<'_>, book: &PriceBook, notes: &mut Notes) -> Option<Fact> {
        let mut table = self.open(field, book.fact(field.key).is_some(), notes)?;
        let says = table.need("says", "\"34 % off\"", notes).and_then(|says| says.text(notes));
        let note = table.text("note", notes).unwrap_or_default();
        let provenance = self.provenance(&mut table, notes);
        table.finish(notes);
        Some(Fact {
            name: field.key.to_owned(),
            says: says?,
            provenance: provenance?,
            note,
            origin: self.origin.clone(),
        })
    }

    /// A line of `[ladders]`.
    pub(super) fn ladder(&self, field: &Field<'_>, book: &PriceBook, notes: &mut Notes) -> Option<Ladder> {
        let mut table = self.open(field, book.ladder(field.key).is_some(), notes)?;
        let note = table.text("note", notes).unwrap_or_default();
        let plans = table.need("plans", "[\"heroku.postgres.premium-0\", …]", notes);
        table.finish(notes);
        let plans = plans?;
        let DeValue::Array(names) = plans.value else {
            wrong_type(&plans, "a list of names of prices", notes);
            return None;
        };
        let mut steps: Vec<PlanStep> = Vec::new();
        for name in names {
            let step = match name.get_ref() {
                DeValue::String(text) => plan(text, &name.span(), (book, &self.refused), notes),
                _ => {
                    notes.error(code::WRONG_TYPE, &name.span(), "a plan is the name of a price").cure =
                        "write it in quotes".into();
                    None
                }
            }?;
            if let Some(first) = steps.first() {
                let (had, has): (Vec<_>, Vec<_>) = (first.limits.keys().collect(), step.limits.keys().collect());
                if had != has {
                    let message = format!("`{}` has other limits than `{}`", step.sku, first.sku);
                    notes.error(code::MISSING, &name.span(), message).cure =
                        "every plan of a ladder states the same ones in `has`".into();
                }
            }
            steps.push(step);
        }
        if steps.is_empty() {
            notes.error(code::MISSING, &plans.span, format!("the ladder `{}` has no plans", field.key)).cure =
                "name a price".into();
            return None;
        }
        Some(Ladder { name: field.key.to_owned(), plans: steps, note, origin: self.origin.clone() })
    }

    /// The table of a line whose name is well formed and not taken inside the compiled book.
    fn open<'a>(&self, field: &Field<'a>, is_taken: bool, notes: &mut Notes) -> Option<Table<'a>> {
        if !is_name(field.key) {
            let problem = notes.error(code::BAD_NAME, &field.key_span, format!("`{}` is no name", field.key));
            problem.cure = "two parts or more of a to z, 0 to 9 and -, dots between, all in quotes: \
                            \"heroku.dyno.basic\""
                .into();
            return None;
        }
        if is_taken && *self.origin == Origin::Book {
            let problem = notes.error(code::BAD_NAME, &field.key_span, format!("`{}` is there twice", field.key));
            problem.cure = "a name is said once".into();
        }
        Table::open(field, notes)
    }

    /// Where a line's figure comes from: what the line says, then its source, then the head of the file.
    fn provenance(&self, table: &mut Table<'_>, notes: &mut Notes) -> Option<Provenance> {
        let mut said = Partial::read(table, notes);
        if let Some((name, span)) = table.spanned_text("from", notes) {
            match self.sources.named.get(&name) {
                Some(source) => said = said.or(source),
                None => {
                    let guess = nearest(&name, self.sources.named.keys().map(String::as_str));
                    let problem = notes.error(code::UNKNOWN_NAME, &span, format!("there is no source `{name}`"));
                    problem.cure = match guess {
                        Some(near) => format!("did you mean \"{near}\"?"),
                        None => format!("write a table [sources.{name}]"),
                    };
                    return None;
                }
            }
        }
        let said = said.or(&self.sources.head);
        let confidence = said.confidence.or((*self.origin != Origin::Book).then_some(Confidence::Own));
        let sells = said.sells.or((*self.origin != Origin::Book).then_some(Sells::No));
        match (said.as_of, said.source, confidence, sells) {
            (Some(as_of), Some(source), Some(confidence), Some(sells)) => {
                Some(Provenance { as_of, source, confidence, sells })
            }
            (as_of, source, confidence, _) => {
                let lacks = match (as_of, source, confidence) {
                    (None, ..) => "as_of = \"2026-11-20\"",
                    (_, None, _) => "source = \"our contract\"",
                    (_, _, None) => "confidence = \"official\"",
                    _ => "sells = \"yes\"",
                };
                let message = format!("{} does not say where it comes from", table.name());
                notes.error(code::MISSING, &table.span, message).cure =
                    format!("write {lacks}, here, in its source or at the head of the file");
                None
            }
        }
    }
}

/// A plan of a ladder by the name of its price.
fn plan(
    name: &str,
    span: &std::ops::Range<usize>,
    (book, refused): (&PriceBook, &[String]),
    notes: &mut Notes,
) -> Option<PlanStep> {
    let Some(sku) = book.sku(name) else {
        if refused.iter().any(|refused| refused == name) {
            return None;
        }
        let near = book.nearest(name, 1).first().map(|near| format!("did you mean \"{near}\"?"));
        notes.error(code::UNKNOWN_NAME, span, format!("there is no price `{name}`")).cure = near.unwrap_or_default();
        return None;
    };
    let Some(price_usd_per_month) = sku.usd_per_month() else {
        notes.error(code::UNIT, span, format!("`{name}` is priced by the {}", sku.unit)).cure =
            "a plan is priced by the month or the hour".into();
        return None;
    };
    Some(PlanStep { sku: name.to_owned(), price_usd_per_month, limits: sku.has.clone() })
}

/// Whether a text is lower-case words with dots between, two or more.
fn is_name(text: &str) -> bool {
    let good = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_alphanumeric())
            && !part.ends_with('-')
            && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    };
    text.len() <= 80 && text.contains('.') && text.split('.').all(good)
}

/// `price = "$500 / month"` or `"free"`.
fn price(table: &mut Table<'_>, notes: &mut Notes) -> Option<(f64, Unit)> {
    let field = table.need("price", "\"$500 / month\"", notes)?;
    let text = field.text(notes)?;
    if text == "free" {
        return Some((0.0, Unit::MONTH));
    }
    let cure = "write \"$500 / month\", \"$0.09 / GB\" or \"free\"";
    let Some((amount, unit)) = text.strip_prefix('$').and_then(|rest| rest.split_once('/')) else {
        notes.error(code::QUANTITY, &field.span, format!("`{text}` is no price")).cure = cure.into();
        return None;
    };
    let Some(amount) = token::lone_number(amount).filter(|amount| *amount > 0.0) else {
        notes.error(code::QUANTITY, &field.span, format!("`{}` is no amount above 0", amount.trim())).cure =
            cure.into();
        return None;
    };
    match Unit::parse(unit) {
        Ok(unit) => Some((amount, unit)),
        Err(no) => {
            let problem = notes.error(code::UNIT, &field.span, format!("prices are not by the `{}`", no.word));
            problem.cure = no.near.map_or_else(
                || "write month, hour, GB, GB-month, vCPU-hour, user-month, million requests, …".to_owned(),
                |near| format!("did you mean \"{near}\"?"),
            );
            None
        }
    }
}

/// `has = { ram = "4 GB", connections = 120 }`; `None` where the line has none.
fn limits(table: &mut Table<'_>, notes: &mut Notes) -> Option<BTreeMap<String, Limit>> {
    let field = table.take("has")?;
    let inner = Table::open(&field, notes)?;
    let mut limits = BTreeMap::new();
    for field in inner.fields() {
        let limit = match field.value {
            DeValue::Integer(number) => number.as_str().replace('_', "").parse().ok().map(|value| (value, "")),
            DeValue::Float(number) => number.as_str().replace('_', "").parse().ok().map(|value| (value, "")),
            DeValue::String(text) => {
                let (number, unit) = text.split_once(' ').unwrap_or((text, ""));
                token::lone_number(number).map(|value| (value, unit.trim()))
            }
            _ => None,
        };
        match limit.filter(|(value, _)| value.is_finite() && *value >= 0.0) {
            Some((value, unit)) => {
                limits.insert(field.key.to_owned(), Limit { value, unit: unit.to_owned() });
            }
            None => {
                notes.error(code::QUANTITY, &field.span, format!("`{}` is no limit", field.key)).cure =
                    "write 120 or \"64 GB\"".into();
            }
        }
    }
    Some(limits)
}
