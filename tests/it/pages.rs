//! What a run shows: the verdict, the page, the picture, the tables.

pub mod built;

use std::path::{Path, PathBuf};

use built::{Luck, at_random, cases};
use outgrow::present::chart::difference;
use outgrow::present::look::Look;
use outgrow::present::page;
use outgrow::present::scene::{Area, Scene, Shape};
use outgrow::present::{Made, explain, json, stamp, tables};
use outgrow::scenario::{LoadError, Loader};
use outgrow::sim::{Quantiles, Request};
use outgrow::store;
use outgrow::study::later::Later;
use outgrow::study::verdict::{self, Word};
use outgrow::summary::{self, Crossover, Lens, Mean, Probability, Summary};
use outgrow::units::Seed;
use outgrow::{plan, scenario, sim};
use serde_json::Value;

const MADE: Made = Made { version: "0.0.0", streams: 1 };
/// Two texts nearer than this to each other count as one on the other, pixels.
const APART: f64 = 1.0;

fn page_of(summary: &Summary) -> String {
    page::terminal(&page::of(summary, &verdict::of(summary, &[], None), &[]))
}

fn scene_of(summary: &Summary) -> Scene {
    difference::draw(summary, &verdict::of(summary, &[], None), MADE, Look::light())
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
            assert!(line.chars().count() <= page::block::WIDTH, "{name}: {line}");
        }
    }
}

#[test]
fn the_word_stands_in_the_first_two_lines() {
    for (name, summary) in cases() {
        let page = page_of(summary);
        let head: String = page.lines().take(2).collect();
        let stayed = summary.headline(verdict::of(summary, &[], None).leader.option, Lens::Tco).outcomes.did_not_leave;
        let word = match verdict::of(summary, &[], None).word {
            _ if stayed.count == stayed.of => "  NOBODY LEAVES within ",
            Word::FindOutFirst => "  FIND OUT FIRST.",
            Word::LeaveNow => "  LEAVE NOW.",
            Word::LeaveWhen => "  LEAVE WHEN ",
            Word::PaysBack => "  PAYS BACK.",
            Word::DoesNotPayBack => "  DOES NOT PAY BACK.",
            Word::Stay => "  STAY on ",
            Word::FixFirst => "  FIX FIRST",
            Word::TooCloseToCall => "  TOO CLOSE TO CALL.",
        };
        assert!(head.contains(word), "{name}:\n{page}");
    }
}

#[test]
fn both_cases_are_argued_in_as_many_lines() {
    for (name, summary) in cases() {
        let page = page_of(summary);
        let lines: Vec<&str> = page.lines().collect();
        let place = |text: &str| lines.iter().position(|l| l.starts_with(text)).expect("both cases are there");
        let (leaving, staying) = (place("  For leaving:  "), place("  For staying:  "));
        let end = place("  Check again:  ");
        assert_eq!(staying - leaving, end - staying, "{name}:\n{page}");
        assert!(staying - leaving >= 2, "{name}: two arguments each\n{page}");
    }
}

#[test]
fn a_page_has_no_signs_that_need_a_statistician() {
    let forbidden = ["±", "σ", "μ", "Δ", "p50", "P50", "p90", "P90", "p10", "P10", "NaN", "inf", " -$", "$-", "\u{1b}"];
    for (name, summary) in cases() {
        let texts = page_of(summary) + &explain::text(summary, &verdict::of(summary, &[], None));
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
        "  PAYS BACK.  AWS is $260k cheaper than Heroku, tuned over 5 years, on average, and $340k",
        "    cheaper than Heroku as it is.",
        "  Half of futures have paid it back, beside Heroku as it is, by mid-2029; 1 in 10 have not",
        "    in 5 years.",
        "",
        "  5-year cost beside Heroku, at present value (9 % a year)",
    ];
    for (line, start) in page.lines().zip(starts) {
        assert!(line.starts_with(start), "{line}\nshould begin\n{start}");
    }
    assert!(page.contains("Rests on 11 measured, 22 list prices (oldest Jul 2024), 1 quoted, 9 judged, 6 assumed."));
    assert!(page.lines().last().expect("lines").contains("4,000 futures; noise under $"));
}

