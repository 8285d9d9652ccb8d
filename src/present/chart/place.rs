//! Finds room for labels: none on another, none outside, off the band where possible.

use super::{LEADING, line};
use crate::present::font::Fonts;
use crate::present::look::Paint;
use crate::present::scene::{Anchor, Area, Label, Point, Scene, Shape, Style, at};

/// What stays free between two labels, pixels.
const AIR: f64 = 9.0;
/// How far apart the places are that are tried, pixels.
const STRIDE: f64 = 7.0;
/// What a side's name has free beside it if it can, pixels.
const PLENTY: f64 = 70.0;
/// From a leader line to its text, pixels.
const INDENT: f64 = 13.0;

/// Lines of text that stand together, each in its own style.
#[derive(Debug, Clone)]
pub struct Block {
    fonts: Fonts,
    lines: Vec<(String, Style)>,
    /// Of the widest line.
    width: f64,
    /// From the top of the first line to the bottom of the last.
    height: f64,
}

impl Block {
    /// Measures some lines.
    #[must_use]
    pub fn new(fonts: Fonts, lines: Vec<(String, Style)>) -> Self {
        let width = lines.iter().map(|(text, s)| fonts.measure(text, s.size, s.weight).width).fold(0.0, f64::max);
        let height = lines.iter().map(|(_, s)| s.size * LEADING).sum();
        Self { fonts, lines, width, height }
    }

    /// All its words in one line.
    #[must_use]
    pub fn words(&self) -> String {
        self.lines.iter().map(|(text, _)| text.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// Width of the widest line.
    #[must_use]
    pub const fn width(&self) -> f64 {
        self.width
    }

    /// From the top of the first line to the bottom of the last.
    #[must_use]
    pub const fn height(&self) -> f64 {
        self.height
    }

    /// The labels, with the block's upper corner on the anchor's side at a point.
    #[must_use]
    pub fn labels(&self, corner: Point, anchor: Anchor) -> Vec<Label> {
        let mut top = corner.y;
        let mut labels = Vec::new();
        for (text, style) in &self.lines {
            labels.push(Label::new(self.fonts, at(corner.x, top + style.size * 0.98), anchor, text, *style));
            top += style.size * LEADING;
        }
        labels
    }

    /// The area taken, with the block's upper corner on the anchor's side at a point.
    #[must_use]
    pub fn area(&self, corner: Point, anchor: Anchor) -> Area {
        let width = self.width();
        let left = match anchor {
            Anchor::Start => corner.x,
            Anchor::Middle => corner.x - width / 2.0,
            Anchor::End => corner.x - width,
        };
        Area { left, top: corner.y, right: left + width, bottom: corner.y + self.height() }
    }
}

/// Where a block went.
#[derive(Debug, Clone)]
pub struct Placed {
    /// The upper corner on the anchor's side.
    pub corner: Point,
    /// Which side that is.
    pub anchor: Anchor,
    /// The area taken.
    pub area: Area,
}

/// What a place must be free of besides other words and the lines that no text may stand on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Free {
    /// Of the band and of curves.
    All,
    /// Of curves.
    Curves,
    /// Of nothing more.
    Words,
}

impl Free {
    /// The most that is asked for first.
    const ORDER: [Self; 3] = [Self::All, Self::Curves, Self::Words];
}

/// What is taken of a plot.
#[derive(Debug, Clone)]
pub struct Room {
    plot: Area,
    taken: Vec<Area>,
    /// Lines that no text may stand on and that a leader may cross.
    lines: Vec<Area>,
    /// Curves that a text stands on only where it finds no other place.
    curves: Vec<Area>,
    /// The band's upper and lower edge at ascending x.
    band: Vec<(f64, f64, f64)>,
}

impl Room {
    /// A plot with nothing in it but a band: x, upper and lower edge, at ascending x.
    #[must_use]
    pub fn new(plot: Area, band: Vec<(f64, f64, f64)>) -> Self {
        Self { plot, taken: Vec::new(), lines: Vec::new(), curves: Vec::new(), band }
    }

    /// Takes an area.
    pub fn take(&mut self, area: Area) {
        self.taken.push(area);
    }

    /// Keeps texts off a line.
    pub fn keep_off(&mut self, line: Area) {
        self.lines.push(line);
    }

    /// Keeps texts off a curve, whatever there is no room for then.
    pub fn keep_off_curve(&mut self, points: &[Point]) {
        self.lines.extend(pieces(points));
    }

    /// Keeps texts off a curve where there is room elsewhere.
    pub fn avoid_curve(&mut self, points: &[Point]) {
        self.curves.extend(pieces(points));
    }

    /// The free place nearest to a point for a block that stands beside a vertical line through it, on the sides
    /// given, the first preferred. Where none is off the band, the band counts for nothing; then curves do.
    pub fn beside(&mut self, point: Point, block: &Block, sides: &[Anchor]) -> Option<Placed> {
        let found = Free::ORDER.into_iter().find_map(|free| self.nearest(point, block, sides, free))?;
        self.take(found.area);
        self.take(leader(point, found.area));
        Some(found)
    }

