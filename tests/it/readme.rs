//! The pages beside the sources are true: their commands, their links, the paths they name.

use std::fs;
use std::path::{Path, PathBuf};

const SCENARIO_COMMAND: &str = "cargo run --release -- run scenarios/heroku-to-ecs.toml";
const TEST_COMMAND: &str = "cargo test --release";

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The pages of the top level and of the scenarios.
fn pages() -> Vec<PathBuf> {
    let mut pages = Vec::new();
    for folder in [".", "scenarios", "scenarios/cases"] {
        let entries = fs::read_dir(here(folder)).expect("the folder is readable");
        let paths = entries.map(|entry| entry.expect("an entry").path());
        pages.extend(paths.filter(|path| path.extension().is_some_and(|e| e == "md")));
    }
    pages.sort();
    pages
}

/// Targets of `[…](target)` that lie in the repository, without what follows a `#`.
fn links(page: &str) -> Vec<&str> {
    let targets = page.split("](").skip(1).filter_map(|rest| rest.split_once(')').map(|(target, _)| target));
    let inside = targets.filter(|target| !target.contains("://") && !target.starts_with('#'));
    inside.map(|target| target.split('#').next().unwrap_or(target)).collect()
}

/// Words in backticks that are paths: without spaces, and with a folder or a file's ending.
fn paths(page: &str) -> Vec<&str> {
    const ENDINGS: [&str; 3] = [".rs", ".toml", ".md"];
    let quoted =
        page.lines().filter(|line| !line.starts_with("    ")).flat_map(|line| line.split('`').skip(1).step_by(2));
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-./".contains(c);
    let is_path = |word: &&str| {
        word.chars().all(plain) && (word.contains('/') || ENDINGS.iter().any(|ending| word.ends_with(ending)))
    };
    quoted.filter(is_path).collect()
}

/// Folders below a folder, as paths from it.
fn folders(root: &Path, folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            let inside = path.strip_prefix(root).expect("found below it");
            found.push(inside.to_string_lossy().replace('\\', "/"));
            folders(root, &path, found);
        }
    }
}

#[test]
fn the_two_commands_of_the_readme_are_there_and_say_how_long_the_first_build_takes() {
    let readme = text(&here("README.md"));
    for command in [SCENARIO_COMMAND, TEST_COMMAND] {
        let line = readme.lines().find(|line| line.trim_start().starts_with(command));
        let line = line.unwrap_or_else(|| panic!("the README has no line `{command}`"));
        assert!(line.contains("(first build: about "), "{line}");
    }
}

#[test]
fn the_continuous_checks_run_the_test_command_of_the_readme() {
    let checks = text(&here(".ci/run"));
    assert!(checks.lines().any(|line| line == TEST_COMMAND), "{checks}");
}

#[test]
fn every_relative_link_leads_to_a_file() {
    let mut seen = 0;
    let mut broken = Vec::new();
    for page in pages() {
        let text = text(&page);
        let folder = page.parent().expect("a page lies in a folder");
        for link in links(&text) {
            seen += 1;
            if !folder.join(link).exists() {
                broken.push(format!("{}: {link}", page.display()));
            }
        }
    }
    assert!(seen > 10, "links are recognised: {seen}");
    assert!(broken.is_empty(), "links that lead nowhere:\n{}", broken.join("\n"));
}

#[test]
fn the_map_names_every_folder_of_the_sources() {
    let map = text(&here("ARCHITECTURE.md"));
    let named = paths(&map);
    let source = here("src");
    let mut all = Vec::new();
    folders(&source, &source, &mut all);
    assert!(all.len() > 15, "folders are found: {all:?}");
    let is_named = |folder: &str| named.iter().any(|path| path.starts_with(&format!("{folder}/")));
    let missing: Vec<&String> = all.iter().filter(|folder| !is_named(folder)).collect();
    assert!(missing.is_empty(), "ARCHITECTURE.md does not name {missing:?}");
}

#[test]
fn every_path_that_the_map_names_is_there() {
    let map = text(&here("ARCHITECTURE.md"));
    let named = paths(&map);
    assert!(named.len() > 130, "paths are recognised: {}", named.len());
    let is_there = |path: &str| here("src").join(path).exists() || here(path).exists();
    // What a run writes into its own folder.
    let gone: Vec<&&str> = named.iter().filter(|path| **path != "run.toml" && !is_there(path)).collect();
    assert!(gone.is_empty(), "ARCHITECTURE.md names what is not there: {gone:?}");
}

#[test]
fn links_and_paths_are_told_from_other_words() {
    let page =
        "[a](b.md#c) [d](https://e.org/f) ![g](h/i.png) `j/k.rs` and `l` or `m.rs` and `n | o`\n    drawn `p.rs`";
    assert_eq!(links(page), ["b.md", "h/i.png"]);
    assert_eq!(paths(page), ["j/k.rs", "m.rs"]);
}

#[test]
fn the_page_in_the_readme_is_the_one_that_is_printed() {
    let out = tempfile::tempdir().expect("a temporary folder");
    let ran = std::process::Command::new(env!("CARGO_BIN_EXE_outgrow"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["run", "scenarios/heroku-to-ecs.toml", "--out"])
        .arg(out.path())
        .output()
        .expect("the built command starts");
    let page = String::from_utf8(ran.stdout).expect("text");
    let readme = text(&here("README.md"));
    let shown: Vec<&str> = readme.lines().map(str::trim).collect();
    let printed: Vec<&str> =
        page.lines().map(str::trim).filter(|line| !line.starts_with("Tables and the chart")).collect();
    assert!(
        printed.len() > 20 && shown.windows(printed.len() - 1).any(|lines| lines == &printed[..printed.len() - 1]),
        "{page}"
    );
}
