//! The kernel against its twin: same draws, every named quantity, every month.

use std::collections::BTreeMap;

use outgrow::model::Scenario;
use outgrow::plan::compile;
use outgrow::sim::{Sampling, Source, reference, trace};
use outgrow::units::Seed;

/// Both compute the same formula in another order of operations: a few hundred roundings of 2⁻⁵³, and a metered or
/// accumulated total near 0 loses what its parts had.
const REL_SAME_FORMULA: f64 = 1e-9;
/// Dollars or hours below which a difference is rounding.
const ABS_ROUNDING: f64 = 1e-6;

/// Compares `n` trials from `first`; gives how many values were compared.
pub fn compare(scenario: &Scenario, seed: Seed, first: u64, n: usize, label: &str) -> usize {
    let plan = compile(scenario);
    let kernel = trace(&plan, seed, first, n);
    let source = Source::new(seed, Sampling::Plain);
    let mut compared = 0;
    for (place, kernel) in kernel.iter().enumerate() {
        let trial = first + place as u64;
        let twin = reference::trial(scenario, &source, trial);
        compare_one(kernel, &twin, &format!("{label}, trial {trial}"));
        compared += kernel.values().map(Vec::len).sum::<usize>();
    }
    compared
}

fn compare_one(kernel: &BTreeMap<String, Vec<f64>>, twin: &BTreeMap<String, Vec<f64>>, label: &str) {
    let paths = |trace: &BTreeMap<String, Vec<f64>>| trace.keys().cloned().collect::<Vec<_>>();
    assert_eq!(paths(kernel), paths(twin), "{label}: both name the same quantities");
    for (path, values) in kernel {
        for (month, (k, t)) in values.iter().zip(&twin[path]).enumerate() {
            let allowed = ABS_ROUNDING.max(REL_SAME_FORMULA * t.abs());
            assert!((k - t).abs() <= allowed, "{label}: {path} in month {}: kernel {k}, twin {t}", month + 1);
        }
    }
}
