//! A scenario that stands in several files: the same as one that says it all, told in the right file and line.

use outgrow::model::{Basis, Scenario};
use outgrow::present::resolved;

use crate::texts::Texts;

const BASE: &str = r#"
name = "Base"
start = "2027-01"
months = 24
baseline = "paas"
basis = "quoted"
source = "an offer"

[demand]
growth = "1 % / month"

[drivers.egress]
today = { file = "egress.csv", column = "gb", unit = "GB / month" }

[people]
loaded_hour = { p10 = 80, p90 = 120, unit = "$ / hour" }

[platforms.paas.runtime]
web = { price = "$500 / month", today = 4 }
out = { price = "$0.02 / GB", meter = "egress" }

[platforms.cloud.runtime.web]
price = "$200 / month"
today = 4

[options.paas]
platform = "paas"

[options.cloud]
platform = "cloud"
migration = "to-cloud"

[options.late]
platform = "cloud"
migration = "to-cloud"

[migrations.to-cloud]
from = "paas"
effort = "4 .. 9 engineer-weeks"
people = 2
"#;

const ROWS: &str = "gb\n100\n200\n";

const PARTS: &str = r#"
basis = "measured"
source = "our bills"

[platforms.cloud.runtime.web]
price = "$250 / month"
today = 5

[platforms.never]
cannot = ["nothing here is read"]
"#;

/// A scenario in a folder of its own that changes a few values and takes a platform from a file of parts.
const OWN: &str = r#"
extends = "../bases/base.toml"
without = ["options.late", "platforms.cloud"]
name = "Own"
basis = "judged"
source = "ours"

[people]
loaded_hour = { p10 = 90, p90 = 95, unit = "$ / hour" }

[platforms.paas.runtime.web]
today = 6

[platforms.cloud]
part = "parts/aws.toml"

[platforms.cloud.runtime.web]
today = 7
"#;

fn files() -> Texts {
    Texts::of([
        ("own/own.toml", OWN),
        ("own/../bases/base.toml", BASE),
        ("own/../bases/egress.csv", ROWS),
        ("own/parts/aws.toml", PARTS),
    ])
}

/// The same, said in one file.
fn at_once() -> Texts {
    let text = BASE
        .replace("name = \"Base\"", "name = \"Own\"")
        .replace("p10 = 80, p90 = 120", "p10 = 90, p90 = 95")
        .replace("today = 4 }", "today = 6 }")
        .replace("price = \"$200 / month\"\ntoday = 4", "price = \"$250 / month\"\ntoday = 7")
        .replace("\n[options.late]\nplatform = \"cloud\"\nmigration = \"to-cloud\"\n", "");
    Texts::of([("own/own.toml", &text), ("own/egress.csv", ROWS)])
}

fn laws(scenario: &Scenario) -> Vec<(String, String)> {
    scenario.estimates().iter().map(|estimate| (estimate.path.clone(), format!("{:?}", estimate.law))).collect()
}

#[test]
fn joined_files_say_what_one_file_would() {
    let (joined, whole) = (files().read("own/own.toml").scenario, at_once().read("own/own.toml").scenario);
    assert_eq!(joined.name, "Own");
    assert_eq!(laws(&joined), laws(&whole));
    assert_eq!(joined.options.len(), 2);
}

#[test]
fn what_a_file_says_over_another_rests_on_nothing_that_the_other_says() {
    let scenario = files().read("own/own.toml").scenario;
    let basis = |path: &str| {
        let all = scenario.estimates();
        let found = all.iter().find(|estimate| estimate.path == path).unwrap_or_else(|| panic!("{path}"));
        (found.basis, found.source.clone())
    };
    assert_eq!(basis("demand.growth"), (Basis::Quoted, "an offer".to_owned()));
    assert_eq!(basis("people.loaded_hour"), (Basis::Judged, "ours".to_owned()));
    assert_eq!(basis("platform.paas.runtime.web.price"), (Basis::Quoted, "an offer".to_owned()));
    assert_eq!(basis("platform.paas.runtime.web.today"), (Basis::Judged, "ours".to_owned()));
    assert_eq!(basis("platform.cloud.runtime.web.price"), (Basis::Measured, "our bills".to_owned()));
    assert_eq!(basis("platform.cloud.runtime.web.today"), (Basis::Judged, "ours".to_owned()));
}

#[test]
fn each_value_names_its_file_and_line() {
    let reading = files().read("own/own.toml");
    let json = resolved::json("own/own.toml", &reading);
    let place = |path: &str| {
        let values = json["values"].as_array().expect("a list");
        let row = values.iter().find(|row| row["path"] == path).unwrap_or_else(|| panic!("{path}"));
        (row["file"].as_str().expect("a file").to_owned(), row["line"].as_u64().expect("a line"))
    };
    let line = |text: &str, start: &str, nth: usize| {
        let mut found = (1..).zip(text.lines()).filter(|(_, line)| line.starts_with(start));
        found.nth(nth).expect("a line").0
    };
    assert_eq!(place("name"), ("own/own.toml".into(), line(OWN, "name", 0)));
    assert_eq!(place("demand.growth"), ("own/../bases/base.toml".into(), line(BASE, "growth", 0)));
    assert_eq!(place("platform.paas.runtime.web.today"), ("own/own.toml".into(), line(OWN, "today", 0)));
    assert_eq!(place("platform.cloud.runtime.web.price"), ("own/parts/aws.toml".into(), line(PARTS, "price", 0)));
    let text = resolved::text("own/own.toml", &reading);
    assert!(text.contains("line 3:1 is the first of own/../bases/base.toml"), "{text}");
    let names: Vec<&str> = reading.files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["parts/aws.toml", "../bases/base.toml", "../bases/egress.csv"]);
}

