//! What is read, what is refused, and in which words.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use outgrow::diag::{Report, Severity};
use outgrow::model::price::PriceBook;
use outgrow::model::{Basis, Estimate, Scenario, Scheme, Sizing, UnitPrice};
use outgrow::scenario::{LoadError, Loader, prices, read, read_at};

/// Files of one folder.
struct Folder(PathBuf);

impl Loader for Folder {
    fn load(&self, name: &str) -> Result<String, LoadError> {
        let bytes = fs::read(self.0.join(name)).map_err(|_| LoadError::NotFound)?;
        String::from_utf8(bytes).map_err(|_| LoadError::NotText)
    }
}

/// One text under the name `x.toml`.
struct Text(String);

impl Loader for Text {
    fn load(&self, name: &str) -> Result<String, LoadError> {
        Ok(outgrow::scenario::schema::beside(name).map_or_else(|| self.0.clone(), str::to_owned))
    }
}

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A small book whose prices do not change.
pub fn book() -> PriceBook {
    let text = fs::read_to_string(here("tests/fixtures/prices.toml")).expect("the book of the tests");
    prices::with_overrides(&PriceBook::default(), &text, "prices.toml").unwrap_or_else(|report| panic!("{report}"))
}

/// What a reading says, whether it succeeds or not, at the prices of the tests.
fn page(name: &str, loader: &dyn Loader) -> String {
    match read_at(&book(), name, loader) {
        Ok((_, warnings)) => Report::new(warnings).to_string(),
        Err(report) => report.to_string(),
    }
}

fn scenario(folder: &str, name: &str) -> Scenario {
    match read(name, &Folder(here(folder))) {
        Ok((scenario, _)) => scenario,
        Err(report) => panic!("{report}"),
    }
}

/// The cases of `tests/refuse`, by name; one of them has no file, on purpose.
fn cases() -> BTreeSet<String> {
    let files = fs::read_dir(here("tests/refuse")).expect("the folder of refusals");
    let names = files.filter_map(|file| file.ok()?.file_name().into_string().ok());
    names.filter(|name| name.ends_with(".toml")).chain(["E002-no-such-file.toml".to_owned()]).collect()
}

#[test]
fn every_refusal_says_what_is_written_beside_it() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut wrong = Vec::new();
    for name in cases() {
        let said = page(&name, &Folder(here("tests/refuse")));
        let beside = here("tests/refuse").join(name.replace(".toml", ".stderr"));
        if bless {
            fs::write(&beside, &said).expect("the refusal is written");
        }
        let written = fs::read_to_string(&beside).unwrap_or_default();
        if said != written {
            wrong.push(format!("--- {name} says now:\n{said}"));
        }
        assert!(said.contains(&name[..4]), "{name} does not say {}:\n{said}", &name[..4]);
    }
    assert!(wrong.is_empty(), "{}\nBLESS=1 rewrites them", wrong.join("\n"));
}

#[test]
fn every_code_has_a_refusal() {
    let source = fs::read_to_string(here("src/scenario/code.rs")).expect("the list of codes");
    let codes: BTreeSet<&str> = source.split('"').filter(|piece| piece.len() == 4).collect();
    let shown: BTreeSet<String> = cases().iter().map(|name| name[..4].to_owned()).collect();
    assert!(codes.len() > 30, "{codes:?}");
    for code in codes {
        assert!(shown.contains(code), "no file in tests/refuse shows {code}");
    }
}

/// Every file below a folder.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder of the source").filter_map(|entry| Some(entry.ok()?.path()));
    entries.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

#[test]
fn the_page_on_the_language_knows_every_key_and_every_code() {
    let page = fs::read_to_string(here("scenarios/README.md")).expect("the page");
    let codes = fs::read_to_string(here("src/scenario/code.rs")).expect("the list of codes");
    for code in codes.split('"').filter(|piece| piece.len() == 4) {
        assert!(page.contains(code), "the page does not know {code}");
    }
    let keys = keys_of_the_source();
    assert!(keys.len() > 60, "{keys:?}");
    let words: BTreeSet<&str> = page.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').collect();
    for key in keys {
        assert!(words.contains(key.as_str()), "the page does not know `{key}`");
    }
}

