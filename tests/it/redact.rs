//! Results without rates of pay: no byte of them tells one, and nothing else moves.

use std::path::{Path, PathBuf};

use outgrow::plan::compile;
use outgrow::present::look::Look;
use outgrow::present::{Made, chart, hinges};
use outgrow::scenario;
use outgrow::store::Files;
use outgrow::study::part::{Part, Sums};
use outgrow::study::{answer, later, redact, verdict};
use outgrow::{sim, summary};
use serde_json::Value;
use tempfile::TempDir;

use crate::shell::outgrow;

/// What a private file says and nothing of a result may: as written, and as figures are rounded on pages.
const PRIVATE: [&str; 9] = ["137.31", "171.43", "137", "171", "payroll 4711", "23457", "23,457", "23.5", "6.87"];

/// A file of pay beside the shipped scenario, which extends it. A seat is paid by the month, and a rate is the same as another.
fn private() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let shared = std::fs::read_to_string("scenarios/heroku-to-ecs.toml").expect("shipped");
    std::fs::write(folder.path().join("shared.toml"), shared).expect("written");
    let own = "extends = \"shared.toml\"\n[people]\n\
               loaded_hour = { p10 = 137.31, p90 = 171.43, unit = \"$ / hour\", source = \"payroll 4711\" }\n\
               raise = { p10 = 1.13, p90 = 6.87, unit = \"% / year\", source = \"payroll 4711\" }\n\
               [options.ecs.cover.ops]\nkind = \"dedicated\"\nseats = 1\npay = \"$23457 / month\"\n\
               productive = \"90 .. 130 hours / month\"\n";
    let file = folder.path().join("private.toml");
    std::fs::write(&file, own).expect("written");
    (folder, file)
}

fn plain(path: &Path) -> &str {
    path.to_str().expect("temporary folders have plain names")
}

fn run(file: &Path, out: &Path, more: &[&str]) -> String {
    let flags = ["run", plain(file), "--out", plain(out), "--trials", "1200", "--tables", "--people"];
    let ran = outgrow(&[&flags[..], more].concat());
    let said = String::from_utf8_lossy(&ran.stdout).into_owned();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    said
}

fn has(bytes: &[u8], text: &str) -> bool {
    let is_digit = |at: Option<&u8>| at.is_some_and(u8::is_ascii_digit);
    let found = |at: &usize| {
        // A figure is another one where its digits go on.
        bytes[*at..].starts_with(text.as_bytes())
            && !is_digit(at.checked_sub(1).and_then(|before| bytes.get(before)))
            && !is_digit(bytes.get(at + text.len()))
    };
    (0..bytes.len()).any(|at| found(&at))
}

/// The private words that bytes hold; of long lists of figures only those with their decimals.
fn told(name: &str, bytes: &[u8]) -> Vec<&'static str> {
    let is_text = name.ends_with(".md") || name == "page";
    let exact = |text: &&&str| is_text || text.contains('.') || text.contains(' ');
    let mut told: Vec<&str> = PRIVATE.iter().filter(exact).filter(|text| has(bytes, text)).copied().collect();
    let figures = [137.31_f64, 171.43, 23_457.0, 0.0687];
    if name.ends_with(".json") || name.ends_with(".csv") {
        let text = String::from_utf8_lossy(bytes);
        let words = text.split(|c: char| !c.is_ascii_alphanumeric() && !"+-.".contains(c));
        let is_one = |n: f64| figures.iter().any(|f| (n - f).abs() <= 1e-9 * f);
        told.extend(words.filter_map(|word| word.parse().ok()).any(is_one).then_some("a figure"));
    }
    if name.ends_with(".parquet") && figures.iter().any(|f| bytes.windows(8).any(|eight| eight == f.to_le_bytes())) {
        told.push("a figure in bits");
    }
    told
}

