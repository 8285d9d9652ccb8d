//! A sweep of two inputs as a map: each cell has the colour and the letter of the option that is cheapest in it, stronger the
//! more the next one costs, and a bold line runs wherever another option is cheapest.

use super::sweep::{LONGEST, draw_values, subtitle};
use super::{HEIGHT, LEADING, MARGIN, NOTE, STRONG, TICK, WIDTH, axis, head, line};
use crate::present::look::{Look, Paint, SERIES};
use crate::present::scene::{Anchor, Area, Label, Point, Scene, Shape, Style, at};
use crate::present::sweep::{self as words, Of};
use crate::study::sweep::{Axis, Cell, Sweep};

/// Width of the names at the right, and the room before them, pixels.
const NAMES: f64 = 330.0;
const BESIDE: f64 = 36.0;
/// Side of the square before a name, pixels.
const SQUARE: f64 = 40.0;
/// The faintest and the strongest colour of a cell.
const FAINT: f64 = 0.16;
const FULL: f64 = 0.42;
/// What stays free around the words of a cell, pixels.
const ROOM: f64 = 10.0;
/// Sizes of letters and of amounts in cells, pixels: the first that fits.
const LETTERS: [f64; 4] = [32.0, 27.0, 22.0, 18.0];
const AMOUNTS: [f64; 3] = [26.0, 22.0, 19.0];
/// The least room that a letter of its own is written for where cells have none, pixels squared.
const REGION: f64 = 2_400.0;
/// Width of a line where the cheapest changes, between narrow cells and others, pixels; cells are narrow below so much.
const BORDER: (f64, f64) = (3.5, 5.0);
const NARROW: f64 = 44.0;
/// What the picture shows beside its letters.
pub(super) const NOTES: &str =
    "A bold line runs wherever another option is cheapest. The stronger a colour, the more the next one costs.";
/// Capital letters stand up so much of the type's size.
const CAPITAL: f64 = 0.72;

/// The options that are cheapest somewhere, and what each is drawn in.
struct Winners {
    options: Vec<usize>,
    paints: Vec<Paint>,
}

impl Winners {
    fn of(sweep: &Sweep, of: &Of<'_>) -> Self {
        let options = words::winners(sweep);
        let mut series = (0..SERIES).cycle();
        let paint = |option: &usize| match *option == of.baseline {
            true => Paint::Quiet,
            false => Paint::Series(series.next().unwrap_or(0)),
        };
        let paints = options.iter().map(paint).collect();
        Self { options, paints }
    }

    fn place(&self, cell: &Cell) -> usize {
        self.options.iter().position(|option| *option == cell.cheapest).unwrap_or(0)
    }
}

/// Where cells stand.
#[derive(Clone, Copy)]
struct Grid {
    plot: Area,
    width: f64,
    height: f64,
}

impl Grid {
    /// The first value of the first input lies lowest, as on an axis.
    fn area(&self, at: &[usize]) -> Area {
        let (left, bottom) =
            (self.plot.left + self.width * at[1] as f64, self.plot.bottom - self.height * at[0] as f64);
        Area { left, top: bottom - self.height, right: left + self.width, bottom }
    }

    fn middle(&self, at: &[usize]) -> Point {
        let area = self.area(at);
        self::at(f64::midpoint(area.left, area.right), f64::midpoint(area.top, area.bottom))
    }
}

/// What is written in cells: sizes of letter and amount, and whether the amount stands below the letter.
#[derive(Clone, Copy)]
struct Written {
    letter: f64,
    amount: Option<(f64, bool)>,
}

