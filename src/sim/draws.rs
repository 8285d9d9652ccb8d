//! What a run keeps: sums, sketches and counts, all of which join exactly.

use serde::{Deserialize, Serialize};

use std::collections::BTreeMap;
use std::ops::Range;

use super::block::{Block, Moment};
use super::deciders::Wanted;
use super::fates::{Case, Crossings, Fates, add_counts, is_finished, is_known_at_the_opening, lives_until};
use super::kept::{Centres, Kept, power_of_two_at_or_above};
use super::taken::Taken;
use super::{Deciders, Happened, Request, Stayed, Totals};
use crate::math::moments::Moments;
use crate::math::sketch::Sketch;
use crate::plan::op::Col;
use crate::plan::{ABOVE_ONE, Comparison, Plan, View, ends_year, ln_sizes};

/// What is kept of an amount in one month.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Series {
    /// Sums.
    pub moments: Moments,
    /// Quantiles, where they are kept.
    pub sketch: Option<Sketch>,
    /// Whether anything is kept in this month.
    pub(super) is_kept: bool,
}

impl Series {
    /// Of nothing that is kept.
    pub(super) fn none() -> Self {
        Self { moments: Moments::new(0.0, 1.0), sketch: None, is_kept: false }
    }

    /// Of nothing yet.
    pub(super) fn kept(moments: Moments, sketch: Option<Sketch>) -> Self {
        Self { moments, sketch, is_kept: true }
    }

    pub(super) fn add(&mut self, values: &[f64]) {
        self.moments.add(values);
        if let Some(sketch) = &mut self.sketch {
            sketch.add(values);
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.moments.merge(&other.moments);
        if let (Some(sketch), Some(more)) = (&mut self.sketch, &other.sketch) {
            sketch.merge(more);
        }
    }
}

/// Everything a run keeps.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Draws {
    /// Trials counted.
    pub trials: u64,
    /// By growth case; empty where there is one.
    pub cases: Vec<Case>,
    /// By column: at the opening and the end of each month, `[month]`; empty where nothing is kept of it.
    pub series: BTreeMap<Col, Vec<Series>>,
    /// By comparison of the plan.
    pub crossings: Vec<Crossings>,
    /// By option: trials in which its project is finished by the horizon.
    pub finished: Vec<u64>,
    /// By option: trials in which traffic is still on today's platform when that is gone.
    pub late: Vec<u64>,
    /// By option: trials in which at most one person knows production in the last month.
    pub one_person: Vec<u64>,
    /// By option whose project waits: trials in which it starts in month `[month]`; the last those in which it does not.
    pub starts: Vec<Vec<u64>>,
    /// By option: trials whose debt is simple (below a third), drifting, a black box (above two thirds), at the end of each
    /// year of the run and at the horizon.
    pub phases: Vec<Vec<[u64; 3]>>,
    /// By option: trials in which it is cheapest at the horizon by what is decided on.
    pub cheapest: Vec<u64>,
    /// The least cost of a trial, of what is decided on.
    pub best: Moments,
    /// By wall of the plan: trials that hit it first in month `[month]`; `[0]` those that never do.
    pub walls: Vec<Vec<u64>>,
    /// By signal of the plan: trials in which it fires first in month `[month]`, 0 by what is read today; the last those in
    /// which it never does.
    pub signals: Vec<Vec<u64>>,
    /// What leaving otherwise comes to where a project that waits never starts.
    pub stayed: Stayed,
    /// By event of the plan.
    pub events: Vec<Happened>,
    /// What the answer hinges on, where it is asked for.
    pub deciders: Option<Deciders>,
    /// What options cost in the first trials, where that is asked for.
    #[serde(skip)]
    pub totals: Option<Totals>,
    /// Requested columns at the horizon, in pieces: (first trial, values by column), in no order until asked for.
    #[serde(skip)]
    columns: Vec<(u64, Vec<Vec<f64>>)>,
    #[serde(skip)]
    requested: Vec<Col>,
    /// What is in `series` in the end, while a run goes on.
    #[serde(skip)]
    pub(super) taken: Taken,
}

