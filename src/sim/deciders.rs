//! What an answer hinges on, streamed: for each unknown the sums of each option's difference by its groups, and each
//! option's regret. No trial is kept; sums join exactly.

use serde::{Deserialize, Serialize};

use std::ops::Range;

use super::block::{Block, Context};
use super::ops::{row_of, scores};
use super::source::{ONCE, Stream};
use super::{Centres, Request};
use crate::math::elementary::uniform;
use crate::math::moments::Moments;
use crate::math::special::normal_cdf;
use crate::plan::op::Col;
use crate::plan::unknown::{Of, TWENTIETHS, Unknown, total, unknowns};
use crate::plan::{Plan, View};

/// What is summed, and on which grids: the same in every shard.
pub(super) struct Wanted {
    unknowns: Vec<Unknown>,
    /// Each option's total.
    totals: Vec<Col>,
    baseline: usize,
    /// Centre and unit of each option's difference.
    grids: Vec<(f64, f64)>,
    /// Unit of totals and regrets.
    unit: f64,
}

/// The sums.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Deciders {
    /// What is decided on.
    pub view: View,
    /// What is not known, by place: as the plan has it, so that a part of a run does without.
    #[serde(skip)]
    pub unknowns: Vec<Unknown>,
    /// An option's total less the baseline's, `[unknown][option][group]`; nothing under the baseline.
    pub differences: Vec<Vec<Vec<Moments>>>,
    /// What is lost as it turns out.
    pub regret: Regret,
}

/// What each option costs above the cheapest of a trial.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Regret {
    /// Sums by option, dollars.
    pub sums: Vec<Moments>,
    /// Trials in which each option is the cheapest; ties go to the baseline, then to the first.
    pub cheapest: Vec<u64>,
    baseline: usize,
}

impl Regret {
    /// Of so many options; `unit` sets the grid of the sums.
    #[must_use]
    pub fn new(options: usize, baseline: usize, unit: f64) -> Self {
        Self { sums: vec![Moments::new(0.0, unit); options], cheapest: vec![0; options], baseline }
    }

    /// Adds trials: each option's total, by trial.
    pub fn add(&mut self, totals: &[&[f64]]) {
        let lanes = totals[0].len();
        let mut regrets = vec![vec![0.0; lanes]; totals.len()];
        for lane in 0..lanes {
            let best = cheapest(totals.len(), self.baseline, |option| totals[option][lane]);
            self.cheapest[best] += 1;
            for (regret, own) in regrets.iter_mut().zip(totals) {
                regret[lane] = own[lane] - totals[best][lane];
            }
        }
        for (sums, values) in self.sums.iter_mut().zip(&regrets) {
            sums.add(values);
        }
    }

    fn merge(&mut self, other: &Self) {
        for (sums, more) in self.sums.iter_mut().zip(&other.sums) {
            sums.merge(more);
        }
        for (count, more) in self.cheapest.iter_mut().zip(&other.cheapest) {
            *count += more;
        }
    }
}

/// What is summed for a request, under the view that it asks for.
pub(super) fn wanted(plan: &Plan, request: &Request, centres: &Centres) -> Option<(Wanted, View)> {
    request.deciders.map(|view| (Wanted::of(plan, view, |col| centres.at_horizon(col)), view))
}

impl Wanted {
    /// `grid` gives the centre and the unit that a column is summed on at the horizon.
    pub(super) fn of(plan: &Plan, view: View, grid: impl Fn(Col) -> (f64, f64)) -> Self {
        let totals: Vec<Col> = (0..plan.outputs.options.len()).map(|option| total(plan, option, view)).collect();
        let baseline = plan.outputs.baseline;
        let (base, unit) = grid(totals[baseline]);
        let of_option = |col: &Col| {
            let (own, unit) = grid(*col);
            (own - base, unit)
        };
        let grids: Vec<(f64, f64)> = totals.iter().map(of_option).collect();
        let unit = grids.iter().fold(unit, |largest, (_, own)| largest.max(*own));
        let grids = grids.into_iter().map(|(centre, _)| (centre, unit)).collect();
        Self { unknowns: unknowns(plan, view), totals, baseline, grids, unit }
    }
}

