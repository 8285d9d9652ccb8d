//! What estimates are called in sentences.

use std::collections::BTreeSet;

use outgrow::model::Scenario;
use outgrow::present::{hinges, input};

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

#[test]
fn a_platform_of_several_options_is_called_by_the_one_that_is_compared_and_todays_by_its_own_name() {
    let run = |name: &str| {
        let file = format!("{}/scenarios/{name}.toml", env!("CARGO_MANIFEST_DIR"));
        crate::run::run(&std::fs::read_to_string(file).expect("a scenario"), 64, 7)
    };
    let six = run("six-ways");
    let label = |one: &str, other: &str, path: &str| {
        hinges::label(&six.summary, (six.option(one), six.option(other)), &six.scenario, path)
    };
    let deploys = "platform.ecs.friction.per.deploys";
    assert_eq!(label("bought", "ecs-developers", deploys), "minutes lost to each deploy on ECS by developers");
    assert_eq!(
        label("ecs-service", "ecs-developers", deploys),
        "minutes lost to each deploy on AWS",
        "both stand there"
    );
    let on_heroku = "platform.heroku.friction.per.deploys";
    assert_eq!(label("bought", "heroku-tuned", on_heroku), "minutes lost to each deploy on Heroku");
    assert_eq!(label("bought", "heroku", "business.revenue"), "revenue of the business a month");
    let forced = run("paas-shuts-down");
    let today = forced.scenario.platforms[forced.scenario.options[forced.summary.baseline].platform.0].name.clone();
    let compared = ((forced.summary.baseline + 1) % forced.summary.options.len(), forced.summary.baseline);
    let label =
        hinges::label(&forced.summary, compared, &forced.scenario, &format!("platform.{today}.friction.per.deploys"));
    assert_eq!(label, "minutes lost to each deploy on Old PaaS");
}