/// The least cost of a trial.
pub(super) fn least(plan: &Plan, block: &Block, lane: usize) -> f64 {
    let options = 0..plan.outputs.options.len();
    options.fold(f64::INFINITY, |least, option| least.min(block.get(decided(plan, option))[lane]))
}

impl Draws {
    pub(super) fn new(plan: &Plan, centres: &Centres, request: &Request) -> Self {
        let months = plan.months as usize;
        let series = centres.by_column.iter().map(|(col, centre)| {
            let empty = |(month, kept): (usize, &Kept)| Series {
                moments: centres.sum(*col, month),
                sketch: (*kept == Kept::Quantiles).then(Sketch::default),
                is_kept: *kept != Kept::Nothing,
            };
            (*col, centre.kept.iter().enumerate().map(empty).collect())
        });
        let fates = Fates { did_not_leave: 0, break_even: vec![0; months + 2], ended_first: 0 };
        let crossings = Crossings {
            fates: fates.clone(),
            first_touch: vec![0; months + 1],
            ahead_at: vec![0; months + 1],
            crosses_back: 0,
            ahead_then_behind: 0,
            run_rate: vec![0; months + 2],
            hole_month: vec![0; months + 1],
            size: vec![0; ln_sizes().len() + 1],
            size_changes_often: 0,
        };
        let outputs = &plan.outputs;
        let deltas = (0..outputs.options.len()).map(|option| plan.outputs.options[option].decided_delta);
        let costs: Vec<Col> = (0..outputs.options.len()).map(|option| decided(plan, option)).collect();
        let case = Case {
            trials: 0,
            cost: costs.iter().map(|col| centres.sum(*col, months)).collect(),
            delta: deltas.zip(&costs).map(|(delta, cost)| centres.sum(delta.unwrap_or(*cost), months)).collect(),
            fates: vec![fates; outputs.options.len()],
        };
        let best_unit = power_of_two_at_or_above(centres.best.abs().max(1.0));
        Self {
            trials: 0,
            cases: if outputs.case.is_some() { vec![case; plan.case_weights.len()] } else { Vec::new() },
            series: series.collect(),
            crossings: vec![crossings; outputs.comparisons.len()],
            finished: vec![0; outputs.options.len()],
            late: vec![0; outputs.options.len()],
            one_person: vec![0; outputs.options.len()],
            starts: vec![vec![0; months + 2]; outputs.options.len()],
            phases: vec![vec![[0; 3]; phase_months(plan).count()]; outputs.options.len()],
            cheapest: vec![0; outputs.options.len()],
            best: Moments::new(centres.best, best_unit),
            walls: vec![vec![0; months + 1]; outputs.walls.len()],
            signals: vec![vec![0; months + 2]; outputs.signals.len()],
            stayed: Stayed::none(plan, centres),
            events: Happened::none(plan, centres),
            deciders: None,
            totals: None,
            columns: Vec::new(),
            requested: request.columns.clone(),
            taken: Taken::default(),
        }
    }

    /// Nothing yet, with what the answer hinges on where that is asked for.
    pub(super) fn none(plan: &Plan, centres: &Centres, request: &Request, deciders: Option<&(Wanted, View)>) -> Self {
        let mut draws = Self::new(plan, centres, request);
        draws.deciders = deciders.map(|(wanted, view)| Deciders::new(wanted, *view));
        draws
    }

    /// Adds what a block shows at the opening and at the end of a month.
    pub(super) fn take(&mut self, plan: &Plan, block: &Block, at: Moment, lanes: Range<usize>) {
        let month = at.month as usize;
        self.taken.month(block, at, &lanes);
        self.take_phases(plan, block, at.month, &lanes);
        for (comparison, crossings) in plan.outputs.comparisons.iter().zip(&mut self.crossings) {
            let left = block.get(plan.outputs.options[comparison.option].left);
            let above = block.get(comparison.track.above());
            // When a project that waits starts is not known at the opening, nor whether the product ends with it.
            if month > 0 || is_known_at_the_opening(plan, comparison, left[lanes.start]) {
                let ended = plan.outputs.ended.filter(|_| month > 0).map(|ended| &block.get(ended)[lanes.clone()]);
                let times = (f64::from(at.month), if month == 0 { f64::INFINITY } else { f64::from(plan.months) });
                crossings.ahead_at[month] += ahead(times, &left[lanes.clone()], &above[lanes.clone()], ended);
            }
        }
    }

