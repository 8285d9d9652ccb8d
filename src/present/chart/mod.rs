//! Pictures for a planning deck: the title says the finding, the subtitle what is drawn, labels stand at the lines.
//!
//! Each chart is a function from a summary to a [`crate::present::scene::Scene`] of 1920 × 1080 pixels.

mod axis;
mod band;
pub mod difference;
mod frame;
mod place;

use super::font::Weight;
use super::scene::{Colour, Stroke, Style};

/// Width of a picture, pixels.
pub const WIDTH: f64 = 1920.0;
/// Height of a picture, pixels.
pub const HEIGHT: f64 = 1080.0;
/// What stays free at the sides, pixels.
const MARGIN: f64 = 72.0;

const PAPER: Colour = Colour(255, 255, 255);
const INK: Colour = Colour(27, 39, 51);
const QUIET: Colour = Colour(84, 97, 110);
const GRID: Colour = Colour(226, 230, 235);
/// Vermilion and blue of Okabe and Ito (2008): told apart with any colour vision. Each stands beside a word.
const DEARER: Colour = Colour(213, 94, 0);
const CHEAPER: Colour = Colour(0, 114, 178);
/// The same two, dark enough for text on white.
const DEARER_TEXT: Colour = Colour(166, 66, 0);
const CHEAPER_TEXT: Colour = Colour(0, 84, 138);

const TITLE: Style = Style { size: 47.0, weight: Weight::SemiBold, colour: INK, rim: false };
const SUBTITLE: Style = Style { size: 27.0, weight: Weight::Regular, colour: QUIET, rim: false };
const TICK: Style = Style { size: 26.0, weight: Weight::Regular, colour: INK, rim: false };
const STRONG: Style = Style { size: 29.0, weight: Weight::SemiBold, colour: INK, rim: true };
const NOTE: Style = Style { size: 25.0, weight: Weight::Regular, colour: QUIET, rim: true };
const SIDE: Style = Style { size: 28.0, weight: Weight::SemiBold, colour: INK, rim: true };
const SOURCE: Style = Style { size: 21.0, weight: Weight::Regular, colour: QUIET, rim: false };

/// Baseline to baseline, as a multiple of the type's size.
const LEADING: f64 = 1.24;

const fn line(colour: Colour, width: f64) -> Stroke {
    Stroke { colour, width, dash: None }
}
