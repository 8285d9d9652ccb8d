//! The lead chart: what an option has cost so far, less what the baseline has, future by future.
//!
//! It leads because both live the same futures: two cumulative bands that overlap look like a toss-up where the
//! difference within each future is clear.

use super::ends::{self, End, GUTTER, Names};
use super::frame::{Frame, limits};
use super::place::{Block, Room, point_out, write_block};
use super::{LEADING, MARGIN, NOTE, SIDE, STRONG, TICK, WIDTH, line};
use super::{axis, band, head};
use crate::present::finding::paid;
use crate::present::font::Fonts;
use crate::present::look::{Look, Paint};
use crate::present::number::{HALF_A_CENT, has_spread, in_futures, month, span, third};
use crate::present::scene::{Anchor, Area, Scene, Style, at};
use crate::present::{Made, finding, side};
use crate::study::verdict::Verdict;
use crate::summary::{Crossover, Lens, Probability, Quantile, Spread, Summary, When};
use crate::units::Currency;

/// Longest name beside or in the plot, characters.
const SHORT: usize = 18;
/// Another option's line is drawn only if it does not stretch the scale by more than this.
const STRETCH: f64 = 1.25;

/// Draws the leading option against the baseline, the tuned platform's middle future, and the others' where they stay
/// apart. The run must have sketched all amounts ([`crate::sim::Quantiles::All`]).
///
/// # Panics
/// If the headline's differences or its deepest hole have no quantiles.
#[must_use]
pub fn draw(summary: &Summary, verdict: &Verdict, made: Made, look: Look) -> Scene {
    let drawn = finding::subtitle(summary, verdict.leader.option);
    let (mut scene, top) = head::begin(look, &finding::title(summary, verdict), &drawn);
    let leader = summary.headline(verdict.leader.option, Lens::Tco);
    let all: Vec<usize> = verdict.others.iter().map(|o| o.option).collect();
    let tuned = finding::tuned(verdict);
    let (others, (frame, ends)) = ends::attempts(&all, tuned)
        .into_iter()
        .find_map(|(others, names)| {
            let laid = lay_out(look.fonts, summary, (verdict.leader.option, tuned), (&others, names), top)?;
            Some((others, laid))
        })
        .expect("with the tuned platform in the note the labels always fit");

    axis::draw_amounts(&mut scene, &frame);
    axis::draw_months(&mut scene, &frame, summary.start);
    let series = |p: f64| leader.delta.iter().map(|s| s.at(p)).collect::<Vec<f64>>();
    band::draw(&mut scene, &frame, &series(0.05), &series(0.95), 0.17);
    band::draw(&mut scene, &frame, &series(0.25), &series(0.75), 0.27);
    axis::draw_zero(&mut scene, &frame);
    for end in &ends {
        end.draw(&mut scene, &frame);
    }
    annotate(&mut scene, &frame, summary, verdict.leader.option, &ends);
    for end in &ends {
        end.write(&mut scene, &frame, frame.plot.right);
        end.draw_average(&mut scene, &frame);
    }
    let notes = notes(summary, verdict, &others);
    head::end(&mut scene, ends::legend(&ends).as_ref(), &notes, &finding::source(summary, made));
    scene
}

/// What the picture does not show: a move that is not finished, what the page says instead, options without a line.
fn notes(summary: &Summary, verdict: &Verdict, drawn: &[usize]) -> Vec<String> {
    let unfinished = finding::unfinished(summary, verdict);
    // What bridges to the page comes first: a note for which there is no room is left out.
    [finding::BRIDGE.to_owned()]
        .into_iter()
        .chain(unfinished)
        .chain(finding::also_compared(summary, verdict, drawn))
        .chain([finding::HOLE.to_owned()])
        .collect()
}

/// The frame and what is written at its right, or nothing where the other options would crowd it.
fn lay_out(
    fonts: Fonts,
    summary: &Summary,
    (leader, tuned): (usize, Option<usize>),
    (others, names): (&[usize], Names),
    top: f64,
) -> Option<(Frame, Vec<End>)> {
    let delta = &summary.headline(leader, Lens::Tco).delta;
    let mut ends = own_ends(fonts, summary, leader);
    let own = ends.len();
    ends.extend(others.iter().map(|i| {
        let is_tuned = Some(*i) == tuned;
        End { is_named: names != Names::InNote, ..other_end(fonts, summary, *i, is_tuned) }
    }));
    let always = ends.iter().take(own).chain(tuned.and_then(|_| ends.get(own)));
    let bare = reach(delta, always);
    let whole = reach(delta, ends.iter());
    if whole.1 - whole.0 > STRETCH * (bare.1 - bare.0) {
        return None;
    }
    let (lowest, highest) = limits(whole.0, whole.1);
    let amounts = axis::amount_labels(summary.currency, &axis::amounts(lowest, highest));
    let left = MARGIN + axis::widest(fonts, &amounts, TICK) + 18.0;
    let right = WIDTH - MARGIN - GUTTER - ends::widest(&ends);
    let plot = Area { left, top, right, bottom: axis::floor(summary.months) };
    let frame = Frame { plot, months: summary.months, currency: summary.currency, lowest, highest };
    ends::settle(&mut ends, &frame, names).then_some((frame, ends))
}