    /// Counts the phases of debt at the end of a month.
    fn take_phases(&mut self, plan: &Plan, block: &Block, month: u32, lanes: &Range<usize>) {
        let Some(place) = phase_months(plan).position(|known| known == month) else { return };
        for (option, phases) in plan.outputs.options.iter().zip(&mut self.phases) {
            for debt in option.debt.iter().flat_map(|col| &block.get(*col)[lanes.clone()]) {
                phases[place][usize::from(3.0 * debt >= 1.0) + usize::from(3.0 * debt > 2.0)] += 1;
            }
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
        for (option, finished) in self.finished.iter_mut().enumerate() {
            *finished += lanes.clone().filter(|lane| is_finished(plan, option, block, *lane)).count() as u64;
        }
        for (option, alone) in plan.outputs.options.iter().zip(&mut self.one_person) {
            let know = option.know.map_or(&[][..], |know| &block.get(know)[lanes.clone()]);
            *alone += know.iter().filter(|know| **know < ABOVE_ONE).count() as u64;
        }
        for (option, late) in plan.outputs.options.iter().zip(&mut self.late) {
            if let Some([cutover, last_day]) = option.late.map(|columns| columns.map(|col| block.get(col))) {
                let is_late = |lane: &usize| {
                    last_day[*lane] < cutover[*lane] && last_day[*lane] < lives_until(plan, block, *lane)
                };
                *late += lanes.clone().filter(is_late).count() as u64;
            }
        }
        for (option, starts) in
            plan.outputs.options.iter().zip(&mut self.starts).filter(|(option, _)| option.waits.is_some())
        {
            for lane in lanes.clone() {
                let time = block.get(option.left)[lane];
                let has_started = time < lives_until(plan, block, lane);
                // From the time m − 1 on it is month m.
                starts[if has_started { time as usize + 1 } else { plan.months as usize + 1 }] += 1;
            }
        }
        for (wall, counts) in plan.outputs.walls.iter().zip(&mut self.walls) {
            for month in &block.get(wall.month)[lanes.clone()] {
                counts[month.max(0.0) as usize] += 1;
            }
        }
        let never = plan.months as usize + 1;
        for (signal, counts) in plan.outputs.signals.iter().zip(&mut self.signals) {
            for month in &block.get(signal.month)[lanes.clone()] {
                counts[if *month < 0.0 { never } else { *month as usize }] += 1;
            }
        }
        self.stayed.add(plan, block, &lanes);
        Happened::add(&mut self.events, plan, block, &lanes);
        let mut best = [0.0; super::block::LANES];
        for lane in lanes.clone() {
            best[lane] = least(plan, block, lane);
            self.cheapest[cheapest(plan, block, lane, best[lane])] += 1;
        }
        self.best.add(&best[lanes.clone()]);
        self.add_cases(plan, block, &lanes);
        if !self.requested.is_empty() {
            let values = self.requested.iter().map(|col| block.get(*col)[lanes.clone()].to_vec()).collect();
            self.columns.push((block.first_trial + lanes.start as u64, values));
        }
    }

    /// Adds the trials of a block to those of the growth case that each drew.
    fn add_cases(&mut self, plan: &Plan, block: &Block, lanes: &Range<usize>) {
        let Some(which) = plan.outputs.case else { return };
        let which = block.get(which);
        for (place, case) in self.cases.iter_mut().enumerate() {
            let own: Vec<usize> = lanes.clone().filter(|lane| which[*lane] as usize == place).collect();
            case.trials += own.len() as u64;
            let of = |col: Col| own.iter().map(|lane| block.get(col)[*lane]).collect::<Vec<f64>>();
            for option in 0..plan.outputs.options.len() {
                case.cost[option].add(&of(decided(plan, option)));
                if let Some(comparison) = headline(plan, option) {
                    let delta = plan.outputs.options[option].decided_delta.unwrap_or(comparison.delta);
                    case.delta[option].add(&of(delta));
                    for lane in &own {
                        case.fates[option].add(plan, comparison, block, *lane);
                    }
                }
            }
        }
    }

    /// Joins another shard of the same run: exactly, in any order.
    pub fn merge(&mut self, other: Self) {
        self.trials += other.trials;
        let own = self.series.values_mut().flatten();
        own.zip(other.series.values().flatten()).for_each(|(own, more)| own.merge(more));
        self.taken.merge(&other.taken);
        for (crossings, more) in self.crossings.iter_mut().zip(&other.crossings) {
            crossings.merge(more);
        }
        for (case, more) in self.cases.iter_mut().zip(&other.cases) {
            case.merge(more);
        }
        add_counts(&mut self.finished, &other.finished);
        add_counts(&mut self.late, &other.late);
        add_counts(&mut self.one_person, &other.one_person);
        add_counts(&mut self.cheapest, &other.cheapest);
        for (starts, more) in self.starts.iter_mut().zip(&other.starts) {
            add_counts(starts, more);
        }
        for (phases, more) in self.phases.iter_mut().zip(&other.phases) {
            phases.iter_mut().zip(more).for_each(|(phases, more)| add_counts(phases, more));
        }
        for (counts, more) in self.walls.iter_mut().zip(&other.walls) {
            add_counts(counts, more);
        }
        for (counts, more) in self.signals.iter_mut().zip(&other.signals) {
            add_counts(counts, more);
        }
        self.stayed.merge(&other.stayed);
        for (event, more) in self.events.iter_mut().zip(&other.events) {
            event.merge(more);
        }
        self.best.merge(&other.best);
        if let (Some(deciders), Some(more)) = (&mut self.deciders, &other.deciders) {
            deciders.merge(more);
        }
        if let (Some(totals), Some(more)) = (&mut self.totals, other.totals) {
            totals.merge(more);
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

/// The months at whose end phases of debt are counted.
pub(super) fn phase_months(plan: &Plan) -> impl Iterator<Item = u32> {
    let months = plan.months;
    (1..=months).filter(move |month| ends_year(*month, months) || *month == months)
}

/// The cost of an option that is decided on.
pub(super) fn decided(plan: &Plan, option: usize) -> Col {
    plan.outputs.options[option].decided
}

/// An option's comparison under the headline's view.
pub(super) fn headline(plan: &Plan, option: usize) -> Option<&Comparison> {
    plan.outputs.comparison(option, plan.outputs.headline).map(|place| &plan.outputs.comparisons[place])
}

/// The cheapest option of a trial; ties go to the baseline, then to the first.
fn cheapest(plan: &Plan, block: &Block, lane: usize, best: f64) -> usize {
    let outputs = &plan.outputs;
    let cost = |option: usize| block.get(decided(plan, option))[lane];
    let order = std::iter::once(outputs.baseline).chain(0..outputs.options.len());
    order.into_iter().find(|option| cost(*option) == best).expect("the least of the options is one of them")
}

/// How many trials have left by a month, and before the horizon and the product's end, and are not above 0.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl+avx2+fma", "x86_64+avx2+fma"))]
fn ahead((month, horizon): (f64, f64), left: &[f64], above: &[f64], ended: Option<&[f64]>) -> u64 {
    let mut ahead = 0;
    for (lane, (left, above)) in left.iter().zip(above).enumerate() {
        let lives_until = ended.map_or(horizon, |ended| horizon.min(ended[lane] - 1.0));
        ahead += u64::from((*left <= month) & (*left < lives_until) & (*above == 0.0));
    }
    ahead
}
