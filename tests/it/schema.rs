//! The schema says what the reader says, as far as structure goes.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use outgrow::present::schema;
use outgrow::scenario::schema::{EVERY_KEY, language};
use regex::Regex;
use serde_json::{Value, json};

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

pub fn document() -> Value {
    serde_json::from_str(&schema::text(&language())).expect("the schema is JSON")
}

/// Whether a text is like a pattern; patterns are made once.
fn is_like(pattern: &str, text: &str) -> bool {
    thread_local!(static MADE: RefCell<HashMap<String, Regex>> = RefCell::default());
    MADE.with_borrow_mut(|made| {
        let made = made.entry(pattern.to_owned()).or_insert_with(|| Regex::new(pattern).expect("a pattern"));
        made.is_match(text)
    })
}

fn fails(found: &mut Vec<String>, path: &str, what: &str) {
    found.push(format!("{path}: {what}"));
}

/// What a value breaks of a schema, by path; knows the keywords that the schema uses and refuses others.
fn broken(root: &Value, schema: &Value, value: &Value, path: &str, found: &mut Vec<String>) {
    let Value::Object(rules) = schema else { panic!("{path}: {schema} is no schema") };
    for (keyword, rule) in rules {
        match keyword.as_str() {
            "$schema" | "title" | "description" | "examples" | "definitions" => {}
            "$ref" => {
                let name = rule.as_str().and_then(|r| r.strip_prefix("#/definitions/")).expect("a definition");
                broken(root, &root["definitions"][name], value, path, found);
                return; // in draft 07 nothing beside a reference counts
            }
            "allOf" => rule.as_array().expect("a list").iter().for_each(|s| broken(root, s, value, path, found)),
            "anyOf" | "oneOf" => {
                let fits = |schema: &Value| {
                    let mut inner = Vec::new();
                    broken(root, schema, value, path, &mut inner);
                    inner.is_empty()
                };
                let count = rule.as_array().expect("a list").iter().filter(|schema| fits(schema)).count();
                if count == 0 || (keyword == "oneOf" && count > 1) {
                    found.push(format!("{path}: {value} fits {count} forms"));
                }
            }
            "type" => {
                let is = match rule.as_str().expect("a word") {
                    "object" => value.is_object(),
                    "array" => value.is_array(),
                    "string" => value.is_string(),
                    "boolean" => value.is_boolean(),
                    "number" => value.is_number(),
                    "integer" => value.is_u64() || value.is_i64(),
                    other => panic!("{other} is no type"),
                };
                if !is {
                    fails(found, path, &format!("{value} is no {rule}"));
                    return;
                }
            }
            "enum" => {
                if !rule.as_array().expect("a list").contains(value) {
                    fails(found, path, &format!("{value} is none of {rule}"));
                }
            }
            "pattern" => {
                let text = value.as_str().expect("the type was checked");
                if !is_like(rule.as_str().expect("text"), text) {
                    fails(found, path, &format!("{value} is not like {rule}"));
                }
            }
            "minimum" | "exclusiveMinimum" | "maximum" => {
                let (x, end) = (value.as_f64().expect("a number"), rule.as_f64().expect("a number"));
                let holds = match keyword.as_str() {
                    "minimum" => x >= end,
                    "maximum" => x <= end,
                    _ => x > end,
                };
                if !holds {
                    fails(found, path, &format!("{value} against {keyword} {rule}"));
                }
            }
            "minItems" => {
                if (value.as_array().expect("a list").len() as u64) < rule.as_u64().expect("a number") {
                    fails(found, path, "too short");
                }
            }
            "required" => {
                for key in rule.as_array().expect("a list") {
                    if value.get(key.as_str().expect("text")).is_none() {
                        fails(found, path, &format!("lacks {key}"));
                    }
                }
            }
            "items" => {
                for (nth, item) in value.as_array().expect("a list").iter().enumerate() {
                    broken(root, rule, item, &format!("{path}[{nth}]"), found);
                }
            }
            "propertyNames" => {
                let names: Vec<Value> = value.as_object().expect("a table").keys().map(|key| json!(key)).collect();
                names.iter().for_each(|name| broken(root, rule, name, path, found));
            }
            "properties" => {
                for (key, schema) in rule.as_object().expect("a map") {
                    if let Some(inner) = value.get(key) {
                        broken(root, schema, inner, &format!("{path}.{key}"), found);
                    }
                }
            }
            "patternProperties" => {
                for (pattern, schema) in rule.as_object().expect("a map") {
                    for (key, inner) in
                        value.as_object().expect("a table").iter().filter(|(key, _)| is_like(pattern, key))
                    {
                        broken(root, schema, inner, &format!("{path}.{key}"), found);
                    }
                }
            }
            "additionalProperties" => {
                let known = |key: &str| {
                    let patterns = rules.get("patternProperties").and_then(Value::as_object);
                    rules.get("properties").is_some_and(|p| p.get(key).is_some())
                        || patterns.is_some_and(|p| p.keys().any(|p| is_like(p, key)))
                };
                for (key, inner) in value.as_object().expect("a table").iter().filter(|(key, _)| !known(key)) {
                    if *rule == json!(false) {
                        found.push(format!("{path}: no key {key}"));
                    } else {
                        broken(root, rule, inner, &format!("{path}.{key}"), found);
                    }
                }
            }
            other => panic!("the schema uses `{other}`, which is not checked here"),
        }
    }
}

