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
/// Sizes of an input's name, the first that fits into its row, pixels.
const NAME_SIZES: [f64; 4] = [27.0, 25.0, 22.0, 19.0];
/// Where those words begin, pixels.
const FLIPS_LEFT: f64 = WIDTH - MARGIN - FLIPS + 12.0;
/// Between the words at a bar's end and the line at zero at least, pixels.
const CLEAR: f64 = 14.0;
/// From a bar's end to its words, pixels.
const GAP: f64 = 12.0;
/// Between the words at a bar's end and the columns, pixels.
const AIR: f64 = 24.0;
/// By how much the plot is narrowed until the words at the bars' ends have room, pixels.
const STEP: f64 = 4.0;
/// Least width of the plot, pixels.
const LEAST: f64 = 200.0;
/// The names of the sides, and what stands over the words beside the bars.
const HEAD: Style = Style { size: 26.0, ..STRONG };
/// Highest row and highest bar, pixels.
const ROW: f64 = 112.0;
const BAR: f64 = 46.0;

/// Draws the inputs that move the difference most; nothing where there are none.
#[must_use]
pub fn draw(summary: &Summary, verdict: &Verdict, hinges: &[Hinge], made: Made, look: Look) -> Option<Scene> {
    let mut shown: Vec<Hinge> = hinges.iter().filter(|hinge| hinge.is_seen()).cloned().collect();
    // What the page names is among them.
    shown.truncate(MOST);
    shown.sort_by(|a, b| b.swing().total_cmp(&a.swing()));
    if shown.is_empty() {
        return None;
    }
    let finding = words::title(summary, verdict, &shown);
    let (mut scene, top) = head::begin(look, &finding, &words::subtitle(summary, verdict));
    let heading = words::heading(&shown);
    let heads = heading_lines(look.fonts, &heading);
    let more = heads.len().saturating_sub(1) as f64 * HEAD.size * LEADING;
    let frame = frame(look.fonts, summary.currency, &shown, top + 44.0 + more);
    let pitch = ((frame.plot.bottom - frame.plot.top) / shown.len() as f64).min(ROW);
    let middle = |nth: usize| frame.plot.top + pitch * (nth as f64 + 0.5);
    let ends: Vec<[End; 2]> = shown.iter().map(|hinge| ends_of(look.fonts, &frame, hinge)).collect();
    let labels = |nth: usize| ends[nth].each_ref().map(|end| end.label(look.fonts, middle(nth)));
    let areas: Vec<Area> = (0..shown.len()).flat_map(|nth| labels(nth).map(|label| label.area())).collect();
    draw_scale(&mut scene, &frame, &areas);
    let name = side::name(summary, verdict.leader.option);
    write_heads(&mut scene, &frame, &name, &heads);
    for (nth, hinge) in shown.iter().enumerate() {
        draw_row(&mut scene, &frame, hinge, middle(nth), pitch);
        write_flip(&mut scene, hinge, &heading, (middle(nth), pitch));
        labels(nth).into_iter().for_each(|label| scene.add(Shape::Text(label)));
    }
    let mut notes: Vec<Vec<String>> = vec![finding::unfinished(summary, verdict).into_iter().collect()];
    if hinges.len() > shown.len() {
        let rest = "Figures that move the difference less, or no more than chance does, are in summary.json.";
        notes.push(vec![rest.to_owned()]);
    }
    notes.insert(0, vec![words::bridge(summary).to_owned()]);
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
    while frame.plot.right - frame.plot.left > LEAST {
        let ends = || shown.iter().flat_map(|hinge| ends_of(fonts, &frame, hinge));
        let left = ends().any(|end| end.left() < leftmost);
        let right = ends().any(|end| end.right() > rightmost - AIR);
        if !left && !right {
            break;
        }
        frame.plot.left += if left { STEP } else { 0.0 };
        frame.plot.right -= if right { STEP } else { 0.0 };
    }
    frame
}

/// The words at a bar's end, and where they stand.
struct End {
    text: String,
    width: f64,
    x: f64,
    anchor: Anchor,
    colour: Paint,
}

impl End {
    fn left(&self) -> f64 {
        if self.anchor == Anchor::Start { self.x } else { self.x - self.width }
    }

    fn right(&self) -> f64 {
        self.left() + self.width
    }

    fn label(&self, fonts: Fonts, y: f64) -> Label {
        let style = Style { colour: self.colour, rim: self.colour == Paint::Ink, ..NOTE };
        Label::new(fonts, at(self.x, y + style.size * 0.36), self.anchor, &self.text, style)
    }
}

