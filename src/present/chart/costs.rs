//! Where the money goes: a bar for each option, made of what it pays for.

use super::{HEIGHT, LEADING, MARGIN, NOTE, STRONG, WIDTH, head, line};
use crate::model::Bucket;
use crate::present::finding::average;
use crate::present::finding::costs::{self as words, Bar, Grid, Part, What};
use crate::present::font::Fonts;
use crate::present::look::{Look, Paint};
use crate::present::number::count;
use crate::present::scene::{Anchor, Area, Point, Scene, Shape, Style, at};
use crate::present::{Made, finding, grid, side};
use crate::study::verdict::{Standing, Verdict};
use crate::summary::{Account, CostPhase, PartTotal, Summary};

/// Most options with a bar, and of those most that have words under their bars.
const MOST: usize = 9;
const ROOMY: usize = 5;
/// Width of the names beside bars without words under them, pixels.
const NAMES: f64 = 320.0;
/// A colour's sample before its name, pixels.
const SAMPLE: f64 = 34.0;
/// Longest name, characters.
const SHORT: usize = 48;
/// Highest bar with its words, pixels: two fill the picture.
const TALLEST_ROW: f64 = 370.0;
/// Widest words beside a bar's end, pixels.
const TOTALS: f64 = 250.0;
/// Air left and right of words in a part, pixels.
const PADDING: f64 = 12.0;
/// Between two stripes, pixels.
const STRIPES: f64 = 14.0;
/// Least height of a row with words under its bar, and how far they are from its middle at least, pixels: a total's words end there.
const TWO_LINES: f64 = 88.0;
const BELOW_TOTAL: f64 = 36.0;
/// Amounts of parts that are too narrow for them, under the bars of many options.
const SMALL: Style = Style { size: 21.0, rim: false, ..NOTE };
/// Names in and under the bars.
const PART: Style = Style { size: 24.0, rim: false, colour: Paint::Ink, ..NOTE };

/// What each option pays for: the baseline first, then the leader, then the others by cost.
#[must_use]
pub fn bars(summary: &Summary, verdict: &Verdict) -> Vec<Bar> {
    let others = verdict.others.iter().map(|o| o.option);
    let all = [summary.baseline, verdict.leader.option].into_iter().chain(others);
    all.map(|option| bar(summary, verdict, option)).collect()
}

fn bar(summary: &Summary, verdict: &Verdict, option: usize) -> Bar {
    let costs = &summary.options[option].costs[summary.lens() as usize];
    let is_discounted = summary.rate().is_some();
    let worth = |part: &PartTotal| if is_discounted { part.present_value } else { part.total };
    let of = |what: What| costs.parts.iter().filter(|p| kind(p) == Some(what)).map(|p| worth(p).value).sum();
    let parts = What::ALL.into_iter().map(|what| Part { what, dollars: of(what) }).collect();
    let name = side::cut(&side::name(summary, option), SHORT);
    let standing = [&verdict.leader].into_iter().chain(&verdict.others).find(|standing| standing.option == option);
    // The bars are of the whole run: where the choice is made over another time, so is what stands beside them.
    let to_the_end = |standing: &Standing| {
        let difference = summary.decided(standing.option).delta.last().map_or(standing.difference, |end| end.mean);
        Standing { difference, ..*standing }
    };
    let is_other = summary.options[option].decided.is_some();
    let difference = standing.map(|standing| {
        if is_other {
            let standing = to_the_end(standing);
            let unit = grid::unit(standing.difference.value.abs(), 2, standing.difference.se);
            let rounded = grid::nearest(standing.difference.value, unit);
            return (rounded, finding::on_average_beside(summary, &standing));
        }
        (average::rounded(summary, verdict, standing), average::beside_baseline(summary, verdict, standing))
    });
    Bar { name, total: summary.cost(option).last().map_or(0.0, |s| s.mean.value), parts, difference }
}

/// What a part of the total is drawn as.
const fn kind(part: &PartTotal) -> Option<What> {
    match (part.phase, part.account) {
        (CostPhase::Opening, _) => Some(What::Opening),
        (CostPhase::DualRunning, _) => Some(What::DualRunning),
        (CostPhase::Project, _) => Some(What::Project),
        (CostPhase::Running, Account::Bucket(bucket)) => Some(match bucket {
            Bucket::Runtime => What::Runtime,
            Bucket::Data => What::Data,
            Bucket::Tooling => What::Tooling,
            Bucket::Engineering => What::Engineering,
        }),
        (CostPhase::Running, Account::Loss | Account::Penalties | Account::Premium | Account::Blocked) => {
            Some(What::Lost)
        }
    }
}

