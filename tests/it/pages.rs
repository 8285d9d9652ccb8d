//! What a run shows: the verdict, the page, the picture, the tables.

mod built;

use std::path::{Path, PathBuf};

use built::{Luck, at_random, cases};
use outgrow::present::chart::difference;
use outgrow::present::page::{self, Evidence};
use outgrow::present::scene::{Area, Scene};
use outgrow::present::{Made, explain, json, stamp, tables};
use outgrow::scenario::{LoadError, Loader};
use outgrow::sim::{Quantiles, Request};
use outgrow::store;
use outgrow::study::verdict::{self, Word};
use outgrow::summary::{self, Lens, Summary};
use outgrow::units::Seed;
use outgrow::{plan, scenario, sim};
use serde_json::Value;

const MADE: Made = Made { version: "0.0.0", streams: 1 };
const EVIDENCE: Evidence = Evidence { measured: 11, quoted: 22, judged: 9, assumed: 6 };
/// Two texts nearer than this to each other count as one on the other, pixels.
const APART: f64 = 1.0;

fn page_of(summary: &Summary) -> String {
    page::text(summary, &verdict::of(summary), EVIDENCE)
}

fn scene_of(summary: &Summary) -> Scene {
    difference::draw(summary, &verdict::of(summary), MADE)
}

fn case(name: &str) -> &'static Summary {
    &cases().iter().find(|(n, _)| *n == name).expect("a case of this name").1
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages").join(name)
}

#[test]
fn a_page_has_twenty_to_thirty_two_lines_of_at_most_ninety_columns() {
    for (name, summary) in cases() {
        let page = page_of(summary);
        let lines: Vec<&str> = page.lines().collect();
        assert!((20..=32).contains(&lines.len()), "{name} has {} lines:\n{page}", lines.len());
        for line in lines {
            assert!(line.chars().count() <= page::WIDTH, "{name}: {line}");
        }
    }
}

#[test]
fn the_word_stands_in_the_first_two_lines() {
    for (name, summary) in cases() {
        let page = page_of(summary);
        let head: String = page.lines().take(2).collect();
        let word = match verdict::of(summary).word {
            Word::PaysBack => "  PAYS BACK.",
            Word::DoesNotPayBack => "DOES NOT PAY BACK.",
            Word::TooCloseToCall => "TOO CLOSE TO CALL.",
        };
        assert!(head.contains(word), "{name}:\n{page}");
    }
}

#[test]
fn both_cases_are_argued_in_as_many_lines() {
    for (name, summary) in cases() {
        let page = page_of(summary);
        let lines: Vec<&str> = page.lines().collect();
        let place = |text: &str| lines.iter().position(|l| *l == text).expect("both cases are there");
        let (leaving, staying) = (place("  For leaving"), place("  For staying"));
        let end = staying + lines[staying..].iter().position(|l| l.is_empty()).expect("a gap follows");
        assert_eq!(staying - leaving, end - staying, "{name}:\n{page}");
        assert!(staying - leaving >= 3, "{name}: two arguments each\n{page}");
    }
}

#[test]
fn a_page_has_no_signs_that_need_a_statistician() {
    let forbidden = ["±", "σ", "μ", "Δ", "p50", "P50", "p90", "P90", "p10", "P10", "NaN", "inf", " -$", "$-", "\u{1b}"];
    for (name, summary) in cases() {
        let texts = page_of(summary) + &explain::text(summary, &verdict::of(summary));
        for sign in forbidden {
            assert!(!texts.contains(sign), "{name} has {sign:?}:\n{texts}");
        }
    }
}

#[test]
fn a_page_of_a_known_run_reads_as_it_did() {
    let page = page_of(case("pays-back"));
    let starts = [
        "Heroku → AWS (ECS Fargate)   $12,000 a month on Heroku, from Jan 2027, 5 years",
        "  PAYS BACK.  AWS is $",
        "  Half of futures have paid it back by mid-2029; 1 in 10 have not in 5 years.",
        "",
        "  5-year cost beside Heroku, at present value (9 % a year)",
    ];
    for (line, start) in page.lines().zip(starts) {
        assert!(line.starts_with(start), "{line}\nshould begin\n{start}");
    }
    assert!(page.contains("Rests on 11 measured, 22 quoted, 9 judged figures and 6 assumed by outgrow."));
    assert!(page.lines().last().expect("lines").contains("4,000 futures, seed 1; noise under $"));
}

