//! JSON Schema, draft 07, of the scenario file: for editors that complete and check as one types.
//!
//! It knows structure: which keys, which words, which shapes of text. What needs the whole file (names that exist,
//! units that fit a driver, laws inside their range) is `outgrow check`'s to say; what the schema refuses, the reader
//! refuses too.

use serde_json::{Map, Value, json};

use crate::scenario::grammar;
use crate::scenario::schema::{Key, Language, Shape};
use crate::scenario::{Bounds, Takes};

/// Names become parts of paths and of labels.
const NAME: &str = "^[A-Za-z0-9_][A-Za-z0-9_-]{0,59}$";
/// A name, or that of a list price.
const DOTTED: &str = "^[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}$";
/// Price lines of a platform.
const LINES: &str = "^(all|(runtime|data|tooling)(\\.[A-Za-z0-9_][A-Za-z0-9_-]{0,59})?)$";

/// The document, ending in a line feed.
#[must_use]
pub fn text(language: &Language) -> String {
    let mut root = table(&language.root);
    let head = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "outgrow scenario",
        "description": "What `outgrow run` computes: a team, the platforms it could run on, and the options it compares.",
    });
    let mut document = head.as_object().cloned().unwrap_or_default();
    document.append(&mut root);
    document.insert("definitions".into(), definitions(language));
    let text = serde_json::to_string_pretty(&Value::Object(document)).expect("maps with text keys are JSON");
    format!("{text}\n")
}

fn definitions(language: &Language) -> Value {
    let quantity =
        |name: &str, what: &str| json!({ "type": "string", "description": what, "pattern": grammar::pattern(name) });
    let mut estimate = table(&language.estimate);
    estimate.insert("description".into(), json!("What is known of a number: a value with something said about it, quantiles, three points, values with weights, or a law by name."));
    let mut all = Map::new();
    all.insert(
        "quantity".into(),
        quantity("quantity", "A number with its unit, or the two ends of a 90 % interval: \"20 .. 60 hours / month\"."),
    );
    all.insert("one quantity".into(), quantity("end", "One number with its unit."));
    all.insert(
        "month number".into(),
        quantity("month number", "The number of a month: \"month 3\" or \"month 3 .. 6\"."),
    );
    all.insert("estimate".into(), Value::Object(estimate));
    if let Some(line) = lines(&language.root) {
        all.insert("line".into(), line);
    }
    Value::Object(all)
}

/// What the lines of every bucket are.
fn lines(keys: &[Key]) -> Option<Value> {
    keys.iter().find_map(|key| match &key.shape {
        Shape::Named { each, .. } => {
            let shared = each.iter().find_map(|key| match key.shape {
                Shape::SameAs(same) => each.iter().find(|key| key.name == same),
                _ => None,
            });
            shared.and_then(|key| match &key.shape {
                Shape::Named { sentence, each, .. } => Some(described(Value::Object(table(each)), sentence)),
                _ => None,
            })
        }
        _ => None,
    })
}

/// A table with these keys and no others.
fn table(keys: &[Key]) -> Map<String, Value> {
    let shared: Vec<&str> = keys
        .iter()
        .filter_map(|key| match key.shape {
            Shape::SameAs(same) => Some(same),
            _ => None,
        })
        .collect();
    let mut properties = Map::new();
    let mut patterns = Map::new();
    let mut others = json!(false);
    for key in keys {
        let is_shared = shared.contains(&key.name.as_str()) || matches!(key.shape, Shape::SameAs(_));
        let value = described(
            if is_shared { named(NAME, json!({ "$ref": "#/definitions/line" }), own(key)) } else { shape(&key.shape) },
            &key.sentence,
        );
        match key.name.as_str() {
            "p" => {
                patterns.insert(grammar::pattern("quantile"), value);
            }
            "*" => others = value,
            name => {
                properties.insert(name.to_owned(), value);
            }
        }
    }
    let needed: Vec<&str> = keys.iter().filter(|key| key.is_needed).map(|key| key.name.as_str()).collect();
    let mut all = Map::new();
    all.insert("type".into(), json!("object"));
    all.insert("properties".into(), Value::Object(properties));
    if !patterns.is_empty() {
        all.insert("patternProperties".into(), Value::Object(patterns));
    }
    if !needed.is_empty() {
        all.insert("required".into(), json!(needed));
    }
    if others != json!(false) {
        all.insert("propertyNames".into(), json!({ "pattern": NAME }));
    }
    all.insert("additionalProperties".into(), others);
    all
}

/// `basis` and `source` of a group of lines that share their shape.
fn own(key: &Key) -> Map<String, Value> {
    match &key.shape {
        Shape::Named { own, .. } => properties(own),
        _ => Map::new(),
    }
}

fn properties(keys: &[Key]) -> Map<String, Value> {
    keys.iter().map(|key| (key.name.clone(), described(shape(&key.shape), &key.sentence))).collect()
}

/// Tables, figures or texts by name, beside keys of the group's own.
fn named(name: &str, each: Value, own: Map<String, Value>) -> Value {
    json!({
        "type": "object",
        "properties": own,
        "propertyNames": { "pattern": name },
        "additionalProperties": each,
    })
}

fn described(mut value: Value, sentence: &str) -> Value {
    if let Value::Object(map) = &mut value
        && !sentence.is_empty()
    {
        if map.contains_key("$ref") {
            return json!({ "description": sentence, "allOf": [value] });
        }
        let said = map.get("description").and_then(Value::as_str).map(str::to_owned);
        let text = said.map_or_else(|| sentence.to_owned(), |said| format!("{sentence} {said}"));
        let mut ordered = Map::new();
        ordered.insert("description".into(), json!(text));
        map.remove("description");
        ordered.append(map);
        return Value::Object(ordered);
    }
    value
}

