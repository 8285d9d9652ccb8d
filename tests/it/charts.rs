//! The six pictures, on runs of every kind: what the tests of each draw and measure.

mod difference;
mod every;
mod files;
mod hinges;
mod map;
mod months;
mod payback;
mod people;
mod run_rate;

use std::sync::LazyLock;

use outgrow::present::Made;
use outgrow::present::chart;
use outgrow::present::finding::hinges::{Flip, Hinge};
use outgrow::present::look::Look;
use outgrow::present::scene::{Area, Label, Point, Scene, Shape, Stroke};
use outgrow::study::verdict;
use outgrow::summary::{OptionSummary, Probability, Summary};

use crate::generate;
use crate::pages::built::{self, Luck, at_random, cases};

const MADE: Made = Made { version: "0.0.0", streams: 1 };
/// Two texts nearer than this to each other count as one on the other, pixels.
const APART: f64 = 1.0;

fn scenes(summary: &Summary, hinges: &[Hinge], look: Look) -> Vec<(&'static str, Scene)> {
    chart::all(summary, &verdict::of(summary, &[], None), hinges, MADE, look)
}

fn light(summary: &Summary, hinges: &[Hinge]) -> Vec<(&'static str, Scene)> {
    scenes(summary, hinges, Look::light())
}

/// Inputs at random, hostile ones among them.
fn hinges(luck: &mut Luck) -> Vec<Hinge> {
    const LABELS: [&str; 5] = [
        "growth of traffic",
        "hours a month to run ECS in a steady month, with everything that nobody thought of at first, and then some",
        "Überlänge\u{202E}\u{1F680}",
        "x",
        "=HYPERLINK(\"x\")",
    ];
    let count = (luck.uniform() * 14.0) as usize;
    let scale = [0.0, 1.0, 1e5, 1e14][(luck.uniform() * 4.0) as usize];
    (0..count)
        .map(|i| {
            let flips = luck.uniform() < 0.6;
            let text = if i % 3 == 0 {
                "leaving loses above 40 h"
            } else {
                "leaving loses below 2.7 % a month of anything at all"
            };
            Hinge {
                path: String::new(),
                label: LABELS[i % LABELS.len()].to_owned(),
                low: ["26 h", "-0.5 % / month", "a very long value with its unit"][i % 3].to_owned(),
                high: ["55 h", "9 % / month", "another very long value"][i % 3].to_owned(),
                unit: ["", "", "engineer-weeks", "times the plan"][i % 4].to_owned(),
                delta_low: scale * (luck.uniform() - 0.5),
                delta_high: scale * (luck.uniform() - 0.5),
                error: 0.0,
                flip: flips.then(|| Flip { text: text.to_owned(), beyond: Probability { count: 3, of: 10 } }),
            }
        })
        .collect()
}

fn shipped() -> Vec<Summary> {
    let texts = [
        include_str!("../../scenarios/heroku-to-ecs.toml"),
        include_str!("../../scenarios/legaci.toml"),
        include_str!("../../scenarios/small-heroku-stays.toml"),
        include_str!("../golden/does-not-pay-back.toml"),
        include_str!("../golden/find-out-first.toml"),
        include_str!("../golden/fix-first.toml"),
        include_str!("../golden/leave-now.toml"),
        include_str!("../golden/pays-back.toml"),
        include_str!("../golden/stay.toml"),
        include_str!("../golden/too-close-to-call.toml"),
    ];
    texts.map(|text| crate::run::run(text, 512, 7).summary).into()
}

/// Every scenario that is shipped, drawn in few futures, without inputs.
fn every_scenario() -> &'static [Drawn] {
    static SHIPPED: LazyLock<Vec<Drawn>> = LazyLock::new(|| {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
        let mut files: Vec<_> =
            std::fs::read_dir(folder).expect("scenarios").map(|f| f.expect("a file").path()).collect();
        files.retain(|file| file.extension().is_some_and(|end| end == "toml"));
        files.sort();
        let draw = |file: std::path::PathBuf| {
            let text = std::fs::read_to_string(&file).expect("a scenario");
            let summary = crate::run::run(&text, 512, 7).summary;
            let scenes = light(&summary, &[]);
            Drawn { name: file.display().to_string(), summary, scenes }
        };
        files.into_iter().map(draw).collect()
    });
    &SHIPPED
}

/// Sixty options with names of every kind.
fn many_options() -> Summary {
    let mut summary = cases().iter().find(|(name, _)| *name == "hostile").expect("a case").1.clone();
    let pattern: Vec<OptionSummary> = summary.options.clone();
    for nth in 3..60 {
        let mut option = pattern[1 + nth % 2].clone();
        option.name = format!("way-{nth}");
        option.platform = ["שלום עולם", "🚀🚀🚀", "Platform with a name of many words that goes on", "Q"][nth % 4]
            .to_owned()
            + &nth.to_string();
        summary.options.push(option);
    }
    summary
}

