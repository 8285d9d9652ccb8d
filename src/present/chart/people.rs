//! Who does the hours over time: a small picture for each option, all on one scale, hours of a month upon each other.

use super::frame::Frame;
use super::{HEIGHT, LEADING, MARGIN, NOTE, STRONG, TICK, WIDTH, axis, head, line};
use crate::present::finding::{self, people as words};
use crate::present::font::Fonts;
use crate::present::look::{Look, Paint};
use crate::present::number::{amount, count};
use crate::present::scene::{Anchor, Area, Point, Scene, Shape, Style, at};
use crate::present::{Made, people, side};
use crate::study::verdict::Verdict;
use crate::summary::{HoursBy, Mean, Summary, Who};

/// Most options with a picture of their own.
const MOST: usize = 7;
/// Most layers with a colour of their own; the others of them share the last.
const MOST_LAYERS: usize = 3;
/// Between two pictures side by side, pixels: names of Januaries reach out of one.
const BETWEEN: f64 = 84.0;
/// The same where four are side by side and every year has its name inside of one.
const CLOSE: f64 = 48.0;
/// Longest run of which four side by side name every year.
const FIVE_YEARS: u32 = 60;
/// Room over the highest month, as a share of it.
const ABOVE: f64 = 1.06;
/// Months above so many times the highest of the last year would make that flat; they are cut off there.
const TALLEST: f64 = 4.0;
/// A highest month that is no more than so many times as high as that is not cut off.
const HARDLY: f64 = 1.3;
/// Roughly how many amounts an axis shows.
const TICKS: f64 = 4.0;
/// What is free on both sides of the hours of a month that is cut off, how far from it places are tried, and how many.
const AIR: f64 = 4.0;
const STEP: f64 = 4.0;
const FARTHEST: u32 = 60;
/// The square before a name, pixels.
const SQUARE: f64 = 24.0;
/// Between two names of the key, pixels.
const APART: f64 = 40.0;

const NAME: Style = Style { rim: false, ..STRONG };
const BELOW: Style = Style { rim: false, ..NOTE };

/// Draws who does the hours.
#[must_use]
pub fn draw(summary: &Summary, verdict: &Verdict, made: Made, look: Look) -> Scene {
    let (mut scene, top) = head::begin(look, &words::title(summary, verdict), &words::subtitle(summary));
    let order = people::order(summary, verdict);
    let drawn = &order[..order.len().min(MOST)];
    let key = Key::of(summary, drawn);
    let top = key.draw(&mut scene, top);
    let highest = scale(summary, drawn);
    let frames = frames(look.fonts, summary, (drawn.len(), top, highest));
    let mut unsaid = 0.0_f64;
    for (place, (option, frame)) in drawn.iter().zip(&frames).enumerate() {
        let is_left = place == 0 || frame.plot.left < frames[place - 1].plot.left;
        let cut = draw_one(&mut scene, summary, *option, (frame, is_left), &key);
        unsaid = unsaid.max(cut.unwrap_or(0.0));
    }
    let mut notes: Vec<Vec<String>> = idle(summary, drawn).into_iter().collect();
    if unsaid > 0.0 {
        notes.push(vec![format!("The highest month, {} hours, is cut off.", amount(unsaid, 0.0))]);
    }
    if summary.options.len() > drawn.len() {
        let more = summary.options.len() - drawn.len();
        let [s, are] = if more == 1 { ["", "is"] } else { ["s", "are"] };
        notes.push(vec![format!("{} more option{s} {are} in summary.json.", count(more as u64))]);
    }
    head::end(&mut scene, None, &notes, &finding::source(summary, made));
    scene
}

/// What seats are paid beyond the hours that are drawn, option by option; the longest way to say it first.
fn idle(summary: &Summary, drawn: &[usize]) -> Option<Vec<String>> {
    let all = people::idle(summary, drawn);
    let of = |option: &usize| {
        let own = all.iter().filter(|idle| idle.option == *option);
        let hours: f64 = own.map(|idle| idle.paid - idle.hours.value).sum();
        (hours > 0.0).then(|| (side::name(summary, *option), hours))
    };
    let options: Vec<(String, f64)> = drawn.iter().filter_map(of).collect();
    let most = options.iter().map(|(_, hours)| *hours).reduce(f64::max)?;
    let each = options.iter().map(|(name, hours)| format!("{name} {} h", amount(*hours, 0.0)));
    let each = each.collect::<Vec<_>>().join(", ");
    let when = words::late(summary);
    Some(vec![
        format!("Paid and not drawn, a month in {when}: seats without work, {each}."),
        format!("Not drawn: seats without work, {each}."),
        format!("Not drawn: seats without work, up to {} h a month.", amount(most, 0.0)),
    ])
}