/// Draws the bars.
#[must_use]
pub fn draw(summary: &Summary, verdict: &Verdict, made: Made, look: Look) -> Scene {
    let bars = bars(summary, verdict);
    let drawn = &bars[..bars.len().min(MOST)];
    let grid = Grid::of(drawn, average::grid(summary, verdict), summary.currency);
    let title = words::title(drawn, grid, summary.months);
    let (mut scene, top) = head::begin(look, &title, &words::subtitle(summary));
    let mut notes = vec![vec![words::bridge(summary).to_owned()]];
    if bars.len() > MOST {
        notes.push(vec![format!("{} more options are in summary.json.", count((bars.len() - MOST) as u64))]);
    }
    if drawn.len() > ROOMY {
        draw_many(&mut scene, drawn, grid, top)
    } else {
        draw_bars(&mut scene, drawn, grid, top)
    }
    head::end(&mut scene, None, &notes, &finding::source(summary, made));
    scene
}

/// Draws bars between a height and the notes; the first is what the others' totals are held against.
fn draw_bars(scene: &mut Scene, bars: &[Bar], grid: Grid, top: f64) {
    let longest = words::longest(bars);
    let width = WIDTH - 2.0 * MARGIN - TOTALS;
    let pixels = if longest > 0.0 { width / longest } else { 0.0 };
    let bottom = HEIGHT - 108.0;
    let pitch = ((bottom - top) / bars.len() as f64).min(TALLEST_ROW);
    for (nth, bar) in bars.iter().enumerate() {
        let from = top + pitch * nth as f64;
        let name = Style { rim: false, ..STRONG };
        scene.write(at(MARGIN, from + name.size), Anchor::Start, &bar.name, name);
        let bar_top = from + name.size * LEADING + 8.0;
        let under = PART.size * LEADING + 26.0;
        let row = Area { left: MARGIN, top: bar_top, right: MARGIN + width, bottom: from + pitch - under };
        let (parts, amounts): (Vec<Part>, Vec<f64>) = bar.shown(longest, grid).into_iter().unzip();
        let end = draw_parts(scene, &parts, &amounts, row, (pixels, grid));
        write_total(scene, grid, bar.beside(), grid.total(bar), at(end + 16.0, f64::midpoint(row.top, row.bottom)));
    }
}

/// Draws bars of many options: names beside them, amounts in them where there is room, and what the colours are above.
fn draw_many(scene: &mut Scene, bars: &[Bar], grid: Grid, top: f64) {
    let fonts = scene.look.fonts;
    let longest = words::longest(bars);
    let left = MARGIN + NAMES;
    let pixels = if longest > 0.0 { (WIDTH - MARGIN - TOTALS - left) / longest } else { 0.0 };
    let shown: Vec<Vec<(Part, f64)>> = bars.iter().map(|bar| bar.shown(longest, grid)).collect();
    draw_key(scene, &shown, top);
    let (first, bottom) = (top + PART.size * LEADING + 14.0, HEIGHT - 100.0);
    let pitch = (bottom - first) / bars.len() as f64;
    for (nth, (bar, parts)) in bars.iter().zip(&shown).enumerate() {
        let row = first + pitch * (nth as f64 + 0.5);
        // Under the bar stand the parts that are too narrow for their amounts, where there is room.
        let has_room = pitch >= TWO_LINES;
        let (middle, half) = if has_room { (row - 14.0, pitch * 0.24) } else { (row, pitch * 0.33) };
        let mut narrow: Vec<String> = Vec::new();
        let style = Style { size: 27.0, rim: false, ..STRONG };
        let lines = fonts.wrap_evenly(&bar.name, style.size, style.weight, NAMES - 24.0);
        let height = lines.len() as f64 * style.size * LEADING;
        for (place, text) in lines.iter().enumerate() {
            let y = middle - height / 2.0 + style.size * (0.98 + LEADING * place as f64);
            scene.write(at(MARGIN, y), Anchor::Start, text, style);
        }
        let mut from = left;
        for (part, amount) in parts {
            let to = from + part.dollars.max(0.0) * pixels;
            let area = Area { left: from, right: to, top: middle - half, bottom: middle + half };
            draw_part(scene, part.what, area);
            let amount = grid.written(*amount);
            if !write_amount(scene, part.what, &amount, area) && to > from {
                narrow.push(format!("{} {amount}", part.what.name()));
            }
            from = to;
        }
        if has_room {
            let text = fonts.fit(&narrow.join(", "), SMALL.size, SMALL.weight, WIDTH - MARGIN - left);
            let is_under_total = left + fonts.measure(&text, SMALL.size, SMALL.weight).width > from;
            let below = if is_under_total { half.max(BELOW_TOTAL) + SMALL.size } else { half + SMALL.size };
            let y = middle + below;
            scene.write(at(left, y), Anchor::Start, &text, SMALL);
        }
        let edge = vec![at(left, middle - half - 6.0), at(left, middle + half + 6.0)];
        scene.add(Shape::Line { points: edge, stroke: line(Paint::Ink, 3.0) });
        write_total(scene, grid, bar.beside(), grid.total(bar), at(from + 16.0, middle));
    }
}