/// Draws the map.
pub(super) fn draw(sweep: &Sweep, (rows, columns): (&Axis, &Axis), of: &Of<'_>, look: Look) -> Scene {
    let first =
        format!("Which option costs least {}, on average, and by how much less than the next", words::over(sweep));
    let (mut scene, top) = head::begin(look, &words::finding(sweep, of), &subtitle(of, first));
    let fitted = |text: String| look.fonts.fit(&look.fonts.drawable(&text), TICK.size, TICK.weight, LONGEST);
    let down: Vec<String> = rows.apart().0.into_iter().map(fitted).collect();
    let left = MARGIN + axis::widest(look.fonts, &down, TICK) + 16.0;
    let plot = Area { left, top: top + 44.0, right: WIDTH - MARGIN - NAMES - BESIDE, bottom: HEIGHT - 170.0 };
    let grid = Grid {
        plot,
        width: (plot.right - plot.left) / columns.values.len() as f64,
        height: (plot.bottom - plot.top) / rows.values.len() as f64,
    };
    let winners = Winners::of(sweep, of);
    let lead = |cell: &Cell| cell.lead().map_or(0.0, |lead| lead.value);
    let largest = sweep.cells.iter().map(lead).fold(0.0, f64::max).max(1.0);
    let opacity = |cell: &Cell| FAINT + (FULL - FAINT) * lead(cell) / largest;
    for cell in &sweep.cells {
        let (corners, fill) = (corners(grid.area(&cell.at)), winners.paints[winners.place(cell)]);
        scene.add(Shape::Polygon { corners, fill, opacity: opacity(cell) });
    }
    for cell in &sweep.cells {
        draw_borders(&mut scene, sweep, cell, &grid);
    }
    match written(sweep, of, &grid, look) {
        Some(written) => {
            for cell in &sweep.cells {
                let place = winners.place(cell);
                let colour = upon(look, winners.paints[place], opacity(cell));
                write_cell(
                    &mut scene,
                    (place, &words::lead(cell, of.currency)),
                    (written, colour),
                    grid.middle(&cell.at),
                );
            }
        }
        None => write_regions(&mut scene, sweep, &grid, &winners),
    }
    let x = |nth: usize| plot.left + grid.width * (nth as f64 + 0.5);
    draw_values(&mut scene, columns, plot, &x);
    let every = ((TICK.size + 4.0) / grid.height).ceil() as usize;
    for (nth, value) in down.iter().enumerate().step_by(every.max(1)) {
        let y = grid.middle(&[nth, 0]).y + TICK.size * 0.36;
        scene.write(at(plot.left - 16.0, y), Anchor::End, value, TICK);
    }
    let name = Style { size: 25.0, ..NOTE };
    scene.write(at(MARGIN, plot.top - 16.0), Anchor::Start, &rows.name(), name);
    draw_names(&mut scene, sweep, of, &winners, plot);
    scene
}

fn corners(area: Area) -> Vec<Point> {
    vec![at(area.left, area.top), at(area.right, area.top), at(area.right, area.bottom), at(area.left, area.bottom)]
}

/// What is read upon a colour that lets the paper through.
fn upon(look: Look, fill: Paint, opacity: f64) -> Paint {
    let colour = |paint: Paint| look.palette.colour(paint);
    let behind = colour(Paint::Paper).towards(colour(fill), opacity);
    let contrast = |paint: Paint| colour(paint).contrast(behind);
    if contrast(Paint::Ink) >= contrast(Paint::Paper) { Paint::Ink } else { Paint::Paper }
}

/// A bold line where another option is cheapest than in the neighbour before: left of the cell, and below it.
fn draw_borders(scene: &mut Scene, sweep: &Sweep, cell: &Cell, grid: &Grid) {
    let area = grid.area(&cell.at);
    let width = if grid.width.min(grid.height) < NARROW { BORDER.0 } else { BORDER.1 };
    let edges = [
        (1, vec![at(area.left, area.top), at(area.left, area.bottom)]),
        (0, vec![at(area.left, area.bottom), at(area.right, area.bottom)]),
    ];
    for (axis, points) in edges {
        if sweep.before(cell, axis).is_some_and(|before| before.cheapest != cell.cheapest) {
            scene.add(Shape::Line { points, stroke: line(Paint::Ink, width) });
        }
    }
}

