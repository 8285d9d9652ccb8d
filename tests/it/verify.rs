//! Results that are run again from what they record, and compared.

use std::path::{Path, PathBuf};
use std::process::Output;

use serde_json::Value;
use tempfile::TempDir;

use crate::generate;
use crate::shell::outgrow;

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn plain(path: &Path) -> &str {
    path.to_str().expect("temporary folders have plain names")
}

/// A result of a generated scenario with rows and a price file of its own, whose inputs are gone.
fn result(number: u64, more: &[&str]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = |name: &str| folder.path().join(name);
    std::fs::create_dir(at("in")).expect("a folder");
    let own = "\n[platforms.own.tooling.verified]\nsku = \"ours.verified\"\n";
    let scenario = generate::scenario(number);
    let platform = scenario.split("[platforms.").nth(1).and_then(|rest| rest.split(['.', ']']).next());
    let scenario = format!("{scenario}{}", own.replace("own", platform.expect("a platform")));
    std::fs::write(at("in/x.toml"), scenario).expect("written");
    std::fs::write(at("in/rows.csv"), outgrow::scenario::schema::beside("rows.csv").expect("its text"))
        .expect("written");
    let price =
        "source = \"our contract\"\nas_of = \"2026-11\"\n[prices]\n\"ours.verified\" = { price = \"$40 / month\" }\n";
    std::fs::write(at("in/prices.toml"), price).expect("written");
    let (file, prices, out) = (at("in/x.toml"), at("in/prices.toml"), at("out"));
    let flags = ["run", plain(&file), "--prices", plain(&prices), "--out", plain(&out), "--trials", "96", "--quiet"];
    let ran = outgrow(&[&flags[..], more].concat());
    assert!(ran.status.success(), "generated {number}: {}", said(&ran));
    std::fs::remove_dir_all(at("in")).expect("the inputs are gone");
    let place = at("out/x");
    (folder, place)
}

/// How many files there are, and how many of them are pictures.
fn files(folder: &Path) -> [usize; 2] {
    let names = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").file_name());
    let names: Vec<String> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    [names.len(), names.iter().filter(|name| name.ends_with("g") && !name.ends_with(".json")).count()]
}

fn change(file: &Path, from: &str, to: &str) {
    let text = std::fs::read_to_string(file).expect("there");
    assert!(text.contains(from), "{} has no {from}", file.display());
    std::fs::write(file, text.replacen(from, to, 1)).expect("written");
}

#[test]
fn a_result_is_run_again_from_its_folder_alone() {
    let reads_rows = |number: &u64| generate::scenario(*number).contains("rows.csv");
    let number = (0..200).find(reads_rows).expect("a generated scenario that reads rows");
    let (_folder, place) = result(number, &["--seed", "18446744073709551615", "--dark", "--scale", "2"]);
    let ran = outgrow(&["verify", plain(&place)]);
    assert_eq!(ran.status.code(), Some(0), "{}", said(&ran));
    let text = said(&ran);
    assert!(text.contains(&format!("{} files the same, byte for byte", files(&place)[0])), "{text}");
    let quiet = outgrow(&["verify", plain(&place), "--quiet", "--threads", "1"]);
    assert!(quiet.status.success() && said(&quiet).is_empty(), "{}", said(&quiet));
}

