//! What it hinges on: a bar for each of the inputs that move the difference most, from the lowest part of its range to
//! the highest.

use super::frame::{Frame, limits};
use super::{HEIGHT, LEADING, MARGIN, NOTE, STRONG, TICK, WIDTH, axis, head, line};
use crate::present::finding::{self, hinges as words};
use crate::present::font::Fonts;
use crate::present::look::{Look, Paint};
use crate::present::scene::{Anchor, Area, Label, Scene, Shape, Style, at};
use crate::present::{Made, finding::hinges::Hinge, side};
use crate::study::verdict::Verdict;
use crate::summary::Summary;
use crate::units::Currency;

/// Most inputs that are drawn.
pub const MOST: usize = 8;
/// Width of the inputs' names, and of the words at the right, pixels.
const NAMES: f64 = 390.0;
const FLIPS: f64 = 370.0;
/// From a bar's end to its words, pixels.
const GAP: f64 = 12.0;
/// Between the words at a bar's end and the columns, pixels.
const AIR: f64 = 24.0;
/// By how much the plot is narrowed until the words at the bars' ends have room, pixels.
const STEP: f64 = 4.0;
/// Least width of the plot, pixels.
const LEAST: f64 = 200.0;
/// Highest row and highest bar, pixels.
const ROW: f64 = 112.0;
const BAR: f64 = 46.0;

/// Draws the inputs that move the difference most; nothing where there are none.
#[must_use]
pub fn draw(summary: &Summary, verdict: &Verdict, hinges: &[Hinge], made: Made, look: Look) -> Option<Scene> {
    let mut shown: Vec<Hinge> = hinges.iter().filter(|hinge| hinge.is_seen()).cloned().collect();
    shown.sort_by(|a, b| b.swing().total_cmp(&a.swing()));
    shown.truncate(MOST);
    if shown.is_empty() {
        return None;
    }
    let finding = words::title(summary, verdict, &shown);
    let (mut scene, top) = head::begin(look, &finding, &words::subtitle(summary, verdict));
    let frame = frame(look.fonts, summary.currency, &shown, top + 44.0);
    let pitch = ((frame.plot.bottom - frame.plot.top) / shown.len() as f64).min(ROW);
    let middle = |nth: usize| frame.plot.top + pitch * (nth as f64 + 0.5);
    let ends: Vec<[Label; 2]> =
        shown.iter().enumerate().map(|(nth, hinge)| end_labels(look.fonts, &frame, hinge, middle(nth))).collect();
    let name = side::cut(&side::name(summary, verdict.leader.option), 18);
    draw_scale(&mut scene, &frame, &name, &ends.iter().flatten().map(Label::area).collect::<Vec<_>>());
    for (nth, (hinge, ends)) in shown.iter().zip(ends).enumerate() {
        draw_row(&mut scene, &frame, hinge, middle(nth), pitch);
        ends.into_iter().for_each(|label| scene.add(Shape::Text(label)));
    }
    let mut notes: Vec<String> = finding::unfinished(summary, verdict).into_iter().collect();
    if hinges.len() > shown.len() {
        notes.push("Figures that move the difference less, or not by two errors, are in summary.json.".to_owned());
    }
    notes.insert(0, words::bridge(summary).to_owned());
    head::end(&mut scene, None, &notes, &finding::source(summary, made));
    Some(scene)
}

/// The plot, turned: amounts run from left to right between the names and the words on flips, as wide as the words at the
/// bars' ends let it be.
fn frame(fonts: Fonts, currency: Currency, shown: &[Hinge], top: f64) -> Frame {
    let ends = shown.iter().flat_map(|h| [h.delta_low, h.delta_high]);
    let (low, high) = ends.fold((0.0, 0.0), |(low, high): (f64, f64), v| (low.min(v), high.max(v)));
    let (lowest, highest) = limits(low, high);
    let (leftmost, rightmost) = (MARGIN + NAMES, WIDTH - MARGIN - FLIPS);
    let plot = Area { left: leftmost + AIR, top, right: rightmost - AIR, bottom: HEIGHT - 150.0 };
    let mut frame = Frame { plot, months: 1, currency, lowest, highest };
    let words: Vec<(f64, f64, [f64; 2])> = shown.iter().map(|hinge| reach(fonts, hinge)).collect();
    while frame.plot.right - frame.plot.left > LEAST {
        let left = words.iter().any(|(from, _, [width, _])| x_of(&frame, *from) - GAP - width < leftmost);
        let right = words.iter().any(|(_, to, [_, width])| x_of(&frame, *to) + GAP + width > rightmost - AIR);
        if !left && !right {
            break;
        }
        frame.plot.left += if left { STEP } else { 0.0 };
        frame.plot.right -= if right { STEP } else { 0.0 };
    }
    frame
}

