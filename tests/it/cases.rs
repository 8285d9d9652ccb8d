//! Published cases replayed: what was published of the time after, against what a run says that knew only the time before.

use std::fs;
use std::path::{Path, PathBuf};

use outgrow::model::Scenario;
use outgrow::model::price::AsOf;
use outgrow::plan::op::Col;
use outgrow::plan::{OptionColumns, Plan, compile};
use outgrow::scenario::{LoadError, Loader, prices, read as read_file};
use outgrow::sim::{self, Quantiles, Request};
use outgrow::study::later;
use outgrow::study::verdict::{self, Word};
use outgrow::summary::{self, Lens};
use outgrow::units::WEEKS_PER_MONTH;
use serde_json::Value;

use crate::{schema, twin};

/// Enough for ranks of 5 and 95 % with a standard error of √(0.05 · 0.95 / 4096) = 0.34 %.
const TRIALS: u64 = 4_096;
/// A rank so many standard errors from 5 or 95 % is on its side of it.
const CLEAR: f64 = 3.0;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/cases")
}

struct Cases;

impl Loader for Cases {
    fn load(&self, name: &str) -> Result<String, LoadError> {
        fs::read_to_string(folder().join(name)).map_err(|_| LoadError::NotFound)
    }
}

/// The file of a case: beside the table, or, for the one that was there before, with the shipped scenarios.
fn file(case: &str) -> String {
    let own = format!("{case}.toml");
    if folder().join(&own).exists() { own } else { format!("../{own}") }
}

fn scenario(file: &str) -> Scenario {
    read_file(file, &Cases).unwrap_or_else(|report| panic!("{report}")).0
}

/// One line of `published.toml`.
struct Published {
    case: String,
    quantity: String,
    option: String,
    reads: String,
    value: f64,
    outside: Option<String>,
    sized: Option<String>,
}

fn published() -> Vec<Published> {
    let text = fs::read_to_string(folder().join("published.toml")).expect("the table of what was published");
    let table = schema::value_of(&text).expect("TOML");
    let tables = |value: &Value| value.as_object().expect("a table").clone();
    let mut all = Vec::new();
    for (case, quantities) in tables(&table) {
        for (quantity, row) in tables(&quantities) {
            let row = tables(&row);
            for key in row.keys() {
                assert!(["option", "reads", "value", "source", "outside", "sized"].contains(&key.as_str()), "{key}");
            }
            let word = |key: &str| row.get(key).map(|value| value.as_str().expect("a text").to_owned());
            assert!(word("source").is_some_and(|source| source.len() > 7), "{case}.{quantity} has a source");
            all.push(Published {
                case: case.clone(),
                quantity,
                option: word("option").expect("an option"),
                reads: word("reads").expect("what is read"),
                value: row["value"].as_f64().expect("a number"),
                outside: word("outside"),
                sized: word("sized"),
            });
        }
    }
    all
}

/// A run of which columns are kept at the horizon.
struct Kept {
    plan: Plan,
    scenario: Scenario,
    draws: sim::Draws,
}

impl Kept {
    fn run(scenario: Scenario, columns: impl Fn(&OptionColumns) -> Vec<Col>) -> Self {
        let plan = compile(&scenario);
        let mut wanted: Vec<Col> = plan.outputs.options.iter().flat_map(columns).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let seed = scenario.run.seed;
        let request = Request {
            trials: 0..TRIALS,
            seed,
            threads: 2,
            quantiles: Quantiles::Headline,
            columns: wanted,
            deciders: None,
        };
        let draws = sim::run(&plan, &request, &|_| {});
        Self { plan, scenario, draws }
    }

    fn of(&self, option: &str, col: impl Fn(&OptionColumns) -> Col) -> Vec<f64> {
        let place = self.scenario.options.iter().position(|o| o.name == option).expect("an option of the case");
        self.draws.column(col(&self.plan.outputs.options[place]))
    }
}

/// What a run says, by trial.
fn sampled(published: &Published) -> Vec<f64> {
    let mut scenario = scenario(&file(&published.case));
    if matches!(published.reads.as_str(), "effort" | "weeks") {
        let run = Kept::run(scenario, |o| vec![o.project_weeks, o.left, o.cutover]);
        let of = |col: fn(&OptionColumns) -> Col| run.of(&published.option, col);
        return match published.reads.as_str() {
            "effort" => of(|o| o.project_weeks),
            _ => of(|o| o.cutover)
                .iter()
                .zip(of(|o| o.left))
                .map(|(end, start)| (end - start) * WEEKS_PER_MONTH)
                .collect(),
        };
    }
    // Month 1, as if one lived there.
    let baseline = scenario.options[scenario.baseline.0].name.clone();
    scenario.months = 1;
    scenario.options.iter_mut().for_each(|option| option.migration = None);
    let run = Kept::run(scenario, |o| vec![o.monthly[0], o.cumulative[0], o.hours]);
    let bill = |option: &str| run.of(option, |o| o.monthly[0]);
    let own = bill(&published.option);
    match published.reads.as_str() {
        "bill" => own,
        "part" => own.iter().zip(bill(&baseline)).map(|(own, base)| own / base).collect(),
        "one-off" => {
            let all = run.of(&published.option, |o| o.cumulative[0]);
            all.iter().zip(own).map(|(all, month)| all - month).collect()
        }
        "hours" => run.of(&published.option, |o| o.hours),
        other => panic!("nothing reads `{other}`"),
    }
}

/// Three figures of a number, and no more.
fn figures(x: f64) -> String {
    format!("{x:.2e}").parse::<f64>().expect("a number just written").to_string()
}

