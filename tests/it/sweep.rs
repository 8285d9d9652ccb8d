//! `sweep`: each value is what a file that says it would come to, in the same futures; and the page says where the choice turns.

use std::path::Path;

use serde_json::Value;

use crate::shell::outgrow_in as outgrow;
use crate::texts::changed;

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
    std::fs::write(folder.path().join("x.toml"), changed(FILE, changes)).expect("a file");
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
        ("run.seed = 1, 2", "`run.seed` is no input: it says how figures are made, and --seed"),
        ("name = a, b", "`name` is no input: no figure rests on what it says"),
        ("people.source = a, b", "`people.source` is no input"),
        ("baseline = paas, cloud", "`baseline` is no input"),
        ("currency = USD, EUR", "`currency` is no input"),
        ("extends = a.toml, b.toml", "`extends` is no input"),
        ("a..b = 1, 2", "`a..b` is no path of a file"),
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

/// Pages in a terminal are 90 columns wide; a figure that is cut would end in …
#[test]
fn a_table_in_a_terminal_is_whole() {
    let more = |nth: usize| {
        format!(
            "[options.other-{nth}]\ntitle = \"Another way of leaving, number {nth}\"\nplatform = \"cloud\"\nmigration = \"to-cloud\"\n"
        )
    };
    let folder = tempfile::tempdir().expect("a folder");
    let options: String = (0..6).map(more).collect();
    std::fs::write(folder.path().join("x.toml"), format!("{FILE}{options}")).expect("a file");
    let price = "platforms.cloud.runtime.web.price = $200 .. 2000 / month";
    let hours = "platforms.cloud.work.upkeep.hours = 0 .. 24 hours / month";
    for (inputs, steps, figures) in [(vec![price], "9", 9 * 7), (vec![price, hours], "12", 144), (vec![hours], "3", 21)]
    {
        let mut arguments = vec!["sweep", "x.toml", "--trials", "64", "--no-pictures", "--steps", steps];
        inputs.iter().for_each(|input| arguments.extend(["--input", *input]));
        let done = outgrow(folder.path(), &arguments);
        let page = String::from_utf8_lossy(&done.stdout);
        assert!(!page.contains('…'), "{page}");
        assert!(page.lines().all(|line| line.chars().count() <= 90), "{page}");
        let words = page.split_whitespace().filter(|word| word.starts_with('$')).count();
        let same = page.matches("about the same").count() + page.matches("the same cost").count();
        // Rows are named by amounts as well, once in each table that they stand in.
        assert!(words + same >= figures, "{figures} figures, {words} amounts: {page}");
        let written = std::fs::read_to_string(folder.path().join("output/sweep-x/sweep.md")).expect("a page");
        assert_eq!(written.matches("|---|").count(), 1, "{written}");
        assert!(!written.contains('…'), "{written}");
    }
}

/// Each value of a swept horizon is compared to its own end.
#[test]
fn every_row_says_its_own_horizon() {
    let months = |json: &Value| -> Vec<u64> {
        json["cells"]
            .as_array()
            .expect("cells")
            .iter()
            .map(|cell| cell["compared_months"].as_u64().expect("months"))
            .collect()
    };
    assert_eq!(months(&swept(&["months = 6, 12, 18"], &[])), [6, 12, 18]);
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("x.toml"), FILE).expect("a file");
    let page = |inputs: &[&str]| {
        let mut arguments = vec!["sweep", "x.toml", "--trials", "64", "--no-pictures"];
        inputs.iter().for_each(|input| arguments.extend(["--input", *input]));
        String::from_utf8_lossy(&outgrow(folder.path(), &arguments).stdout).into_owned()
    };
    let one = page(&["months = 6, 12, 24"]);
    for (value, span) in [("6", "6 months"), ("12", "1 year"), ("24", "2 years")] {
        let is_named = |line: &str| line.trim().starts_with(&format!("{value} ")) && line.contains(span);
        assert!(one.lines().any(is_named), "{one}");
    }
    assert!(one.contains("over 6 months to 2 years, as each value has it"), "{one}");
    let two = page(&["inflation = 1, 3 % / year", "months = 6, 24"]);
    assert!(two.contains("6 (6 months)") && two.contains("24 (2 years)"), "{two}");
    assert!(page(&["inflation = 1, 3 % / year"]).contains("over 1 year;"));
}

/// Keys of `change` have dots of their own, and are found with quotes and without.
#[test]
fn what_an_option_changes_can_be_swept() {
    let change = "[options.tuned]\nplatform = \"paas\"\n\n[options.tuned.change]\n\"runtime.web.today\" = 3\n";
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("x.toml"), format!("{FILE}{change}")).expect("a file");
    let differences = |path: &str| -> Vec<f64> {
        let input = format!("{path} = 1, 2, 3");
        let sweep = ["sweep", "x.toml", "--trials", "64", "--no-pictures", "--json", "--input", &input];
        let done = outgrow(folder.path(), &sweep);
        let json: Value = serde_json::from_slice(&done.stdout).expect("JSON");
        json["cells"].as_array().unwrap_or_else(|| panic!("{json:#}")).iter().map(|cell| difference(cell, 2)).collect()
    };
    // A unit of $500 a month less in all months.
    let sure = differences("options.tuned.change.\"runtime.web.today\"");
    assert!(sure[0] < sure[1] && sure[1] < sure[2] && sure[2] < 0.0, "{sure:?}");
    assert!((sure[0] - 3.0 * sure[2]).abs() < 0.01, "{sure:?}");
    assert_eq!(differences("options.tuned.change.runtime.web.today"), sure);
    assert_eq!(differences("option.tuned.change.runtime.web.today"), sure);
}

/// The limit is said as it was given.
#[test]
fn a_sweep_that_takes_too_long_says_the_limit() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("x.toml"), FILE).expect("a file");
    let input = "people.loaded_hour = $50 .. 150 / hour";
    let sweep = ["sweep", "x.toml", "--input", input, "--steps", "200", "--trials", "10000000", "--max-time", "1 min"];
    let said = outgrow(folder.path(), &sweep);
    let text = String::from_utf8_lossy(&said.stderr);
    assert_eq!(said.status.code(), Some(2), "{text}");
    assert!(text.contains("200 runs") && text.contains("--max-time is 1 minute."), "{text}");
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

/// Every example of the help runs on a shipped scenario as it is printed.
#[test]
fn the_examples_of_the_help_run() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let help = outgrow(here, &["sweep", "--help"]);
    let help = String::from_utf8_lossy(&help.stdout).into_owned();
    let examples: Vec<&str> = help.lines().filter_map(|line| line.strip_prefix("  outgrow sweep my.toml ")).collect();
    assert!(examples.len() >= 4, "{help}");
    let out = tempfile::tempdir().expect("a folder");
    let folder = out.path().to_str().expect("plain names");
    for example in examples {
        // What stands in quotes is one argument.
        let pieces = example.split('\'').enumerate();
        let arguments: Vec<&str> = pieces
            .flat_map(|(nth, piece)| match nth % 2 {
                0 => piece.split_whitespace().collect(),
                _ => vec![piece],
            })
            .collect();
        let few = ["--trials", "64", "--no-pictures", "--out", folder];
        let done = outgrow(here, &[&["sweep", "scenarios/heroku-to-ecs.toml"], &arguments[..], &few].concat());
        assert!(done.status.success(), "{example}: {}", String::from_utf8_lossy(&done.stderr));
    }
}
