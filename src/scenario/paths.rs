//! Paths as a file has them, `drivers.database.today`, and as estimates have them, `driver.database.today`.

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

fn in_words(path: &str, word: impl Fn(usize, &str) -> Option<&'static str>) -> String {
    let pieces = path.split('.').enumerate().map(|(place, piece)| word(place, piece).unwrap_or(piece));
    pieces.collect::<Vec<&str>>().join(".")
}
