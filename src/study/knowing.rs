//! Where the best option changes by the value of one unknown, and what knowing that value would be worth. Pure functions of curves.
//!
//! **What knowing is worth.** EVPPI = E[max over options of −f(U)] − max over options of E[−f(U)] on a grid of
//! normal scores from −6 to 6 with their densities, f being 0 for the baseline. The mean is taken on the same grid, so it is
//! never below 0 (Jensen).
//! It is the regression estimator of Strong & Oakley (2014, Medical Decision Making 34:311) with the regression above. Its error is that
//! of the coefficients by the delta method; those of several options are added as if they moved together, which is the
//! most that they can do; it is at least what the value changes by if each curve's linear term, kept or left out, is one
//! standard error further from 0. A value below its error is given as 0.

use super::curve::{Curve, GRID, Grid, Place, Shape};
use crate::math::hermite::Series;

/// A sampled amount.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimated {
    /// The value.
    pub value: f64,
    /// Its standard error, or the most that it can be.
    pub se: f64,
}

/// Where the option that is best on average changes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Flip {
    /// The share of outcomes below.
    pub probability: f64,
    /// Its standard error.
    pub se: f64,
    /// The best option below, by place.
    pub below: usize,
    /// The best option above.
    pub above: usize,
}

/// What knowing an unknown comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Knowing {
    /// What perfect knowledge of it is worth, dollars: at least 0; 0 where it is below its error.
    pub worth: Estimated,
    /// The option that is best on average without knowing it.
    pub best: usize,
    /// The chance that it has a value at which another option is best on average.
    pub another: Estimated,
    /// Where the best option changes, within the middle 98 % of outcomes and clear of
    /// the ends by twice its error.
    pub flips: Vec<Flip>,
}

/// Shares of outcomes beyond which the curve goes on past its last group's middle: no flip is claimed there.
const FLIPS_WITHIN: (f64, f64) = (0.01, 0.99);
/// Standard errors that a flip stands from the end of what is possible.
const CLEAR: f64 = 2.0;

/// What knowing an unknown is worth, and the best option at each place of the grid. By option its curve, `None` for the
/// baseline; the lowest is best, and ties go to the baseline, then to the first.
#[must_use]
pub fn knowing(curves: &[Option<Curve>], grid: &Grid) -> (Knowing, Vec<usize>) {
    let shapes =
        |of: fn(&Curve) -> &Shape| -> Vec<Option<&Shape>> { curves.iter().map(|c| c.as_ref().map(of)).collect() };
    let (shapes, stretched) = (shapes(|curve| &curve.shape), shapes(|curve| &curve.stretched));
    let choice = Choice::of(&shapes, grid);
    let further = (Choice::of(&stretched, grid).worth - choice.worth).abs();
    let se = standard_error(&shapes, grid, &choice).max(further);
    let flips = flips(&shapes, grid, &choice);
    let share = grid.mean(choice.by_place.iter().map(|own| f64::from(u8::from(*own != choice.best))));
    let another = Estimated { value: share, se: flips.iter().map(|flip| flip.se).sum() };
    let worth = Estimated { value: if choice.worth < se { 0.0 } else { choice.worth }, se };
    (Knowing { worth, best: choice.best, another, flips }, choice.by_place)
}

/// The best option with and without knowing.
struct Choice {
    /// By option, on the grid.
    costs: Vec<Vec<f64>>,
    /// The best on average.
    best: usize,
    /// The best at each place of the grid.
    by_place: Vec<usize>,
    worth: f64,
}

impl Choice {
    fn of(shapes: &[Option<&Shape>], grid: &Grid) -> Self {
        let costs: Vec<Vec<f64>> =
            shapes.iter().map(|shape| shape.map_or_else(|| vec![0.0; GRID], |shape| shape.on(grid))).collect();
        let baseline = shapes.iter().position(Option::is_none).unwrap_or(0);
        let means: Vec<f64> = costs.iter().map(|costs| grid.mean(costs.iter().copied())).collect();
        let best = lowest(shapes.len(), baseline, |option| means[option]);
        let by_place: Vec<usize> =
            (0..GRID).map(|place| lowest(shapes.len(), baseline, |option| costs[option][place])).collect();
        let worth = grid.mean(by_place.iter().enumerate().map(|(place, own)| costs[best][place] - costs[*own][place]));
        Self { costs, best, by_place, worth: worth.max(0.0) }
    }
}

/// The option that costs least; ties go to the baseline, then to the first.
pub(crate) fn lowest(options: usize, baseline: usize, cost: impl Fn(usize) -> f64) -> usize {
    let others = (0..options).filter(|option| *option != baseline);
    others.fold(baseline, |best, option| if cost(option) < cost(best) { option } else { best })
}

