use std::ops::Range;
use std::sync::Arc;

use super::SourceFile;

/// Whether a problem stops the reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is computed.
    Error,
    /// Something is computed, and this should be known of it.
    Warning,
}

/// Where a problem is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: Arc<SourceFile>,
    /// Bytes of its text.
    pub span: Range<usize>,
}

impl Place {
    /// Line and column of the first byte, both from 1, columns in characters.
    #[must_use]
    pub fn line_and_column(&self) -> (usize, usize) {
        self.file.line_and_column(self.span.start)
    }
}

/// One thing that is wrong, or worth knowing, about a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The stable name of this kind of problem: `E014`.
    pub code: &'static str,
    /// Whether it stops the reading.
    pub severity: Severity,
    /// What is wrong, in a sentence that names the key.
    pub message: String,
    /// Where.
    pub place: Place,
    /// What was wanted, where the message does not say it all; may be empty.
    pub wanted: String,
    /// A way out, to be written at the caret; may be empty.
    pub cure: String,
}

/// Problems of one reading, in the order of the text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// The problems.
    pub problems: Vec<Problem>,
}

impl Report {
    /// Collects problems, errors first, in the order of their places; those of one place keep their order.
    #[must_use]
    pub fn new(mut problems: Vec<Problem>) -> Self {
        problems.sort_by(|a, b| {
            let key = |p: &Problem| (p.severity, p.place.file.name.clone(), p.place.span.start);
            key(a).cmp(&key(b))
        });
        Self { problems }
    }

    /// How many of the problems are errors.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.problems.iter().filter(|problem| problem.severity == Severity::Error).count()
    }
}
