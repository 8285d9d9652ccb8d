//! Functions of a normal score as series of Hermite polynomials, fitted to the means of groups.
//!
//! The polynomials are the probabilists' ones divided by √k!, so that they are orthonormal under the standard normal law:
//! a coefficient squared is its share of the variance. Of a group that spans the probabilities a to b the mean of each
//! is known exactly, ∫ Heₖφ = −Heₖ₋₁φ, so that a fit to group means has no error from the width of the groups.

use super::elementary::{exp, normal_quantile};

/// Terms of a series, the constant among them.
pub const TERMS: usize = 6;
/// 1/√(2π).
const DENSITY: f64 = 0.398_942_280_401_432_7;

/// A coefficient for each term.
pub type Series = [f64; TERMS];
/// What a coefficient has to do with each other one.
pub type Square = [Series; TERMS];

/// The polynomials at a normal score: He₀(z)/√0!, He₁(z)/√1!, …
#[must_use]
pub fn polynomials(z: f64) -> Series {
    let mut values = [1.0; TERMS];
    values[1] = z;
    for k in 1..TERMS - 1 {
        let order = k as f64;
        values[k + 1] = (z * values[k] - order.sqrt() * values[k - 1]) / (order + 1.0).sqrt();
    }
    values
}

/// The mean of each polynomial over the outcomes between two probabilities, low below high.
#[must_use]
pub fn means_between(low: f64, high: f64) -> Series {
    let (below, above) = (edge(low), edge(high));
    let mut means = [1.0; TERMS];
    for k in 1..TERMS {
        means[k] = (below[k - 1] - above[k - 1]) / (k as f64).sqrt() / (high - low);
    }
    means
}

/// The polynomials times the density at an edge, which is 0 at either end.
fn edge(p: f64) -> Series {
    if p <= 0.0 || p >= 1.0 {
        return [0.0; TERMS];
    }
    let z = normal_quantile(p);
    let density = DENSITY * exp(-0.5 * z * z);
    polynomials(z).map(|value| value * density)
}

/// The sum of a series.
#[must_use]
pub fn sum(coefficients: &Series, values: &Series) -> f64 {
    coefficients.iter().zip(values).map(|(c, v)| c * v).sum()
}

/// The least squares fit of some of the terms to points, each the means of the polynomials, a weight and a value with
/// its variance; and the covariance of the coefficients that those variances make (White 1980). `None` where the points do
/// not tell the terms apart.
#[must_use]
pub fn fit(points: &[Point], terms: [bool; TERMS]) -> Option<(Series, Square)> {
    let chosen: Vec<usize> = (0..TERMS).filter(|k| terms[*k]).collect();
    let product = |weight: &dyn Fn(&Point) -> f64, j: usize, k: usize| -> f64 {
        points.iter().map(|point| weight(point) * point.means[j] * point.means[k]).sum()
    };
    let mut normal = [[0.0; TERMS]; TERMS];
    let mut meat = [[0.0; TERMS]; TERMS];
    for (row, j) in chosen.iter().enumerate() {
        for (column, k) in chosen.iter().enumerate() {
            normal[row][column] = product(&|p| p.weight, *j, *k);
            meat[row][column] = product(&|p| p.weight * p.weight * p.variance, *j, *k);
        }
    }
    let inverse = inverse(normal, chosen.len())?;
    let right: Vec<f64> =
        chosen.iter().map(|j| points.iter().map(|p| p.weight * p.means[*j] * p.value).sum()).collect();
    let mut coefficients = [0.0; TERMS];
    let mut covariance = [[0.0; TERMS]; TERMS];
    for (row, j) in chosen.iter().enumerate() {
        coefficients[*j] = right.iter().zip(&inverse[row]).map(|(r, i)| r * i).sum();
        for (column, k) in chosen.iter().enumerate() {
            let size = chosen.len();
            let pairs = (0..size).flat_map(|a| (0..size).map(move |b| (a, b)));
            covariance[*j][*k] = pairs.map(|(a, b)| inverse[row][a] * meat[a][b] * inverse[b][column]).sum();
        }
    }
    Some((coefficients, covariance))
}

/// A group's mean, for a fit.
#[derive(Debug, Clone, Copy)]
pub struct Point {
    /// The mean of each polynomial over the group.
    pub means: Series,
    /// How much it counts.
    pub weight: f64,
    /// The mean of what is fitted.
    pub value: f64,
    /// The variance of that mean.
    pub variance: f64,
}

/// The inverse of the first `size` rows and columns of a symmetric matrix, by Gauss and Jordan with the largest pivot.
fn inverse(mut matrix: Square, size: usize) -> Option<Square> {
    let mut inverse = [[0.0; TERMS]; TERMS];
    (0..size).for_each(|i| inverse[i][i] = 1.0);
    for column in 0..size {
        let pivot = (column..size).max_by(|a, b| matrix[*a][column].abs().total_cmp(&matrix[*b][column].abs()))?;
        let scale = matrix[pivot][column];
        if scale.abs() < 1e-9 {
            return None;
        }
        matrix.swap(column, pivot);
        inverse.swap(column, pivot);
        matrix[column] = matrix[column].map(|x| x / scale);
        inverse[column] = inverse[column].map(|x| x / scale);
        let (own, own_inverse) = (matrix[column], inverse[column]);
        for row in (0..size).filter(|row| *row != column) {
            let times = matrix[row][column];
            for k in 0..size {
                matrix[row][k] -= times * own[k];
                inverse[row][k] -= times * own_inverse[k];
            }
        }
    }
    Some(inverse)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Twentieths, of a function of the normal score that is averaged over each by 4,000 midpoints.
    fn twentieths(f: impl Fn(f64) -> f64) -> Vec<Point> {
        let of = |i: u32| {
            let (low, high) = (f64::from(i) / 20.0, f64::from(i + 1) / 20.0);
            let at = |j: u32| f(normal_quantile(low + (high - low) * (f64::from(j) + 0.5) / 4_000.0));
            let value = (0..4_000).map(at).sum::<f64>() / 4_000.0;
            Point { means: means_between(low, high), weight: 0.05, value, variance: 1.0 }
        };
        (0..20).map(of).collect()
    }

    #[test]
    fn a_polynomial_is_found_again_from_the_means_of_its_twentieths() {
        let (found, covariance) = fit(&twentieths(|z| 3.0 - 2.0 * z + 0.5 * z * z), [true; TERMS]).expect("20 points");
        // z² is √2·φ₂ + 1. Midpoints miss a little of the outermost twentieths.
        for (found, wanted) in found.iter().zip([3.5, -2.0, 0.5 * 2.0_f64.sqrt(), 0.0, 0.0, 0.0]) {
            assert!((found - wanted).abs() < 2e-3, "{found} for {wanted}");
        }
        // 20 means of variance 1: the mean of all has variance 1/20, up to what the other terms take.
        assert!((covariance[0][0] - 0.05).abs() < 0.01, "{}", covariance[0][0]);
    }

    #[test]
    fn terms_that_are_left_out_are_nought() {
        let (found, _) = fit(&twentieths(|z| z), [true, false, false, true, false, false]).expect("20 points");
        assert_eq!([found[1], found[2], found[4], found[5]], [0.0; 4]);
        assert!(fit(&twentieths(|z| z)[..2], [true; TERMS]).is_none(), "two points for six terms");
    }
}
