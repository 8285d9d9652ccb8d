//! What the families of the value of information share: samples cut into twentieths, as a run cuts its trials.

use outgrow::math::elementary::{normal_quantile, uniform};
use outgrow::math::moments::Moments;
use outgrow::sim::{Regret, Sampling, Source};
use outgrow::study::curve::{Curve, Grid, Group};
use outgrow::study::information;
use outgrow::study::knowing::{Estimated, Knowing, knowing};
use outgrow::units::Seed;

/// Trials of a sampled case.
pub const TRIALS: usize = 1 << 16;
const GROUPS: usize = 20;

/// Standard normals of a stream, by trial, with the twentieth that each is in.
pub fn normals(stream: &str) -> Vec<f64> {
    let source = Source::new(Seed(20_261_120), Sampling::Plain);
    let mut words = vec![0; TRIALS];
    source.fill(source.stream(stream), u32::MAX, 0, &mut words);
    words.into_iter().map(|word| normal_quantile(uniform(word))).collect()
}

/// The twentieth of each standard normal.
pub fn by_probability(normals: &[f64]) -> Vec<usize> {
    let edges: Vec<f64> = (1..GROUPS).map(|i| normal_quantile(i as f64 / GROUPS as f64)).collect();
    normals.iter().map(|z| edges.partition_point(|edge| edge < z)).collect()
}

/// The twentieth of each value by its rank: for samples whose law is not known.
pub fn by_rank(values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut groups = vec![0; values.len()];
    order.iter().enumerate().for_each(|(rank, trial)| groups[*trial] = rank * GROUPS / values.len());
    groups
}

/// Curves of a decision between two, given what the second costs above the first; and what knowing comes to.
pub fn judged(groups: &[usize], differences: &[f64]) -> (Vec<Option<Curve>>, Knowing) {
    let unit = largest(differences);
    let mut sums = vec![Moments::new(0.0, unit); GROUPS];
    for (group, difference) in groups.iter().zip(differences) {
        sums[*group].add(&[*difference]);
    }
    let of = |(place, sums): (usize, &Moments)| Group {
        low: place as f64 / GROUPS as f64,
        high: (place + 1) as f64 / GROUPS as f64,
        count: sums.count(),
        mean: sums.mean(),
        se: sums.standard_error(),
    };
    let groups: Vec<Group> = sums.iter().enumerate().map(of).collect();
    let curves = vec![None, Some(Curve::of(&groups, true))];
    let (knowing, _) = knowing(&curves, &Grid::default());
    (curves, knowing)
}

/// The value of knowing everything, where nothing is luck.
pub fn of_all(differences: &[f64]) -> (Estimated, Regret) {
    let mut regret = Regret::new(2, 0, largest(differences));
    regret.add(&[&vec![0.0; differences.len()], differences]);
    (information::foresight(&regret), regret)
}

fn largest(values: &[f64]) -> f64 {
    values.iter().fold(1e-3, |a, b| a.max(b.abs()))
}
