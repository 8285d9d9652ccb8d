//! From before to after: a bar for each change, from where the ones above it have led.

use super::{HEIGHT, LEADING, MARGIN, NOTE, STRONG, TICK, WIDTH, axis, head, line};
use crate::present::Made;
use crate::present::changes::{Compared, Headline, Row};
use crate::present::look::{Look, Paint};
use crate::present::number::count;
use crate::present::scene::{Anchor, Area, Scene, Shape, Style, at};
use crate::present::side::one_line;

/// Most changes with a bar of their own.
pub const MOST: usize = 9;
/// Width of the names, and of the words behind a bar, pixels.
const NAMES: f64 = 600.0;
const AMOUNTS: f64 = 260.0;
/// Highest row and highest bar, pixels.
const ROW: f64 = 110.0;
const BAR: f64 = 46.0;
/// From a bar's end to its words, pixels.
const GAP: f64 = 12.0;
/// Zero is on the picture where it is no further from the bars than so many times their way.
const NEAR: f64 = 3.0;
/// Air beside the outermost bars, as a share of the scale.
const AIR: f64 = 0.04;

/// A row of the picture.
struct Step {
    name: String,
    /// What stands below the name.
    more: String,
    from: f64,
    to: f64,
    words: String,
    fill: Paint,
}

/// Draws the way from before to after; nothing where there is no amount to follow or nothing that changed it.
#[must_use]
pub fn draw(compared: &Compared, made: Made, look: Look) -> Option<Scene> {
    let headline = compared.headline.as_ref().filter(|_| !compared.rows.is_empty())?;
    let steps = steps(compared, headline);
    let (mut scene, top) = head::begin(look, &title(compared, headline), &subtitle(compared, headline));
    let plot = Area { left: MARGIN + NAMES, top, right: WIDTH - MARGIN - AMOUNTS, bottom: HEIGHT - 150.0 };
    let scale = Scale::of(&steps, plot);
    draw_scale(&mut scene, headline, &scale);
    let pitch = ((plot.bottom - plot.top) / steps.len() as f64).min(ROW);
    let half = (pitch * 0.36).min(BAR / 2.0);
    for (nth, step) in steps.iter().enumerate() {
        let y = plot.top + pitch * (nth as f64 + 0.5);
        draw_step(&mut scene, step, &scale, (y, half));
        if nth + 1 < steps.len() {
            let x = scale.x(step.to);
            let points = vec![at(x, y + half), at(x, y + pitch - half)];
            scene.add(Shape::Line { points, stroke: line(Paint::Quiet, 2.0) });
        }
        write_name(&mut scene, step, y, pitch);
    }
    let source = format!(
        "outgrow {}, {} futures, seed {}, the same before and after. {} → {}",
        made.version,
        count(compared.trials),
        compared.seed,
        compared.files[0],
        compared.files[1]
    );
    let mut notes =
        vec![vec!["Each change: the mean of what it does alone and what it does last. Bars add up.".to_owned()]];
    notes.extend((!scale.has_zero()).then(|| vec!["The scale does not begin at the same cost.".to_owned()]));
    head::end(&mut scene, None, &notes, &source);
    Some(scene)
}

/// "AWS is $452k cheaper than Heroku over 5 years; before 3 changes it was $383k cheaper".
fn title(compared: &Compared, headline: &Headline) -> String {
    let [own, base] = &headline.names;
    let [before, after] = headline.ends.map(|end| headline.sided(end));
    let is = |size: &str| match size {
        "the same cost" => format!("{own} costs what {base} does"),
        size => format!("{own} is {size} than {base}"),
    };
    let was = if before == "the same cost" { "it was the same cost".to_owned() } else { format!("it was {before}") };
    let changes = match compared.rows.len() {
        1 => "the change".to_owned(),
        n => format!("{} changes", count(n as u64)),
    };
    let [then, now] = &headline.over;
    let until = if then == now { String::new() } else { format!(" over {then}") };
    format!("{} over {now}; before {changes} {was}{until}", is(&after))
}

