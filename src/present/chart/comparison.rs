//! Many scenarios in one picture: what leaving costs beside staying, as a share of the cost of staying, the dearest last.

use super::{HEIGHT, MARGIN, NOTE, STRONG, TICK, WIDTH, head, line};
use crate::present::Made;
use crate::present::comparison::{Found, Row};
use crate::present::look::{Look, Paint};
use crate::present::number::significant;
use crate::present::scene::{Anchor, Area, Scene, Shape, Style, at};

/// Most scenarios that are drawn; of more, half of so many from either end.
pub const MOST: usize = 24;
/// Width of the scenarios' names, and of the verdicts at the right, pixels.
const NAMES: f64 = 470.0;
const WORDS: f64 = 250.0;
/// Shares beyond which a line is cut off, with an arrow.
const FURTHEST: f64 = 1.5;
/// Highest row, pixels.
const ROW: f64 = 76.0;
/// Roughly how many shares are marked.
const TICKS: f64 = 6.0;

/// Draws the comparison; nothing where no scenario was run.
#[must_use]
pub fn draw(rows: &[Row], made: Made, look: Look) -> Option<Scene> {
    let mut found: Vec<(&str, &Found)> =
        rows.iter().filter_map(|row| Some((row.name.as_str(), row.result.as_ref().ok()?))).collect();
    found.retain(|(_, found)| found.baseline_cost > 0.0);
    let share = |found: &Found| found.difference[0] / found.baseline_cost;
    found.sort_by(|a, b| share(a.1).total_cmp(&share(b.1)).then(a.0.cmp(b.0)));
    let title = title(&found);
    let all = found.len();
    if all > MOST {
        found.drain(MOST / 2..all - MOST / 2);
    }
    let (first, last) = (found.first()?, found.last()?);
    let subtitle = [
        "Cost of leaving beside staying as one is, to each scenario’s horizon, in percent of the cost of staying"
            .to_owned(),
        "Invoices and engineers’ time. Diamond: average. Line: 8 futures in 10".to_owned(),
    ];
    let (mut scene, top) = head::begin(look, &title, &subtitle);
    let reach = |edge: fn(f64, f64) -> f64, least: f64, nth: usize| {
        found.iter().map(|(_, f)| f.quantiles[nth] / f.baseline_cost).fold(least, edge)
    };
    let lowest = reach(f64::min, share(first.1).min(-0.05), 0).max(-FURTHEST);
    let highest = reach(f64::max, share(last.1).max(0.05), 2).min(FURTHEST);
    let pitch = ((HEIGHT - 130.0 - top - 90.0) / found.len() as f64).min(ROW);
    let plot = Area {
        left: MARGIN + NAMES,
        top: top + 50.0,
        right: WIDTH - MARGIN - WORDS,
        bottom: top + 50.0 + pitch * found.len() as f64,
    };
    let scale = Scale { plot, lowest, highest };
    draw_scale(&mut scene, &scale);
    for (nth, (name, found)) in found.iter().enumerate() {
        draw_row(&mut scene, &scale, (name, found), (plot.top + pitch * (nth as f64 + 0.5), pitch));
    }
    let mut notes = Vec::new();
    if all > found.len() {
        notes.push(format!("The {} between them are in comparison.csv.", all - found.len()));
    }
    let failed = rows.iter().filter(|row| row.result.is_err()).count();
    if failed > 0 {
        notes.push(format!("{failed} more could not be run."));
    }
    let notes: Vec<Vec<String>> = notes.into_iter().map(|note| vec![note]).collect();
    head::end(&mut scene, None, &notes, &format!("outgrow {}", made.version));
    Some(scene)
}

/// How many scenarios say what.
fn title(found: &[(&str, &Found)]) -> String {
    const SAID: [(&str, &[&str]); 4] = [
        ("leave", &["leave_now", "leave_when", "pays_back"]),
        ("fix first", &["fix_first"]),
        ("stay", &["stay", "does_not_pay_back"]),
        ("too near to call or to find out first", &["too_close_to_call", "find_out_first"]),
    ];
    let counted = SAID.iter().map(|(said, words)| {
        let count = found.iter().filter(|(_, found)| words.contains(&found.word.as_str())).count();
        (count, *said)
    });
    let parts: Vec<String> =
        counted.filter(|(count, _)| *count > 0).map(|(count, said)| format!("{count} {said}")).collect();
    format!("Of {} scenarios: {}", found.len(), parts.join(", "))
}

