//! What a month costs, by month: a line for each option, and a band for the leader.

use super::ends::{self, End, Names};
use super::frame::Frame;
use super::place::{Block, Mark, Room, point_out, wrapped};
use super::{MARGIN, NOTE, STRONG, TICK, WIDTH, axis, head, line};
use crate::present::finding::month::Month;
use crate::present::finding::{self, run_rate as words};
use crate::present::font::Fonts;
use crate::present::look::{Look, Paint};
use crate::present::number::{has_spread, month};
use crate::present::scene::{Anchor, Area, Scene, Shape, Stroke, Style, at};
use crate::present::{Made, side};
use crate::study::verdict::Verdict;
use crate::summary::{Spread, Summary};

/// Most options beside baseline and leader.
const MOST_OTHERS: usize = 2;
/// Room over the highest amount, as a share of it: a line's words stand there.
const ABOVE: f64 = 1.14;
/// A band higher than so many times the highest line would make the lines flat; it is cut off there.
const TALLEST_BAND: f64 = 2.0;
/// What is free of lines over the plot for the name of the move, pixels.
const STRIP: f64 = 44.0;
/// What a month costs after the move fills the plot but for so much, unless the move is drawn whole on a scale that is no more
/// than so many times as high.
const ABOVE_STEADY: f64 = 1.35;
const WHOLE: f64 = 1.5;
/// Months after the move that make it worth while.
const A_YEAR: u32 = 12;
/// Lines whose ends are no farther from the mean that stands beside them than such a share of the scale need no mark for it.
const AT_THE_END: f64 = 0.02;
/// Those that are farther off than this have marks though they crowd each other.
const FAR_OFF: f64 = 0.06;
/// Another option is drawn only if it stays below so many times the highest of the two.
const STRETCH: f64 = 1.25;

/// Draws what a month costs.
#[must_use]
pub fn draw(summary: &Summary, verdict: &Verdict, made: Made, look: Look) -> Scene {
    let leader = verdict.leader.option;
    let band = band(monthly(summary, leader));
    let drawn = words::subtitle(summary, verdict, band.is_some());
    let (mut scene, top) = head::begin(look, &words::title(summary, verdict), &drawn);
    let window = words::window_of(summary, leader);
    let tuned = finding::tuned(verdict);
    let needs = |option: usize| highest(summary, &[option], 0) * ABOVE;
    let whole = scale(summary, leader, tuned, band.as_deref(), 0);
    // Where hardly a month comes after the move there is nothing to make room for.
    let after = window.filter(|(_, last)| last + A_YEAR <= summary.months);
    let steady = after.map(|(_, last)| scale(summary, leader, tuned, band.as_deref(), last as usize));
    let steady = steady.map(|steady| steady / ABOVE * ABOVE_STEADY).filter(|steady| whole > WHOLE * steady);
    let top_amount = steady.unwrap_or(whole);
    // Where the move is not drawn whole, another's need not be either.
    let is_low = |option: usize| match steady {
        Some(steady) => monthly(summary, option).last().is_some_and(|s| s.mean.value * ABOVE <= steady),
        None => needs(option) <= STRETCH * top_amount,
    };
    let fits = |option: &usize| Some(*option) == tuned || is_low(*option);
    let all: Vec<usize> = verdict.others.iter().map(|o| o.option).filter(fits).collect();
    let (others, (frame, ends)) = ends::attempts(&all, tuned)
        .into_iter()
        .find_map(|(mut others, names)| {
            others.truncate(MOST_OTHERS);
            let other = others.iter().filter(|o| Some(**o) != tuned).map(|o| needs(*o)).fold(top_amount, f64::max);
            let other = if steady.is_some() { top_amount } else { other };
            let laid = lay_out(look.fonts, summary, verdict, (&others, names), (top + STRIP, other))?;
            Some((others, laid))
        })
        .expect("with the tuned platform in the note the words always fit");

    let shade = window.map(|(first, last)| shade(&mut scene, &frame, first, last));
    let amounts = axis::amounts(0.0, frame.highest);
    let sizes = axis::sizes(summary.currency, &amounts);
    let levels: Vec<(f64, String)> = amounts.into_iter().zip(sizes).collect();
    axis::draw_levels(&mut scene, &frame, &levels, f64::NAN);
    axis::draw_months(&mut scene, &frame, summary.start);
    if let Some(edges) = &band {
        draw_band(&mut scene, &frame, edges);
    }
    // The baseline's dashes last: where both cost the same, both are seen.
    for place in [2, 3, 0, 1] {
        if let Some(end) = ends.get(place) {
            end.draw(&mut scene, &frame);
        }
    }
    annotate(&mut scene, &frame, summary, verdict, &ends, shade.zip(window), band.as_deref());
    ends::write_all(&mut scene, &frame, &ends);
    ends::draw_averages(&mut scene, &frame, &ends);
    let is_marked = ends.iter().any(|end| end.average.is_some());
    let notes = [
        vec![finding::averages_as_paid(summary).to_owned()],
        is_marked.then(|| words::diamonds(summary)).into_iter().collect(),
        finding::also_compared(summary, verdict, &others),
        finding::unfinished(summary, verdict).into_iter().collect(),
    ];
    head::end(&mut scene, ends::legend(&ends).as_ref(), &notes, &finding::source(summary, made));
    scene
}