    /// A free place of a block in rows from one height towards another: in the first row that has one, its left end or right end
    /// where either leaves plenty of air, otherwise the first from the left. Where none is off the band, the band counts for
    /// nothing.
    pub fn along(&mut self, rows: (f64, f64), block: &Block) -> Option<Placed> {
        let (left, right) = (self.plot.left + 14.0, self.plot.right - block.width() - 14.0);
        let between = (0..steps(left, right)).map(|i| (left + i as f64 * STRIDE, 0.0));
        let columns: Vec<(f64, f64)> = [(left, PLENTY), (right, PLENTY)].into_iter().chain(between).collect();
        let towards = if rows.1 > rows.0 { STRIDE } else { -STRIDE };
        let heights: Vec<f64> =
            (0..=steps(rows.0.min(rows.1), rows.0.max(rows.1))).map(|i| rows.0 + i as f64 * towards).collect();
        let in_row = |y: f64, free: Free| {
            columns
                .iter()
                .map(|(x, air)| (block.area(at(*x, y), Anchor::Start), *air))
                .find_map(|(area, air)| (self.is_free(area, free) && self.is_lonely(area, air)).then_some(area))
        };
        let area = Free::ORDER.into_iter().find_map(|free| heights.iter().find_map(|y| in_row(*y, free)))?;
        self.take(area);
        Some(Placed { corner: at(area.left, area.top), anchor: Anchor::Start, area })
    }

    /// The free place nearest to a point, anywhere in the plot; without a line to it.
    pub fn near(&mut self, point: Point, block: &Block) -> Option<Placed> {
        let (columns, rows) = (steps(self.plot.left, self.plot.right), steps(self.plot.top, self.plot.bottom));
        let places = (0..columns).flat_map(|i| (0..rows).map(move |j| (i as f64 * STRIDE, j as f64 * STRIDE)));
        let areas: Vec<Area> =
            places.map(|(x, y)| block.area(at(self.plot.right - 12.0 - x, self.plot.top + y), Anchor::End)).collect();
        let far = |a: &Area| {
            let (x, y) = (point.x - a.right, point.y - f64::midpoint(a.top, a.bottom));
            x * x + y * y
        };
        let nearest = |free: Free| {
            let places = areas.iter().filter(|a| self.is_free(**a, free));
            places.min_by(|a, b| far(a).total_cmp(&far(b))).copied()
        };
        let area = Free::ORDER.into_iter().find_map(nearest)?;
        self.take(area);
        Some(Placed { corner: at(area.right, area.top), anchor: Anchor::End, area })
    }

    /// A free place for a block that begins at a point: in the first row below it that has one, as near as it can be; where
    /// there is one, a place that stands on none of some vertical lines.
    pub fn near_start(&mut self, corner: Point, block: &Block, edges: &[f64]) -> Option<Placed> {
        let (left, right) = (self.plot.left + 8.0, self.plot.right - 8.0 - block.width());
        let mut columns: Vec<f64> = (0..=steps(left, right)).map(|i| left + i as f64 * STRIDE).collect();
        columns.push(corner.x);
        columns.sort_by(|a, b| (a - corner.x).abs().total_cmp(&(b - corner.x).abs()));
        let rows = (0..steps(corner.y, self.plot.bottom)).map(|i| corner.y + i as f64 * STRIDE);
        let places = || rows.clone().flat_map(|y| columns.iter().map(move |x| block.area(at(*x, y), Anchor::Start)));
        let is_off = |a: &Area| !edges.iter().any(|x| a.left - AIR < *x && *x < a.right + AIR);
        let free = |a: &Area| self.is_free(*a, Free::Curves);
        let area = places().find(|a| is_off(a) && free(a)).or_else(|| places().find(free))?;
        self.take(area);
        Some(Placed { corner: at(area.left, area.top), anchor: Anchor::Start, area })
    }

    /// Whether nothing is written within so many pixels to the left or right.
    fn is_lonely(&self, area: Area, pixels: f64) -> bool {
        let wide = Area { left: area.left - pixels, right: area.right + pixels, ..area };
        !self.taken.iter().any(|t| t.overlaps(wide))
    }

    fn nearest(&self, point: Point, block: &Block, sides: &[Anchor], free: Free) -> Option<Placed> {
        let rows = steps(self.plot.top, self.plot.bottom);
        let candidates = (0..rows).flat_map(|i| sides.iter().map(move |side| (i as f64 * STRIDE, *side)));
        let placed = |(down, anchor): (f64, Anchor)| {
            let x = if anchor == Anchor::Start { point.x + INDENT } else { point.x - INDENT };
            let corner = at(x, self.plot.top + 6.0 + down);
            Placed { corner, anchor, area: block.area(corner, anchor) }
        };
        let places = candidates
            .map(placed)
            .filter(|p| self.is_free(p.area, free) && !self.taken.iter().any(|t| t.overlaps(leader(point, p.area))));
        // A pixel's preference for the sides in the order given.
        let far = |p: &Placed| {
            let middle = f64::midpoint(p.area.top, p.area.bottom);
            (middle - point.y).abs() + sides.iter().position(|s| *s == p.anchor).unwrap_or(0) as f64 * 40.0
        };
        places.min_by(|a, b| far(a).total_cmp(&far(b)))
    }

