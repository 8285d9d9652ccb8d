//! `sweep`: each value is what a file that says it would come to, in the same futures; and the page says where the choice turns.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

const FILE: &str = r#"
name = "Two lines"
start = "2027-01"
months = 12
baseline = "paas"

[demand]
growth = "0 % / month"

[people]
loaded_hour = "$100 / hour"

[platforms.paas.runtime.web]
price = "$500 / month"
today = 4

[platforms.cloud.runtime.web]
price = "$250 / month"
today = 4

[platforms.cloud.work.upkeep]
hours = "5 .. 20 hours / month"

[options.paas]
platform = "paas"

[options.cloud]
platform = "cloud"
migration = "to-cloud"

[migrations.to-cloud]
from = "paas"
effort = "1 engineer-weeks"
people = 1
"#;

fn outgrow(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_outgrow")).current_dir(folder).args(arguments).output().expect("the command")
}

fn swept(inputs: &[&str], more: &[&str]) -> Value {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("x.toml"), FILE).expect("a file");
    let mut arguments = vec!["sweep", "x.toml", "--trials", "600", "--no-pictures", "--json"];
    for input in inputs {
        arguments.extend(["--input", input]);
    }
    arguments.extend(more);
    let done = outgrow(folder.path(), &arguments);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    serde_json::from_slice(&done.stdout).expect("JSON")
}

/// The cloud's mean difference from a run of a file that says what is swept.
fn run(changes: &[(&str, &str)]) -> f64 {
    let folder = tempfile::tempdir().expect("a folder");
    let text = changes.iter().fold(FILE.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    });
    std::fs::write(folder.path().join("x.toml"), text).expect("a file");
    let done = outgrow(folder.path(), &["run", "x.toml", "--trials", "600", "--no-pictures", "--json"]);
    let json: Value = serde_json::from_slice(&done.stdout).expect("JSON");
    json["verdict"]["leader"]["difference_usd"]["value"].as_f64().expect("a number")
}

fn difference(cell: &Value, option: usize) -> f64 {
    cell["options"][option]["difference_to_baseline_usd"]["value"].as_f64().expect("a number")
}

/// Options stand by name: the cloud first.
const CLOUD: usize = 0;

#[test]
fn each_value_comes_to_what_a_file_that_says_it_does() {
    let json = swept(&["platforms.cloud.work.upkeep.hours = 0 .. 24 hours / month"], &["--steps", "4"]);
    let cells = json["cells"].as_array().expect("cells");
    let texts: Vec<&str> = cells.iter().map(|cell| cell["values"][0]["value"].as_str().expect("a text")).collect();
    assert_eq!(texts, ["0 hours / month", "8 hours / month", "16 hours / month", "24 hours / month"]);
    for (cell, text) in cells.iter().zip(texts) {
        let own = run(&[("5 .. 20 hours / month", text)]);
        assert_eq!(difference(cell, CLOUD).to_bits(), own.to_bits(), "{text}");
    }
    let turns: Vec<bool> = cells.iter().map(|cell| cell["turns"].as_bool().expect("a flag")).collect();
    assert_eq!(turns.iter().filter(|turns| **turns).count(), 1, "{turns:?}");
}

#[test]
fn what_changes_the_structure_has_a_plan_of_its_own() {
    let json = swept(&["months = 6, 12, 18"], &[]);
    for (cell, months) in json["cells"].as_array().expect("cells").iter().zip(["6", "12", "18"]) {
        let own = run(&[("months = 12", &format!("months = {months}"))]);
        assert_eq!(difference(cell, CLOUD).to_bits(), own.to_bits(), "{months}");
    }
}

#[test]
fn two_inputs_are_every_pair_of_values() {
    let inputs = ["platforms.cloud.runtime.web.price = $200, $300 / month", "people.loaded_hour = 60 .. 120 parrots"];
    let json = swept(
        &[
            "platforms.cloud.runtime.web.price = $200 / month, $300 / month",
            "people.loaded_hour = $60 / hour, $120 / hour",
        ],
        &[],
    );
    let cells = json["cells"].as_array().expect("cells");
    assert_eq!(cells.len(), 4);
    let last = &cells[3];
    let own = run(&[("$250 / month", "$300 / month"), ("$100 / hour", "$120 / hour")]);
    assert_eq!(difference(last, CLOUD).to_bits(), own.to_bits());
    // A value without its unit is refused by the reader, in the words that a file would get.
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("x.toml"), FILE).expect("a file");
    let done = outgrow(folder.path(), &["sweep", "x.toml", "--input", inputs[0], "--input", inputs[1]]);
    let said = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(2));
    assert!(said.contains("a sweep of x.toml"), "{said}");
}

#[test]
fn what_is_no_sweep_is_refused_in_a_sentence() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("x.toml"), FILE).expect("a file");
    for (input, sentence) in [
        ("people.loaded_hour", "is no PATH = VALUES"),
        ("people.loaded_hour = 5", "at least two values"),
        ("people.loaded_hour = $5 / hour .. $9 / month", "in two units"),
        ("people.loaded_huor = $5 .. $9 / hour", "did you mean `loaded_hour`"),
        ("people.loaded_huor = 5 .. 9 hours", "loaded_hour"),
    ] {
        let done = outgrow(folder.path(), &["sweep", "x.toml", "--input", input]);
        let said = String::from_utf8_lossy(&done.stderr);
        assert_eq!(done.status.code(), Some(2), "{input}: {said}");
        assert!(said.contains(sentence), "{input}: {said}");
        assert!(!folder.path().join("output").exists());
    }
}

#[test]
fn the_page_says_where_the_choice_turns_and_files_are_written() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("x.toml"), FILE).expect("a file");
    let input = "platforms.cloud.work.upkeep.hours = 0 .. 24 hours / month";
    let done = outgrow(folder.path(), &["sweep", "x.toml", "--input", input, "--trials", "600"]);
    let page = String::from_utf8_lossy(&done.stdout).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(page.contains("the cheapest turns from cloud to paas"), "{page} {}", String::from_utf8_lossy(&done.stderr));
    for file in ["sweep.md", "sweep.csv", "sweep.svg", "sweep.png"] {
        assert!(folder.path().join("output/sweep-x").join(file).is_file(), "{file}");
    }
    let idle = outgrow(
        folder.path(),
        &["sweep", "x.toml", "--input", "inflation = 1, 3 % / year", "--trials", "600", "--no-pictures"],
    );
    let said = String::from_utf8_lossy(&idle.stdout);
    assert!(said.contains("Nothing changes with inflation"), "{said}");
}

/// A measurement of what is swept and a pair that it moves with are of no use where it is given.
#[test]
fn what_a_given_value_leaves_nothing_to_say_of_is_left_out() {
    let more = r#"
[measurements.log]
inputs = ["platforms.cloud.work.upkeep.hours"]
cost = "$500"

[together.work]
inputs = ["platforms.cloud.work.upkeep.hours", "migrations.to-cloud.effort"]
rho = "strong"
why = "who needs long for one needs long for the other"
"#;
    let folder = tempfile::tempdir().expect("a folder");
    let text = FILE.replace("effort = \"1 engineer-weeks\"", "effort = \"1 .. 3 engineer-weeks\"");
    std::fs::write(folder.path().join("x.toml"), format!("{text}{more}")).expect("a file");
    let sweep = ["sweep", "x.toml", "--trials", "600", "--no-pictures", "--input"];
    let input = "platforms.cloud.work.upkeep.hours = 5 .. 20 hours / month";
    let done = outgrow(folder.path(), &[&sweep[..], &[input]].concat());
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}
