//! The lead chart: what an option has cost so far, less what the baseline has, future by future.
//!
//! It leads because both live the same futures: two cumulative bands that overlap look like a toss-up where the
//! difference within each future is clear.

use super::ends::{self, End, GUTTER, Names};
use super::frame::{Frame, limits};
use super::place::{Block, Mark, Room, point_out, wrapped};
use super::{MARGIN, NOTE, SIDE, STRONG, TICK, WIDTH, line};
use super::{axis, band, head};
use crate::present::finding::{average, paid};
use crate::present::font::Fonts;
use crate::present::look::{Look, Paint};
use crate::present::number::{HALF_A_CENT, about_half, around, has_spread, in_futures, month};
use crate::present::page::hole_sizes;
use crate::present::scene::{Anchor, Area, Scene, Style, at};
use crate::present::{Made, finding, side};
use crate::study::verdict::Verdict;
use crate::summary::{Crossover, Probability, Quantile, Spread, Summary, When};

/// Another option's line is drawn only if it does not stretch the scale by more than this.
const STRETCH: f64 = 1.25;
/// What is free of lines over and under the plot for the names of the sides, pixels.
const STRIP: f64 = 44.0;
/// A line that has risen by no more than such a share of its height in so many months is level.
const A_LITTLE: f64 = 0.02;
const HALF_A_YEAR: usize = 6;
/// The line's own crossing is marked if it is no more months from where half of futures are paid back.
const SAME_CROSSING: f64 = 1.5;

/// Draws the leading option against the baseline, the tuned platform's middle future, and the others' where they stay
/// apart. The run must have sketched all amounts ([`crate::sim::Quantiles::All`]).
///
/// # Panics
/// If the headline's differences or its deepest hole have no quantiles.
#[must_use]
pub fn draw(summary: &Summary, verdict: &Verdict, made: Made, look: Look) -> Scene {
    let drawn = finding::subtitle(summary, verdict.leader.option);
    let (mut scene, top) = head::begin(look, &finding::title(summary, verdict), &drawn);
    let leader = summary.decided(verdict.leader.option);
    let all: Vec<usize> = verdict.others.iter().map(|o| o.option).collect();
    let tuned = finding::tuned(verdict);
    let (others, (frame, ends)) = ends::attempts(&all, tuned)
        .into_iter()
        .find_map(|(others, names)| {
            let laid = lay_out(look.fonts, (summary, verdict), (verdict.leader.option, tuned), (&others, names), top)?;
            Some((others, laid))
        })
        .expect("with the tuned platform in the note the labels always fit");

    axis::draw_amounts(&mut scene, &frame);
    let foot = Area { bottom: frame.plot.bottom + STRIP, ..frame.plot };
    axis::draw_months(&mut scene, &Frame { plot: foot, ..frame }, summary.start);
    let series = |p: f64| leader.delta.iter().map(|s| s.at(p)).collect::<Vec<f64>>();
    band::draw(&mut scene, &frame, &series(0.05), &series(0.95), 0.17);
    band::draw(&mut scene, &frame, &series(0.25), &series(0.75), 0.27);
    // Over the rims, which would eat it where a line runs close by.
    ends.iter().for_each(|end| end.draw_rim(&mut scene, &frame));
    axis::draw_zero(&mut scene, &frame);
    ends.iter().rev().for_each(|end| end.draw(&mut scene, &frame));
    annotate(&mut scene, &frame, summary, verdict.leader.option, &ends);
    ends::write_all(&mut scene, &frame, &ends);
    ends::draw_averages(&mut scene, &frame, &ends);
    let notes = notes(summary, verdict, &others);
    head::end(&mut scene, ends::legend(&ends).as_ref(), &notes, &finding::source(summary, made));
    scene
}

/// What the picture does not show: a move that is not finished, what the page says instead, options without a line.
fn notes(summary: &Summary, verdict: &Verdict, drawn: &[usize]) -> Vec<Vec<String>> {
    // What bridges to the page comes first: a note for which there is no room is left out.
    vec![
        vec![finding::BRIDGE.to_owned()],
        finding::also_compared(summary, verdict, drawn),
        finding::unfinished(summary, verdict).into_iter().collect(),
    ]
}