#[test]
fn every_word_is_reached() {
    let word = |name: &str| verdict::of(case(name), &[], None).word;
    assert_eq!(word("pays-back"), Word::PaysBack);
    assert_eq!(word("never"), Word::DoesNotPayBack);
    let changing = verdict::of(case("close"), &[], None);
    assert_eq!(
        (changing.word, changing.rule.leading.is_small, changing.rule.leading.changes_sign),
        (Word::TooCloseToCall, false, true)
    );
    let small = verdict::of(case("tiny"), &[], None);
    assert_eq!((small.word, small.rule.leading.is_small), (Word::TooCloseToCall, true));
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
            let last = &mut crossover.delta.last_mut().expect("months").mean;
            (last.value, last.se) = (difference, 100.0);
        }
        assert_eq!(verdict::of(&summary, &[], None).word, wanted, "a difference of {difference}");
    }
}

#[test]
fn a_difference_within_its_noise_has_no_side() {
    let mut summary = case("pays-back-early").clone();
    for (se, wanted) in [(9_999.0, Word::PaysBack), (10_001.0, Word::TooCloseToCall)] {
        for crossover in summary.options[1].against.as_mut().expect("compared") {
            let last = &mut crossover.delta.last_mut().expect("months").mean;
            (last.value, last.se) = (-20_000.0, se);
        }
        let baseline = &mut summary.options[0].costs[Lens::Tco as usize];
        baseline.present_value.last_mut().expect("months").mean.value = 500_000.0;
        assert_eq!(verdict::of(&summary, &[], None).word, wanted, "noise of {se}");
    }
}

/// A summary of three options in which the tuned one counts as leaving.
fn both_leave(summary: &Summary) -> Summary {
    let mut summary = summary.clone();
    summary.tuned = None;
    summary.options[2].leaves = true;
    summary
}

#[test]
fn the_cheapest_that_leaves_leads_and_the_rest_follow_by_cost() {
    let order = |summary: &Summary| {
        let verdict = verdict::of(summary, &[], None);
        (verdict.leader.option, verdict.others[0].option, verdict.rule.leading.with)
    };
    // The tuned platform is the cheapest of the three, and what leaving is compared with.
    assert_eq!(order(case("never-three")), (1, 2, 2));
    assert_eq!(order(&both_leave(case("never-three"))), (2, 1, 0));
    assert!(page_of(case("never-three")).contains("    Heroku, tuned  "), "the other option has its line");
}

#[test]
fn leaving_later_decides_between_now_and_some_day() {
    let later = |beside_now: f64, beside_staying: f64| {
        let mean = |value: f64| Mean { value, se: 1.0, sd: 64.0 };
        [Later { option: 1, months: 12, beside_now: mean(beside_now), beside_staying: mean(beside_staying) }]
    };
    let word = |name: &str, later: &[Later]| verdict::of(case(name), later, None).word;
    assert_eq!(word("pays-back", &[]), Word::PaysBack);
    assert_eq!(word("pays-back", &later(50.0, -900.0)), Word::LeaveNow);
    assert_eq!(word("pays-back", &later(-50.0, -900.0)), Word::PaysBack, "waiting is cheaper still");
    assert_eq!(word("never", &[]), Word::DoesNotPayBack);
    assert_eq!(word("never", &later(-50.0, 900.0)), Word::Stay);
    assert_eq!(word("never", &later(-5_000.0, -10.0)), Word::DoesNotPayBack, "a year later it would");
    // What is known of another option says nothing of the leader.
    let other = [Later { option: 2, ..later(50.0, -900.0)[0] }];
    assert_eq!(word("pays-back", &other), Word::PaysBack);
}

#[test]
fn a_tuned_platform_that_is_worth_it_comes_first_unless_leaving_is_clearly_better() {
    let with = |tuned: f64, leaving: f64| {
        let mut summary = case("never-three").clone();
        for (option, end) in [(1, leaving), (2, tuned)] {
            for crossover in summary.options[option].against.as_mut().expect("compared") {
                for month in [36, 60] {
                    let mean = &mut crossover.delta[month].mean;
                    (mean.value, mean.se) = (end, 100.0);
                }
            }
            let costs = &mut summary.options[option].costs[Lens::Tco as usize];
            costs.present_value.last_mut().expect("months").mean.value = 100_000.0 + end;
        }
        let baseline = &mut summary.options[0].costs[Lens::Tco as usize];
        baseline.present_value.last_mut().expect("months").mean.value = 100_000.0;
        verdict::of(&summary, &[], None).word
    };
    assert_eq!(with(-10_000.0, 20_000.0), Word::FixFirst);
    assert_eq!(with(-10_000.0, -11_000.0), Word::FixFirst, "leaving saves hardly more");
    assert_eq!(with(-10_000.0, -20_000.0), Word::PaysBack);
    assert_eq!(with(-1_000.0, -1_500.0), Word::TooCloseToCall);
    assert_eq!(with(-1_000.0, 20_000.0), Word::DoesNotPayBack, "tuning hardly pays, leaving does not");
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
        let (svg, png) = (store::svg::bytes(&scene), store::png::bytes(&scene, 1));
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
    assert_eq!(store::png::bytes(&scene, 1), store::png::bytes(&scene, 1));
}