/// Hours of every month of some options.
fn together<'s>(summary: &'s Summary, drawn: &'s [usize]) -> impl Iterator<Item = f64> + 's {
    let months = 0..summary.months as usize;
    months.flat_map(move |m| drawn.iter().map(move |option| levels(summary, *option, m).last().copied().unwrap_or(0.0)))
}

/// The upper end of the scale; what is higher is cut off there, and it is clearly higher.
fn scale(summary: &Summary, drawn: &[usize]) -> f64 {
    let peak = |option: &usize| together(summary, std::slice::from_ref(option)).fold(0.0, f64::max);
    let peaks: Vec<f64> = drawn.iter().map(peak).collect();
    let late = |option: &usize| summary.options[*option].people.together.last().map_or(0.0, |mean: &Mean| mean.value);
    let most = TALLEST * drawn.iter().map(late).fold(0.0, f64::max);
    let highest = |peaks: &mut dyn Iterator<Item = f64>| peaks.fold(0.0, f64::max);
    let whole = match most {
        most if most > 0.0 => highest(&mut peaks.iter().copied().filter(|peak| *peak <= HARDLY * most)),
        _ => highest(&mut peaks.iter().copied()),
    };
    let is_cut = peaks.iter().any(|peak| *peak > ABOVE * whole);
    match (whole * ABOVE, is_cut) {
        (_, true) => most.max(whole * ABOVE),
        (whole, false) if whole > 0.0 => whole,
        _ => 1.0,
    }
}

/// Running sums of a month's hours over whoever does them.
fn levels(summary: &Summary, option: usize, month: usize) -> Vec<f64> {
    let mut sum = 0.0;
    let add = |by: &HoursBy| {
        sum += by.by_month.get(month).map_or(0.0, |mean| mean.value.max(0.0));
        sum
    };
    summary.options[option].people.by.iter().map(add).collect()
}

/// Who has which colour.
struct Key {
    /// Names of layers, those that do most first.
    layers: Vec<String>,
    has_outside: bool,
}

impl Key {
    fn of(summary: &Summary, drawn: &[usize]) -> Self {
        let all = || drawn.iter().flat_map(|option| &summary.options[*option].people.by);
        let mut layers: Vec<(String, f64)> = Vec::new();
        for by in all().filter(|by| matches!(by.who, Who::Layer(_))) {
            let (name, hours) = (words::called(&by.title), by.by_month.iter().map(|mean| mean.value).sum::<f64>());
            match layers.iter_mut().find(|(known, _)| *known == name) {
                Some((_, sum)) => *sum += hours,
                None => layers.push((name, hours)),
            }
        }
        layers.sort_by(|a, b| b.1.total_cmp(&a.1));
        let layers = layers.into_iter().map(|(name, _)| name).collect();
        Self { layers, has_outside: all().any(|by| by.who == Who::Outside) }
    }

    /// The series of somebody.
    fn series(&self, by: &HoursBy) -> usize {
        let place = || self.layers.iter().position(|name| *name == words::called(&by.title)).unwrap_or(0);
        match by.who {
            Who::Developers => 0,
            Who::Layer(_) => 1 + place().min(MOST_LAYERS - 1),
            Who::Outside => 1 + MOST_LAYERS,
        }
    }

    fn names(&self) -> Vec<(usize, String)> {
        let mut names = vec![(0, "developers".to_owned())];
        for (place, name) in self.layers.iter().take(MOST_LAYERS).enumerate() {
            let shares = place + 1 == MOST_LAYERS && self.layers.len() > MOST_LAYERS;
            names.push((1 + place, if shares { "other layers".to_owned() } else { name.clone() }));
        }
        if self.has_outside {
            names.push((1 + MOST_LAYERS, "outside help with the move".to_owned()));
        }
        names
    }