/// The frame and what is written at its right, or nothing where the other options would crowd it.
fn lay_out(
    fonts: Fonts,
    (summary, verdict): (&Summary, &Verdict),
    (leader, tuned): (usize, Option<usize>),
    (others, names): (&[usize], Names),
    top: f64,
) -> Option<(Frame, Vec<End>)> {
    let delta = &summary.decided(leader).delta;
    let of = |option: usize| average::of_option(summary, verdict, option).unwrap_or_default();
    let mut ends = own_ends(fonts, summary, leader, &of(leader));
    let own = ends.len();
    ends.extend(others.iter().map(|i| {
        let role = match Some(*i) == tuned {
            true if finding::names_tuned(verdict) => Role::Named,
            true => Role::Tuned,
            false => Role::Other,
        };
        End { is_named: names != Names::InNote, ..other_end(fonts, (summary, verdict), *i, role, &of(*i)) }
    }));
    let mut ends = ends::with_samples(ends);
    let always = ends.iter().take(own).chain(tuned.and_then(|_| ends.get(own)));
    let bare = reach(delta, always);
    let whole = reach(delta, ends.iter());
    if whole.1 - whole.0 > STRETCH * (bare.1 - bare.0) {
        return None;
    }
    let (lowest, highest) = limits(whole.0, whole.1);
    let amounts = axis::amount_labels(summary.currency, &axis::amounts(lowest, highest));
    let left = MARGIN + axis::widest(fonts, &amounts, TICK) + 18.0;
    let right = WIDTH - MARGIN - GUTTER - ends::widest(&ends);
    let plot = Area { left, top: top + STRIP, right, bottom: axis::floor(summary.months) - STRIP };
    let frame = Frame { plot, months: summary.months, currency: summary.currency, lowest, highest };
    ends::settle(&mut ends, &frame, names).then_some((frame, ends))
}

/// The least and the largest amount of the band and of some lines with their averages.
fn reach<'a>(delta: &[Spread], ends: impl Iterator<Item = &'a End>) -> (f64, f64) {
    let lows = delta.iter().map(|s| s.at(0.05));
    let highs = delta.iter().map(|s| s.at(0.95));
    let lines = ends.flat_map(|end| end.path.iter().map(|(_, v)| *v).chain(end.average));
    lows.chain(highs).chain(lines).fold((0.0, 0.0), |(low, high): (f64, f64), v| (low.min(v), high.max(v)))
}

/// The middle future and the band's two edges.
fn own_ends(fonts: Fonts, summary: &Summary, leader: usize, average: &str) -> Vec<End> {
    let crossover = summary.decided(leader);
    let delta = &crossover.delta;
    let last = delta.last().expect("a series has month 0");
    let middle = quantile(last, 0.5);
    let edge = |p: f64, than: &str| {
        let q = quantile(last, p);
        let lines = vec![(format!("1 in 20 {than}"), NOTE), (summary.currency.beside(q.value, error(&q)), NOTE)];
        End::new(Vec::new(), line(Paint::Quiet, 1.5), q.value, Block::new(fonts, lines))
    };
    let name = Style { colour: Paint::SeriesText(ends::LEADER), ..STRONG };
    let mut lines = wrapped(fonts, &side::name(summary, leader), name, ends::NAME);
    lines.extend([
        (averaged(average), Style { colour: side_colour(last.mean.value), size: 26.0, ..STRONG }),
        (format!("middle future {}", summary.currency.beside(middle.value, error(&middle))), NOTE),
    ]);
    lines.extend(at_the_end(crossover).map(|text| (text, NOTE)));
    let stroke = line(Paint::Series(ends::LEADER), 6.0);
    let own = End::new(middles(delta), stroke, middle.value, Block::new(fonts, lines));
    let own = End { average: Some(last.mean.value), ..own };
    let mut ends = vec![edge(0.95, "ends worse than"), own, edge(0.05, "ends better than")];
    // An edge on the middle itself has nothing of its own to say.
    let differs = |dollars: f64| has_spread(dollars.min(middle.value), dollars.max(middle.value));
    ends.retain(|e| !e.path.is_empty() || differs(e.value));
    ends
}

/// What is still to be said of a line that does not come to zero for good: that it rises, or in how many futures it is paid back.
fn at_the_end(crossover: &Crossover) -> Option<String> {
    let stayed = crossover.outcomes.did_not_leave;
    let left = Probability { count: stayed.of - stayed.count, of: stayed.of };
    match crossover.break_even[1].at {
        When::Never if stayed.value() >= 0.5 => Some(format!("left in {}", in_futures(left))),
        When::Never if still_rises(crossover) => Some("and still rising".to_owned()),
        When::Never => Some(format!("paid back in {}", about_half(paid(crossover)))),
        When::Month(_) | When::FromStart => None,
    }
}

/// The part that another option plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// The tuned platform, which the verdict names.
    Named,
    /// The tuned platform.
    Tuned,
    Other,
}

