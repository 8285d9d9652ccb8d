//! What the answer hinges on: for each thing that is not known how the options compare by its value, where the best of
//! them changes, how much of the spread it explains and what knowing it would be worth. One line for each unknown, the
//! most valuable first.

use super::curve::{Curve, Grid, Group};
use super::knowing::{Estimated, Knowing, knowing};
use crate::math::moments::Moments;
use crate::plan::unknown::{TWENTIETHS, Unknown};
use crate::sim::Deciders;

/// Trials in a group below which its error is not to be trusted; with fewer in all, nothing is said.
const LEAST_IN_A_GROUP: u64 = 20;

/// One unknown and what it decides.
#[derive(Debug, Clone, PartialEq)]
pub struct Decider {
    /// What it is.
    pub unknown: Unknown,
    /// Groups of each option's difference, `[option][group]`; nothing under the baseline.
    pub groups: Vec<Vec<Group>>,
    /// Each option's curve; `None` for the baseline.
    pub curves: Vec<Option<Curve>>,
    /// The option that is best on average in each group, by place.
    pub best: Vec<usize>,
    /// What knowing it comes to.
    pub knowing: Knowing,
    /// The part of each option's variance of the difference that it explains by itself (first-order Sobol index); 0 for the
    /// baseline.
    pub share: Vec<Estimated>,
}

impl Decider {
    /// Whether any option's difference depends on it by more than noise.
    #[must_use]
    pub fn matters(&self) -> bool {
        self.curves.iter().flatten().any(|curve| !curve.is_flat())
    }
}

/// Judges all unknowns; none where there are too few trials for twentieths.
#[must_use]
pub fn of(sums: &Deciders) -> Vec<Decider> {
    let trials = sums.regret.cheapest.iter().sum::<u64>();
    if trials < LEAST_IN_A_GROUP * TWENTIETHS as u64 {
        return Vec::new();
    }
    let grid = Grid::default();
    let mut all: Vec<Decider> =
        sums.unknowns.iter().zip(&sums.differences).map(|(u, by_option)| decider(u, by_option, &grid)).collect();
    let share = |d: &Decider| d.share.iter().map(|share| share.value).fold(0.0, f64::max);
    all.sort_by(|a, b| {
        let worth = b.knowing.worth.value.total_cmp(&a.knowing.worth.value);
        worth.then(share(b).total_cmp(&share(a))).then_with(|| a.unknown.path.cmp(&b.unknown.path))
    });
    all
}

fn decider(unknown: &Unknown, by_option: &[Vec<Moments>], grid: &Grid) -> Decider {
    let groups: Vec<Vec<Group>> = by_option.iter().map(|sums| groups(&unknown.edges, sums)).collect();
    let curve = |groups: &Vec<Group>| {
        let ordered = unknown.is_ordered() && !unknown.has_few_values();
        (!groups.is_empty()).then(|| Curve::of(groups, ordered))
    };
    let curves: Vec<Option<Curve>> = groups.iter().map(curve).collect();
    let share = |(curve, sums): (&Option<Curve>, &Vec<Moments>)| {
        let nothing = Estimated { value: 0.0, se: 0.0 };
        let Some(curve) = curve else { return nothing };
        let all = sums.iter().skip(1).fold(sums[0].clone(), |mut all, more| {
            all.merge(more);
            all
        });
        let variance = all.sd() * all.sd();
        let (spread, se) = curve.spread(grid);
        if variance == 0.0 { nothing } else { Estimated { value: (spread / variance).min(1.0), se: se / variance } }
    };
    let share = curves.iter().zip(by_option).map(share).collect();
    let (knowing, best_at) = knowing(&curves, grid);
    let best = unknown.edges.windows(2).map(|ends| best_at[grid.place(0.5 * (ends[0] + ends[1]))]).collect();
    Decider { unknown: unknown.clone(), groups, curves, best, knowing, share }
}

fn groups(edges: &[f64], sums: &[Moments]) -> Vec<Group> {
    let of = |(ends, sums): (&[f64], &Moments)| Group {
        low: ends[0],
        high: ends[1],
        count: sums.count(),
        mean: sums.mean(),
        se: sums.standard_error(),
    };
    edges.windows(2).zip(sums).map(of).collect()
}
