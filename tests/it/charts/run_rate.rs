//! The picture of what a month costs.

use outgrow::present::scene::{Scene, Shape};
use outgrow::summary::{Condition, Leaving, Lens, Probability, Summary, When, WhenQuantile};

use super::{APART, cases, light};

fn scene(summary: &Summary) -> Scene {
    light(summary, &[]).into_iter().find(|(picture, _)| *picture == "run-rate").expect("a picture").1
}

fn has(scene: &Scene, text: &str) -> bool {
    scene.labels().any(|label| label.text.contains(text))
}

fn case(name: &str) -> Summary {
    cases().iter().find(|(n, _)| *n == name).expect("a case").1.clone()
}

#[test]
fn the_words_at_a_line_stand_where_the_mean_that_they_say_is() {
    let mut summary = case("certain");
    assert!(!has(&scene(&summary), "Diamonds"), "a line that ends at its mean needs no mark");
    // A season's peak in the last month, higher than the mean of the year by far.
    for option in &mut summary.options {
        for lens in Lens::ALL {
            option.costs[lens as usize].monthly.last_mut().expect("months").mean.value *= 1.8;
        }
    }
    let scene = scene(&summary);
    assert!(has(&scene, "Diamonds: mean month in 2029."));
    let corner = |shape: &Shape| match shape {
        Shape::Polygon { corners, opacity: 1.0, .. } if corners.len() == 4 => Some((corners[1].x, corners[0].y)),
        _ => None,
    };
    let levels: Vec<(f64, f64)> = scene.shapes.iter().filter_map(corner).collect();
    let ends: Vec<f64> = scene.shapes.iter().filter_map(line_end).collect();
    assert!(levels.len() >= 2, "a diamond for each line: {levels:?}");
    // Each diamond is below where a line ends, which is at the peak.
    let lowest = ends.iter().copied().fold(0.0, f64::max);
    assert!(levels.iter().any(|(_, y)| *y > lowest + 10.0 * APART), "{levels:?} under {ends:?}");
}

/// The height at which a thick line ends.
fn line_end(shape: &Shape) -> Option<f64> {
    match shape {
        Shape::Line { points, stroke } if stroke.width >= 4.5 && points.len() > 12 => points.last().map(|p| p.y),
        _ => None,
    }
}

#[test]
fn only_a_move_that_begins_at_about_one_time_has_its_months_shaded() {
    let mut summary = case("pays-back-early");
    assert!(has(&scene(&summary), "The move: ") && has(&scene(&summary), "9 in 10 of its hours fall in these months"));
    let quantile = |percent: u8, at: When| WhenQuantile { percent, at, low: at, high: at };
    let mut waits = |months: [When; 3]| {
        let of = summary.trials;
        let all = Probability { count: of, of };
        let none = Probability { count: 0, of };
        let left_by = (0..=summary.months).map(|m| if m < 2 { none } else { all }).collect();
        let month = [quantile(10, months[0]), quantile(50, months[1]), quantile(90, months[2])];
        let leaving = Leaving {
            conditions: vec![Condition::Renewal],
            left_by,
            month,
            month_among_those: None,
            instead: None,
            first: 1,
            is_free: true,
        };
        summary.options[1].leaving = Some(leaving);
        has(&scene(&summary), "The move: ")
    };
    assert!(waits([When::Month(5), When::Month(6), When::Month(8)]));
    assert!(
        !waits([When::Month(5), When::Month(20), When::Month(50)]),
        "by an event, early in one future and late in another"
    );
    assert!(!waits([When::Month(5), When::Month(20), When::Never]));
}
