//! Imports point down: the floors of ARCHITECTURE.md, held by reading the sources.

use std::fs;
use std::path::{Path, PathBuf};

/// Lowest first; floors of one row never see each other.
const FLOORS: [&[&str]; 12] = [
    &["units", "diag"],
    &["math"],
    &["model"],
    &["scenario", "plan"],
    &["sim"],
    &["summary"],
    &["study"],
    &["present"],
    &["store"],
    &["cli"],
    &["main"],
    &["lib"],
];

fn height(floor: &str) -> Option<usize> {
    FLOORS.iter().position(|row| row.contains(&floor))
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the source folder is readable") {
        let path = entry.expect("its entries too").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// The floors that a source file names with `crate::`.
fn named(text: &str) -> Vec<String> {
    let mut floors = Vec::new();
    // A comment may point anywhere.
    let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    for part in code.split("crate::").skip(1) {
        let inside = part.strip_prefix('{').map_or(part, |rest| rest.split('}').next().unwrap_or(rest));
        let names = if part.starts_with('{') { inside.split(',').collect() } else { vec![inside] };
        for name in names {
            let word: String = name.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if height(&word).is_some() {
                floors.push(word);
            }
        }
    }
    floors
}

#[test]
fn no_floor_imports_from_its_own_row_or_above() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    assert!(files.len() > 40, "the sources are where they are looked for");
    let mut wrong = Vec::new();
    let mut seen = 0;
    for file in files {
        let inside = file.strip_prefix(&root).expect("found below it");
        let first = inside.components().next().expect("not empty").as_os_str().to_string_lossy();
        let own = first.trim_end_matches(".rs").to_string();
        let own_height = height(&own).unwrap_or_else(|| panic!("{} stands on no floor", inside.display()));
        let text = fs::read_to_string(&file).expect("a source file is text");
        for other in named(&text).into_iter().filter(|other| *other != own) {
            seen += 1;
            if height(&other).is_some_and(|h| h >= own_height) {
                wrong.push(format!("{}: {own} may not know {other}", inside.display()));
            }
        }
    }
    assert!(seen > 40, "imports are recognised");
    assert!(wrong.is_empty(), "imports that point up or sideways:\n{}", wrong.join("\n"));
}

#[test]
fn an_upward_import_would_be_seen() {
    assert_eq!(named("use crate::cli::main; let x = crate::{sim, units::Seed};"), ["cli", "sim", "units"]);
}
