//! What a run keeps of which column in which month, and the grid of its sums.

use std::collections::{BTreeMap, BTreeSet};

use super::block::{Block, Context};
use super::draws::least;
use super::{Quantiles, Request, Sampling, Seen};
use crate::math::moments::Moments;
use crate::model::{CostPhase, Lens};
use crate::plan::op::Col;
use crate::plan::{Plan, ends_year};
use crate::units::Seed;

/// The grids of all sums, from the run at median inputs: the same in every shard.
pub(super) struct Centres {
    pub(super) by_column: BTreeMap<Col, Centre>,
    pub(super) best: f64,
}

/// The grid of one column's sums.
pub(super) struct Centre {
    by_month: Vec<f64>,
    unit: f64,
    pub(super) kept: Vec<Kept>,
}

/// What is kept of a column in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kept {
    Nothing,
    /// Its sum and sum of squares.
    Sums,
    /// Its quantiles too.
    Quantiles,
}

/// How far beyond the median a value may lie before its block is added the slow way.
const ROOM: f64 = 16.0;

/// A part of the headline's scale below which no grid goes.
const SMALLEST_UNIT: f64 = 1.0 / 1024.0;

impl Centres {
    /// Runs the plan at median inputs.
    pub(super) fn of(plan: &Plan, quantiles: Quantiles) -> Self {
        let centre = |(col, kept)| (col, Centre { by_month: Vec::new(), unit: 1.0, kept });
        let mut by_column: BTreeMap<Col, Centre> = wanted(plan, quantiles).into_iter().map(centre).collect();
        let context = Context::new(plan, Seed(0), Sampling::Median);
        let mut block = Block::new(plan, super::block::lanes_for(1, 1));
        super::run_block(&context, &mut block, &mut |block, at, seen| {
            if seen != Seen::Month {
                return;
            }
            for (col, centre) in &mut by_column {
                let is_kept = centre.kept[at.month as usize] != Kept::Nothing;
                centre.by_month.push(if is_kept { block.get(*col)[0] } else { 0.0 });
            }
        });
        let outputs = &plan.outputs;
        let headline = block.get(outputs.options[outputs.baseline].cumulative[outputs.headline.lens as usize])[0].abs();
        let at_least = headline.max(1.0) * SMALLEST_UNIT;
        for centre in by_column.values_mut() {
            let largest = centre.by_month.iter().fold(at_least, |a, b| a.max(b.abs()));
            centre.unit = power_of_two_at_or_above(largest) * ROOM;
        }
        let best = least(plan, &block, 0);
        Self { by_column, best }
    }

    /// Centre and unit of a column that is summed, at the horizon.
    pub(super) fn at_horizon(&self, col: Col) -> (f64, f64) {
        let centre = &self.by_column[&col];
        (centre.by_month.last().copied().unwrap_or(0.0), centre.unit)
    }

    /// The largest unit of some columns.
    pub(super) fn largest_unit<'c>(&self, columns: impl IntoIterator<Item = &'c Col>) -> f64 {
        columns.into_iter().map(|col| self.at_horizon(*col).1).fold(0.0, f64::max)
    }

    /// An empty sum of a column in a month.
    pub(super) fn sum(&self, col: Col, month: usize) -> Moments {
        let centre = &self.by_column[&col];
        Moments::new(centre.by_month[month], centre.unit)
    }
}