#[test]
fn no_byte_of_a_redacted_result_tells_pay_and_no_figure_moves() {
    let (folder, file) = private();
    let out = folder.path().join("out");
    let whole_page = run(&file, &out, &[]);
    let page = run(&file, &out, &["--redact", "pay"]);
    let (whole, redacted) = (out.join("private"), out.join("private-redacted"));
    let mut names: Vec<String> = Vec::new();
    for entry in std::fs::read_dir(&redacted).expect("a folder") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        let bytes = std::fs::read(redacted.join(&name)).expect("written");
        // Pixels and curves are those of the scenes below.
        if !name.ends_with("png") && !name.ends_with("svg") {
            assert_eq!(told(&name, &bytes), [""; 0], "{name}");
        }
        names.push(name);
    }
    assert_eq!(told("page", page.as_bytes()), [""; 0], "{page}");
    assert!(!names.contains(&"inputs.json".to_owned()) && names.len() > 15, "{names:?}");
    let of = |folder: &Path, name: &str| std::fs::read(folder.join(name)).expect("written");
    assert!(
        ["inputs.json", "summary.json"].iter().all(|name| !told(name, &of(&whole, name)).is_empty()),
        "{whole_page}"
    );
    for name in ["monthly.csv", "monthly.parquet", "costs.png", "difference.svg"] {
        assert!(of(&whole, name) == of(&redacted, name), "{name} moves");
    }
    let json = |folder: &Path| -> Value { serde_json::from_slice(&of(folder, "summary.json")).expect("JSON") };
    let (mut whole, mut redacted) = (json(&whole), json(&redacted));
    let paths = |value: &Value| -> Vec<String> {
        let all = value["deciders"].as_array().expect("deciders").iter();
        all.map(|one| one["path"].as_str().expect("a path").to_owned()).collect()
    };
    let gone: Vec<String> = paths(&whole).into_iter().filter(|path| !paths(&redacted).contains(path)).collect();
    assert!(gone.contains(&"people.loaded_hour".to_owned()) && gone.contains(&"people.raise".to_owned()), "{gone:?}");
    for document in [&mut whole, &mut redacted] {
        document["evidence"]["entries"] = Value::Null;
        let deciders = document["deciders"].as_array_mut().expect("deciders");
        deciders.retain(|one| !gone.iter().any(|path| one["path"] == path.as_str()));
    }
    assert!(whole == redacted, "a figure moves");
    let stamp = String::from_utf8(of(&out.join("private-redacted"), "run.toml")).expect("text");
    assert!(stamp.contains("redacted = \"pay\"") && !stamp.contains("scenario_sha256"), "{stamp}");
}

#[test]
fn what_is_redacted_is_not_written_beside_what_is_not() {
    let (folder, file) = private();
    let out = folder.path().join("out");
    std::fs::create_dir_all(out.join("private-redacted")).expect("a folder");
    std::fs::write(out.join("private-redacted/inputs.json"), "{}").expect("written");
    let ran = outgrow(&["run", plain(&file), "--out", plain(&out), "--trials", "64", "--redact", "pay"]);
    assert_eq!(ran.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&ran.stderr).contains("inputs.json is there"));
    assert_eq!(outgrow(&["run", plain(&file), "--redact", "everything"]).status.code(), Some(2));
}

#[test]
fn parts_are_redacted_where_they_are_joined() {
    let (folder, file) = private();
    let (one, two) = (folder.path().join("one"), folder.path().join("two"));
    run(&file, &one, &["--redact", "pay"]);
    let part = outgrow(&["run", plain(&file), "--out", plain(&two), "--trials", "1200", "--shard", "1/1"]);
    assert!(part.status.success());
    assert!(outgrow(&["merge", plain(&two.join("private")), "--redact", "pay"]).status.success());
    for name in ["summary.json", "run.toml", "people.md", "lines.parquet", "hinges.svg"] {
        let of = |out: &Path| std::fs::read(out.join("private-redacted").join(name)).expect("written");
        assert!(of(&one) == of(&two), "{name}");
    }
}

#[test]
fn no_scene_of_a_redacted_result_tells_pay() {
    let (_folder, file) = private();
    let (scenario, _) = scenario::read(plain(&file), &Files).unwrap_or_else(|report| panic!("{report}"));
    let plan = compile(&scenario);
    let request = sim::Request { deciders: Some(plan.outputs.headline), ..sim::whole(1_200, scenario.run.seed, 2) };
    let Sums { draws, lucks, later } = Sums::of(&scenario, &plan, &request, Part::WHOLE, &|_| {});
    let mut summary = summary::of(&scenario, &plan, &draws, scenario.run.seed);
    let mut answer = answer::of(&scenario, draws.deciders.as_ref().expect("asked for"), &lucks);
    let verdict = verdict::of(&summary, &later::read(&scenario, &later), Some(&answer));
    let hidden = redact::pay(&scenario);
    let hides = |path: &str| hidden.contains(path);
    assert!(
        hides("people.loaded_hour") && hides("people.raise") && hidden.iter().any(|path| path.ends_with("ops.pay"))
    );
    assert!(hidden.len() < scenario.estimates().len() / 4, "{hidden:?}");
    redact::hide_pay(&scenario, &mut summary, &mut answer);
    let hinges = hinges::of(&summary, &verdict, &scenario, &answer);
    assert!(hinges.iter().all(|hinge| !hides(&hinge.path)));
    let made = Made { version: "0", streams: 1 };
    for (name, scene) in chart::all(&summary, &verdict, &hinges, made, Look::light()) {
        let text = format!("{scene:?}");
        for word in ["137.31", "171.43", "payroll", "23457", "23,457", "loaded_hour", "an engineer's hour"] {
            assert!(!text.contains(word), "{name}: {word}");
        }
    }
}
