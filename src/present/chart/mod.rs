//! Pictures for a planning deck: the title says the finding, the subtitle what is drawn, labels stand at the lines.
//!
//! Each chart is a function from a summary to a [`crate::present::scene::Scene`] of 1920 × 1080 pixels.

mod axis;
mod band;
pub mod comparison;
pub mod costs;
pub mod difference;
mod ends;
mod frame;
mod head;
pub mod hinges;
mod map;
mod names;
pub mod payback;
pub mod people;
mod place;
pub mod run_rate;
pub mod sweep;
pub mod waterfall;

use super::Made;
use super::finding::hinges::Hinge;
use super::font::Weight;
use super::look::{Look, Paint};
use super::scene::{Scene, Stroke, Style};
use crate::study::verdict::Verdict;
use crate::summary::Summary;

/// Width of a picture, pixels.
pub const WIDTH: f64 = 1920.0;
/// Height of a picture, pixels.
pub const HEIGHT: f64 = 1080.0;
/// What stays free at the sides, pixels.
const MARGIN: f64 = 72.0;

const TITLE: Style = Style { size: 47.0, weight: Weight::SemiBold, colour: Paint::Ink, rim: false };
const SUBTITLE: Style = Style { size: 27.0, weight: Weight::Regular, colour: Paint::Quiet, rim: false };
const TICK: Style = Style { size: 26.0, weight: Weight::Regular, colour: Paint::Ink, rim: false };
const STRONG: Style = Style { size: 29.0, weight: Weight::SemiBold, colour: Paint::Ink, rim: true };
const NOTE: Style = Style { size: 25.0, weight: Weight::Regular, colour: Paint::Quiet, rim: true };
const SIDE: Style = Style { size: 28.0, weight: Weight::SemiBold, colour: Paint::Ink, rim: true };
const SOURCE: Style = Style { size: 21.0, weight: Weight::Regular, colour: Paint::Quiet, rim: false };

/// Baseline to baseline, as a multiple of the type's size.
const LEADING: f64 = 1.24;

/// The names of a run's pictures, whether this or that run has them.
pub const FILES: [&str; 6] = ["difference", "payback", "costs", "run-rate", "people", "hinges"];

/// All pictures of a run, each with the name of its files. The picture of what it hinges on is there if there are
/// inputs to show. Names that the look's faces cannot draw are others. The run must have sketched all amounts ([`crate::sim::Quantiles::All`]).
#[must_use]
pub fn all(
    summary: &Summary,
    verdict: &Verdict,
    hinges: &[Hinge],
    made: Made,
    look: Look,
) -> Vec<(&'static str, Scene)> {
    let (summary, hinges) = names::drawable(summary, hinges, look.fonts);
    let (summary, hinges) = (summary.as_ref(), hinges.as_ref());
    let mut scenes = vec![
        ("difference", difference::draw(summary, verdict, made, look)),
        ("payback", payback::draw(summary, verdict, made, look)),
        ("costs", costs::draw(summary, verdict, made, look)),
        ("run-rate", run_rate::draw(summary, verdict, made, look)),
        ("people", people::draw(summary, verdict, made, look)),
    ];
    scenes.extend(hinges::draw(summary, verdict, hinges, made, look).map(|scene| ("hinges", scene)));
    debug_assert!(scenes.iter().all(|(name, _)| FILES.contains(name)), "Invariant: every picture has a known name");
    scenes
}

const fn line(colour: Paint, width: f64) -> Stroke {
    Stroke { colour, width, dash: None }
}