    /// Writes the names on one line; gives from where on there is room below.
    fn draw(&self, scene: &mut Scene, top: f64) -> f64 {
        let names = self.names();
        let fonts = scene.look.fonts;
        let room = (WIDTH - 2.0 * MARGIN + APART) / names.len() as f64 - APART - SQUARE - 12.0;
        let mut left = MARGIN;
        for (series, name) in names {
            let square = Area { left, top, right: left + SQUARE, bottom: top + SQUARE };
            fill(scene, &corners(square), series);
            left += SQUARE + 12.0;
            let name = fonts.fit(&fonts.drawable(&name), TICK.size, TICK.weight, room);
            scene.write(at(left, top + SQUARE * 0.85), Anchor::Start, &name, TICK);
            left += fonts.measure(&name, TICK.size, TICK.weight).width + APART;
        }
        top + SQUARE + 22.0
    }
}

/// Where the pictures are: up to four side by side, in one row or two.
fn frames(fonts: Fonts, summary: &Summary, (n, top, highest): (usize, f64, f64)) -> Vec<Frame> {
    let (columns, rows) = match n {
        0..=3 => (n.max(1), 1),
        4 => (2, 2),
        5 | 6 => (3, 2),
        _ => (4, 2),
    };
    let labels: Vec<String> = amounts(highest).into_iter().map(|(_, label)| label).collect();
    let left = MARGIN + axis::widest(fonts, &labels, TICK) + 18.0;
    let between = if columns == 4 && summary.months <= FIVE_YEARS { CLOSE } else { BETWEEN };
    let width = (WIDTH - MARGIN - left - between * (columns - 1) as f64) / columns as f64;
    let under = HEIGHT - axis::floor(summary.months) - 88.0;
    let pitch = (axis::floor(summary.months) + under - top) / rows as f64;
    let frame = |place: usize| {
        let (column, row) = (place % columns, place / columns);
        let left = left + (width + between) * column as f64;
        let from = top + pitch * row as f64 + (NAME.size + BELOW.size) * LEADING + 18.0;
        let plot = Area { left, top: from, right: left + width, bottom: top + pitch * (row + 1) as f64 - under };
        Frame { plot, months: summary.months, lowest: 0.0, highest, currency: summary.currency }
    };
    (0..n).map(frame).collect()
}

/// Round amounts of hours up to the highest, as they are written.
fn amounts(highest: f64) -> Vec<(f64, String)> {
    let least = highest / TICKS;
    let mut power = 1e-3;
    while power * 10.0 <= least {
        power *= 10.0;
    }
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|n| n * power).find(|step| *step >= least).unwrap_or(least);
    let all = (0..).map(|i| f64::from(i) * step).take_while(|amount| *amount <= highest);
    all.map(|hours| (hours, format!("{} h", crate::present::number::significant(hours)))).collect()
}

/// Draws one option; the hours of its highest month where that is cut off and there is no room to say so.
fn draw_one(
    scene: &mut Scene,
    summary: &Summary,
    option: usize,
    (frame, is_left): (&Frame, bool),
    key: &Key,
) -> Option<f64> {
    let fonts = scene.look.fonts;
    let plot = frame.plot;
    let fitted =
        |text: &str, style: Style| fonts.fit(&fonts.drawable(text), style.size, style.weight, plot.right - plot.left);
    let name = fitted(&side::name(summary, option), NAME);
    let y = plot.top - 18.0 - BELOW.size * LEADING;
    scene.write(at(plot.left, y), Anchor::Start, &name, NAME);
    let below = words::by_whom(summary, option).into_iter().map(|text| fonts.drawable(&text));
    let is_short = |text: &String| fonts.measure(text, BELOW.size, BELOW.weight).width <= plot.right - plot.left;
    let below: Vec<String> = below.collect();
    let below = below.iter().find(|text| is_short(text)).or(below.last()).map_or_else(String::new, String::clone);
    let below = fitted(&below, BELOW);
    scene.write(at(plot.left, plot.top - 18.0), Anchor::Start, &below, BELOW);
    for (hours, label) in amounts(frame.highest) {
        let y = frame.y(hours);
        scene.add(Shape::Line { points: vec![at(plot.left, y), at(plot.right, y)], stroke: line(Paint::Grid, 1.5) });
        if is_left {
            scene.write(at(plot.left - 14.0, y + TICK.size * 0.36), Anchor::End, &label, TICK);
        }
    }
    draw_areas(scene, summary, option, frame, key);
    axis::draw_months(scene, frame, summary.start);
    name_peak(scene, summary, option, frame)
}