/// Another option's middle future; the tuned platform's in a colour of its own.
fn other_end(fonts: Fonts, (summary, verdict): (&Summary, &Verdict), option: usize, role: Role, average: &str) -> End {
    let delta = &summary.decided(option).delta;
    let last = delta.last().expect("a series has month 0");
    let leaves = !finding::never_left(summary, option);
    let where_to = if leaves { averaged(average) } else { "nobody leaves".to_owned() };
    let own = Style { colour: Paint::SeriesText(ends::TUNED), ..STRONG };
    let (stroke, [style, amount]) = match role {
        Role::Named => {
            let amount = Style { colour: side_colour(last.mean.value), size: 26.0, ..STRONG };
            (ends::tuned(true), [own, amount])
        }
        Role::Tuned => (ends::tuned(false), [Style { size: NOTE.size, ..own }, NOTE]),
        Role::Other => (ends::other(verdict, option), [NOTE, NOTE]),
    };
    let mut lines = wrapped(fonts, &side::name(summary, option), style, ends::NAME);
    lines.push((where_to, amount));
    lines.extend(same_line(summary, verdict.leader.option, option).map(|text| (text, NOTE)));
    let end = End::new(middles(delta), stroke, quantile(last, 0.5).value, Block::new(fonts, lines));
    End { average: leaves.then_some(last.mean.value), ..end }
}

/// That another option's line is not seen because it runs along the leader's, where it does in nearly all months.
fn same_line(summary: &Summary, leader: usize, option: usize) -> Option<String> {
    let [own, other] = [leader, option].map(|option| &summary.decided(option).delta);
    let (low, high) = reach(own, std::iter::empty());
    let is_near = |(own, other): &(&Spread, &Spread)| (own.at(0.5) - other.at(0.5)).abs() <= HIDDEN * (high - low);
    let near = own.iter().zip(other).filter(is_near).count();
    (near as f64 >= MOSTLY * own.len() as f64).then(|| format!("line along {}\u{2019}s", side::name(summary, leader)))
}

/// Lines that are nearer than such a share of the band's height cover each other; and in such a part of all months they do it
/// throughout.
const HIDDEN: f64 = 0.008;
const MOSTLY: f64 = 0.9;

/// What stands at a diamond.
fn averaged(average: &str) -> String {
    if average == "nobody leaves" { average.to_owned() } else { format!("{average} on average") }
}

/// The middle future by month.
fn middles(delta: &[Spread]) -> Vec<(f64, f64)> {
    delta.iter().enumerate().map(|(m, s)| (m as f64, s.at(0.5))).collect()
}

/// Marks the deepest hole and the break-even, and names the sides of zero.
fn annotate(scene: &mut Scene, frame: &Frame, summary: &Summary, leader: usize, ends: &[End]) {
    let crossover = summary.decided(leader);
    let edges = crossover.delta.iter().enumerate();
    let band = edges.map(|(m, s)| (frame.x(m as f64), frame.y(s.at(0.95)), frame.y(s.at(0.05)))).collect();
    let mut room = Room::new(frame.plot, band);
    let zero = frame.y(0.0);
    room.keep_off(Area { left: frame.plot.left, top: zero - 2.0, right: frame.plot.right, bottom: zero + 2.0 });
    for end in ends {
        room.avoid_curve(&end.points(frame));
    }
    for amount in axis::amounts(frame.lowest, frame.highest) {
        room.avoid_level(frame.y(amount));
    }
    // Where another option is drawn too, the words say whose.
    let is_alone = ends.iter().filter(|e| !e.path.is_empty()).count() == 1;
    let whose = (!is_alone).then(|| side::name(summary, leader));
    let fonts = scene.look.fonts;
    let marks = [
        hole(frame, fonts, summary, (crossover, summary.paid(leader))),
        break_even(frame, fonts, summary, crossover, whose.as_deref()),
    ];
    point_out(scene, &mut room, &marks.into_iter().flatten().collect::<Vec<_>>());
    name_sides(scene, frame, &side::name(summary, leader));
}

/// Whether the middle future's line is highest where it ends and has come to that by more than a little of late.
fn still_rises(crossover: &Crossover) -> bool {
    let last = crossover.delta.len() - 1;
    let before = crossover.delta[last.saturating_sub(HALF_A_YEAR)].at(0.5);
    highest(crossover).is_some_and(|(place, most)| place == last && most - before > A_LITTLE * most)
}

/// Where the middle future's line is highest, and how high.
fn highest(crossover: &Crossover) -> Option<(usize, f64)> {
    let by_month = crossover.delta.iter().map(|s| s.at(0.5)).enumerate();
    by_month.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).filter(|(_, middle)| *middle >= HALF_A_CENT)
}

