//! Lines that end at the right edge of the plot, with words beside them.

use super::frame::Frame;
use super::line;
use super::place::{Block, spread};
use crate::present::finding;
use crate::present::look::Paint;
use crate::present::scene::{Anchor, Point, Scene, Shape, Stroke, at};
use crate::study::verdict::Verdict;

/// From the plot to the words at its right, pixels.
pub const GUTTER: f64 = 36.0;
/// Words farther than this from their line's end belong to nothing, pixels.
const NEAR: f64 = 46.0;
/// With a line of the colour of theirs, words may stand so far.
const NEAR_ENOUGH: f64 = 180.0;

/// From a diamond's middle to its corners, pixels; of two at one height the later stands around the first, by so much.
const DIAMOND: f64 = 10.0;
const AROUND: f64 = 8.0;
/// What a diamond around another is drawn with, pixels.
const OUTLINE: f64 = 3.5;
/// What a line over a band has of paper on both sides, pixels.
const RIM: f64 = 2.0;

/// So many numbers of other lines are tried.
const MOST_TRIED: usize = 8;

/// The leading option's colour in every picture.
pub const LEADER: usize = 0;
/// The tuned platform's colour in every picture.
pub const TUNED: usize = 2;

/// Dashes and gaps by which other options' lines are told apart, pixels.
const DASHES: [(f64, f64); 5] = [(10.0, 7.0), (4.0, 6.0), (24.0, 7.0), (8.0, 16.0), (36.0, 16.0)];
/// Length of a line's sample before its name, and what is free for it, pixels.
const SAMPLE: f64 = 48.0;
const INDENT: f64 = 58.0;

/// Widest name at a line's end, pixels: a longer one has several lines.
pub const NAME: f64 = 350.0;

/// How another option's line is drawn, the same in every picture: by its place among those that are not the tuned platform.
#[must_use]
pub fn other(verdict: &Verdict, option: usize) -> Stroke {
    let tuned = finding::tuned(verdict);
    let place = verdict.others.iter().filter(|o| Some(o.option) != tuned).position(|o| o.option == option);
    Stroke { colour: Paint::Quiet, width: 2.5, dash: Some(DASHES[place.unwrap_or(0) % DASHES.len()]) }
}

/// Gives each of several grey lines a sample of its dashes before its name.
#[must_use]
pub fn with_samples(mut ends: Vec<End>) -> Vec<End> {
    let is_grey = |end: &End| end.stroke.colour == Paint::Quiet && end.stroke.dash.is_some();
    if ends.iter().filter(|end| is_grey(end)).count() > 1 {
        for end in ends.iter_mut().filter(|end| is_grey(end)) {
            end.has_sample = true;
            end.block = end.block.clone().indented(INDENT);
        }
    }
    ends
}

/// How the tuned platform's line is drawn: through where the verdict names it.
#[must_use]
pub const fn tuned(is_named: bool) -> Stroke {
    if is_named {
        line(Paint::Series(TUNED), 6.0)
    } else {
        Stroke { colour: Paint::Series(TUNED), width: 4.5, dash: Some((16.0, 9.0)) }
    }
}

/// Where the words of the other options' lines stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    /// At the lines' ends.
    Near,
    /// Not far from them.
    Far,
    /// In the note under the picture.
    InNote,
}

/// Which other options to draw, and where to name them: what is wished for first, one fewer each time. The tuned platform is
/// in all of them.
#[must_use]
pub fn attempts(others: &[usize], tuned: Option<usize>) -> Vec<(Vec<usize>, Names)> {
    let all: Vec<usize> = tuned.into_iter().chain(others.iter().copied().filter(|o| Some(*o) != tuned)).collect();
    let least = usize::from(tuned.is_some());
    let fewer = (least + 1..=all.len()).rev().take(MOST_TRIED);
    let some = fewer.flat_map(|count| [Names::Near, Names::Far].map(|names| (all[..count].to_vec(), names)));
    let few = [Names::Near, Names::Far, Names::InNote].map(|names| (all[..least].to_vec(), names));
    some.chain(few).collect()
}