#[test]
fn what_is_not_the_same_is_named() {
    let (_folder, place) = result(3, &["--no-pictures"]);
    change(&place.join("summary.md"), "1", "2");
    std::fs::remove_file(place.join("monthly.csv")).expect("there");
    let ran = outgrow(&["verify", plain(&place)]);
    let text = said(&ran);
    assert_eq!(ran.status.code(), Some(3), "{text}");
    assert!(text.contains("2 files not the same, "), "{text}");
    assert!(text.contains("summary.md was changed after it was written"), "{text}");
    assert!(text.contains("monthly.csv is gone") && !text.contains("people.md"), "{text}");
    // Other inputs give other results, and the hash of the scenario is another.
    change(&place.join("inputs.json"), "$40 / month", "$41 / month");
    let ran = outgrow(&["verify", plain(&place), "--json"]);
    assert_eq!(ran.status.code(), Some(3));
    let value: Value = serde_json::from_slice(&ran.stdout).expect("JSON");
    let one = &value["results"][0];
    let state = |name: &str| {
        let files = one["files"].as_array().expect("files");
        files.iter().find(|file| file["file"] == name).map_or(Value::Null, |file| file["state"].clone())
    };
    assert_eq!(
        (&value["is_same"], state("summary.json"), state("run.toml")),
        (&false.into(), "differs".into(), "differs".into())
    );
    assert_ne!(one["price_book"]["recorded"], one["price_book"]["now"]);
    assert_eq!(state("inputs.json"), "changed");
    let text = said(&outgrow(&["verify", plain(&place)]));
    assert!(text.contains("inputs.json was changed after it was written"), "{text}");
    assert!(text.contains("of other inputs than the result"), "{text}");
}

#[test]
fn each_of_several_folders_has_its_say() {
    let (folder, place) = result(3, &["--no-pictures"]);
    let at = |name: &str| folder.path().join(name);
    let (swept, nothing, refused) = (at("out/sweep-x"), at("out/none"), at("out/y"));
    for folder in [&swept, &nothing, &refused] {
        std::fs::create_dir(folder).expect("a folder");
    }
    std::fs::write(swept.join("sweep.csv"), "x\n").expect("written");
    for entry in std::fs::read_dir(&place).expect("a folder") {
        let path = entry.expect("an entry").path();
        std::fs::copy(&path, refused.join(path.file_name().expect("a name"))).expect("a copy");
    }
    change(&refused.join("inputs.json"), "months = ", "monhts = ");
    let all = |more: &[&str]| {
        let folders = [&swept, &refused, &nothing, &place].map(|place| plain(place));
        outgrow(&[&["verify"], &folders[..], more].concat())
    };
    let (ran, json) = (all(&[]), all(&["--json"]));
    let text = said(&ran);
    assert!((ran.status.code(), json.status.code()) == (Some(1), Some(1)), "{text}");
    assert!(text.contains("sweep-x: skipped, it holds a sweep"), "{text}");
    assert!(text.contains("out/y: its inputs have problems") && text.contains("monhts"), "{text}");
    assert!(text.contains("inputs.json was changed after it was written; nothing was computed"), "{text}");
    assert!(text.contains("none holds no result") && text.contains("out/x: "), "{text}");
    assert!(text.contains("the same, byte for byte"), "{text}");
    let value: Value = serde_json::from_slice(&json.stdout).expect("one document");
    let count = |list: &str| value[list].as_array().expect("a list").len();
    assert_eq!(["results", "not_verified", "skipped"].map(count), [1, 2, 1], "{value}");
    assert_eq!((&value["is_same"], &value["results"][0]["is_same"]), (&false.into(), &true.into()));
    assert_eq!(value["not_verified"][0]["problems"][0]["code"], "E003", "{value}");
    // After a sweep `output/*/` names it too: that alone is no fault of the results.
    let ran = outgrow(&["verify", plain(&place), plain(&swept)]);
    assert_eq!(ran.status.code(), Some(0), "{}", said(&ran));
    assert_eq!(outgrow(&["verify", plain(&swept), "--json"]).status.code(), Some(1));
    assert_eq!(outgrow(&["verify", plain(&refused), "--quiet"]).status.code(), Some(2));
}

