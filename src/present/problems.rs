//! Problems for another program: an editor, a check of pull requests.

use serde_json::{Value, json};

use crate::diag::{Problem, Severity};

/// One problem with its place.
#[must_use]
pub fn value(problem: &Problem) -> Value {
    let (line, column) = problem.place.line_and_column();
    let said = |text: &str| if text.is_empty() { Value::Null } else { json!(text) };
    json!({
        "code": problem.code,
        "severity": match problem.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        "file": problem.place.file.name_at(problem.place.span.start),
        "line": line,
        "column": column,
        "message": problem.message,
        "wanted": said(&problem.wanted),
        "cure": said(&problem.cure),
    })
}

/// A problem that is of no place in a file.
#[must_use]
pub fn without_place(text: &str) -> Value {
    let message = text.trim().trim_start_matches("outgrow: ");
    json!({
        "code": null, "severity": "error", "file": null, "line": null, "column": null, "message": message,
        "wanted": null, "cure": null,
    })
}

/// The document of a command that could do nothing else.
#[must_use]
pub fn document(problems: &[Value]) -> String {
    format!("{:#}\n", json!({ "problems": problems }))
}
