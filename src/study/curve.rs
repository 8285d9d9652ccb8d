//! What an option costs on average by the value of one unknown, from the sums of its groups; and what knowing that value
//! would be worth. Pure functions of group means: they know no scenario.
//!
//! **The curve.** The mean difference by groups of an ordered unknown is fitted by a series of Hermite polynomials of its
//! normal score up to the fifth power ([`crate::math::hermite`]), weighted by the trials of a group; the covariance of the
//! coefficients comes from the standard errors of the groups. A term stays if its coefficient squared is above ln N of its
//! variance, N the trials: that is the choice of the Bayesian information criterion (Schwarz 1978) among all subsets of
//! terms. If what then is left between the groups and the series passes the same mark, (number of groups − terms)·ln N, the
//! curve is the group means themselves, joined by lines. Groups that are values (cases, few discrete values) keep their means
//! if those differ by that mark, and are one mean otherwise.
//!
//! **What knowing is worth.** EVPPI = E[max over options of −f(U)] − max over options of E[−f(U)] on a grid of
//! normal scores from −6 to 6 with their densities, f being 0 for the baseline. The mean is taken on the same grid, so it is
//! never below 0 (Jensen).
//! It is the regression estimator of Strong & Oakley (2014, Medical Decision Making 34:311) with the regression above. Its error is that
//! of the coefficients by the delta method; those of several options are added as if they moved together, which is the
//! most that they can do; it is at least what the value changes by if each curve's linear term, kept or left out, is one
//! standard error further from 0. A value below its error is given as 0.

use crate::math::elementary::{exp, ln};
use crate::math::hermite::{Point, Series, Square, TERMS, fit, means_between, polynomials, sum};
use crate::math::special::normal_cdf;

/// Places of the grid.
pub const GRID: usize = 2_001;
/// Where it ends, in normal scores: two in a thousand million lie beyond.
const LAST: f64 = 6.0;
/// Differences below this part of the larger are rounding.
const ROUNDING: f64 = 1e-9;

/// One group of an unknown's outcomes, for one option.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Group {
    /// Where it begins on the scale of probability.
    pub low: f64,
    /// Where it ends.
    pub high: f64,
    /// Trials in it.
    pub count: u64,
    /// Their mean difference, dollars.
    pub mean: f64,
    /// Its standard error.
    pub se: f64,
}

/// The mean difference of an option by the value of an unknown.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// The curve.
    pub shape: Shape,
    /// The same with its linear term one standard error further from 0, kept or not; or with the means of groups that
    /// did not differ enough to be kept.
    pub stretched: Shape,
}

/// What a curve is made of.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A series in the normal score.
    Series(Box<(Series, Square)>),
    /// The means of groups: for each where it begins and ends, the mean and its variance.
    Groups {
        /// The groups.
        groups: Vec<Group>,
        /// Whether values between them are meant.
        joined: bool,
    },
}

/// Normal scores at equal distances.
pub struct Grid(Vec<Place>);

struct Place {
    /// The share of outcomes below.
    u: f64,
    /// The polynomials.
    values: Series,
    /// What it counts of all; they add up to 1.
    weight: f64,
}

impl Default for Grid {
    fn default() -> Self {
        let score = |place: usize| LAST * (2.0 * place as f64 / (GRID - 1) as f64 - 1.0);
        let all: f64 = (0..GRID).map(|place| density(score(place))).sum();
        let place = |z: f64| Place { u: normal_cdf(z), values: polynomials(z), weight: density(z) / all };
        Self((0..GRID).map(|at| place(score(at))).collect())
    }
}

/// In proportion to the normal density.
fn density(z: f64) -> f64 {
    exp(-0.5 * z * z)
}

impl Grid {
    /// The mean of values on the grid.
    #[must_use]
    pub fn mean(&self, values: impl IntoIterator<Item = f64>) -> f64 {
        self.0.iter().zip(values).map(|(place, value)| place.weight * value).sum()
    }

    /// The place at or next above a probability.
    #[must_use]
    pub fn place(&self, u: f64) -> usize {
        self.0.partition_point(|place| place.u < u).min(GRID - 1)
    }
}

impl Curve {
    /// Fits a curve to groups in their order. `ordered`: values between groups mean something.
    #[must_use]
    pub fn of(groups: &[Group], ordered: bool) -> Self {
        let trials: u64 = groups.iter().map(|group| group.count).sum();
        let mark = ln((trials as f64).max(2.0));
        if ordered && groups.len() > TERMS { series(groups, mark) } else { values(groups, mark) }
    }

