//! Lines that end at the right edge of the plot, with words beside them.

use super::frame::Frame;
use super::line;
use super::place::{Block, spread};
use crate::present::look::Paint;
use crate::present::scene::{Anchor, Scene, Shape, Stroke, at};

/// From the plot to the words at its right, pixels.
pub const GUTTER: f64 = 26.0;
/// Words farther than this from their line's end belong to nothing, pixels.
const NEAR: f64 = 46.0;

/// A line and its words.
#[derive(Debug, Clone)]
pub struct End {
    /// Months and values; empty for an edge of a band.
    pub path: Vec<(f64, f64)>,
    /// How the line is drawn.
    pub stroke: Stroke,
    /// Where it ends.
    pub value: f64,
    /// The words.
    pub block: Block,
    /// Their top, pixels.
    pub top: f64,
}

impl End {
    /// A line with words that have no place yet.
    #[must_use]
    pub const fn new(path: Vec<(f64, f64)>, stroke: Stroke, value: f64, block: Block) -> Self {
        Self { path, stroke, value, block, top: 0.0 }
    }

    /// Draws the line; one of a single point is a short dash.
    pub fn draw(&self, scene: &mut Scene, frame: &Frame) {
        let mut points: Vec<_> = self.path.iter().map(|(m, v)| at(frame.x(*m), frame.y(*v))).collect();
        if let [only] = points[..] {
            points = vec![at(only.x - 24.0, only.y), at(only.x + 24.0, only.y)];
        }
        if !points.is_empty() {
            scene.add(Shape::Line { points, stroke: self.stroke });
        }
    }

    /// Writes the words, with a hair's line from where the line ends.
    pub fn write(&self, scene: &mut Scene, frame: &Frame, right: f64) {
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
    ends.iter().map(|e| e.block.width()).fold(0.0, f64::max)
}

/// Gives the words their places; whether each is near its line's end.
#[must_use]
pub fn settle(ends: &mut [End], frame: &Frame) -> bool {
    let wanted: Vec<(f64, f64)> =
        ends.iter().map(|e| (frame.y(e.value) - e.block.height() / 2.0, e.block.height())).collect();
    let tops = spread(&wanted, frame.plot.top - 10.0, frame.plot.bottom + 20.0);
    for (end, top) in ends.iter_mut().zip(&tops) {
        end.top = *top;
    }
    tops.iter().zip(&wanted).all(|(top, (wanted, _))| (top - wanted).abs() <= NEAR)
}
