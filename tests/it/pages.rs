//! What a run shows: the verdict, the page, the picture, the tables. Here is what those tests share.

pub mod built;
mod files;
mod inputs;
mod people;
mod picture;
mod sentences;
mod shape;
mod word;

use std::path::{Path, PathBuf};

use built::cases;
use outgrow::present::chart::difference;
use outgrow::present::look::Look;
use outgrow::present::scene::Scene;
use outgrow::present::{Made, page};
use outgrow::study::verdict;
use outgrow::summary::{Crossover, Summary};
use serde_json::Value;

const MADE: Made = Made { version: "0.0.0", streams: 1 };

fn page_of(summary: &Summary) -> String {
    page::terminal(&page::of(summary, &verdict::of(summary, &[], None), &[]))
}

fn scene_of(summary: &Summary) -> Scene {
    difference::draw(summary, &verdict::of(summary, &[], None), MADE, Look::light())
}

fn case(name: &str) -> &'static Summary {
    &cases().iter().find(|(n, _)| *n == name).expect("a case of this name").1
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages").join(name)
}

/// A summary of three options in which the tuned one counts as leaving.
fn both_leave(summary: &Summary) -> Summary {
    let mut summary = summary.clone();
    summary.tuned = None;
    summary.options[2].leaves = true;
    summary
}

/// The line of a page that begins so, with those it is broken into, as one.
fn sentence(page: &str, start: &str) -> String {
    let mut lines = page.lines().skip_while(|line| !line.trim_start().starts_with(start));
    let first = lines.next().unwrap_or_else(|| panic!("no line begins with {start:?}:\n{page}"));
    let indent = |line: &str| line.len() - line.trim_start().len();
    let rest = lines.take_while(|line| indent(line) == indent(first) + 2 && !line.is_empty());
    let words: Vec<&str> = [first].into_iter().chain(rest).flat_map(str::split_whitespace).collect();
    words.join(" ")
}

/// A case whose leading option is changed.
fn changed(name: &str, change: impl Fn(&mut Crossover)) -> Summary {
    let mut summary = case(name).clone();
    let leader = verdict::of(&summary, &[], None).leader.option;
    summary.options[leader].against.as_mut().expect("compared").iter_mut().for_each(change);
    summary
}

/// Every object with a `value` must carry its error.
pub fn assert_errors(name: &str, value: &Value, path: &str) {
    match value {
        Value::Object(fields) => {
            let has_error = ["se", "low"].iter().any(|f| fields.contains_key(*f));
            assert!(!fields.contains_key("value") || has_error, "{name}: {path} has no error");
            let is_series = fields.get("mean").is_some_and(Value::is_array);
            assert!(!is_series || fields["se"].is_array(), "{name}: {path} has no errors");
            fields.iter().for_each(|(key, inner)| assert_errors(name, inner, &format!("{path}.{key}")));
        }
        Value::Array(items) => items.iter().for_each(|inner| assert_errors(name, inner, path)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