fn shape(shape: &Shape) -> Value {
    match shape {
        Shape::Table(keys) => Value::Object(table(keys)),
        Shape::Named { sentence, each, own } => {
            named(NAME, described(Value::Object(table(each)), sentence), properties(own))
        }
        Shape::SameAs(_) => json!({ "$ref": "#/definitions/line" }),
        Shape::List { each, either } => {
            let mut item = table(each);
            if !either.is_empty() {
                let one: Vec<Value> = either.iter().map(|key| json!({ "required": [key] })).collect();
                item.insert("oneOf".into(), json!(one));
            }
            json!({ "type": "array", "minItems": 1, "items": Value::Object(item) })
        }
        Shape::ByName { forms, table: keys, is_dotted, own } => {
            let mut all: Vec<Value> = forms.iter().map(leaf).collect();
            if !keys.is_empty() {
                all.push(Value::Object(table(keys)));
            }
            named(if *is_dotted { DOTTED } else { NAME }, any_of(all), properties(own))
        }
        Shape::WordOr { words, table: keys } => any_of(vec![leaf(words), Value::Object(table(keys))]),
        Shape::Leaf(takes) => leaf(takes),
        Shape::Forms(forms) => any_of(forms.iter().map(leaf).collect()),
        Shape::Unseen => json!({}),
    }
}

/// One of several shapes.
fn any_of(mut all: Vec<Value>) -> Value {
    if all.len() == 1 { all.remove(0) } else { json!({ "anyOf": all }) }
}

fn leaf(takes: &Takes) -> Value {
    match takes {
        Takes::Table | Takes::Named(_) | Takes::ByName => json!({ "type": "object" }),
        Takes::Text => json!({ "type": "string", "pattern": "^[^\\u0000-\\u001F\\u007F]*$" }),
        Takes::Words(words) => json!({ "type": "string", "enum": words }),
        Takes::Currency => json!({ "type": "string", "pattern": "^[A-Z]{3}$", "examples": ["USD", "EUR"] }),
        Takes::Date => json!({ "type": "string", "pattern": grammar::pattern("date"), "examples": ["2027-01"] }),
        Takes::Unit => json!({
            "type": "string",
            "anyOf": [{ "enum": [""] }, { "pattern": grammar::pattern("unit") }],
            "examples": ["hours / month"],
        }),
        Takes::Flag => json!({ "type": "boolean" }),
        Takes::Whole(least, most) => json!({ "type": "integer", "minimum": least, "maximum": most }),
        Takes::Name(_) => json!({ "type": "string", "pattern": NAME }),
        Takes::Number(bounds) => figure(bounds, false),
        Takes::Estimate(bounds) => figure(bounds, true),
        Takes::Counted(bounds) => {
            let mut either = figure(bounds, true);
            if let Some(Value::Array(forms)) = either.get_mut("anyOf") {
                forms.push(json!({ "type": "string", "pattern": NAME }));
            }
            either
        }
        Takes::Plain => json!({ "type": "number" }),
        Takes::Plains => json!({ "type": "array", "minItems": 1, "items": { "type": "number" } }),
        Takes::Value => json!({ "anyOf": [
            { "type": "number" },
            { "$ref": "#/definitions/quantity" },
            { "$ref": "#/definitions/month number" },
        ] }),
        Takes::Limit(bounds) => {
            let number = figure(bounds, false);
            json!({ "anyOf": [{ "enum": ["unlimited"] }, number], "examples": examples(bounds.example) })
        }
        Takes::Mixture => json!({ "type": "array", "minItems": 2, "items": { "anyOf": [
            { "type": "number" },
            { "$ref": "#/definitions/quantity" },
            { "$ref": "#/definitions/month number" },
            { "$ref": "#/definitions/estimate" },
        ] } }),
        Takes::Estimates | Takes::Conditions | Takes::Texts => {
            json!({ "type": "array", "minItems": 1, "items": { "type": "string" } })
        }
        Takes::Changes => {
            let any = ["string", "number", "boolean", "object", "array"].map(|kind| json!({ "type": kind }));
            json!({ "type": "object", "additionalProperties": { "anyOf": any } })
        }
        Takes::Lines => {
            let one = json!({ "type": "string", "pattern": LINES });
            json!({ "anyOf": [one, { "type": "array", "minItems": 1, "items": one }] })
        }
    }
}

/// A number, a quantity in quotes, or a table of what is known of it.
fn figure(bounds: &Bounds, is_estimate: bool) -> Value {
    let quantity = match (bounds.is_month, is_estimate) {
        (true, _) => "month number",
        (_, true) => "quantity",
        _ => "one quantity",
    };
    let mut forms = Vec::new();
    if bounds.is_bare {
        forms.push(number(bounds));
    }
    forms.push(json!({ "$ref": format!("#/definitions/{quantity}") }));
    forms.push(json!({ "$ref": "#/definitions/estimate" }));
    let what = format!("It is {}; counted in {}.", bounds.what, bounds.unit);
    json!({ "description": what, "anyOf": forms, "examples": examples(bounds.example) })
}

fn number(bounds: &Bounds) -> Value {
    let mut number = Map::new();
    number.insert("type".into(), json!("number"));
    if bounds.low.is_finite() {
        number.insert(if bounds.above_low { "exclusiveMinimum" } else { "minimum" }.into(), json!(bounds.low));
    }
    if bounds.high.is_finite() {
        number.insert("maximum".into(), json!(bounds.high));
    }
    Value::Object(number)
}

/// `"14 %" or 0.14` as values.
fn examples(example: &str) -> Vec<Value> {
    example.split(" or ").filter_map(|piece| serde_json::from_str(piece).ok()).collect()
}
