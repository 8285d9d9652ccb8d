//! Results without names: no byte of them holds one, and no figure moves.

use std::path::{Path, PathBuf};

use outgrow::plan::compile;
use outgrow::present::look::Look;
use outgrow::present::{Made, chart, hinges};
use outgrow::study::part::{Part, Sums};
use outgrow::study::redact::Neutral;
use outgrow::study::{answer, later, verdict};
use outgrow::{sim, summary};
use polars::prelude::{DataType, ParquetReader, SerReader};
use serde_json::Value;
use tempfile::TempDir;

use crate::generate;
use crate::shell::outgrow;

/// What every name of the scenario below begins with, and nothing else.
const MARK: &str = "zebra";

/// Names of the file of all words.
const NAMES: [&str; 38] = [
    "heroku",
    "heroku-tuned",
    "ecs",
    "ecs-team",
    "aws",
    "to-ecs",
    "price-rise",
    "big-customer",
    "one-who-knew-leaves",
    "pivot",
    "shutdown",
    "us-east-1-down",
    "devops-firm",
    "at-12k",
    "one-worker",
    "soc2",
    "private-networking",
    "failed-deploy",
    "runaway-bill",
    "scrapers",
    "web",
    "staging",
    "audit",
    "siem",
    "upkeep",
    "logs",
    "worker",
    "egress",
    "egress.csv",
    "database",
    "connections",
    "growth-and-data",
    "platform-team",
    "review",
    "engineers",
    "deploys",
    "calm",
    "rush-hour",
];