/// The words at a bar's two ends: outside it; those that the line at zero would run through stand in the bar at its end, or
/// beyond the line where the bar is too short for them.
fn ends_of(fonts: Fonts, frame: &Frame, hinge: &Hinge) -> [End; 2] {
    let (from, to) = (hinge.delta_low.min(hinge.delta_high), hinge.delta_low.max(hinge.delta_high));
    let (left, right, zero) = (x_of(frame, from), x_of(frame, to), x_of(frame, 0.0));
    let [low, high] = hinge.ends().map(|text| fonts.drawable(&text));
    let (at_left, at_right) = if hinge.delta_low <= hinge.delta_high { (low, high) } else { (high, low) };
    let end = |text: String, is_left: bool, on_bar: Paint| {
        let width = fonts.measure(&text, NOTE.size, NOTE.weight).width;
        let outside = if is_left { (left - GAP, Anchor::End) } else { (right + GAP, Anchor::Start) };
        let mut end = End { text, width, x: outside.0, anchor: outside.1, colour: Paint::Ink };
        if end.left() < zero + CLEAR && end.right() > zero - CLEAR {
            (end.x, end.anchor, end.colour) = match (width + 2.0 * GAP <= right - left, is_left) {
                (true, true) => (left + GAP, Anchor::Start, on_bar),
                (true, false) => (right - GAP, Anchor::End, on_bar),
                (false, true) => (zero - GAP, Anchor::End, Paint::Ink),
                (false, false) => (zero + GAP, Anchor::Start, Paint::Ink),
            };
        }
        end
    };
    [end(at_left, true, Paint::OnDearer), end(at_right, false, Paint::OnCheaper)]
}

fn x_of(frame: &Frame, dollars: f64) -> f64 {
    let share = (dollars - frame.lowest) / (frame.highest - frame.lowest);
    frame.plot.left + (frame.plot.right - frame.plot.left) * share
}

/// The amounts below, and the line at zero, which is whole; the others leave out the words at the bars' ends.
fn draw_scale(scene: &mut Scene, frame: &Frame, ends: &[Area]) {
    let fonts = scene.look.fonts;
    let (top, bottom) = (frame.plot.top, frame.plot.bottom);
    let width = |text: &str| fonts.measure(text, TICK.size, TICK.weight).width;
    let amounts = axis::amounts(frame.lowest, frame.highest);
    let signed = |amount: f64| match amount {
        0.0 => "same".to_owned(),
        a if a < 0.0 => format!("\u{2212}{}", frame.currency.round_money(a)),
        a => format!("+{}", frame.currency.round_money(a)),
    };
    let widest = amounts.iter().map(|a| width(&signed(*a))).fold(0.0, f64::max);
    let step = amounts.windows(2).next().map_or(1.0, |pair| pair[1] - pair[0]);
    let pixels = x_of(frame, step) - x_of(frame, 0.0);
    // Every so many of them, counted from zero.
    let every = ((widest + 24.0) / pixels).ceil().max(1.0) as i64;
    for amount in amounts.into_iter().filter(|a| ((a / step).round() as i64) % every == 0) {
        let x = x_of(frame, amount);
        let (stroke, words) =
            if amount == 0.0 { (line(Paint::Ink, 3.5), &[][..]) } else { (line(Paint::Grid, 1.5), ends) };
        for (from, to) in free_of(words, x, (top - 8.0, bottom + 6.0)) {
            scene.add(Shape::Line { points: vec![at(x, from), at(x, to)], stroke });
        }
        let text = signed(amount);
        let weight = if amount == 0.0 { STRONG.weight } else { TICK.weight };
        scene.write(at(x, bottom + 14.0 + TICK.size), Anchor::Middle, &text, Style { weight, ..TICK });
    }
}

/// What stands over the words beside the bars, on as many lines as it needs: who wins is never cut.
fn heading_lines(fonts: Fonts, heading: &str) -> Vec<String> {
    let lines = fonts.wrap_evenly(&fonts.drawable(heading), HEAD.size, HEAD.weight, FLIPS - 12.0);
    lines.into_iter().filter(|line| !line.is_empty()).collect()
}