/// Every key that the reader's source asks a table for.
pub fn keys_of_the_source() -> BTreeSet<String> {
    // A key is what a table is asked for: the first argument of these, wherever a line breaks.
    const ASKING: [&str; 11] = [
        "take(",
        "need(",
        "text(",
        "spanned_text(",
        "flag(",
        "whole(",
        "reference(",
        "named(",
        "number(",
        "estimate(",
        "estimate_or(",
    ];
    let mut keys = BTreeSet::new();
    // Price files are another language, with a page of its own.
    let of_scenarios = |file: &PathBuf| !file.starts_with(here("src/scenario/prices"));
    for file in files_below(&here("src/scenario")).into_iter().filter(of_scenarios) {
        let source = fs::read_to_string(file).expect("a file of the source");
        let source = source.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
        for asking in ASKING.into_iter().chain(["estimate_if("]) {
            for rest in source.split(asking).skip(1) {
                if let Some(key) = rest.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next()) {
                    keys.insert(key.to_owned());
                }
            }
        }
    }
    keys
}

/// Names of the scenarios that ship.
fn shipped() -> Vec<String> {
    let files = fs::read_dir(here("scenarios")).expect("scenarios ship");
    let names = files.filter_map(|file| file.ok()?.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| name.ends_with(".toml")).collect();
    names.sort();
    assert!(names.len() >= 3, "{names:?}");
    names
}

#[test]
fn shipped_scenarios_are_read_and_warn_of_nothing_but_old_prices() {
    for name in shipped() {
        match read(&name, &Folder(here("scenarios"))) {
            Err(report) => panic!("{report}"),
            Ok((_, warnings)) => {
                let other: Vec<_> = warnings.iter().filter(|warning| warning.code != "W008").collect();
                assert!(other.is_empty(), "{name}: {other:?}");
                assert!(warnings.len() <= 2, "old prices are listed in one warning: {warnings:?}");
            }
        }
    }
    for name in ["small-stays.toml", "small-stays-36.toml"] {
        let said = page(name, &Folder(here("tests/fixtures")));
        assert!(said.is_empty(), "{name}:\n{said}");
    }
}