/// What there is room for in every cell: letter and amount below or beside it, the letter alone, or nothing.
fn written(sweep: &Sweep, of: &Of<'_>, grid: &Grid, look: Look) -> Option<Written> {
    let wide = |text: &str, size: f64| look.fonts.measure(text, size, STRONG.weight).width;
    let (width, height) = (grid.width - 2.0 * ROOM, grid.height - ROOM);
    let is_in = |size: &&f64| wide("W", **size) <= width && **size * CAPITAL <= height;
    let letter = *LETTERS.iter().find(is_in)?;
    let amounts: Vec<String> = sweep.cells.iter().map(|cell| words::lead(cell, of.currency)).collect();
    let widest = |size: f64| axis::widest(look.fonts, &amounts, Style { size, ..TICK });
    let below = |size: &&f64| widest(**size) <= width && LETTERS[0] * CAPITAL + ROOM + **size <= height;
    let beside = |size: &&f64| wide("W", letter) + ROOM + widest(**size) <= width;
    let amount = AMOUNTS.iter().find(below).map(|size| (*size, true));
    let amount =
        amount.or_else(|| AMOUNTS.iter().filter(|size| **size <= letter).find(beside).map(|size| (*size, false)));
    Some(Written { letter, amount })
}

/// The letter of a cell and its amount around its middle.
fn write_cell(scene: &mut Scene, (place, amount): (usize, &str), (written, colour): (Written, Paint), middle: Point) {
    let letter = words::letter(place);
    let strong = Style { size: written.letter, colour, rim: false, ..STRONG };
    let y = middle.y + written.letter * CAPITAL / 2.0;
    match written.amount {
        None => scene.write(at(middle.x, y), Anchor::Middle, &letter, strong),
        Some((size, true)) => {
            let style = Style { size, colour, ..TICK };
            let half = (written.letter * CAPITAL + ROOM + size * CAPITAL) / 2.0;
            let (upper, lower) = (middle.y - half + written.letter * CAPITAL, middle.y + half);
            scene.write(at(middle.x, upper), Anchor::Middle, &letter, strong);
            scene.write(at(middle.x, lower), Anchor::Middle, amount, style);
        }
        Some((size, false)) => {
            let style = Style { size, colour, ..TICK };
            let wide = |text: &str, style: Style| scene.look.fonts.measure(text, style.size, style.weight).width;
            let (first, second) = (wide(&letter, strong), wide(amount, style));
            let left = middle.x - (first + ROOM + second) / 2.0;
            scene.write(at(left, y), Anchor::Start, &letter, strong);
            scene.write(at(left + first + ROOM, y), Anchor::Start, amount, style);
        }
    }
}

/// One letter for all cells that hang together with the same option, where cells have no room for their own.
fn write_regions(scene: &mut Scene, sweep: &Sweep, grid: &Grid, winners: &Winners) {
    let mut regions = regions(sweep);
    regions.sort_by_key(|region| std::cmp::Reverse(region.len()));
    let mut taken: Vec<Area> = Vec::new();
    for region in regions {
        if region.len() as f64 * grid.width * grid.height < REGION {
            continue;
        }
        let middle = grid.middle(inmost(&region));
        let letter = words::letter(winners.place(sweep.cell(&region[0])));
        let place = at(middle.x, middle.y + STRONG.size * CAPITAL / 2.0);
        let label = Label::new(scene.look.fonts, place, Anchor::Middle, &letter, STRONG);
        let area = label.area().grown(4.0);
        if taken.iter().all(|other| !other.overlaps(area)) {
            taken.push(area);
            scene.add(Shape::Text(label));
        }
    }
}

/// Places of cells that hang together, side by side, with the same option.
fn regions(sweep: &Sweep) -> Vec<Vec<Vec<usize>>> {
    let mut free: std::collections::BTreeSet<Vec<usize>> = sweep.cells.iter().map(|cell| cell.at.clone()).collect();
    let mut regions = Vec::new();
    while let Some(first) = free.pop_first() {
        let cheapest = sweep.cell(&first).cheapest;
        let (mut region, mut next) = (vec![first], 0);
        while next < region.len() {
            for beside in neighbours(&region[next]) {
                if free.contains(&beside) && sweep.cell(&beside).cheapest == cheapest {
                    free.remove(&beside);
                    region.push(beside);
                }
            }
            next += 1;
        }
        regions.push(region);
    }
    regions
}

