//! Every value of a file, and where it came from.

use std::collections::BTreeSet;
use std::fs;

use outgrow::math::law::Law;
use outgrow::present::resolved::{self, Resolved};
use outgrow::scenario::{Line, LoadError, Loader, Reading, prices, read_whole};

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
            assert_eq!(row.is_listed, estimate.path.starts_with("price."), "{}", row.path);
            assert_eq!(row.is_default(), estimate.written.is_empty(), "{}", row.path);
            assert_eq!(row.line.is_some(), !row.is_listed && !row.is_default(), "{}", row.path);
            match &row.value {
                Resolved::Sure(value, _) => assert_eq!(estimate.law, Law::Constant(*value)),
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
        let Some(Line { line, .. }) = row.line else { continue };
        // What is changed is named by its path.
        if let Some((_, path)) = row.path.split_once(".change.") {
            let is_of = |key: &str| path == key || path.starts_with(&format!("{key}."));
            let key = lines[line - 1].split('"').nth(1);
            assert!(key.is_some_and(is_of), "{} is not on line {line}", row.path);
            continue;
        }
        // What must fit and what a unit is made of stands behind the key of its table.
        let (before, inside) = [".fits.", ".each.", ".kind."]
            .iter()
            .find_map(|of| row.path.split_once(of).map(|(_, name)| (of.trim_matches('.'), Some(name))))
            .unwrap_or_else(|| (row.path.rsplit('.').next().expect("a key"), None));
        assert!(
            lines[line - 1].trim_start().starts_with(before)
                && inside.is_none_or(|name| lines[line - 1].contains(name)),
            "{} is not on line {line}: {}",
            row.path,
            lines[line - 1]
        );
    }
    let named: BTreeSet<usize> = rows.iter().filter_map(|row| row.line.map(|at| at.line)).collect();
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
fn every_word_that_an_option_changes_stands_in_the_table_like_any_other_value() {
    let (text, _) = reading("tests/fixtures/small-stays.toml");
    let changed = "\n[options.tuned-by-hand]\nplatform = \"heroku\"\n[options.tuned-by-hand.change]\n\
        \"work.upkeep.kind\" = { data = \"20 %\", security = \"30 %\" }\n\
        \"runtime.extra\" = { price = \"$5 / month\", vendor = \"acme\", source = \"a quote\" }\n[vendors.acme]\n";
    let reading = read_whole(prices::compiled(), "changed.toml", &Text(text + changed));
    let reading = reading.unwrap_or_else(|report| panic!("{report}"));
    let rows = resolved::rows(&reading);
    let of = |key: &str| {
        let path = format!("option.tuned-by-hand.change.{key}");
        rows.iter().find(|row| row.path == path)
    };
    let words =
        [("work.upkeep.kind.data", "20 %"), ("work.upkeep.kind.security", "30 %"), ("runtime.extra.vendor", "acme")];
    for (key, value) in words {
        let row = of(key).unwrap_or_else(|| panic!("{key} is not there"));
        assert_eq!((&row.value, row.is_default()), (&Resolved::Plain(value.to_owned()), false), "{key}");
    }
    // A figure is there once, as one; what it rests on is no value.
    assert!(matches!(of("runtime.extra.price").expect("a figure").value, Resolved::Sure(5.0, _)));
    assert!(of("runtime.extra.source").is_none());
    assert_eq!(rows.iter().map(|row| &row.path).collect::<BTreeSet<_>>().len(), rows.len(), "no value stands twice");
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
    assert_eq!(of("platform.ecs.runtime.web.headroom")["origin"], "default");
    assert_eq!(of("platform.ecs.runtime.web.each.aws.fargate.vcpu")["value"], 2.0);
    let sku = prices::compiled().sku("aws.fargate.vcpu").expect("the case buys it");
    let listed = of("price.aws.fargate.vcpu");
    assert_eq!(listed["value"], sku.usd_per_month().expect("it is held by the month"));
    assert_eq!((&listed["origin"], &listed["line"]), (&"price book".into(), &serde_json::Value::Null));
    assert_eq!((&listed["is_default"], &listed["basis"]), (&false.into(), &"quoted".into()));
    let source = listed["source"].as_str().expect("it says where it is from");
    assert_eq!(source, format!("{}, {}", sku.provenance.source, sku.provenance.as_of));
    assert_eq!(values.iter().filter(|v| v["path"] == "price.aws.fargate.vcpu").count(), 1);
    assert!(page.contains("\nprice book\n") && page.contains(" quoted price book\n"), "{page}");
    assert_eq!(of("months")["value"], "60");
}
