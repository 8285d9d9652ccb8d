//! `outgrow diff`: the differences of two files, and what each did, which adds up.

use std::collections::BTreeMap;

use outgrow::present::Made;
use outgrow::present::changes::{Asked, Compared, json, markdown, text};
use outgrow::present::chart::waterfall;
use outgrow::present::look::Look;
use outgrow::scenario::difference::{Change, Difference, Differences, Stated, between};
use outgrow::scenario::prices;
use outgrow::sim::{self, Quantiles, Request};
use outgrow::study::attribution::{self, Ask, Attribution, Mixed, Part};
use outgrow::study::verdict::{self, Verdict};
use outgrow::summary::{self, Mean, Summary};
use outgrow::units::{Currency, Seed};
use outgrow::{model::Scenario, plan};

use crate::shell::outgrow;
use crate::texts::{Texts, changed};

const MADE: Made = Made { version: "0.0.0", streams: 1 };
const CENT: f64 = 0.01;

/// Everything sure, and nothing discounted: what an option comes to is arithmetic.
const SURE: &str = r#"
name = "Sure"
start = "2027-01"
months = 24
baseline = "paas"

[demand]
growth = "0 % / month"

[people]
loaded_hour = "$100 / hour"

[platforms.paas.runtime.web]
price = "$100 / month"
today = 4

[platforms.cloud.runtime.web]
price = "$50 / month"
today = 4

[options.paas]
platform = "paas"

[options.cloud]
platform = "cloud"
migration = "to-cloud"

[migrations.to-cloud]
from = "paas"
effort = "4 engineer-weeks"
people = 2
"#;

const NEW_OPTION: &str = r#"
[options.hosts]
platform = "hosts"
migration = "to-hosts"

[platforms.hosts.runtime.box]
price = "$30 / month"

[migrations.to-hosts]
from = "paas"
effort = "2 engineer-weeks"
people = 1
"#;

fn differences(before: &str, after: &str) -> Differences {
    let texts = Texts::of([("a.toml", before), ("b.toml", after)]);
    between(prices::compiled(), ["a.toml", "b.toml"], &texts).unwrap_or_else(|report| panic!("{report}"))
}

fn ask(option: &str) -> Ask<'_> {
    Ask { option, trials: 600, seed: Seed(7), threads: 2 }
}

fn attributed(differences: &Differences, option: &str) -> Attribution {
    let mixed: Vec<Mixed<'_>> =
        differences.changes.iter().map(|change| Mixed { first: &change.first, last: &change.last }).collect();
    let scenarios = differences.readings.each_ref().map(|reading| &reading.scenario);
    attribution::of(scenarios, &mixed, ask(option), &|_| {})
}

/// What each change did, by the path of its first difference.
fn by_path<'c>(changes: &'c [Change], attribution: &'c Attribution) -> BTreeMap<&'c str, &'c Part> {
    changes.iter().map(|change| change.differences[0].path.as_str()).zip(&attribution.parts).collect()
}

fn lived(scenario: &Scenario) -> (Summary, Verdict) {
    let (seed, quantiles) = (Seed(7), Quantiles::All);
    let request = Request { trials: 0..600, seed, threads: 2, quantiles, columns: Vec::new(), deciders: None };
    let plan = plan::compile(scenario);
    let summary = summary::of(scenario, &plan, &sim::run(&plan, &request, &|_| {}), seed);
    let verdict = verdict::of(&summary, &[], None);
    (summary, verdict)
}

/// The comparison of two texts, with its JSON.
fn compared(differences: &Differences, option: &str, cents: bool) -> (Compared, serde_json::Value) {
    let [before, after] = differences.readings.each_ref().map(|reading| lived(&reading.scenario));
    let attribution = attributed(differences, option);
    let asked = Asked {
        files: ["a.toml", "b.toml"],
        differences,
        runs: [(&before.0, &before.1), (&after.0, &after.1)],
        attribution: Some((option, &attribution)),
        cents,
    };
    let figures = serde_json::from_str(&json::text(&asked, MADE)).expect("it is JSON");
    (Compared::of(&asked), figures)
}

