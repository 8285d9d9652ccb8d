use super::{code, notes::Notes, table::Table, walk::Takes};
use crate::model::Basis;

/// What the figures of a table rest on, where they do not say it themselves: `basis` and `source` hold for everything
/// below the table they stand in.
#[derive(Debug, Clone, Default)]
pub(super) struct Evidence {
    pub(super) basis: Option<Basis>,
    pub(super) source: String,
    /// Where the file begins that each of them stands in.
    from: [usize; 2],
}

const NAMES: [&str; 4] = ["measured", "quoted", "judged", "assumed"];
/// What each name means.
const BASES: [Basis; 4] = [Basis::Measured, Basis::Quoted, Basis::Judged, Basis::Assumed];

impl Evidence {
    /// What of it holds for a key that stands at a byte. Of joined files the later ones are said over: what a file says
    /// rests on nothing that stands in a later one.
    pub(super) fn at(&self, key: usize) -> Self {
        let [basis, source] = self.from.map(|from| from <= key);
        Self {
            basis: self.basis.filter(|_| basis),
            source: if source { self.source.clone() } else { String::new() },
            from: self.from,
        }
    }

    /// What holds below `table`, given what holds above it.
    pub(super) fn below(table: &mut Table<'_>, notes: &mut Notes) -> Self {
        let mut evidence = table.evidence.clone();
        if let Some((word, span)) = table.spanned_text("basis", notes) {
            notes.takes(&table.path_of("basis"), || Takes::Words(&NAMES));
            match NAMES.iter().zip(BASES).find(|(name, _)| **name == word) {
                Some((_, basis)) => (evidence.basis, evidence.from[0]) = (Some(basis), notes.start_of(&span)),
                None => {
                    let problem = notes.error(code::UNKNOWN_WORD, &span, format!("`{word}` is not a basis"));
                    problem.cure = "write \"measured\", \"quoted\", \"judged\" or \"assumed\"".into();
                }
            }
        }
        if let Some((source, span)) = table.spanned_text("source", notes) {
            (evidence.source, evidence.from[1]) = (source, notes.start_of(&span));
        }
        evidence
    }
}
