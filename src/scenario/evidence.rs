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