#[test]
fn every_word_is_reached() {
    let word = |name: &str| verdict::of(case(name)).word;
    assert_eq!(word("pays-back"), Word::PaysBack);
    assert_eq!(word("never"), Word::DoesNotPayBack);
    let changing = verdict::of(case("close"));
    assert_eq!(
        (changing.word, changing.rule.is_small, changing.rule.changes_sign),
        (Word::TooCloseToCall, false, true)
    );
    let small = verdict::of(case("tiny"));
    assert_eq!((small.word, small.rule.is_small), (Word::TooCloseToCall, true));
}

#[test]
fn a_difference_of_two_percent_is_not_too_close() {
    let mut summary = case("pays-back-early").clone();
    let baseline = &mut summary.options[0].costs[Lens::Tco as usize];
    baseline.present_value.last_mut().expect("months").mean.value = 1_000_000.0;
    for (difference, wanted) in
        [(-20_000.0, Word::PaysBack), (-19_999.0, Word::TooCloseToCall), (20_000.0, Word::DoesNotPayBack)]
    {
        for crossover in summary.options[1].against.as_mut().expect("compared") {
            crossover.delta[36].mean.value = difference;
            crossover.delta.last_mut().expect("months").mean.value = difference;
        }
        assert_eq!(verdict::of(&summary).word, wanted, "a difference of {difference}");
    }
}

#[test]
fn the_cheapest_of_the_others_leads_and_the_rest_follow_by_cost() {
    let verdict = verdict::of(case("never-three"));
    assert_eq!((verdict.leader.option, verdict.others[0].option), (2, 1));
    assert!(page_of(case("never-three")).contains("    AWS  "), "the other option has its line");
}

#[test]
fn labels_never_meet_and_never_leave_the_picture() {
    let mut luck = Luck(20_270_101);
    let made: Vec<Summary> = (0..200).map(|_| built::summary(&at_random(&mut luck))).collect();
    for (i, summary) in cases().iter().map(|(_, s)| s).chain(&made).enumerate() {
        let scene = scene_of(summary);
        let canvas = Area { left: 0.0, top: 0.0, right: scene.width, bottom: scene.height };
        let boxes: Vec<(&str, Area)> =
            scene.labels().map(|l| (l.text.as_str(), l.area())).filter(|b| !b.0.is_empty()).collect();
        for side in ["dearer so far", "cheaper so far"] {
            assert!(boxes.iter().any(|(text, _)| text.ends_with(side)), "picture {i} does not say {side:?}");
        }
        for (at, (text, area)) in boxes.iter().enumerate() {
            assert!(canvas.covers(*area), "picture {i}: {text:?} at {area:?} leaves the canvas");
            for (other, behind) in &boxes[..at] {
                assert!(
                    !area.grown(APART).overlaps(*behind),
                    "picture {i}: {text:?} at {area:?} is on {other:?} at {behind:?}"
                );
            }
        }
    }
}

#[test]
fn pictures_have_outlines_for_texts_and_the_pixels_of_a_slide() {
    for (name, summary) in cases() {
        let scene = scene_of(summary);
        let (svg, png) = (store::svg::bytes(&scene), store::png::bytes(&scene));
        let text = String::from_utf8(svg.clone()).expect("SVG is UTF-8");
        assert!(!text.contains("<text") && text.contains("<path") && text.contains("<title>"), "{name}");
        // A PNG file has width and height as the first two words of its first chunk.
        let word = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().expect("four bytes"));
        assert_eq!((&png[1..4], word(16), word(20)), (b"PNG".as_slice(), 1920, 1080), "{name}");
        let page = page_of(summary);
        let files: [(&str, &[u8]); 3] =
            [("difference.svg", &svg), ("difference.png", &png), ("summary.txt", page.as_bytes())];
        store::write_run(&folder(name), &files).expect("a writable folder");
    }
}

#[test]
fn a_picture_of_the_same_run_has_the_same_bytes() {
    let scene = scene_of(case("close"));
    assert_eq!(store::svg::bytes(&scene), store::svg::bytes(&scene_of(case("close"))));
    assert_eq!(store::png::bytes(&scene), store::png::bytes(&scene));
}

#[test]
fn the_title_says_what_the_result_is() {
    let title = |name: &str| scene_of(case(name)).alternative;
    assert_eq!(
        title("pays-back"),
        "Moving to AWS has paid for itself by mid-2029 in half of futures; 1 in 10 have not after 5 years"
    );
    assert_eq!(title("never"), "Moving to AWS has not paid for itself after 3 years in nearly all futures");
    assert_eq!(title("from-the-start"), "AWS is never dearer than Heroku, in any future");
    assert!(
        title("close").starts_with("Too close to call: AWS is dearer than Heroku after 3 years, cheaper after 5 years")
    );
    assert!(title("tiny").starts_with("Too close to call: over 5 years, AWS and Heroku cost about the same"));
}

