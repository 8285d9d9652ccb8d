//! What holds for every picture: room for labels, titles of two lines, names.

use outgrow::present::finding::hinges::Hinge;
use outgrow::present::look::Paint;
use outgrow::present::scene::{Area, Label, Point, Scene, Stroke};
use outgrow::study::verdict;

use super::{Drawn, cases, drawn, every_scenario, light, lines, misplaced, runs_through, shipped};

#[test]
fn no_label_meets_another_or_a_mark_or_leaves_any_picture() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for Drawn { name, scenes, .. } in drawn() {
        for (picture, scene) in scenes {
            seen += 1;
            wrong.extend(misplaced(scene).into_iter().map(|what| format!("{name}, {picture}: {what}")));
        }
    }
    assert!(seen > 1_800, "pictures are drawn: {seen}");
    assert!(
        wrong.is_empty(),
        "{} of {seen} pictures' labels:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(40)].join("\n")
    );
}

#[test]
fn a_label_on_another_is_seen() {
    let mut scene = light(&cases()[0].1, &[]).remove(0).1;
    assert_eq!(misplaced(&scene), Vec::<String>::new());
    let label = scene.labels().next().expect("a title").clone();
    scene.write(label.at, label.anchor, "on it", label.style);
    assert_eq!(misplaced(&scene).len(), 1);
}

#[test]
fn a_line_runs_through_what_it_crosses_and_not_through_what_it_passes() {
    let area = Area { left: 10.0, top: 10.0, right: 20.0, bottom: 20.0 };
    let point = |x: f64, y: f64| Point { x, y };
    assert!(runs_through(point(0.0, 0.0), point(30.0, 30.0), area));
    assert!(runs_through(point(15.0, 0.0), point(15.0, 12.0), area));
    assert!(!runs_through(point(0.0, 15.0), point(9.0, 15.0), area));
    assert!(!runs_through(point(0.0, 25.0), point(25.0, 31.0), area));
    assert!(!runs_through(point(0.0, 12.0), point(12.0, 0.0), area), "it passes the corner");
}

/// Where there is room for all words beside the curves, and so none may be on one.
#[test]
fn no_words_of_a_shipped_run_are_on_a_curve() {
    let mut curves = 0;
    let tests = shipped().into_iter().map(|summary| {
        let (name, scenes) = (summary.scenario.clone(), light(&summary, &[]));
        Drawn { name, summary, scenes }
    });
    let tests: Vec<Drawn> = tests.collect();
    for Drawn { summary, scenes, .. } in every_scenario().iter().chain(&tests) {
        for (picture, scene) in scenes {
            for (points, stroke) in lines(scene).filter(|(points, _)| points.len() > 2) {
                curves += 1;
                for label in scene.labels() {
                    let area = label.area().grown(stroke.width / 2.0);
                    assert!(
                        points.windows(2).all(|ends| !runs_through(ends[0], ends[1], area)),
                        "{}, {picture}: {:?} is on a curve",
                        summary.scenario,
                        label.text
                    );
                }
            }
        }
    }
    assert!(curves > 60, "curves are seen: {curves}");
}

#[test]
fn the_tuned_platform_has_a_line_and_a_name_wherever_the_page_may_recommend_it() {
    // Its colour in every picture: see the parts that colours play.
    const TUNED: usize = 2;
    let mut in_note = 0;
    let mut seen = 0;
    let own = shipped();
    let all = drawn().iter().map(|d| &d.summary).chain(&own);
    for summary in all {
        let Some(tuned) = verdict::of(summary, &[], None).rule.tuned else { continue };
        for (picture, scene) in
            light(summary, &[]).into_iter().filter(|(picture, _)| !["costs", "people"].contains(picture))
        {
            seen += 1;
            let said = format!("{}, {picture}", summary.scenario);
            let is_its = |stroke: &Stroke| stroke.colour == Paint::Series(TUNED) && stroke.width > 4.0;
            let own: Vec<_> = lines(&scene).filter(|(_, stroke)| is_its(stroke)).collect();
            assert!(!own.is_empty(), "{said}: no line");
            assert!(own.iter().any(|(points, _)| points[1].x - points[0].x > 0.0), "{said}: no line");
            let names = scene.labels().filter(|l| l.style.colour == Paint::SeriesText(TUNED));
            if names.count() == 0 {
                in_note += 1;
                // A sample of the line stands before its name.
                let sample = own.iter().find(|(points, _)| points[0].y > 1000.0).expect("a sample");
                let name = scene.labels().find(|l| l.at.y > 1000.0 && l.at.x > sample.0[1].x).expect("a note");
                assert!(!name.text.is_empty(), "{said}: {name:?}");
            }
        }
        assert_ne!(tuned.option, summary.baseline);
    }
    assert!(seen > 30 && in_note < seen / 20, "{seen} pictures, {in_note} names in notes");
}