#[test]
fn a_problem_points_into_the_file_that_it_is_in() {
    let mut files = files();
    for (name, from, to) in [
        ("own/../bases/base.toml", "growth = \"1 % / month\"", "growth = \"1 parrot\""),
        ("own/parts/aws.toml", "today = 5\n", "today = 5\nwings = 2\n"),
        ("own/../bases/egress.csv", "100", "many"),
    ] {
        let text = files.0[name].clone();
        assert!(text.contains(from));
        files.0.insert(name.to_owned(), text.replace(from, to));
        let said = files.refused("own/own.toml");
        let line = text.lines().position(|line| line.contains(from.trim())).expect("the line") + 1;
        let expected = match to {
            "many" => "own/../bases/base.toml:13:".to_owned(),
            _ if to.contains("wings") => format!("{name}:{}:", line + 1),
            _ => format!("{name}:{line}:"),
        };
        assert!(said.contains(&expected), "{expected}\n{said}");
        files.0.insert(name.to_owned(), text);
    }
    // Broken TOML as well, with the line that it is on there.
    files.0.insert("own/parts/aws.toml".to_owned(), "\n\n[platforms.cloud\n".to_owned());
    let said = files.refused("own/own.toml");
    assert!(said.contains("E001 own/parts/aws.toml:3:"), "{said}");
}

/// Two files: `base` and one that extends it.
fn over(text: &str) -> Texts {
    let change = "[options.tuned]\nplatform = \"paas\"\n[options.tuned.change]\n\"runtime.web.today\" = 3\n";
    Texts::of([
        ("own.toml", &format!("extends = \"base.toml\"\n{text}")),
        ("base.toml", &format!("{BASE}{change}")),
        ("egress.csv", ROWS),
    ])
}

/// Braces of this file stand over the whole of what stood there; a header changes what it names, of braces too.
#[test]
fn braces_replace_and_headers_change() {
    let all = |text: &str| {
        let scenario = over(text).read("own.toml").scenario;
        let line = &scenario.platforms.iter().find(|platform| platform.name == "paas").expect("paas").lines[1];
        format!("{line:?}")
    };
    let base = all("");
    let header = all("[platforms.paas.runtime.web]\ntoday = 6");
    let dotted = all("platforms.paas.runtime.web.today = 6");
    assert_eq!(header.replace("own", ""), dotted.replace("own", ""));
    assert_ne!(header, base);
    let said = over("[platforms.paas.runtime]\nweb = { today = 6 }").refused("own.toml");
    assert!(said.contains("`platforms.paas.runtime.web` has no `price`"), "{said}");
}

#[test]
fn what_is_left_out_is_a_whole_and_keys_may_have_dots() {
    let options = |text: &str| over(text).read("own.toml").scenario.options.len();
    for path in ["'options.tuned.change.\"runtime.web.today\"'", "\"options.tuned.change.runtime.web.today\""] {
        // Nothing is left to change then, which the reader says.
        let said = over(&format!("without = [{path}]")).refused("own.toml");
        assert!(said.contains("changes nothing"), "{path}: {said}");
    }
    assert_eq!(options("without = ['options.tuned']"), 3);
    let said = over("without = [\"options.tuned.change.runtime.wep.today\"]").refused("own.toml");
    assert!(said.contains("did you mean 'options.tuned.change.\"runtime.web.today\"'?"), "{said}");
    let said = over("without = [\"people.loaded_hour.p10\"]").refused("own.toml");
    assert!(said.contains("`people.loaded_hour.p10` is a part of what is written in braces"), "{said}");
    assert!(said.contains("\"people.loaded_hour\""), "{said}");
}

/// Without the file that it is of, all the rest of a variant would seem to be missing.
#[test]
fn a_base_that_is_no_name_is_the_only_thing_said() {
    for (text, wrong) in [
        ("extends = [\"base.toml\"]\nname = \"x\"", "`extends` is a list"),
        ("extends = 3", "`extends` is a number"),
        ("extends = \"base.toml\"\n[platforms.cloud]\npart = [\"base.toml\"]", "`part` is a list"),
    ] {
        let mut files = over("");
        files.0.insert("own.toml".to_owned(), text.to_owned());
        let said = files.refused("own.toml");
        assert!(said.contains(wrong), "{said}");
        assert_eq!(said.matches("E0").count(), 1, "{said}");
    }
}
