//! A sweep as a picture: one input as lines over its values, two as a map. Where the cheapest option turns is marked.

use super::frame::{Frame, limits};
use super::place::spread;
use super::{HEIGHT, LEADING, MARGIN, NOTE, STRONG, TICK, WIDTH, axis, head, line, map};
use crate::present::Made;
use crate::present::look::{Look, Paint, SERIES};
use crate::present::scene::{Anchor, Area, Scene, Shape, Stroke, Style, at};
use crate::present::sweep::{self as words, Of};
use crate::study::sweep::{Axis, Sweep};

/// Width of lines' names at the right, pixels.
const NAMES: f64 = 380.0;
/// Longest words of a value, pixels.
pub(super) const LONGEST: f64 = 420.0;
/// From the end of a line to its name, pixels.
const LEAD: f64 = 56.0;
/// The least room between two values written on an axis, pixels.
const GAP: f64 = 26.0;
/// Draws a sweep of one or two inputs.
#[must_use]
pub fn draw(sweep: &Sweep, of: &Of<'_>, made: Made, look: Look) -> Option<Scene> {
    let mut scene = match sweep.axes.as_slice() {
        [one] => lines(sweep, one, of, look),
        [rows, columns] => map::draw(sweep, (rows, columns), of, look),
        _ => return None,
    };
    let source = format!("outgrow {}, {} futures at each value", made.version, of.trials);
    let notes: Vec<Vec<String>> = (sweep.axes.len() > 1).then(|| vec![map::NOTES.to_owned()]).into_iter().collect();
    head::end(&mut scene, None, &notes, &source);
    Some(scene)
}

/// What is drawn, and of what.
pub(super) fn subtitle(of: &Of<'_>, first: String) -> Vec<String> {
    vec![first, format!("{}. Every value is tried in the same futures", of.scenario)]
}

fn lines(sweep: &Sweep, axis: &Axis, of: &Of<'_>, look: Look) -> Scene {
    let title = words::finding(sweep, of);
    let first = format!("Average cost beside {} {}, by {}", of.options[of.baseline], words::over(sweep), axis.path);
    let (mut scene, top) = head::begin(look, &title, &subtitle(of, first));
    let amounts = || sweep.cells.iter().flat_map(|cell| cell.options.iter().map(|found| found.difference.value));
    let (lowest, highest) = limits(amounts().fold(0.0, f64::min), amounts().fold(0.0, f64::max));
    let labels = axis::amount_labels(of.currency, &axis::amounts(lowest, highest));
    let left = MARGIN + axis::widest(look.fonts, &labels, TICK) + GAP;
    let plot = Area { left, top: top + 20.0, right: WIDTH - MARGIN - NAMES, bottom: HEIGHT - 170.0 };
    let frame = Frame { plot, months: 1, currency: of.currency, lowest, highest };
    axis::draw_amounts(&mut scene, &frame);
    let places = places(axis);
    let x = |nth: usize| plot.left + (plot.right - plot.left) * places[nth];
    draw_values(&mut scene, axis, plot, &x);
    axis::draw_zero(&mut scene, &frame);
    mark_turns(&mut scene, sweep, plot, &x);
    let mut ends = Vec::new();
    for (nth, option) in of.others().enumerate() {
        let points: Vec<_> = (sweep.cells.iter())
            .map(|cell| at(x(cell.at[0]), frame.y(cell.options[option].difference.value)))
            .collect();
        let dash = [None, Some((18.0, 10.0)), Some((5.0, 9.0))][(nth / SERIES).min(2)];
        let colour = nth % SERIES;
        let end = points.last().map_or(plot.top, |point| point.y);
        ends.push(End {
            y: end,
            option,
            text: Paint::SeriesText(colour),
            stroke: Stroke { dash, ..line(Paint::Series(colour), 3.0) },
        });
        for point in &points {
            let rim = line(Paint::Paper, 2.0);
            scene.add(Shape::Dot { centre: *point, radius: 7.0, fill: Paint::Series(colour), rim });
        }
        scene.add(Shape::Line { points, stroke: Stroke { colour: Paint::Series(colour), width: 5.0, dash } });
    }
    let text = Paint::Ink;
    ends.push(End { y: frame.y(0.0), option: of.baseline, text, stroke: line(text, 3.0) });
    name_lines(&mut scene, of, plot, &ends);
    scene
}