#[test]
fn what_is_higher_than_drawn_is_named_and_each_picture_says_what_its_figures_are() {
    let mut higher = 0;
    for Drawn { name, summary, scenes } in drawn() {
        for (picture, scene) in scenes {
            let texts: Vec<&str> = scene.labels().map(|l| l.text.as_str()).collect();
            for text in texts.iter().filter(|t| t.contains("higher than drawn")) {
                higher += 1;
                // After what the months of the move are, where there is room for it.
                let own = text.rsplit("; ").next().unwrap_or_default();
                assert!(own.starts_with("higher than drawn: ") && own.contains('$'), "{name}: {text}");
                let months = text.strip_suffix(own).unwrap_or_default();
                assert!(months.is_empty() || months.starts_with("9 in 10 of its hours"), "{name}: {text}");
            }
            let wanted = match *picture {
                "difference" => "Diamonds: averages, as on the page",
                "payback" => "Futures counted",
                "people" => "Hours a month by who does them",
                "hinges" | "costs" => "as on the page",
                _ if summary.discount_rate.is_some() => "Averages as paid",
                _ => "as on the page",
            };
            assert!(texts.iter().any(|t| t.contains(wanted)), "{name}, {picture}: {texts:?}");
        }
    }
    assert!(higher > 10, "what is cut off is seen: {higher}");
}

/// Inter has no Chinese, no Hebrew and no rockets: a title in these is what of it can be drawn, or the name in the file.
#[test]
fn a_title_that_cannot_be_drawn_gives_way_to_the_name_in_the_file() {
    let mut summary = shipped().remove(1);
    let leader = verdict::of(&summary, &[], None).leader.option;
    summary.scenario = "迁移".to_owned();
    summary.options[summary.baseline].platform = "海洛库 Heroku 🚀 (标准)".to_owned();
    summary.options[leader].platform = "云平台".to_owned();
    summary.options[leader].title = "离开".to_owned();
    summary.options[leader].name = "to-cloud".to_owned();
    let hinge = Hinge {
        path: String::new(),
        label: "hours a month of upkeep on 云平台".to_owned(),
        low: "3".to_owned(),
        high: "24".to_owned(),
        unit: String::new(),
        delta_low: -1e5,
        delta_high: 2e5,
        error: 0.0,
        flip: None,
    };
    for (picture, scene) in light(&summary, &[hinge]) {
        let text = scene.labels().map(|l| l.text.as_str()).collect::<Vec<_>>().join("\n");
        assert!(!text.contains('?') && !text.contains("()"), "{picture}: {text}");
        assert!(text.contains("to-cloud") && text.contains("Heroku"), "{picture}: {text}");
        assert!(!text.contains("Scenario:"), "{picture}: nothing is left of the scenario's title");
        assert!(text.is_ascii() || text.chars().all(|c| !('\u{590}'..'\u{2000}').contains(&c)), "{picture}: {text}");
        assert!(scene.alternative.contains("to-cloud"), "{picture}: {}", scene.alternative);
    }
}

/// The words of a picture's title, which stand on top in the largest type.
fn titles(scene: &Scene) -> Vec<&Label> {
    let size = scene.labels().next().expect("a title").style.size;
    scene.labels().take_while(|label| label.style.size == size).collect()
}

/// The amounts of money in a text: "$230k", "$1,400".
fn amounts(text: &str) -> Vec<&str> {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '$' | '.' | ',' | 'k' | 'M' | 'B');
    text.split(|c| !is_part(c)).filter(|t| t.starts_with('$')).map(|t| t.trim_end_matches([',', '.'])).collect()
}