const SHIPPED: &str = include_str!("../../scenarios/heroku-to-ecs.toml");

/// Thirteen changes, and one of words, of a shipped scenario; what a measurement costs moves no headline.
fn thirteen() -> String {
    let sure = |from: &'static str, to: &'static str| (from, to);
    changed(
        SHIPPED,
        &[
            sure("\ntoday       = 10\n", "\ntoday       = 12\n"),
            sure("today  = \"1,100 GB\"", "today  = \"1,000 GB\""),
            sure("price = \"$750 / month\"", "price = \"$700 / month\""),
            sure("price = \"$1.20 / GB\"", "price = \"$1.10 / GB\""),
            sure("price = \"$400 / month\"", "price = \"$450 / month\""),
            sure("price = \"$240 / month\"", "price = \"$200 / month\""),
            sure("\"10 .. 17 tasks\"", "\"12 .. 18 tasks\""),
            sure("\"6 .. 10 tasks\"", "\"5 .. 10 tasks\""),
            sure("price = \"$45 / month\"", "price = \"$50 / month\""),
            sure("price  = \"$330 / month\"", "price  = \"$300 / month\""),
            sure("p10 = 95, p50 = 122, p90 = 165", "p10 = 90, p50 = 120, p90 = 160"),
            sure("p10 = 14, p50 = 26, p90 = 45", "p10 = 14, p50 = 24, p90 = 40"),
            sure("name     = \"", "name     = \"Changed: "),
            sure("\n[measurements.one-worker]\n", "\n[measurements.one-worker]\n# a comment\n"),
        ],
    ) + "\n[verdict]\ntoo_close = \"4 %\"\n"
}

#[test]
fn twelve_changes_and_one_that_does_nothing_add_up_to_the_cent() {
    let differences = differences(SHIPPED, &thirteen());
    assert_eq!(differences.changes.len(), 13);
    assert_eq!(differences.words.iter().map(|of| of.path.as_str()).collect::<Vec<_>>(), ["name"]);
    let (shown, figures) = compared(&differences, "ecs", true);
    let value = |of: &serde_json::Value, name: &str| of[name]["value"].as_f64().expect("a number");
    let headline = &figures["headline"];
    let changes = figures["changes"].as_array().expect("a list");
    let parts: f64 = changes.iter().map(|change| value(change, "did_usd")).sum();
    let whole = value(headline, "difference_usd");
    assert!(whole.abs() > 1_000.0, "the changes move the headline: {whole}");
    assert!((parts + value(headline, "together_usd") - whole).abs() < CENT / 2.0);
    assert!((value(headline, "before_usd") + whole - value(headline, "after_usd")).abs() < CENT / 2.0);
    for cents in [true, false] {
        let shown = if cents { shown.clone() } else { compared(&differences, "ecs", false).0 };
        let headline = shown.headline.as_ref().expect("a headline");
        let sum: f64 = shown.rows.iter().map(|row| row.did).chain(headline.together).sum();
        let ends = headline.ends[1] - headline.ends[0];
        assert!((sum - ends).abs() < 1e-6 * headline.unit.max(CENT), "{sum} and {ends} as shown");
        assert_eq!((shown.rows.len(), shown.idle.len()), (12, 1));
        assert_eq!(shown.idle[0].differences[0].path, "verdict");
    }
    let errors = changes.iter().map(|change| change["did_usd"]["se"].as_f64().expect("a number"));
    let whole_se = headline["difference_usd"]["se"].as_f64().expect("a number");
    let before_se = headline["before_usd"]["se"].as_f64().expect("a number");
    assert!(errors.fold(0.0, f64::max) < before_se && whole_se < before_se, "formed future by future");
}

