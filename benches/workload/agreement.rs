//! Whether two programs computed the same thing: every difference in standard errors of that difference.

use outgrow::summary::place_at;

use super::engine::{Errors, QUANTILES};
use super::{Figures, MONTHS};

/// For the figures that are read: horizon totals, quantiles at the horizon, chance and months of break-even.
const SIGMAS: f64 = 4.0;
/// For all months together: 2·(1 − Φ(5.5)) = 3.8e-8, times 540 quantiles and 600 means is 4e-5, however they correlate.
const SIGMAS_ANY_MONTH: f64 = 5.5;
/// A mean with fewer errors in it rests on a hundred trials or so (the last projects), which √n does not describe.
const LEAST_ERRORS: f64 = 10.0;
const BUCKETS: [&str; 5] = ["runtime", "data", "tooling", "engineering", "project"];
const OPTIONS: [&str; 2] = ["paas", "own"];
const COSTS: [&str; 3] = ["paas", "own", "own less paas"];

/// Prints the comparison. Both sides draw as many trials, so an error of a difference is √2 of the engine's own.
pub fn holds(own: &Figures, errors: &Errors, other: &Figures, trials: u64) -> bool {
    println!("  {:<34}{:>14}{:>14}{:>9}", "at the horizon", "engine", "NumPy", "sigmas");
    let mut good = true;
    let mut row = |name: String, a: f64, b: f64, error: f64| {
        let sigmas = in_errors(a, b, error);
        println!("  {name:<34}{a:>14.4}{b:>14.4}{sigmas:>9.2}");
        good &= sigmas.abs() <= SIGMAS;
    };
    let last = MONTHS - 1;
    for (option, name) in OPTIONS.iter().enumerate() {
        for (bucket, of) in BUCKETS.iter().enumerate() {
            let (a, b) = (own.means[last][option][bucket], other.means[last][option][bucket]);
            row(format!("mean {of} {name}, month {MONTHS}"), a, b, errors.means[last][option][bucket]);
        }
        // What is spent on the project comes early: its months together. Their errors add up to no less than that of
        // their sum.
        let spent = |f: &Figures| f.means.iter().map(|month| month[option][4]).sum::<f64>();
        let error = errors.means.iter().map(|month| month[option][4]).sum::<f64>();
        row(format!("mean project {name}, all months"), spent(own), spent(other), error);
    }
    for (cost, name) in COSTS.iter().enumerate() {
        for (place, p) in QUANTILES.iter().enumerate() {
            let (a, b) = (own.quantiles[last][cost][place], other.quantiles[last][cost][place]);
            row(format!("P{:.0} {name}, cumulative", p * 100.0), a, b, errors.quantiles[last][cost][place]);
        }
    }
    let p = own.breaks_even;
    row("P(break-even)".into(), p, other.breaks_even, (p * (1.0 - p) / trials as f64).sqrt());
    good &= months_agree(own, errors, other, trials);
    good & all_months_agree(own, errors, other)
}

/// A month is within the range that the ranks `SIGMAS` errors either side of the quantile's span.
fn months_agree(own: &Figures, errors: &Errors, other: &Figures, trials: u64) -> bool {
    let n = trials as f64;
    let mut good = true;
    for (place, p) in QUANTILES.iter().enumerate() {
        let half = SIGMAS * (2.0 * n * p * (1.0 - p)).sqrt();
        let [low, high] = [p * n - half, p * n + half].map(|rank| place_at(&errors.break_even, rank) as f64);
        let (a, b) = (own.break_even[place], other.break_even[place]);
        println!(
            "  {:<34}{a:>14}{b:>14}{:>9}",
            format!("P{:.0} month of break-even", p * 100.0),
            format!("{low}..{high}")
        );
        good &= (low..=high).contains(&b);
    }
    good
}

fn all_months_agree(own: &Figures, errors: &Errors, other: &Figures) -> bool {
    let means = (0..MONTHS).flat_map(|m| {
        let cells = (0..2).flat_map(|option| (0..5).map(move |bucket| (option, bucket)));
        cells.map(move |(o, b)| (own.means[m][o][b], other.means[m][o][b], errors.means[m][o][b]))
    });
    let quantiles = (0..MONTHS).flat_map(|m| {
        let cells = (0..3).flat_map(|cost| (0..3).map(move |place| (cost, place)));
        cells.map(move |(c, p)| in_errors(own.quantiles[m][c][p], other.quantiles[m][c][p], errors.quantiles[m][c][p]))
    });
    let means = means.filter(|(own, _, error)| *own > LEAST_ERRORS * error);
    let means = means.map(|(own, other, error)| in_errors(own, other, error));
    let largest = |sigmas: &mut dyn Iterator<Item = f64>| sigmas.fold(0.0, |a: f64, b| a.max(b.abs()));
    let (means, quantiles) = (largest(&mut { means }), largest(&mut { quantiles }));
    println!("  largest of all months: means {means:.2} sigmas, quantiles {quantiles:.2} (limit {SIGMAS_ANY_MONTH})");
    means <= SIGMAS_ANY_MONTH && quantiles <= SIGMAS_ANY_MONTH
}

/// The difference in standard errors; 0 where both are exactly the same.
fn in_errors(a: f64, b: f64, error: f64) -> f64 {
    if a == b { 0.0 } else { (b - a) / (error * std::f64::consts::SQRT_2) }
}
