//! Published and independently computed answers, held against the product.
//!
//! Rows are read from every file `FAMILY.*.csv` in the folder that `OUTGROW_ORACLES` names (`../shared/oracles` beside
//! the crate if unset): more rows of a family can be added at any time, so nothing here counts on their number. Without
//! the folder a test says so and returns. One file per family; its head says how rows map to product code.
//!
//! ```text
//! row.id, case, inputs, quantity ──▶ the family's answer ──▶ Verdicts: passed | failed | sampled | not built
//! ```

mod compound_poisson;
mod cost_path_moments;
mod deterministic_crossover;
mod dist_pert_triangular;
mod e2e_crossover_mc;
mod first_passage_monthly;
mod fit_p10_p50_p90;
mod gaussian_copula;
mod metalog_fit_data;
mod npv_irr;
mod rng_vectors;
mod special_functions;
mod summary_stats_nist;
mod voi;
mod voi_brennan;
mod voi_gaussian;
mod voi_psa_samples;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;

/// A sampled quantity is judged at its tolerance plus this many of the run's standard errors.
const SIGMAS_SAMPLED: f64 = 4.0;

/// One question with its answer.
#[derive(Debug, Deserialize)]
pub struct Row {
    /// Unique name of the row.
    pub id: String,
    /// The case it belongs to.
    pub case: String,
    /// The question, as JSON text.
    inputs_json: String,
    /// What is asked.
    pub quantity: String,
    /// The answer: a number, a word or a list.
    pub expected: String,
    /// How it is judged.
    pub tol_mode: String,
    /// Absolute tolerance.
    pub tol_abs: f64,
    /// Relative tolerance.
    pub tol_rel: f64,
    /// Where the answer comes from.
    pub source: String,
}

impl Row {
    /// The question.
    pub fn inputs(&self) -> Value {
        serde_json::from_str(&self.inputs_json).unwrap_or_else(|error| panic!("{}: inputs: {error}", self.id))
    }

    /// A number of the question; the row is malformed without it.
    pub fn number(&self, name: &str) -> f64 {
        self.inputs()[name]
            .as_f64()
            .unwrap_or_else(|| panic!("{}: no number `{name}` in {}", self.id, self.inputs_json))
    }

    /// A word of the question, empty if there is none.
    pub fn word(&self, name: &str) -> String {
        self.inputs()[name].as_str().unwrap_or_default().to_owned()
    }

    /// A list of numbers of the question; the row is malformed without it.
    pub fn numbers(&self, name: &str) -> Vec<f64> {
        let inputs = self.inputs();
        let list = inputs[name].as_array().unwrap_or_else(|| panic!("{}: no list `{name}`", self.id));
        list.iter().map(|item| item.as_f64().unwrap_or_else(|| panic!("{}: `{name}` holds {item}", self.id))).collect()
    }
}

/// The folder of oracles.
pub fn folder() -> PathBuf {
    std::env::var_os("OUTGROW_ORACLES")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/oracles"), PathBuf::from)
}

/// All rows of a family, from every file `name.*.csv`; `None`, said aloud, without the folder or without a file.
pub fn family(name: &str) -> Option<Vec<Row>> {
    let folder = folder();
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("{name}: skipped, there is no folder {}", folder.display());
        return None;
    };
    let prefix = format!("{name}.");
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| {
            let file = path.file_name().unwrap_or_default().to_string_lossy();
            file.starts_with(&prefix) && file.ends_with(".csv")
        })
        .collect();
    files.sort();
    if files.is_empty() {
        println!("{name}: skipped, {} holds no file {prefix}*.csv", folder.display());
        return None;
    }
    let read = |path: &PathBuf| -> Vec<Row> {
        let mut reader = csv::Reader::from_path(path).expect("a readable file");
        reader.deserialize().map(|row| row.unwrap_or_else(|error| panic!("{}: {error}", path.display()))).collect()
    };
    Some(files.iter().flat_map(read).collect())
}

/// What became of a family's rows.
pub struct Verdicts {
    family: &'static str,
    passed: usize,
    sampled: usize,
    failures: Vec<String>,
    not_built: BTreeMap<String, usize>,
}

impl Verdicts {
    /// Nothing judged yet.
    pub fn new(family: &'static str) -> Self {
        Self { family, passed: 0, sampled: 0, failures: Vec::new(), not_built: BTreeMap::new() }
    }

    /// Judges a number that the product computes.
    pub fn number(&mut self, row: &Row, value: f64) {
        if within(row, value, 0.0) {
            self.passed += 1;
        } else {
            self.fail(row, &format!("{value:e}"));
        }
    }

    /// Judges a number that the product samples, at its tolerance plus 4 of the run's standard errors.
    pub fn sampled(&mut self, row: &Row, value: f64, standard_error: f64) {
        if within(row, value, SIGMAS_SAMPLED * standard_error) {
            self.sampled += 1;
        } else {
            self.fail(row, &format!("{value:e} ± {standard_error:e}"));
        }
    }

    /// Judges a word or a list, white space aside.
    pub fn text(&mut self, row: &Row, value: &str) {
        let bare = |text: &str| text.split_whitespace().collect::<String>();
        if bare(value) == bare(&row.expected) {
            self.passed += 1;
        } else {
            self.fail(row, value);
        }
    }

    /// Notes that the product has nothing that answers the row, under a name for the report.
    pub fn not_built(&mut self, name: &str) {
        *self.not_built.entry(name.to_owned()).or_default() += 1;
    }

    fn fail(&mut self, row: &Row, value: &str) {
        let Row { id, case, quantity, expected, source, .. } = row;
        self.failures.push(format!("{id} {case} {quantity}: expected {expected}, got {value} ({source})"));
    }

    /// Prints the family's line and fails if a row failed or none passed.
    pub fn close(self) {
        let names: Vec<&str> = self.not_built.keys().map(String::as_str).collect();
        let names = if names.is_empty() { String::new() } else { format!(" ({})", names.join(", ")) };
        let Self { family, passed, sampled, .. } = self;
        let (failed, missing) = (self.failures.len(), self.not_built.values().sum::<usize>());
        println!("{family}: {passed} passed, {failed} failed, {sampled} sampled, {missing} not built{names}");
        assert!(failed == 0, "{family}:\n{}", self.failures.join("\n"));
        assert!(passed + sampled > 0, "{family}: it has rows, but none passed");
    }
}

/// The rules of the oracles' own score card, `score.py` beside them.
fn within(row: &Row, value: f64, noise: f64) -> bool {
    let Ok(expected) = row.expected.trim().parse::<f64>() else {
        return false;
    };
    let (absolute, relative) = (row.tol_abs, row.tol_rel * expected.abs());
    let off = (value - expected).abs();
    value == expected
        || match row.tol_mode.as_str() {
            "deterministic" => off <= absolute + relative + noise,
            "mc_integer" => off <= absolute + noise,
            "factor" => value <= row.tol_rel * expected,
            "band" => value <= expected + absolute,
            _ => off <= absolute.max(relative) + noise,
        }
}
