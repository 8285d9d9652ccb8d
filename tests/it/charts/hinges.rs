//! The picture of what it hinges on.

use outgrow::present::finding::hinges::{Flip, Hinge};
use outgrow::present::look::Paint;
use outgrow::present::scene::{Point, Stroke};
use outgrow::summary::Probability;

use super::{Drawn, cases, drawn, light, lines, runs_through};

#[test]
fn no_line_runs_through_words_of_the_hinges() {
    let mut seen = 0;
    for Drawn { name, scenes, .. } in drawn() {
        for (_, scene) in scenes.iter().filter(|(picture, _)| *picture == "hinges") {
            for label in scene.labels().filter(|l| !l.text.trim().is_empty()) {
                seen += 1;
                let is_through = |(points, _): (&[Point], Stroke)| runs_through(points[0], points[1], label.area());
                assert!(!lines(scene).any(is_through), "{name}: a line runs through {:?}", label.text);
            }
        }
    }
    assert!(seen > 1_000, "words are seen: {seen}");
}

#[test]
fn no_value_at_a_bar_is_cut_and_what_is_noise_has_no_bar() {
    let summary = &cases().iter().find(|(n, _)| *n == "pays-back").expect("a case").1;
    let hinge = |unit: &str, ends: [&str; 2], error: f64| Hinge {
        path: "migration.leave.overrun".to_owned(),
        label: "overrun of the move".to_owned(),
        low: ends[0].to_owned(),
        high: format!("{} {unit}", ends[1]).trim_end().to_owned(),
        unit: unit.to_owned(),
        delta_low: -20e3,
        delta_high: 60e3,
        error,
        flip: None,
    };
    let long = ["a value of so many letters", "and another value of so many"];
    let shown = [
        hinge("times the plan", ["0.42", "2.4"], 40e3),
        hinge("engineer-weeks", ["12", "45"], 0.0),
        hinge("", long, 1e3),
        hinge("", ["noise", "more noise"], 40.1e3),
    ];
    let scene = light(summary, &shown).pop().expect("pictures").1;
    let texts: Vec<&str> = scene.labels().map(|l| l.text.as_str()).collect();
    for value in ["0.42×", "2.4×", "12 weeks", "45 weeks", long[0], long[1]] {
        assert!(texts.contains(&value), "{value}: {texts:?}");
    }
    assert!(!texts.iter().any(|t| t.contains("noise")), "{texts:?}");
    for Drawn { name, scenes, .. } in drawn() {
        for label in scenes.iter().filter(|(p, _)| *p == "hinges").flat_map(|(_, scene)| scene.labels()) {
            let area = label.area();
            // Names of inputs and words on flips stand in columns of their own.
            let is_value = area.left > 470.0 && area.right < 1470.0 && label.style.size == 25.0;
            assert!(!is_value || !label.text.ends_with('…'), "{name}: {:?} is cut", label.text);
        }
    }
}

#[test]
fn the_line_at_zero_of_the_hinges_is_whole_and_a_turn_beyond_the_bar_is_told_too() {
    let mut whole = 0;
    for Drawn { name, scenes, .. } in drawn() {
        for (_, scene) in scenes.iter().filter(|(picture, _)| *picture == "hinges") {
            let zero: Vec<_> = lines(scene).filter(|(_, s)| s.width == 3.5 && s.colour == Paint::Ink).collect();
            assert_eq!(zero.len(), 1, "{name}: the line at zero has holes");
            whole += 1;
        }
    }
    assert!(whole > 100, "lines are seen: {whole}");
    let summary = &cases().iter().find(|(n, _)| *n == "pays-back").expect("a case").1;
    let of = |ends: (f64, f64)| Hinge {
        path: String::new(),
        label: "hours a month".to_owned(),
        low: "8".to_owned(),
        high: "60".to_owned(),
        unit: String::new(),
        delta_low: ends.0,
        delta_high: ends.1,
        error: 0.0,
        flip: Some(Flip {
            text: "leaving loses above 69 hours".to_owned(),
            beyond: Probability { count: 12, of: 100 },
        }),
    };
    let title = |hinge: Hinge| light(summary, &[hinge]).pop().expect("pictures").1.alternative;
    for ends in [(-4e5, 1e4), (-4e5, -1e4)] {
        assert_eq!(title(of(ends)), "It hinges on hours a month: leaving loses above 69 hours (1 in 10)");
    }
}

