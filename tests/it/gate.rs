//! Gates: what a run must show, what it says of that, and its exit code.

use std::path::Path;

use outgrow::plan::compile;
use outgrow::sim;
use outgrow::study::gate::{self, Requirement, Wanted};
use outgrow::summary;
use outgrow::units::Seed;
use serde_json::Value;

use crate::generate;
use crate::run::request;
use crate::shell::outgrow;

const SHIPPED: &str = "scenarios/heroku-to-ecs.toml";

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("the command speaks UTF-8")
}

/// Runs the shipped scenario into a folder of its own: exit code, output, errors, and the folder.
fn run(more: &[&str]) -> (Option<i32>, String, String, tempfile::TempDir) {
    let out = tempfile::tempdir().expect("a temporary folder");
    let folder = out.path().to_str().expect("a plain name").to_owned();
    let ran = outgrow(&[&["run", SHIPPED, "--trials", "2000", "--no-pictures", "--out", &folder], more].concat());
    (ran.status.code(), text(&ran.stdout), text(&ran.stderr), out)
}

fn figures(out: &Path) -> Value {
    let written = std::fs::read(out.join("heroku-to-ecs/summary.json")).expect("written");
    serde_json::from_slice(&written).expect("JSON")
}

/// The comparison of an option that the page speaks of: with engineers' time, at present value.
fn headline<'v>(figures: &'v Value, option: &str) -> &'v Value {
    let option = figures["options"].as_array().and_then(|all| all.iter().find(|o| o["name"] == option));
    let against = option.expect("the option")["against_baseline"].as_array().expect("comparisons");
    against.iter().find(|one| one["lens"] == "tco" && one["discounted"] == true).expect("the headline")
}

#[test]
fn a_gate_is_met_by_the_counted_share_and_not_by_more() {
    let (_, plain, _, out) = run(&[]);
    let figures = figures(out.path());
    let leader = figures["verdict"]["leader"]["option"].as_str().expect("a leader").to_owned();
    let share = headline(&figures, &leader)["broke_even_by"]["value"][36].as_f64().expect("a share");
    assert!(share > 0.2 && share < 0.95, "{share}");
    let least = format!("{}", share - 1e-9);
    let more = format!("{}", share + 0.000_4);
    for (odds, code, end) in [(&least, Some(0), "met"), (&more, Some(3), "not met")] {
        let (ended, page, said, with) = run(&["--require-payback", "3 years", "--odds", odds]);
        assert_eq!(ended, code, "{said}");
        let last = page.lines().last().expect("a sentence");
        let shown = format!("AWS has paid back within 36 months in {:.0}", (100.0 * share).floor());
        assert!(last.starts_with(&shown) && last.contains(" of futures; "), "{last}");
        assert!(last.contains(&format!(": {end} (within what 2,000 futures can tell apart")), "{last}");
        // The page above and the files are those of a run without a gate, but for the folder's name.
        let page = page.lines().take_while(|line| !line.starts_with("The page and tables")).collect::<Vec<_>>();
        assert_eq!(plain.lines().take(page.len()).collect::<Vec<_>>(), page);
        for name in ["summary.json", "summary.md", "run.toml"] {
            let read = |folder: &Path| std::fs::read(folder.join("heroku-to-ecs").join(name)).expect("written");
            assert!(read(out.path()) == read(with.path()), "{name}");
        }
    }
}