/// Every object with a `value` must carry its error.
fn assert_errors(name: &str, value: &Value, path: &str) {
    match value {
        Value::Object(fields) => {
            let has_error = ["se", "low"].iter().any(|f| fields.contains_key(*f));
            assert!(!fields.contains_key("value") || has_error, "{name}: {path} has no error");
            let is_series = fields.get("mean").is_some_and(Value::is_array);
            assert!(!is_series || fields["se"].is_array(), "{name}: {path} has no errors");
            fields.iter().for_each(|(key, inner)| assert_errors(name, inner, &format!("{path}.{key}")));
        }
        Value::Array(items) => items.iter().for_each(|inner| assert_errors(name, inner, path)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn the_json_parses_and_every_sampled_figure_has_its_error() {
    for (name, summary) in cases() {
        let text = json::text(summary, &verdict::of(summary), MADE);
        let document: Value = serde_json::from_str(&text).expect("sound JSON");
        assert_errors(name, &document, "");
        assert_eq!(document["schema_version"], 1);
        assert_eq!(document["trials"], summary.trials);
        let first = document.as_object().and_then(|d| d.keys().next()).expect("fields");
        assert_eq!(first, "schema_version", "fields keep their order");
        let tco = &document["options"][1]["against_baseline"][2];
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
    // Two of the three platforms begin like formulas: a row for each of two lenses and 61 months.
    assert_eq!(guarded, 2 * 2 * 61);
}

#[test]
fn a_run_file_names_what_it_takes_to_repeat_it() {
    let mut summary = case("never").clone();
    let text = stamp::text(&summary, MADE, "dd2889e26e9b", b"abc");
    assert!(text.contains("seed = 1\ntrials = 2000\nprice_book = \"dd2889e26e9b\"\nscenario_sha256 = \"ba7816bf"));
    summary.seed = u64::MAX;
    let text = stamp::text(&summary, MADE, "dd2889e26e9b", b"abc");
    assert!(text.contains("seed = \"18446744073709551615\"\n"), "TOML's integers end below it: {text}");
}

#[test]
fn files_are_replaced_whole_and_nothing_else_is_left() {
    let folder = folder("replaced").join("twice");
    for text in ["first and longer", "second"] {
        store::write_run(&folder, &[("summary.md", text.as_bytes()), ("run.toml", b"")]).expect("a writable folder");
    }
    assert_eq!(std::fs::read_to_string(folder.join("summary.md")).expect("the file"), "second");
    assert_eq!(std::fs::read_dir(&folder).expect("the folder").count(), 2);
}

#[test]
fn a_file_that_cannot_be_written_is_named_with_the_systems_reason() {
    let folder = folder("blocked");
    std::fs::create_dir_all(folder.join("summary.md").join("inside")).expect("a folder in the file's place");
    let error = store::write_run(&folder, &[("summary.md", b"x")]).expect_err("a folder is in the way").to_string();
    assert!(error.contains("summary.md") && error.contains("directory"), "{error}");
    let error = store::write_run(&folder.join("summary.md").join("inside").join("\0"), &[]).expect_err("no such name");
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
    let request = Request { trials: 0..2_048, seed: Seed(7), threads: 2, quantiles: Quantiles::All, columns: vec![] };
    let summary = summary::of(&scenario, &plan, &sim::run(&plan, &request, &|_| ()), Seed(7));
    let verdict = verdict::of(&summary);
    let (page, scene) = (page_of(&summary), scene_of(&summary));
    assert!(
        (20..=32).contains(&page.lines().count()) && page.lines().all(|l| l.chars().count() <= page::WIDTH),
        "{page}"
    );
    let files: [(&str, Vec<u8>); 6] = [
        ("summary.txt", page.into_bytes()),
        ("verdict.txt", explain::text(&summary, &verdict).into_bytes()),
        ("difference.png", store::png::bytes(&scene)),
        ("monthly.csv", store::csv::bytes(&tables::monthly(&summary))),
        ("summary.json", json::text(&summary, &verdict, MADE).into_bytes()),
        ("run.toml", stamp::text(&summary, MADE, "dd2889e26e9b", b"").into_bytes()),
    ];
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    store::write_run(&folder("shipped"), &files).expect("a writable folder");
}
