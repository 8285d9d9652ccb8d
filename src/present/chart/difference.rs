//! The lead chart: what an option has cost so far, less what the baseline has, future by future.
//!
//! It leads because both live the same futures: two cumulative bands that overlap look like a toss-up where the
//! difference within each future is clear.

use super::frame::{Frame, limits};
use super::place::{Block, Placed, Room, spread};
use super::{CHEAPER_TEXT, DEARER_TEXT, HEIGHT, INK, LEADING, MARGIN, NOTE, PAPER, QUIET, SIDE, SOURCE, STRONG};
use super::{SUBTITLE, TICK, TITLE, WIDTH, line};
use super::{axis, band};
use crate::present::finding::paid;
use crate::present::font::{drawable, fit, wrap, wrap_evenly};
use crate::present::number::{around, beside, has_spread, in_futures, span, third};
use crate::present::page::hole_sizes;
use crate::present::scene::{Anchor, Area, Colour, Point, Scene, Shape, Stroke, Style, at};
use crate::present::{Made, finding, side};
use crate::study::verdict::Verdict;
use crate::summary::{Crossover, Lens, Probability, Quantile, Spread, Summary, When};

/// Where the plot ends below, pixels from the top; higher where months are named under it as well as years.
const FLOOR: f64 = 936.0;
const FLOOR_OVER_MONTHS: f64 = 898.0;
/// From the plot to the labels at its right, pixels.
const GUTTER: f64 = 26.0;
/// Longest name beside or in the plot, characters.
const SHORT: usize = 18;
/// Another option's line is drawn only if its label stays this near to the line's end, pixels.
const NEAR: f64 = 46.0;
/// And only if it does not stretch the scale by more than this.
const STRETCH: f64 = 1.25;

/// Draws the leading option against the baseline, and the others' middle futures where they stay apart. The run must
/// have sketched all amounts ([`crate::sim::Quantiles::All`]).
///
/// # Panics
/// If the headline's differences or its deepest hole have no quantiles.
#[must_use]
pub fn draw(summary: &Summary, verdict: &Verdict, made: Made) -> Scene {
    let mut scene = Scene::new(WIDTH, HEIGHT, PAPER);
    scene.alternative = finding::title(summary, verdict);
    let top = write_head(&mut scene, summary, verdict);
    let leader = summary.headline(verdict.leader.option, Lens::Tco);
    let all: Vec<usize> = verdict.others.iter().map(|o| o.option).collect();
    let (frame, ends) = [all.as_slice(), &[]]
        .into_iter()
        .find_map(|others| lay_out(summary, verdict.leader.option, others, top))
        .expect("without other options the labels always fit");

    axis::draw_amounts(&mut scene, &frame);
    axis::draw_months(&mut scene, &frame, summary.start);
    let series = |p: f64| leader.delta.iter().map(|s| s.at(p)).collect::<Vec<f64>>();
    band::draw(&mut scene, &frame, &series(0.05), &series(0.95), 0.17);
    band::draw(&mut scene, &frame, &series(0.25), &series(0.75), 0.27);
    axis::draw_zero(&mut scene, &frame);
    for end in &ends {
        draw_path(&mut scene, &frame, end);
    }
    annotate(&mut scene, &frame, summary, verdict.leader.option);
    for end in &ends {
        write_end(&mut scene, &frame, end);
    }
    write_notes(&mut scene, summary, verdict, ends.iter().filter(|e| !e.path.is_empty()).count() > 1);
    let source = fit(&finding::source(summary, made), SOURCE.size, SOURCE.weight, WIDTH - 2.0 * MARGIN);
    scene.write(at(MARGIN, HEIGHT - 34.0), Anchor::Start, &source, SOURCE);
    scene
}

