//! Estimates that move together. `spearman`, `kendall`, `P(U1>q,U2>q)`, `pearson_of_lognormals` and the Pearson correlation of
//! normal scores are read off two log-normal estimates of a scenario with `[together]`, drawn by the kernel; eigenvalues,
//! possibility and the nearest matrix are `math::correlation`.

use outgrow::math::correlation::{Matrix, is_possible, least_eigenvalue, nearest};
use outgrow::math::elementary::ln;

use super::{Row, Verdicts, family};
use crate::estimates::drawn;

/// What the rows ask for where tails are heavy.
const TRIALS: usize = 1 << 20;
/// Pairs that are compared each with each.
const KENDALL: usize = 4_096;

#[test]
fn estimates_that_move_together_follow_the_gaussian_copula() {
    let Some(rows) = family("gaussian_copula") else { return };
    let mut verdicts = Verdicts::new("gaussian_copula");
    let mut sample: Option<(String, [Vec<f64>; 2])> = None;
    for row in &rows {
        if row.inputs()["matrix"].is_array() {
            of_matrix(row, &mut verdicts);
            continue;
        }
        let sigmas = (row.inputs()["sigma1"].as_f64().unwrap_or(0.5), row.inputs()["sigma2"].as_f64().unwrap_or(0.5));
        let key = format!("{} {sigmas:?}", row.number("rho"));
        if sample.as_ref().is_none_or(|(known, _)| *known != key) {
            sample = Some((key, pair(row.number("rho"), sigmas)));
        }
        let (_, [x, y]) = sample.as_ref().expect("it was drawn above");
        of_sample(row, x, y, sigmas, &mut verdicts);
    }
    verdicts.close();
}

/// Two log-normal estimates with medians of 1.
fn pair(rho: f64, (first, second): (f64, f64)) -> [Vec<f64>; 2] {
    let extra = format!(
        "[drivers.one]\ntoday = {{ dist = \"lognormal\", mu = 0, sigma = {first} }}\n\
         [drivers.two]\ntoday = {{ dist = \"lognormal\", mu = 0, sigma = {second} }}\n\
         [together.both]\ninputs = [\"drivers.one.today\", \"drivers.two.today\"]\nrho = {rho}\nwhy = \"it is asked\"\n"
    );
    let both = drawn(&extra, &["driver.one.today", "driver.two.today"], TRIALS as u64, 11);
    both.try_into().expect("two columns")
}

fn of_sample(row: &Row, x: &[f64], y: &[f64], sigmas: (f64, f64), verdicts: &mut Verdicts) {
    let n = x.len() as f64;
    let scores = |values: &[f64], sigma: f64| -> Vec<f64> { values.iter().map(|v| ln(*v) / sigma).collect() };
    match row.quantity.as_str() {
        // The sample's own error is below 1/√n for either rank correlation (the row says so of Spearman's).
        "spearman" => verdicts.sampled(row, pearson(&ranks(x), &ranks(y)).0, n.sqrt().recip()),
        "kendall" => verdicts.sampled(row, kendall(x, y), (KENDALL as f64).sqrt().recip()),
        "pearson_of_lognormals" => {
            let (r, se) = pearson(x, y);
            verdicts.sampled(row, r, se);
        }
        "iman_conover_note: induced normal-score Pearson" => {
            let (r, se) = pearson(&scores(x, sigmas.0), &scores(y, sigmas.1));
            verdicts.sampled(row, r, se);
        }
        quantity => {
            let q = quantity.strip_prefix("P(U1>").and_then(|rest| rest.split(',').next()?.parse::<f64>().ok());
            let Some(q) = q else { return verdicts.not_built(quantity) };
            let above = |value: f64, sigma: f64| outgrow::math::special::normal_cdf(ln(value) / sigma) > q;
            let both = x.iter().zip(y).filter(|(a, b)| above(**a, sigmas.0) && above(**b, sigmas.1)).count();
            let share = both as f64 / n;
            let expected: f64 = row.expected.parse().expect("a probability");
            verdicts.sampled(row, share, (expected * (1.0 - expected) / n).sqrt());
        }
    }
}

/// Pearson's correlation and its standard error by its influence function, which heavy tails do not spoil:
/// h = ab − r(a² + b²)/2 of standardised values.
fn pearson(x: &[f64], y: &[f64]) -> (f64, f64) {
    let n = x.len() as f64;
    let standard = |values: &[f64]| -> Vec<f64> {
        let mean = values.iter().sum::<f64>() / n;
        let sd = (values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / n).sqrt();
        values.iter().map(|v| (v - mean) / sd).collect()
    };
    let (a, b) = (standard(x), standard(y));
    let r = a.iter().zip(&b).map(|(a, b)| a * b).sum::<f64>() / n;
    let h = a.iter().zip(&b).map(|(a, b)| a * b - r * (a * a + b * b) / 2.0).map(|d| d * d).sum::<f64>() / n;
    (r, (h / n).sqrt())
}

fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    order.into_iter().enumerate().for_each(|(rank, place)| ranks[place] = rank as f64);
    ranks
}

/// Kendall's tau of the first pairs.
fn kendall(x: &[f64], y: &[f64]) -> f64 {
    let n = x.len().min(KENDALL);
    let mut sum = 0_i64;
    for i in 0..n {
        for j in 0..i {
            sum += if (x[i] > x[j]) == (y[i] > y[j]) { 1 } else { -1 };
        }
    }
    sum as f64 / (n * (n - 1) / 2) as f64
}

fn of_matrix(row: &Row, verdicts: &mut Verdicts) {
    let inputs = row.inputs();
    let rows = inputs["matrix"].as_array().expect("a matrix");
    let cells = |row: &serde_json::Value| -> Vec<f64> {
        row.as_array().expect("a row").iter().map(|x| x.as_f64().expect("a number")).collect()
    };
    let matrix: Matrix = rows.iter().map(cells).collect();
    match row.quantity.as_str() {
        "min_eigenvalue" => verdicts.number(row, least_eigenvalue(&matrix)),
        "is_valid_correlation" => verdicts.text(row, if is_possible(&matrix) { "true" } else { "false" }),
        "frobenius_distance_to_nearest" => {
            let near = nearest(&matrix);
            let squares = near.iter().flatten().zip(matrix.iter().flatten()).map(|(a, b)| (a - b) * (a - b));
            verdicts.number(row, squares.sum::<f64>().sqrt());
        }
        quantity => {
            let place = quantity.strip_prefix("nearest_corr[").and_then(|rest| {
                let (i, j) = rest.trim_end_matches(']').split_once("][")?;
                Some((i.parse::<usize>().ok()?, j.parse::<usize>().ok()?))
            });
            match place {
                Some((i, j)) => verdicts.number(row, nearest(&matrix)[i][j]),
                None => verdicts.not_built(quantity),
            }
        }
    }
}