/// Shares across the plot.
struct Scale {
    plot: Area,
    lowest: f64,
    highest: f64,
}

impl Scale {
    fn x(&self, share: f64) -> f64 {
        let within = (share - self.lowest) / (self.highest - self.lowest);
        self.plot.left + (self.plot.right - self.plot.left) * within
    }
}

fn draw_scale(scene: &mut Scene, scale: &Scale) {
    let (top, bottom) = (scale.plot.top, scale.plot.bottom);
    let least = (scale.highest - scale.lowest) / TICKS;
    let step = [0.02, 0.05, 0.1, 0.2, 0.25, 0.5, 1.0].into_iter().find(|step| *step >= least).unwrap_or(1.0);
    let (first, last) = ((scale.lowest / step).ceil() as i64, (scale.highest / step).floor() as i64);
    for nth in first..=last {
        let x = scale.x(nth as f64 * step);
        let stroke = if nth == 0 { line(Paint::Ink, 3.5) } else { line(Paint::Grid, 1.5) };
        scene.add(Shape::Line { points: vec![at(x, top), at(x, bottom)], stroke });
        let text = if nth == 0 {
            "same cost".to_owned()
        } else {
            format!("{} %", significant((nth as f64 * step * 100.0).abs()))
        };
        let weight = if nth == 0 { STRONG.weight } else { TICK.weight };
        scene.write(at(x, bottom + 8.0 + TICK.size), Anchor::Middle, &text, Style { weight, ..TICK });
    }
    let side = Style { size: 26.0, ..STRONG };
    let (zero, y) = (scale.x(0.0), top - 16.0);
    scene.write(at(zero - 18.0, y), Anchor::End, "← leaving cheaper", Style { colour: Paint::CheaperText, ..side });
    scene.write(at(zero + 18.0, y), Anchor::Start, "leaving dearer →", Style { colour: Paint::DearerText, ..side });
}

fn draw_row(scene: &mut Scene, scale: &Scale, (name, found): (&str, &Found), (y, pitch): (f64, f64)) {
    let fonts = scene.look.fonts;
    let size = (pitch * 0.62).min(27.0);
    let strong = Style { size, rim: false, ..STRONG };
    let name = fonts.fit(&fonts.drawable(name), size, strong.weight, NAMES - 20.0);
    scene.write(at(MARGIN, y + size * 0.36), Anchor::Start, &name, strong);
    let share = |dollars: f64| dollars / found.baseline_cost;
    let [low, _, high] = found.quantiles.map(share);
    let inside = |share: f64| share.clamp(scale.lowest, scale.highest);
    for (from, to, colour) in
        [(low.min(0.0), high.min(0.0), Paint::Cheaper), (low.max(0.0), high.max(0.0), Paint::Dearer)]
    {
        let (left, right) = (scale.x(inside(from)), scale.x(inside(to)));
        if right > left {
            let points = vec![at(left, y), at(right, y)];
            scene.add(Shape::Line { points, stroke: line(colour, (pitch * 0.3).min(14.0)) });
        }
    }
    let mean = share(found.difference[0]);
    if (scale.lowest..=scale.highest).contains(&mean) {
        let (x, half) = (scale.x(mean), (pitch * 0.26).min(11.0));
        let corners = vec![at(x - half, y), at(x, y - half), at(x + half, y), at(x, y + half)];
        scene.add(Shape::Polygon { corners, fill: Paint::Ink, opacity: 1.0 });
    }
    let note = Style { size: (pitch * 0.6).min(NOTE.size), rim: false, colour: Paint::Ink, ..NOTE };
    scene.write(at(scale.plot.right + 24.0, y + note.size * 0.36), Anchor::Start, &found.said(), note);
}
