use toml::de::DeValue;

use crate::model::{Reason, RequirementId};
use crate::scenario::table::{Table, nearest, wrong_type};
use crate::scenario::walk::Takes;
use crate::scenario::{code, notes::Notes};

use super::Names;

/// Reads `reasons` of the file: words, or names of requirements; each counts once.
pub(super) fn read(root: &mut Table<'_>, names: &Names, notes: &mut Notes) -> Vec<Reason> {
    let Some(field) = root.take("reasons") else { return Vec::new() };
    notes.takes(&field.path, || Takes::Texts);
    let DeValue::Array(items) = field.value else {
        wrong_type(&field, "a list: [\"bill\", \"incidents\"]", notes);
        return Vec::new();
    };
    let mut reasons: Vec<Reason> = Vec::new();
    for (nth, item) in items.iter().enumerate() {
        let element = field.element(nth, item);
        let Some(text) = element.text(notes) else { continue };
        let word = Reason::WORDS.iter().find(|(word, _)| *word == text).map(|(_, reason)| *reason);
        let named = || names.requirements.iter().position(|name| *name == text);
        match word.or_else(|| named().map(|place| Reason::Requirement(RequirementId(place)))) {
            Some(reason) if reasons.contains(&reason) => {}
            Some(reason) => reasons.push(reason),
            None => {
                let known = || Reason::WORDS.iter().map(|(word, _)| *word);
                let all = || known().chain(names.requirements.iter().map(String::as_str));
                let message = format!("`{text}` is no reason that the results could answer, and no requirement");
                notes.error(code::UNKNOWN_NAME, &element.span, message).cure = match nearest(&text, all()) {
                    Some(near) => format!("did you mean \"{near}\"?"),
                    None => format!("write {}, or the name of a requirement", known().collect::<Vec<_>>().join(", ")),
                };
            }
        }
    }
    reasons
}