/// What the colours stand for, in a row.
fn draw_key(scene: &mut Scene, shown: &[Vec<(Part, f64)>], top: f64) {
    let fonts = scene.look.fonts;
    let is_drawn = |what: &What| shown.iter().flatten().any(|(part, _)| part.what == *what);
    let mut x = MARGIN + NAMES;
    for what in What::ALL.into_iter().filter(is_drawn) {
        let area = Area { left: x, right: x + SAMPLE, top: top + 3.0, bottom: top + 3.0 + PART.size };
        draw_part(scene, what, area);
        scene.write(at(area.right + 10.0, area.bottom - 3.0), Anchor::Start, what.name(), PART);
        x = area.right + 10.0 + fonts.measure(what.name(), PART.size, PART.weight).width + 30.0;
    }
}

/// Writes an amount upon its part where there is room; whether there was. Stripes would make it hard to read.
fn write_amount(scene: &mut Scene, what: What, amount: &str, area: Area) -> bool {
    let Some(series) = series(what).filter(|_| !what.is_move()) else { return false };
    let style = Style { colour: Paint::OnSeries(series), weight: STRONG.weight, ..PART };
    let width = scene.look.fonts.measure(amount, style.size, style.weight).width;
    let has_room = width + PADDING <= area.right - area.left && style.size * LEADING <= area.bottom - area.top;
    if has_room {
        let at_middle =
            at(f64::midpoint(area.left, area.right), f64::midpoint(area.top, area.bottom) + style.size * 0.36);
        scene.write(at_middle, Anchor::Middle, amount, style);
    }
    has_room
}

/// Words under a bar that found no room in it.
struct Under {
    middle: f64,
    text: String,
    width: f64,
}

/// Draws the parts of a bar with their names and amounts; returns where it ends.
fn draw_parts(scene: &mut Scene, parts: &[Part], amounts: &[f64], row: Area, (pixels, grid): (f64, Grid)) -> f64 {
    let fonts = scene.look.fonts;
    let mut left = row.left;
    let mut under = Vec::new();
    for (part, shown) in parts.iter().zip(amounts) {
        let right = left + part.dollars.max(0.0) * pixels;
        let area = Area { left, right, ..row };
        draw_part(scene, part.what, area);
        let amount = format!("{}{}", if *shown < 0.0 { "−" } else { "" }, grid.written(*shown));
        if !write_inside(scene, fonts, part.what, &amount, area) {
            let text = format!("{} {amount}", part.what.name());
            let width = fonts.measure(&text, PART.size, PART.weight).width;
            under.push(Under { middle: f64::midpoint(left, right), text, width });
        }
        left = right;
    }
    write_under(scene, &under, row);
    scene.add(Shape::Line {
        points: vec![at(row.left, row.top - 6.0), at(row.left, row.bottom + 6.0)],
        stroke: line(Paint::Ink, 3.0),
    });
    left
}

const fn series(what: What) -> Option<usize> {
    match what {
        What::Runtime => Some(0),
        What::Data => Some(1),
        What::Tooling => Some(2),
        What::Engineering => Some(3),
        What::Project | What::DualRunning | What::Opening => Some(4),
        What::Rest | What::Lost => None,
    }
}

