//! Finds room for labels: none on another, none outside, off the band where possible.

use super::{LEADING, line};
use crate::present::font::Fonts;
use crate::present::look::Paint;
use crate::present::scene::{Anchor, Area, Label, Point, Scene, Shape, Style, at};

/// What stays free between two labels, pixels.
const AIR: f64 = 9.0;
/// How far apart the places are that are tried, pixels.
const STRIDE: f64 = 7.0;
/// From a leader line to its text, pixels.
const INDENT: f64 = 13.0;
/// A mark's ring: its radius and how thick it is, pixels.
const RING: f64 = 10.0;
const RIM: f64 = 4.5;
/// So much farther may words be before shorter ones are written, pixels.
const OTHER_WORDS: f64 = 250.0;
/// What words without a place count as, pixels.
const NO_PLACE: f64 = 2_000.0;

/// Lines of text that stand together, each in its own style.
#[derive(Debug, Clone)]
pub struct Block {
    fonts: Fonts,
    lines: Vec<(String, Style)>,
    /// What is free before the first line, pixels.
    indent: f64,
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
        Self { fonts, lines, indent: 0.0, width, height }
    }

    /// The same with room before its first line.
    #[must_use]
    pub fn indented(self, by: f64) -> Self {
        let fonts = self.fonts;
        let first = self.lines.first().map_or(0.0, |(text, s)| fonts.measure(text, s.size, s.weight).width);
        Self { indent: by, width: self.width.max(first + by), ..self }
    }

    /// From the top to the middle of its first line's letters, pixels.
    #[must_use]
    pub fn first_middle(&self) -> f64 {
        self.lines.first().map_or(0.0, |(_, style)| style.size * (0.98 - 0.36))
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
        for (nth, (text, style)) in self.lines.iter().enumerate() {
            let x = if nth == 0 && anchor == Anchor::Start { corner.x + self.indent } else { corner.x };
            labels.push(Label::new(self.fonts, at(x, top + style.size * 0.98), anchor, text, *style));
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

/// A text as lines of a style, none wider than so many pixels.
#[must_use]
pub fn wrapped(fonts: Fonts, text: &str, style: Style, width: f64) -> Vec<(String, Style)> {
    let mut lines = fonts.wrap_evenly(&fonts.drawable(text), style.size, style.weight, width);
    if lines.is_empty() {
        lines.push(String::new());
    }
    lines.into_iter().map(|line| (line, style)).collect()
}

/// Where a block went.
#[derive(Debug, Clone)]
struct Placed {
    /// Which of the mark's words.
    block: usize,
    /// The upper corner on the anchor's side.
    corner: Point,
    /// Which side that is.
    anchor: Anchor,
    /// The area taken.
    area: Area,
}

/// A point that gets a ring, and words beside a vertical line from it.
#[derive(Debug, Clone)]
pub struct Mark {
    /// The point.
    pub point: Point,
    /// The words wished for first, then shorter ones.
    pub blocks: Vec<Block>,
    /// On which sides of the line they may stand, the first preferred.
    pub sides: &'static [Anchor],
    /// How far from the point they may be, pixels.
    pub farthest: f64,
}

/// What a place must be free of besides other words and the lines that no text may stand on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Free {
    /// Of nothing more.
    Words,
    /// Of curves.
    Curves,
    /// Of curves and the lines of the scale.
    Lines,
    /// Of the band too.
    All,
}

impl Free {
    /// The most that is asked for first; and how much farther than it words may be before less is asked for, pixels.
    const ORDER: [(Self, f64); 4] = [(Self::All, 0.0), (Self::Lines, 30.0), (Self::Curves, 90.0), (Self::Words, 420.0)];
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
    /// The lines of the scale.
    scale: Vec<Area>,
    /// Marks, which words may stand close to and not on.
    marks: Vec<Area>,
    /// The band's upper and lower edge at ascending x.
    band: Vec<(f64, f64, f64)>,
}

impl Room {
    /// A plot with nothing in it but a band: x, upper and lower edge, at ascending x.
    #[must_use]
    pub fn new(plot: Area, band: Vec<(f64, f64, f64)>) -> Self {
        Self {
            plot,
            taken: Vec::new(),
            lines: Vec::new(),
            curves: Vec::new(),
            scale: Vec::new(),
            marks: Vec::new(),
            band,
        }
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

    /// Keeps texts off a line across the plot at a height where there is room near by.
    pub fn avoid_level(&mut self, y: f64) {
        self.scale.push(Area { left: self.plot.left, top: y - 1.0, right: self.plot.right, bottom: y + 1.0 });
    }

    /// A free place near a mark for its words, and what it costs: how far they are, and more where they are not off the band, the
    /// scale's lines and curves. Of the words wished for, the first, unless others are much nearer.
    fn beside(&mut self, mark: &Mark) -> Option<(Placed, f64)> {
        let mut best: Option<(Placed, f64)> = None;
        for (nth, block) in mark.blocks.iter().enumerate() {
            for (free, cost) in Free::ORDER {
                let cost = cost + nth as f64 * OTHER_WORDS;
                if best.as_ref().is_some_and(|(_, so_far)| *so_far <= cost) {
                    break;
                }
                let found = self.nearest(mark.point, block, mark.sides, free).filter(|(_, far)| *far <= mark.farthest);
                let found = found.map(|(placed, far)| (Placed { block: nth, ..placed }, far + cost));
                best = best.into_iter().chain(found).min_by(|a, b| a.1.total_cmp(&b.1));
            }
        }
        let (found, cost) = best?;
        self.taken.push(found.area);
        self.taken.push(leader(mark.point, found.area));
        Some((found, cost))
    }

    /// Places for the words of some marks in an order, and what all cost together.
    fn in_order(&self, marks: &[Mark], order: &[usize]) -> (Vec<Option<Placed>>, f64) {
        let mut room = self.clone();
        let mut placed = vec![None; marks.len()];
        let mut cost = 0.0;
        for nth in order {
            let found = room.beside(&marks[*nth]);
            cost += found.as_ref().map_or(NO_PLACE, |(_, cost)| *cost);
            placed[*nth] = found.map(|(place, _)| place);
        }
        (placed, cost)
    }

    fn nearest(&self, point: Point, block: &Block, sides: &[Anchor], free: Free) -> Option<(Placed, f64)> {
        let rows = steps(self.plot.top, self.plot.bottom);
        let candidates = (0..rows).flat_map(|i| sides.iter().map(move |side| (i as f64 * STRIDE, *side)));
        let placed = |(down, anchor): (f64, Anchor)| {
            let x = if anchor == Anchor::Start { point.x + INDENT } else { point.x - INDENT };
            let corner = at(x, self.plot.top + 6.0 + down);
            Placed { block: 0, corner, anchor, area: block.area(corner, anchor) }
        };
        // A pixel's preference for the sides in the order given.
        let far = |p: &Placed| {
            let middle = f64::midpoint(p.area.top, p.area.bottom);
            (middle - point.y).abs() + sides.iter().position(|s| *s == p.anchor).unwrap_or(0) as f64 * 40.0
        };
        let mut places: Vec<(Placed, f64)> = candidates
            .map(placed)
            .map(|p| {
                let far = far(&p);
                (p, far)
            })
            .collect();
        places.sort_by(|a, b| a.1.total_cmp(&b.1));
        let is_free =
            |p: &Placed| self.is_free(p.area, free) && !self.taken.iter().any(|t| t.overlaps(leader(point, p.area)));
        places.into_iter().find(|(p, _)| is_free(p))
    }

    fn is_free(&self, area: Area, free: Free) -> bool {
        let airy = area.grown(AIR);
        let is_on = |areas: &[Area]| areas.iter().any(|t| t.overlaps(airy));
        let is_in_the_way = (free >= Free::Curves && is_on(&self.curves))
            || (free >= Free::Lines && self.scale.iter().any(|t| t.overlaps(area.grown(2.0))))
            || (free == Free::All && self.hits_band(airy));
        let is_on_mark = self.marks.iter().any(|mark| mark.overlaps(area));
        let is_taken = is_on(&self.taken) || is_on(&self.lines) || is_on_mark;
        self.plot.grown(-4.0).covers(area) && !is_taken && !is_in_the_way
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

/// Draws the rings of some marks with their words, which are placed in the order in which all together are nearest; a mark whose
/// words find no room has its ring alone.
pub fn point_out(scene: &mut Scene, room: &mut Room, marks: &[Mark]) {
    room.marks.extend(marks.iter().map(|mark| {
        let Point { x, y } = mark.point;
        Area { left: x, top: y, right: x, bottom: y }.grown(RING + RIM / 2.0)
    }));
    let tried = orders(marks.len()).into_iter().map(|order| room.in_order(marks, &order));
    let Some((placed, _)) = tried.min_by(|a, b| a.1.total_cmp(&b.1)) else { return };
    let placed = || marks.iter().zip(&placed).filter_map(|(mark, placed)| Some((mark, placed.as_ref()?)));
    for (Mark { point, .. }, placed) in placed() {
        let far = if placed.area.bottom < point.y { placed.area.top + 8.0 } else { placed.area.bottom - 4.0 };
        scene.add(Shape::Line { points: vec![*point, at(point.x, far)], stroke: line(Paint::Ink, 2.0) });
    }
    for (mark, placed) in placed() {
        let labels = mark.blocks[placed.block].labels(placed.corner, placed.anchor);
        labels.into_iter().for_each(|label| scene.add(Shape::Text(label)));
    }
    for mark in marks {
        scene.add(Shape::Dot { centre: mark.point, radius: RING, fill: Paint::Paper, rim: line(Paint::Ink, RIM) });
    }
}

/// The orders in which a few are tried; of many only one.
fn orders(count: usize) -> Vec<Vec<usize>> {
    match count {
        2 => vec![vec![0, 1], vec![1, 0]],
        3 => vec![vec![0, 1, 2], vec![0, 2, 1], vec![1, 0, 2], vec![1, 2, 0], vec![2, 0, 1], vec![2, 1, 0]],
        count => vec![(0..count).collect()],
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

/// Moves tops of blocks apart so that none is on another, as little as it takes in the squares of the ways, between two limits:
/// blocks that would meet stand together about the middle of what they want (pooling of adjacent violators, Barlow et al.
/// 1972). Where there is no room for all, the first stand above the limit.
#[must_use]
pub fn spread(wanted: &[(f64, f64)], highest: f64, lowest: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    // By their middles: a tall block does not go before the one above whose middle it begins.
    let middle = |place: &usize| wanted[*place].0 + wanted[*place].1 / 2.0;
    order.sort_by(|a, b| middle(a).total_cmp(&middle(b)).then(a.cmp(b)));
    // How far the first block would be from its place, were the others right under it: in order these may only grow.
    let mut offset = 0.0;
    let mut offsets = Vec::new();
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for i in &order {
        offsets.push(offset);
        let mut pool = (wanted[*i].0 - offset, 1);
        while let Some((mean, count)) = pools.last().copied().filter(|(mean, _)| *mean > pool.0) {
            let all = count + pool.1;
            pool = ((mean * count as f64 + pool.0 * pool.1 as f64) / all as f64, all);
            pools.pop();
        }
        pools.push(pool);
        offset += wanted[*i].1 + AIR;
    }
    let last = lowest - (offset - AIR);
    let firsts = pools.into_iter().flat_map(|(mean, count)| std::iter::repeat_n(mean, count));
    let mut tops = vec![0.0; wanted.len()];
    for ((i, offset), first) in order.iter().zip(offsets).zip(firsts) {
        tops[*i] = first.max(highest).min(last) + offset;
    }
    tops
}

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn blocks_that_want_the_same_place_stand_one_under_the_other() {
        let tops = spread(&[(100.0, 30.0), (95.0, 30.0), (300.0, 30.0)], 0.0, 320.0);
        assert_eq!(tops, [117.0, 78.0, 290.0]);
        assert_eq!(spread(&[(5.0, 30.0), (-9.0, 30.0)], 0.0, 320.0), [39.0, 0.0]);
        assert_eq!(spread(&[(0.0, 90.0), (10.0, 20.0)], -50.0, 320.0), [19.5, -9.5], "the lesser's middle is higher");
        assert_eq!(spread(&[], 0.0, 320.0), [0.0; 0]);
    }
}