#[test]
fn a_problem_of_a_base_is_named_with_the_bases_file() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("base.toml"), generate::scenario(3)).expect("written");
    std::fs::write(at("rows.csv"), outgrow::scenario::schema::beside("rows.csv").expect("its text")).expect("written");
    std::fs::create_dir(at("in")).expect("a folder");
    std::fs::write(at("in/x.toml"), "extends = \"../base.toml\"\nname = \"x\"\n").expect("written");
    let (file, out) = (at("in/x.toml"), at("out"));
    let ran = outgrow(&["run", plain(&file), "--out", plain(&out), "--trials", "64", "--no-pictures", "--quiet"]);
    assert!(ran.status.success(), "{}", said(&ran));
    let place = at("out/x");
    change(&place.join("inputs.json"), "months = ", "monhts = ");
    let ran = outgrow(&["verify", plain(&place), "--json"]);
    let value: Value = serde_json::from_slice(&ran.stdout).expect("one document");
    let problem = &value["not_verified"][0]["problems"][0];
    assert!(problem["file"].as_str().is_some_and(|file| file.ends_with("base.toml")), "{value}");
    let base = generate::scenario(3);
    let line = base.lines().position(|line| line.contains("months = ")).expect("a line") + 1;
    assert_eq!(problem["line"], line, "{value}");
}

#[test]
fn another_version_is_said() {
    let (_folder, place) = result(4, &["--no-pictures"]);
    let run = place.join("run.toml");
    let stream = std::fs::read_to_string(&run).expect("there");
    let stream = stream.lines().find(|line| line.starts_with("stream_version")).expect("a line").to_owned();
    change(&run, &stream, "stream_version = 99");
    change(&run, concat!("version = \"", env!("CARGO_PKG_VERSION")), "version = \"0.0.7");
    let ran = outgrow(&["verify", plain(&place)]);
    let text = said(&ran);
    assert_eq!(ran.status.code(), Some(3), "{text}");
    assert!(text.contains(&format!("made by version 0.0.7; this is {}", env!("CARGO_PKG_VERSION"))), "{text}");
    assert!(text.contains("random streams are of version 99") && text.contains("run.toml comes out"), "{text}");
}

#[test]
fn pictures_of_a_theme_are_compared_with_the_theme() {
    let themes = tempfile::tempdir().expect("a temporary folder");
    let (theme, other) = (themes.path().join("brand.toml"), themes.path().join("other.toml"));
    std::fs::write(&theme, "[light]\npaper = \"#fffdf8\"\n").expect("written");
    std::fs::write(&other, "[light]\npaper = \"#fffef9\"\n").expect("written");
    let (_folder, place) = result(5, &["--theme", plain(&theme)]);
    let without = outgrow(&["verify", plain(&place)]);
    let text = said(&without);
    assert_eq!(without.status.code(), Some(0), "{text}");
    let [all, pictures] = files(&place);
    let counts = format!("{} files the same, byte for byte, {pictures} not compared", all - pictures);
    assert!(pictures > 5 && text.contains(&counts) && text.contains("--theme"), "{text}");
    let with = outgrow(&["verify", plain(&place), "--theme", plain(&theme)]);
    assert!(with.status.success() && said(&with).contains(&format!("{all} files the same")), "{}", said(&with));
    let wrong = outgrow(&["verify", plain(&place), "--theme", plain(&other)]);
    assert!(wrong.status.code() == Some(2) && said(&wrong).contains("is not the theme"), "{}", said(&wrong));
    // What is not a picture is compared all the same.
    change(&place.join("people.md"), "e", "3");
    assert_eq!(outgrow(&["verify", plain(&place)]).status.code(), Some(3));
}

#[test]
fn a_folder_without_a_result_ends_in_1() {
    let (folder, place) = result(6, &["--no-pictures"]);
    for (lost, wanted) in [("inputs.json", "no inputs.json"), ("run.toml", "no run.toml")] {
        std::fs::remove_file(place.join(lost)).expect("there");
        let ran = outgrow(&["verify", plain(&place)]);
        assert!(ran.status.code() == Some(1) && said(&ran).contains(wanted), "{}", said(&ran));
    }
    assert_eq!(outgrow(&["verify", plain(folder.path())]).status.code(), Some(1));
    std::fs::write(place.join("run.toml"), "trials = 3\n").expect("written");
    let ran = outgrow(&["verify", plain(&place)]);
    assert!(ran.status.code() == Some(1) && said(&ran).contains("not one of a finished run"), "{}", said(&ran));
}