/// What the file of all words does not name: cases, a bundle, plans, and a price of one's own.
const MORE: &str = "
[platforms.heroku.runtime.zebra-box]
today = 2
each = { zebra-vcpu = { price = \"$30 / month\", times = 2 }, zebra-gb = { price = \"$4 / month\", times = 4 } }

[platforms.heroku.data.zebra-base]
fits = { zebra-room = \"database\", zebra-lines = 90 }
plans = [{ name = \"zebra-small\", price = \"$50 / month\", zebra-room = \"640 GB\", zebra-lines = 100 }, { name = \"zebra-large\", \
price = \"$250 / month\", zebra-room = \"6400 GB\", zebra-lines = 400 }]
above = \"wall\"

[platforms.ecs.tooling.zebra-bought]
sku = \"zebra.product.plan\"

[platforms.ecs.tooling.listed]
sku = \"aws.nat.hour\"
";

const PRICES: &str = "source = \"the zebra contract\"\nas_of = \"2026-11\"\n[prices]\n\
                      \"zebra.product.plan\" = { price = \"$40 / month\" }\n";

/// The file of all words, each name of which has the mark before it.
fn marked() -> String {
    let text = std::fs::read_to_string("tests/fixtures/whole-language.toml").expect("a fixture");
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let mut marked = String::new();
    for line in (text + MORE).lines() {
        // A key that is a word of the language though a driver is called so too.
        let kept = ["engineers", "deploys"]
            .iter()
            .find(|word| line.strip_prefix(**word).is_some_and(|rest| rest.trim_start().starts_with("= \"")));
        let (head, rest) = line.split_at(kept.map_or(0, |word| word.len()));
        let mut words = String::new();
        for (place, piece) in rest.split_inclusive(|c: char| !is_part(c)).enumerate() {
            let word = piece.trim_end_matches(|c: char| !is_part(c));
            let is_name = NAMES.contains(&word) && !(rest.starts_with("sku") && place > 0);
            words.push_str(if is_name { MARK } else { "" });
            words.push_str(if is_name { "-" } else { "" });
            words.push_str(piece);
        }
        let spoken = ["title", "name ", "question", "why", "how"].iter().any(|key| rest.starts_with(key));
        let words = if spoken { words.replacen("= \"", "= \"Zebra ", 1) } else { words };
        marked.push_str(&format!("{head}{words}\n"));
    }
    let source = format!("basis    = \"judged\"\nsource = \"{MARK} notes\"");
    let marked =
        marked.replacen("basis    = \"judged\"", &source, 1).replace("column = \"gb\"", "column = \"zebra gb\"");
    // A unit of one's own.
    let marked = marked.replace("requests / second", "zebras / second");
    marked.replace("cover.service]", "cover.zebra-service]")
}

/// It in a folder, with what stands beside it.
fn files() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("own.toml");
    std::fs::write(&file, marked()).expect("written");
    std::fs::write(folder.path().join("zebra-egress.csv"), "zebra gb\n100\n140\n220\n").expect("written");
    std::fs::write(folder.path().join("zebra-prices.toml"), PRICES).expect("written");
    (folder, file)
}

fn plain(path: &Path) -> &str {
    path.to_str().expect("temporary folders have plain names")
}

fn run(folder: &Path, file: &Path, out: &str, more: &[&str]) -> String {
    let (prices, out) = (folder.join("zebra-prices.toml"), folder.join(out));
    let flags =
        ["run", plain(file), "--out", plain(&out), "--prices", plain(&prices), "--trials", "900", "--seed", "5"];
    let ran = outgrow(&[&flags[..], &["--tables", "--people", "--explain-verdict"], more].concat());
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8_lossy(&ran.stdout).into_owned()
}

/// All texts of a file, those of a Parquet file as they are read from it.
fn texts(name: &str, bytes: &[u8]) -> String {
    if !name.ends_with(".parquet") {
        return String::from_utf8_lossy(bytes).to_lowercase();
    }
    let frame = ParquetReader::new(std::io::Cursor::new(bytes)).finish().expect("a sound Parquet file");
    let mut all = frame.get_column_names().iter().map(|name| name.to_string()).collect::<Vec<_>>();
    for column in frame.columns().iter().filter(|column| column.dtype() == &DataType::String) {
        all.extend(column.str().expect("texts").iter().map(|text| text.unwrap_or_default().to_owned()));
    }
    (all.join("\n") + &String::from_utf8_lossy(bytes)).to_lowercase()
}

/// A document with nothing where texts stand, and without keys, which are names of options here and there.
fn figures(value: &Value) -> Value {
    match value {
        Value::String(_) => Value::Null,
        Value::Array(all) => all.iter().map(figures).collect(),
        Value::Object(all) => all.values().map(figures).collect(),
        other => other.clone(),
    }
}

fn listed(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn no_byte_of_a_result_without_names_holds_one_and_no_figure_moves() {
    let (folder, file) = files();
    let own = run(folder.path(), &file, "out", &[]);
    assert!(own.to_lowercase().matches(MARK).count() > 30, "{own}");
    let page = run(folder.path(), &file, "out", &["--redact", "names"]);
    let (whole, neutral) = (folder.path().join("out/own"), folder.path().join("out/own-redacted"));
    let page = page.replace(plain(folder.path()), "").to_lowercase();
    assert!(!page.contains(MARK), "{page}");
    let names = listed(&neutral);
    assert!(names.len() > 15 && !names.contains(&"inputs.json".to_owned()), "{names:?}");
    for name in &names {
        let text = texts(name, &std::fs::read(neutral.join(name)).expect("written"));
        let at = text.find(MARK).map(|at| text[at.saturating_sub(200)..(at + 100).min(text.len())].to_owned());
        assert_eq!(at, None, "{name}");
        assert!(name != "run.toml" || !text.contains("sha256 ="), "{text}");
    }
    let marks = |name: &str| texts(name, &std::fs::read(whole.join(name)).expect("written")).matches(MARK).count();
    assert!(["summary.json", "lines.parquet", "summary.md", "inputs.json"].iter().all(|name| marks(name) > 0));
    let json = |folder: &Path| -> Value {
        serde_json::from_slice(&std::fs::read(folder.join("summary.json")).expect("written")).expect("JSON")
    };
    assert!(figures(&json(&whole)) == figures(&json(&neutral)), "a figure moves");
    let cells = |folder: &Path| -> Vec<f64> {
        let text = std::fs::read_to_string(folder.join("monthly.csv")).expect("written");
        text.split([',', '\n']).filter_map(|cell| cell.parse().ok()).collect()
    };
    assert!(cells(&whole).len() > 1_000 && cells(&whole) == cells(&neutral), "a figure of a table moves");
    // What is everybody's stays: a list price, units, words of the language.
    let text = std::fs::read_to_string(neutral.join("summary.json")).expect("written");
    for word in ["price.aws.nat.hour", "price.own-price-1", "GB / month", "people.loaded_hour", "Option A", "layer-"] {
        assert!(text.contains(word), "{word}");
    }
    let stamp = std::fs::read_to_string(neutral.join("run.toml")).expect("written");
    assert!(stamp.contains("redacted = \"names\"") && stamp.contains("price_book = \"not shown\""), "{stamp}");
    // Both at once.
    run(folder.path(), &file, "both", &["--redact", "pay,names", "--no-pictures"]);
    let both = std::fs::read_to_string(folder.path().join("both/own-redacted/run.toml")).expect("written");
    assert!(both.contains("redacted = \"pay,names\""), "{both}");
}

#[test]
fn no_scene_of_a_result_without_names_holds_one() {
    let text = marked().replace("[platforms.zebra-ecs.tooling.zebra-bought]\nsku = \"zebra.product.plan\"\n", "");
    let text = text.replace("column = \"zebra gb\"", "column = \"gb\"").replace("zebra-egress.csv", "egress.csv");
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("own.toml"), text).expect("written");
    std::fs::write(folder.path().join("egress.csv"), "gb\n100\n140\n220\n").expect("written");
    let file = folder.path().join("own.toml");
    let (scenario, _) =
        outgrow::scenario::read(plain(&file), &outgrow::store::Files).unwrap_or_else(|report| panic!("{report}"));
    let plan = compile(&scenario);
    let request = sim::Request { deciders: Some(plan.outputs.headline), ..sim::whole(1_200, scenario.run.seed, 2) };
    let Sums { mut draws, lucks, later } = Sums::of(&scenario, &plan, &request, Part::WHOLE, &|_| {});
    let neutral = Neutral::of(&scenario, &plan, &std::collections::BTreeSet::new()).expect("the same plan");
    neutral.rename(&mut draws);
    let summary = summary::of(&neutral.scenario, &neutral.plan, &draws, scenario.run.seed);
    let answer = answer::of(&neutral.scenario, draws.deciders.as_ref().expect("asked for"), &lucks);
    let verdict = verdict::of(&summary, &later::read(&scenario, &later), Some(&answer));
    let hinges = hinges::of(&summary, &verdict, &neutral.scenario, &answer);
    let scenes = chart::all(&summary, &verdict, &hinges, Made { version: "0", streams: 1 }, Look::light());
    assert!(scenes.len() > 4);
    for (name, scene) in scenes {
        let text = format!("{scene:?}").to_lowercase();
        assert!(!text.contains(MARK), "{name}");
    }
    let all = format!("{:?}", neutral.scenario).to_lowercase();
    let found = all.find(MARK).map(|at| &all[at.saturating_sub(300)..(at + 60).min(all.len())]);
    assert_eq!(found, None, "nowhere in the scenario");
}

#[test]
fn a_plan_without_names_is_the_same_plan() {
    for number in 0..60 {
        let scenario = crate::twin::read(&generate::scenario(number));
        let plan = compile(&scenario);
        let neutral = Neutral::of(&scenario, &plan, &std::collections::BTreeSet::new());
        let neutral = neutral.unwrap_or_else(|| panic!("generated {number} has another plan"));
        let (own, other) = (scenario.estimates(), neutral.scenario.estimates());
        assert_eq!(own.len(), other.len(), "generated {number}");
        assert!(own.iter().zip(&other).all(|(own, other)| own.law == other.law && own.unit == other.unit));
    }
}

#[test]
fn every_shipped_scenario_goes_out_without_names() {
    for file in
        std::fs::read_dir("scenarios").expect("the shipped scenarios").map(|file| file.expect("an entry").path())
    {
        if file.extension().is_none_or(|ending| ending != "toml") {
            continue;
        }
        let mut text = std::fs::read_to_string(&file).expect("a file");
        if file.ends_with("heroku-to-ecs.toml") {
            // A class of incidents stands in paths of a platform and of what an option changes.
            text = text.replace("incidents.capacity", "incidents.numbat");
            assert!(text.matches("incidents.numbat").count() >= 2, "{text}");
        }
        let scenario = crate::twin::read(&text);
        let neutral = Neutral::of(&scenario, &compile(&scenario), &std::collections::BTreeSet::new());
        let neutral = neutral.unwrap_or_else(|| panic!("{} has another plan", file.display()));
        let left: Vec<String> = neutral.scenario.estimates().iter().map(|own| own.path.clone()).collect();
        assert!(left.iter().all(|path| !path.contains("numbat")), "{}: {left:?}", file.display());
    }
}

#[test]
fn a_batch_and_its_comparison_go_out_without_names() {
    let (folder, file) = files();
    std::fs::create_dir(folder.path().join("in")).expect("a folder");
    for name in ["zebra-one.toml", "zebra-two.toml", "zebra-egress.csv"] {
        let from = if name.ends_with("csv") { folder.path().join(name) } else { file.clone() };
        std::fs::copy(from, folder.path().join("in").join(name)).expect("a copy");
    }
    std::fs::write(folder.path().join("in/zebra-wrong.toml"), "zebra = 3\n").expect("written");
    let (from, out, prices) =
        (folder.path().join("in"), folder.path().join("out"), folder.path().join("zebra-prices.toml"));
    let flags = ["batch", plain(&from), "--out", plain(&out), "--prices", plain(&prices), "--trials", "64"];
    let ran = outgrow(&[&flags[..], &["--redact", "names"]].concat());
    let (page, told) =
        (String::from_utf8_lossy(&ran.stdout).replace(plain(folder.path()), ""), String::from_utf8_lossy(&ran.stderr));
    assert_eq!(ran.status.code(), Some(2), "{told}");
    assert!(page.contains("Scenario 1") && !page.to_lowercase().contains(MARK), "{page}");
    assert!(
        told.contains("Scenario 3 is ") && told.contains("zebra-wrong.toml"),
        "which is which is said beside it: {told}"
    );
    let mut left = vec![out.clone()];
    let mut seen = 0;
    while let Some(place) = left.pop() {
        for name in listed(&place) {
            let path = place.join(&name);
            assert!(!name.contains(MARK), "{name}");
            if path.is_dir() {
                left.push(path);
            } else {
                assert!(!texts(&name, &std::fs::read(&path).expect("written")).contains(MARK), "{}", path.display());
                seen += 1;
            }
        }
    }
    assert!(seen > 30 && out.join("comparison-redacted.png").exists() && !out.join("comparison.md").exists(), "{seen}");
    // Nothing says what it was made from, so it is made again; without pay the names stay.
    let again = outgrow(&[&flags[..], &["--redact", "names", "--no-pictures"]].concat());
    assert!(String::from_utf8_lossy(&again.stdout).contains("2 made now, 0 there already"));
    let pay = outgrow(&[&flags[..], &["--redact", "pay", "--no-pictures", "--json"]].concat());
    assert!(String::from_utf8_lossy(&pay.stdout).contains("zebra-two") && out.join("zebra-two-redacted").exists());
    // A redacted result is compared with what was written.
    let place = out.join("scenario-1-redacted");
    let verify = || outgrow(&["verify", plain(&place)]);
    let said = String::from_utf8_lossy(&verify().stdout).into_owned();
    assert!(
        verify().status.success() && said.contains("as written") && said.contains("it is redacted (names)"),
        "{said}"
    );
    std::fs::write(place.join("summary.md"), "x").expect("written");
    assert_eq!(verify().status.code(), Some(3));
}
