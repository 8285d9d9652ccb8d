//! The axes: amounts by side, months by the calendar.

use super::frame::Frame;
use super::{TICK, line};
use crate::present::font::{Fonts, Weight};
use crate::present::look::Paint;
use crate::present::scene::{Anchor, Scene, Shape, Style, at};
use crate::units::{Currency, YearMonth};

/// Roughly how many amounts an axis shows.
const TICKS: f64 = 7.0;
/// From a label to what it belongs to, pixels.
const GAP: f64 = 16.0;

/// The amounts that are marked between two: multiples of 1, 2, 2.5 or 5 times a power of ten.
#[must_use]
pub fn amounts(lowest: f64, highest: f64) -> Vec<f64> {
    let step = step((highest - lowest) / TICKS);
    let first = (lowest / step).ceil() as i64;
    let last = (highest / step).floor() as i64;
    (first..=last).map(|i| i as f64 * step).collect()
}

/// The least 1, 2, 2.5 or 5 times a power of ten that is not below `least`.
fn step(least: f64) -> f64 {
    let mut power = 10.0;
    while power * 10.0 <= least {
        power *= 10.0;
    }
    [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|n| n * power).find(|s| *s >= least).unwrap_or(power * 10.0)
}

/// What stands at an amount of a difference: its size and its side.
#[must_use]
pub fn amount_labels(currency: Currency, amounts: &[f64]) -> Vec<String> {
    let side = |amount: f64| if amount < 0.0 { "cheaper" } else { "dearer" };
    let sided = |(amount, text): (&f64, String)| match *amount {
        0.0 => "same cost".to_owned(),
        amount => format!("{text} {}", side(amount)),
    };
    amounts.iter().zip(sizes(currency, amounts)).map(sided).collect()
}

/// The sizes of amounts of one axis, all written out or all in thousands.
#[must_use]
pub fn sizes(currency: Currency, amounts: &[f64]) -> Vec<String> {
    let largest = amounts.iter().fold(0.0_f64, |largest, amount| largest.max(amount.abs()));
    let size = |amount: f64| match amount.abs() {
        size if (1e3..1e4).contains(&size) && largest >= 1e4 => format!("{}{}k", currency.sign(), size / 1e3),
        size => currency.round_money(size),
    };
    amounts.iter().map(|amount| size(*amount)).collect()
}

/// The widest of some labels, pixels.
#[must_use]
pub fn widest<'a>(fonts: Fonts, labels: impl IntoIterator<Item = &'a String>, style: Style) -> f64 {
    labels.into_iter().map(|l| fonts.measure(l, style.size, style.weight).width).fold(0.0, f64::max)
}

/// Draws amounts of a difference with their lines across.
pub fn draw_amounts(scene: &mut Scene, frame: &Frame) {
    let amounts = amounts(frame.lowest, frame.highest);
    let labels = amount_labels(frame.currency, &amounts);
    draw_levels(scene, frame, &amounts.into_iter().zip(labels).collect::<Vec<_>>(), 0.0);
}

/// Draws levels with their lines across; the strong one has its words in bold, and no line where it is 0, which has one
/// of its own.
pub fn draw_levels(scene: &mut Scene, frame: &Frame, levels: &[(f64, String)], strong: f64) {
    for (amount, label) in levels {
        let y = frame.y(*amount);
        if *amount != 0.0 {
            let points = vec![at(frame.plot.left, y), at(frame.plot.right, y)];
            scene.add(Shape::Line { points, stroke: line(Paint::Grid, 1.5) });
        }
        let weight = if *amount == strong { Weight::SemiBold } else { TICK.weight };
        scene.write(at(frame.plot.left - GAP, y + TICK.size * 0.36), Anchor::End, label, Style { weight, ..TICK });
    }
}

/// Whether a run is short enough for its months to be named.
const fn names_months(months: u32) -> bool {
    months <= 24
}

/// Where a plot over months ends below, pixels from the top; higher where months are named under it as well as years.
#[must_use]
pub const fn floor(months: u32) -> f64 {
    if names_months(months) { 898.0 } else { 936.0 }
}

/// A stretch of months, from the end of one to the end of another, and what it is called.
type Stretch = (u32, u32, String);

/// Draws the months: a tick where a year begins, its number in the middle of what is drawn of it. A short run names
/// its months, a very long one only some Januaries.
pub fn draw_months(scene: &mut Scene, frame: &Frame, start: YearMonth) {
    let (left, right, bottom) = (frame.plot.left, frame.plot.right, frame.plot.bottom);
    scene.add(Shape::Line { points: vec![at(left, bottom), at(right, bottom)], stroke: line(Paint::Quiet, 1.5) });
    let fonts = scene.look.fonts;
    let years = years(start, frame.months);
    let year_width = (frame.plot.right - frame.plot.left) * 12.0 / f64::from(frame.months.max(12));
    let number = fonts.measure("2030", TICK.size, TICK.weight).width + GAP;
    if names_months(frame.months) {
        let months = months(fonts, start, frame);
        spell(scene, frame, &months, 0.0);
        spell(scene, frame, &years, TICK.size * 1.35);
        ticks(scene, frame, &months, 8.0);
        ticks(scene, frame, &years, 16.0 + TICK.size * 1.7);
    } else if year_width >= number {
        spell(scene, frame, &years, 0.0);
        ticks(scene, frame, &years, 14.0);
    } else {
        januaries(scene, frame, start, &years);
    }
}

