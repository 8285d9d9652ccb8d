//! One file that says the whole language: it is read, and its words count in their places alone.

use std::fs;
use std::path::Path;

use outgrow::diag::Problem;
use outgrow::scenario::{LoadError, Loader, read_at};

struct Text(String);

impl Loader for Text {
    fn load(&self, name: &str) -> Result<String, LoadError> {
        Ok(outgrow::scenario::schema::beside(name).map_or_else(|| self.0.clone(), str::to_owned))
    }
}

fn whole() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/whole-language.toml");
    fs::read_to_string(path).expect("a file of ours")
}

/// What a text is refused for.
fn refused(text: String) -> Vec<Problem> {
    match read_at(&crate::refuse::book(), "x.toml", &Text(text)) {
        Ok(_) => Vec::new(),
        Err(report) => report.problems.into_iter().filter(|problem| problem.code.starts_with('E')).collect(),
    }
}

#[test]
fn the_whole_language_is_read() {
    let problems = refused(whole());
    let said: Vec<String> = problems.iter().map(|p| format!("{} {}", p.code, p.message)).collect();
    assert!(said.is_empty(), "{said:?}");
}

#[test]
fn a_misspelt_word_is_reported_with_the_nearest() {
    let right = "starts_when_any = [\"bill > $12,000 / month\", \"renewal\"]";
    assert!(whole().contains(right), "{right}");
    let found = refused(whole().replacen(right, "starts_when_ny = [\"renewal\"]", 1));
    let unknown = found.iter().find(|problem| problem.code == "E003").expect("it is no word");
    assert_eq!(unknown.message, "`policy.at-12k` has no key `starts_when_ny`");
    assert!(unknown.cure.contains("`starts_when_any`"), "{}", unknown.cure);
}

#[test]
fn a_word_out_of_its_place_is_unknown_there() {
    let found = refused(whole().replacen("[business]", "[people.business]", 1));
    assert!(found.iter().any(|problem| problem.code == "E003" && problem.message.contains("`business`")));
}
