//! What a run keeps: sums, sketches and counts, all of which join exactly.

use std::collections::BTreeMap;
use std::ops::Range;

use super::block::{Block, Context, Moment};
use super::{Deciders, Quantiles, Request, Sampling};
use crate::math::moments::Moments;
use crate::math::sketch::Sketch;
use crate::plan::op::Col;
use crate::plan::{Comparison, Plan, ln_sizes};
use crate::units::Seed;

/// What is kept of an amount in one month.
#[derive(Debug, Clone)]
pub struct Series {
    /// Sums.
    pub moments: Moments,
    /// Quantiles, where they are kept.
    pub sketch: Option<Sketch>,
}

/// Counts of what became of an option's trials under one view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crossings {
    /// No project had started by the horizon.
    pub did_not_leave: u64,
    /// Break-even for good of those that left: 0 from the start, 1..=M the month, M + 1 never.
    pub break_even: Vec<u64>,
    /// First touch of 0 after having been above, by month, of those that left.
    pub first_touch: Vec<u64>,
    /// Left and at or below 0 at the end of each month.
    pub ahead_at: Vec<u64>,
    /// Above 0 again after a touch.
    pub crosses_back: u64,
    /// Above 0 at the horizon after a touch.
    pub ahead_then_behind: u64,
    /// Run-rate crossover of those that left: month, or M + 1 never.
    pub run_rate: Vec<u64>,
    /// Month of the largest difference, of those that left.
    pub hole_month: Vec<u64>,
    /// Crossover scale of all trials: place on the grid of sizes from which the option never costs more, or its length.
    pub size: Vec<u64>,
    /// Trials in which the cheaper side changes more than once as size grows.
    pub size_changes_often: u64,
}

/// Everything a run keeps.
#[derive(Debug, Clone)]
pub struct Draws {
    /// Trials counted.
    pub trials: u64,
    /// By column: at the opening and the end of each month, `[month]`; for amounts of a month `[0]` is empty.
    pub series: BTreeMap<Col, Vec<Series>>,
    /// By comparison of the plan.
    pub crossings: Vec<Crossings>,
    /// By option: trials in which its project is finished by the horizon.
    pub finished: Vec<u64>,
    /// By option: trials in which it is cheapest at the horizon under discounted tco.
    pub cheapest: Vec<u64>,
    /// The least discounted tco of a trial.
    pub best: Moments,
    /// By wall of the plan: trials that hit it first in month `[month]`; `[0]` those that never do.
    pub walls: Vec<Vec<u64>>,
    /// What the answer hinges on, where it is asked for.
    pub deciders: Option<Deciders>,
    /// Requested columns at the horizon, in pieces: (first trial, values by column), in no order until asked for.
    columns: Vec<(u64, Vec<Vec<f64>>)>,
    requested: Vec<Col>,
}

/// The grids of all sums, from the run at median inputs: the same in every shard.
pub(super) struct Centres {
    by_column: BTreeMap<Col, (Vec<f64>, f64, bool)>,
    best: f64,
}

/// How far beyond the median a value may lie before its block is added the slow way.
const ROOM: f64 = 16.0;

/// A part of the headline's scale below which no grid goes.
const SMALLEST_UNIT: f64 = 1.0 / 1024.0;

impl Centres {
    /// Runs the plan at median inputs.
    pub(super) fn of(plan: &Plan, quantiles: Quantiles) -> Self {
        let wanted = wanted(plan, quantiles);
        let mut by_column: BTreeMap<Col, (Vec<f64>, f64, bool)> =
            wanted.iter().map(|(col, sketched)| (*col, (Vec::new(), 1.0, *sketched))).collect();
        let context = Context::new(plan, Seed(0), Sampling::Median);
        let mut block = Block::new(plan);
        super::run_block(&context, &mut block, &mut |block, at| {
            for (col, (values, _, _)) in &mut by_column {
                values.push(if has_value(plan, *col, at) { block.get(*col)[0] } else { 0.0 });
            }
        });
        let outputs = &plan.outputs;
        let headline = block.get(outputs.options[outputs.baseline].cumulative[1])[0].abs();
        let at_least = headline.max(1.0) * SMALLEST_UNIT;
        for (values, unit, _) in by_column.values_mut() {
            let largest = values.iter().fold(at_least, |a, b| a.max(b.abs()));
            *unit = power_of_two_at_or_above(largest) * ROOM;
        }
        let best = least(plan, &block, 0);
        Self { by_column, best }
    }

    /// Centre and unit of a column that is summed, at the horizon.
    pub(super) fn at_horizon(&self, col: Col) -> (f64, f64) {
        let (values, unit, _) = &self.by_column[&col];
        (values.last().copied().unwrap_or(0.0), *unit)
    }

    /// The largest unit of some columns.
    pub(super) fn largest_unit(&self, columns: &[Col]) -> f64 {
        columns.iter().map(|col| self.at_horizon(*col).1).fold(0.0, f64::max)
    }
}