/// Title and subtitle; returns where the plot may begin.
fn write_head(scene: &mut Scene, summary: &Summary, verdict: &Verdict) -> f64 {
    let width = WIDTH - 2.0 * MARGIN;
    let mut y = 36.0;
    let mut paragraph = |lines: Vec<String>, style: Style| {
        for text in lines {
            y += style.size * LEADING;
            scene.write(at(MARGIN, y), Anchor::Start, &text, style);
        }
        y
    };
    let title = drawable(&finding::title(summary, verdict));
    paragraph(wrap_evenly(&title, TITLE.size, TITLE.weight, width), TITLE);
    paragraph(vec![String::new()], Style { size: 12.0, ..SUBTITLE });
    let below = finding::subtitle(summary, verdict.leader.option)
        .iter()
        .flat_map(|text| wrap(&drawable(text), SUBTITLE.size, SUBTITLE.weight, width))
        .collect();
    paragraph(below, SUBTITLE) + 30.0
}

/// What the picture does not show: options without a line, and a move that is not finished.
fn write_notes(scene: &mut Scene, summary: &Summary, verdict: &Verdict, has_others: bool) {
    let width = WIDTH - 2.0 * MARGIN;
    let mut notes: Vec<String> = finding::unfinished(summary, verdict).into_iter().collect();
    if !has_others {
        notes.extend(finding::also_compared(summary, verdict));
    }
    let text = fit(&drawable(&notes.join(" ")), SOURCE.size, SOURCE.weight, width);
    if !text.is_empty() {
        scene.write(at(MARGIN, HEIGHT - 62.0), Anchor::Start, &text, Style { colour: INK, ..SOURCE });
    }
}

/// A line that ends at the right edge with words beside it.
struct End {
    /// The line by month; empty for an edge of the band.
    path: Vec<f64>,
    stroke: Stroke,
    dollars: f64,
    block: Block,
    /// Top of the block, pixels.
    top: f64,
}

/// The frame and what is written at its right, or nothing where the other options would crowd it.
fn lay_out(summary: &Summary, leader: usize, others: &[usize], top: f64) -> Option<(Frame, Vec<End>)> {
    let delta = |i: usize| &summary.headline(i, Lens::Tco).delta;
    let mut ends = own_ends(summary, leader);
    ends.extend(others.iter().map(|i| other_end(summary, *i)));
    let bare = reach(delta(leader), &[]);
    let whole = reach(delta(leader), &ends);
    if whole.1 - whole.0 > STRETCH * (bare.1 - bare.0) {
        return None;
    }
    let (lowest, highest) = limits(whole.0, whole.1);
    let amounts = axis::amount_labels(&axis::amounts(lowest, highest));
    let left = MARGIN + axis::widest(&amounts, TICK) + 18.0;
    let right = WIDTH - MARGIN - GUTTER - ends.iter().map(|e| e.block.width()).fold(0.0, f64::max);
    let bottom = if axis::names_months(summary.months) { FLOOR_OVER_MONTHS } else { FLOOR };
    let plot = Area { left, top, right, bottom };
    let frame = Frame { plot, months: summary.months, lowest, highest };
    let wanted: Vec<(f64, f64)> =
        ends.iter().map(|e| (frame.y(e.dollars) - e.block.height() / 2.0, e.block.height())).collect();
    let tops = spread(&wanted, top - 10.0, bottom + 20.0);
    let is_near = tops.iter().zip(&wanted).all(|(t, (w, _))| (t - w).abs() <= NEAR);
    for (end, top) in ends.iter_mut().zip(tops) {
        end.top = top;
    }
    (is_near || others.is_empty()).then_some((frame, ends))
}

/// The least and the largest amount that is drawn.
fn reach(delta: &[Spread], ends: &[End]) -> (f64, f64) {
    let lows = delta.iter().map(|s| s.at(0.05));
    let highs = delta.iter().map(|s| s.at(0.95));
    let lines = ends.iter().flat_map(|e| e.path.iter().copied());
    lows.chain(highs).chain(lines).fold((0.0, 0.0), |(low, high): (f64, f64), v| (low.min(v), high.max(v)))
}