    /// Whether the value of the unknown makes a difference that is above noise.
    #[must_use]
    pub fn is_flat(&self) -> bool {
        match &self.shape {
            Shape::Series(series) => series.0[1..].iter().all(|c| *c == 0.0),
            Shape::Groups { .. } => false,
        }
    }

    /// Values on the grid.
    #[must_use]
    pub fn on(&self, grid: &Grid) -> Vec<f64> {
        self.shape.on(grid)
    }

    /// The variance of the curve over the unknown, less what noise adds to it, and its standard error.
    #[must_use]
    pub fn spread(&self, grid: &Grid) -> (f64, f64) {
        self.shape.spread(grid)
    }
}

impl Shape {
    /// A curve without a slope.
    fn flat(groups: &[Group]) -> Self {
        let mut coefficients = [0.0; TERMS];
        let mut covariance = [[0.0; TERMS]; TERMS];
        (coefficients[0], covariance[0][0]) = mean_of(groups);
        Self::Series(Box::new((coefficients, covariance)))
    }

    /// The curve at a probability of the unknown whose polynomials are given.
    fn at(&self, u: f64, values: &Series) -> f64 {
        match self {
            Self::Series(series) => sum(&series.0, values),
            Self::Groups { groups, .. } => self.weights(u, groups).into_iter().map(|(i, w)| w * groups[i].mean).sum(),
        }
    }

    /// Its variance there.
    fn variance_at(&self, u: f64, values: &Series) -> f64 {
        self.variance_of(&[(1.0, u, *values)])
    }

    /// The groups that a value is read from, with their weights.
    fn weights(&self, u: f64, groups: &[Group]) -> [(usize, f64); 2] {
        let own = groups.partition_point(|group| group.high < u).min(groups.len() - 1);
        let middle = |i: usize| 0.5 * (groups[i].low + groups[i].high);
        let other = if u < middle(own) { own.checked_sub(1) } else { Some(own + 1).filter(|i| *i < groups.len()) };
        match (self, other) {
            (Self::Groups { joined: true, .. }, Some(other)) => {
                let part = (u - middle(own)) / (middle(other) - middle(own));
                [(own, 1.0 - part), (other, part)]
            }
            _ => [(own, 1.0), (own, 0.0)],
        }
    }

    /// The variance of a weighted sum of the curve's values.
    fn variance_of(&self, terms: &[(f64, f64, Series)]) -> f64 {
        match self {
            Self::Series(series) => {
                let mut g = [0.0; TERMS];
                for (weight, _, values) in terms {
                    g.iter_mut().zip(values).for_each(|(g, value)| *g += weight * value);
                }
                series.1.iter().zip(&g).map(|(row, own)| own * sum(row, &g)).sum::<f64>().max(0.0)
            }
            Self::Groups { groups, .. } => {
                let mut g = vec![0.0; groups.len()];
                for (weight, u, _) in terms {
                    self.weights(*u, groups).into_iter().for_each(|(i, part)| g[i] += weight * part);
                }
                groups.iter().zip(&g).map(|(group, g)| g * g * group.se * group.se).sum()
            }
        }
    }

    fn on(&self, grid: &Grid) -> Vec<f64> {
        grid.0.iter().map(|place| self.at(place.u, &place.values)).collect()
    }

    fn spread(&self, grid: &Grid) -> (f64, f64) {
        match self {
            Self::Series(series) => {
                let kept = (1..TERMS).filter(|k| series.0[*k] != 0.0);
                kept.fold((0.0, 0.0), |(spread, se), k| {
                    let (c, variance) = (series.0[k], series.1[k][k]);
                    (spread + (c * c - variance).max(0.0), se + 2.0 * c.abs() * variance.sqrt())
                })
            }
            Self::Groups { groups, .. } => {
                let values = self.on(grid);
                let mean = grid.mean(values.iter().copied());
                let spread = grid.mean(values.iter().map(|v| (v - mean) * (v - mean)));
                let noise: f64 = groups.iter().map(|g| (g.high - g.low) * g.se * g.se).sum();
                let shares = groups.iter().map(|g| {
                    let part = 2.0 * (g.high - g.low) * (g.mean - mean) * g.se;
                    part * part
                });
                ((spread - noise).max(0.0), shares.sum::<f64>().sqrt())
            }
        }
    }
}