/// The least and the largest amount of the band and of some lines with their averages.
fn reach<'a>(delta: &[Spread], ends: impl Iterator<Item = &'a End>) -> (f64, f64) {
    let lows = delta.iter().map(|s| s.at(0.05));
    let highs = delta.iter().map(|s| s.at(0.95));
    let lines = ends.flat_map(|end| end.path.iter().map(|(_, v)| *v).chain(end.average));
    lows.chain(highs).chain(lines).fold((0.0, 0.0), |(low, high): (f64, f64), v| (low.min(v), high.max(v)))
}

/// The middle future and the band's two edges.
fn own_ends(fonts: Fonts, summary: &Summary, leader: usize) -> Vec<End> {
    let delta = &summary.headline(leader, Lens::Tco).delta;
    let last = delta.last().expect("a series has month 0");
    let name = side::cut(&side::name(summary, leader), SHORT);
    let middle = quantile(last, 0.5);
    let strong = Style { colour: side_colour(middle.value), ..STRONG };
    let edge = |p: f64, than: &str| {
        let q = quantile(last, p);
        let lines = vec![(format!("1 in 20 {than}"), NOTE), (summary.currency.beside(q.value, error(&q)), NOTE)];
        End::new(Vec::new(), line(Paint::Quiet, 1.5), q.value, Block::new(fonts, lines))
    };
    let lines = vec![
        (format!("Middle future: {name}"), Style { colour: Paint::Ink, ..NOTE }),
        (summary.currency.beside(middle.value, error(&middle)), strong),
        average_of(summary.currency, last),
    ];
    let own = End::new(middles(delta), line(Paint::Ink, 5.0), middle.value, Block::new(fonts, lines));
    let own = End { average: Some(last.mean.value), ..own };
    let mut ends = vec![edge(0.95, "ends worse than"), own, edge(0.05, "ends better than")];
    // An edge on the middle itself has nothing of its own to say.
    let differs = |dollars: f64| has_spread(dollars.min(middle.value), dollars.max(middle.value));
    ends.retain(|e| !e.path.is_empty() || differs(e.value));
    ends
}

/// Another option's middle future; the tuned platform's in a colour of its own.
fn other_end(fonts: Fonts, summary: &Summary, option: usize, is_tuned: bool) -> End {
    let delta = &summary.headline(option, Lens::Tco).delta;
    let last = delta.last().expect("a series has month 0");
    let middle = quantile(last, 0.5);
    let leaves = !finding::never_left(summary, option);
    let where_to = if leaves {
        vec![
            (format!("Middle future: {}", summary.currency.beside(middle.value, error(&middle))), NOTE),
            average_of(summary.currency, last),
        ]
    } else {
        vec![("nobody leaves".to_owned(), NOTE)]
    };
    let (stroke, style) = if is_tuned {
        (ends::tuned(ends::TUNED), Style { colour: Paint::SeriesText(ends::TUNED), weight: STRONG.weight, ..NOTE })
    } else {
        (ends::OTHER, NOTE)
    };
    let mut lines = vec![(side::cut(&side::name(summary, option), SHORT + 4), style)];
    lines.extend(where_to);
    let end = End::new(middles(delta), stroke, middle.value, Block::new(fonts, lines));
    End { average: leaves.then_some(last.mean.value), ..end }
}

/// What the diamond at a line's end stands for, as the page has it.
fn average_of(currency: Currency, last: &Spread) -> (String, Style) {
    (format!("Average: {}", currency.beside(last.mean.value, last.mean.se)), NOTE)
}

/// The middle future by month.
fn middles(delta: &[Spread]) -> Vec<(f64, f64)> {
    delta.iter().enumerate().map(|(m, s)| (m as f64, s.at(0.5))).collect()
}