/// What a text breaks, or `None` where it is no TOML or holds what JSON cannot.
pub fn of(text: &str, schema: &Value) -> Option<Vec<String>> {
    let value = value_of(text)?;
    let mut found = Vec::new();
    broken(schema, schema, &value, "", &mut found);
    Some(found)
}

/// A TOML text as JSON, or `None` where it is no TOML or holds what JSON cannot.
pub fn value_of(text: &str) -> Option<Value> {
    json_of(&toml::de::DeTable::parse(text).ok()?.into_inner())
}

fn json_of(table: &toml::de::DeTable<'_>) -> Option<Value> {
    let entries = table.iter().map(|(key, value)| Some((key.get_ref().to_string(), json_value(value.get_ref())?)));
    Some(Value::Object(entries.collect::<Option<_>>()?))
}

fn json_value(value: &toml::de::DeValue<'_>) -> Option<Value> {
    use toml::de::DeValue;
    Some(match value {
        DeValue::String(text) => json!(text),
        DeValue::Integer(number) => {
            let digits = number.as_str();
            match (i64::from_str_radix(digits, number.radix()), u64::from_str_radix(digits, number.radix())) {
                (Ok(number), _) => json!(number),
                (_, Ok(number)) => json!(number),
                _ => return None,
            }
        }
        DeValue::Float(number) => json!(number.as_str().parse::<f64>().ok().filter(|x| x.is_finite())?),
        DeValue::Boolean(flag) => json!(flag),
        DeValue::Datetime(date) => json!(date.to_string()),
        DeValue::Array(items) => {
            Value::Array(items.iter().map(|item| json_value(item.get_ref())).collect::<Option<_>>()?)
        }
        DeValue::Table(table) => json_of(table)?,
    })
}

fn files(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(here(folder)).expect("a folder").filter_map(|entry| Some(entry.ok()?.path()));
    entries.filter(|path| path.extension().is_some_and(|e| e == "toml")).collect()
}