/// What is kept of which column, by month from the opening on. Quantiles cost the most: they are kept of the headline in
/// every month, of the other lenses at the ends of years and at the horizon.
pub(super) fn wanted(plan: &Plan, quantiles: Quantiles) -> BTreeMap<Col, Vec<Kept>> {
    let months = plan.months as usize;
    let mut wanted: BTreeMap<Col, Vec<Kept>> = BTreeMap::new();
    let mut want = |col: Col, kept: Kept, months_of: &dyn Fn(usize) -> bool| {
        let by_month = wanted.entry(col).or_insert_with(|| vec![Kept::Nothing; months + 1]);
        for (month, known) in by_month.iter_mut().enumerate().filter(|(month, _)| months_of(*month)) {
            debug_assert!(month <= months, "Invariant: months are those of the plan");
            *known = kept.max(*known);
        }
    };
    let is_whole = quantiles == Quantiles::All;
    let all = if is_whole { Kept::Quantiles } else { Kept::Sums };
    let at_horizon = |month: usize| month == months;
    let at_year_ends = |month: usize| month == months || month.is_multiple_of(12);
    let every = |_: usize| true;
    let but_opening = |month: usize| month > 0;
    let in_years = |month: usize| ends_year(month as u32, plan.months);
    let outputs = &plan.outputs;
    let closes = |month: usize| outputs.fiscal_years.iter().any(|year| year.last as usize == month);
    let headline = outputs.headline.lens as usize;
    for (place, option) in outputs.options.iter().enumerate() {
        want(option.total(outputs.headline), Kept::Quantiles, &every);
        want(option.decided, Kept::Sums, &at_horizon);
        if let Some(delta) = option.decided_delta {
            want(delta, all, &at_horizon);
        }
        for lens in 0..Lens::COUNT {
            want(option.monthly[lens], Kept::Sums, &but_opening);
            want(option.cumulative[lens], Kept::Sums, &every);
            want(option.present[lens], Kept::Sums, &every);
            if is_whole {
                want(option.real[lens], Kept::Sums, &every);
                want(option.fiscal[lens], Kept::Sums, &closes);
                let sums = option.parts[lens].iter().flat_map(|part| [part.total, part.present]);
                sums.for_each(|col| want(col, Kept::Sums, &at_horizon));
            }
            if let Some([real, fiscal]) = option.differences.filter(|_| is_whole) {
                want(real[lens], Kept::Sums, &every);
                want(fiscal[lens], Kept::Sums, &closes);
            }
            let (when, after): (&dyn Fn(usize) -> bool, &dyn Fn(usize) -> bool) =
                if lens == headline { (&every, &but_opening) } else { (&at_year_ends, &|m| m > 0 && at_year_ends(m)) };
            want(option.monthly[lens], all, after);
            want(option.cumulative[lens], all, when);
            want(option.present[lens], all, when);
        }
        // What the baseline is billed in a month is what one looks at again.
        if place == outputs.baseline {
            want(option.monthly[Lens::Invoices as usize], all, &but_opening);
        }
        for line in option.lines.iter().filter(|_| is_whole) {
            let is_opening = line.phase == CostPhase::Opening;
            want(line.amount, Kept::Sums, if is_opening { &|month| month == 0 } else { &but_opening });
        }
        for col in option.buckets.into_iter().chain([option.project, option.hours]).chain(option.debt) {
            want(col, Kept::Sums, &but_opening);
        }
        for done in &option.done_by {
            done.cap.iter().for_each(|cap| want(cap.beyond, Kept::Sums, &but_opening));
            want(done.hours, Kept::Sums, &but_opening);
            done.seats.into_iter().for_each(|seats| want(seats, Kept::Sums, &but_opening));
        }
        if is_whole {
            let people = &option.people;
            let years = people.tasks.iter().map(|(_, col)| *col).chain(people.by.iter().map(|by| by.in_year));
            years.chain([people.together]).for_each(|col| want(col, Kept::Sums, &in_years));
            people.by.iter().for_each(|by| want(by.monthly, Kept::Sums, &but_opening));
        }
        want(option.project_weeks, all, &at_horizon);
        if let Some(owed) = option.owed {
            want(owed, all, &at_horizon);
        }
    }
    for comparison in &outputs.comparisons {
        let is_headline = comparison.views.iter().any(|view| view.lens == outputs.headline.lens);
        want(comparison.delta, Kept::Sums, &every);
        want(comparison.delta, all, if is_headline { &every } else { &at_year_ends });
        if comparison.views.contains(&outputs.headline) {
            want(comparison.delta, Kept::Quantiles, &every);
        }
        want(comparison.deepest.amount(), all, &at_horizon);
    }
    want(outputs.demand, all, &at_horizon);
    wanted
}

/// Every column that is looked at.
pub(super) fn read(plan: &Plan, request: &Request) -> BTreeSet<Col> {
    let mut read: BTreeSet<Col> = wanted(plan, request.quantiles).into_keys().collect();
    read.extend(read_after(plan, request));
    read
}

/// Columns that are looked at after the operations of a month, or at the horizon.
pub(super) fn read_after(plan: &Plan, request: &Request) -> BTreeSet<Col> {
    let outputs = &plan.outputs;
    let mut read = BTreeSet::new();
    for comparison in &outputs.comparisons {
        let (track, size) = (comparison.track, comparison.size_last_dearer);
        read.extend([track.last_above(), track.first_touch(), track.crossed_back(), track.above()]);
        read.extend([comparison.delta, comparison.deepest.amount(), comparison.deepest.month()]);
        read.extend([comparison.run_rate_last_above, comparison.run_rate_first, size, size.plus(1)]);
    }
    for option in &outputs.options {
        read.extend(
            [option.left, option.cutover].into_iter().chain(option.forced).chain(option.debt).chain(option.know),
        );
        read.extend([option.decided].into_iter().chain(option.decided_delta));
        read.extend(option.present.into_iter().chain(option.cumulative).chain(option.late.into_iter().flatten()));
    }
    read.extend(outputs.walls.iter().map(|wall| wall.month));
    read.extend(outputs.signals.iter().map(|signal| signal.month));
    read.extend(outputs.events.iter().map(|event| event.month));
    read.extend(outputs.case.into_iter().chain(outputs.ended).chain([outputs.demand]));
    read.extend(plan.growth.iter().map(|growth| growth.column));
    read.extend(&request.columns);
    read
}

/// The power of two at or above a number.
pub(super) fn power_of_two_at_or_above(x: f64) -> f64 {
    let power = f64::from_bits(x.to_bits() & 0x7ff0_0000_0000_0000);
    if power < x { power * 2.0 } else { power }
}