fn monthly(summary: &Summary, option: usize) -> &[Spread] {
    &summary.options[option].costs[summary.lens() as usize].monthly
}

/// The middle of a month, where what it costs is drawn.
fn middle_of(place: usize) -> f64 {
    place as f64 + 0.5
}

/// Mean cost by month.
fn means(monthly: &[Spread]) -> Vec<(f64, f64)> {
    monthly.iter().enumerate().map(|(m, s)| (middle_of(m), s.mean.value)).collect()
}

/// Month, lower and upper edge of what 8 in 10 futures pay; `None` where they all pay the same.
fn band(monthly: &[Spread]) -> Option<Vec<(f64, f64, f64)>> {
    let edge = |(m, s): (usize, &Spread)| (middle_of(m), s.at(0.1), s.at(0.9));
    let edges: Vec<(f64, f64, f64)> = monthly.iter().enumerate().map(edge).collect();
    edges.iter().any(|(_, low, high)| has_spread(*low, *high)).then_some(edges)
}

/// The highest amount of some options over all months after a month.
fn highest(summary: &Summary, options: &[usize], after: usize) -> f64 {
    let of = |i: &usize| monthly(summary, *i).iter().skip(after).map(|s| s.mean.value);
    options.iter().flat_map(of).fold(0.0, f64::max)
}

/// The upper end of the scale for the lines that are always drawn, as they are after a month; the band may stand out of it.
fn scale(
    summary: &Summary,
    leader: usize,
    tuned: Option<usize>,
    band: Option<&[(f64, f64, f64)]>,
    after: usize,
) -> f64 {
    let others: Vec<usize> = [leader].into_iter().chain(tuned).collect();
    let line = highest(summary, &[summary.baseline], 0).max(highest(summary, &others, after));
    let top = band.unwrap_or_default().iter().skip(after).map(|(_, _, high)| *high).fold(0.0, f64::max);
    let highest = line.max(top.min(TALLEST_BAND * line));
    if highest > 0.0 { highest * ABOVE } else { 1_000.0 }
}

