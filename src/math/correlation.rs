//! Correlation matrices of normal scores: whether there is such a matrix, the nearest that is one, its factor.
//!
//! A matrix of correlations stated pair by pair need not be one that numbers can have: it has to be positive semi-definite.
//! Eigenvalues are nalgebra's, built without the standard library and with libm, so that it never picks fused
//! multiply-adds by the machine; it takes square roots and plain arithmetic only, so the bits are the same everywhere.

use nalgebra::{DMatrix, SymmetricEigen};

/// A symmetric matrix by rows.
pub type Matrix = Vec<Vec<f64>>;

/// Eigenvalues above this are rounding of 0: a matrix of correlations has a norm of at least 1.
const ROUNDING: f64 = 1e-10;
/// What is left of a variance below which a factor's column is 0: rounding of 1.
const NOTHING_LEFT: f64 = 1e-14;
/// Change of an entry at which the projections end, and how many there are at most.
const SETTLED: f64 = 1e-13;
const MOST_PROJECTIONS: usize = 20_000;

/// The least eigenvalue of a symmetric matrix.
#[must_use]
pub fn least_eigenvalue(matrix: &Matrix) -> f64 {
    eigen(matrix).eigenvalues.iter().copied().fold(f64::INFINITY, f64::min)
}

/// Whether numbers can have these correlations: no eigenvalue is below 0, rounding aside.
#[must_use]
pub fn is_possible(matrix: &Matrix) -> bool {
    least_eigenvalue(matrix) >= -ROUNDING
}

/// The matrix of correlations nearest to a symmetric one, by the sum of squared differences: alternating projections on what is
/// positive semi-definite and on what has ones on its diagonal, with Dykstra's correction (Higham 2002, IMA Journal of
/// Numerical Analysis 22:329, algorithm 3.3).
#[must_use]
pub fn nearest(matrix: &Matrix) -> Matrix {
    let n = matrix.len();
    let mut here = matrix.clone();
    let mut correction = vec![vec![0.0; n]; n];
    let mut possible = here.clone();
    for _ in 0..MOST_PROJECTIONS {
        let moved = zip(&here, &correction, |x, c| x - c);
        possible = without_negative(&moved);
        correction = zip(&possible, &moved, |x, r| x - r);
        let mut next = possible.clone();
        (0..n).for_each(|i| next[i][i] = 1.0);
        let change = zip(&next, &here, |x, y| (x - y).abs()).into_iter().flatten().fold(0.0, f64::max);
        here = next;
        if change <= SETTLED {
            break;
        }
    }
    // What rounding left of the diagonal, taken out so that no eigenvalue changes its sign.
    let scale: Vec<f64> = (0..n).map(|i| possible[i][i].sqrt()).collect();
    let one = |i: usize, j: usize| if i == j { 1.0 } else { possible[i][j] / (scale[i] * scale[j]) };
    (0..n).map(|i| (0..n).map(|j| one(i, j)).collect()).collect()
}

/// The lower triangle L with L·Lᵀ = the matrix (Cholesky), of a matrix that is possible; a column of 0 where nothing is left to
/// vary. The first row is 1: the first number keeps its own score.
#[must_use]
pub fn factor(matrix: &Matrix) -> Matrix {
    let n = matrix.len();
    let mut factor = vec![vec![0.0; n]; n];
    for j in 0..n {
        let own: f64 = (0..j).map(|k| factor[j][k] * factor[j][k]).sum();
        let left = matrix[j][j] - own;
        if left <= NOTHING_LEFT {
            continue;
        }
        factor[j][j] = left.sqrt();
        for i in j + 1..n {
            let shared: f64 = (0..j).map(|k| factor[i][k] * factor[j][k]).sum();
            factor[i][j] = (matrix[i][j] - shared) / factor[j][j];
        }
    }
    factor
}