#[test]
fn price_times_quantity_is_shared_by_halves() {
    let after = changed(SURE, &[("price = \"$100 / month\"\ntoday = 4", "price = \"$150 / month\"\ntoday = 6")]);
    let differences = differences(SURE, &after);
    let attribution = attributed(&differences, "cloud");
    let parts = by_path(&differences.changes, &attribution);
    let (price, quantity) = (parts["platforms.paas.runtime.web.price"], parts["platforms.paas.runtime.web.today"]);
    // 4 · $100 become 6 · $150 in every month in which paas is paid for: $500 a month of which $100 is both at once.
    let share = |part: f64| part / attribution.whole.value;
    let near = |part: f64, wanted: f64| assert!((share(part) - wanted).abs() < 1e-12, "{} for {wanted}", share(part));
    assert!(attribution.whole.value < 0.0, "paas is dearer, so cloud is cheaper beside it");
    near(price.first.value, 200.0 / 500.0);
    near(price.last.value, 300.0 / 500.0);
    near(price.did.value, 250.0 / 500.0);
    near(quantity.first.value, 200.0 / 500.0);
    near(quantity.did.value, 250.0 / 500.0);
    near(attribution.interactions.value, 100.0 / 500.0);
    near(attribution.together.value, 0.0);
}

#[test]
fn three_that_multiply_leave_a_part_that_is_nobodys_own() {
    let after = changed(
        SURE,
        &[
            ("price = \"$100 / month\"\ntoday = 4", "price = \"$150 / month\"\ntoday = 6"),
            ("months = 24", "months = 36"),
        ],
    );
    let differences = differences(SURE, &after);
    let attribution = attributed(&differences, "cloud");
    assert_eq!(attribution.parts.len(), 3);
    let parts: f64 = attribution.parts.iter().map(|part| part.did.value).sum();
    assert!(
        (parts + attribution.together.value - attribution.whole.value).abs() < 1e-9 * attribution.whole.value.abs()
    );
    // What only the three make together is 50 · 2 · 12 = $1,200 less. Each of them has half of it, which is a half too much.
    assert!((attribution.together.value - 600.0).abs() < 1e-6, "{}", attribution.together.value);
}

#[test]
fn the_order_of_files_turns_signs_and_the_order_of_changes_nothing() {
    let (one, other) = (differences(SHIPPED, &thirteen()), differences(&thirteen(), SHIPPED));
    let (there, back) = (attributed(&one, "ecs"), attributed(&other, "ecs"));
    let back_by_path = by_path(&other.changes, &back);
    for (path, part) in by_path(&one.changes, &there) {
        let turned = back_by_path[path];
        assert_eq!(part.did.value, -turned.did.value + 0.0, "{path}");
        assert_eq!((part.first.value, part.last.value), (0.0 - turned.last.value, 0.0 - turned.first.value), "{path}");
    }
    assert_eq!(there.whole.value, -back.whole.value);
    let mut mixed: Vec<Mixed<'_>> = one.changes.iter().map(|c| Mixed { first: &c.first, last: &c.last }).collect();
    mixed.reverse();
    let scenarios = one.readings.each_ref().map(|reading| &reading.scenario);
    let mut turned = attribution::of(scenarios, &mixed, ask("ecs"), &|_| {});
    turned.parts.reverse();
    assert_eq!(turned.parts, there.parts);
    assert!((turned.together.value - there.together.value).abs() < 1e-6);
}

#[test]
fn order_comments_and_spelling_are_no_difference() {
    let (head, tables) = SURE.split_at(SURE.find("[people]").expect("it is there"));
    let mut tables: Vec<String> = tables.split("\n\n").map(str::to_owned).collect();
    tables.reverse();
    let text = format!("{head}# turned round\n{}\n", tables.join("\n\n"));
    let text = changed(&text, &[("today = 4", "today   = 4.0 # four"), ("\"$100 / hour\"", "'$100 / hour'")]);
    let differences = differences(SURE, &text);
    assert!(differences.changes.is_empty() && differences.words.is_empty() && differences.run.is_empty());
}

