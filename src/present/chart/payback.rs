//! By when the move has paid for itself: the share of futures by month, a line for each way of counting costs. What a line
//! lacks at the end are the futures in which it does not within the horizon.
//!
//! ```text
//! all  ┌──────────────────────┐
//!      │          ╭───────────┤ invoices only
//! half │      ╭───╯  ╭─ ─ ─ ─ ┤ with engineers' time
//!      │ ╭────╯╶ ─ ─ ╯        │
//! none └──────────────────────┘
//! ```

use super::ends::{self, End, Names};
use super::frame::Frame;
use super::place::{Block, Mark, Room, point_out, wrapped};
use super::{MARGIN, NOTE, STRONG, TICK, WIDTH, axis, head, line};
use crate::present::finding::{self, payback as words};
use crate::present::font::Fonts;
use crate::present::look::{Look, Paint};
use crate::present::scene::{Anchor, Area, Scene, Stroke, Style, at};
use crate::present::{Made, side};
use crate::study::verdict::Verdict;
use crate::summary::{Crossover, Lens, Summary, When};

/// Widest words at a line's end, pixels.
const WIDEST: f64 = 580.0;
/// The share that is marked.
const HALF: f64 = 0.5;
/// The shares that have words, odds in tens as everywhere.
const LEVELS: [(f64, &str); 7] = [
    (0.0, "none"),
    (0.2, "2 in 10"),
    (0.4, "4 in 10"),
    (HALF, "half"),
    (0.6, "6 in 10"),
    (0.8, "8 in 10"),
    (1.0, "all futures"),
];
/// Most other options with a line.
const MOST_OTHERS: usize = 2;
/// Words farther than this from what they mark would cross other lines, pixels; those of the title's months are written
/// nevertheless.
const FARTHEST: f64 = 140.0;

/// Ways of counting that give the same line.
struct Curve<'a> {
    lenses: Vec<Lens>,
    crossover: &'a Crossover,
    /// What is decided on.
    decides: Lens,
}

impl Curve<'_> {
    fn is_headline(&self) -> bool {
        self.lenses.contains(&self.decides)
    }

    /// A way of counting has one colour in all pictures: the widest of those that give the line; the headline's is the leader's.
    fn series(&self) -> usize {
        let of = |lens: &Lens| match lens {
            Lens::Tco => usual(self.decides),
            lens => usual(*lens),
        };
        if self.is_headline() { ends::LEADER } else { self.lenses.iter().map(of).max().unwrap_or(ends::LEADER) }
    }

    fn stroke(&self) -> Stroke {
        let colour = Paint::Series(self.series());
        match self.series() {
            ends::LEADER => line(colour, 6.0),
            1 => Stroke { colour, width: 4.5, dash: Some((11.0, 7.0)) },
            _ => Stroke { colour, width: 4.5, dash: Some((28.0, 9.0)) },
        }
    }
}

/// The colour of a way of counting where engineers' time decides; where another does, that one has the leader's, and they change places.
const fn usual(lens: Lens) -> usize {
    match lens {
        Lens::Tco => ends::LEADER,
        Lens::Invoices => 1,
        Lens::Cash => 3,
        Lens::Economic => 4,
    }
}

/// Draws when the leading option has paid for itself, and the tuned platform; the other options where there is room.
#[must_use]
pub fn draw(summary: &Summary, verdict: &Verdict, made: Made, look: Look) -> Scene {
    let (mut scene, top) = head::begin(look, &words::title(summary, verdict), &words::subtitle(summary, verdict));
    let curves = curves(summary, verdict.leader.option);
    let all: Vec<usize> = verdict.others.iter().map(|o| o.option).collect();
    let (others, (frame, ends)) = ends::attempts(&all, finding::tuned(verdict))
        .into_iter()
        .find_map(|(mut others, names)| {
            others.truncate(MOST_OTHERS);
            let laid = lay_out(look.fonts, (summary, verdict), &curves, (&others, names), top + 8.0)?;
            Some((others, laid))
        })
        .expect("with the tuned platform in the note the words always fit");

    axis::draw_levels(&mut scene, &frame, &LEVELS.map(|(share, text)| (share, text.to_owned())), HALF);
    axis::draw_months(&mut scene, &frame, summary.start);
    // Dashes over what is drawn through: where two lines are one, both are seen.
    let (through, dashed): (Vec<&End>, Vec<&End>) = ends.iter().partition(|end| end.stroke.dash.is_none());
    for end in through.into_iter().chain(dashed.into_iter().rev()) {
        end.draw(&mut scene, &frame);
    }
    mark_half(&mut scene, &frame, summary, &halves(summary, &curves), &ends);
    ends::write_all(&mut scene, &frame, &ends);
    let drawn = others.iter().map(|option| summary.decided(*option));
    let drawn: Vec<_> = curves.iter().map(|curve| curve.crossover).chain(drawn).collect();
    let mut notes: Vec<Vec<String>> = words::bridge(summary, &drawn).into_iter().map(|note| vec![note]).collect();
    notes.insert(1, finding::also_compared(summary, verdict, &others));
    notes.push(finding::unfinished(summary, verdict).into_iter().collect());
    head::end(&mut scene, ends::legend(&ends).as_ref(), &notes, &finding::source(summary, made));
    scene
}