/// Where a bar begins and ends, dollars, and the widths of the words there, pixels.
fn reach(fonts: Fonts, hinge: &Hinge) -> (f64, f64, [f64; 2]) {
    let [low, high] = hinge.ends().map(|text| fonts.measure(&fonts.drawable(&text), NOTE.size, NOTE.weight).width);
    let (from, to) = (hinge.delta_low.min(hinge.delta_high), hinge.delta_low.max(hinge.delta_high));
    (from, to, if hinge.delta_low <= hinge.delta_high { [low, high] } else { [high, low] })
}

fn x_of(frame: &Frame, dollars: f64) -> f64 {
    let share = (dollars - frame.lowest) / (frame.highest - frame.lowest);
    frame.plot.left + (frame.plot.right - frame.plot.left) * share
}

/// The amounts below, the line at zero, and the names of its sides above. The lines leave out the words at the bars' ends.
fn draw_scale(scene: &mut Scene, frame: &Frame, name: &str, ends: &[Area]) {
    let fonts = scene.look.fonts;
    let (top, bottom) = (frame.plot.top, frame.plot.bottom);
    let width = |text: &str| fonts.measure(text, TICK.size, TICK.weight).width;
    let amounts = axis::amounts(frame.lowest, frame.highest);
    let widest = amounts.iter().map(|a| width(&frame.currency.round_money(*a))).fold(width("same"), f64::max);
    let step = amounts.windows(2).next().map_or(1.0, |pair| pair[1] - pair[0]);
    let pixels = x_of(frame, step) - x_of(frame, 0.0);
    // Every so many of them, counted from zero.
    let every = ((widest + 24.0) / pixels).ceil().max(1.0) as i64;
    for amount in amounts.into_iter().filter(|a| ((a / step).round() as i64) % every == 0) {
        let x = x_of(frame, amount);
        let stroke = if amount == 0.0 { line(Paint::Ink, 3.5) } else { line(Paint::Grid, 1.5) };
        for (from, to) in free_of(ends, x, (top - 8.0, bottom + 6.0)) {
            scene.add(Shape::Line { points: vec![at(x, from), at(x, to)], stroke });
        }
        let text = if amount == 0.0 { "same".to_owned() } else { frame.currency.round_money(amount) };
        let weight = if amount == 0.0 { STRONG.weight } else { TICK.weight };
        scene.write(at(x, bottom + 14.0 + TICK.size), Anchor::Middle, &text, Style { weight, ..TICK });
    }
    let zero = x_of(frame, 0.0);
    let side = Style { size: 26.0, ..STRONG };
    let y = top - 26.0;
    let (left, right) = (format!("← {name} cheaper"), format!("{name} dearer →"));
    scene.write(at(zero - 18.0, y), Anchor::End, &left, Style { colour: Paint::CheaperText, ..side });
    scene.write(at(zero + 18.0, y), Anchor::Start, &right, Style { colour: Paint::DearerText, ..side });
}

fn draw_row(scene: &mut Scene, frame: &Frame, hinge: &Hinge, y: f64, pitch: f64) {
    let fonts = scene.look.fonts;
    let half = (pitch * 0.42).min(BAR) / 2.0;
    write_name(scene, fonts, hinge, y, pitch);
    let (from, to) = (hinge.delta_low.min(hinge.delta_high), hinge.delta_low.max(hinge.delta_high));
    for (a, b, fill) in [(from.min(0.0), to.min(0.0), Paint::Cheaper), (from.max(0.0), to.max(0.0), Paint::Dearer)] {
        let (left, right) = (x_of(frame, a), x_of(frame, b));
        if right - left > 0.0 {
            let corners = vec![at(left, y - half), at(right, y - half), at(right, y + half), at(left, y + half)];
            scene.add(Shape::Polygon { corners, fill, opacity: 1.0 });
        }
    }
    let (left, right) = (x_of(frame, from), x_of(frame, to));
    // An input that moves nothing still has its place.
    scene.add(Shape::Line {
        points: vec![at(left, y - half - 4.0), at(left, y + half + 4.0)],
        stroke: line(Paint::Ink, 2.5),
    });
    scene.add(Shape::Line {
        points: vec![at(right, y - half - 4.0), at(right, y + half + 4.0)],
        stroke: line(Paint::Ink, 2.5),
    });
    if hinge.flip.is_some() && from < 0.0 && to > 0.0 {
        let centre = at(x_of(frame, 0.0), y);
        scene.add(Shape::Dot { centre, radius: 9.0, fill: Paint::Paper, rim: line(Paint::Ink, 4.0) });
    }
    write_flip(scene, fonts, hinge, y);
}