#[test]
fn holes_are_asked_as_paid_and_each_requirement_has_its_odds() {
    let (_, _, _, out) = run(&[]);
    let holes = headline(&figures(out.path()), "ecs")["deepest_hole_usd"].clone();
    let at = |p: &str| holes["quantiles"][p]["value"].as_f64().expect("a hole");
    let [middle, deep] = [at("p50") * 1.01, at("p90") * 1.01].map(|dollars| format!("${dollars:.0}"));
    let (code, page, _, _) = run(&["--require-hole-below", &deep, "--odds", "90%"]);
    assert_eq!(code, Some(0), "{page}");
    let (code, page, _, _) = run(&["--require-hole-below", &middle, "--odds", "90%"]);
    assert_eq!(code, Some(3), "{page}");
    assert!(
        page.contains("The deepest hole of AWS, as paid, is below $") && page.contains("90 % were asked: not met"),
        "{page}"
    );
    // Of two odds the first is for the payback; one holds for both.
    let both = ["--require-hole-below", &deep, "--require-payback", "60 months"];
    for (odds, code) in [(&["--odds", "1%", "--odds", "90%"][..], 0), (&["--odds", "99.9%", "--odds", "1%"], 3)] {
        let (ended, page, _, _) = run(&[&both, odds].concat());
        assert_eq!(ended, Some(code), "{page}");
        assert_eq!(page.lines().filter(|line| line.contains("were asked")).count(), 2, "{page}");
    }
    assert_eq!(run(&[&both[..], &["--odds", "80%"]].concat()).0, Some(0));
    // Another option than the leader.
    let (_, page, _, _) = run(&["--require-payback", "12", "--odds", "50%", "--option", "heroku-tuned"]);
    assert!(page.contains("Tuned Heroku has paid back within 12 months"), "{page}");
}

#[test]
fn json_stays_valid_and_the_sentence_goes_beside_it() {
    let asked = ["--require-payback", "24 months", "--odds", "100%"];
    let (code, printed, said, out) = run(&[&asked[..], &["--json"]].concat());
    assert_eq!(code, Some(3));
    assert!(said.lines().last().is_some_and(|line| line.contains("100 % were asked: not met")), "{said}");
    let mut printed: Value = serde_json::from_str(&printed).expect("JSON");
    let gate = printed.as_object_mut().and_then(|map| map.remove("gate")).expect("what came of it");
    assert_eq!(printed, figures(out.path()), "and nothing else is added");
    let by = &headline(&printed, "ecs")["broke_even_by"];
    let one = &gate["requirements"][0];
    assert_eq!((&gate["is_met"], &one["share"], &one["option"]), (&false.into(), &by["value"][24], &"ecs".into()));
    let (code, page, said, _) = run(&[&asked[..], &["--quiet"]].concat());
    assert!(code == Some(3) && page.is_empty() && said.contains("not met"), "{page}{said}");
    let (code, page, said, _) = run(&["--require-payback", "60", "--odds", "1%", "--quiet"]);
    assert_eq!((code, page, said), (Some(0), String::new(), String::new()));
}

#[test]
fn a_gate_that_cannot_be_asked_is_refused_before_anything_is_computed() {
    let wrong: [(&[&str], &str); 9] = [
        (&["--require-payback", "24 months"], "--odds"),
        (&["--odds", "70%"], "--require-payback"),
        (&["--option", "ecs"], "--require-payback"),
        (&["--require-payback", "61 months", "--odds", "70%"], "beyond the file's 60"),
        (&["--require-payback", "soon", "--odds", "70%"], "24 months"),
        (&["--require-payback", "24", "--odds", "70"], "70%"),
        (&["--require-payback", "24", "--odds", "70%", "--odds", "80%"], "more --odds"),
        (&["--require-payback", "24", "--odds", "70%", "--option", "heroku"], "is the baseline"),
        (&["--require-hole-below", "€200k", "--odds", "70%"], "the report is in USD, not EUR"),
    ];
    for (flags, wanted) in wrong {
        let (code, page, said, out) = run(flags);
        assert!(code == Some(2) && page.is_empty() && said.contains(wanted), "{flags:?}: {said}");
        assert!(!out.path().join("heroku-to-ecs").exists(), "{flags:?}");
    }
    let (_, _, said, _) = run(&["--require-payback", "24", "--odds", "70%", "--option", "esc"]);
    assert!(said.contains("--option esc: the file has ecs, heroku-tuned"), "{said}");
}

