//! The pictures of a sweep: of two inputs who is cheapest in each cell, and lines wherever that changes; of one a line for each
//! option.

use outgrow::present::chart::sweep;
use outgrow::present::colour::Colour;
use outgrow::present::look::{Look, Paint, TEXT_CONTRAST};
use outgrow::present::scene::{Area, Scene, Shape, Stroke};
use outgrow::present::sweep::{Of, finding};
use outgrow::study::sweep::{Axis, Cell, Found, Sweep, steps};
use outgrow::summary::Mean;
use outgrow::units::Currency;

use super::{MADE, lines, misplaced};

/// Titles of options, the first of which is the baseline's.
const TITLES: [&str; 7] = [
    "Stay on Heroku",
    "Move to ECS Fargate with the platform team and an outside contractor for the first year",
    "Tuned Heroku",
    "Cloud Run",
    "Dedicated hosts at Hetzner",
    "A managed Kubernetes cluster",
    "x",
];

/// A map in which `cheapest` says who wins at a row and a column, the others 1,000 times their distance dearer.
fn swept(options: usize, [rows, columns]: [usize; 2], cheapest: impl Fn(usize, usize) -> usize) -> Sweep {
    let axis = |path: &str, from: &str, to: &str, n: usize| Axis {
        path: path.to_owned(),
        values: steps(from, to, n).expect("a range"),
    };
    let mean = |value: f64| Mean { value, se: 10.0, sd: 1.0 };
    let mut cells = Vec::new();
    for row in 0..rows {
        for column in 0..columns {
            let best = cheapest(row, column);
            let cost = |option: usize| 161_549.049 * (1.0 + 0.37 * option.abs_diff(best) as f64 * (1 + row) as f64);
            let found = |option: usize| Found {
                cost: mean(cost(option)),
                difference: mean(cost(option) - cost(0)),
                paid_back: None,
            };
            cells.push(Cell {
                at: vec![row, column],
                months: 60,
                options: (0..options).map(found).collect(),
                cheapest: best,
            });
        }
    }
    let axes = vec![
        axis("demand.cases.rush.growth", "0", "8 % / month", rows),
        axis("platforms.ecs.work.upkeep.hours", "10", "80 hours / month", columns),
    ];
    Sweep { axes, cells, plans_of_their_own: 0 }
}

fn of(options: usize) -> Of<'static> {
    let options = TITLES[..options].to_vec();
    Of {
        scenario: "A plan",
        options: options.into_iter().map(str::to_owned).collect(),
        baseline: 0,
        currency: Currency::USD,
        trials: 600,
    }
}

fn drawn(sweep: &Sweep, options: usize, look: Look) -> Scene {
    sweep::draw(sweep, &of(options), MADE, look).expect("a picture")
}

/// Bands from corner to corner, as many as there are options.
fn bands(options: usize, rows: usize, columns: usize) -> impl Fn(usize, usize) -> usize {
    move |row, column| (row + column) * options / (rows + columns)
}

/// Lines between cells with another option cheapest, counted cell by cell.
fn changes(sweep: &Sweep) -> usize {
    let differs = |cell: &Cell, axis| sweep.before(cell, axis).is_some_and(|before| before.cheapest != cell.cheapest);
    sweep.cells.iter().map(|cell| usize::from(differs(cell, 0)) + usize::from(differs(cell, 1))).sum()
}

#[test]
fn nothing_overlaps_on_a_map_of_any_size_and_no_amount_is_unrounded() {
    for options in 2..=7 {
        for size in [[2, 2], [7, 7], [4, 12], [20, 20], [50, 50], [2, 200]] {
            let sweep = swept(options, size, bands(options, size[0], size[1]));
            let scene = drawn(&sweep, options, Look::light());
            let wrong = misplaced(&scene);
            assert!(wrong.is_empty(), "{options} options, {size:?}: {wrong:?}");
            let amounts = scene.labels().map(|label| label.text.as_str()).filter(|text| text.starts_with('$'));
            for text in amounts {
                assert!(text.len() <= 5, "{text}");
            }
        }
    }
}

/// Conditions are long words.
#[test]
fn long_values_leave_room_for_the_map() {
    let mut sweep = swept(3, [7, 7], bands(3, 7, 7));
    for axis in &mut sweep.axes {
        for value in &mut axis.values {
            value.text =
                format!("the bill of the platform that is left is above $12,000 a month for {} years", value.text);
        }
    }
    let scene = drawn(&sweep, 3, Look::light());
    let wrong = misplaced(&scene);
    assert!(wrong.is_empty(), "{wrong:?}");
    let times = sweep.cells.iter().filter(|cell| cell.cheapest == 0).count();
    assert_eq!(scene.labels().filter(|label| label.text == "A").count(), times + 1);
}