#[test]
fn the_title_says_what_the_result_is() {
    let title = |name: &str| scene_of(case(name)).alternative;
    assert_eq!(
        title("pays-back"),
        "Moving to AWS has paid for itself by mid-2029 in half of futures; 1 in 10 have not after 5 years"
    );
    assert_eq!(title("never"), "Moving to AWS pays for itself within 3 years in fewer than 1 in 100 futures");
    assert_eq!(title("certain"), "Too close to call: over 3 years, AWS and Heroku cost about the same on average");
    assert_eq!(title("nobody-leaves"), "Nobody leaves within 1 year: the project starts later");
    assert_eq!(title("from-the-start"), "AWS is never dearer than Heroku, in any future");
    assert!(
        title("close").starts_with("Too close to call: AWS is dearer than Heroku after 3 years, cheaper after 5 years")
    );
    assert!(title("tiny").starts_with("Too close to call: over 5 years, AWS and Heroku cost about the same"));
}

/// The line of a page that begins so, with those it is broken into, as one.
fn sentence(page: &str, start: &str) -> String {
    let mut lines = page.lines().skip_while(|line| !line.trim_start().starts_with(start));
    let first = lines.next().unwrap_or_else(|| panic!("no line begins with {start:?}:\n{page}"));
    let indent = |line: &str| line.len() - line.trim_start().len();
    let rest = lines.take_while(|line| indent(line) == indent(first) + 2 && !line.is_empty());
    let words: Vec<&str> = [first].into_iter().chain(rest).flat_map(str::split_whitespace).collect();
    words.join(" ")
}

/// A case whose leading option is changed.
fn changed(name: &str, change: impl Fn(&mut Crossover)) -> Summary {
    let mut summary = case(name).clone();
    let leader = verdict::of(&summary, &[], None).leader.option;
    summary.options[leader].against.as_mut().expect("compared").iter_mut().for_each(change);
    summary
}

#[test]
fn the_size_claims_only_what_the_scale_counts() {
    let with = |crossed: &dyn Fn(f64) -> u64, median: Option<f64>| {
        let summary = changed("pays-back", |crossover| {
            let scale = &mut crossover.scale;
            for (size, share) in scale.sizes.iter().zip(&mut scale.crossed_by) {
                *share = Probability { count: crossed(*size), of: 10 };
            }
            scale.quantiles[1].at = median;
        });
        sentence(&page_of(&summary), "Size:")
    };
    // Cheaper at today's size and dearer at the largest only: nothing is said of what lies below.
    let only_small = with(&|_| 3, None);
    assert_eq!(only_small, "Size: at 64 times today's load, a month on AWS costs more, in 7 in 10 futures.");
    let between = with(&|size| if size < 2.3 { 1 } else { 6 }, Some(2.378));
    assert_eq!(between, "Size: from 2.4 times today's load on, a month on AWS costs no more, in half of futures.");
    let already = with(&|size| if size < 1.1 { 7 } else { 10 }, Some(0.125));
    assert_eq!(already, "Size: at today's load and above, a month on AWS costs no more, in 7 in 10 futures.");
}

#[test]
fn one_looks_again_on_a_date_with_a_bill_that_does_not_fire_before() {
    let (page, start) = (page_of(case("pays-back")), "Check again:");
    let said = sentence(&page, start);
    assert!(said.starts_with("Check again: Jan 2028. If Heroku does not bill $12,500 to $19,"), "{said}");
    assert!(!page.contains("sooner"), "{page}");
    let said = sentence(&page_of(case("certain")), start);
    assert!(
        said.starts_with("Check again: Jan 2028. If Heroku does not bill about $2,900 then, run this again."),
        "{said}"
    );
    // Not at the start, and not after the end.
    assert_eq!(sentence(&page_of(case("one-month")), start), "Check again: Feb 2027, with new figures.");
    assert!(sentence(&page_of(case("nobody-leaves")), start).starts_with("Check again: Dec 2027."));
}