/// A line and its words.
#[derive(Debug, Clone)]
pub struct End {
    /// Months and values; empty for an edge of a band.
    pub path: Vec<(f64, f64)>,
    /// How the line is drawn.
    pub stroke: Stroke,
    /// Where it ends.
    pub value: f64,
    /// The average at the end, which is marked beside the line, if it has one.
    pub average: Option<f64>,
    /// From the middle of its mark to the mark's corners, pixels.
    pub half: f64,
    /// The words.
    pub block: Block,
    /// Whether a piece of the line stands before its name.
    pub has_sample: bool,
    /// Whether they stand beside the line; if not, the note under the picture has them.
    pub is_named: bool,
    /// Their top, pixels.
    pub top: f64,
}

impl End {
    /// A line with words that have no place yet.
    #[must_use]
    pub const fn new(path: Vec<(f64, f64)>, stroke: Stroke, value: f64, block: Block) -> Self {
        let (half, has_sample) = (DIAMOND, false);
        Self { path, stroke, value, average: None, half, block, has_sample, is_named: true, top: 0.0 }
    }

    /// Where its words belong: at its average where that is marked, else at the line's end.
    fn place(&self) -> f64 {
        self.average.unwrap_or(self.value)
    }

    /// The line on the picture, cut off where the scale ends.
    #[must_use]
    pub fn points(&self, frame: &Frame) -> Vec<Point> {
        self.path.iter().map(|(m, v)| at(frame.x(*m), frame.y(v.min(frame.highest)))).collect()
    }

    /// The pieces of the line that are on the scale.
    fn pieces(&self, frame: &Frame) -> Vec<Vec<Point>> {
        let high = frame.highest;
        let place = |month: f64, value: f64| at(frame.x(month), frame.y(value));
        let mut pieces: Vec<Vec<Point>> = vec![Vec::new()];
        for (nth, (month, value)) in self.path.iter().enumerate() {
            if let Some((before, from)) =
                nth.checked_sub(1).map(|nth| self.path[nth]).filter(|(_, from)| (*from > high) != (*value > high))
            {
                let crossing = before + (month - before) * (high - from) / (value - from);
                if *value <= high {
                    pieces.push(Vec::new());
                }
                pieces.last_mut().expect("a piece").push(place(crossing, high));
            }
            if *value <= high {
                pieces.last_mut().expect("a piece").push(place(*month, *value));
            }
        }
        pieces.retain(|piece| !piece.is_empty());
        pieces
    }

    /// Draws the line's rim of paper, so that it is seen on any band.
    pub fn draw_rim(&self, scene: &mut Scene, frame: &Frame) {
        if matches!(self.stroke.colour, Paint::Series(_)) {
            let rim = Self { stroke: line(Paint::Paper, self.stroke.width + 2.0 * RIM), ..self.clone() };
            rim.draw(scene, frame);
        }
    }

    /// Draws the line; one of a single point is a short dash.
    pub fn draw(&self, scene: &mut Scene, frame: &Frame) {
        let mut pieces = self.pieces(frame);
        if let [[only]] = pieces.iter().map(Vec::as_slice).collect::<Vec<_>>()[..] {
            pieces = vec![vec![at(only.x - 24.0, only.y), at(only.x + 24.0, only.y)]];
        }
        for points in pieces {
            scene.add(Shape::Line { points, stroke: self.stroke });
        }
    }

    /// Writes the words, with a hair's line from where the line ends, and with a sample of the line where it needs one.
    fn write(&self, scene: &mut Scene, frame: &Frame, has_leader: bool) {
        let right = frame.plot.right;
        let (from, to) = (frame.y(self.place()), self.top + self.block.height() / 2.0);
        let free = if self.average.is_some() { self.half + 2.0 } else { 4.0 };
        if has_leader {
            let points = vec![at(right + free, from), at(right + GUTTER - 7.0, to)];
            scene.add(Shape::Line { points, stroke: line(self.stroke.colour, 1.5) });
        }
        if self.has_sample {
            let (left, y) = (right + GUTTER, self.top + self.block.first_middle());
            scene.add(Shape::Line { points: vec![at(left, y), at(left + SAMPLE, y)], stroke: self.stroke });
        }
        for label in self.block.labels(at(right + GUTTER, self.top), Anchor::Start) {
            scene.add(Shape::Text(label));
        }
    }
}