#[test]
fn words_and_evidence_move_no_figure() {
    let text = SHIPPED.replace("basis = \"judged\"", "basis = \"measured\"").replace("source = \"", "source = \"not ");
    let text = changed(
        &text,
        &[("name     = \"", "name     = \"Other "), ("[platforms.heroku]\n", "[platforms.heroku]\n# x\n")],
    );
    let differences = differences(SHIPPED, &text);
    assert!(differences.changes.is_empty(), "{}", differences.changes[0].differences[0].path);
    assert!(differences.words.len() > 5);
    let attribution = attributed(&differences, "ecs");
    assert_eq!((attribution.whole.value, attribution.whole.se), (0.0, 0.0));
}

#[test]
fn a_new_option_comes_with_what_only_it_needs() {
    let after = changed(SURE, &[("price = \"$50 / month\"", "price = \"$60 / month\"")]) + NEW_OPTION;
    let differences = differences(SURE, &after);
    let paths: Vec<Vec<&str>> = differences
        .changes
        .iter()
        .map(|change| change.differences.iter().map(|difference| difference.path.as_str()).collect())
        .collect();
    assert_eq!(
        paths,
        [vec!["options.hosts", "migrations.to-hosts", "platforms.hosts"], vec!["platforms.cloud.runtime.web.price"],]
    );
    assert!(differences.changes[0].because.as_ref().is_some_and(|because| because.contains("hosts")));
    let (shown, _) = compared(&differences, "cloud", false);
    assert_eq!(shown.idle.len(), 1, "it does nothing to another option's headline");
    assert!(text::page(&shown).contains("Hosts is new."), "{}", text::page(&shown));
}

#[test]
fn a_refused_file_is_told_in_its_own_place() {
    let after = changed(SURE, &[("today = 4", "today = \"four parrots\"")]);
    let line = after.lines().position(|line| line.contains("parrots")).expect("the line") + 1;
    let files = [("a.toml", SURE), ("sub/b.toml", &after)].map(|(name, text)| (name.to_owned(), text.to_owned()));
    let report = between(prices::compiled(), ["a.toml", "sub/b.toml"], &Texts(files.into())).expect_err("it is wrong");
    assert!(report.to_string().contains(&format!("sub/b.toml:{line}:")), "{report}");
}

#[test]
fn files_of_two_folders_have_their_own_rows_and_bases() {
    let own = "extends = \"base.toml\"\n[drivers.egress]\ntoday = { file = \"egress.csv\", column = \"gb\", unit = \"GB / month\" }\n\
               [platforms.paas.runtime.out]\nprice = \"$0.02 / GB\"\nmeter = \"egress\"\n";
    let dearer = changed(SURE, &[("$100 / month", "$120 / month")]);
    let mut files = BTreeMap::new();
    for (folder, base, rows) in [("x", SURE, "gb\n100\n200\n"), ("y/z", dearer.as_str(), "gb\n100\n300\n")] {
        files.insert(format!("{folder}/my.toml"), own.to_owned());
        files.insert(format!("{folder}/base.toml"), base.to_owned());
        files.insert(format!("{folder}/egress.csv"), rows.to_owned());
    }
    let between = |files| between(prices::compiled(), ["x/my.toml", "y/z/my.toml"], &Texts(files));
    let differences = between(files.clone()).unwrap_or_else(|report| panic!("{report}"));
    let paths: Vec<&str> = differences.changes.iter().map(|change| change.differences[0].path.as_str()).collect();
    assert_eq!(paths, ["platforms.paas.runtime.web.price", "egress.csv"]);
    let price = &differences.changes[0].differences[0];
    let line = SURE.lines().position(|line| line.contains("$100 / month")).expect("the line") + 1;
    let stated = |text: &str, file: &str| Some(Stated { text: text.into(), file: file.into(), line });
    assert_eq!(price.from, stated("\"$100 / month\"", "x/base.toml"));
    assert_eq!(price.to, stated("\"$120 / month\"", "y/z/base.toml"));
    let attribution = attributed(&differences, "cloud");
    assert!(attribution.parts.iter().all(|part| part.did.value < 0.0), "both make paas dearer");
}