#[test]
fn every_file_that_is_read_is_valid() {
    let schema = document();
    let mut seen = 0;
    let folders = ["scenarios", "scenarios/cases", "tests/fixtures"];
    // A price file is another language, and so is the table of what was published.
    let is_scenario = |path: &PathBuf| !path.ends_with("prices.toml") && !path.ends_with("published.toml");
    for path in folders.into_iter().flat_map(files).filter(is_scenario) {
        let text = fs::read_to_string(&path).expect("text");
        assert_eq!(of(&text, &schema).expect("TOML"), Vec::<String>::new(), "{}", path.display());
        seen += 1;
    }
    assert!(seen >= 3);
    assert_eq!(of(EVERY_KEY, &schema).expect("TOML"), Vec::<String>::new());
    for number in 0..200 {
        let text = crate::generate::scenario(number);
        assert_eq!(of(&text, &schema).expect("TOML"), Vec::<String>::new(), "generated {number}:\n{text}");
    }
}

/// Refusals of structure: the schema sees them too. The other codes need a driver's unit, a name, a law or another table.
const OF_STRUCTURE: [&str; 8] = ["E003", "E005", "E006", "E007", "E016", "E024", "E029", "E030"];

#[test]
fn files_that_break_the_structure_break_the_schema_and_the_others_do_not_by_accident() {
    let schema = document();
    let mut seen = BTreeSet::new();
    for path in files("tests/refuse") {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let Some(found) = of(&fs::read_to_string(&path).expect("text"), &schema) else { continue };
        if OF_STRUCTURE.contains(&&name[..4]) {
            assert!(!found.is_empty(), "{name} is valid by the schema");
            seen.insert(name[..4].to_owned());
        }
        if name.starts_with('W') {
            assert!(found.is_empty(), "{name} is only warned of: {found:?}");
        }
    }
    assert_eq!(seen.len(), OF_STRUCTURE.len(), "{seen:?}");
}

/// A schema that refused what is read would mark good files as bad: everything here is read.
#[test]
fn what_the_reader_takes_the_schema_takes() {
    let schema = document();
    let text = fs::read_to_string(here("tests/fixtures/small-stays.toml")).expect("text");
    for (from, to) in [
        (
            "\"$95 / hour\"",
            "{ p10 = 80, p50 = 95, p90 = 130, unit = \"$ / hour\", basis = \"quoted\", source = \"x\" }",
        ),
        ("\"$95 / hour\"", "{ p05 = 80, p95 = 130, unit = \"$/h\" }"),
        ("\"$1,500 / month\"", "\"1200 .. 1500 USD / month\""),
        ("\"month 1\"", "\"month 2 .. 6\""),
        ("\"month 1\"", "1"),
        ("\"0 min\"", "\"20 min .. 2 hours\""),
        ("seed   = 0", "seed = 18446744073709551615"),
        ("\"1 times\"", "1.5"),
        ("\"2 hours / month\"", "{ value = \"2 hours / month\", max = 9 }"),
    ] {
        assert!(text.contains(from), "{from}");
        let changed = text.replacen(from, to, 1);
        crate::twin::read(&changed);
        assert_eq!(of(&changed, &schema).expect("TOML"), Vec::<String>::new(), "{to}");
    }
}

