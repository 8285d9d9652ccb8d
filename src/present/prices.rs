//! The price book on paper: what a search found, with where each price comes from and how old it is.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::{Value, json};

use crate::model::price::{AsOf, Fact, Hit, Ladder, Limit, Origin, PriceBook, Provenance, Sells, Sku};
use crate::units::YearMonth;

/// Widest line, in characters.
const WIDEST: usize = 110;
/// Ladders that are shown plan by plan; more get a line each.
const SHOWN_WHOLE: usize = 3;

/// Sources in the order they are first named; tables refer to them by number.
#[derive(Default)]
struct Sources<'b> {
    listed: Vec<&'b Provenance>,
}

impl<'b> Sources<'b> {
    fn number(&mut self, from: &'b Provenance) -> String {
        let same = |other: &&Provenance| other.source == from.source && other.sells == from.sells;
        let place = self.listed.iter().position(same).unwrap_or_else(|| {
            self.listed.push(from);
            self.listed.len() - 1
        });
        format!("[{}]", place + 1)
    }

    fn text(&self) -> String {
        let mut text = String::new();
        for (place, from) in self.listed.iter().enumerate() {
            let sells = match from.sells {
                Sells::Yes => "; sells it",
                Sells::No => "",
                Sells::Rival => "; sells the alternative",
            };
            text.push_str(&wrapped(&format!("[{}] ", place + 1), &format!("{}{sells}", from.source)));
        }
        text
    }
}

/// What a search found, as a table with the sources at its foot.
#[must_use]
pub fn table(hits: &[Hit<'_>], today: YearMonth) -> String {
    let mut sources = Sources::default();
    let mut rows: Vec<[String; 7]> = Vec::new();
    let (mut ladders, mut facts, mut notes) = (Vec::new(), Vec::new(), Vec::new());
    for hit in hits {
        match hit {
            Hit::Sku(sku) => {
                rows.push(row(sku, today, &mut sources));
                notes.push(about(sku));
            }
            Hit::Ladder(ladder) => ladders.push(*ladder),
            Hit::Fact(fact) => facts.push(*fact),
        }
    }
    let mut text = String::new();
    for ladder in &ladders {
        text.push_str(&ladder_text(ladder, ladders.len() <= SHOWN_WHOLE));
    }
    if !rows.is_empty() {
        text.push_str(&sku_table(&rows, &notes));
    }
    for fact in facts {
        text.push_str(&fact_text(fact, today, &mut sources));
    }
    format!("{text}\n{}", sources.text())
}

/// The cells of a price.
fn row<'b>(sku: &'b Sku, today: YearMonth, sources: &mut Sources<'b>) -> [String; 7] {
    let from = &sku.provenance;
    let (price, unit) = match sku.price_usd {
        0.0 => ("free".to_owned(), String::new()),
        price => (dollars(price), sku.unit.to_string()),
    };
    let name = sku.name.clone();
    let confidence = from.confidence.name().to_owned();
    [name, price, unit, from.as_of.to_string(), from.as_of.age(today), confidence, sources.number(from)]
}

/// What is said of a price below its line.
fn about(sku: &Sku) -> String {
    let mut said = limits(&sku.has);
    let mut add = |text: &str| {
        if !said.is_empty() && !text.is_empty() {
            said.push_str("; ");
        }
        said.push_str(text);
    };
    add(&sku.note);
    if let Origin::File(file) = &sku.origin {
        add(&format!("from {file}"));
    }
    said
}

fn sku_table(rows: &[[String; 7]], notes: &[String]) -> String {
    const HEAD: [&str; 7] = ["SKU", "price", "unit", "as of", "age", "confidence", "source"];
    let mut widths = HEAD.map(str::len);
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let beside: usize = widths[1..].iter().sum::<usize>() + widths.len() - 1;
    widths[0] = widths[0].min(WIDEST.saturating_sub(beside));
    let mut text = line(&HEAD.map(str::to_owned), &widths);
    for (row, note) in rows.iter().zip(notes) {
        text.push_str(&line(row, &widths));
        if !note.is_empty() {
            text.push_str(&wrapped("    ", note));
        }
    }
    text
}