#[test]
fn the_comment_is_the_one_that_was_read() {
    let after = changed(
        SURE,
        &[
            ("price = \"$100 / month\"\ntoday = 4", "price = \"$150 / month\"\ntoday = 6"),
            ("name = \"Sure\"", "name = \"Sure | `and` @dearer\""),
        ],
    ) + NEW_OPTION;
    let (shown, _) = compared(&differences(SURE, &after), "cloud", false);
    let comment = markdown::text(&shown);
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/diff.md");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path, &comment).expect("the fixture can be written");
    }
    assert_eq!(comment, std::fs::read_to_string(path).unwrap_or_default());
}

fn row(nth: usize, did: f64) -> outgrow::present::changes::Row {
    let path = format!("platforms.a-platform-with-a-long-name.runtime.line-{nth}.today");
    let difference = Difference { path, from: None, to: None };
    let mean = Mean { value: did, se: 1.0, sd: 1.0 };
    let part = Part { did: mean, first: mean, last: mean };
    let differences = if nth % 4 == 3 { vec![difference.clone(), difference] } else { vec![difference] };
    outgrow::present::changes::Row { differences, because: None, did, part }
}

#[test]
fn the_waterfall_has_room_for_every_word() {
    let headline = |ends: [f64; 2]| outgrow::present::changes::Headline {
        names: ["AWS".into(), "Heroku".into()],
        ends,
        together: Some(1_000.0),
        interactions: 3_000.0,
        unit: 100.0,
        currency: Currency::USD,
        over: ["5 years".into(), "3 years".into()],
        is_discounted: true,
    };
    for (rows, before, scale) in [(1, -3e5, 1e4), (2, 0.0, 1e6), (9, 2e4, 1e4), (12, -1e5, 3e4), (40, -2e3, 1e3)] {
        let rows: Vec<_> = (0..rows).map(|n| row(n, scale * if n % 3 == 0 { -1.0 } else { 0.7 })).collect();
        let after = before + 1_000.0 + rows.iter().map(|row| row.did).sum::<f64>();
        let compared = Compared {
            files: ["scenarios/before.toml".into(), "scenarios/after.toml".into()],
            headline: Some(headline([before, after])),
            idle: Vec::new(),
            words: Vec::new(),
            told: Vec::new(),
            beside: Vec::new(),
            trials: 16_384,
            seed: 1,
            rows,
        };
        let said = compared.headline.as_ref().map(outgrow::present::changes::Headline::of_what);
        assert_eq!(said.as_deref(), Some("cost over 5 years before and 3 years after at present value"));
        let scene = waterfall::draw(&compared, MADE, Look::light()).expect("there is something to draw");
        assert!(scene.alternative.contains(" over 3 years; before "), "{}", scene.alternative);
        let areas: Vec<_> =
            scene.labels().filter(|label| !label.text.is_empty()).map(|l| (l.area(), &l.text)).collect();
        for (nth, (area, text)) in areas.iter().enumerate() {
            let inside =
                area.left >= 0.0 && area.right <= scene.width && area.top >= 0.0 && area.bottom <= scene.height;
            assert!(inside, "{text} is on the picture");
            for (other, words) in &areas[..nth] {
                assert!(!area.overlaps(*other), "{text} stands on {words}");
            }
        }
        let is_gathered =
            areas.iter().any(|(_, text)| text.strip_suffix(" more").is_some_and(|n| n.parse::<u32>().is_ok()));
        assert_eq!(is_gathered, compared.rows.len() > waterfall::MOST + 1, "many changes are one bar");
    }
}

