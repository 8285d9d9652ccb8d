//! The picture of the difference: what is marked on its lines.

use outgrow::present::look::Paint;
use outgrow::present::scene::{Anchor, Point, Scene, Shape};
use outgrow::study::verdict;
use outgrow::summary::{Lens, Summary, Z95};

use super::months::axis;
use super::{Drawn, cases, drawn, every_scenario, light, lines};

/// The mark that words beside a line belong to: 13 pixels before where they begin, or after where they end.
fn mark_of(scene: &Scene, (x, anchor): (f64, Anchor)) -> Option<Point> {
    let x = if anchor == Anchor::Start { x - 13.0 } else { x + 13.0 };
    scene.shapes.iter().find_map(|shape| match shape {
        Shape::Dot { centre, .. } if (centre.x - x).abs() < 0.01 => Some(*centre),
        _ => None,
    })
}

#[test]
fn the_ring_of_the_hole_stands_where_its_words_say_on_the_line_that_is_drawn() {
    let mut rings = 0;
    let own = every_scenario().iter().map(|d| (d, true));
    for (Drawn { name, summary, scenes }, is_shipped) in drawn().iter().map(|d| (d, false)).chain(own) {
        let scene = &scenes.iter().find(|(picture, _)| *picture == "difference").expect("a picture").1;
        let Some(label) = scene.labels().find(|l| l.text.starts_with("Deepest hole: ")) else { continue };
        let said = label.text.trim_start_matches("Deepest hole: ");
        let (amount, month) = said.split_once(", ").expect("an amount and a month");
        let ring = mark_of(scene, (label.at.x, label.anchor)).expect("a ring");
        let (left, right, _) = axis(scene);
        let at = ((ring.x - left) / (right - left) * f64::from(summary.months)).round();
        let of = if at < 0.5 { "the start".to_owned() } else { summary.start.plus(at as i32 - 1).to_string() };
        assert_eq!(of, month, "{name}: {said}");
        let leader = verdict::of(summary, &[], None).leader.option;
        let delta = &summary.headline(leader, Lens::Tco).delta;
        let middle = delta[at as usize].quantiles.iter().find(|q| q.p == 0.5).expect("a middle");
        let error = (middle.high - middle.low) / (2.0 * Z95);
        assert_eq!(summary.currency.money(middle.value, error), amount, "{name}: {said}");
        assert!(delta.iter().all(|s| s.at(0.5) <= middle.value), "{name}: it is deepest elsewhere");
        rings += usize::from(is_shipped);
        let is_bridged = scene.labels().any(|l| l.text.contains("as paid") || l.text.contains("as on the page"));
        assert!(is_bridged, "{name}: nothing of the page");
    }
    assert!(rings > 10, "rings are seen: {rings}");
}

#[test]
fn the_line_at_zero_is_over_the_rims_of_lines_and_under_the_lines() {
    let mut seen = 0;
    for Drawn { name, scenes, .. } in drawn() {
        for (_, scene) in scenes.iter().filter(|(picture, _)| *picture == "difference") {
            let all: Vec<_> = lines(scene).map(|(_, stroke)| stroke).collect();
            let zero = all.iter().position(|s| s.width == 3.5 && s.colour == Paint::Ink).expect("a line at zero");
            let rim = all.iter().rposition(|s| s.colour == Paint::Paper).expect("a rim");
            let line = all.iter().position(|s| s.colour == Paint::Series(0) && s.width == 6.0).expect("a line");
            assert!(rim < zero && zero < line, "{name}: {rim}, {zero}, {line}");
            seen += 1;
        }
    }
    assert!(seen > 300, "lines are seen: {seen}");
}

#[test]
fn a_diamond_stands_where_the_plot_ends() {
    let mut seen = 0;
    for Drawn { name, scenes, .. } in drawn() {
        let scene = &scenes.iter().find(|(picture, _)| *picture == "difference").expect("a picture").1;
        let (_, right, _) = axis(scene);
        for shape in &scene.shapes {
            if let Shape::Polygon { corners, .. } = shape
                && let [west, north, east, _] = corners[..]
                && west.y == east.y
                && north.x == f64::midpoint(west.x, east.x)
            {
                seen += 1;
                assert!((north.x - right).abs() < 0.01, "{name}: a diamond at {}, not at {right}", north.x);
            }
        }
    }
    assert!(seen > 300, "diamonds are seen: {seen}");
}

#[test]
fn a_line_that_another_covers_says_where_it_runs() {
    let mut summary = cases().iter().find(|(name, _)| *name == "pays-back").expect("a case").1.clone();
    let has = |summary: &Summary| light(summary, &[])[0].1.labels().any(|label| label.text == "line along AWS’s");
    assert!(!has(&summary));
    let own = summary.options[1].against.clone().expect("compared");
    let mut other = summary.options[1].clone();
    (other.name, other.platform) = ("other".to_owned(), "GCP".to_owned());
    other.against = Some(own);
    summary.options.push(other);
    assert!(has(&summary));
}