fn lay_out(
    fonts: Fonts,
    summary: &Summary,
    verdict: &Verdict,
    (others, names): (&[usize], Names),
    (top, highest): (f64, f64),
) -> Option<(Frame, Vec<End>)> {
    let (leader, tuned) = (verdict.leader.option, finding::tuned(verdict));
    let end = |option: usize, stroke: Stroke, name_style: Style, amount_style: Style| {
        let mut path = means(monthly(summary, option));
        // A month of credits alone has no place under the axis.
        path.iter_mut().for_each(|(_, v)| *v = v.max(0.0));
        // The words say a year's mean, so they belong where that is; the last month may be a season's peak.
        let level = Month::of(summary, option).total().min(highest);
        let mut lines = wrapped(fonts, &side::name(summary, option), name_style, ends::NAME);
        lines.push((words::in_the_end(summary, verdict, option), amount_style));
        End::new(path, stroke, level, Block::new(fonts, lines))
    };
    let amount = Style { colour: Paint::Ink, ..NOTE };
    let base = Stroke { dash: Some((22.0, 6.0)), ..line(Paint::Ink, 4.5) };
    let mut ends = vec![
        end(leader, line(Paint::Series(0), 6.0), Style { colour: Paint::SeriesText(0), ..STRONG }, amount),
        end(summary.baseline, base, Style { colour: Paint::Ink, ..STRONG }, amount),
    ];
    ends.extend(others.iter().map(|option| {
        let is_named = finding::names_tuned(verdict);
        let other = if Some(*option) == tuned {
            let size = if is_named { STRONG.size } else { NOTE.size };
            let name = Style { colour: Paint::SeriesText(ends::TUNED), size, ..STRONG };
            end(*option, ends::tuned(is_named), name, if is_named { amount } else { NOTE })
        } else {
            end(*option, ends::other(verdict, *option), NOTE, NOTE)
        };
        End { is_named: names != Names::InNote, ..other }
    }));
    let mut ends = ends::with_samples(ends);
    let off = |end: &End| end.path.last().map_or(0.0, |(_, last)| (last - end.value).abs() / highest);
    let farthest = ends.iter().map(off).fold(0.0, f64::max);
    let amounts = axis::sizes(summary.currency, &axis::amounts(0.0, highest));
    let left = MARGIN + axis::widest(fonts, &amounts, TICK) + 18.0;
    let right = WIDTH - MARGIN - ends::GUTTER - ends::widest(&ends);
    let plot = Area { left, top, right, bottom: axis::floor(summary.months) };
    let frame = Frame { plot, months: summary.months, currency: summary.currency, lowest: 0.0, highest };
    if farthest > AT_THE_END {
        ends.iter_mut().for_each(|end| end.average = Some(end.value));
        let is_laid = ends::settle(&mut ends, &frame, names);
        if farthest > FAR_OFF || !ends::has_crowded_marks(&ends) {
            return is_laid.then_some((frame, ends));
        }
        ends.iter_mut().for_each(|end| end.average = None);
    }
    ends::settle(&mut ends, &frame, names).then_some((frame, ends))
}

/// Shades the months of the move; returns where.
fn shade(scene: &mut Scene, frame: &Frame, first: u32, last: u32) -> Area {
    let (left, right) = (frame.x(f64::from(first) - 1.0), frame.x(f64::from(last)));
    let (top, bottom) = (frame.plot.top, frame.plot.bottom);
    let corners = vec![at(left, top), at(right, top), at(right, bottom), at(left, bottom)];
    scene.add(Shape::Polygon { corners, fill: Paint::Grid, opacity: 0.6 });
    Area { left, top, right, bottom }
}

fn draw_band(scene: &mut Scene, frame: &Frame, edges: &[(f64, f64, f64)]) {
    let there = edges.iter().map(|(m, _, high)| (*m, *high));
    let back = edges.iter().rev().map(|(m, low, _)| (*m, *low));
    let all = below(&there.chain(back).collect::<Vec<_>>(), frame.highest);
    let corners = all.into_iter().map(|(m, v)| at(frame.x(m), frame.y(v.max(frame.lowest)))).collect();
    scene.add(Shape::Polygon { corners, fill: Paint::Series(0), opacity: 0.16 });
}