/// Writes the hours of the highest month beside the place where it is cut off, with an arrow up; gives them back where there
/// is no room.
fn name_peak(scene: &mut Scene, summary: &Summary, option: usize, frame: &Frame) -> Option<f64> {
    let months = 0..summary.months as usize;
    let hours: Vec<f64> = months.map(|m| levels(summary, option, m).last().copied().unwrap_or(0.0)).collect();
    let (place, most) = hours.iter().copied().enumerate().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))?;
    if most <= frame.highest {
        return None;
    }
    let style = Style { rim: true, ..NAME };
    let text = format!("↑ {} h", amount(most, 0.0));
    let (width, top) = (scene.look.fonts.measure(&text, style.size, style.weight).width, frame.plot.top);
    let (baseline, foot) = (top + style.size * 0.8, top + style.size * LEADING);
    // The nearest place without hours under the words.
    let is_free = |left: f64| {
        let right = left + width;
        let is_in = left >= frame.plot.left && right <= frame.plot.right;
        let is_under = |m: usize| frame.x(m as f64 + 1.5) > left - AIR && frame.x(m as f64 - 0.5) < right + AIR;
        is_in && hours.iter().enumerate().all(|(m, hours)| !is_under(m) || frame.y(*hours) > foot)
    };
    let peak = frame.x(place as f64 + 0.5);
    let steps = |from: f64, by: f64| (0..FARTHEST).map(move |nth| from + f64::from(nth) * by);
    let left = steps(peak, STEP).find(|left| is_free(*left));
    let left = left.or_else(|| steps(peak - width, -STEP).find(|left| is_free(*left)));
    match left {
        Some(left) => scene.write(at(left, baseline), Anchor::Start, &text, style),
        None => return Some(most),
    }
    None
}

/// Hours of whoever does them upon each other, developers at the foot.
fn draw_areas(scene: &mut Scene, summary: &Summary, option: usize, frame: &Frame, key: &Key) {
    let by_month: Vec<Vec<f64>> = (0..summary.months as usize).map(|m| levels(summary, option, m)).collect();
    // A month's hours are drawn in its middle; the first and the last reach to the edges.
    let across = |place: Option<usize>| -> Vec<Point> {
        let hours = |m: usize| place.map_or(0.0, |place| by_month[m][place]);
        let last = by_month.len() - 1;
        let inner = (0..by_month.len()).map(|m| (m as f64 + 0.5, hours(m)));
        let ends = [(0.0, hours(0)), (frame.months.into(), hours(last))];
        let path: Vec<(f64, f64)> = std::iter::once(ends[0]).chain(inner).chain(std::iter::once(ends[1])).collect();
        flat_topped(&path, frame.highest).into_iter().map(|(month, hours)| at(frame.x(month), frame.y(hours))).collect()
    };
    let all = &summary.options[option].people.by;
    for (place, by) in all.iter().enumerate() {
        let lower = across(place.checked_sub(1));
        let upper = across(Some(place));
        let outline: Vec<Point> = upper.iter().copied().chain(lower.iter().rev().copied()).collect();
        fill(scene, &outline, key.series(by));
        if place > 0 {
            scene.add(Shape::Line { points: lower, stroke: line(Paint::Paper, 2.0) });
        }
    }
}

/// A line cut off at a height: flat between where it comes to it and where it leaves it.
fn flat_topped(path: &[(f64, f64)], highest: f64) -> Vec<(f64, f64)> {
    let mut flat: Vec<(f64, f64)> = Vec::new();
    for (nth, (month, hours)) in path.iter().enumerate() {
        if let Some((before, from)) = nth.checked_sub(1).map(|nth| path[nth])
            && (from > highest) != (*hours > highest)
        {
            flat.push((before + (month - before) * (highest - from) / (hours - from), highest));
        }
        flat.push((*month, hours.min(highest)));
    }
    flat
}

fn fill(scene: &mut Scene, corners: &[Point], series: usize) {
    scene.add(Shape::Polygon { corners: corners.to_vec(), fill: Paint::Series(series), opacity: 1.0 });
}

fn corners(area: Area) -> [Point; 4] {
    let Area { left, top, right, bottom } = area;
    [at(left, top), at(right, top), at(right, bottom), at(left, bottom)]
}