/// A part's area with a seam at its right, striped if it is paid for moving.
fn draw_part(scene: &mut Scene, what: What, area: Area) {
    if area.right - area.left <= 0.0 {
        return;
    }
    let seam = if area.right - area.left > 6.0 { 2.0 } else { 0.0 };
    let area = Area { right: area.right - seam, ..area };
    let corners = vec![
        at(area.left, area.top),
        at(area.right, area.top),
        at(area.right, area.bottom),
        at(area.left, area.bottom),
    ];
    let fill = series(what).map_or(Paint::Quiet, Paint::Series);
    scene.add(Shape::Polygon { corners, fill, opacity: 1.0 });
    let slopes: &[f64] = match what {
        What::Project => &[1.0],
        What::DualRunning => &[-1.0],
        What::Opening | What::Lost => &[1.0, -1.0],
        _ => &[],
    };
    for slope in slopes {
        stripe(scene, area, *slope);
    }
}

/// Stripes of paper across an area, rising or falling by 45 degrees.
fn stripe(scene: &mut Scene, area: Area, slope: f64) {
    let height = area.bottom - area.top;
    let count = ((area.right - area.left + height) / STRIPES) as u32;
    for nth in 1..=count {
        // Where the stripe would start on the bottom (rising) or top (falling) edge, were it long enough.
        let start = area.left - height + f64::from(nth) * STRIPES;
        let (from, to) = (start.max(area.left), (start + height).min(area.right));
        if to - from < 1.0 {
            continue;
        }
        let y = |x: f64| if slope > 0.0 { area.bottom - (x - start) } else { area.top + (x - start) };
        scene.add(Shape::Line { points: vec![at(from, y(from)), at(to, y(to))], stroke: line(Paint::Paper, 3.5) });
    }
}

/// Writes a part's name and amount upon it; whether there was room. Stripes would make words hard to read.
fn write_inside(scene: &mut Scene, fonts: Fonts, what: What, amount: &str, area: Area) -> bool {
    let Some(series) = series(what).filter(|_| !what.is_move()) else { return false };
    let style = Style { colour: Paint::OnSeries(series), ..PART };
    let strong = Style { weight: STRONG.weight, ..style };
    let width = |text: &str, style: Style| fonts.measure(text, style.size, style.weight).width;
    let (free, height) = (area.right - area.left - 2.0 * PADDING, area.bottom - area.top);
    let (name, amount_width) = (width(what.name(), style), width(amount, strong));
    let (x, middle) = (area.left + PADDING, f64::midpoint(area.top, area.bottom));
    let step = style.size * LEADING;
    if name.max(amount_width) <= free && height >= 2.0 * step + 6.0 {
        scene.write(at(x, middle - step / 2.0 + style.size * 0.36), Anchor::Start, what.name(), style);
        scene.write(at(x, middle + step / 2.0 + style.size * 0.36), Anchor::Start, amount, strong);
        return true;
    }
    if name + 10.0 + amount_width <= free && height >= step {
        scene.write(at(x, middle + style.size * 0.36), Anchor::Start, what.name(), style);
        scene.write(at(x + name + 10.0, middle + style.size * 0.36), Anchor::Start, amount, strong);
        return true;
    }
    false
}

/// Writes words under a bar, each as near to its part as the others let it, with a line to it.
fn write_under(scene: &mut Scene, under: &[Under], row: Area) {
    let wanted: Vec<(f64, f64)> = under.iter().map(|u| (u.middle - u.width / 2.0, u.width + 18.0)).collect();
    let lefts = super::place::spread(&wanted, row.left, WIDTH - MARGIN);
    for (words, left) in under.iter().zip(lefts) {
        let (x, y) = (left + words.width / 2.0, row.bottom + 14.0 + PART.size);
        let points = vec![
            at(words.middle, row.bottom + 2.0),
            at(words.middle.clamp(left, left + words.width), row.bottom + 14.0),
        ];
        scene.add(Shape::Line { points, stroke: line(Paint::Quiet, 1.5) });
        scene.write(at(x, y), Anchor::Middle, &words.text, PART);
    }
}

/// Writes what a bar comes to, and what that is beside the first.
fn write_total(scene: &mut Scene, grid: Grid, beside: Option<String>, dollars: f64, place: Point) {
    let total = Style { rim: false, ..STRONG };
    let y = if beside.is_some() { place.y - 6.0 } else { place.y + total.size * 0.36 };
    scene.write(at(place.x, y), Anchor::Start, &grid.written(dollars), total);
    if let Some(text) = beside {
        scene.write(at(place.x, y + NOTE.size * LEADING), Anchor::Start, &text, Style { rim: false, ..NOTE });
    }
}
