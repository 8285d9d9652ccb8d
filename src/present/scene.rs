//! A picture as a list of shapes in pixels, with every text measured: what a chart returns and `store` turns into bytes.
//!
//! Knows nothing of SVG or PNG, and nothing of what the picture is about.

use super::font::{Fonts, Reach, Weight};
use super::look::{Look, Paint};

/// A point: pixels from the left, pixels from the top.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Pixels from the left.
    pub x: f64,
    /// Pixels from the top.
    pub y: f64,
}

/// Makes a point.
#[must_use]
pub const fn at(x: f64, y: f64) -> Point {
    Point { x, y }
}

/// A rectangle with sides along the axes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Lower edge.
    pub bottom: f64,
}

impl Area {
    /// Whether two areas share more than an edge.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    /// Whether the other lies within this one.
    #[must_use]
    pub fn covers(self, other: Self) -> bool {
        self.left <= other.left && self.top <= other.top && self.right >= other.right && self.bottom >= other.bottom
    }

    /// The area with `by` more on every side.
    #[must_use]
    pub fn grown(self, by: f64) -> Self {
        Self { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }
}

/// Which end of a text its point is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// The text begins there.
    Start,
    /// Its middle is there.
    Middle,
    /// It ends there.
    End,
}

/// How a text looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Style {
    /// Size of the type, pixels.
    pub size: f64,
    /// Weight of the type.
    pub weight: Weight,
    /// Its colour.
    pub colour: Paint,
    /// Whether a rim in the background's colour keeps it apart from lines behind it.
    pub rim: bool,
}

/// A text in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// Where the baseline's anchor is.
    pub at: Point,
    /// What `at` is of the text.
    pub anchor: Anchor,
    /// The text, drawable in the embedded faces.
    pub text: String,
    /// How it looks.
    pub style: Style,
    /// How far its ink reaches.
    reach: Reach,
}

impl Label {
    /// A label; what cannot be drawn is left out.
    #[must_use]
    pub fn new(fonts: Fonts, at: Point, anchor: Anchor, text: &str, style: Style) -> Self {
        let text = fonts.drawable(text);
        let reach = fonts.measure(&text, style.size, style.weight);
        Self { at, anchor, text, style, reach }
    }

    /// The area that its ink lies in.
    #[must_use]
    pub fn area(&self) -> Area {
        let reach = self.reach;
        let left = match self.anchor {
            Anchor::Start => self.at.x,
            Anchor::Middle => self.at.x - reach.width / 2.0,
            Anchor::End => self.at.x - reach.width,
        };
        let (top, bottom) = (self.at.y - reach.up, self.at.y + reach.down);
        Area { left, top, right: left + reach.width, bottom }
    }
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub colour: Paint,
    /// Its width, pixels.
    pub width: f64,
    /// Dash and gap, pixels; `None` draws it through.
    pub dash: Option<(f64, f64)>,
}

/// A shape.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A filled polygon.
    Polygon {
        /// Its corners.
        corners: Vec<Point>,
        /// Its colour.
        fill: Paint,
        /// 0 is invisible, 1 hides what is behind.
        opacity: f64,
    },
    /// A line through points.
    Line {
        /// The points.
        points: Vec<Point>,
        /// How it is drawn.
        stroke: Stroke,
    },
    /// A filled dot with a rim.
    Dot {
        /// Its centre.
        centre: Point,
        /// Its radius, pixels.
        radius: f64,
        /// Its colour.
        fill: Paint,
        /// The rim.
        rim: Stroke,
    },
    /// A text.
    Text(Label),
}

/// A picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// Width, pixels.
    pub width: f64,
    /// Height, pixels.
    pub height: f64,
    /// Its colours and typeface.
    pub look: Look,
    /// What it says, for those who cannot see it.
    pub alternative: String,
    /// Shapes, the hindmost first.
    pub shapes: Vec<Shape>,
}

impl Scene {
    /// An empty picture.
    #[must_use]
    pub const fn new(width: f64, height: f64, look: Look) -> Self {
        Self { width, height, look, alternative: String::new(), shapes: Vec::new() }
    }

    /// Puts a shape in front of the others.
    pub fn add(&mut self, shape: Shape) {
        self.shapes.push(shape);
    }

    /// Puts a text in front of the others.
    pub fn write(&mut self, at: Point, anchor: Anchor, text: &str, style: Style) {
        self.add(Shape::Text(Label::new(self.look.fonts, at, anchor, text, style)));
    }

    /// Its texts.
    pub fn labels(&self) -> impl Iterator<Item = &Label> {
        self.shapes.iter().filter_map(|shape| match shape {
            Shape::Text(label) => Some(label),
            _ => None,
        })
    }
}
