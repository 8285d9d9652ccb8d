//! The words that are not computed yet: each is known in its place, refused there by name, and on the page about them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use outgrow::diag::Problem;
use outgrow::scenario::{LoadError, Loader, read_at};

const MARK: &str = "# later";

struct Text(String);

impl Loader for Text {
    fn load(&self, name: &str) -> Result<String, LoadError> {
        Ok(outgrow::scenario::schema::beside(name).map_or_else(|| self.0.clone(), str::to_owned))
    }
}

fn text(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("a file of ours")
}

fn problems(text: String) -> Vec<Problem> {
    match read_at(&crate::refuse::book(), "x.toml", &Text(text)) {
        Ok((_, warnings)) => warnings,
        Err(report) => report.problems,
    }
}

/// Every word of the list in the source.
fn words() -> BTreeSet<String> {
    let source = text("src/scenario/later.rs");
    let list = source.split("/// Words that say what").next().unwrap_or_default();
    let quoted = ["value(\"", "tables(\""].into_iter().flat_map(|call| list.split(call).skip(1));
    let words: BTreeSet<String> = quoted.filter_map(|rest| Some(rest.split('"').next()?.to_owned())).collect();
    assert!(!words.is_empty(), "the list is read");
    words
}

/// The word that a marked line is about: the last of its header, or its key.
fn word_of(line: &str) -> &str {
    let written = line.trim_end_matches(MARK).trim_end();
    let names = |header: &'static str| written.starts_with(header);
    let Some(header) = written.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) else {
        return written.split('=').next().unwrap_or_default().trim();
    };
    let place = if names("[platforms") || names("[options") { 2 } else { 0 };
    header.split('.').nth(place).unwrap_or_default()
}

#[test]
fn every_later_word_is_refused_by_name_where_it_stands_and_nothing_else_is() {
    let text = text("tests/fixtures/whole-language.toml");
    let lines = text.lines().enumerate().filter(|(_, line)| line.ends_with(MARK));
    let marked: Vec<(usize, String)> = lines.map(|(nth, line)| (nth + 1, word_of(line).to_owned())).collect();
    let mut refused: Vec<(usize, String)> = Vec::new();
    for problem in problems(text.clone()) {
        assert_eq!(problem.code, "E004", "{}", problem.message);
        let word = problem.message.split('`').nth(1).unwrap_or_default().to_owned();
        refused.push((problem.place.line_and_column().0, word));
    }
    refused.sort();
    assert!(!marked.is_empty(), "a mark is read");
    assert_eq!(refused, marked);
}

#[test]
fn the_whole_language_and_its_page_say_every_word() {
    let (fixture, page) = (text("tests/fixtures/whole-language.toml"), text("scenarios/LATER.md"));
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let said = |text: &str| -> BTreeSet<String> { text.split(|c| !is_part(c)).map(str::to_owned).collect() };
    let (in_fixture, explained) = (said(&fixture), said(page.split("```").step_by(2).collect::<String>().as_str()));
    for word in words() {
        assert!(in_fixture.contains(&word), "the fixture does not say `{word}`");
        assert!(explained.contains(&word), "the page does not explain `{word}`");
    }
}

/// An example is a part of a file: what else a file needs is missing, but no word in it is unknown or out of place.
#[test]
fn the_examples_of_the_page_are_the_language() {
    let page = text("scenarios/LATER.md");
    let examples = page.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next());
    let mut seen = 0;
    for example in examples {
        seen += 1;
        let found = problems(example.to_owned());
        assert!(found.iter().any(|problem| problem.code == "E004"), "{example}");
        // What is missing, a name that other tables hold, a single option: the rest of the file says it.
        for problem in found {
            let of_a_part = ["E004", "E005", "E015", "E019"].contains(&problem.code) || problem.code.starts_with('W');
            assert!(of_a_part, "{} {}\n{example}", problem.code, problem.message);
        }
    }
    assert!(seen >= 1, "{seen}");
}

#[test]
fn a_misspelt_word_below_a_later_one_is_reported_with_the_nearest() {
    let whole = text("tests/fixtures/whole-language.toml");
    let right = "starts_when_any = [\"bill > $12,000 / month\", \"renewal\"]";
    assert!(whole.contains(right), "{right}");
    let found = problems(whole.replacen(right, "starts_when_ny = [\"renewal\"]", 1));
    let other: Vec<&Problem> = found.iter().filter(|problem| problem.code != "E004").collect();
    let [unknown] = other.as_slice() else { panic!("{other:?}") };
    let message = "`policies.at-12k` has no key `starts_when_ny`";
    assert_eq!((unknown.code, unknown.message.as_str()), ("E003", message));
    assert!(unknown.cure.contains("`starts_when_any`"), "{}", unknown.cure);
}

#[test]
fn a_later_word_out_of_its_place_is_unknown_there() {
    let whole = text("tests/fixtures/whole-language.toml");
    let moved = whole.replacen("[business]", "[people.business]", 1);
    let found = problems(moved);
    assert!(found.iter().any(|problem| problem.code == "E003" && problem.message.contains("`business`")));
}