fn subtitle(compared: &Compared, headline: &Headline) -> Vec<String> {
    let what = format!("What each change did to the average {}, {}", headline.of_what(), headline.currency.word());
    let horizon = compared.told.iter().find(|text| text.starts_with("Options are compared over "));
    [what].into_iter().chain(horizon.cloned()).collect()
}

/// Before, the changes that did most, the others as one, what they do together, after.
fn steps(compared: &Compared, headline: &Headline) -> Vec<Step> {
    let mut at = headline.ends[0];
    let end = |name: &str, file: &str, dollars: f64| Step {
        name: name.to_owned(),
        more: one_line(file),
        from: 0.0,
        to: dollars,
        words: headline.sided(dollars),
        fill: Paint::Series(0),
    };
    let mut steps = vec![end("before", &compared.files[0], headline.ends[0])];
    let mut step = |name: String, more: String, did: f64, words: String| {
        let fill = if did < 0.0 { Paint::Cheaper } else { Paint::Dearer };
        let (from, to) = (at, at + did);
        at = to;
        Step { name, more, from, to, words, fill }
    };
    // One that would be alone among the others has a bar of its own.
    let own = if compared.rows.len() <= MOST + 1 { compared.rows.len() } else { MOST };
    for row in &compared.rows[..own] {
        let (name, more) = named(row);
        steps.push(step(name, more, row.did, headline.did(row)));
    }
    let rest = &compared.rows[own..];
    if !rest.is_empty() {
        let did = rest.iter().map(|row| row.did).sum();
        steps.push(step(format!("{} more", count(rest.len() as u64)), String::new(), did, headline.signed(did)));
    }
    if let Some(together) = headline.together.filter(|dollars| *dollars != 0.0) {
        let name = "together".to_owned();
        steps.push(step(name, "three changes or more".to_owned(), together, headline.signed(together)));
    }
    steps.push(end("after", &compared.files[1], headline.ends[1]));
    steps
}

/// The end of a change's path, and what comes before it or with it.
fn named(row: &Row) -> (String, String) {
    let path = one_line(&row.differences[0].path);
    let mut pieces: Vec<&str> = path.split('.').collect();
    let last = pieces.split_off(pieces.len().saturating_sub(2));
    let with: Vec<String> = row.differences[1..].iter().map(|difference| one_line(&difference.path)).collect();
    let more = match (pieces.is_empty(), with.is_empty()) {
        (_, false) => format!("with {}", with.join(", ")),
        (false, true) => format!("of {}", pieces.join(".")),
        (true, true) => String::new(),
    };
    (last.join("."), more)
}

/// Amounts from left to right.
struct Scale {
    plot: Area,
    lowest: f64,
    highest: f64,
}

impl Scale {
    fn of(steps: &[Step], plot: Area) -> Self {
        let ends = || steps.iter().map(|step| step.to);
        let (low, high) = ends().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
        let way = high - low;
        let is_near = low - NEAR * way <= 0.0 && high + NEAR * way >= 0.0;
        let (low, high) = if is_near || way <= 0.0 { (low.min(0.0), high.max(0.0)) } else { (low, high) };
        let air = if high > low { AIR * (high - low) } else { 1.0 };
        Self { plot, lowest: low - air, highest: high + air }
    }

    fn x(&self, dollars: f64) -> f64 {
        let share = (dollars - self.lowest) / (self.highest - self.lowest);
        self.plot.left + (self.plot.right - self.plot.left) * share
    }

    fn has_zero(&self) -> bool {
        self.lowest < 0.0 && self.highest > 0.0
    }
}