fn neighbours(at: &[usize]) -> [Vec<usize>; 4] {
    let (row, column) = (at[0], at[1]);
    [[row.wrapping_sub(1), column], [row + 1, column], [row, column.wrapping_sub(1)], [row, column + 1]].map(Vec::from)
}

/// The place of a region that lies deepest in it: what is left when rims are taken off, one after the other.
fn inmost(region: &[Vec<usize>]) -> &[usize] {
    let mut left: std::collections::BTreeSet<&[usize]> = region.iter().map(Vec::as_slice).collect();
    loop {
        let inner: std::collections::BTreeSet<&[usize]> = left
            .iter()
            .copied()
            .filter(|at| neighbours(at).iter().all(|other| left.contains(other.as_slice())))
            .collect();
        if inner.is_empty() {
            break;
        }
        left = inner;
    }
    let middle = left.len() / 2;
    left.into_iter().nth(middle).expect("Invariant: a region has a cell")
}

/// The options that are cheapest somewhere, with their letters and how often that is.
fn draw_names(scene: &mut Scene, sweep: &Sweep, of: &Of<'_>, winners: &Winners, plot: Area) {
    let fonts = scene.look.fonts;
    let left = plot.right + BESIDE;
    let wide = NAMES - SQUARE - 14.0;
    let lines =
        |option: usize, style: Style| fonts.wrap(&fonts.drawable(&of.options[option]), style.size, style.weight, wide);
    let share = |style: Style| Style { size: style.size.min(NOTE.size), ..NOTE };
    let height = |option: usize, style: Style| {
        let words = lines(option, style).len() as f64 * style.size + share(style).size;
        (words * LEADING).max(SQUARE) + style.size * 0.7
    };
    let sizes = [STRONG.size, 25.0, 21.0].map(|size| Style { size, ..STRONG });
    let room = plot.bottom - plot.top;
    let all = |style: &Style| winners.options.iter().map(|option| height(*option, *style)).sum::<f64>();
    let style = *sizes.iter().find(|style| all(style) <= room).unwrap_or(&sizes[2]);
    // Where there is no room for all, the last line says how many more there are.
    let end = if all(&style) <= room { plot.bottom } else { plot.bottom - NOTE.size * LEADING };
    let mut y = plot.top;
    for (place, option) in winners.options.iter().enumerate() {
        let needed = height(*option, style);
        if y + needed > end + 0.5 {
            let more = format!("and {} more", winners.options.len() - place);
            scene.write(at(left, y + NOTE.size), Anchor::Start, &more, NOTE);
            return;
        }
        let square = Area { left, top: y, right: left + SQUARE, bottom: y + SQUARE };
        let fill = winners.paints[place];
        scene.add(Shape::Polygon { corners: corners(square), fill, opacity: FULL });
        let letter = Style { size: 27.0, colour: upon(scene.look, fill, FULL), rim: false, ..STRONG };
        let middle = at(left + SQUARE / 2.0, y + SQUARE / 2.0 + letter.size * CAPITAL / 2.0);
        scene.write(middle, Anchor::Middle, &words::letter(place), letter);
        let mut line = y + style.size * 0.98;
        for text in lines(*option, style) {
            scene.write(at(left + SQUARE + 14.0, line), Anchor::Start, &text, style);
            line += style.size * LEADING;
        }
        let times = sweep.cells.iter().filter(|cell| cell.cheapest == *option).count();
        let often = format!("at {times} of {}", sweep.cells.len());
        scene.write(at(left + SQUARE + 14.0, line), Anchor::Start, &often, share(style));
        y += needed;
    }
}
