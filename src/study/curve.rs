//! What an option costs on average by the value of one unknown, from the sums of its groups; a pure
//! function of group means, which knows no scenario.
//!
//! **The curve.** The mean difference by groups of an ordered unknown is fitted by a series of Hermite polynomials of its
//! normal score up to the fifth power ([`crate::math::hermite`]), weighted by the trials of a group; the covariance of the
//! coefficients comes from the standard errors of the groups. A term stays if its coefficient squared is above ln N of its
//! variance, N the trials: that is the choice of the Bayesian information criterion (Schwarz 1978) among all subsets of
//! terms. If what then is left between the groups and the series passes the same mark, (number of groups − terms)·ln N, the
//! curve is the group means themselves, joined by lines. Groups that are values (cases, few discrete values) keep their means
//! if those differ by that mark, and are one mean otherwise.

use crate::math::elementary::{exp, ln};
use crate::math::hermite::{Point, Series, Square, TERMS, fit, means_between, polynomials, sum};
use crate::math::special::normal_cdf;

/// Places of the grid.
pub const GRID: usize = 2_001;
/// Where it ends, in normal scores: two in a thousand million lie beyond.
pub(super) const LAST: f64 = 6.0;
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
pub struct Grid(pub(super) Vec<Place>);

pub(super) struct Place {
    /// The share of outcomes below.
    pub(super) u: f64,
    /// The polynomials.
    pub(super) values: Series,
    /// What it counts of all; they add up to 1.
    pub(super) weight: f64,
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
        self.shape.level().is_some()
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

    /// The one value of a curve without a slope, which most are.
    fn level(&self) -> Option<f64> {
        match self {
            Self::Series(series) => series.0[1..].iter().all(|c| *c == 0.0).then_some(series.0[0]),
            Self::Groups { .. } => None,
        }
    }

    /// The curve at a probability of the unknown whose polynomials are given.
    fn at(&self, u: f64, values: &Series) -> f64 {
        match self {
            Self::Series(series) => sum(&series.0, values),
            Self::Groups { groups, .. } => self.weights(u, groups).into_iter().map(|(i, w)| w * groups[i].mean).sum(),
        }
    }

    /// Its variance there.
    pub(super) fn variance_at(&self, u: f64, values: &Series) -> f64 {
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
    pub(super) fn variance_of(&self, terms: &[(f64, f64, Series)]) -> f64 {
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

    pub(super) fn on(&self, grid: &Grid) -> Vec<f64> {
        if let Some(level) = self.level() {
            return vec![level; grid.0.len()];
        }
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