/// One line of the table; a name that is too wide has a line of its own.
fn line(row: &[String; 7], widths: &[usize; 7]) -> String {
    let mut text = String::new();
    let mut name = row[0].as_str();
    if name.chars().count() > widths[0] {
        let _ = writeln!(text, "{name}");
        name = "";
    }
    let [w0, w1, w2, w3, w4, w5, _] = *widths;
    let [_, price, unit, as_of, age, confidence, source] = row;
    let cells = format!("{name:<w0$} {price:>w1$} {unit:<w2$} {as_of:<w3$} {age:<w4$} {confidence:<w5$} {source}");
    let _ = writeln!(text, "{}", cells.trim_end());
    text
}

fn ladder_text(ladder: &Ladder, whole: bool) -> String {
    let count = ladder.plans.len();
    let mut text = format!("{}: a ladder of {count} plan{}\n", ladder.name, if count == 1 { "" } else { "s" });
    if !ladder.note.is_empty() {
        text.push_str(&wrapped("    ", &ladder.note));
    }
    if whole {
        let widest = ladder.plans.iter().map(|plan| plan.sku.chars().count()).max().unwrap_or(0);
        for plan in &ladder.plans {
            let price = format!("{} / month", dollars(plan.price_usd_per_month));
            let _ = writeln!(text, "    {:<widest$} {price:>15}  {}", plan.sku, limits(&plan.limits));
        }
        text.push('\n');
    }
    text
}

fn fact_text<'b>(fact: &'b Fact, today: YearMonth, sources: &mut Sources<'b>) -> String {
    let from = &fact.provenance;
    let age = match from.as_of {
        AsOf::Undated => "undated".to_owned(),
        day => format!("{day}, {}", day.age(today)),
    };
    let note = if fact.note.is_empty() { String::new() } else { format!("; {}", fact.note) };
    let said = format!("{}{note} ({age}, {}) {}; no price", fact.says, from.confidence.name(), sources.number(from));
    wrapped(&format!("{}: ", fact.name), &said)
}

/// "connections 120, ram 4 GB".
fn limits(has: &BTreeMap<String, Limit>) -> String {
    has.iter().map(|(name, limit)| format!("{name} {}", limit.shown())).collect::<Vec<_>>().join(", ")
}

/// A price with every digit that the file has, in cents at least, thousands parted.
fn dollars(price: f64) -> String {
    let plain = if price >= 100.0 { format!("{price:.2}") } else { price.to_string() };
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, "00"));
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if part == "00" { format!("${grouped}") } else { format!("${grouped}.{part:0<2}") }
}

/// A text broken between words at the widest line, the later lines set in by four.
fn wrapped(start: &str, text: &str) -> String {
    let mut out = String::new();
    let mut line = start.to_owned();
    for (nth, word) in text.split_whitespace().enumerate() {
        if nth > 0 && line.chars().count() + 1 + word.chars().count() > WIDEST {
            let _ = writeln!(out, "{}", line.trim_end());
            line = "    ".to_owned();
        } else if nth > 0 {
            line.push(' ');
        }
        line.push_str(word);
    }
    let _ = writeln!(out, "{}", line.trim_end());
    out
}

