//! The words under the axis.

use outgrow::present::look::Paint;
use outgrow::present::scene::{Label, Scene, Shape};
use outgrow::units::YearMonth;

use super::{Drawn, drawn, lines};

/// Months are looked up by the place of their words, which are measured to a fraction of a pixel.
const SAME_PLACE: f64 = 0.02;

/// The lines of the months of a picture, of which one of several plots has several.
fn axes(picture: &str, scene: &Scene) -> Vec<(f64, f64, f64)> {
    if picture != "people" {
        return vec![axis(scene)];
    }
    let across = lines(scene)
        .filter(|(points, stroke)| points.len() == 2 && points[0].y == points[1].y && stroke.colour == Paint::Quiet);
    across.map(|(points, _)| (points[0].x, points[1].x, points[0].y)).collect()
}

/// The line of the months of a picture: the lowest that runs from side to side.
pub fn axis(scene: &Scene) -> (f64, f64, f64) {
    let across = scene.shapes.iter().filter_map(|shape| match shape {
        Shape::Line { points, .. }
            if points.len() == 2 && points[0].y == points[1].y && points[1].x - points[0].x > 300.0 =>
        {
            Some((points[0].x, points[1].x, points[0].y))
        }
        _ => None,
    });
    across.max_by(|a, b| a.2.total_cmp(&b.2)).expect("an axis")
}

#[test]
fn the_words_under_the_axis_are_the_months_of_the_calendar() {
    const NAMES: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let mut checked = [0; 3];
    for Drawn { name, summary, scenes } in drawn() {
        for (picture, scene) in scenes.iter().filter(|(picture, _)| !["costs", "hinges"].contains(picture)) {
            let axes = axes(picture, scene);
            let below = |label: &&Label| {
                let middle = f64::midpoint(label.area().left, label.area().right);
                // Names of Januaries reach out of a plot.
                let is_below = |by: f64| {
                    axes.iter().find(|(left, right, bottom)| {
                        let is_low = label.at.y > *bottom && label.at.y < bottom + 80.0;
                        is_low && (left - by..right + by).contains(&middle)
                    })
                };
                is_below(0.0).or_else(|| is_below(60.0)).copied()
            };
            for (label, (left, right, _)) in scene.labels().filter_map(|label| Some((label, below(&label)?))) {
                let area = label.area();
                let at = (f64::midpoint(area.left, area.right) - left) / (right - left) * f64::from(summary.months);
                let of = |month: f64| -> YearMonth { summary.start.plus(month as i32) };
                let text = label.text.as_str();
                let said = format!("{name}, {picture}: {text:?} in the middle of month {at}");
                if NAMES.contains(&text) {
                    checked[0] += 1;
                    assert_eq!(of(at.floor()).to_string()[..3], *text, "{said}");
                    assert!((at - at.floor() - 0.5).abs() < SAME_PLACE, "{said}: not in the month's middle");
                } else if let Some(year) = text.strip_prefix("Jan ") {
                    checked[1] += 1;
                    assert!((at - at.round()).abs() < SAME_PLACE, "{said}: not where a month begins");
                    assert_eq!(of(at.round()).to_string(), format!("Jan {year}"), "{said}");
                } else if text.len() == 4 && text.parse::<i32>().is_ok() {
                    checked[2] += 1;
                    // Even where the year's drawn months have no middle month, the one before its middle is of it.
                    assert_eq!(of((at - SAME_PLACE).floor()).year().to_string(), text, "{said}");
                }
            }
        }
    }
    assert!(checked.iter().all(|n| *n > 10), "each kind of words is seen: {checked:?}");
}