#[test]
fn what_turns_the_choice_is_the_title_of_the_hinges() {
    let summary = &cases().iter().find(|(n, _)| *n == "pays-back").expect("a case").1;
    let hinge = |label: &str, ends: (f64, f64), flip: Option<&str>| Hinge {
        path: String::new(),
        label: label.to_owned(),
        low: "24 h".to_owned(),
        high: "58 h".to_owned(),
        unit: String::new(),
        delta_low: ends.0,
        delta_high: ends.1,
        error: 0.0,
        flip: flip.map(|text| Flip { text: text.to_owned(), beyond: Probability { count: 28, of: 100 } }),
    };
    let title = |hinges: &[Hinge]| light(summary, hinges).pop().expect("pictures").1.alternative;
    let growth = hinge("growth of traffic", (40e3, -300e3), Some("leaving loses below 2.7 % a month"));
    let hours = hinge("hours a month to run AWS", (-180e3, 60e3), Some("leaving loses above 40 h"));
    assert_eq!(
        title(&[hours.clone(), growth.clone()]),
        "It hinges on growth of traffic: leaving loses below 2.7 % a month (3 in 10)"
    );
    let still = Hinge { flip: None, ..growth };
    assert_eq!(
        title(&[hours, still.clone()]),
        "It hinges on hours a month to run AWS: leaving loses above 40 h (3 in 10)"
    );
    assert_eq!(
        title(&[still]),
        "No single figure is likely to turn the choice between AWS and Heroku, tuned; it depends most on growth of traffic, by $340k"
    );
    assert_eq!(light(summary, &[]).len(), 5, "without inputs there is no such picture");
}

#[test]
fn a_long_name_of_an_input_is_on_several_lines_and_whole() {
    let summary = &cases().iter().find(|(n, _)| *n == "pays-back").expect("a case").1;
    let long = "share of deploys that end in a failed deploy incident on a platform of one’s own";
    let hinge = Hinge {
        path: String::new(),
        label: long.to_owned(),
        low: "0.5 %".to_owned(),
        high: "1.7 %".to_owned(),
        unit: String::new(),
        delta_low: -20e3,
        delta_high: 60e3,
        error: 0.0,
        flip: None,
    };
    let scene = light(summary, &vec![hinge; 8]).pop().expect("pictures").1;
    let all = scene.labels().map(|label| label.text.as_str()).collect::<Vec<_>>().join(" ");
    assert_eq!(all.matches(&long[1..]).count(), 9, "eight rows and the title: {all}");
}

#[test]
fn who_wins_is_never_cut_and_what_is_drawn_has_two_lines() {
    let mut summary = cases().iter().find(|(n, _)| *n == "pays-back").expect("a case").1.clone();
    for (option, name) in ["Heroku as it is", "ECS Fargate when it is asked for", "Private Space when it is asked for"]
        .into_iter()
        .enumerate()
    {
        summary.options[option].platform = name.to_owned();
    }
    let hinge = |text: &str| Hinge {
        path: String::new(),
        label: "hours a month".to_owned(),
        low: "8".to_owned(),
        high: "60".to_owned(),
        unit: String::new(),
        delta_low: -4e5,
        delta_high: 1e4,
        error: 0.0,
        flip: Some(Flip { text: text.to_owned(), beyond: Probability { count: 12, of: 100 } }),
    };
    let scene =
        light(&summary, &[hinge("Private Space when it is asked for wins above 69 hours")]).pop().expect("pictures").1;
    let texts: Vec<&str> = scene.labels().map(|l| l.text.as_str()).collect();
    assert!(texts.contains(&"Private Space when") && texts.contains(&"it is asked for wins"), "{texts:?}");
    assert!(!texts.iter().any(|text| text.ends_with('…')), "{texts:?}");
    let quiet = scene.labels().filter(|l| l.area().top < 330.0 && l.style.colour == Paint::Quiet && !l.text.is_empty());
    assert_eq!(quiet.count(), 2, "{texts:?}");
}