/// Marks the deepest hole and the break-even, and names the sides of zero.
fn annotate(scene: &mut Scene, frame: &Frame, summary: &Summary, leader: usize, ends: &[End]) {
    let crossover = summary.headline(leader, Lens::Tco);
    let edges = crossover.delta.iter().enumerate();
    let band = edges.map(|(m, s)| (frame.x(m as f64), frame.y(s.at(0.95)), frame.y(s.at(0.05)))).collect();
    let mut room = Room::new(frame.plot, band);
    let zero = frame.y(0.0);
    room.keep_off(Area { left: frame.plot.left, top: zero - 2.0, right: frame.plot.right, bottom: zero + 2.0 });
    for end in ends {
        room.avoid_curve(&end.points(frame));
    }
    mark_hole(scene, frame, &mut room, summary, crossover);
    // Where another option is drawn too, the words say whose.
    let is_alone = ends.iter().filter(|e| !e.path.is_empty()).count() == 1;
    let whose = (!is_alone).then(|| side::cut(&side::name(summary, leader), SHORT));
    mark_break_even(scene, frame, &mut room, summary, crossover, whose.as_deref());
    name_sides(scene, frame, &mut room, &side::cut(&side::name(summary, leader), SHORT));
}

/// Marks where the line is highest: how much dearer, and what 1 future in 20 is above then.
fn mark_hole(scene: &mut Scene, frame: &Frame, room: &mut Room, summary: &Summary, crossover: &Crossover) {
    let by_month = crossover.delta.iter().enumerate();
    let Some((place, highest)) = by_month.max_by(|a, b| a.1.at(0.5).total_cmp(&b.1.at(0.5)).then(b.0.cmp(&a.0))) else {
        return;
    };
    let (middle, edge) = (quantile(highest, 0.5), quantile(highest, 0.95));
    if middle.value < HALF_A_CENT {
        return;
    }
    let point = at(frame.x(place as f64), frame.y(middle.value));
    if place as u32 == summary.months {
        // How much it is stands at the line's end.
        let block = Block::new(scene.look.fonts, vec![("Still deepening at the end".to_owned(), STRONG)]);
        if let Some(placed) = room.near(point, &block) {
            write_block(scene, &block, &placed);
        }
        return;
    }
    let [size, worse] = [middle, edge].map(|q| summary.currency.money(q.value, error(&q)));
    let mut lines = vec![(format!("Line deepest: {size} dearer, {}", month(summary.start, place as u32)), STRONG)];
    if size != worse {
        lines.push((format!("1 in 20 then: more than {worse} dearer"), NOTE));
    }
    point_out(scene, room, point, &Block::new(scene.look.fonts, lines), &[Anchor::Start, Anchor::End]);
}

fn mark_break_even(
    scene: &mut Scene,
    frame: &Frame,
    room: &mut Room,
    summary: &Summary,
    crossover: &Crossover,
    whose: Option<&str>,
) {
    let zero = frame.y(0.0);
    let paid_back = whose.map_or_else(|| "Paid back".to_owned(), |name| format!("{name} paid back"));
    match crossover.break_even[1].at {
        When::Month(m) => {
            let lines = vec![
                (format!("{paid_back} by {}", third(summary.start, m)), STRONG),
                ("in half of all futures, for good".to_owned(), NOTE),
            ];
            let block = Block::new(scene.look.fonts, lines);
            point_out(scene, room, at(frame.x(f64::from(m)), zero), &block, &[Anchor::End, Anchor::Start]);
        }
        When::Never => {
            let stayed = crossover.outcomes.did_not_leave;
            let (what, share) = if stayed.value() >= 0.5 {
                ("Left".to_owned(), Probability { count: stayed.of - stayed.count, of: stayed.of })
            } else {
                (paid_back, paid(crossover))
            };
            let lines = vec![
                (format!("{what} in {}", in_futures(share)), STRONG),
                (format!("within {}", span(summary.months)), NOTE),
            ];
            let block = Block::new(scene.look.fonts, lines);
            if let Some(placed) = room.near(at(frame.plot.right, zero), &block) {
                write_block(scene, &block, &placed);
            }
        }
        When::FromStart => {}
    }
}

fn name_sides(scene: &mut Scene, frame: &Frame, room: &mut Room, name: &str) {
    let (fonts, zero) = (scene.look.fonts, frame.y(0.0));
    let lowest = frame.plot.bottom - SIDE.size * LEADING - 12.0;
    let sides = [
        ("↑", "dearer", Paint::DearerText, (frame.plot.top + 8.0, zero)),
        ("↓", "cheaper", Paint::CheaperText, (lowest, zero)),
    ];
    for (arrow, word, colour, rows) in sides {
        // Where the name does not fit, the title has said whose cost it is.
        let texts = [format!("{arrow} {name} {word} so far"), format!("{arrow} {word} so far")];
        let mut blocks = texts.map(|text| Block::new(fonts, vec![(text, Style { colour, ..SIDE })])).into_iter();
        let found = blocks.find_map(|block| room.along(rows, &block).map(|placed| (block, placed)));
        if let Some((block, placed)) = found {
            write_block(scene, &block, &placed);
        }
    }
}

fn side_colour(difference: f64) -> Paint {
    match difference {
        0.0 => Paint::Ink,
        d if d < 0.0 => Paint::CheaperText,
        _ => Paint::DearerText,
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
