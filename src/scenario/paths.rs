//! Paths as a file has them, `drivers.database.today`, and as estimates have them, `driver.database.today`.

use toml::de::{DeTable, DeValue};

/// Words of a file's paths that [`crate::model::Estimate::path`] has in the singular: where, in the file and there.
const WORDS: [(usize, &str, &str); 8] = [
    (0, "platforms", "platform"),
    (0, "drivers", "driver"),
    (0, "options", "option"),
    (0, "migrations", "migration"),
    (0, "events", "event"),
    (0, "requirements", "requirement"),
    (1, "cases", "case"),
    (2, "incidents", "incident"),
];

/// The same of tables that no estimate of another place is named by.
const OF_TABLES: [(usize, &str, &str); 4] = [
    (0, "vendors", "vendor"),
    (0, "measurements", "measurement"),
    (0, "incidents", "incident"),
    (2, "workloads", "workload"),
];

/// The path of a table as a file has it.
pub(super) fn table_as_written(path: &str) -> String {
    let words = || WORDS.iter().chain(&OF_TABLES);
    in_words(path, |place, piece| words().find(|w| (w.0, w.2) == (place, piece)).map(|w| w.1))
}

/// A path as a file has it, in the words of estimates.
pub(super) fn singular(path: &str) -> String {
    in_words(path, |place, piece| WORDS.iter().find(|w| (w.0, w.1) == (place, piece)).map(|w| w.2))
}

/// The path of an estimate as a file has it.
#[must_use]
pub fn as_written(path: &str) -> String {
    in_words(path, |place, piece| WORDS.iter().find(|w| (w.0, w.2) == (place, piece)).map(|w| w.1))
}

/// A key of a path, and whether it stands in quotes: what does may have dots of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) text: String,
    pub(super) is_quoted: bool,
}

/// The keys of a path as TOML writes one, `options.tuned.change."runtime.web.today"`; `None` for what is none.
#[must_use]
pub(super) fn keys(path: &str) -> Option<Vec<Key>> {
    let mut keys = Vec::new();
    let mut rest = path.trim();
    loop {
        let (text, behind, is_quoted) = match rest.strip_prefix(['"', '\'']) {
            Some(inside) => {
                let (text, behind) = inside.split_once(&rest[..1])?;
                (text, behind, true)
            }
            None => {
                let end = rest.find('.').unwrap_or(rest.len());
                (&rest[..end], &rest[end..], false)
            }
        };
        let is_key = match is_quoted {
            true => !text.is_empty() && !text.contains('\\') && !text.chars().any(char::is_control),
            false => is_bare(text),
        };
        keys.push(Key { text: is_key.then(|| text.to_owned())?, is_quoted });
        match behind.strip_prefix('.') {
            Some(next) => rest = next,
            None if behind.is_empty() => return Some(keys),
            None => return None,
        }
    }
}

/// Whether a key needs no quotes (TOML 1.0, "Keys").
fn is_bare(key: &str) -> bool {
    !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

/// Keys as a path: in quotes those that need them.
#[must_use]
pub(super) fn spelled(keys: &[String]) -> String {
    let key = |key: &String| if is_bare(key) { key.clone() } else { format!("\"{key}\"") };
    keys.iter().map(key).collect::<Vec<_>>().join(".")
}

/// The keys that a path leads along in a table. Keys without quotes are read as one with dots where only that is there, as those of a
/// `change` have; what is not there is taken as it is written, and of a `change` as one key.
#[must_use]
pub(super) fn way(table: &DeTable<'_>, path: &[Key]) -> Vec<String> {
    let mut all = Vec::new();
    if !leads(table, path, &mut all) {
        let is_change = |keys: &[Key]| keys.len() > 3 && keys[0].text == "options" && keys[2].text == "change";
        all = path.iter().map(|key| key.text.clone()).collect();
        if is_change(path) {
            let last = all.split_off(3).join(".");
            all.push(last);
        }
    }
    all
}

/// Whether a path leads to something in a table, and along which keys.
pub(super) fn leads(table: &DeTable<'_>, path: &[Key], way: &mut Vec<String>) -> bool {
    for taken in 1..=path.len() {
        let (key, rest) = path.split_at(taken);
        if taken > 1 && key.iter().any(|key| key.is_quoted) {
            return false;
        }
        let key = key.iter().map(|key| key.text.as_str()).collect::<Vec<_>>().join(".");
        let Some(value) = table.get(key.as_str()) else { continue };
        way.push(key);
        let is_there = match value.get_ref() {
            DeValue::Table(below) if !rest.is_empty() => leads(below, rest, way),
            _ => rest.is_empty(),
        };
        if is_there {
            return true;
        }
        way.pop();
    }
    false
}

fn in_words(path: &str, word: impl Fn(usize, &str) -> Option<&'static str>) -> String {
    let pieces = path.split('.').enumerate().map(|(place, piece)| word(place, piece).unwrap_or(piece));
    pieces.collect::<Vec<&str>>().join(".")
}

#[cfg(test)]
mod tests {
    use toml::de::DeTable;

    use super::{keys, spelled, way};

    #[test]
    fn a_path_leads_along_keys_with_dots_of_their_own() {
        let text = "[options.tuned.change]\n\"runtime.web.today\" = 3\n[options.tuned.title]\nx = 1";
        let table = DeTable::parse(text).expect("a document").into_inner();
        let spelled = |path: &str| spelled(&way(&table, &keys(path).expect("a path")));
        for (path, wanted) in [
            ("options.tuned.change.\"runtime.web.today\"", "options.tuned.change.\"runtime.web.today\""),
            ("options.tuned.change.'runtime.web.today'", "options.tuned.change.\"runtime.web.today\""),
            ("options.tuned.change.runtime.web.today", "options.tuned.change.\"runtime.web.today\""),
            // Not there yet: a key of `change` still.
            ("options.tuned.change.runtime.web.units", "options.tuned.change.\"runtime.web.units\""),
            ("options.tuned.title.x", "options.tuned.title.x"),
            ("demand.growth", "demand.growth"),
        ] {
            assert_eq!(spelled(path), wanted, "{path}");
        }
        for wrong in ["", "a..b", "a.\"b", "a b", "a.\"b\"c", "a.\"\"", ".a", "a."] {
            assert_eq!(keys(wrong), None, "{wrong}");
        }
    }
}