/// What the book holds, by provider.
#[must_use]
pub fn overview(book: &PriceBook, today: YearMonth) -> String {
    let mut providers: BTreeMap<&str, Vec<&Sku>> = BTreeMap::new();
    for sku in book.skus() {
        providers.entry(sku.provider()).or_default().push(sku);
    }
    let mut text = format!("{:<16}{:>8}  {:<12}oldest\n", "provider", "prices", "newest");
    for (provider, skus) in &providers {
        let ages = || skus.iter().filter_map(|sku| Some((sku.provenance.as_of.months_before(today)?, sku)));
        let age = |found: Option<(u32, &&Sku)>| {
            found.map_or_else(|| "no date".to_owned(), |(_, sku)| sku.provenance.as_of.age(today))
        };
        let newest = age(ages().min_by_key(|(months, _)| *months));
        let oldest = age(ages().max_by_key(|(months, _)| *months));
        let line = format!("{provider:<16}{:>8}  {newest:<12}{oldest:<12}", skus.len());
        let _ = writeln!(text, "{}", line.trim_end());
    }
    let _ = writeln!(
        text,
        "\nprice book {}: {} prices, {} ladders, {} facts that are no prices\n\
         outgrow prices WORDS shows those that have all the words",
        book.version(),
        book.skus().count(),
        book.ladders().count(),
        book.facts().count()
    );
    text
}

/// What to say where nothing was found.
#[must_use]
pub fn nothing(query: &str, nearest: &[&str]) -> String {
    let shown: String = query.chars().filter(|c| !c.is_control()).take(80).collect();
    format!("outgrow: no price has `{shown}`; the nearest names are {}\n", nearest.join(", "))
}

/// What a search found, for another program.
#[must_use]
pub fn json(book: &PriceBook, hits: &[Hit<'_>], today: YearMonth) -> String {
    let (mut prices, mut ladders, mut facts) = (Vec::new(), Vec::new(), Vec::new());
    for hit in hits {
        match hit {
            Hit::Sku(sku) => prices.push(with_provenance(sku_json(sku), &sku.provenance, today)),
            Hit::Ladder(ladder) => ladders.push(ladder_json(ladder)),
            Hit::Fact(fact) => {
                let value = json!({ "name": fact.name, "says": fact.says, "note": fact.note });
                facts.push(with_provenance(value, &fact.provenance, today));
            }
        }
    }
    let value = json!({ "price_book": book.version(), "prices": prices, "ladders": ladders, "facts": facts });
    format!("{value:#}\n")
}

fn sku_json(sku: &Sku) -> Value {
    json!({
        "name": sku.name,
        "price_usd": sku.price_usd,
        "unit": sku.unit.to_string(),
        "usd_per_month": sku.usd_per_month(),
        "usd_each": sku.usd_each(),
        "has": limits_json(&sku.has),
        "note": sku.note,
        "file": match &sku.origin {
            Origin::Book => Value::Null,
            Origin::File(file) => json!(file),
        },
    })
}

fn ladder_json(ladder: &Ladder) -> Value {
    let plans = ladder.plans.iter().map(
        |plan| json!({ "name": plan.sku, "usd_per_month": plan.price_usd_per_month, "limits": limits_json(&plan.limits) }),
    );
    json!({ "name": ladder.name, "note": ladder.note, "plans": plans.collect::<Vec<_>>() })
}

fn limits_json(has: &BTreeMap<String, Limit>) -> Value {
    has.iter().map(|(name, limit)| (name.clone(), json!({ "value": limit.value, "unit": limit.unit }))).collect()
}

fn with_provenance(mut value: Value, from: &Provenance, today: YearMonth) -> Value {
    value["as_of"] = json!(from.as_of.to_string());
    value["age_months"] = json!(from.as_of.months_before(today));
    value["confidence"] = json!(from.confidence.name());
    value["verified"] = json!(from.confidence.is_verified());
    value["sells"] = json!(from.sells.name());
    value["source"] = json!(from.source);
    value
}

#[cfg(test)]
mod tests {
    use super::dollars;

    #[test]
    fn prices_keep_their_digits() {
        let cases = [
            (500.0, "$500"),
            (12_500.0, "$12,500"),
            (0.000_016_666_7, "$0.0000166667"),
            (0.04048, "$0.04048"),
            (93_656.85, "$93,656.85"),
            (982.58, "$982.58"),
            (1_312.540_000_000_1, "$1,312.54"),
            (5.7, "$5.70"), // cents are two digits
            (1_312.5, "$1,312.50"),
        ];
        for (price, shown) in cases {
            assert_eq!(dollars(price), shown);
        }
    }
}