#[test]
fn a_line_runs_wherever_another_option_is_cheapest_and_nowhere_else() {
    for options in 2..=7 {
        let sweep = swept(options, [7, 7], bands(options, 7, 7));
        let scene = drawn(&sweep, options, Look::light());
        let bold = lines(&scene).filter(|(_, stroke)| stroke.width == 5.0 && stroke.colour == Paint::Ink).count();
        assert_eq!(bold, changes(&sweep), "{options} options");
    }
    // Two that are not the baseline border on each other as well.
    let sweep = swept(3, [2, 2], |row, _| 1 + row);
    let scene = drawn(&sweep, 3, Look::light());
    assert_eq!(lines(&scene).filter(|(_, stroke)| stroke.width == 5.0).count(), 2);
}

#[test]
fn every_cell_or_region_has_the_letter_of_its_option_and_the_legend_has_them_all() {
    let letters = |scene: &Scene, letter: &str| scene.labels().filter(|label| label.text == letter).count();
    for options in 2..=7 {
        for side in [7, 20] {
            let sweep = swept(options, [side, side], bands(options, side, side));
            let scene = drawn(&sweep, options, Look::light());
            for option in 0..options {
                let times = sweep.cells.iter().filter(|cell| cell.cheapest == option).count();
                let letter = ["A", "B", "C", "D", "E", "F", "G"][option];
                assert_eq!(letters(&scene, letter), times + 1, "{letter} of {options} options, {side} values");
                let share = format!("at {times} of {}", side * side);
                assert!(scene.labels().any(|label| label.text == share), "{share}");
            }
        }
        // Cells without room share a letter where they hang together.
        let scene = drawn(&swept(options, [50, 50], bands(options, 50, 50)), options, Look::light());
        assert_eq!(letters(&scene, "B"), 2, "{options} options");
    }
}

#[test]
fn the_title_of_a_map_says_who_is_cheapest_how_often() {
    let title = |sweep: &Sweep, options| finding(sweep, &of(options));
    assert_eq!(title(&swept(2, [2, 2], |_, _| 0), 2), "Stay on Heroku is cheapest at every pair of values");
    let sweep = swept(3, [4, 5], |row, _| usize::from(row > 0) * 2);
    assert_eq!(title(&sweep, 3), "Tuned Heroku is cheapest at 15 of 20 pairs of values and Stay on Heroku at 5");
    let sweep = swept(7, [7, 7], bands(7, 7, 7));
    assert!(title(&sweep, 7).ends_with("and 5 others at 25"), "{}", title(&sweep, 7));
}

/// Of one input: a line for each option, led to its name.
#[test]
fn every_line_of_one_input_is_led_to_its_name() {
    for options in 2..=7 {
        let mut sweep = swept(options, [9, 2], |row, _| row * options / 9);
        sweep.axes.truncate(1);
        sweep.cells.retain(|cell| cell.at[1] == 0);
        sweep.cells.iter_mut().for_each(|cell| cell.at.truncate(1));
        let scene = drawn(&sweep, options, Look::light());
        let wrong = misplaced(&scene);
        assert!(wrong.is_empty(), "{options} options: {wrong:?}");
        let is_lead = |(points, stroke): &(&[_], Stroke)| stroke.width == 3.0 && points.len() == 2;
        let led: Vec<_> = lines(&scene).filter(is_lead).collect();
        for (points, stroke) in &led {
            let is_name = |area: Area| area.left >= points[1].x && area.top < points[1].y && points[1].y < area.bottom;
            // A name on two lines has its middle between them.
            let near = scene.labels().map(|label| label.area().grown(9.0)).any(is_name);
            assert!(near, "{options} options: nothing is named at {:?} in {:?}", points[1], stroke.colour);
        }
        assert_eq!(led.len(), options);
    }
}

/// Words are read upon every cell, whatever shines through.
#[test]
fn letters_are_read_upon_their_cells() {
    for look in [Look::light(), Look::dark()] {
        let sweep = swept(7, [7, 7], bands(7, 7, 7));
        let scene = drawn(&sweep, 7, look);
        let paper = look.palette.colour(Paint::Paper);
        let cells: Vec<(&[_], Colour)> = (scene.shapes.iter())
            .filter_map(|shape| match shape {
                Shape::Polygon { corners, fill, opacity } => {
                    Some((corners.as_slice(), paper.towards(look.palette.colour(*fill), *opacity)))
                }
                _ => None,
            })
            .collect();
        let mut read = 0;
        for label in scene.labels() {
            let area = label.area();
            let under = cells.iter().find(|(corners, _)| {
                corners[0].x <= area.left
                    && corners[2].x >= area.right
                    && corners[0].y <= area.top
                    && corners[2].y >= area.bottom
            });
            if let Some((_, behind)) = under {
                let contrast = look.palette.colour(label.style.colour).contrast(*behind);
                assert!(contrast >= TEXT_CONTRAST, "{} {contrast}", label.text);
                read += 1;
            }
        }
        assert!(read >= 49 * 2, "{read}");
    }
}
