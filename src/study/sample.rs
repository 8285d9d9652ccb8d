//! What a measurement is worth that leaves a part of the spread.
//!
//! The normal score z of what is measured is seen as the posterior sees it: given the measurement it is normal with the standard
//! deviation ρ, the part that is left, about a mean that is itself normal with √(1 − ρ²) (the preposterior analysis of Raiffa &
//! Schlaifer 1961, ch. 5, on the score: z = √(1 − ρ²)·z′ + ρ·x with independent standard normal z′, known then, and x, not). So what an
//! option costs given the measurement is the mean of its curve over x, and the value of the measurement is the value of knowing z′.
//! A mean given less is never worth more than one given all (Jensen), whatever the curve: 0 ≤ value ≤ value of perfect knowledge.

use super::curve::{GRID, Grid, LAST};
use crate::math::elementary::exp;

/// Places at which the part that is left is summed: a step of 0.05 scores, at which the trapezoid rule is exact to rounding for
/// the normal density times a polynomial.
const PLACES: usize = 241;

/// A cost by the score of what is measured, as its mean by the score z′ of what the measurement says; `left`, share, is the part of the
/// spread that it leaves. With nothing left it is the cost itself.
#[must_use]
pub fn given_a_sample(costs: &[f64], left: f64) -> Vec<f64> {
    if left <= 0.0 {
        return costs.to_vec();
    }
    let known = (1.0 - left * left).max(0.0).sqrt();
    let score = |place: usize, of: usize| LAST * (2.0 * place as f64 / (of - 1) as f64 - 1.0);
    let density = |place: usize| exp(-0.5 * score(place, PLACES) * score(place, PLACES));
    let all: f64 = (0..PLACES).map(density).sum();
    let noise: Vec<(f64, f64)> = (0..PLACES).map(|place| (left * score(place, PLACES), density(place) / all)).collect();
    let mean = |place: usize| {
        let at = known * score(place, GRID);
        noise.iter().map(|(more, weight)| weight * between(costs, at + more)).sum()
    };
    (0..GRID).map(mean).collect()
}

/// The cost at a score, on the line between its neighbours of the grid; at the ends the last one.
fn between(costs: &[f64], score: f64) -> f64 {
    let place = ((score + LAST) / (2.0 * LAST) * (GRID - 1) as f64).clamp(0.0, (GRID - 1) as f64);
    let (below, part) = (place as usize, place.fract());
    let above = (below + 1).min(GRID - 1);
    costs[below] + part * (costs[above] - costs[below])
}

/// The value of knowing where each option has these costs on the grid: the least on average less the average of the least.
#[must_use]
pub fn worth_of_knowing(costs: &[Vec<f64>], grid: &Grid) -> f64 {
    let means = costs.iter().map(|costs| grid.mean(costs.iter().copied()));
    let best = means.fold(f64::INFINITY, f64::min);
    let least = (0..GRID).map(|place| costs.iter().fold(f64::INFINITY, |least, costs| least.min(costs[place])));
    (best - grid.mean(least)).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Scores of the grid.
    fn scores() -> Vec<f64> {
        (0..GRID).map(|place| LAST * (2.0 * place as f64 / (GRID - 1) as f64 - 1.0)).collect()
    }

    #[test]
    fn a_line_measured_with_an_error_is_worth_the_unit_normal_loss_of_what_is_known() {
        // −1 + 2·z beside 0: s·φ(μ/s) − |μ|·Φ(−|μ|/s) with μ = 1, s = 2·√(1 − ρ²) (Raiffa & Schlaifer 1961).
        let line: Vec<f64> = scores().into_iter().map(|z| -1.0 + 2.0 * z).collect();
        for (left, wanted) in [(0.0, 0.395_593_114_802_6), (0.6, 0.259_072_020_632), (1.0, 0.0)] {
            let costs = [vec![0.0; GRID], given_a_sample(&line, left)];
            let found = worth_of_knowing(&costs, &Grid::default());
            assert!((found - wanted).abs() < 1e-4, "{left}: {found} for {wanted}");
        }
    }

    #[test]
    fn a_power_shrinks_by_the_power_of_what_is_known() {
        // The mean of He₃ given z′ is (1 − ρ²)^{3/2}·He₃(z′) (Mehler 1866).
        let cubic = |z: f64| z * z * z - 3.0 * z;
        let costs: Vec<f64> = scores().into_iter().map(cubic).collect();
        let found = given_a_sample(&costs, 0.5);
        // Within three scores nothing of the noise falls beyond the grid, which ends at six.
        for (place, z) in scores().into_iter().enumerate().filter(|(_, z)| z.abs() < 3.0) {
            assert!((found[place] - 0.75 * 0.75_f64.sqrt() * cubic(z)).abs() < 1e-3, "{z}: {}", found[place]);
        }
    }

    #[test]
    fn what_is_left_is_worth_less_the_more_it_is_and_never_below_nothing() {
        let step: Vec<f64> = scores().into_iter().map(|z| if z > 0.4 { 5.0 } else { -4.0 }).collect();
        let wave: Vec<f64> = scores().into_iter().map(|z| 0.2 * z * z * z - 2.0 * z).collect();
        let grid = Grid::default();
        let worth = |left: f64| {
            let costs = [vec![0.0; GRID], given_a_sample(&step, left), given_a_sample(&wave, left)];
            worth_of_knowing(&costs, &grid)
        };
        let all: Vec<f64> = (0..=20).map(|part| worth(f64::from(part) / 20.0)).collect();
        assert!(all.windows(2).all(|pair| pair[1] <= pair[0] + 1e-9) && all[20].abs() < 1e-6, "{all:?}");
    }
}