/// Columns that are summed, and whether they are sketched.
pub(super) fn wanted(plan: &Plan, quantiles: Quantiles) -> BTreeMap<Col, bool> {
    let mut wanted = BTreeMap::new();
    let mut want = |col: Col, sketched: bool| *wanted.entry(col).or_insert(false) |= sketched;
    let all = quantiles == Quantiles::All;
    for option in &plan.outputs.options {
        for lens in 0..2 {
            want(option.monthly[lens], all);
            want(option.cumulative[lens], all);
            want(option.present[lens], all || lens == 1);
        }
        option.buckets.iter().for_each(|col| want(*col, false));
        want(option.project, false);
        want(option.hours, false);
        want(option.project_weeks, all);
    }
    for comparison in &plan.outputs.comparisons {
        let headline = comparison.view.lens == 1 && comparison.view.discounted;
        want(comparison.delta, all || headline);
        want(comparison.deepest.amount(), all);
    }
    want(plan.outputs.demand, all);
    wanted
}

fn power_of_two_at_or_above(x: f64) -> f64 {
    let power = f64::from_bits(x.to_bits() & 0x7ff0_0000_0000_0000);
    if power < x { power * 2.0 } else { power }
}

fn least(plan: &Plan, block: &Block, lane: usize) -> f64 {
    plan.outputs.options.iter().fold(f64::INFINITY, |least, option| least.min(block.get(option.present[1])[lane]))
}

impl Draws {
    pub(super) fn new(plan: &Plan, centres: &Centres, request: &Request) -> Self {
        let series = centres.by_column.iter().map(|(col, (values, unit, sketched))| {
            let empty =
                |centre: &f64| Series { moments: Moments::new(*centre, *unit), sketch: sketched.then(Sketch::default) };
            (*col, values.iter().map(empty).collect())
        });
        let months = plan.months as usize;
        let crossings = Crossings {
            did_not_leave: 0,
            break_even: vec![0; months + 2],
            first_touch: vec![0; months + 1],
            ahead_at: vec![0; months + 1],
            crosses_back: 0,
            ahead_then_behind: 0,
            run_rate: vec![0; months + 2],
            hole_month: vec![0; months + 1],
            size: vec![0; ln_sizes().len() + 1],
            size_changes_often: 0,
        };
        let best_unit = power_of_two_at_or_above(centres.best.abs().max(1.0));
        Self {
            trials: 0,
            series: series.collect(),
            crossings: vec![crossings; plan.outputs.comparisons.len()],
            finished: vec![0; plan.outputs.options.len()],
            cheapest: vec![0; plan.outputs.options.len()],
            best: Moments::new(centres.best, best_unit),
            walls: vec![vec![0; months + 1]; plan.outputs.walls.len()],
            deciders: None,
            columns: Vec::new(),
            requested: request.columns.clone(),
        }
    }

    /// Adds what a block shows at a moment.
    pub(super) fn take(&mut self, plan: &Plan, block: &Block, at: Moment, lanes: Range<usize>) {
        let month = at.month as usize;
        for (col, series) in &mut self.series {
            if has_value(plan, *col, at) {
                let values = &block.get(*col)[lanes.clone()];
                let series = &mut series[month];
                series.moments.add(values);
                if let Some(sketch) = &mut series.sketch {
                    sketch.add(values);
                }
            }
        }
        for (comparison, crossings) in plan.outputs.comparisons.iter().zip(&mut self.crossings) {
            let left = block.get(plan.outputs.options[comparison.option].left);
            let above = block.get(comparison.track.above());
            let gone = lanes.clone().filter(|lane| left[*lane] < f64::from(plan.months) && left[*lane] <= month as f64);
            crossings.ahead_at[month] += gone.filter(|lane| above[*lane] == 0.0).count() as u64;
        }
    }

    /// Adds what became of a block's trials.
    pub(super) fn finish_block(&mut self, plan: &Plan, block: &Block, lanes: Range<usize>) {
        self.trials += lanes.len() as u64;
        for (comparison, crossings) in plan.outputs.comparisons.iter().zip(&mut self.crossings) {
            for lane in lanes.clone() {
                crossings.add(plan, comparison, block, lane);
            }
        }
        for (option, finished) in plan.outputs.options.iter().zip(&mut self.finished) {
            let cutover = &block.get(option.cutover)[lanes.clone()];
            *finished += cutover.iter().filter(|time| **time <= f64::from(plan.months)).count() as u64;
        }
        for (wall, counts) in plan.outputs.walls.iter().zip(&mut self.walls) {
            for month in &block.get(wall.month)[lanes.clone()] {
                counts[month.max(0.0) as usize] += 1;
            }
        }
        let mut best = [0.0; super::block::LANES];
        for lane in lanes.clone() {
            best[lane] = least(plan, block, lane);
            self.cheapest[cheapest(plan, block, lane, best[lane])] += 1;
        }
        self.best.add(&best[lanes.clone()]);
        if !self.requested.is_empty() {
            let values = self.requested.iter().map(|col| block.get(*col)[lanes.clone()].to_vec()).collect();
            self.columns.push((block.first_trial + lanes.start as u64, values));
        }
    }

