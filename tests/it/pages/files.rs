//! What a run writes: JSON, tables, the run file, and that files are written whole.

use std::path::Path;

use outgrow::present::{explain, json, page, stamp, tables};
use outgrow::scenario::{LoadError, Loader};
use outgrow::sim::{Quantiles, Request};
use outgrow::store;
use outgrow::study::verdict;
use outgrow::summary::{self, Lens};
use outgrow::units::Seed;
use outgrow::{plan, scenario, sim};
use serde_json::Value;

use super::built::cases;
use super::{MADE, assert_errors, case, folder, page_of, scene_of};

#[test]
fn the_json_parses_and_every_sampled_figure_has_its_error() {
    for (name, summary) in cases() {
        let text = json::text(summary, &verdict::of(summary, &[], None), None, MADE);
        let document: Value = serde_json::from_str(&text).expect("sound JSON");
        assert_errors(name, &document, "");
        assert_eq!(document["schema_version"], 1);
        assert_eq!(document["trials"], summary.trials);
        let first = document.as_object().and_then(|d| d.keys().next()).expect("fields");
        assert_eq!(first, "schema_version", "fields keep their order");
        let tco = &document["options"][1]["against_baseline"][4];
        assert_eq!((&tco["lens"], &tco["discounted"]), (&Value::from("tco"), &Value::from(true)));
        // As text: the parser here rounds the last digit of some numbers differently, the writer does not.
        let meant = summary.crossover(1, Lens::Tco, true).delta.last().expect("months").mean.value;
        assert!(text.contains(&meant.to_string()), "{name}: {meant} is written in full");
    }
}

#[test]
fn the_monthly_table_has_a_row_for_each_option_lens_and_month() {
    let summary = case("pays-back");
    let bytes = store::csv::bytes(&tables::monthly(summary));
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let headers = reader.headers().expect("a header").clone();
    let place = |name: &str| headers.iter().position(|h| h == name).expect("a column of this name");
    let rows: Vec<csv::StringRecord> = reader.records().map(|r| r.expect("a row")).collect();
    assert_eq!(rows.len(), 3 * Lens::ALL.len() * 61);
    let last = rows.iter().find(|r| &r[0] == "move" && &r[3] == "tco" && &r[4] == "60").expect("the last month");
    let shown: f64 = last[place("difference_to_baseline_present_value_mean_usd")].parse().expect("a number");
    assert_eq!(shown, summary.headline(1, Lens::Tco).delta[60].mean.value);
    assert_eq!(&last[place("calendar_month")], "2031-12");
    let baseline = rows.iter().find(|r| &r[0] == "stay").expect("the baseline");
    assert_eq!(&baseline[place("difference_to_baseline_mean_usd")], "");
}

#[test]
fn a_text_from_a_scenario_is_never_a_formula() {
    let bytes = store::csv::bytes(&tables::monthly(case("hostile")));
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let mut guarded = 0;
    for row in reader.records().map(|r| r.expect("a row")) {
        for cell in row.iter().filter(|c| c.parse::<f64>().is_err()) {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?}");
            guarded += usize::from(cell.starts_with('\''));
        }
    }
    // Two of the three platforms begin like formulas: a row for each lens and 61 months.
    assert_eq!(guarded, 2 * Lens::COUNT * 61);
}

fn stamp_of<'a>(summary: &outgrow::summary::Summary, scenario: &'a [u8]) -> stamp::MadeFrom<'a> {
    stamp::MadeFrom {
        redacted: "",
        made: MADE,
        seed: summary.seed,
        trials: summary.trials,
        price_book: "dd2889e26e9b",
        price_files: &[],
        pictures: "",
        scenario,
        beside: &[],
    }
}

#[test]
fn a_run_file_names_what_it_takes_to_repeat_it() {
    let from = stamp_of(case("never"), b"abc");
    let text = stamp::text(&from);
    assert!(text.contains("seed = 1\ntrials = 2000\nprice_book = \"dd2889e26e9b\"\nscenario_sha256 = \"ba7816bf"));
    let files = [("summary.md".to_owned(), b"abc".to_vec())];
    assert!(
        stamp::with_results(&text, &files)
            .ends_with(&format!("\n[results_sha256]\n\"summary.md\" = \"{}\"\n", stamp::hash(b"abc")))
    );
    let text = stamp::text(&stamp::MadeFrom { seed: u64::MAX, ..from });
    assert!(text.contains("seed = \"18446744073709551615\"\n"), "TOML's integers end below it: {text}");
}

#[test]
fn files_are_replaced_whole_and_nothing_else_is_left() {
    let folder = folder("replaced").join("twice");
    for text in ["first and longer", "second"] {
        store::write_run(&folder, &[("summary.md", text.as_bytes())], ("run.toml", b"")).expect("a writable folder");
    }
    assert_eq!(std::fs::read_to_string(folder.join("summary.md")).expect("the file"), "second");
    assert_eq!(std::fs::read_dir(&folder).expect("the folder").count(), 2);
}

#[test]
fn a_file_that_cannot_be_written_is_named_with_the_systems_reason() {
    let folder = folder("blocked");
    std::fs::create_dir_all(folder.join("summary.md").join("inside")).expect("a folder in the file's place");
    let error = store::write_run(&folder, &[("summary.md", b"x")], ("run.toml", b""))
        .expect_err("a folder is in the way")
        .to_string();
    assert!(error.contains("summary.md") && error.contains("directory"), "{error}");
    let error = store::write_run(&folder.join("summary.md").join("inside").join("\0"), &[], ("run.toml", b""))
        .expect_err("no such name");
    assert!(error.to_string().starts_with("cannot create"), "{error}");
}

/// The folder of shipped scenarios.
struct Shipped;

impl Loader for Shipped {
    fn load(&self, name: &str) -> Result<String, LoadError> {
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name))
            .map_err(|_| LoadError::NotFound)
    }
}

#[test]
fn a_shipped_scenario_comes_out_as_page_picture_and_tables() {
    let (scenario, _) = scenario::read("heroku-to-ecs.toml", &Shipped).expect("a sound scenario");
    let plan = plan::compile(&scenario);
    let request = Request {
        trials: 0..2_048,
        seed: Seed(7),
        threads: 2,
        quantiles: Quantiles::All,
        columns: vec![],
        deciders: None,
    };
    let summary = summary::of(&scenario, &plan, &sim::run(&plan, &request, &|_| ()), Seed(7));
    let verdict = verdict::of(&summary, &[], None);
    let (page, scene) = (page_of(&summary), scene_of(&summary));
    assert!(
        (20..=32).contains(&page.lines().count()) && page.lines().all(|l| l.chars().count() <= page::block::WIDTH),
        "{page}"
    );
    let files: [(&str, Vec<u8>); 6] = [
        ("summary.txt", page.into_bytes()),
        ("verdict.txt", explain::text(&summary, &verdict).into_bytes()),
        ("difference.png", store::png::bytes(&scene, 1)),
        ("monthly.csv", store::csv::bytes(&tables::monthly(&summary))),
        ("summary.json", json::text(&summary, &verdict, None, MADE).into_bytes()),
        ("run.toml", stamp::text(&stamp_of(&summary, b"")).into_bytes()),
    ];
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    let (seal, files) = files.split_last().expect("files");
    store::write_run(&folder("shipped"), files, *seal).expect("a writable folder");
}