/// The middle future and the band's two edges.
fn own_ends(summary: &Summary, leader: usize) -> Vec<End> {
    let delta = &summary.headline(leader, Lens::Tco).delta;
    let last = delta.last().expect("a series has month 0");
    let name = side::cut(&side::name(summary, leader), SHORT);
    let middle = quantile(last, 0.5);
    let strong = Style { colour: side_colour(middle.value), ..STRONG };
    let edge = |p: f64, than: &str| {
        let q = quantile(last, p);
        let lines = vec![(format!("1 in 20 {than}"), NOTE), (beside(q.value, error(&q)), NOTE)];
        End { path: Vec::new(), stroke: line(QUIET, 1.5), dollars: q.value, block: Block::new(lines), top: 0.0 }
    };
    let lines = vec![
        (format!("Middle future: {name}"), Style { colour: INK, ..NOTE }),
        (beside(middle.value, error(&middle)), strong),
    ];
    let path: Vec<f64> = delta.iter().map(|s| s.at(0.5)).collect();
    let own = End { path, stroke: line(INK, 5.0), dollars: middle.value, block: Block::new(lines), top: 0.0 };
    let mut ends = vec![edge(0.95, "ends worse than"), own, edge(0.05, "ends better than")];
    // An edge on the middle itself has nothing of its own to say.
    let differs = |dollars: f64| has_spread(dollars.min(middle.value), dollars.max(middle.value));
    ends.retain(|e| !e.path.is_empty() || differs(e.dollars));
    ends
}

/// Another option's middle future.
fn other_end(summary: &Summary, option: usize) -> End {
    let delta = &summary.headline(option, Lens::Tco).delta;
    let middle = quantile(delta.last().expect("a series has month 0"), 0.5);
    let ends = if finding::never_left(summary, option) {
        "nobody leaves".to_owned()
    } else {
        beside(middle.value, error(&middle))
    };
    let lines = vec![(side::cut(&side::name(summary, option), SHORT + 4), NOTE), (ends, NOTE)];
    let stroke = Stroke { colour: QUIET, width: 2.5, dash: Some((10.0, 7.0)) };
    let path = delta.iter().map(|s| s.at(0.5)).collect();
    End { path, stroke, dollars: middle.value, block: Block::new(lines), top: 0.0 }
}

fn draw_path(scene: &mut Scene, frame: &Frame, end: &End) {
    if !end.path.is_empty() {
        let points = end.path.iter().enumerate().map(|(m, d)| at(frame.x(m as f64), frame.y(*d))).collect();
        scene.add(Shape::Line { points, stroke: end.stroke });
    }
}

/// Words at the right edge, with a hair's line to what they belong to where they had to move.
fn write_end(scene: &mut Scene, frame: &Frame, end: &End) {
    let corner = at(frame.plot.right + GUTTER, end.top);
    let (from, to) = (frame.y(end.dollars), end.top + end.block.height() / 2.0);
    let points = vec![at(frame.plot.right + 4.0, from), at(frame.plot.right + GUTTER - 7.0, to)];
    scene.add(Shape::Line { points, stroke: line(QUIET, 1.5) });
    for label in end.block.labels(corner, Anchor::Start) {
        scene.add(Shape::Text(label));
    }
}

/// Marks the deepest hole and the break-even, and names the sides of zero.
fn annotate(scene: &mut Scene, frame: &Frame, summary: &Summary, leader: usize) {
    let crossover = summary.headline(leader, Lens::Tco);
    let edges = crossover.delta.iter().enumerate();
    let band = edges.map(|(m, s)| (frame.x(m as f64), frame.y(s.at(0.95)), frame.y(s.at(0.05)))).collect();
    let mut room = Room::new(frame.plot, band);
    let zero = frame.y(0.0);
    room.keep_off(Area { left: frame.plot.left, top: zero - 2.0, right: frame.plot.right, bottom: zero + 2.0 });
    mark_hole(scene, frame, &mut room, summary, crossover);
    mark_break_even(scene, frame, &mut room, summary, crossover);
    name_sides(scene, frame, &mut room, &side::cut(&side::name(summary, leader), SHORT));
}