/// The names of the sides of zero, and what the words beside the bars are.
fn write_heads(scene: &mut Scene, frame: &Frame, name: &str, heads: &[String]) {
    let fonts = scene.look.fonts;
    let style = HEAD;
    let y = frame.plot.top - 26.0;
    for (above, text) in heads.iter().rev().enumerate() {
        scene.write(at(FLIPS_LEFT, y - above as f64 * style.size * LEADING), Anchor::Start, text, style);
    }
    let zero = x_of(frame, 0.0);
    let most = if heads.is_empty() { WIDTH - MARGIN } else { FLIPS_LEFT - AIR };
    let sides = [
        (Anchor::End, [format!("← {name} cheaper"), "← cheaper".into(), "←".into()], Paint::CheaperText, zero - MARGIN),
        (Anchor::Start, [format!("{name} dearer →"), "dearer →".into(), "→".into()], Paint::DearerText, most - zero),
    ];
    for (anchor, texts, colour, free) in sides {
        let x = if anchor == Anchor::End { zero - 18.0 } else { zero + 18.0 };
        let fits = |text: &&String| fonts.measure(text, style.size, style.weight).width <= free - 18.0;
        if let Some(text) = texts.iter().find(fits) {
            scene.write(at(x, y), anchor, text, Style { colour, ..style });
        }
    }
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
    if hinge.crosses() {
        let centre = at(x_of(frame, 0.0), y);
        scene.add(Shape::Dot { centre, radius: 9.0, fill: Paint::Paper, rim: line(Paint::Ink, 4.0) });
    }
}

/// The parts of a vertical line that no words stand on, from top to bottom.
fn free_of(words: &[Area], x: f64, (top, bottom): (f64, f64)) -> Vec<(f64, f64)> {
    let mut on: Vec<Area> = words.iter().map(|a| a.grown(3.0)).filter(|a| a.left < x && x < a.right).collect();
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

/// An input's name with what it is counted in where there is room for it, on as many lines as fit into its row, smaller where it
/// needs more.
fn write_name(scene: &mut Scene, fonts: Fonts, hinge: &Hinge, y: f64, pitch: f64) {
    let width = NAMES - 20.0;
    let styles = NAME_SIZES.map(|size| Style { size, rim: false, ..STRONG });
    let most = |style: Style| ((pitch / (style.size * LEADING)) as usize).max(1);
    let wrapped = |text: &str, style: Style| {
        let text = fonts.drawable(&side::one_line(text));
        fonts.wrap_evenly(&text, style.size, style.weight, width)
    };
    let texts = [hinge.row(), words::capital(&hinge.label)];
    // What the ends of the bar say too is left out before anything is smaller.
    let tried = styles.into_iter().flat_map(|style| texts.each_ref().map(|text| (wrapped(text, style), style)));
    let fits = |(lines, style): &(Vec<String>, Style)| lines.len() <= most(*style);
    let (lines, style) = tried.into_iter().find(fits).unwrap_or_else(|| {
        let style = styles[styles.len() - 1];
        let (mut lines, most) = (wrapped(&texts[1], style), most(style));
        let rest = lines[most - 1..].join(" ");
        lines.truncate(most - 1);
        lines.push(fonts.fit(&rest, style.size, style.weight, width));
        (lines, style)
    });
    write_lines(scene, &lines.into_iter().map(|l| (l, style)).collect::<Vec<_>>(), MARGIN, y);
}

/// Where the choice flips and how often that is, in a row of a height about its middle. A value is never cut: where its words
/// need two lines they are smaller.
fn write_flip(scene: &mut Scene, hinge: &Hinge, heading: &str, (y, pitch): (f64, f64)) {
    let fonts = scene.look.fonts;
    let [place, odds] = words::beside(hinge, heading);
    let width = FLIPS - 12.0;
    let of_size = |size: f64| {
        let note = Style { size, rim: false, ..NOTE };
        let first = if hinge.turns() { Style { size, rim: false, ..STRONG } } else { note };
        let place = fonts.wrap(&fonts.drawable(&place), size, first.weight, width);
        let odds = Some(fonts.fit(&fonts.drawable(&odds), size, note.weight, width)).filter(|text| !text.is_empty());
        let lines = place.into_iter().map(|text| (text, first)).chain(odds.map(|text| (text, note)));
        lines.collect::<Vec<_>>()
    };
    let fits = |lines: &Vec<(String, Style)>| lines.iter().map(|(_, style)| style.size * LEADING).sum::<f64>() <= pitch;
    let lines = [25.0, 22.0, 19.0].into_iter().map(of_size).find(fits).unwrap_or_else(|| of_size(16.0));
    write_lines(scene, &lines, FLIPS_LEFT, y);
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