/// Draws a diamond at each average where the plot ends; one at the height of another stands around it.
pub fn draw_averages(scene: &mut Scene, frame: &Frame, ends: &[End]) {
    for end in ends.iter().rev() {
        let Some(average) = end.average else { continue };
        let (x, y, colour) = (frame.plot.right, frame.y(average), end.stroke.colour);
        let diamond = |half: f64| vec![at(x - half, y), at(x, y - half), at(x + half, y), at(x, y + half)];
        let mut fill = |half: f64, fill: Paint| {
            scene.add(Shape::Polygon { corners: diamond(half), fill, opacity: 1.0 });
        };
        fill(end.half + 2.5, Paint::Paper);
        fill(end.half, colour);
        if end.half > DIAMOND {
            fill(end.half - OUTLINE, Paint::Paper);
        }
    }
}

/// Writes the words of lines; those of an edge that ends at a diamond have no leader, which would seem the diamond's.
pub fn write_all(scene: &mut Scene, frame: &Frame, ends: &[End]) {
    let diamonds: Vec<(f64, f64)> = ends.iter().filter_map(|e| Some((frame.y(e.average?), e.half))).collect();
    for end in ends.iter().filter(|end| end.is_named) {
        let y = frame.y(end.place());
        let is_hidden = end.average.is_none() && diamonds.iter().any(|(other, half)| (y - other).abs() < half + 4.0);
        end.write(scene, frame, !is_hidden);
    }
}

/// Width of the widest words, pixels.
#[must_use]
pub fn widest(ends: &[End]) -> f64 {
    named(ends).map(|e| e.block.width()).fold(0.0, f64::max)
}

/// A line whose words found no room, and these.
#[must_use]
pub fn legend(ends: &[End]) -> Option<(Stroke, String)> {
    ends.iter().find(|e| !e.is_named).map(|e| (e.stroke, format!("{}.", e.block.words())))
}

fn named(ends: &[End]) -> impl Iterator<Item = &End> {
    ends.iter().filter(|e| e.is_named)
}

/// Whether a mark had to be drawn around another.
#[must_use]
pub fn has_crowded_marks(ends: &[End]) -> bool {
    ends.iter().any(|end| end.average.is_some() && end.half > DIAMOND)
}

/// Makes marks at one height larger from one to the next.
fn size_marks(ends: &mut [End], frame: &Frame) {
    let mut drawn: Vec<(f64, f64)> = Vec::new();
    for end in ends {
        let Some(y) = end.average.map(|average| frame.y(average)) else { continue };
        end.half = DIAMOND;
        while drawn.iter().any(|(other, half)| (y - other).abs() < DIAMOND && (half - end.half).abs() < AROUND / 2.0) {
            end.half += AROUND;
        }
        drawn.push((y, end.half));
    }
}

/// Gives the words their places; whether each is as near to its line's end as is asked for. Words in the note need none.
#[must_use]
pub fn settle(ends: &mut [End], frame: &Frame, names: Names) -> bool {
    size_marks(ends, frame);
    let wanted: Vec<(f64, f64)> =
        named(ends).map(|e| (frame.y(e.place()) - e.block.height() / 2.0, e.block.height())).collect();
    let (highest, lowest) = (frame.plot.top - 10.0, frame.plot.bottom + 20.0);
    let tops = spread(&wanted, highest, lowest);
    for (end, top) in ends.iter_mut().filter(|e| e.is_named).zip(&tops) {
        end.top = *top;
    }
    let most = match names {
        Names::Near => NEAR,
        Names::Far => NEAR_ENOUGH,
        Names::InNote => return true,
    };
    tops.iter().zip(&wanted).all(|(top, (wanted, _))| *top >= highest - 1.0 && (top - wanted).abs() <= most)
}