fn mark_hole(scene: &mut Scene, frame: &Frame, room: &mut Room, summary: &Summary, crossover: &Crossover) {
    let Some(months) = crossover.deepest_hole_month else { return };
    let months = months.map(|q| q.at);
    let at_month = months[1];
    let [size, worse] = hole_sizes(crossover);
    if size == "$0" {
        return;
    }
    let middle = crossover.delta[at_month as usize].at(0.5);
    let point = at(frame.x(f64::from(at_month)), frame.y(middle));
    let as_paid = finding::as_paid(summary);
    let finding = if at_month == summary.months {
        format!("Still deepening at the end{as_paid}: {size}")
    } else {
        format!("Deepest hole{as_paid}: {size}, {}", around(summary.start, months))
    };
    let mut lines = vec![(finding, STRONG)];
    if size != worse {
        lines.push((format!("1 in 10: deeper than {worse}"), NOTE));
    }
    point_out(scene, room, point, &Block::new(lines), &[Anchor::Start, Anchor::End]);
}

fn mark_break_even(scene: &mut Scene, frame: &Frame, room: &mut Room, summary: &Summary, crossover: &Crossover) {
    let zero = frame.y(0.0);
    match crossover.break_even[1].at {
        When::Month(m) => {
            let lines = vec![
                (format!("Paid back by {}", third(summary.start, m)), STRONG),
                ("in half of all futures, for good".to_owned(), NOTE),
            ];
            point_out(scene, room, at(frame.x(f64::from(m)), zero), &Block::new(lines), &[Anchor::End, Anchor::Start]);
        }
        When::Never => {
            let stayed = crossover.outcomes.did_not_leave;
            let (what, share) = if stayed.value() >= 0.5 {
                ("Left", Probability { count: stayed.of - stayed.count, of: stayed.of })
            } else {
                ("Paid back", paid(crossover))
            };
            let lines = vec![
                (format!("{what} in {}", in_futures(share)), STRONG),
                (format!("within {}", span(summary.months)), NOTE),
            ];
            let block = Block::new(lines);
            if let Some(placed) = room.near(at(frame.plot.right, zero), &block) {
                write_block(scene, &block, &placed);
            }
        }
        When::FromStart => {}
    }
}

/// A dot, and words beside a vertical line from it.
fn point_out(scene: &mut Scene, room: &mut Room, point: Point, block: &Block, sides: &[Anchor]) {
    if let Some(placed) = room.beside(point, block, sides) {
        let far = if placed.area.bottom < point.y { placed.area.top + 8.0 } else { placed.area.bottom - 4.0 };
        scene.add(Shape::Line { points: vec![point, at(point.x, far)], stroke: line(INK, 2.0) });
        write_block(scene, block, &placed);
    }
    scene.add(Shape::Dot { centre: point, radius: 10.0, fill: PAPER, rim: line(INK, 4.5) });
}

fn write_block(scene: &mut Scene, block: &Block, placed: &Placed) {
    for label in block.labels(placed.corner, placed.anchor) {
        scene.add(Shape::Text(label));
    }
}

fn name_sides(scene: &mut Scene, frame: &Frame, room: &mut Room, name: &str) {
    let zero = frame.y(0.0);
    let lowest = frame.plot.bottom - SIDE.size * LEADING - 12.0;
    let sides =
        [("↑", "dearer", DEARER_TEXT, (frame.plot.top + 8.0, zero)), ("↓", "cheaper", CHEAPER_TEXT, (lowest, zero))];
    for (arrow, word, colour, rows) in sides {
        // Where the name does not fit, the title has said whose cost it is.
        let texts = [format!("{arrow} {name} {word} so far"), format!("{arrow} {word} so far")];
        let mut blocks = texts.map(|text| Block::new(vec![(text, Style { colour, ..SIDE })])).into_iter();
        let found = blocks.find_map(|block| room.along(rows, &block).map(|placed| (block, placed)));
        if let Some((block, placed)) = found {
            write_block(scene, &block, &placed);
        }
    }
}

fn side_colour(difference: f64) -> Colour {
    match difference {
        0.0 => INK,
        d if d < 0.0 => CHEAPER_TEXT,
        _ => DEARER_TEXT,
    }
}

fn quantile(spread: &Spread, p: f64) -> Quantile {
    let found = spread.quantiles.iter().find(|q| q.p == p);
    *found.expect("the difference of the headline keeps all quantiles")
}

/// A standard error's worth of a quantile's interval.
fn error(q: &Quantile) -> f64 {
    (q.high - q.low) / (2.0 * crate::summary::Z95)
}
