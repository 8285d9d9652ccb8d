//! What estimates are called in sentences.

use std::collections::BTreeSet;

use outgrow::model::Scenario;
use outgrow::present::input;

fn scenarios() -> Vec<Scenario> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios");
    let files = std::fs::read_dir(folder).expect("the scenarios").map(|entry| entry.expect("a file").path());
    let files = files.filter(|path| path.extension().is_some_and(|e| e == "toml"));
    let shipped = files.map(|path| crate::twin::read(&std::fs::read_to_string(path).expect("a scenario")));
    shipped.chain((0..60).map(|number| crate::twin::read(&crate::generate::scenario(number)))).collect()
}

#[test]
fn every_estimate_has_words_that_name_it() {
    let mut said = BTreeSet::new();
    for scenario in scenarios() {
        for estimate in scenario.estimates() {
            let words = input::words(&scenario, &estimate.path);
            // A path that nobody has words for is said as it stands.
            let bare = estimate.path.replace(['_', '-', '.'], " ");
            assert!(words != bare, "{} has no words", estimate.path);
            assert!(!words.contains(" per ") && !words.contains("of per"), "{}: {words}", estimate.path);
            said.insert(words);
        }
    }

    assert!(said.contains("minutes lost to each deploy on EKS"), "{said:#?}");
    assert!(said.contains("GB of database added a month"));
    assert!(said.contains("deploys that end in \u{201C}failed deploy\u{201D} on EKS"));
}
