//! What knowing is worth, and what being wrong costs: *as it turns out*, luck included, and *on average, given what could
//! be known*, the estimates known and luck not.
//!
//! ```text
//! 0 ≤ one unknown ≤ several ≤ all ≤ foresight
//! ```
//!
//! **Foresight** F is the least expected regret: what the best option costs above the cheapest of each trial, on average over
//! the run. **All** is F less the gap, what luck alone is worth knowing, from trials that are lived with eight lucks each
//! ([`crate::sim::Lucks`]). With the means A and B of each half of a trial's lucks by option, and (A + B)/2 of all, three
//! gaps are known: the least of (A + B)/2 is too low, being the least of noisy means (gap too small); A's choice paid in B and
//! B's in A is too high (gap too large); and twice the first less the mean of the least of A and the least of B takes off the part
//! of that bias that halves with twice the lucks (the jackknife of Quenouille 1956). In each trial
//! least ≤ gap ≤ most, since A and B at each other's and at their own choices add up to (A + B) at both choices, which is
//! at least twice its least. So the value of all is between its two bounds and at most F by construction, and those of
//! fewer unknowns are held at or below it.

use super::curve::{Curve, GRID, Grid};
use super::deciders::Decider;
use super::knowing::{Estimated, lowest};
use super::sample::{given_a_sample, worth_of_knowing};
use crate::math::moments::Moments;
use crate::model::{MOST_INPUTS, Measurement};
use crate::sim::{Deciders, Lucks, Regret};
use crate::summary::Probability;

/// What is said of knowing.
#[derive(Debug, Clone, PartialEq)]
pub struct Information {
    /// What somebody who knew the future of each trial would save: a ceiling nobody can buy.
    pub foresight: Estimated,
    /// What knowing all estimates would save; its error is the most it can be.
    pub all: Estimated,
    /// A figure that is on average too low, and one that is too high.
    pub all_between: (f64, f64),
    /// By option: how often it is the cheapest as it turns out.
    pub cheapest: Vec<Probability>,
    /// By option: how often it is the cheapest on average, given the estimates, with eight lucks for the average.
    pub cheapest_on_average: Vec<Probability>,
    /// By option: what it costs above the cheapest as it turns out, on average.
    pub regret: Vec<Estimated>,
    /// By option: what it costs above the option that is cheapest on average, given the estimates.
    pub regret_on_average: Vec<Estimated>,
}

/// Reads them off a run and its lucks.
#[must_use]
pub fn of(sums: &Deciders, lucks: &Lucks) -> Information {
    let regret: Vec<Estimated> = sums.regret.sums.iter().map(estimated).collect();
    let foresight = foresight(&sums.regret);
    let gap = estimated(&lucks.gap);
    let less = |from: f64, gap: f64| (from - gap).clamp(0.0, from.max(0.0));
    let without_luck = |regret: &Estimated| Estimated { value: less(regret.value, gap.value), se: regret.se + gap.se };
    let of = |count: &u64, of: u64| Probability { count: *count, of };
    let trials = sums.regret.cheapest.iter().sum();
    Information {
        foresight,
        all: without_luck(&foresight),
        all_between: (less(foresight.value, lucks.most.mean()), less(foresight.value, lucks.least.mean())),
        cheapest: sums.regret.cheapest.iter().map(|count| of(count, trials)).collect(),
        cheapest_on_average: lucks.cheapest.iter().map(|count| of(count, lucks.trials)).collect(),
        regret_on_average: regret.iter().map(without_luck).collect(),
        regret,
    }
}

/// What knowing the future of each trial would save: the regret of the option with the least.
///
/// # Panics
/// If there is no option.
#[must_use]
pub fn foresight(regret: &Regret) -> Estimated {
    let all = regret.sums.iter().map(estimated);
    all.min_by(|a, b| a.value.total_cmp(&b.value)).expect("a scenario has an option")
}

fn estimated(sums: &Moments) -> Estimated {
    Estimated { value: sums.mean(), se: sums.standard_error() }
}

/// Holds what each unknown is worth at or below what all are.
pub fn hold_below(deciders: &mut [Decider], all: Estimated) {
    for decider in deciders {
        let worth = &mut decider.knowing.worth;
        worth.value = worth.value.min(all.value);
    }
}

/// What finding something out is worth.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The measurement.
    pub measurement: Measurement,
    /// What measuring its inputs is worth, dollars, with the most that its error can be.
    pub worth: Estimated,
    /// Times the cost; `None` where it costs nothing.
    pub times_cost: Option<f64>,
    /// Whether its inputs are several: then how they act together is left out.
    pub is_additive: bool,
}

