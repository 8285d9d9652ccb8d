use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::{Failure, name_of, print};
use crate::scenario;
use crate::store::Files;

/// Reads files and shows their problems.
pub(super) fn check(files: &[PathBuf], quiet: bool) -> Result<(), Failure> {
    let mut fine = String::new();
    let mut wrong = String::new();
    for file in files {
        match read(file) {
            Ok(text) => fine.push_str(&text),
            Err(Failure::Input(text)) => wrong.push_str(&text),
            Err(other) => return Err(other),
        }
    }
    if !quiet {
        print(&fine)?;
    }
    if wrong.is_empty() { Ok(()) } else { Err(Failure::Input(wrong)) }
}

/// What is said of one file that can be run: its warnings and what is in it.
fn read(file: &Path) -> Result<String, Failure> {
    let (scenario, warnings) = scenario::read(name_of(file)?, &Files).map_err(|report| {
        let (errors, all) = (report.errors(), report.problems.len());
        let count = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
        Failure::Input(format!("{report}\n{}, {}\n", count(errors, "problem"), count(all - errors, "warning")))
    })?;
    let mut text = String::new();
    for warning in &warnings {
        let _ = writeln!(text, "{warning}");
    }
    let estimates = scenario.estimates();
    let drawn = estimates.iter().filter(|estimate| estimate.constant().is_none()).count();
    let _ = writeln!(
        text,
        "{}: {} options over {} months from {}; {drawn} estimates, {} fixed figures",
        file.display(),
        scenario.options.len(),
        scenario.months,
        scenario.start,
        estimates.len() - drawn
    );
    Ok(text)
}
