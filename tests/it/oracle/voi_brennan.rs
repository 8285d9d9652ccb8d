//! Brennan's model of 19 independent normal inputs that multiply in threes. Inputs are drawn through the product's streams and
//! judged as a run judges its own: one input by its curve, two by what their curves add up to.

use super::voi::{by_probability, judged, normals, of_all};
use super::{Row, Verdicts, family};
use outgrow::study::curve::{Curve, Grid};
use outgrow::study::information::worth_of_several;
use outgrow::study::knowing::Estimated;

#[test]
fn values_of_inputs_that_multiply_agree_with_the_exact_ones() {
    let Some(rows) = family("voi_brennan") else { return };
    let mut verdicts = Verdicts::new("voi_brennan");
    let mut sampled: Option<(Vec<Vec<f64>>, Vec<f64>)> = None;
    for row in &rows {
        let (scores, costs) = sampled.get_or_insert_with(|| sample(row));
        if row.quantity == "evpi" {
            let all = of_all(costs).0;
            verdicts.sampled(row, all.value, all.se);
            continue;
        }
        let names = row.quantity.trim_start_matches("evppi_").trim_matches(|c| c == '{' || c == '}');
        let place = |name: &str| name.trim().strip_prefix("theta").and_then(|n| n.parse::<usize>().ok());
        let places: Vec<usize> = names.split(',').filter_map(place).collect();
        let all: Vec<_> = places.iter().map(|place| judged(&by_probability(&scores[place - 1]), costs)).collect();
        let settled: Vec<(&[Option<Curve>], Estimated)> =
            all.iter().map(|(curves, knowing)| (curves.as_slice(), knowing.worth)).collect();
        let worth = worth_of_several(&settled, &Grid::default());
        verdicts.sampled(row, worth.value, worth.se);
    }
    verdicts.close();
}

/// Normal scores by input, and what treatment 1 costs above treatment 0: NB0 − NB1.
fn sample(row: &Row) -> (Vec<Vec<f64>>, Vec<f64>) {
    let (means, sds, lambda) = (row.numbers("mean"), row.numbers("sd"), row.number("lam"));
    let scores: Vec<Vec<f64>> = (1..=19).map(|i| normals(&format!("theta{i}"))).collect();
    let cost = |trial: usize| {
        let t = |i: usize| means[i - 1] + sds[i - 1] * scores[i - 1][trial];
        let first = lambda * (t(5) * t(6) * t(7) + t(8) * t(9) * t(10)) - (t(1) + t(2) * t(3) * t(4));
        let second = lambda * (t(14) * t(15) * t(16) + t(17) * t(18) * t(19)) - (t(11) + t(12) * t(13) * t(4));
        first - second
    };
    let costs = (0..scores[0].len()).map(cost).collect();
    (scores, costs)
}