/// The error of what knowing is worth by the delta method: each option's part, as if all moved together.
fn standard_error(shapes: &[Option<&Shape>], grid: &Grid, choice: &Choice) -> f64 {
    let of = |(option, shape): (usize, &Option<&Shape>)| {
        let weight = |own: usize| f64::from(u8::from(option == choice.best)) - f64::from(u8::from(option == own));
        let places = grid.0.iter().zip(&choice.by_place).filter(|(_, own)| weight(**own) != 0.0);
        let term = |(place, own): (&Place, &usize)| (weight(*own) * place.weight, place.u, place.values);
        let terms: Vec<(f64, f64, Series)> = places.map(term).collect();
        Some(shape.as_ref()?.variance_of(&terms).sqrt())
    };
    shapes.iter().enumerate().filter_map(of).sum()
}

fn flips(shapes: &[Option<&Shape>], grid: &Grid, choice: &Choice) -> Vec<Flip> {
    let mut flips = Vec::new();
    for (place, pair) in choice.by_place.windows(2).enumerate().filter(|(_, pair)| pair[0] != pair[1]) {
        let (below, above) = (pair[0], pair[1]);
        let step = |place: usize| choice.costs[above][place] - choice.costs[below][place];
        let (before, after) = (step(place), step(place + 1));
        let part = if before == after { 0.5 } else { before / (before - after) };
        let (at, next) = (&grid.0[place], &grid.0[place + 1]);
        let probability = at.u + part * (next.u - at.u);
        let noise = |option: usize| shapes[option].map_or(0.0, |shape| shape.variance_at(at.u, &at.values).sqrt());
        let slope = (before - after).abs() / (next.u - at.u);
        let jumps = [below, above].iter().any(|i| matches!(shapes[*i], Some(Shape::Groups { joined: false, .. })));
        let se = if jumps || slope == 0.0 { 0.0 } else { ((noise(below) + noise(above)) / slope).min(0.5) };
        let (first, last) = FLIPS_WITHIN;
        let to_the_end = probability.min(1.0 - probability);
        if (first..=last).contains(&probability) && to_the_end >= CLEAR * se {
            flips.push(Flip { probability, se, below, above });
        }
    }
    flips
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::hermite::means_between;
    use crate::study::curve::Group;

    /// Twentieths of a + b·z, each mean exact but for a stated error.
    fn line(a: f64, b: f64, se: f64) -> Vec<Group> {
        let of = |i: u32| {
            let (low, high) = (f64::from(i) / 20.0, f64::from(i + 1) / 20.0);
            Group { low, high, count: 800, mean: a + b * means_between(low, high)[1], se }
        };
        (0..20).map(of).collect()
    }

    #[test]
    fn a_line_is_worth_its_unit_normal_loss() {
        let (knowing, _) = knowing(&[None, Some(Curve::of(&line(-1.0, 2.0, 0.01), true))], &Grid::default());
        // s·φ(μ/s) − |μ|·Φ(−|μ|/s) with μ = 1, s = 2: Raiffa & Schlaifer (1961), the unit normal loss integral.
        let expected = 2.0 * 0.352_065_326_764_299_5 - 0.308_537_538_725_986_9;
        assert!((knowing.worth.value - expected).abs() < 1e-3, "{:?} for {expected}", knowing.worth);
        assert_eq!((knowing.best, knowing.flips.len()), (1, 1));
        // It costs more than 0 above z = ½.
        assert!((knowing.flips[0].probability - 0.691_462_461_274_013).abs() < 1e-3);
        assert_eq!((knowing.flips[0].below, knowing.flips[0].above), (1, 0));
        assert!((knowing.another.value - 0.308_5).abs() < 2e-3);
    }

    #[test]
    fn what_noise_explains_is_flat_and_worth_nothing() {
        let mut groups = line(0.05, 0.0, 1.0);
        // One standard error up and down in turn.
        groups.iter_mut().enumerate().for_each(|(i, g)| g.mean += if i % 2 == 0 { 1.0 } else { -1.0 });
        let curve = Curve::of(&groups, true);
        assert!(curve.is_flat());
        let (knowing, _) = knowing(&[Some(curve), None], &Grid::default());
        assert_eq!((knowing.worth.value, knowing.best, knowing.flips.len()), (0.0, 1, 0));
    }

    #[test]
    fn a_step_that_no_series_follows_is_kept_as_groups() {
        let mut groups = line(0.0, 0.0, 0.01);
        groups.iter_mut().for_each(|g| g.mean = if g.low > 0.52 { 5.0 } else { -5.0 });
        let curve = Curve::of(&groups, true);
        assert!(matches!(curve.shape, Shape::Groups { joined: true, .. }), "{curve:?}");
        let (knowing, _) = knowing(&[None, Some(curve)], &Grid::default());
        assert!((knowing.flips[0].probability - 0.55).abs() < 1e-9, "{:?}", knowing.flips);
    }
}
