//! A band around zero, in two colours: the part above and the part below.

use super::frame::Frame;
use crate::present::colour::Colour;
use crate::present::look::Paint;
use crate::present::scene::{Point, Scene, Shape, at};

/// How much more opaque a band is on a dark slide.
const DARKER: f64 = 1.5;

/// The two edges of a band at some month.
#[derive(Debug, Clone, Copy)]
struct Edge {
    month: f64,
    low: f64,
    high: f64,
}

/// Draws the band between two series by month, dearer above zero and cheaper below.
pub fn draw(scene: &mut Scene, frame: &Frame, low: &[f64], high: &[f64], opacity: f64) {
    // On a dark slide as much colour is seen less.
    let paper = scene.look.palette.paper;
    let is_dark = paper.contrast(Colour(255, 255, 255)) > paper.contrast(Colour(0, 0, 0));
    let opacity = if is_dark { opacity * DARKER } else { opacity };
    let edges = with_crossings(low, high);
    let above = outline(frame, &edges, |v| v.max(0.0));
    let below = outline(frame, &edges, |v| v.min(0.0));
    scene.add(Shape::Polygon { corners: above, fill: Paint::Dearer, opacity });
    scene.add(Shape::Polygon { corners: below, fill: Paint::Cheaper, opacity });
}

/// The edges by month, and also where either crosses zero between months: clipped without these, the colours would
/// meet beside the line.
fn with_crossings(low: &[f64], high: &[f64]) -> Vec<Edge> {
    let mut edges: Vec<Edge> = Vec::new();
    for (m, (low_now, high_now)) in low.iter().zip(high).enumerate() {
        if let Some(before) = edges.last().copied() {
            let mut parts: Vec<f64> =
                [crossing(before.low, *low_now), crossing(before.high, *high_now)].into_iter().flatten().collect();
            parts.sort_by(f64::total_cmp);
            for part in parts {
                let between = |from: f64, to: f64| from + (to - from) * part;
                edges.push(Edge {
                    month: before.month + part,
                    low: between(before.low, *low_now),
                    high: between(before.high, *high_now),
                });
            }
        }
        edges.push(Edge { month: m as f64, low: *low_now, high: *high_now });
    }
    edges
}

/// Where between two months a line crosses zero, as a share of the way.
fn crossing(from: f64, to: f64) -> Option<f64> {
    (from * to < 0.0).then(|| from / (from - to))
}

fn outline(frame: &Frame, edges: &[Edge], clip: impl Fn(f64) -> f64) -> Vec<Point> {
    let place = |month: f64, dollars: f64| at(frame.x(month), frame.y(clip(dollars)));
    let there = edges.iter().map(|e| place(e.month, e.high));
    let back = edges.iter().rev().map(|e| place(e.month, e.low));
    there.chain(back).collect()
}