/// What of a polygon lies at or below a level: each edge is cut where it crosses it (Sutherland & Hodgman 1974), so that what is
/// below keeps its slope.
fn below(corners: &[(f64, f64)], level: f64) -> Vec<(f64, f64)> {
    let mut kept = Vec::with_capacity(corners.len());
    let Some(mut before) = corners.last().copied() else { return kept };
    for corner in corners {
        if (before.1 > level) != (corner.1 > level) {
            let part = (level - before.1) / (corner.1 - before.1);
            kept.push((before.0 + part * (corner.0 - before.0), level));
        }
        if corner.1 <= level {
            kept.push(*corner);
        }
        before = *corner;
    }
    kept
}

/// Names the months of the move, and marks from when on a month costs no more.
fn annotate(
    scene: &mut Scene,
    frame: &Frame,
    summary: &Summary,
    verdict: &Verdict,
    ends: &[End],
    window: Option<(Area, (u32, u32))>,
    band: Option<&[(f64, f64, f64)]>,
) {
    let fonts = scene.look.fonts;
    let edge = |v: f64| frame.y(v.clamp(frame.lowest, frame.highest));
    let leader = verdict.leader.option;
    let band_top = band.unwrap_or_default().iter().map(|(_, _, high)| *high).fold(0.0, f64::max);
    let peak = words::peak(summary, leader, band_top, frame.highest);
    match window {
        Some((area, months)) => name_move(scene, area, &words::window(summary, months), &words::of_move(&peak)),
        None if peak.is_empty() => {}
        None => name_move(scene, frame.plot, "", &[peak]),
    }
    let band = band.unwrap_or_default().iter().map(|(m, low, high)| (frame.x(*m), edge(*high), edge(*low))).collect();
    let mut room = Room::new(frame.plot, band);
    for end in ends {
        room.keep_off_curve(&end.points(frame));
    }
    for amount in axis::amounts(0.0, frame.highest) {
        room.avoid_level(frame.y(amount));
    }
    if let Some((m, crossing)) = words::crossing(summary, leader) {
        let base = monthly(summary, summary.baseline);
        let (before, after) = (base[m as usize - 2].mean.value, base[m as usize - 1].mean.value);
        let level = before + (after - before) * (crossing - middle_of(m as usize - 2));
        let [own, other] = [leader, summary.baseline].map(|option| side::name(summary, option));
        let said = vec![(format!("{own} below {other} from {} on", month(summary.start, m)), STRONG)];
        let broken = vec![
            (own, STRONG),
            (format!("below {other}"), STRONG),
            (format!("from {} on", month(summary.start, m)), STRONG),
        ];
        let note = ("on average, the move counted".to_owned(), NOTE);
        let point = at(frame.x(crossing), frame.y(level.max(0.0)));
        let block = |lines: Vec<_>| Block::new(fonts, [lines, vec![note.clone()]].concat());
        let blocks = [said, broken].map(block).to_vec();
        let sides = &[Anchor::Start, Anchor::End];
        point_out(scene, &mut room, &[Mark { point, blocks, sides, farthest: f64::INFINITY }]);
    }
}

/// Says over the plot when the move is, and of what else there is to say of it the first that there is room for.
fn name_move(scene: &mut Scene, area: Area, name: &str, ways: &[String]) {
    let fonts = scene.look.fonts;
    let (strong, note) = (Style { rim: false, ..STRONG }, Style { rim: false, ..NOTE });
    let width = |text: &str, style: Style| fonts.measure(text, style.size, style.weight).width;
    let first = width(name, strong) + 14.0;
    let free = WIDTH - 2.0 * MARGIN - first;
    let more = ways.iter().find(|way| width(way, note) <= free).or(ways.last()).map_or("", String::as_str);
    let left = area.left.min(WIDTH - MARGIN - first - width(more, note)).max(MARGIN);
    let y = area.top - 18.0;
    scene.write(at(left, y), Anchor::Start, name, strong);
    let more = fonts.fit(more, note.size, note.weight, WIDTH - MARGIN - left - first);
    scene.write(at(left + first, y), Anchor::Start, &more, note);
}