impl Deciders {
    pub(super) fn new(wanted: &Wanted, view: View) -> Self {
        let groups = |unknown: &Unknown| -> Vec<Vec<Moments>> {
            let of_option = |(option, (centre, unit)): (usize, &(f64, f64))| {
                let count = if option == wanted.baseline { 0 } else { unknown.edges.len() - 1 };
                vec![Moments::new(*centre, *unit); count]
            };
            wanted.grids.iter().enumerate().map(of_option).collect()
        };
        Self {
            view,
            unknowns: wanted.unknowns.clone(),
            differences: wanted.unknowns.iter().map(groups).collect(),
            regret: Regret::new(wanted.totals.len(), wanted.baseline, wanted.unit),
        }
    }

    /// Adds a block that has come to the horizon.
    pub(super) fn take(&mut self, wanted: &Wanted, context: &Context, block: &Block, lanes: Range<usize>) {
        let totals: Vec<&[f64]> = wanted.totals.iter().map(|col| &block.get(*col)[lanes.clone()]).collect();
        let base = totals[wanted.baseline];
        let less_base = |own: &&[f64]| own.iter().zip(base).map(|(own, base)| own - base).collect();
        let differences: Vec<Vec<f64>> = totals.iter().map(less_base).collect();
        let mut groups = Groups::default();
        for (unknown, sums) in wanted.unknowns.iter().zip(&mut self.differences) {
            groups.of(unknown, context, block, lanes.clone());
            for (values, sums) in differences.iter().zip(sums).filter(|(_, sums)| !sums.is_empty()) {
                groups.add(values, sums);
            }
        }
        self.regret.add(&totals);
    }

    /// Joins another shard of the same run.
    pub(super) fn merge(&mut self, other: &Self) {
        let own = self.differences.iter_mut().flatten().flatten();
        for (sums, more) in own.zip(other.differences.iter().flatten().flatten()) {
            sums.merge(more);
        }
        self.regret.merge(&other.regret);
    }
}

/// The option that costs least; ties go to the baseline, then to the first.
pub(super) fn cheapest(options: usize, baseline: usize, cost: impl Fn(usize) -> f64) -> usize {
    let others = (0..options).filter(|option| *option != baseline);
    others.fold(baseline, |best, option| if cost(option) < cost(best) { option } else { best })
}

/// The trials of a block by group of one unknown, and scratch.
#[derive(Default)]
struct Groups {
    words: Vec<u32>,
    /// Lanes, those of the first group first.
    order: Vec<u32>,
    /// Where each group ends in it.
    ends: Vec<usize>,
    group: Vec<u32>,
    gathered: Vec<f64>,
}

impl Groups {
    fn of(&mut self, unknown: &Unknown, context: &Context, block: &Block, lanes: Range<usize>) {
        self.group.clear();
        match &unknown.of {
            Of::Estimate { input, .. } => self.of_estimate(unknown, &context.inputs[*input], context, block, lanes),
            Of::Rows { file, rank, .. } => {
                self.words.resize(block.lanes(), 0);
                context.source.fill(context.files[*file], ONCE, block.first_trial, &mut self.words);
                let (rows, groups) = (rank.len() as u32, (unknown.edges.len() - 1) as u64);
                let group = |word: &u32| u64::from(rank[row_of(rows, *word) as usize]) * groups / u64::from(rows);
                self.group.extend(self.words[lanes].iter().map(|word| group(word) as u32));
            }
            Of::Case { column } => self.group.extend(block.get(*column)[lanes].iter().map(|case| *case as u32)),
            Of::Growth { column, ends, .. } => {
                let logs = &block.get(*column)[lanes];
                self.group.extend(logs.iter().map(|log| ends.partition_point(|end| end < log) as u32));
            }
        }
        self.sort(unknown.edges.len() - 1);
    }