/// Where each value stands on the axis, 0 to 1: by its number, or one after the other where one has none.
fn places(axis: &Axis) -> Vec<f64> {
    let numbers: Option<Vec<f64>> = axis.values.iter().map(|value| value.number).collect();
    let even = || (0..axis.values.len()).map(|nth| nth as f64 / (axis.values.len() - 1) as f64).collect();
    let Some(numbers) = numbers.filter(|numbers| numbers.windows(2).all(|pair| pair[0] < pair[1])) else {
        return even();
    };
    let (first, last) = (numbers[0], numbers[numbers.len() - 1]);
    numbers.into_iter().map(|number| (number - first) / (last - first)).collect()
}

/// Writes the values under the plot, leaving out those for which there is no room.
pub(super) fn draw_values(scene: &mut Scene, axis: &Axis, plot: Area, x: &dyn Fn(usize) -> f64) {
    let fonts = scene.look.fonts;
    let y = plot.bottom + 14.0 + TICK.size;
    let stroke = line(Paint::Quiet, 1.5);
    scene.add(Shape::Line { points: vec![at(plot.left, plot.bottom), at(plot.right, plot.bottom)], stroke });
    let mut free = f64::NEG_INFINITY;
    for (nth, value) in axis.apart().0.iter().enumerate() {
        let value = &fonts.fit(&fonts.drawable(value), TICK.size, TICK.weight, LONGEST);
        let half = fonts.measure(value, TICK.size, TICK.weight).width / 2.0;
        if x(nth) - half < free {
            continue;
        }
        free = x(nth) + half + GAP;
        scene.add(Shape::Line { points: vec![at(x(nth), plot.bottom), at(x(nth), plot.bottom + 8.0)], stroke });
        scene.write(at(x(nth), y), Anchor::Middle, value, TICK);
    }
    let name = Style { size: 25.0, ..NOTE };
    scene.write(at(f64::midpoint(plot.left, plot.right), y + 38.0), Anchor::Middle, &axis.name(), name);
}

/// A band between the two values between which the cheapest option turns.
fn mark_turns(scene: &mut Scene, sweep: &Sweep, plot: Area, x: &dyn Fn(usize) -> f64) {
    for cell in sweep.cells.iter().filter(|cell| sweep.turns(cell)) {
        let (from, to) = (x(cell.at[0] - 1), x(cell.at[0]));
        let corners = vec![at(from, plot.top), at(to, plot.top), at(to, plot.bottom), at(from, plot.bottom)];
        scene.add(Shape::Polygon { corners, fill: Paint::Quiet, opacity: 0.18 });
    }
}

/// Where a line ends, whose it is, and how it is drawn.
struct End {
    y: f64,
    option: usize,
    text: Paint,
    stroke: Stroke,
}

/// Names at the right ends of lines, the baseline's at its own level; each line is led to its name, which may stand higher or
/// lower: more lines than colours are told apart by that.
fn name_lines(scene: &mut Scene, of: &Of<'_>, plot: Area, ends: &[End]) {
    let fonts = scene.look.fonts;
    let wrapped = |end: &End| {
        fonts.wrap(&fonts.drawable(&of.options[end.option]), STRONG.size, STRONG.weight, NAMES - LEAD - 8.0)
    };
    let names: Vec<Vec<String>> = ends.iter().map(wrapped).collect();
    let height = |lines: &[String]| lines.len() as f64 * STRONG.size * LEADING;
    let wanted: Vec<(f64, f64)> =
        ends.iter().zip(&names).map(|(end, lines)| (end.y - height(lines) / 2.0, height(lines))).collect();
    let tops = spread(&wanted, plot.top - 30.0, plot.bottom + 40.0);
    for ((end, lines), top) in ends.iter().zip(&names).zip(tops) {
        let middle = top + height(lines) / 2.0;
        let points = vec![at(plot.right + 10.0, end.y), at(plot.right + LEAD - 10.0, middle)];
        scene.add(Shape::Line { points, stroke: end.stroke });
        for (nth, text) in lines.iter().enumerate() {
            let y = top + STRONG.size * (0.95 + nth as f64 * LEADING);
            scene.write(at(plot.right + LEAD, y), Anchor::Start, text, Style { colour: end.text, ..STRONG });
        }
    }
}