#[test]
fn published_outcomes_lie_where_the_table_says() {
    let (mut rows, mut wrong) = (Vec::new(), Vec::new());
    for row in published() {
        let name = format!("{}.{}", row.case, row.quantity);
        let mut values = sampled(&row);
        values.sort_by(f64::total_cmp);
        let n = values.len() as f64;
        let rank = values.iter().filter(|value| **value <= row.value).count() as f64 / n;
        let at = |p: f64| figures(values[(p * n) as usize]);
        let inside = (0.05..=0.95).contains(&rank);
        let verdict = match (&row.sized, inside) {
            (Some(_), _) => "sized to it",
            (None, true) => "inside",
            (None, false) => "outside",
        };
        let value = figures(row.value);
        let place = format!("{:.0} %", 100.0 * rank);
        rows.push(format!("| {name} | {value} | {} to {} | {} | {place} | {verdict} |", at(0.05), at(0.95), at(0.5)));
        if inside != row.outside.is_none() && row.sized.is_none() {
            wrong.push(format!("{name}: {value} is {verdict}, at {:.1} %", 100.0 * rank));
        }
        let se = (0.05_f64 * 0.95 / n).sqrt();
        if (rank - 0.05).abs().min((rank - 0.95).abs()) < CLEAR * se {
            wrong.push(format!("{name} is too near the edge for {TRIALS} trials: {:.1} %", 100.0 * rank));
        }
    }
    let page = fs::read_to_string(folder().join("README.md")).expect("the page");
    let count = |verdict: &str| rows.iter().filter(|row| row.ends_with(&format!("| {verdict} |"))).count();
    let counted = format!("Outside: {} of {}.", count("outside"), count("outside") + count("inside"));
    if !page.contains(&counted) {
        wrong.push(format!("README.md lacks `{counted}`"));
    }
    wrong.extend(rows.iter().filter(|row| !page.contains(*row)).map(|row| format!("README.md lacks {row}")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(rows.len() >= 14, "{rows:?}");
}

/// The scenarios of the folder.
fn files() -> Vec<String> {
    let entries = fs::read_dir(folder()).expect("the folder of cases");
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| name.ends_with(".toml") && name != "published.toml").collect();
    names.sort();
    names
}

#[test]
fn every_case_is_read_agrees_with_the_twin_and_has_a_published_outcome() {
    let cases: Vec<String> = published().into_iter().map(|row| row.case).collect();
    assert!(files().len() >= 7, "{:?}", files());
    for name in files() {
        let (scenario, warnings) = read_file(&name, &Cases).unwrap_or_else(|report| panic!("{report}"));
        // W003: one published sum on one side, lines on the other; W008: list prices of another year.
        let other: Vec<_> = warnings.iter().filter(|warning| !["W003", "W008"].contains(&warning.code)).collect();
        assert!(other.is_empty(), "{name}: {other:?}");
        assert!(cases.iter().any(|case| format!("{case}.toml") == name), "{name} has nothing to be held against");
        twin::compare(&scenario, scenario.run.seed, 0, 4, &name);
    }
}

/// The vendor's own page, which shows no date.
const UNDATED: [&str; 1] = ["gcp.load-balancer.first-five-rules"];

#[test]
fn every_list_price_of_a_case_is_verified_and_dated() {
    let mut seen = 0;
    for name in files() {
        let text = fs::read_to_string(folder().join(&name)).expect("a case");
        for sku in text.split('"').filter_map(|word| prices::compiled().sku(word)) {
            seen += 1;
            let provenance = &sku.provenance;
            assert!(sku.is_verified() && !provenance.source.is_empty(), "{name}: {}", sku.name);
            let undated = provenance.as_of == AsOf::Undated;
            assert_eq!(undated, UNDATED.contains(&sku.name.as_str()), "{name}: {}", sku.name);
        }
    }
    assert!(seen > 20, "the cases buy by SKU: {seen}");
}

#[test]
fn the_small_team_that_stayed_stays() {
    let mut case = scenario("../small-heroku-stays.toml");
    let summary = summarise(&case);
    let place = |name: &str| summary.options.iter().position(|option| option.name == name).expect("an option");
    let leaving = summary.headline(place("ecs"), Lens::Tco);
    let difference = leaving.delta.last().expect("a horizon").mean;
    assert!(difference.value > 4.0 * difference.se, "leaving is dearer: {difference:?}");
    let paid_back = leaving.broke_even_by.last().expect("a horizon");
    assert!(paid_back.value() + 4.0 * paid_back.se() < 0.5, "most futures have not paid it back: {paid_back:?}");
    let later = |case: &Scenario| later::of(case, later::Ask { trials: TRIALS, seed: case.run.seed, threads: 2 }, None);
    let judged = verdict::of(&summary, &later(&case), None);
    assert_eq!(judged.word, Word::FixFirst, "tuned, Heroku is cheaper still");
    assert!(judged.rule.leading.is_clearly_dearer(), "and one stays there");
    // Against leaving alone, the word is stay.
    case.tuned = None;
    case.options.retain(|option| option.name != "heroku-tuned");
    case.baseline.0 = case.options.iter().position(|option| option.name == "heroku").expect("the baseline");
    assert_eq!(verdict::of(&summarise(&case), &later(&case), None).word, Word::Stay);
}

fn summarise(scenario: &Scenario) -> summary::Summary {
    let plan = compile(scenario);
    let seed = scenario.run.seed;
    let request =
        Request { trials: 0..TRIALS, seed, threads: 2, quantiles: Quantiles::All, columns: Vec::new(), deciders: None };
    summary::of(scenario, &plan, &sim::run(&plan, &request, &|_| {}), seed)
}
