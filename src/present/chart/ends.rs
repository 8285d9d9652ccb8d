//! Lines that end at the right edge of the plot, with words beside them.

use super::frame::Frame;
use super::line;
use super::place::{Block, spread};
use crate::present::look::Paint;
use crate::present::scene::{Anchor, Point, Scene, Shape, Stroke, at};

/// From the plot to the words at its right, pixels.
pub const GUTTER: f64 = 26.0;
/// Words farther than this from their line's end belong to nothing, pixels.
const NEAR: f64 = 46.0;

/// From a diamond's middle to its corners, pixels.
const DIAMOND: f64 = 11.0;

/// The tuned platform's line is drawn in every picture of a run that has one, and its words may stand so far.
const NEAR_ENOUGH: f64 = 100.0;

/// So many numbers of other lines are tried.
const MOST_TRIED: usize = 8;

/// The tuned platform's colour, where nothing else of the picture has it.
pub const TUNED: usize = 2;

/// How another option's line is drawn.
pub const OTHER: Stroke = Stroke { colour: Paint::Quiet, width: 2.5, dash: Some((10.0, 7.0)) };

/// How the tuned platform's line is drawn.
#[must_use]
pub const fn tuned(series: usize) -> Stroke {
    Stroke { colour: Paint::Series(series), width: 4.5, dash: Some((16.0, 9.0)) }
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
    /// The words.
    pub block: Block,
    /// Whether they stand beside the line; if not, the note under the picture has them.
    pub is_named: bool,
    /// Their top, pixels.
    pub top: f64,
}

impl End {
    /// A line with words that have no place yet.
    #[must_use]
    pub const fn new(path: Vec<(f64, f64)>, stroke: Stroke, value: f64, block: Block) -> Self {
        Self { path, stroke, value, average: None, block, is_named: true, top: 0.0 }
    }

    /// Where its words belong: at the line's end, or between that and its average.
    fn place(&self) -> f64 {
        self.average.map_or(self.value, |average| f64::midpoint(self.value, average))
    }

    /// The line on the picture.
    #[must_use]
    pub fn points(&self, frame: &Frame) -> Vec<Point> {
        self.path.iter().map(|(m, v)| at(frame.x(*m), frame.y(*v))).collect()
    }

    /// Draws the line; one of a single point is a short dash.
    pub fn draw(&self, scene: &mut Scene, frame: &Frame) {
        let mut points = self.points(frame);
        if let [only] = points[..] {
            points = vec![at(only.x - 24.0, only.y), at(only.x + 24.0, only.y)];
        }
        if !points.is_empty() {
            scene.add(Shape::Line { points, stroke: self.stroke });
        }
    }

    /// Draws a diamond at the average where the plot ends.
    pub fn draw_average(&self, scene: &mut Scene, frame: &Frame) {
        let Some(average) = self.average else { return };
        let (x, y) = (frame.plot.right, frame.y(average));
        for (half, fill) in [(DIAMOND + 2.5, Paint::Paper), (DIAMOND, self.stroke.colour)] {
            let corners = vec![at(x - half, y), at(x, y - half), at(x + half, y), at(x, y + half)];
            scene.add(Shape::Polygon { corners, fill, opacity: 1.0 });
        }
    }

    /// Writes the words, with a hair's line from where the line ends.
    pub fn write(&self, scene: &mut Scene, frame: &Frame, right: f64) {
        if !self.is_named {
            return;
        }
        let (from, to) = (frame.y(self.value), self.top + self.block.height() / 2.0);
        let points = vec![at(right + 4.0, from), at(right + GUTTER - 7.0, to)];
        scene.add(Shape::Line { points, stroke: line(Paint::Quiet, 1.5) });
        for label in self.block.labels(at(right + GUTTER, self.top), Anchor::Start) {
            scene.add(Shape::Text(label));
        }
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

/// Gives the words their places; whether each is as near to its line's end as is asked for. Words in the note need none.
#[must_use]
pub fn settle(ends: &mut [End], frame: &Frame, names: Names) -> bool {
    let wanted: Vec<(f64, f64)> =
        named(ends).map(|e| (frame.y(e.place()) - e.block.height() / 2.0, e.block.height())).collect();
    let tops = spread(&wanted, frame.plot.top - 10.0, frame.plot.bottom + 20.0);
    for (end, top) in ends.iter_mut().filter(|e| e.is_named).zip(&tops) {
        end.top = *top;
    }
    let most = match names {
        Names::Near => NEAR,
        Names::Far => NEAR_ENOUGH,
        Names::InNote => f64::INFINITY,
    };
    tops.iter().zip(&wanted).all(|(top, (wanted, _))| (top - wanted).abs() <= most)
}