#[test]
fn a_gate_speaks_the_currency_of_the_report() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let shipped = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(SHIPPED)).expect("shipped");
    let head = "name = \"in euros\"\ncurrency = \"EUR\"\nexchange = { USD = \"0.9 EUR\" }";
    let own = |line: &&str| !line.starts_with("currency");
    let lines = shipped.lines().filter(own).map(|line| if line.starts_with("name ") { head } else { line });
    let file = folder.path().join("euros.toml");
    std::fs::write(&file, lines.collect::<Vec<_>>().join("\n")).expect("written");
    let (file, out) = (file.to_str().expect("plain"), folder.path().to_str().expect("plain"));
    let ask = |amount: &str| {
        let gate = ["--require-hole-below", amount, "--odds", "1%", "--no-pictures", "--trials", "200", "--out", out];
        outgrow(&[&["run", file], &gate[..]].concat())
    };
    let ran = ask("500k");
    assert!(text(&ran.stdout).contains("is below €500k in "), "{}{}", text(&ran.stdout), text(&ran.stderr));
    assert_eq!(ask("500k EUR").status.code(), Some(0));
    assert_eq!(ask("$500k").status.code(), Some(2));
}

#[test]
fn a_batch_has_a_sentence_for_each_scenario() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().to_str().expect("plain");
    let files =
        ["batch", SHIPPED, "scenarios/small-heroku-stays.toml", "--trials", "500", "--no-pictures", "--out", out];
    let asked = ["--require-payback", "36 months", "--odds", "5 in 10"];
    let ran = outgrow(&[&files[..], &asked].concat());
    assert_eq!(ran.status.code(), Some(3), "{}", text(&ran.stderr));
    let page = text(&ran.stdout);
    let lines: Vec<&str> = page.lines().filter(|line| line.contains("were asked")).collect();
    assert!(lines.len() == 2 && lines[0].starts_with("heroku-to-ecs: AWS has paid back"), "{page}");
    assert!(lines[1].starts_with("small-heroku-stays: ") && lines[1].contains("not met"), "{page}");
    // What was there already is asked too.
    let ran = outgrow(&[&files[..], &asked, &["--json"]].concat());
    let rows: Value = serde_json::from_slice(&ran.stdout).expect("JSON");
    assert_eq!((ran.status.code(), &rows[1]["gate"]["is_met"]), (Some(3), &false.into()));
    assert_eq!(text(&ran.stderr).lines().count(), 2);
}

#[test]
fn holes_below_an_amount_are_those_counted_trial_by_trial_within_a_bin() {
    let mut compared = 0;
    for number in 0..12 {
        let scenario = crate::twin::read(&generate::scenario(number));
        let plan = compile(&scenario);
        let option = (0..scenario.options.len()).find(|place| *place != scenario.baseline.0).expect("another option");
        let place = plan.outputs.comparison(option, plan.outputs.headline).expect("it is compared");
        let hole = plan.outputs.comparisons[place].deepest.amount();
        let mut asked = request(0..700, Seed(number), 2);
        asked.columns = vec![hole];
        let draws = sim::run(&plan, &asked, &|_| {});
        let summary = summary::of(&scenario, &plan, &draws, Seed(number));
        let mut holes = draws.column(hole);
        holes.sort_unstable_by(f64::total_cmp);
        for dollars in [1.0, 10_000.0, holes[350] + 1.0, holes[650] + 1.0] {
            let requirement = Requirement { wanted: Wanted::HoleBelow { dollars }, odds: 0.5 };
            let held = gate::of(&summary, (&plan, &draws), option, &[requirement])[0];
            let counted = holes.iter().filter(|hole| **hole < dollars).count() as u64;
            // A bin is at most 1/256 of its low end wide.
            let near = holes.iter().filter(|hole| (**hole - dollars).abs() <= dollars / 256.0).count() as u64;
            assert!(held.surely.count <= counted && counted <= held.at_most.count, "generated {number}: {dollars}");
            assert!(held.at_most.count - held.surely.count <= near, "generated {number}: {dollars}");
            compared += u64::from(counted > 0 && counted < 700);
        }
    }
    assert!(compared > 12, "{compared}");
}
