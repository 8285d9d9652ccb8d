//! Every value of a file, and where it came from.

use std::collections::BTreeSet;
use std::fs;

use outgrow::present::resolved::{self, Resolved};
use outgrow::scenario::{LoadError, Loader, Reading, prices, read_whole};

struct Text(String);

impl Loader for Text {
    fn load(&self, _: &str) -> Result<String, LoadError> {
        Ok(self.0.clone())
    }
}

fn reading(name: &str) -> (String, Reading) {
    let text = fs::read_to_string(format!("{}/{name}", env!("CARGO_MANIFEST_DIR"))).expect("a shipped file");
    let reading = read_whole(prices::compiled(), name, &Text(text.clone())).unwrap_or_else(|report| panic!("{report}"));
    (text, reading)
}

#[test]
fn every_estimate_stands_in_the_table_once_with_its_own_figures() {
    for name in ["scenarios/heroku-to-ecs.toml", "tests/fixtures/small-stays.toml"] {
        let (_, reading) = reading(name);
        let rows = resolved::rows(&reading);
        let paths: BTreeSet<&str> = rows.iter().map(|row| row.path.as_str()).collect();
        assert_eq!(paths.len(), rows.len(), "no value stands twice");
        for estimate in reading.scenario.estimates() {
            let row = rows.iter().find(|row| row.path == estimate.path).unwrap_or_else(|| panic!("{}", estimate.path));
            assert_eq!((row.basis, &row.source), (Some(estimate.basis), &estimate.source));
            assert_eq!(row.line.is_none(), estimate.written.is_empty(), "{}", row.path);
            match &row.value {
                Resolved::Sure(value, _) => assert_eq!(estimate.constant(), Some(*value)),
                Resolved::Known(mean, [low, middle, high], _) => {
                    assert_eq!(*mean, estimate.law.mean());
                    assert_eq!([*low, *middle, *high], [0.1, 0.5, 0.9].map(|p| estimate.law.quantile(p)));
                }
                Resolved::Plain(text) => panic!("{}: {text}", row.path),
            }
        }
    }
}

#[test]
fn every_line_that_holds_a_value_is_named_and_the_line_is_the_value_s_own() {
    let (text, reading) = reading("scenarios/heroku-to-ecs.toml");
    let lines: Vec<&str> = text.lines().collect();
    let rows = resolved::rows(&reading);
    for row in rows.iter().filter(|row| !["brackets", "duration.", "learning."].iter().any(|of| row.path.contains(of)))
    {
        let Some(line) = row.line else { continue };
        let key = row.path.rsplit('.').next().expect("a key");
        assert!(
            lines[line - 1].trim_start().starts_with(key),
            "{} is not on line {line}: {}",
            row.path,
            lines[line - 1]
        );
    }
    let named: BTreeSet<usize> = rows.iter().filter_map(|row| row.line).collect();
    for (at, line) in lines.iter().enumerate() {
        let key = line.split('=').next().unwrap_or_default().trim();
        let holds = line.contains('=')
            && !line.starts_with(['#', '['])
            && key != "source"
            && key != "basis"
            && key != "brackets";
        let is_last_of_a_table = key == "learning"; // its keys stand on the line, under their own names
        assert!(!holds || is_last_of_a_table || named.contains(&(at + 1)), "line {} is nowhere: {line}", at + 1);
    }
}

#[test]
fn the_table_fits_a_hundred_columns_and_says_what_is_ours() {
    let (_, reading) = reading("scenarios/heroku-to-ecs.toml");
    let page = resolved::text("heroku-to-ecs.toml", &reading);
    for line in page.lines() {
        assert!(line.chars().count() <= 100, "{line}");
    }
    assert!(page.contains("\nplatform.ecs.runtime.web\n"), "{page}");
    let json = resolved::json("x", &reading);
    let values = json["values"].as_array().expect("a list");
    let of = |path: &str| values.iter().find(|v| v["path"] == path).unwrap_or_else(|| panic!("{path}"));
    assert_eq!(of("platform.ecs.runtime.web.headroom")["is_default"], true);
    assert_eq!(of("platform.ecs.runtime.web.price")["value"], 0.09874 * 730.0);
    assert_eq!(of("platform.ecs.runtime.web.price")["basis"], "quoted");
    assert_eq!(of("months")["value"], "60");
}
