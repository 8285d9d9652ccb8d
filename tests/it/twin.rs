//! The kernel against its twin: same draws, every named quantity, every month.

use std::collections::BTreeMap;

use outgrow::math::law::Law;
use outgrow::model::price::PriceBook;
use outgrow::model::{Condition, Contract, Estimate, Lens, Scenario};
use outgrow::plan::compile;
use outgrow::scenario::{LoadError, Loader, prices};
use outgrow::sim::{Sampling, Source, reference, trace};
use outgrow::units::Seed;

use crate::generate;

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
            assert!(k == t || (k - t).abs() <= allowed, "{label}: {path} in month {}: kernel {k}, twin {t}", month + 1);
        }
    }
}

/// A scenario whose text is at hand, at the prices that ship.
pub fn read(text: &str) -> Scenario {
    read_at(prices::compiled(), text)
}

/// The same where nothing has to be left, and nothing ends.
pub fn unforced(text: &str) -> Scenario {
    let mut scenario = read(text);
    for event in &mut scenario.events {
        (event.ends_product, event.ends_platform) = (false, None);
    }
    scenario.platforms.iter_mut().flat_map(|platform| &mut platform.cannot).for_each(|cannot| cannot.leave = None);
    scenario
}

/// The same at the prices of a book.
pub fn read_at(book: &PriceBook, text: &str) -> Scenario {
    struct Text<'a>(&'a str);
    impl Loader for Text<'_> {
        fn load(&self, name: &str) -> Result<String, LoadError> {
            Ok(outgrow::scenario::schema::beside(name).unwrap_or(self.0).to_owned())
        }
    }
    match outgrow::scenario::read_at(book, "scenario.toml", &Text(text)) {
        Ok((scenario, _)) => scenario,
        Err(report) => panic!("{report}"),
    }
}

/// Contracts that end and are renewed, and projects that wait for that.
fn renewals(scenario: &mut Scenario, number: u64) {
    if !number.is_multiple_of(3) {
        return;
    }
    let constant = |path: &str, value: f64| Estimate {
        path: format!("vendor.shop.contract.{path}"),
        law: Law::Constant(value),
        ..scenario.people.raise.clone()
    };
    let contract = Contract {
        minimum_spend: constant("minimum_spend", 900.0 * (number % 4) as f64),
        until: constant("until", 1.0 + (number % 7) as f64),
        renews_every: number.is_multiple_of(2).then(|| constant("renews_every", 5.4)),
        notice: constant("notice", (number % 5) as f64),
    };
    for vendor in scenario.vendors.iter_mut().filter(|vendor| vendor.name == "shop") {
        vendor.contract = Some(contract.clone());
    }
    scenario.migrations.iter_mut().for_each(|migration| migration.starts_when_any.push(Condition::Renewal));
}

#[test]
fn kernel_and_twin_agree_on_two_hundred_generated_scenarios() {
    let mut compared = 0;
    let mut words = [0; 4];
    for number in 0..200 {
        let mut scenario = read(&generate::decided(number));
        let rule = scenario.verdict;
        let said = [rule.lens != Lens::Tco, !rule.discounted, rule.window.is_some(), rule.end_value_years > 0.0];
        words.iter_mut().zip(said).for_each(|(count, said)| *count += usize::from(said));
        // A study may put a project off.
        scenario.migrations.iter_mut().for_each(|migration| migration.delay_months = (number % 4) as u32);
        renewals(&mut scenario, number);
        // Some trials in the first block, some at the foot of a later one.
        let first = [0, 509, 51_200][number as usize % 3];
        compared += compare(&scenario, Seed(number), first, 3, &format!("generated {number}"));
    }
    assert!(compared > 200_000, "quantities are named: {compared}");
    assert!(words.iter().all(|count| *count > 50), "what is decided on is said in many ways: {words:?}");
}

#[test]
fn kernel_and_twin_agree_on_shipped_scenarios() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).expect("scenarios ship") {
        let path = entry.expect("readable").path();
        if path.extension().is_some_and(|e| e == "toml") {
            let scenario = read(&std::fs::read_to_string(&path).expect("text"));
            compare(&scenario, scenario.run.seed, 0, 40, &path.display().to_string());
            seen += 1;
        }
    }
    assert!(seen > 0, "a scenario ships");
}