    /// Joins another shard of the same run: exactly, in any order.
    pub fn merge(&mut self, other: Self) {
        self.trials += other.trials;
        for (series, more) in self.series.values_mut().zip(other.series.values()) {
            for (month, more) in series.iter_mut().zip(more) {
                month.moments.merge(&more.moments);
                if let (Some(sketch), Some(more)) = (&mut month.sketch, &more.sketch) {
                    sketch.merge(more);
                }
            }
        }
        for (crossings, more) in self.crossings.iter_mut().zip(&other.crossings) {
            crossings.merge(more);
        }
        add_counts(&mut self.finished, &other.finished);
        add_counts(&mut self.cheapest, &other.cheapest);
        for (counts, more) in self.walls.iter_mut().zip(&other.walls) {
            add_counts(counts, more);
        }
        self.best.merge(&other.best);
        if let (Some(deciders), Some(more)) = (&mut self.deciders, &other.deciders) {
            deciders.merge(more);
        }
        self.columns.extend(other.columns);
    }

    /// A requested column's values at the horizon, by trial.
    ///
    /// # Panics
    /// If the request did not name the column.
    #[must_use]
    pub fn column(&self, col: Col) -> Vec<f64> {
        let place = self.requested.iter().position(|c| *c == col).expect("only columns the request names are kept");
        let mut pieces: Vec<_> = self.columns.iter().map(|(first, values)| (*first, &values[place])).collect();
        pieces.sort_by_key(|(first, _)| *first);
        pieces.into_iter().flat_map(|(_, values)| values.iter().copied()).collect()
    }
}

impl Crossings {
    /// Adds one trial.
    fn add(&mut self, plan: &Plan, comparison: &Comparison, block: &Block, lane: usize) {
        let never = plan.months as usize + 1;
        self.size[(block.get(comparison.size_last_dearer)[lane] + 1.0) as usize] += 1;
        self.size_changes_often += u64::from(block.get(comparison.size_last_dearer.plus(1))[lane] > 1.0);
        if block.get(plan.outputs.options[comparison.option].left)[lane] >= f64::from(plan.months) {
            self.did_not_leave += 1;
            return;
        }
        let track = comparison.track;
        let above = block.get(track.above())[lane] > 0.0;
        let last_above = block.get(track.last_above())[lane];
        self.break_even[if above { never } else { (last_above + 1.0) as usize }] += 1;
        let touch = block.get(track.first_touch())[lane];
        if touch >= 0.0 {
            self.first_touch[touch as usize] += 1;
            self.ahead_then_behind += u64::from(above);
        }
        self.crosses_back += u64::from(block.get(track.crossed_back())[lane] > 0.0);
        self.hole_month[block.get(comparison.deepest.month())[lane] as usize] += 1;
        self.run_rate[run_rate_month(plan, comparison, block, lane).unwrap_or(never)] += 1;
    }

    fn merge(&mut self, other: &Self) {
        self.did_not_leave += other.did_not_leave;
        self.crosses_back += other.crosses_back;
        self.ahead_then_behind += other.ahead_then_behind;
        add_counts(&mut self.break_even, &other.break_even);
        add_counts(&mut self.first_touch, &other.first_touch);
        add_counts(&mut self.ahead_at, &other.ahead_at);
        add_counts(&mut self.run_rate, &other.run_rate);
        add_counts(&mut self.hole_month, &other.hole_month);
        add_counts(&mut self.size, &other.size);
        self.size_changes_often += other.size_changes_often;
    }
}

/// The first month that counts from which no trailing three months cost more; at least twelve before the horizon.
fn run_rate_month(plan: &Plan, comparison: &Comparison, block: &Block, lane: usize) -> Option<usize> {
    let first = block.get(comparison.run_rate_first)[lane];
    let month = first.max(block.get(comparison.run_rate_last_above)[lane] + 1.0);
    (month + 12.0 <= f64::from(plan.months)).then_some(month as usize)
}

/// Whether a column has a value at a moment: at the opening only what `plan.opening` writes.
fn has_value(plan: &Plan, col: Col, at: Moment) -> bool {
    at.month > 0 || plan.opening.iter().any(|step| step.out == col)
}

/// The cheapest option of a trial; ties go to the baseline, then to the first.
fn cheapest(plan: &Plan, block: &Block, lane: usize, best: f64) -> usize {
    let outputs = &plan.outputs;
    let cost = |option: usize| block.get(outputs.options[option].present[1])[lane];
    let order = std::iter::once(outputs.baseline).chain(0..outputs.options.len());
    order.into_iter().find(|option| cost(*option) == best).expect("the least of the options is one of them")
}

fn add_counts(own: &mut [u64], more: &[u64]) {
    for (own, more) in own.iter_mut().zip(more) {
        *own += more;
    }
}