#[test]
fn the_command_compares_two_files_and_leaves_a_folder() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("it can be written");
        path.to_str().expect("plain names").to_owned()
    };
    let (a, b) = (file("a.toml", SURE), file("b.toml", &changed(SURE, &[("$100 / month", "$110 / month")])));
    let out = folder.path().join("out");
    let ran = outgrow(&["diff", &a, &b, "--trials", "50", "--out", out.to_str().expect("plain names")]);
    let said = String::from_utf8(ran.stdout).expect("UTF-8");
    assert_eq!(ran.status.code(), Some(0), "{said}");
    assert!(said.contains("platforms.paas.runtime.web.price"), "{said}");
    for name in ["diff.md", "diff.json", "waterfall.svg", "waterfall.png"] {
        assert!(out.join(name).is_file(), "{name}");
    }
    // The picture of an earlier comparison would pass for one of this.
    let again =
        outgrow(&["diff", &a, &b, "--trials", "60", "--no-pictures", "--out", out.to_str().expect("plain names")]);
    assert_eq!(again.status.code(), Some(0));
    assert!(
        out.join("diff.json").is_file() && !out.join("waterfall.png").exists() && !out.join("waterfall.svg").exists()
    );
    let same = outgrow(&["diff", &a, &a]);
    assert_eq!(same.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&same.stdout).contains("No difference in inputs."));
    let euros = "name = \"Sure\"\ncurrency = \"EUR\"\nexchange = { USD = \"0.9 EUR\" }";
    let euros = changed(SURE, &[("name = \"Sure\"", euros)]);
    let euros = file("c.toml", &euros);
    let two = outgrow(&["diff", &a, &euros]);
    assert_eq!(two.status.code(), Some(2), "{}", String::from_utf8_lossy(&two.stderr));
    let none = outgrow(&["diff", &a, &b, "--option", "nobody"]);
    assert_eq!(none.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&none.stderr).contains("has no option nobody"), "{none:?}");
}

/// All runs together may take so much time, those of single changes among them.
#[test]
fn the_time_of_a_comparison_is_that_of_all_its_runs() {
    let both = differences(SURE, SURE);
    let ends = both.readings.each_ref().map(|reading| &reading.scenario);
    let seconds = |changes: u64| attribution::seconds(ends, changes, ask("cloud"));
    // Both ends, and of several changes each alone and last.
    let ratio = seconds(8) / seconds(1);
    assert!((ratio - 18.0 / 2.0).abs() < 1e-9, "{ratio}");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("it can be written");
        path.to_str().expect("plain names").to_owned()
    };
    let after = changed(SURE, &[("$100 / month", "$110 / month"), ("$50 / month", "$40 / month")]);
    let (a, b) = (file("a.toml", SURE), file("b.toml", &after));
    let ran = outgrow(&["diff", &a, &b, "--trials", "100000000", "--max-time", "1 second"]);
    let said = String::from_utf8_lossy(&ran.stderr);
    assert_eq!(ran.status.code(), Some(2), "{said}");
    assert!(said.contains("the 8 runs of this comparison take too long") && said.contains("is 1 second."), "{said}");
}

/// Values and lines of files are never cut: a long one goes on below.
#[test]
fn no_value_is_cut_in_a_terminal() {
    let long = |price: &str| {
        format!(
            "{{ p10 = 80, p50 = 95, p90 = 120, unit = \"$ / hour\", source = \"an offer of last year that was sent by mail, {price}\" }}"
        )
    };
    let base = changed(SURE, &[("loaded_hour = \"$100 / hour\"", &format!("loaded_hour = {}", long("one")))]);
    let after = changed(&base, &[("p90 = 120", "p90 = 137")]);
    let page = text::page(&compared(&differences(&base, &after), "cloud", false).0);
    let words = page.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(!page.contains('…') && words.contains("p90 = 137"), "{page}");
    assert!(page.lines().all(|line| line.chars().count() <= 90), "{page}");
}