/// The same for plans, bundles and shares; and what the reader refuses in them, the schema refuses.
#[test]
fn what_the_reader_takes_of_the_price_schemes_the_schema_takes() {
    let schema = document();
    let small = "{ storage = \"database\", connections = \"80 .. 200\" }";
    for (from, to, is_read) in [
        (small, "{ storage = \"400 .. 600 GB\", connections = { p10 = 80, p90 = 200 } }", true),
        (small, "{ storage = \"database\", connections = 80, basis = \"measured\", source = \"x\" }", true),
        (small, "{ storage = true, connections = 80 }", false),
        ("storage = \"unlimited\"", "storage = { value = 2, unit = \"TB\" }", true),
        ("storage = \"unlimited\"", "storage = \"no end\"", false),
        ("name = \"small\"", "name = \"a b\"", false),
        ("above = \"wall\"", "above = \"split\"", true),
        ("above = \"wall\"", "above = \"roof\"", false),
        ("descends = true", "descends = \"yes\"", false),
        ("\"aws.fargate.vcpu\" = 2", "\"aws.fargate.vcpu\" = { value = \"1 .. 3\", max = 4 }", true),
        ("\"aws.fargate.vcpu\" = 2", "\"aws.fargate.vcpu\" = \"two\"", false),
        ("sku = \"aws.fargate.gb\"\ntimes = 4", "sku = \"aws.fargate.gb\"", true),
        ("sku = \"aws.fargate.gb\"\ntimes = 4", "sku = \"aws.fargate.gb\"\nmany = 4", false),
        ("percent_of = \"all\"", "percent_of = \"tooling.ci\"", true),
        ("percent_of = \"all\"", "percent_of = \"everything\"", false),
        ("percent_of = \"all\"", "percent_of = []", false),
        ("percent = \"3 %\"", "percent = 0.03", true),
        ("{ percent = \"7 %\" }", "{ up_to = \"$20,000 / month\" }", false),
        ("{ percent = \"7 %\" }", "{ percent = \"7 %\", price = \"$1 / GB\" }", false),
        ("{ price = \"$0.20 / GB\" }", "{ basis = \"judged\" }", false),
        ("{ price = \"$0.20 / GB\" }", "{ price = \"$0.20 / GB\", basis = \"judged\" }", true),
        ("at_least = \"$29 / month\"", "at_least = \"$20 .. $40 / month\"", true),
        ("at_least = 2 ", "at_least = \"2 .. 4\" ", true),
    ] {
        assert!(EVERY_KEY.contains(from), "{from}");
        let changed = EVERY_KEY.replacen(from, to, 1);
        let broken = of(&changed, &schema).expect("TOML");
        assert_eq!(broken.is_empty(), is_read, "{to}: {broken:?}");
        let read = outgrow::scenario::read("x.toml", &Text(changed));
        assert_eq!(read.is_ok(), is_read, "{to}: {}", read.err().map(|report| report.to_string()).unwrap_or_default());
    }
}

/// A file's text as it is.
struct Text(String);

impl outgrow::scenario::Loader for Text {
    fn load(&self, name: &str) -> Result<String, outgrow::scenario::LoadError> {
        Ok(outgrow::scenario::schema::beside(name).map_or_else(|| self.0.clone(), str::to_owned))
    }
}

/// Keys of the source, found as the page on the language finds them.
#[test]
fn every_key_that_the_reader_asks_for_is_in_the_schema_and_the_other_way_round() {
    let text = schema::text(&language());
    let asked = crate::refuse::keys_of_the_source();
    assert!(asked.len() > 60);
    for key in &asked {
        assert!(
            text.contains(&format!("\"{key}\": {{")),
            "the schema does not know `{key}`: add it to src/scenario/every_key.toml"
        );
    }
    let mut known = BTreeSet::new();
    collect(&document(), &mut known);
    // Months of a season, parameters of laws and kinds of work are asked for by loops.
    let by_loop = [
        "pipelines",
        "scaling",
        "secrets",
        "monitoring",
        "errors",
        "security",
        "cost",
        "on-call",
        "growth",
        "growth_continuous",
        "p50",
        "p90",
        "runtime",
        "data",
        "tooling",
        "jan",
        "feb",
        "mar",
        "apr",
        "may",
        "jun",
        "jul",
        "aug",
        "sep",
        "oct",
        "nov",
        "dec",
    ];
    let estimate: BTreeSet<String> = language().estimate.into_iter().map(|key| key.name).collect();
    let in_turn = |key: &str| by_loop.contains(&key) || estimate.contains(key);
    for key in known.iter().filter(|key| !in_turn(key)) {
        assert!(asked.contains(key), "the schema knows `{key}`, which no table is asked for");
    }
}

/// Every key that a table of the schema has.
fn collect(schema: &Value, known: &mut BTreeSet<String>) {
    match schema {
        Value::Object(rules) => {
            if let Some(Value::Object(properties)) = rules.get("properties") {
                known.extend(properties.keys().cloned());
            }
            rules.values().for_each(|inner| collect(inner, known));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, known)),
        _ => {}
    }
}
