//! The picture of paying back.

use outgrow::present::scene::Shape;
use outgrow::study::verdict;
use outgrow::summary::{Lens, Summary, When};

use super::{APART, Drawn, cases, drawn, every_scenario, light};

#[test]
fn half_of_futures_is_marked_on_the_line_of_half() {
    let mut marks = 0;
    for Drawn { name, scenes, .. } in drawn() {
        let scene = &scenes.iter().find(|(picture, _)| *picture == "payback").expect("a picture").1;
        let label = scene.labels().find(|l| l.text == "half").expect("a level");
        let half = label.at.y - label.style.size * 0.36;
        for shape in &scene.shapes {
            if let Shape::Dot { centre, .. } = shape {
                marks += 1;
                assert!((centre.y - half).abs() < APART / 2.0, "{name}: {centre:?} is not at {half}");
            }
        }
    }
    assert!(marks > 50, "marks are seen: {marks}");
}

#[test]
fn a_way_of_counting_with_the_same_line_is_drawn_once_and_both_are_named() {
    let mut summary = cases().iter().find(|(name, _)| *name == "pays-back").expect("a case").1.clone();
    let labels = |summary: &Summary| -> Vec<String> {
        let scene = light(summary, &[]).remove(1).1;
        scene.labels().map(|l| l.text.clone()).collect()
    };
    assert!(labels(&summary).contains(&"Invoices only".to_owned()));
    let leader = verdict::of(&summary, &[], None).leader.option;
    let tco = summary.headline(leader, Lens::Tco).clone();
    for crossover in summary.options[leader].against.as_mut().expect("compared") {
        if crossover.lens == Lens::Invoices {
            *crossover =
                outgrow::summary::Crossover { lens: Lens::Invoices, discounted: crossover.discounted, ..tco.clone() };
        }
    }
    let joined = labels(&summary);
    assert!(joined.iter().any(|l| l == "Invoices only and with engineers’ time"), "{joined:?}");
    assert!(!joined.contains(&"Invoices only".to_owned()));
}

#[test]
fn where_a_line_of_the_move_comes_to_half_there_is_a_ring() {
    let mut rings = 0;
    for Drawn { name, summary, scenes } in every_scenario() {
        let scene = &scenes.iter().find(|(picture, _)| *picture == "payback").expect("a picture").1;
        let leader = verdict::of(summary, &[], None).leader.option;
        let (left, right, _) = super::months::axis(scene);
        for lens in Lens::ALL.into_iter().filter(|lens| summary.adds(*lens)) {
            let When::Month(month) = summary.headline(leader, lens).break_even[1].at else { continue };
            rings += 1;
            let is_its = |shape: &Shape| match shape {
                Shape::Dot { centre, .. } => {
                    let at = (centre.x - left) / (right - left) * f64::from(summary.months);
                    at > f64::from(month) - 1.01 && at < f64::from(month) + 0.01
                }
                _ => false,
            };
            assert!(scene.shapes.iter().any(is_its), "{name}: no ring in month {month}");
        }
    }
    assert!(rings > 20, "rings are seen: {rings}");
}

#[test]
fn a_share_has_one_rounding_and_nobody_hired_is_no_way_of_counting() {
    let mut seen = 0;
    for Drawn { name, scenes, .. } in every_scenario() {
        let scene = &scenes.iter().find(|(picture, _)| *picture == "payback").expect("a picture").1;
        for text in scene.labels().map(|label| label.text.as_str()).filter(|text| text.contains(" in 10 paid back")) {
            seen += 1;
            let share = text.split(" in 10 paid back").next().unwrap_or_default();
            assert!(!share.contains(" to "), "{name}: {text:?}");
        }
        let both = "Invoices only and with new hires’ pay";
        assert!(!scene.labels().any(|label| label.text == both), "{name}: nobody is hired");
    }
    assert!(seen > 10, "shares are seen: {seen}");
}
