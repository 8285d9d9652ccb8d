//! Published samples of probabilistic sensitivity analyses: the value of knowing everything, how often an option is best and the
//! mean difference are statistics of the sample; the value of one parameter is judged by twentieths of its ranks, where the
//! published one is of a spline, so the error of ours is allowed for. An option costs less what it brings: cost − benefit · price.

use std::path::Path;

use super::voi::{by_rank, judged, of_all};
use super::{Row, Verdicts, family, folder};
use outgrow::math::moments::Moments;

#[test]
fn statistics_of_published_samples_are_the_published_ones() {
    let Some(rows) = family("voi_psa_samples") else { return };
    let mut verdicts = Verdicts::new("voi_psa_samples");
    for row in &rows {
        let path = folder().join(row.word("dataset"));
        let Some(differences) = differences(&path, row.number("wtp")) else {
            verdicts.not_built("a sample that is not at hand");
            continue;
        };
        judge(row, &path, &differences, &mut verdicts);
    }
    verdicts.close();
}

fn judge(row: &Row, path: &Path, differences: &[f64], verdicts: &mut Verdicts) {
    let (all, regret) = of_all(differences);
    match row.quantity.as_str() {
        "evpi" => verdicts.number(row, all.value),
        "p_novel_best" => verdicts.number(row, regret.cheapest[1] as f64 / differences.len() as f64),
        "mean_inb" => {
            let largest = differences.iter().fold(1.0_f64, |a, b| a.max(b.abs()));
            let mut sums = Moments::new(0.0, largest);
            sums.add(differences);
            verdicts.number(row, -sums.mean());
        }
        quantity => match quantity.strip_prefix("evppi_gam:") {
            Some(name) => {
                let parameters = columns(&path.with_file_name("chemo_pars.csv")).unwrap_or_default();
                let Some((_, values)) = parameters.iter().find(|(own, _)| own == name) else {
                    return verdicts.not_built("a parameter that is not at hand");
                };
                let worth = judged(&by_rank(values), differences).1.worth;
                verdicts.sampled(row, worth.value, worth.se);
            }
            None => verdicts.not_built(quantity),
        },
    }
}

/// What the second option costs above the first, by draw: net benefits as they are, or effects at a price and costs.
fn differences(path: &Path, price: f64) -> Option<Vec<f64>> {
    let columns = columns(path)?;
    let of = |place: usize| &columns[place].1;
    let benefit = |option: usize, draw: usize| match columns.len() {
        2 => of(option)[draw],
        _ => of(option)[draw] * price - of(2 + option)[draw],
    };
    Some((0..of(0).len()).map(|draw| benefit(0, draw) - benefit(1, draw)).collect())
}

/// The columns of a file of numbers.
fn columns(path: &Path) -> Option<Vec<(String, Vec<f64>)>> {
    let mut reader = csv::Reader::from_path(path).ok()?;
    let names: Vec<String> = reader.headers().ok()?.iter().map(str::to_owned).collect();
    let mut columns: Vec<(String, Vec<f64>)> = names.into_iter().map(|name| (name, Vec::new())).collect();
    for record in reader.records() {
        for (column, field) in columns.iter_mut().zip(&record.expect("a readable row")) {
            column.1.push(field.trim().parse().expect("a number"));
        }
    }
    Some(columns)
}