#[test]
fn a_move_that_is_not_finished_is_said_on_page_and_picture() {
    let said = "The move is not finished within 3 years in 9 in 10 futures.";
    let has_text = |name: &str, text: &str| scene_of(case(name)).labels().any(|label| label.text.contains(text));
    assert!(page_of(case("late")).contains(said) && has_text("late", said));
    assert!(!page_of(case("pays-back")).contains("not finished") && !has_text("pays-back", "not finished"));
    assert!(page_of(case("nobody-leaves")).contains("NOBODY LEAVES within 1 year: the project starts later."));
    assert!(!page_of(case("nobody-leaves")).contains("not finished"), "the headline has said it");
    // Of an option that does not lead it is said as well.
    let mut summary = both_leave(case("never-three"));
    summary.options[1].finished.count /= 5;
    let page = page_of(&summary);
    assert!(page.contains("  The move to AWS is not finished within 5 years in 8 in 10 futures."), "{page}");
    for crossover in summary.options[1].against.as_mut().expect("compared") {
        crossover.outcomes.did_not_leave.count = crossover.outcomes.did_not_leave.of;
    }
    let page = page_of(&summary);
    assert!(page.contains("    AWS                           nobody leaves\n") && !page.contains("finished"), "{page}");
    assert!(scene_of(&summary).labels().any(|label| label.text.contains("nobody leaves")), "line or note says it");
}

#[test]
fn a_tie_is_not_cheaper() {
    let tie = page_of(&changed("certain", |crossover| {
        for q in &mut crossover.delta.last_mut().expect("months").quantiles {
            (q.value, q.low, q.high) = (0.0, 0.0, 0.0);
        }
    }));
    assert!(tie.contains("In nearly all futures AWS costs the same as Heroku."), "{tie}");
    assert!(tie.contains("In nearly all futures Heroku costs the same as AWS."), "{tie}");
    assert!(!tie.contains("ends cheaper"), "{tie}");
    let mut some = changed("pays-back", |crossover| {
        crossover.delta.last_mut().expect("months").quantiles[3].value = 0.0;
    });
    // Beside a tuned platform the cases count who is the cheapest of all.
    assert!(page_of(&some).contains("AWS ends cheaper than both Heroku and Heroku, tuned in "), "{}", page_of(&some));
    some.tuned = None;
    let some = page_of(&some);
    assert!(some.contains("AWS ends no dearer in 9 in 10 futures; in 1 in 10 it is over $"), "{some}");
    let some_stay = page_of(case("half-stay"));
    assert!(some_stay.contains("In 4 in 10 futures one leaves and AWS ends no dearer; in 1 in 10 it"), "{some_stay}");
}

#[test]
fn what_has_no_spread_is_not_said_of_one_in_ten() {
    for name in ["certain", "single"] {
        assert!(!page_of(case(name)).contains("1 in 10"), "{}", page_of(case(name)));
        assert!(scene_of(case(name)).labels().all(|label| !label.text.contains("1 in ")), "{name}");
    }
    assert!(page_of(case("pays-back")).contains("1 in 10 worse than"));
}

#[test]
fn the_hole_is_never_deeper_in_half_of_futures_than_in_one_of_ten() {
    // Each on the grid of its own noise these were "$10k (1 in 10: above $0)".
    let page = page_of(&changed("pays-back", |crossover| {
        for (p, value, error) in [(0.5, 9_600.0, 3_000.0), (0.9, 34_000.0, 90_000.0)] {
            let q = crossover.deepest_hole.quantiles.iter_mut().find(|q| q.p == p).expect("kept");
            (q.value, q.low, q.high) = (value, value - error, value + error);
        }
    }));
    let hole = sentence(&page, "Deepest hole");
    assert!(hole.starts_with("Deepest hole: $10k around Jun 2027 (1 in 10: $34k)."), "{hole}");
}

#[test]
fn odds_that_none_are_paid_back_are_counted_from_the_side_that_is() {
    let summary = case("certain");
    assert!(page_of(summary).contains("It is paid back within 3 years in no future."), "{}", page_of(summary));
    let scene = scene_of(summary);
    let has = |text: &str| scene.labels().any(|label| label.text == text);
    assert!(has("Paid back in no future") && has("within 3 years"));
    for (name, summary) in cases() {
        let texts = page_of(summary) + &scene_of(summary).alternative;
        assert!(!texts.contains("not paid back") && !texts.contains("has not paid"), "{name}:\n{texts}");
    }
}

