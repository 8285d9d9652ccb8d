//! By when the move has paid for itself: the share of futures by month, with those that never do at the edge, a line for
//! each way of counting costs.
//!
//! ```text
//! all  ┌──────────────────────┐ ║ ║   the bars at the edge are what the lines lack
//!      │          ╭───────────┤ ║ ║
//! half │      ╭───╯  ╭─ ─ ─ ─ ┤   ║
//!      │ ╭────╯╶ ─ ─ ╯        │
//! none └──────────────────────┘ not within 5 years
//! ```

use super::ends::{self, End, Names};
use super::frame::Frame;
use super::place::{Block, Room, point_out};
use super::{MARGIN, NOTE, STRONG, TICK, WIDTH, axis, head, line};
use crate::present::finding::{self, payback as words};
use crate::present::font::Fonts;
use crate::present::look::{Look, Paint};
use crate::present::number::span;
use crate::present::scene::{Anchor, Area, Scene, Shape, Stroke, Style, at};
use crate::present::{Made, side};
use crate::study::verdict::Verdict;
use crate::summary::{Crossover, Lens, Summary, When};

/// From the last month to the bars of those that never pay back, pixels.
const GAP: f64 = 30.0;
/// Between two of these bars, and how wide one is.
const PITCH: f64 = 34.0;
const BAR: f64 = 16.0;
/// Least width of their place, under which its words stand, pixels.
const LEAST: f64 = 130.0;
/// Widest words at a line's end, pixels.
const WIDEST: f64 = 580.0;
/// Longest name of another option, characters.
const SHORT: usize = 22;
/// The share that is marked.
const HALF: f64 = 0.5;
/// Most other options with a line.
const MOST_OTHERS: usize = 2;

/// Ways of counting that give the same line.
struct Curve<'a> {
    lenses: Vec<Lens>,
    crossover: &'a Crossover,
}

impl Curve<'_> {
    fn is_headline(&self) -> bool {
        self.lenses.contains(&Lens::Tco)
    }

    /// The colour is the widest way's that is counted so; the headline's line is through.
    fn series(&self) -> usize {
        if self.is_headline() { 0 } else { 1 + self.lenses.iter().map(|l| *l as usize).max().unwrap_or(0) }
    }

    fn stroke(&self) -> Stroke {
        let colour = Paint::Series(self.series());
        match self.series() {
            0 => line(colour, 6.0),
            1 => Stroke { colour, width: 4.5, dash: Some((11.0, 7.0)) },
            _ => Stroke { colour, width: 4.5, dash: Some((28.0, 9.0)) },
        }
    }
}

/// Draws when the leading option has paid for itself, and the tuned platform; the other options where there is room.
#[must_use]
pub fn draw(summary: &Summary, verdict: &Verdict, made: Made, look: Look) -> Scene {
    let (mut scene, top) = head::begin(look, &words::title(summary, verdict), &words::subtitle(summary, verdict));
    let curves = curves(summary, verdict.leader.option);
    let tuned = finding::tuned(verdict);
    let all: Vec<usize> = verdict.others.iter().map(|o| o.option).collect();
    let (others, (frame, ends)) = ends::attempts(&all, tuned)
        .into_iter()
        .find_map(|(mut others, names)| {
            others.truncate(MOST_OTHERS);
            let laid = lay_out(look.fonts, summary, &curves, tuned, (&others, names), top + 8.0)?;
            Some((others, laid))
        })
        .expect("with the tuned platform in the note the words always fit");

    let levels = [(0.0, "none"), (0.25, "1 in 4"), (HALF, "half"), (0.75, "3 in 4"), (1.0, "all futures")];
    axis::draw_levels(&mut scene, &frame, &levels.map(|(share, text)| (share, text.to_owned())), HALF);
    axis::draw_months(&mut scene, &frame, summary.start);
    draw_never(&mut scene, &frame, &curves, summary.months);
    for end in ends.iter().rev() {
        end.draw(&mut scene, &frame);
    }
    mark_half(&mut scene, &frame, summary, &curves, &ends[curves.len()..]);
    let right = edge(&frame, curves.len());
    for end in &ends {
        end.write(&mut scene, &frame, right);
    }
    let drawn = others.iter().map(|option| summary.headline(*option, Lens::Tco));
    let drawn: Vec<_> = curves.iter().map(|curve| curve.crossover).chain(drawn).collect();
    let mut notes = words::bridge(summary, &drawn);
    notes.extend(finding::unfinished(summary, verdict));
    notes.extend(finding::also_compared(summary, verdict, &others));
    head::end(&mut scene, ends::legend(&ends).as_ref(), &notes, &finding::source(summary, made));
    scene
}