#[test]
fn a_title_has_two_lines_and_its_figures_stand_at_the_lines_that_they_are_of() {
    let mut figures = 0;
    for summary in shipped() {
        for (picture, scene) in light(&summary, &[]) {
            let title = titles(&scene);
            assert!(title.len() <= 2, "{}, {picture}: {:?}", summary.scenario, scene.alternative);
            let own = amounts(&scene.alternative);
            for amount in own.iter().filter(|_| ["difference", "run-rate"].contains(&picture)) {
                figures += 1;
                let is_at_a_line = |label: &&Label| label.at.x > 1000.0 && amounts(&label.text).contains(amount);
                assert!(
                    scene.labels().skip(title.len()).any(|label| is_at_a_line(&label)),
                    "{}, {picture}: {amount} of {:?} stands at no line",
                    summary.scenario,
                    scene.alternative
                );
            }
        }
    }
    assert!(figures > 20, "figures are seen: {figures}");
}

#[test]
fn no_line_runs_through_the_names_of_the_sides_or_of_the_move() {
    let mut seen = 0;
    for Drawn { name, scenes, .. } in drawn() {
        for (picture, scene) in scenes {
            let is_name = |l: &&Label| l.text.ends_with(" so far") || l.text.starts_with("The move: ");
            for label in scene.labels().filter(is_name) {
                seen += 1;
                for (points, _) in lines(scene) {
                    let is_through = |ends: &[Point]| runs_through(ends[0], ends[1], label.area());
                    assert!(!points.windows(2).any(is_through), "{name}, {picture}: a line through {:?}", label.text);
                }
            }
        }
    }
    assert!(seen > 500, "names are seen: {seen}");
}

#[test]
fn every_picture_says_what_it_found_and_what_is_drawn() {
    for Drawn { name, scenes, .. } in drawn() {
        for (picture, scene) in scenes {
            let title = &scene.alternative;
            assert!(title.len() > 20, "{name}, {picture}: {title:?}");
            for sign in ["NaN", "inf", "$-", " -$", "{", "±", "p50", "Δ"] {
                assert!(scene.labels().all(|l| !l.text.contains(sign)), "{name}, {picture}: {sign:?} is on it");
            }
            assert!(
                scene.labels().any(|l| l.text.contains("futures, seed ") || l.text.ends_with('…')),
                "{name}, {picture}: no source"
            );
        }
    }
}

#[test]
fn a_title_is_computed_from_the_result() {
    let title = |name: &str, picture: usize| {
        let summary = &cases().iter().find(|(n, _)| *n == name).expect("a case").1;
        light(summary, &[])[picture].1.alternative.clone()
    };
    assert_eq!(title("nobody-leaves", 1), "Nobody leaves within 1 year: the project starts later");
    assert_eq!(title("from-the-start", 1), "AWS has nothing to pay back in any future");
    assert!(title("pays-back", 1).starts_with("In half of futures moving to AWS has paid for itself by "));
    assert!(title("never", 1).starts_with(
        "Moving to AWS pays for itself within 3 years in fewer than 1 in 100 futures; on invoices alone, in half by"
    ));
    assert!(title("pays-back", 2).starts_with("Over 5 years AWS saves $"), "{}", title("pays-back", 2));
    assert!(title("nobody-leaves", 2).ends_with("spend about the same on everything"));
    assert!(title("pays-back", 3).contains("a month costs on average $"), "{}", title("pays-back", 3));
}

#[test]
fn no_words_of_a_shipped_scenario_are_cut() {
    let mut seen = 0;
    for Drawn { name, scenes, .. } in every_scenario() {
        for (picture, scene) in scenes {
            for label in scene.labels() {
                seen += 1;
                assert!(!label.text.contains('…'), "{name}, {picture}: {:?} is cut", label.text);
            }
        }
    }
    assert!(seen > 1_000, "words are seen: {seen}");
}

#[test]
fn every_option_of_a_shipped_scenario_is_named_on_each_picture() {
    let mut seen = 0;
    for Drawn { name, summary, scenes } in every_scenario() {
        for (picture, scene) in scenes {
            // Words on several lines stand one after the other.
            let all = scene.labels().map(|label| label.text.as_str()).collect::<Vec<_>>().join(" ");
            for option in &summary.options {
                seen += 1;
                // An option is called by its platform, or by its title where others end on the same one.
                let platform = option.platform.split(" (").next().unwrap_or_default();
                // Who stays until it is forced to move is called so; of many that have no line the rest is counted.
                let is_named = [platform, &option.title, "when forced", " more."].iter().any(|name| all.contains(name));
                assert!(is_named, "{name}, {picture}: {} is not on it: {all}", option.title);
            }
        }
    }
    assert!(seen > 200, "names are seen: {seen}");
}