#[test]
fn a_hole_is_marked_on_the_line_of_the_middle_future() {
    for name in ["pays-back", "never-three", "long", "certain"] {
        let scene = scene_of(case(name));
        let line = |shape: &Shape| match shape {
            Shape::Line { points, stroke } if stroke.width == 5.0 => Some(points.clone()),
            _ => None,
        };
        let middle = scene.shapes.iter().find_map(line).expect("the middle future has a line");
        let dots = scene.shapes.iter().filter_map(|shape| match shape {
            Shape::Dot { centre, .. } => Some(*centre),
            _ => None,
        });
        let first = dots.into_iter().next().expect("a hole");
        assert!(middle.contains(&first), "{name}: {first:?} is not on the line");
    }
}

#[test]
fn options_without_a_line_are_named_below_the_picture() {
    let has = |name: &str, text: &str| scene_of(case(name)).labels().any(|label| label.text.starts_with(text));
    let far_apart = scene_of(&both_leave(case("never-three")));
    let said = "Also compared: AWS ($40k dearer on average).";
    assert!(far_apart.labels().any(|label| label.text.starts_with(said)));
    assert!(!has("pays-back-early", "Also compared"), "there is no other");
    for (name, summary) in cases().iter().filter(|(_, s)| s.options.len() > 2) {
        let drawn =
            scene_of(summary).shapes.iter().any(|s| matches!(s, Shape::Line { stroke, .. } if stroke.dash.is_some()));
        assert_ne!(drawn, has(name, "Also compared"), "{name}: either a line or a name");
    }
}

#[test]
fn cells_of_a_table_stay_in_their_columns() {
    for (name, summary) in cases() {
        let page = page_of(summary);
        let lines: Vec<&str> = page.lines().collect();
        let head = lines.iter().position(|line| line.contains(" has paid back ")).expect("the second table");
        for row in &lines[head + 1..head + 3] {
            for column in [34, 52, 70] {
                let cell: Vec<char> = row.chars().skip(column - 2).take(3).collect();
                let starts = cell.len() < 3 || cell[..2] == [' ', ' '] && cell[2] != ' ';
                assert!(starts, "{name}, column {column}:\n{page}");
            }
        }
        let roadmap = lines.iter().find(|line| line.contains("Roadmap:")).expect("a roadmap");
        assert!(roadmap.contains("engineer-week"), "{name}: {roadmap}");
    }
}

#[test]
fn huge_amounts_are_readable_and_costs_add_up() {
    let page = page_of(case("huge"));
    assert!(page.contains("is $9.0e15 cheaper") && !page.contains("000B"), "{page}");
    let mut summary = case("certain").clone();
    for (option, cost) in [(0, 36_440.0), (1, 52_600.0)] {
        let costs = &mut summary.options[option].costs[Lens::Tco as usize];
        costs.present_value.last_mut().expect("months").mean.value = cost;
    }
    let text = explain::text(&summary, &verdict::of(&summary, &[], None));
    assert!(text.contains("$52.5k against $36.5k over 3 years: $16.0k dearer,"), "{text}");
}

#[test]
fn noise_without_a_small_difference_is_not_called_the_same_cost() {
    let mut summary = changed("pays-back-early", |crossover| {
        let last = &mut crossover.delta.last_mut().expect("months").mean;
        (last.value, last.se) = (-20_000.0, 15_000.0);
    });
    summary.options[0].costs[Lens::Tco as usize].present_value.last_mut().expect("months").mean.value = 100_000.0;
    let said = sentence(&page_of(&summary), "TOO CLOSE TO CALL.");
    assert!(said.contains("AWS is $20k cheaper than Heroku on average, perhaps by chance: too few futures."), "{said}");
    let title = scene_of(&summary).alternative;
    assert!(
        title.starts_with("Too close to call: too few futures to tell whether AWS or Heroku costs less"),
        "{title}"
    );
}

/// Every object with a `value` must carry its error.
pub fn assert_errors(name: &str, value: &Value, path: &str) {
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

#[test]
fn a_run_file_names_what_it_takes_to_repeat_it() {
    let mut summary = case("never").clone();
    let text = stamp::text(&summary, MADE, ("dd2889e26e9b", &[]), b"abc");
    assert!(text.contains("seed = 1\ntrials = 2000\nprice_book = \"dd2889e26e9b\"\nscenario_sha256 = \"ba7816bf"));
    summary.seed = u64::MAX;
    let text = stamp::text(&summary, MADE, ("dd2889e26e9b", &[]), b"abc");
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
        ("run.toml", stamp::text(&summary, MADE, ("dd2889e26e9b", &[]), b"").into_bytes()),
    ];
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    store::write_run(&folder("shipped"), &files).expect("a writable folder");
}
