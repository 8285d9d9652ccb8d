//! What is read, what is refused, and in which words.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use outgrow::diag::{Report, Severity};
use outgrow::model::Scenario;
use outgrow::scenario::{LoadError, Loader, read};

/// Files of one folder.
struct Folder(PathBuf);

impl Loader for Folder {
    fn load(&self, name: &str) -> Result<String, LoadError> {
        let bytes = fs::read(self.0.join(name)).map_err(|_| LoadError::NotFound)?;
        String::from_utf8(bytes).map_err(|_| LoadError::NotText)
    }
}

/// One text under the name `x.toml`.
struct Text(String);

impl Loader for Text {
    fn load(&self, _: &str) -> Result<String, LoadError> {
        Ok(self.0.clone())
    }
}

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// What a reading says, whether it succeeds or not.
fn page(name: &str, loader: &dyn Loader) -> String {
    match read(name, loader) {
        Ok((_, warnings)) => Report::new(warnings).to_string(),
        Err(report) => report.to_string(),
    }
}

fn scenario(folder: &str, name: &str) -> Scenario {
    match read(name, &Folder(here(folder))) {
        Ok((scenario, _)) => scenario,
        Err(report) => panic!("{report}"),
    }
}

#[test]
fn shipped_scenarios_are_read_without_a_warning() {
    for (folder, name) in [
        ("scenarios", "heroku-to-ecs.toml"),
        ("tests/fixtures", "small-stays.toml"),
        ("tests/fixtures", "small-stays-36.toml"),
    ] {
        let said = page(name, &Folder(here(folder)));
        assert!(said.is_empty(), "{name}:\n{said}");
        scenario(folder, name);
    }
}