/// The deepest hole of the drawn line where that is, with that month and amount, and the page's, which is another: of each future
/// by itself, and as paid.
fn hole(frame: &Frame, fonts: Fonts, summary: &Summary, (crossover, paid): (&Crossover, &Crossover)) -> Option<Mark> {
    let (place, _) = highest(crossover).filter(|(place, _)| (*place as u32) < summary.months)?;
    let middle = quantile(&crossover.delta[place], 0.5);
    let size = summary.currency.money(middle.value, error(&middle));
    let [pages, _] = hole_sizes(summary, paid);
    let months = paid.deepest_hole_month.filter(|_| pages != summary.currency.money(0.0, 0.0))?;
    let own = month(summary.start, place as u32);
    let when = around(summary.start, months.map(|q| q.at));
    let said = vec![(format!("Deepest hole: {size}, {own}"), STRONG)];
    let bridge = match pages == size && when.ends_with(&own) {
        true => vec!["of the middle future, as on the page".to_owned()],
        false => {
            vec!["of this line. Of each future by itself, as paid,".to_owned(), format!("half go over {pages}, {when}")]
        }
    };
    let with_bridge = said.iter().cloned().chain(bridge.into_iter().map(|text| (text, NOTE))).collect();
    let blocks = [with_bridge, said].map(|lines| Block::new(fonts, lines)).to_vec();
    let point = at(frame.x(place as f64), frame.y(middle.value));
    Some(Mark { point, blocks, sides: &[Anchor::Start, Anchor::End], farthest: f64::INFINITY })
}

fn break_even(
    frame: &Frame,
    fonts: Fonts,
    summary: &Summary,
    crossover: &Crossover,
    whose: Option<&str>,
) -> Option<Mark> {
    let When::Month(m) = crossover.break_even[1].at else { return None };
    let by = format!("paid back by {}", finding::by(summary, crossover));
    let share = ("in half of all futures, for good".to_owned(), NOTE);
    let said = match whose {
        Some(name) => {
            let broken = wrapped(fonts, name, STRONG, ends::NAME).into_iter().chain([(by.clone(), STRONG)]).collect();
            vec![vec![(format!("{name} {by}"), STRONG)], broken]
        }
        None => vec![vec![(by.replacen('p', "P", 1), STRONG)]],
    };
    let blocks = said.into_iter().map(|lines| Block::new(fonts, [lines, vec![share.clone()]].concat())).collect();
    // A month is drawn where it ends; the ring stands where the line is at zero, or in the month's middle.
    let middle = f64::from(m) - 0.5;
    let crossing = crossings(crossover).find(|crossing| (crossing - middle).abs() <= SAME_CROSSING).unwrap_or(middle);
    let point = at(frame.x(crossing), frame.y(0.0));
    Some(Mark { point, blocks, sides: &[Anchor::End, Anchor::Start], farthest: f64::INFINITY })
}

/// Where the middle future's line falls to zero, months.
fn crossings(crossover: &Crossover) -> impl Iterator<Item = f64> {
    crossover.delta.windows(2).enumerate().filter_map(|(nth, ends)| {
        let (from, to) = (ends[0].at(0.5), ends[1].at(0.5));
        (from > 0.0 && to <= 0.0).then(|| nth as f64 + from / (from - to))
    })
}

/// Names the sides of zero, over the plot and under it.
fn name_sides(scene: &mut Scene, frame: &Frame, name: &str) {
    let sides = [
        ("↑", "dearer", Paint::DearerText, frame.plot.top - 16.0),
        ("↓", "cheaper", Paint::CheaperText, frame.plot.bottom + STRIP - 16.0),
    ];
    for (arrow, word, colour, y) in sides {
        let (size, weight, free) = (SIDE.size, SIDE.weight, frame.plot.right - frame.plot.left - 8.0);
        let fonts = scene.look.fonts;
        let whole = fonts.drawable(&format!("{arrow} {name} {word} so far"));
        let is_wide = fonts.measure(&whole, size, weight).width > free;
        let text = if is_wide { format!("{arrow} {word} so far") } else { whole };
        scene.write(at(frame.plot.left + 8.0, y), Anchor::Start, &text, Style { colour, ..SIDE });
    }
}

fn side_colour(difference: f64) -> Paint {
    match difference {
        0.0 => Paint::Ink,
        d if d < 0.0 => Paint::CheaperText,
        _ => Paint::DearerText,
    }
}

fn quantile(spread: &Spread, p: f64) -> Quantile {
    let found = spread.quantiles.iter().find(|q| q.p == p);
    *found.expect("the difference of the headline keeps all quantiles")
}

/// A standard error's worth of a quantile's interval.
fn error(q: &Quantile) -> f64 {
    (q.high - q.low) / (2.0 * crate::summary::Z95)
}