/// Judges a measurement.
#[must_use]
pub fn finding(measurement: &Measurement, deciders: &[Decider], all: Estimated) -> Finding {
    let named = deciders.iter().filter(|decider| measurement.inputs.contains(&decider.unknown.path));
    let inputs: Vec<Settled<'_>> = named.map(|decider| (decider.curves.as_slice(), decider.knowing.worth)).collect();
    let grid = Grid::default();
    let worth = worth_of_several(&inputs, &grid);
    let worth = worth_of_sample(&inputs, worth, measurement.leaves, &grid);
    let worth = Estimated { value: worth.value.min(all.value), se: worth.se };
    let times_cost = (measurement.cost_usd > 0.0).then(|| worth.value / measurement.cost_usd);
    Finding { measurement: measurement.clone(), worth, times_cost, is_additive: inputs.len() > 1 }
}

/// Points that several unknowns are joined at.
const POINTS: usize = 1 << 14;

/// An unknown that is settled: each option's curve, `None` for the baseline, and what it is worth by itself.
pub type Settled<'c> = (&'c [Option<Curve>], Estimated);

/// What knowing several independent unknowns is worth where their curves add up: what they do together beyond that is left
/// out. At least the most valuable of them. The points are Kronecker's, the fractions of i·√p for the first primes.
#[must_use]
pub fn worth_of_several(settled: &[Settled<'_>], grid: &Grid) -> Estimated {
    let Some((first, worth)) = settled.first() else { return Estimated { value: 0.0, se: 0.0 } };
    if settled.len() == 1 {
        return *worth;
    }
    let largest = settled.iter().map(|(_, worth)| worth.value).fold(0.0, f64::max);
    let baseline = first.iter().position(Option::is_none).unwrap_or(0);
    let value = together(settled, 0.0, baseline, grid).max(largest);
    Estimated { value, se: settled.iter().map(|(_, worth)| worth.se).sum() }
}

/// What measuring several independent unknowns is worth where a part of the spread of each is left, given what knowing them is:
/// at least the most valuable of them, at most knowing. One that is worth nothing to know is worth nothing to measure.
#[must_use]
pub fn worth_of_sample(settled: &[Settled<'_>], knowing: Estimated, left: f64, grid: &Grid) -> Estimated {
    if left <= 0.0 || settled.is_empty() {
        return knowing;
    }
    let alone = |(curves, worth): &Settled<'_>| {
        let costs: Vec<Vec<f64>> = curves.iter().map(|curve| given_a_sample(&on(curve, grid), left)).collect();
        if worth.value > 0.0 { worth_of_knowing(&costs, grid).min(worth.value) } else { 0.0 }
    };
    let largest = settled.iter().map(alone).fold(0.0, f64::max);
    let baseline = settled[0].0.iter().position(Option::is_none).unwrap_or(0);
    let value = if settled.len() == 1 { largest } else { together(settled, left, baseline, grid).max(largest) };
    Estimated { value: value.clamp(0.0, knowing.value), se: knowing.se }
}

/// The least on average less the average of the least, where the curves of several add up and a part of each spread is left.
fn together(settled: &[Settled<'_>], left: f64, baseline: usize, grid: &Grid) -> f64 {
    let parts: Vec<Vec<Part>> =
        settled.iter().map(|(curves, _)| curves.iter().map(|c| part(c, left, grid)).collect()).collect();
    let options = parts[0].len();
    let mut sums = vec![0.0; options];
    let mut least = 0.0;
    for point in 0..POINTS {
        let place = |prime: &f64| grid.place(((point as f64 + 0.5) * prime.sqrt()).fract());
        let places: Vec<usize> = PRIMES[..parts.len()].iter().map(place).collect();
        let cost = |option: usize| {
            let moved = parts.iter().zip(&places).map(|(unknown, place)| unknown[option].above_mean[*place]);
            parts[0][option].mean + moved.sum::<f64>()
        };
        least += cost(lowest(sums.len(), baseline, cost));
        (0..sums.len()).for_each(|option| sums[option] += cost(option));
    }
    let best = lowest(sums.len(), baseline, |option| sums[option]);
    (sums[best] - least) / POINTS as f64
}

/// What an option costs by one unknown, on the grid.
struct Part {
    mean: f64,
    above_mean: Vec<f64>,
}

fn on(curve: &Option<Curve>, grid: &Grid) -> Vec<f64> {
    curve.as_ref().map_or_else(|| vec![0.0; GRID], |curve| curve.on(grid))
}

fn part(curve: &Option<Curve>, left: f64, grid: &Grid) -> Part {
    let costs = given_a_sample(&on(curve, grid), left);
    let mean = grid.mean(costs.iter().copied());
    Part { mean, above_mean: costs.into_iter().map(|cost| cost - mean).collect() }
}

/// One for each unknown that a measurement may name.
const PRIMES: [f64; MOST_INPUTS] = [2.0, 3.0, 5.0, 7.0, 11.0, 13.0, 17.0, 19.0, 23.0, 29.0, 31.0, 37.0];