/// The amounts below and their lines; the one at zero is strong.
fn draw_scale(scene: &mut Scene, headline: &Headline, scale: &Scale) {
    let fonts = scene.look.fonts;
    let amounts = axis::amounts(scale.lowest, scale.highest);
    let labels = axis::amount_labels(headline.currency, &amounts);
    let widest = axis::widest(fonts, &labels, TICK) + 30.0;
    let pixels = amounts.windows(2).next().map_or(widest, |pair| scale.x(pair[1]) - scale.x(pair[0]));
    let every = ((widest / pixels).ceil() as usize).max(1);
    let zero = amounts.iter().position(|amount| *amount == 0.0).unwrap_or(0);
    for (nth, (amount, label)) in amounts.iter().zip(&labels).enumerate() {
        let x = scale.x(*amount);
        let stroke = if *amount == 0.0 { line(Paint::Ink, 3.5) } else { line(Paint::Grid, 1.5) };
        let points = vec![at(x, scale.plot.top - 8.0), at(x, scale.plot.bottom + 6.0)];
        scene.add(Shape::Line { points, stroke });
        if nth.abs_diff(zero).is_multiple_of(every) {
            scene.write(at(x, scale.plot.bottom + 14.0 + TICK.size), Anchor::Middle, label, TICK);
        }
    }
}

fn draw_step(scene: &mut Scene, step: &Step, scale: &Scale, (y, half): (f64, f64)) {
    let is_end = step.fill == Paint::Series(0);
    // Where zero is far away an end is a place and no bar.
    let from = if is_end && !scale.has_zero() { step.to } else { step.from };
    let (left, right) = (scale.x(from.min(step.to)), scale.x(from.max(step.to)));
    if right - left > 0.0 {
        let corners = vec![at(left, y - half), at(right, y - half), at(right, y + half), at(left, y + half)];
        scene.add(Shape::Polygon { corners, fill: step.fill, opacity: 1.0 });
    }
    let x = scale.x(step.to);
    let points = vec![at(x, y - half - 3.0), at(x, y + half + 3.0)];
    scene.add(Shape::Line { points, stroke: line(Paint::Ink, 3.0) });
    let style = if is_end { STRONG } else { NOTE };
    let style = Style { size: NOTE.size, colour: Paint::Ink, rim: true, ..style };
    // Words never stand upon the line at zero.
    let zero = scale.x(0.0);
    let width = scene.look.fonts.measure(&step.words, style.size, style.weight).width;
    let mut words = right + GAP;
    if scale.has_zero() && words < zero + GAP && words + width > zero - GAP {
        let before = left - GAP - width;
        words = if !is_end && before >= scale.plot.left { before } else { zero + GAP };
    }
    scene.write(at(words, y + style.size * 0.36), Anchor::Start, &step.words, style);
}

/// A row's name, and below it what it is of, where there is room.
fn write_name(scene: &mut Scene, step: &Step, y: f64, pitch: f64) {
    let fonts = scene.look.fonts;
    let (strong, quiet) = (Style { size: 27.0, rim: false, ..STRONG }, Style { size: 21.0, rim: false, ..NOTE });
    let fit = |text: &str, style: Style| fonts.fit(&fonts.drawable(text), style.size, style.weight, NAMES - 40.0);
    let has_room = !step.more.is_empty() && (strong.size + quiet.size) * LEADING <= pitch;
    let lift = if has_room { quiet.size * LEADING / 2.0 } else { 0.0 };
    let (name, y) = (fit(&step.name, strong), y + strong.size * 0.36 - lift);
    scene.write(at(MARGIN, y), Anchor::Start, &name, strong);
    if has_room {
        scene.write(at(MARGIN, y + quiet.size * LEADING), Anchor::Start, &fit(&step.more, quiet), quiet);
        return;
    }
    // Else behind it, as far as there is room.
    let left = MARGIN + fonts.measure(&name, strong.size, strong.weight).width + GAP;
    let more = fonts.fit(&fonts.drawable(&step.more), quiet.size, quiet.weight, MARGIN + NAMES - 40.0 - left);
    if more.chars().count() > 1 {
        scene.write(at(left, y), Anchor::Start, &more, quiet);
    }
}
