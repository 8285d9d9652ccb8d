use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use super::{code, notes::Notes, table::Table, walk::Takes};
use crate::model::Basis;

/// What the figures of a table rest on, where they do not say it themselves: `basis` and `source` hold for everything
/// below the table they stand in.
#[derive(Debug, Clone, Default)]
pub(super) struct Evidence {
    pub(super) basis: Option<Basis>,
    pub(super) source: String,
}

const NAMES: [&str; 4] = ["measured", "quoted", "judged", "assumed"];
/// What each name means.
const BASES: [Basis; 4] = [Basis::Measured, Basis::Quoted, Basis::Judged, Basis::Assumed];

impl Evidence {
    /// By where keys stand, what holds for each of them by what its own file says: of joined files each says it of itself alone.
    pub(super) fn by_key(&self, entries: &DeTable<'_>, all: &mut BTreeMap<usize, Self>) {
        let text = |key: &str| entries.get(key).and_then(|value| value.get_ref().as_str());
        let mut own = self.clone();
        let basis = text("basis").and_then(|word| NAMES.iter().zip(BASES).find(|(name, _)| **name == word));
        own.basis = basis.map(|(_, basis)| basis).or(own.basis);
        own.source = text("source").map_or(own.source, str::to_owned);
        for (key, value) in entries {
            if let DeValue::Table(below) = value.get_ref() {
                own.by_key(below, all);
                // What a figure in braces says of itself holds for it.
                let inside = all.get(&below.keys().next().map_or(usize::MAX, |key| key.span().start)).cloned();
                all.insert(key.span().start, inside.unwrap_or_else(|| own.clone()));
            } else {
                all.insert(key.span().start, own.clone());
            }
        }
    }

    /// What holds below `table`, given what holds above it.
    pub(super) fn below(table: &mut Table<'_>, notes: &mut Notes) -> Self {
        let mut evidence = table.evidence.clone();
        if let Some((word, span)) = table.spanned_text("basis", notes) {
            notes.takes(&table.path_of("basis"), || Takes::Words(&NAMES));
            match NAMES.iter().zip(BASES).find(|(name, _)| **name == word) {
                Some((_, basis)) => evidence.basis = Some(basis),
                None => {
                    let problem = notes.error(code::UNKNOWN_WORD, &span, format!("`{word}` is not a basis"));
                    problem.cure = "write \"measured\", \"quoted\", \"judged\" or \"assumed\"".into();
                }
            }
        }
        if let Some(source) = table.text("source", notes) {
            evidence.source = source;
        }
        evidence
    }
}