fn years(start: YearMonth, months: u32) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    for m in 0..months {
        let name = start.plus(m as i32).year().to_string();
        match stretches.last_mut() {
            Some(last) if last.2 == name => last.1 = m + 1,
            _ => stretches.push((m, m + 1, name)),
        }
    }
    stretches
}

/// Months by name; where they are narrow, only the first of each quarter keeps it.
fn months(fonts: Fonts, start: YearMonth, frame: &Frame) -> Vec<Stretch> {
    let width = frame.x(1.0) - frame.x(0.0);
    let is_narrow = width < fonts.measure("May", TICK.size, TICK.weight).width + 10.0;
    let named = |month: YearMonth| !is_narrow || month.index().is_multiple_of(3);
    let name = |month: YearMonth| if named(month) { month.to_string()[..3].to_owned() } else { String::new() };
    (0..frame.months).map(|m| (m, m + 1, name(start.plus(m as i32)))).collect()
}

/// Writes each stretch's name in its middle, where there is room for it.
fn spell(scene: &mut Scene, frame: &Frame, stretches: &[Stretch], lower: f64) {
    let (fonts, y) = (scene.look.fonts, frame.plot.bottom + GAP + TICK.size + lower);
    let is_crowded = stretches.len() > 1;
    for (from, to, name) in stretches.iter().filter(|s| !s.2.is_empty()) {
        let (left, right) = (frame.x(f64::from(*from)), frame.x(f64::from(*to)));
        let needed = fonts.measure(name, TICK.size, TICK.weight).width;
        if needed + 8.0 <= right - left || !is_crowded || name.len() == 3 {
            scene.write(at(f64::midpoint(left, right), y), Anchor::Middle, name, TICK);
        }
    }
}

fn ticks(scene: &mut Scene, frame: &Frame, stretches: &[Stretch], length: f64) {
    let ends = stretches.iter().map(|s| s.0).chain([frame.months]);
    for month in ends {
        tick(scene, frame, f64::from(month), length);
    }
}

fn tick(scene: &mut Scene, frame: &Frame, month: f64, length: f64) {
    let (x, y) = (frame.x(month), frame.plot.bottom);
    scene.add(Shape::Line { points: vec![at(x, y), at(x, y + length)], stroke: line(Paint::Quiet, 1.5) });
}

/// "Jan 2030" at the tick where that January begins, every second, fifth or tenth year.
fn januaries(scene: &mut Scene, frame: &Frame, start: YearMonth, years: &[Stretch]) {
    let needed = scene.look.fonts.measure("Jan 2030", TICK.size, TICK.weight).width + 2.0 * GAP;
    let year_width = frame.x(12.0) - frame.x(0.0);
    let every = [2, 5, 10].into_iter().find(|n| f64::from(*n) * year_width >= needed).unwrap_or(10);
    let y = frame.plot.bottom + GAP + TICK.size;
    for (from, _, name) in years {
        let year = start.plus(*from as i32);
        if year.index() == 0 && year.year() % every == 0 {
            let x = frame.x(f64::from(*from));
            tick(scene, frame, f64::from(*from), 14.0);
            let is_inside = x - needed / 2.0 > frame.plot.left - 40.0 && x + needed / 2.0 < frame.plot.right + 60.0;
            if is_inside {
                scene.write(at(x, y), Anchor::Middle, &format!("Jan {name}"), TICK);
            }
        }
    }
}

/// Draws the line at zero.
pub fn draw_zero(scene: &mut Scene, frame: &Frame) {
    let y = frame.y(0.0);
    scene.add(Shape::Line {
        points: vec![at(frame.plot.left, y), at(frame.plot.right, y)],
        stroke: line(Paint::Ink, 3.5),
    });
}

#[cfg(test)]
mod tests {
    use super::{amount_labels, amounts, sizes, years};
    use crate::units::{Currency, YearMonth};

    #[test]
    fn amounts_are_round_and_name_their_sides() {
        let amounts = amounts(-430_000.0, 210_000.0);
        assert_eq!(amounts, [-400_000.0, -300_000.0, -200_000.0, -100_000.0, 0.0, 100_000.0, 200_000.0]);
        let labels = amount_labels(Currency::USD, &amounts[2..6]);
        assert_eq!(labels, ["$200k cheaper", "$100k cheaper", "same cost", "$100k dearer"]);
        assert_eq!(sizes(Currency::USD, &[0.0, 5_000.0, 10_000.0]), ["$0", "$5k", "$10k"]);
        assert_eq!(sizes(Currency::USD, &[0.0, 2_500.0, 5_000.0]), ["$0", "$2,500", "$5,000"]);
    }

    #[test]
    fn a_year_spans_its_own_months_and_no_others() {
        let start = YearMonth::new(2026, 11).expect("a month");
        let wanted = [(0, 2, "2026".to_owned()), (2, 14, "2027".to_owned()), (14, 20, "2028".to_owned())];
        assert_eq!(years(start, 20), wanted);
    }
}