/// A run in which nothing costs anything.
fn costless() -> Summary {
    let mut summary = cases().iter().find(|(name, _)| *name == "certain").expect("a case").1.clone();
    let none = |spread: &mut outgrow::summary::Spread| {
        spread.mean.value = 0.0;
        spread.quantiles.iter_mut().for_each(|q| (q.value, q.low, q.high) = (0.0, 0.0, 0.0));
    };
    for option in &mut summary.options {
        option.buckets.iter_mut().flatten().chain(&mut option.project).for_each(|m| m.value = 0.0);
        for costs in &mut option.costs {
            costs.monthly.iter_mut().chain(&mut costs.cumulative).chain(&mut costs.present_value).for_each(none);
        }
        for crossover in option.against.iter_mut().flatten() {
            crossover.delta.iter_mut().for_each(none);
        }
    }
    summary
}

/// A run with its name and pictures.
struct Drawn {
    name: String,
    summary: Summary,
    scenes: Vec<(&'static str, Scene)>,
}

/// Everything that the pictures must bear, drawn once for all tests.
fn drawn() -> &'static [Drawn] {
    static DRAWN: LazyLock<Vec<Drawn>> = LazyLock::new(|| {
        let mut luck = Luck(20_270_101);
        let built = (0..200).map(|n| (format!("built {n}"), built::summary(&at_random(&mut luck))));
        let mut all: Vec<(String, Summary)> = built.collect();
        all.extend(cases().iter().map(|(name, summary)| ((*name).to_owned(), summary.clone())));
        // 200 scenarios of the language, each through the whole product.
        all.extend(
            (0..200).map(|n| (format!("generated {n}"), crate::run::run(&generate::scenario(n), 64, n).summary)),
        );
        all.extend(shipped().into_iter().map(|summary| (summary.scenario.clone(), summary)));
        all.extend([("sixty options".to_owned(), many_options()), ("costless".to_owned(), costless())]);
        let draw = |(name, summary): (String, Summary)| {
            let scenes = light(&summary, &hinges(&mut luck));
            Drawn { name, summary, scenes }
        };
        all.into_iter().map(draw).collect()
    });
    &DRAWN
}

/// What is wrong with the layout of a picture, in words.
fn misplaced(scene: &Scene) -> Vec<String> {
    let canvas = Area { left: 0.0, top: 0.0, right: scene.width, bottom: scene.height };
    let boxes: Vec<(&Label, Area)> =
        scene.labels().filter(|l| !l.text.trim().is_empty()).map(|l| (l, l.area())).collect();
    let mut wrong = Vec::new();
    for (place, (label, area)) in boxes.iter().enumerate() {
        if !canvas.covers(*area) {
            wrong.push(format!("{:?} at {area:?} leaves the canvas", label.text));
        }
        for (other, behind) in &boxes[..place] {
            if area.grown(APART).overlaps(*behind) {
                wrong.push(format!("{:?} at {area:?} is on {:?} at {behind:?}", label.text, other.text));
            }
        }
    }
    for shape in &scene.shapes {
        let points = match shape {
            Shape::Polygon { corners, .. } => corners.as_slice(),
            Shape::Line { points, .. } => points,
            Shape::Dot { centre, .. } => std::slice::from_ref(centre),
            Shape::Text(_) => &[],
        };
        if points.iter().any(|p| !(p.x >= 0.0 && p.x <= scene.width && p.y >= 0.0 && p.y <= scene.height)) {
            wrong.push(format!("a shape leaves the canvas: {points:?}"));
        }
        if let Shape::Dot { centre, radius, .. } = shape {
            let dot = Area { left: centre.x, top: centre.y, right: centre.x, bottom: centre.y }.grown(*radius);
            for (label, _) in boxes.iter().filter(|(_, area)| area.overlaps(dot)) {
                wrong.push(format!("{:?} is on the mark at {centre:?}", label.text));
            }
        }
    }
    wrong
}

/// The lines of a picture, each with how it is drawn.
fn lines(scene: &Scene) -> impl Iterator<Item = (&[Point], Stroke)> {
    scene.shapes.iter().filter_map(|shape| match shape {
        Shape::Line { points, stroke } => Some((points.as_slice(), *stroke)),
        _ => None,
    })
}

/// Whether a straight line from one point to another runs through an area (Liang and Barsky 1984).
fn runs_through(from: Point, to: Point, area: Area) -> bool {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let sides =
        [(-dx, from.x - area.left), (dx, area.right - from.x), (-dy, from.y - area.top), (dy, area.bottom - from.y)];
    let (mut enters, mut leaves) = (0.0_f64, 1.0_f64);
    for (step, room) in sides {
        match step {
            0.0 if room < 0.0 => return false,
            s if s < 0.0 => enters = enters.max(room / s),
            s if s > 0.0 => leaves = leaves.min(room / s),
            _ => {}
        }
    }
    enters < leaves
}