/// A line for each way of counting that gives one of its own.
fn curves(summary: &Summary, option: usize) -> Vec<Curve<'_>> {
    let mut curves: Vec<Curve<'_>> = Vec::new();
    for lens in Lens::ALL.into_iter().filter(|lens| summary.adds(*lens)) {
        let crossover = summary.headline(option, lens);
        match curves.iter_mut().find(|c| c.crossover.broke_even_by == crossover.broke_even_by) {
            Some(same) => same.lenses.push(lens),
            None => curves.push(Curve { lenses: vec![lens], crossover }),
        }
    }
    // The headline is drawn last, over the others.
    curves.sort_by_key(|c| !c.is_headline());
    curves
}

/// Where the bars of those that never pay back end.
fn edge(frame: &Frame, curves: usize) -> f64 {
    frame.plot.right + GAP + place(curves)
}

/// Width of the place of these bars.
fn place(curves: usize) -> f64 {
    (PITCH * curves as f64).max(LEAST)
}

fn lay_out(
    fonts: Fonts,
    summary: &Summary,
    curves: &[Curve<'_>],
    tuned: Option<usize>,
    (others, names): (&[usize], Names),
    top: f64,
) -> Option<(Frame, Vec<End>)> {
    let own = curves.iter().map(|curve| {
        let colour = Paint::SeriesText(curve.series());
        let name = Style { colour, size: if curve.is_headline() { STRONG.size } else { NOTE.size + 1.0 }, ..STRONG };
        let wrapped = |text: String, style: Style| {
            let lines = fonts.wrap(&text, style.size, style.weight, WIDEST);
            lines.into_iter().map(move |line| (line, style)).collect::<Vec<_>>()
        };
        let mut lines = wrapped(words::counted(summary, &curve.lenses), name);
        lines.extend(wrapped(words::outcome(curve.crossover), NOTE));
        let block = Block::new(fonts, lines);
        End::new(by_month(curve.crossover), curve.stroke(), share(curve.crossover), block)
    });
    let other = others.iter().map(|option| {
        let crossover = summary.headline(*option, Lens::Tco);
        let name = side::cut(&side::name(summary, *option), SHORT);
        let (stroke, style) = if Some(*option) == tuned {
            let series = tuned_series(curves);
            (ends::tuned(series), Style { colour: Paint::SeriesText(series), weight: STRONG.weight, ..NOTE })
        } else {
            (ends::OTHER, NOTE)
        };
        let said = words::other(summary, *option).into_iter();
        let said = said.flat_map(|text| fonts.wrap(&text, NOTE.size, NOTE.weight, WIDEST)).map(|text| (text, NOTE));
        let block = Block::new(fonts, [(name, style)].into_iter().chain(said).collect());
        let end = End::new(by_month(crossover), stroke, share(crossover), block);
        End { is_named: names != Names::InNote, ..end }
    });
    let mut ends: Vec<End> = own.chain(other).collect();
    let left = MARGIN + fonts.measure("all futures", TICK.size, TICK.weight).width + 18.0;
    let words = WIDTH - MARGIN - ends::GUTTER - ends::widest(&ends);
    let right = words - GAP - place(curves.len());
    let plot = Area { left, top, right, bottom: axis::floor(summary.months) };
    let frame = Frame { plot, months: summary.months, currency: summary.currency, lowest: 0.0, highest: 1.0 };
    ends::settle(&mut ends, &frame, names).then_some((frame, ends))
}

/// The tuned platform's colour; another where a way of counting has it.
fn tuned_series(curves: &[Curve<'_>]) -> usize {
    let is_taken = |series: usize| curves.iter().any(|c| c.series() == series);
    [ends::TUNED, ends::TUNED + 1].into_iter().find(|series| !is_taken(*series)).unwrap_or(ends::TUNED)
}

fn share(crossover: &Crossover) -> f64 {
    finding::paid(crossover).value()
}

/// The share at the end of each month.
fn by_month(crossover: &Crossover) -> Vec<(f64, f64)> {
    crossover.broke_even_by.iter().enumerate().map(|(m, p)| (m as f64, p.value())).collect()
}

/// The bars at the edge: what each line lacks of all futures.
fn draw_never(scene: &mut Scene, frame: &Frame, curves: &[Curve<'_>], months: u32) {
    let plot = frame.plot;
    let first = plot.right + GAP + (place(curves.len()) - PITCH * curves.len() as f64) / 2.0;
    for (nth, curve) in curves.iter().enumerate() {
        let x = first + PITCH * (nth as f64 + 0.5);
        let (low, high) = (frame.y(share(curve.crossover)), frame.y(1.0));
        let colour = Paint::Series(curve.series());
        let frame_of =
            vec![at(x - BAR / 2.0, high), at(x + BAR / 2.0, high), at(x + BAR / 2.0, low), at(x - BAR / 2.0, low)];
        scene.add(Shape::Polygon { corners: frame_of, fill: colour, opacity: 0.25 });
        let stroke = Stroke { width: 3.0, ..curve.stroke() };
        for side in [-BAR / 2.0, BAR / 2.0] {
            scene.add(Shape::Line { points: vec![at(x + side, high), at(x + side, low)], stroke });
        }
        let across = vec![at(x - BAR / 2.0 - 1.5, low), at(x + BAR / 2.0 + 1.5, low)];
        scene.add(Shape::Line { points: across, stroke: line(colour, 3.0) });
    }
    let (left, right) = (plot.right + GAP, edge(frame, curves.len()));
    scene.add(Shape::Line {
        points: vec![at(left, plot.bottom), at(right, plot.bottom)],
        stroke: line(Paint::Quiet, 1.5),
    });
    let middle = f64::midpoint(left, right);
    let style = Style { weight: STRONG.weight, size: 23.0, ..TICK };
    let mut y = plot.bottom + 8.0 + style.size;
    for text in ["not within".to_owned(), span(months)] {
        scene.write(at(middle, y), Anchor::Middle, &text, style);
        y += style.size * 1.12;
    }
}

/// Marks where each line crosses half of the futures.
fn mark_half(scene: &mut Scene, frame: &Frame, summary: &Summary, curves: &[Curve<'_>], others: &[End]) {
    let mut room = Room::new(frame.plot, Vec::new());
    let half = frame.y(HALF);
    room.keep_off(Area { left: frame.plot.left, top: half - 2.0, right: frame.plot.right, bottom: half + 2.0 });
    for curve in curves {
        let points: Vec<_> = by_month(curve.crossover).iter().map(|(m, v)| at(frame.x(*m), frame.y(*v))).collect();
        room.keep_off_curve(&points);
    }
    for other in others {
        room.avoid_curve(&other.points(frame));
    }
    let marked = |curve: &Curve<'_>| {
        let crossover = curve.crossover;
        let When::Month(m) = crossover.break_even[1].at else { return None };
        Some((curve.series(), m, crossing(&by_month(crossover))?))
    };
    let marks: Vec<(usize, u32, f64)> = curves.iter().filter_map(marked).collect();
    let months: Vec<u32> = marks.iter().map(|(_, m, _)| *m).collect();
    for ((series, _, month), when) in marks.into_iter().zip(words::halves(summary, &months)) {
        let style = Style { colour: Paint::SeriesText(series), ..STRONG };
        // Where there is no room for words, a dot would say nothing.
        let blocks = [format!("Half by {when}"), when].map(|text| Block::new(scene.look.fonts, vec![(text, style)]));
        for block in blocks {
            if point_out(scene, &mut room, at(frame.x(month), half), &block, &[Anchor::Start, Anchor::End]) {
                break;
            }
        }
    }
}

/// Where a line that is drawn from month to month comes to half, months.
fn crossing(shares: &[(f64, f64)]) -> Option<f64> {
    shares.windows(2).find(|ends| ends[0].1 < HALF && ends[1].1 >= HALF).map(|ends| {
        let ((from, low), (to, high)) = (ends[0], ends[1]);
        from + (to - from) * (HALF - low) / (high - low)
    })
}

#[cfg(test)]
mod tests {
    use super::crossing;

    #[test]
    fn a_line_comes_to_half_within_the_month_in_which_half_is_passed() {
        assert_eq!(crossing(&[(0.0, 0.0), (1.0, 0.25), (2.0, 0.75), (3.0, 1.0)]), Some(1.5));
        assert_eq!(crossing(&[(0.0, 0.0), (1.0, 0.5)]), Some(1.0));
        assert_eq!(crossing(&[(0.0, 0.0), (1.0, 0.49)]), None);
        assert_eq!(crossing(&[(0.0, 0.6), (1.0, 0.9)]), None, "it has half from the start");
    }
}