/// The three numbers whose correlations contradict each other most: the least determinant of three, if one is below 0.
#[must_use]
pub fn worst_triangle(matrix: &Matrix) -> Option<[usize; 3]> {
    let n = matrix.len();
    let mut worst: Option<([usize; 3], f64)> = None;
    for i in 0..n {
        for j in i + 1..n {
            for k in j + 1..n {
                let (a, b, c) = (matrix[i][j], matrix[i][k], matrix[j][k]);
                let determinant = 1.0 + 2.0 * a * b * c - a * a - b * b - c * c;
                if determinant < -ROUNDING && worst.is_none_or(|(_, least)| determinant < least) {
                    worst = Some(([i, j, k], determinant));
                }
            }
        }
    }
    worst.map(|(triangle, _)| triangle)
}

fn eigen(matrix: &Matrix) -> SymmetricEigen<f64, nalgebra::Dyn> {
    let n = matrix.len();
    SymmetricEigen::new(DMatrix::from_fn(n, n, |i, j| matrix[i][j]))
}

/// V·max(0, Λ)·Vᵀ: the nearest that is positive semi-definite.
fn without_negative(matrix: &Matrix) -> Matrix {
    let n = matrix.len();
    let parts = eigen(matrix);
    let entry = |i: usize, j: usize| -> f64 {
        let term = |k: usize| parts.eigenvectors[(i, k)] * parts.eigenvalues[k].max(0.0) * parts.eigenvectors[(j, k)];
        (0..n).map(term).sum()
    };
    // One triangle for both, so that rounding leaves it symmetric.
    (0..n).map(|i| (0..n).map(|j| entry(i.min(j), i.max(j))).collect()).collect()
}

fn zip(a: &Matrix, b: &Matrix, f: impl Fn(f64, f64) -> f64) -> Matrix {
    a.iter().zip(b).map(|(a, b)| a.iter().zip(b).map(|(x, y)| f(*x, *y)).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn three(a: f64, b: f64, c: f64) -> Matrix {
        vec![vec![1.0, a, b], vec![a, 1.0, c], vec![b, c, 1.0]]
    }

    #[test]
    fn the_example_of_higham_comes_out_as_he_prints_it() {
        // Higham (2002), section 4: to four digits.
        let near = nearest(&three(1.0, 0.0, 1.0));
        assert!((near[0][1] - 0.7607).abs() < 5e-5 && (near[0][2] - 0.1573).abs() < 5e-5, "{near:?}");
        assert!(is_possible(&near) && near.iter().enumerate().all(|(i, row)| row[i] == 1.0));
    }

    #[test]
    fn what_is_possible_stays_as_it_is() {
        let matrix = three(0.6, 0.3, -0.2);
        for (a, b) in nearest(&matrix).iter().flatten().zip(matrix.iter().flatten()) {
            assert!((a - b).abs() < 1e-12, "{a} {b}");
        }
    }

    #[test]
    fn a_factor_times_itself_is_the_matrix_even_where_nothing_is_left_to_vary() {
        // The second is singular: the third number is a sum of the first two.
        let half = 0.5_f64.sqrt();
        for matrix in [three(0.6, 0.3, -0.2), three(0.0, half, half), nearest(&three(1.0, 0.0, 1.0))] {
            let factor = factor(&matrix);
            for i in 0..3 {
                for j in 0..3 {
                    let product: f64 = (0..3).map(|k| factor[i][k] * factor[j][k]).sum();
                    // The rounding of what is left of a variance, under a root.
                    assert!((product - matrix[i][j]).abs() < 1e-7, "{matrix:?} {factor:?}");
                }
            }
            assert_eq!(factor[0], [1.0, 0.0, 0.0]);
        }
    }

    #[test]
    fn the_triangle_that_contradicts_itself_is_found() {
        let mut matrix: Matrix = (0..5).map(|i| (0..5).map(|j| f64::from(u8::from(i == j))).collect()).collect();
        let mut set = |i: usize, j: usize, rho: f64| (matrix[i][j], matrix[j][i]) = (rho, rho);
        set(1, 3, 0.9);
        set(3, 4, 0.9);
        set(1, 4, -0.9);
        set(0, 1, 0.8);
        assert!(!is_possible(&matrix));
        assert_eq!(worst_triangle(&matrix), Some([1, 3, 4]));
        assert_eq!(worst_triangle(&three(0.6, 0.3, -0.2)), None);
    }
}