    fn is_free(&self, area: Area, free: Free) -> bool {
        let airy = area.grown(AIR);
        let is_on = |areas: &[Area]| areas.iter().any(|t| t.overlaps(airy));
        let is_in_the_way = match free {
            Free::All => is_on(&self.curves) || self.hits_band(airy),
            Free::Curves => is_on(&self.curves),
            Free::Words => false,
        };
        self.plot.grown(-4.0).covers(area) && !is_on(&self.taken) && !is_on(&self.lines) && !is_in_the_way
    }

    fn hits_band(&self, area: Area) -> bool {
        self.band.windows(2).any(|pair| {
            let ((x0, top0, bottom0), (x1, top1, bottom1)) = (pair[0], pair[1]);
            let part = Area { left: x0, right: x1, top: top0.min(top1), bottom: bottom0.max(bottom1) };
            part.overlaps(area)
        })
    }
}

/// The areas of a curve's pieces, each as thick as a line. A steep stretch is cut into several: the area of a long one would
/// hold much that is not on the line.
fn pieces(points: &[Point]) -> impl Iterator<Item = Area> {
    const THICK: f64 = 3.0;
    const LONG: f64 = 12.0;
    points.windows(2).flat_map(|ends| {
        let (from, to) = (ends[0], ends[1]);
        let count = ((to.y - from.y).abs().min((to.x - from.x).abs() * LONG) / LONG).ceil().max(1.0);
        let along =
            move |part: f64| at(from.x + (to.x - from.x) * part / count, from.y + (to.y - from.y) * part / count);
        (0..count as u32).map(move |nth| {
            let (from, to) = (along(f64::from(nth)), along(f64::from(nth) + 1.0));
            let (top, bottom) = (from.y.min(to.y) - THICK, from.y.max(to.y) + THICK);
            Area { left: from.x.min(to.x), top, right: from.x.max(to.x), bottom }
        })
    })
}

/// A dot, and words beside a vertical line from it; neither where there is no room. Whether there was.
pub fn point_out(scene: &mut Scene, room: &mut Room, point: Point, block: &Block, sides: &[Anchor]) -> bool {
    let found = room.beside(point, block, sides);
    if let Some(placed) = &found {
        let far = if placed.area.bottom < point.y { placed.area.top + 8.0 } else { placed.area.bottom - 4.0 };
        scene.add(Shape::Line { points: vec![point, at(point.x, far)], stroke: line(Paint::Ink, 2.0) });
        write_block(scene, block, placed);
        scene.add(Shape::Dot { centre: point, radius: 10.0, fill: Paint::Paper, rim: line(Paint::Ink, 4.5) });
    }
    found.is_some()
}

/// Writes a block where it was placed.
pub fn write_block(scene: &mut Scene, block: &Block, placed: &Placed) {
    for label in block.labels(placed.corner, placed.anchor) {
        scene.add(Shape::Text(label));
    }
}

/// How many places there are to try between two edges.
fn steps(from: f64, to: f64) -> usize {
    ((to - from) / STRIDE).max(0.0) as usize
}

/// The thin area of a vertical line from a point to the far end of a block.
fn leader(point: Point, block: Area) -> Area {
    let (top, bottom) = (point.y.min(block.top), point.y.max(block.bottom));
    Area { left: point.x - 1.5, top, right: point.x + 1.5, bottom }
}

/// Moves tops of blocks apart so that none is on another, as little as it takes, between two limits.
#[must_use]
pub fn spread(wanted: &[(f64, f64)], highest: f64, lowest: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].0.total_cmp(&wanted[*b].0).then(a.cmp(b)));
    let mut tops: Vec<f64> = wanted.iter().map(|(top, _)| *top).collect();
    let mut free_from = highest;
    for i in &order {
        tops[*i] = tops[*i].max(free_from);
        free_from = tops[*i] + wanted[*i].1 + AIR;
    }
    let mut free_to = lowest;
    for i in order.iter().rev() {
        tops[*i] = tops[*i].min(free_to - wanted[*i].1);
        free_to = tops[*i] - AIR;
    }
    tops
}

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn blocks_that_want_the_same_place_stand_one_under_the_other() {
        let tops = spread(&[(100.0, 30.0), (95.0, 30.0), (300.0, 30.0)], 0.0, 320.0);
        assert_eq!(tops, [134.0, 95.0, 290.0]);
    }
}