/// The parts of a vertical line that no words stand on, from top to bottom.
fn free_of(words: &[Area], x: f64, (top, bottom): (f64, f64)) -> Vec<(f64, f64)> {
    let mut on: Vec<Area> = words.iter().map(|a| a.grown(6.0)).filter(|a| a.left < x && x < a.right).collect();
    on.sort_by(|a, b| a.top.total_cmp(&b.top));
    let mut from = top;
    let mut free = Vec::new();
    for area in on {
        free.push((from, area.top));
        from = area.bottom;
    }
    free.push((from, bottom));
    free.retain(|(from, to)| to > from);
    free
}

/// The words at a bar's ends.
fn end_labels(fonts: Fonts, frame: &Frame, hinge: &Hinge, y: f64) -> [Label; 2] {
    let (from, to) = (hinge.delta_low.min(hinge.delta_high), hinge.delta_low.max(hinge.delta_high));
    let [low, high] = hinge.ends();
    let (at_left, at_right) = if hinge.delta_low <= hinge.delta_high { (low, high) } else { (high, low) };
    let end = Style { colour: Paint::Ink, ..NOTE };
    let text = |text: &str| fonts.drawable(text);
    let baseline = y + end.size * 0.36;
    [
        Label::new(fonts, at(x_of(frame, from) - GAP, baseline), Anchor::End, &text(&at_left), end),
        Label::new(fonts, at(x_of(frame, to) + GAP, baseline), Anchor::Start, &text(&at_right), end),
    ]
}

/// An input's name with what it is counted in where there is room for it, on two lines where it needs them and they fit.
fn write_name(scene: &mut Scene, fonts: Fonts, hinge: &Hinge, y: f64, pitch: f64) {
    let style = Style { size: 27.0, rim: false, ..STRONG };
    let wrapped = |text: &str| {
        let text = fonts.drawable(&side::one_line(text));
        fonts.wrap_evenly(&text, style.size, style.weight, NAMES - 20.0)
    };
    let most = if pitch >= 2.0 * style.size * LEADING { 2 } else { 1 };
    let mut lines = wrapped(&hinge.row());
    if lines.len() > most {
        lines = wrapped(&words::capital(&hinge.label));
    }
    if lines.len() > most {
        let rest = lines[most - 1..].join(" ");
        lines.truncate(most - 1);
        lines.push(fonts.fit(&rest, style.size, style.weight, NAMES - 20.0));
    }
    write_lines(scene, &lines.into_iter().map(|l| (l, style)).collect::<Vec<_>>(), MARGIN, y);
}

fn write_flip(scene: &mut Scene, fonts: Fonts, hinge: &Hinge, y: f64) {
    let strong = Style { size: 25.0, rim: false, ..STRONG };
    let note = Style { rim: false, ..NOTE };
    let first = if hinge.flip.is_some() { strong } else { note };
    let [text, odds] = words::beside(hinge);
    let fit = |text: &str, style: Style| fonts.fit(&fonts.drawable(text), style.size, style.weight, FLIPS - 12.0);
    let mut lines = vec![(fit(&text, first), first)];
    if !odds.is_empty() {
        lines.push((fit(&odds, note), note));
    }
    write_lines(scene, &lines, WIDTH - MARGIN - FLIPS + 12.0, y);
}

/// Writes lines of text about a height.
fn write_lines(scene: &mut Scene, lines: &[(String, Style)], left: f64, middle: f64) {
    let step = |style: Style| style.size * LEADING;
    let height: f64 = lines.iter().map(|(_, style)| step(*style)).sum();
    let mut y = middle - height / 2.0;
    for (text, style) in lines {
        scene.write(at(left, y + style.size * 0.98), Anchor::Start, text, *style);
        y += step(*style);
    }
}