/// A line for each way of counting that gives one of its own.
fn curves(summary: &Summary, option: usize) -> Vec<Curve<'_>> {
    let mut curves: Vec<Curve<'_>> = Vec::new();
    // Where nobody is hired for the option, counting new hires' pay is no way of its own.
    let broke_even = |lens: Lens| &summary.headline(option, lens).broke_even_by;
    let hires_nobody = summary.lens() != Lens::Cash && broke_even(Lens::Cash) == broke_even(Lens::Invoices);
    let is_new = |lens: &Lens| summary.adds(*lens) && (*lens != Lens::Cash || !hires_nobody);
    for lens in Lens::ALL.into_iter().filter(is_new) {
        let crossover = summary.headline(option, lens);
        match curves.iter_mut().find(|c| c.crossover.broke_even_by == crossover.broke_even_by) {
            Some(same) => same.lenses.push(lens),
            None => curves.push(Curve { lenses: vec![lens], crossover, decides: summary.lens() }),
        }
    }
    curves.sort_by_key(|c| !c.is_headline());
    curves
}

fn lay_out(
    fonts: Fonts,
    (summary, verdict): (&Summary, &Verdict),
    curves: &[Curve<'_>],
    (others, names): (&[usize], Names),
    top: f64,
) -> Option<(Frame, Vec<End>)> {
    let own = curves.iter().map(|curve| {
        let colour = Paint::SeriesText(curve.series());
        let name = Style { colour, size: if curve.is_headline() { STRONG.size } else { NOTE.size + 1.0 }, ..STRONG };
        let wrapped = |text: String, style: Style| {
            let lines = fonts.wrap(&text, style.size, style.weight, WIDEST);
            lines.into_iter().map(move |line| (line, style)).collect::<Vec<_>>()
        };
        let mut lines = wrapped(words::counted(summary, &curve.lenses), name);
        lines.extend(wrapped(words::outcome(curve.crossover), NOTE));
        let block = Block::new(fonts, lines);
        End::new(by_month(curve.crossover), curve.stroke(), share(curve.crossover), block)
    });
    let is_named = finding::names_tuned(verdict);
    let other = others.iter().map(|option| {
        let crossover = summary.decided(*option);
        let name = side::name(summary, *option);
        let (stroke, style) = if Some(*option) == finding::tuned(verdict) {
            let size = if is_named { STRONG.size } else { NOTE.size };
            (ends::tuned(is_named), Style { colour: Paint::SeriesText(ends::TUNED), size, ..STRONG })
        } else {
            (ends::other(verdict, *option), NOTE)
        };
        let is_named = is_named && Some(*option) == finding::tuned(verdict);
        let said = words::other(summary, *option, is_named).into_iter();
        let said = said.flat_map(|text| fonts.wrap(&text, NOTE.size, NOTE.weight, WIDEST)).map(|text| (text, NOTE));
        let block = Block::new(fonts, wrapped(fonts, &name, style, WIDEST).into_iter().chain(said).collect());
        let end = End::new(by_month(crossover), stroke, share(crossover), block);
        End { is_named: names != Names::InNote, ..end }
    });
    let mut ends = ends::with_samples(own.chain(other).collect());
    let left = MARGIN + fonts.measure("all futures", TICK.size, TICK.weight).width + 18.0;
    let right = WIDTH - MARGIN - ends::GUTTER - ends::widest(&ends);
    let plot = Area { left, top, right, bottom: axis::floor(summary.months) };
    let frame = Frame { plot, months: summary.months, currency: summary.currency, lowest: 0.0, highest: 1.0 };
    ends::settle(&mut ends, &frame, names).then_some((frame, ends))
}

fn share(crossover: &Crossover) -> f64 {
    finding::paid(crossover).value()
}

/// The share at the end of each month.
fn by_month(crossover: &Crossover) -> Vec<(f64, f64)> {
    crossover.broke_even_by.iter().enumerate().map(|(m, p)| (m as f64, p.value())).collect()
}

/// Where a line comes to half.
struct Half {
    /// Months.
    at: f64,
    /// In words.
    when: String,
    series: usize,
    /// What is counted so.
    lenses: Vec<Lens>,
}

/// Where the leader's lines come to half: the headline's first, then the other ways of counting.
fn halves(summary: &Summary, curves: &[Curve<'_>]) -> Vec<Half> {
    let half = |curve: &Curve<'_>| {
        let crossover = curve.crossover;
        let (When::Month(_), Some(at)) = (crossover.break_even[1].at, crossing(&by_month(crossover))) else {
            return None;
        };
        Some(Half { at, when: finding::by(summary, crossover), series: curve.series(), lenses: curve.lenses.clone() })
    };
    curves.iter().filter_map(half).collect()
}

/// Marks where lines cross half of the futures.
fn mark_half(scene: &mut Scene, frame: &Frame, summary: &Summary, halves: &[Half], ends: &[End]) {
    let mut room = Room::new(frame.plot, Vec::new());
    let half = frame.y(HALF);
    room.keep_off(Area { left: frame.plot.left, top: half - 2.0, right: frame.plot.right, bottom: half + 2.0 });
    for (share, _) in LEVELS {
        room.avoid_level(frame.y(share));
    }
    for end in ends {
        let points = end.points(frame);
        if end.stroke.colour == Paint::Quiet { room.avoid_curve(&points) } else { room.keep_off_curve(&points) }
    }
    // Lines that come to half in the same month share a mark.
    let is_first = |nth: usize| halves[..nth].iter().all(|other| other.when != halves[nth].when);
    let mark = |nth: usize| {
        let own = &halves[nth];
        let same: Vec<&Half> = halves[nth..].iter().filter(|other| other.when == own.when).collect();
        let blocks = half_words(summary, scene.look.fonts, own, &same);
        // The title names these; others have a ring alone where there is no room for words near by.
        let is_in_title = same.iter().any(|half| half.lenses.iter().any(|l| matches!(l, Lens::Tco | Lens::Invoices)));
        let farthest = if is_in_title { f64::INFINITY } else { FARTHEST };
        Mark { point: at(frame.x(own.at), half), blocks, sides: &[Anchor::Start, Anchor::End], farthest }
    };
    let marks: Vec<Mark> = (0..halves.len()).filter(|nth| is_first(*nth)).map(mark).collect();
    point_out(scene, &mut room, &marks);
}

/// When a line comes to half, in words; where several do in that month, for which ways of counting.
fn half_words(summary: &Summary, fonts: Fonts, own: &Half, same: &[&Half]) -> Vec<Block> {
    let strong = Style { colour: Paint::SeriesText(own.series), ..STRONG };
    let said = vec![(format!("Half by {}", own.when), strong)];
    let lenses: Vec<Lens> = same.iter().flat_map(|half| half.lenses.iter().copied()).collect();
    let whose = (same.len() > 1).then(|| (words::counted(summary, &lenses).to_lowercase(), NOTE));
    let longer = whose.map(|whose| [said.clone(), vec![whose]].concat());
    let shorter = vec![(own.when.clone(), strong)];
    longer.into_iter().chain([said, shorter]).map(|lines| Block::new(fonts, lines)).collect()
}

/// Where a line that is drawn from month to month comes to half, months.
fn crossing(shares: &[(f64, f64)]) -> Option<f64> {
    shares.windows(2).find(|ends| ends[0].1 < HALF && ends[1].1 >= HALF).map(|ends| {
        let ((from, low), (to, high)) = (ends[0], ends[1]);
        from + (to - from) * (HALF - low) / (high - low)
    })
}

#[cfg(test)]
mod tests {
    use super::crossing;

    #[test]
    fn a_line_comes_to_half_within_the_month_in_which_half_is_passed() {
        assert_eq!(crossing(&[(0.0, 0.0), (1.0, 0.25), (2.0, 0.75), (3.0, 1.0)]), Some(1.5));
        assert_eq!(crossing(&[(0.0, 0.0), (1.0, 0.5)]), Some(1.0));
        assert_eq!(crossing(&[(0.0, 0.0), (1.0, 0.49)]), None);
        assert_eq!(crossing(&[(0.0, 0.6), (1.0, 0.9)]), None, "it has half from the start");
    }
}