#[test]
fn the_sketch_of_a_small_case_reads_to_its_numbers() {
    let small = scenario("tests/fixtures", "small-stays.toml");
    let constant = |estimate: &Estimate| estimate.constant().expect("nothing is uncertain");
    let migration = &small.migrations[0];
    assert_eq!((small.months, small.run.trials, small.run.seed.0), (60, 64, 0));
    assert_eq!(constant(&small.people.loaded_hour), 95.0);
    assert!((small.people.hours_per_month * 84.0 / 365.0 - 40.0).abs() < 1e-12);
    assert_eq!((constant(&migration.start_month), constant(&migration.overlap_months)), (1.0, 1.0));
    let weeks = constant(&migration.effort_weeks) * constant(&migration.overrun) / constant(&migration.people);
    assert!((weeks * 84.0 / 365.0 - 2.0).abs() < 1e-12, "the project lasts two months, not {weeks} weeks");
    let price = |name: &str| {
        let platform = small.platforms.iter().find(|platform| platform.name == name).expect("a platform");
        match &platform.lines[0].scheme {
            Scheme::Fixed { price, .. } => constant(price),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!((price("heroku"), price("aws")), (1500.0, 750.0));
    assert_eq!(small.baseline().name, "heroku");
    assert_eq!(scenario("tests/fixtures", "small-stays-36.toml").months, 36);
}

/// The mean invoices of month 1 of every option by name, each taken as if it were lived in today.
fn first_bills(name: &str) -> BTreeMap<String, f64> {
    let mut case = scenario("scenarios", name);
    for option in &mut case.options {
        option.migration = None;
    }
    let plan = outgrow::plan::compile(&case);
    let draws = outgrow::sim::run(&plan, &crate::run::request(0..2_000, case.run.seed, 2), &|_| {});
    let summary = outgrow::summary::of(&case, &plan, &draws, case.run.seed);
    summary.options.iter().map(|o| (o.name.clone(), o.costs[0].monthly[0].mean.value)).collect()
}

/// What was published, in dollars a month: the bill on the PaaS and the one after (stated, modelled, or derived).
const PUBLISHED: [(&str, f64, f64); 3] = [
    ("heroku-to-ecs.toml", 15_000.0, 4_000.0),
    ("small-heroku-stays.toml", 1_500.0, 750.0),
    ("legaci.toml", 2_500.0, 250.0),
];

#[test]
fn shipped_cases_bill_what_was_published() {
    for (name, before, after) in PUBLISHED {
        let bills = first_bills(name);
        let off = |option: &str, published: f64| bills[option] / published - 1.0;
        assert!(off("heroku", before).abs() < 0.10, "{name}: {bills:?}");
        assert!(off("ecs", after).abs() < 0.20, "{name}: {bills:?}");
        assert!(bills["ecs"] < bills["heroku-tuned"] && bills["heroku-tuned"] < bills["heroku"], "{name}: {bills:?}");
    }
    let efforts = scenario("scenarios", "heroku-to-ecs.toml").migrations;
    assert!(efforts.iter().any(|m| m.effort_weeks.law.quantile(0.5).round() == 26.0));
}

#[test]
fn every_list_price_that_ships_is_dated_sourced_and_verified() {
    let mut seen = 0;
    for name in shipped() {
        let text = fs::read_to_string(here("scenarios").join(&name)).expect("a scenario");
        let words = text.split('"').filter_map(|word| prices::compiled().sku(word));
        for sku in words {
            seen += 1;
            assert!(sku.is_verified(), "{name}: {}", sku.name);
            assert!(!sku.provenance.source.is_empty(), "{name}: {}", sku.name);
        }
    }
    assert!(seen > 20, "the scenarios buy by SKU: {seen}");
}

/// Every estimate of a scenario, by the words that name it in its debug text: paths, bases, sources.
fn paths(scenario: &Scenario) -> Vec<String> {
    let text = format!("{scenario:?}");
    text.split("Estimate { path: \"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn every_estimate_has_a_path_of_its_own() {
    let mut case = scenario("scenarios", "heroku-to-ecs.toml");
    // What an option does not change is its platform's own, and stands there too.
    case.options.iter_mut().for_each(|option| option.change = None);
    // What is bought twice has one price: its path stands wherever it is paid.
    let all: Vec<String> = paths(&case).into_iter().filter(|path| !path.starts_with("price.")).collect();
    let different: BTreeSet<&String> = all.iter().collect();
    assert!(all.len() > 150, "{}", all.len());
    assert_eq!(all.len(), different.len());
    for path in [
        "demand.case.flat.growth",
        "people.loaded_hour",
        "driver.database.inflow",
        "platform.ecs.runtime.web.today",
        "platform.ecs.incident.data.rate",
        "migration.to-ecs.effort",
    ] {
        assert!(different.contains(&path.to_owned()), "{path}");
    }
}

#[test]
fn the_order_of_tables_means_nothing() {
    let text = fs::read_to_string(here("tests/fixtures/small-stays.toml")).expect("the fixture");
    let (head, tables) = text.split_once("[run]").expect("it has a [run]");
    let tables = format!("[run]{tables}");
    let mut parts: Vec<&str> = tables.split("\n\n").collect();
    parts.reverse();
    let turned = Text(format!("{head}\n{}\n", parts.join("\n\n")));
    let (turned, _) = read("x.toml", &turned).unwrap_or_else(|report| panic!("{report}"));
    assert_eq!(turned, scenario("tests/fixtures", "small-stays.toml"));
}

#[test]
fn what_a_table_rests_on_holds_below_it_until_something_says_otherwise() {
    let case = scenario("scenarios", "heroku-to-ecs.toml");
    let ecs = case.platforms.iter().find(|platform| platform.name == "ecs").expect("the platform");
    let line = |name: &str| ecs.lines.iter().find(|line| line.name == name).expect("a line");
    let Scheme::Units(web) = &line("web").scheme else { panic!("web buys units") };
    let Sizing::Today(tasks) = &web.sizing else { panic!("web says what runs today") };
    let UnitPrice::Bundle(parts) = &web.price else { panic!("a task is a bundle") };
    assert!(parts.len() == 2 && format!("{parts:?}").matches("basis: Quoted").count() == 2, "{parts:?}");
    assert_eq!((tasks.basis, tasks.source.as_str()), (Basis::Judged, "our reading of the published case"));
    assert_eq!(web.headroom.basis, Basis::Assumed, "a default of ours is assumed");
    let Scheme::Metered { brackets, .. } = &line("egress").scheme else { panic!("egress is metered") };
    assert!(brackets.iter().all(|bracket| bracket.price.basis == Basis::Quoted));
}

/// Files of the corpus of other people's broken TOML and JSON, from every list `malformed_corpus.*.csv`, with what is
/// expected of each.
fn corpus() -> Vec<(String, Vec<u8>, bool)> {
    let root = std::env::var("OUTGROW_ORACLES").map_or_else(|_| here("../shared/oracles"), PathBuf::from);
    let Ok(entries) = fs::read_dir(&root) else {
        println!("malformed_corpus: skipped, there is no folder {}", root.display());
        return Vec::new();
    };
    let lists = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let lists = lists.filter(|name| name.starts_with("malformed_corpus.") && name.ends_with(".csv"));
    let mut files = Vec::new();
    for list in lists {
        let mut table = csv::Reader::from_path(root.join(list)).expect("a list of the corpus");
        for row in table.records().filter_map(Result::ok) {
            let (Some(class), Some(path), Some(expected)) = (row.get(0), row.get(1), row.get(4)) else { continue };
            let Ok(bytes) = fs::read(root.join(path)) else { continue };
            files.push((path.to_owned(), bytes, class == "toml_invalid" && expected == "reject"));
        }
    }
    println!("malformed_corpus: {} files", files.len());
    files
}

/// Files that the corpus calls no TOML and that the parser hands on: six by what TOML 1.1 allows (times without seconds,
/// inline tables over several lines), and `0x` without digits: seven of 297. As scenarios they are refused all the same.
/// Lists that are kept back hold about as many again.
const TOML_SINCE_1_1: usize = 14;

#[test]
fn broken_files_of_others_are_rejected_with_a_place_and_never_panic() {
    let mut read_as_toml = 0;
    for (name, bytes, must_reject) in corpus() {
        // Bytes that are no text are refused by whoever loads them; here they are read as far as they are text.
        let is_text = std::str::from_utf8(&bytes).is_ok();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Err(report) = read("x.toml", &Text(text)) else { panic!("{name} was read") };
        assert!(report.errors() > 0, "{name}");
        let page = report.to_string();
        assert!(page.contains(" x.toml:"), "{name}:\n{page}");
        let is_toml = report.problems.iter().all(|problem| problem.code != "E001");
        read_as_toml += usize::from(must_reject && is_text && is_toml);
        for problem in &report.problems {
            let (line, column) = problem.place.line_and_column();
            assert!(line >= 1 && column >= 1, "{name}");
            assert_eq!(problem.severity == Severity::Warning, problem.code.starts_with('W'), "{name}");
        }
    }
    assert!(read_as_toml <= TOML_SINCE_1_1, "{read_as_toml} files that are no TOML were read as such");
}

#[test]
fn a_hundred_thousand_brackets_are_refused_and_do_not_overflow_the_stack() {
    for text in
        ["[".repeat(100_000), format!("a = {}", "[".repeat(100_000)), format!("a = {}", "{ a = ".repeat(100_000))]
    {
        assert!(read("x.toml", &Text(text)).is_err());
    }
}

mod mutations {
    use proptest::prelude::*;

    use super::{Text, here, read};

    const PIECES: [&str; 24] = [
        "",
        "\"",
        "{",
        "}",
        "[",
        "]",
        "=",
        ".",
        "..",
        "-",
        "$",
        "%",
        " / month",
        "1e308",
        "-1",
        "0",
        "nan",
        "\n",
        "é",
        "{ p10 = 1, p50 = 2 }",
        "{ dist = \"beta\", alpha = 1e300, beta = 1e-300, low = 0, high = 1e300 }",
        "9,9",
        "min = 3",
        "{ dist = \"gamma\", shape = 1e-9, scale = 1e300 }",
    ];

    /// Pieces of whole lines and figures, as a hand or a bad merge would leave them.
    const LINES: [&str; 14] = [
        "today = 0",
        "months = 360",
        "growth = \"90 .. 99 % / month\"",
        "people = 1e-300",
        "price = \"$1e300 / month\"",
        "elasticity = -5",
        "capacity = 1e-300",
        "season = { jan = 1e-9 }",
        "learning = { extra = \"1e9\", halves_every = \"1e-9 months\" }",
        "rate = \"1e9 / month\"",
        "starts = \"month 1200\"",
        "from = { demand = 1, engineers = 1e300 }",
        "[demand.cases.flat]",
        "whole = true",
    ];

    /// A change to a text, decided by a number.
    fn changed(text: &str, number: u64) -> String {
        let mut state = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut below = |n: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state % n.max(1) as u64) as usize
        };
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        for _ in 0..=below(3) {
            let at = below(lines.len());
            match below(8) {
                0 => drop(lines.remove(at)),
                1 => {
                    let other = below(lines.len());
                    lines.swap(at, other);
                }
                2 => lines.insert(at, LINES[below(LINES.len())].to_owned()),
                3 => lines.insert(at, lines[below(lines.len())].clone()),
                4 => {
                    // Another figure in the place of one.
                    let figures = ["0", "1", "1e308", "0.000001", "99999999", "-7", "1e-300", "3"];
                    let new = figures[below(figures.len())];
                    let line = &lines[at];
                    if let Some(start) = line.find(|c: char| c.is_ascii_digit()) {
                        let end = line[start..].find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',');
                        let end = end.map_or(line.len(), |end| start + end);
                        lines[at] = format!("{}{new}{}", &line[..start], &line[end..]);
                    }
                }
                5 => {
                    let value = lines[below(lines.len())].clone();
                    if let (Some((key, _)), Some((_, value))) = (lines[at].split_once('='), value.split_once('=')) {
                        lines[at] = format!("{key}={value}");
                    }
                }
                _ => {
                    let mut places: Vec<usize> = lines[at].char_indices().map(|(at, _)| at).collect();
                    places.push(lines[at].len());
                    let start = places[below(places.len())];
                    let end = places.iter().copied().find(|end| *end >= start + below(4)).unwrap_or(lines[at].len());
                    let piece = PIECES[below(PIECES.len())];
                    lines[at].replace_range(start..end.max(start), piece);
                }
            }
            if lines.is_empty() {
                lines.push(String::new());
            }
        }
        lines.join("\n")
    }

    /// Valid texts of every kind there is.
    fn valid() -> Vec<String> {
        let files = ["scenarios/heroku-to-ecs.toml", "tests/fixtures/small-stays.toml"];
        let mut all: Vec<String> =
            files.iter().map(|file| std::fs::read_to_string(here(file)).expect("a valid file")).collect();
        all.push(outgrow::scenario::schema::EVERY_KEY.to_owned());
        all.extend((0..20).map(crate::generate::scenario));
        all
    }

    #[test]
    #[ignore = "slow: 10,000 files, those that are read also computed"]
    fn ten_thousand_changes_of_valid_scenarios_neither_panic_nor_hang() {
        const CHANGES: u64 = 10_000;
        let texts = valid();
        let schema = crate::schema::document();
        let (mut read_well, mut slowest) = (0, std::time::Duration::ZERO);
        for number in 0..CHANGES {
            let text = changed(&texts[number as usize % texts.len()], number);
            let begun = std::time::Instant::now();
            match read("x.toml", &Text(text.clone())) {
                Err(report) => assert!(report.errors() > 0 && !report.to_string().is_empty(), "change {number}"),
                Ok((scenario, _)) => {
                    read_well += 1;
                    let broken = crate::schema::of(&text, &schema).unwrap_or_default();
                    assert!(broken.is_empty(), "change {number} is read and breaks the schema: {broken:?}");
                    // Each incident is drawn on its own: a scenario whose tail has a million a month takes its time.
                    let classes = || scenario.platforms.iter().flat_map(|platform| &platform.incidents);
                    let tail = |law: &outgrow::math::law::Law| law.quantile(1.0 - 1e-7);
                    let many = |class: &outgrow::model::IncidentClass| {
                        let practice = class.learning.as_ref().map_or(1.0, |l| 1.0 + tail(&l.extra.law));
                        match &class.frequency {
                            outgrow::model::Frequency::Monthly { today, driver: None, .. } => {
                                tail(&today.law) * practice > 1e3
                            }
                            _ => true,
                        }
                    };
                    if classes().any(many) {
                        continue;
                    }
                    let plan = outgrow::plan::compile(&scenario);
                    let traced = outgrow::sim::trace(&plan, scenario.run.seed, 0, 1);
                    assert!(!traced[0].is_empty(), "change {number}");
                }
            }
            slowest = slowest.max(begun.elapsed());
            assert!(
                begun.elapsed() < std::time::Duration::from_secs(20),
                "change {number} takes {:?}:\n{text}",
                begun.elapsed()
            );
        }
        assert!(read_well > CHANGES / 20, "{read_well} changes were harmless; the slowest took {slowest:?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_change_to_a_file_makes_the_reader_panic(
            edits in prop::collection::vec((0.0f64..1.0, 0usize..12, 0usize..PIECES.len()), 1..4)
        ) {
            let mut text = std::fs::read_to_string(here("scenarios/heroku-to-ecs.toml")).expect("the case");
            for (at, length, piece) in edits {
                let boundary = |mut byte: usize| {
                    while !text.is_char_boundary(byte) {
                        byte -= 1;
                    }
                    byte
                };
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a small text")]
                let start = boundary((at * text.len() as f64) as usize);
                let end = boundary((start + length).min(text.len()));
                text.replace_range(start..end, PIECES[piece]);
            }
            if let Err(report) = read("x.toml", &Text(text)) {
                prop_assert!(report.errors() > 0);
                prop_assert!(!report.to_string().is_empty());
            }
        }
    }
}