    /// By the estimate's own quantile, whatever else went into its score.
    fn of_estimate(
        &mut self,
        unknown: &Unknown,
        streams: &[(Stream, f64)],
        context: &Context,
        block: &Block,
        lanes: Range<usize>,
    ) {
        self.words.resize(block.lanes(), 0);
        let cumulative = &unknown.edges[1..];
        let few = unknown.has_few_values();
        if let [(stream, _)] = streams {
            context.source.fill(*stream, ONCE, block.first_trial, &mut self.words);
            let words = &self.words[lanes];
            if few {
                self.group.extend(words.iter().map(|word| place(cumulative, uniform(*word)) as u32));
            } else {
                self.group.extend(words.iter().map(|word| twentieth(*word)));
            }
            return;
        }
        self.gathered.resize(block.lanes(), 0.0);
        scores(context, streams, block.first_trial, &mut self.words, &mut self.gathered);
        let uniforms = self.gathered[lanes].iter().map(|score| normal_cdf(*score));
        if few {
            self.group.extend(uniforms.map(|u| place(cumulative, u) as u32));
        } else {
            let last = TWENTIETHS as u32 - 1;
            self.group.extend(uniforms.map(|u| ((u * TWENTIETHS as f64) as u32).min(last)));
        }
    }

    /// Puts the lanes of each group side by side, in the order of lanes.
    fn sort(&mut self, groups: usize) {
        self.ends.clear();
        self.ends.resize(groups, 0);
        for group in &self.group {
            self.ends[*group as usize] += 1;
        }
        let mut start = 0;
        for end in &mut self.ends {
            (start, *end) = (start + *end, start);
        }
        self.order.resize(self.group.len(), 0);
        for (lane, group) in self.group.iter().enumerate() {
            let next = &mut self.ends[*group as usize];
            self.order[*next] = lane as u32;
            *next += 1;
        }
    }

    fn add(&mut self, values: &[f64], sums: &mut [Moments]) {
        self.gathered.clear();
        self.gathered.extend(self.order.iter().map(|lane| values[*lane as usize]));
        let mut start = 0;
        for (sums, end) in sums.iter_mut().zip(&self.ends) {
            sums.add(&self.gathered[start..*end]);
            start = *end;
        }
    }
}

/// The group of a uniform: as [`crate::math::law::Law`] picks a value.
fn place(cumulative: &[f64], u: f64) -> usize {
    cumulative.partition_point(|edge| *edge < u).min(cumulative.len() - 1)
}

/// ⌊20·u⌋ of a word's uniform, (k + ½)·2⁻³².
fn twentieth(word: u32) -> u32 {
    (((u64::from(word) * 2 + 1) * TWENTIETHS as u64) >> 33) as u32
}

#[cfg(test)]
mod tests {
    use super::{cheapest, place, twentieth};

    #[test]
    fn a_word_is_in_the_twentieth_of_its_uniform() {
        for word in [0, 214_748_364, 214_748_365, u32::MAX / 2, u32::MAX / 2 + 1, u32::MAX] {
            let u = (f64::from(word) + 0.5) / 4_294_967_296.0;
            assert_eq!(twentieth(word), (20.0 * u) as u32, "{word}");
        }
        assert_eq!([0.1, 0.2, 0.20001, 0.99].map(|u| place(&[0.2, 0.5, 1.0], u)), [0, 0, 1, 2]);
    }

    #[test]
    fn ties_go_to_the_baseline_and_then_to_the_first() {
        for (costs, baseline, best) in
            [([1.0, 1.0, 1.0], 2, 2), ([1.0, 1.0, 2.0], 2, 0), ([2.0, 1.0, 1.0], 0, 1), ([1.0, 1.0, 1.0], 1, 1)]
        {
            assert_eq!(cheapest(3, baseline, |option| costs[option]), best, "{costs:?}");
        }
    }
}