/// The mean of all groups and its variance, each group held fixed.
fn mean_of(groups: &[Group]) -> (f64, f64) {
    let all: f64 = groups.iter().map(|g| g.count as f64).sum::<f64>().max(1.0);
    let share = |g: &Group| g.count as f64 / all;
    let mean = groups.iter().map(|g| share(g) * g.mean).sum();
    (mean, groups.iter().map(|g| (share(g) * g.se) * (share(g) * g.se)).sum())
}

/// The variance of a group's mean, never so small that rounding looks like a difference.
fn variance(group: &Group, largest: f64) -> f64 {
    let least = largest * ROUNDING;
    group.se * group.se + least * least
}

fn largest(groups: &[Group]) -> f64 {
    groups.iter().map(|group| group.mean.abs()).fold(f64::MIN_POSITIVE.sqrt(), f64::max)
}

/// Groups that stand for themselves: their means where they differ, else one.
fn values(groups: &[Group], mark: f64) -> Curve {
    let (mean, _) = mean_of(groups);
    let size = largest(groups);
    let seen = groups.iter().filter(|group| group.count > 0);
    let off: f64 = seen.clone().map(|g| (g.mean - mean) * (g.mean - mean) / variance(g, size)).sum();
    let own = Shape::Groups { groups: groups.to_vec(), joined: false };
    if seen.count() < groups.len() {
        return Curve { shape: Shape::flat(groups), stretched: Shape::flat(groups) };
    }
    let is_clear = off > (groups.len() as f64 - 1.0) * mark;
    Curve { shape: if is_clear { own.clone() } else { Shape::flat(groups) }, stretched: own }
}

fn series(groups: &[Group], mark: f64) -> Curve {
    fitted(groups, mark).unwrap_or_else(|| Curve { shape: Shape::flat(groups), stretched: Shape::flat(groups) })
}

/// `None` where too many groups are empty to tell the terms apart.
fn fitted(groups: &[Group], mark: f64) -> Option<Curve> {
    let size = largest(groups);
    let all: f64 = groups.iter().map(|group| group.count as f64).sum();
    let point = |group: &Group| Point {
        means: means_between(group.low, group.high),
        weight: group.count as f64 / all,
        value: group.mean,
        variance: variance(group, size),
    };
    let points: Vec<Point> = groups.iter().filter(|group| group.count > 0).map(point).collect();
    let (full, covariance) = fit(&points, [true; TERMS])?;
    let keeps: [bool; TERMS] = std::array::from_fn(|k| k == 0 || full[k] * full[k] > mark * covariance[k][k]);
    let (kept, of_kept) = fit(&points, keeps)?;
    let left = points.len() as f64 - keeps.iter().filter(|keep| **keep).count() as f64;
    let off = |p: &Point| (p.value - sum(&kept, &p.means)) * (p.value - sum(&kept, &p.means)) / p.variance;
    if points.len() == groups.len() && points.iter().map(off).sum::<f64>() > left * mark {
        let shape = Shape::Groups { groups: groups.to_vec(), joined: true };
        return Some(Curve { stretched: shape.clone(), shape });
    }
    let mut stretched = kept;
    let linear = if keeps[1] { kept[1] } else { full[1] };
    stretched[1] = linear + covariance[1][1].sqrt() * linear.signum();
    let shape = |coefficients| Shape::Series(Box::new((coefficients, of_kept)));
    Some(Curve { shape: shape(kept), stretched: shape(stretched) })
}

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

/// What knowing an unknown is worth. By option its curve, `None` for the baseline; the lowest is best, and ties go to the
/// baseline, then to the first.
#[must_use]
pub fn knowing(curves: &[Option<Curve>], grid: &Grid) -> Knowing {
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
    Knowing { worth, best: choice.best, another, flips }
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
        let knowing = knowing(&[None, Some(Curve::of(&line(-1.0, 2.0, 0.01), true))], &Grid::default());
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
        let knowing = knowing(&[Some(curve), None], &Grid::default());
        assert_eq!((knowing.worth.value, knowing.best, knowing.flips.len()), (0.0, 1, 0));
    }

    #[test]
    fn a_step_that_no_series_follows_is_kept_as_groups() {
        let mut groups = line(0.0, 0.0, 0.01);
        groups.iter_mut().for_each(|g| g.mean = if g.low > 0.52 { 5.0 } else { -5.0 });
        let curve = Curve::of(&groups, true);
        assert!(matches!(curve.shape, Shape::Groups { joined: true, .. }), "{curve:?}");
        let knowing = knowing(&[None, Some(curve)], &Grid::default());
        assert!((knowing.flips[0].probability - 0.55).abs() < 1e-9, "{:?}", knowing.flips);
    }
}
