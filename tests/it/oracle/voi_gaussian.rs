//! Two options whose incremental net benefit is linear in normal inputs: option B costs −INB more than A. Inputs are drawn
//! through the product's streams, cut into twentieths as a run cuts its own, and judged by the study's functions. Values of
//! two inputs at once are the additive estimate, which holds for independent inputs only: rows with correlated ones are
//! not built, and neither are sample information (EVSI) and decision trees.

use serde_json::Value;

use super::voi::{by_probability, judged, normals, of_all};
use super::{Row, Verdicts, family};
use outgrow::study::curve::{Curve, Grid};
use outgrow::study::information::worth_of_several;
use outgrow::study::knowing::Estimated;

#[test]
fn values_of_linear_gaussian_inputs_agree_with_their_closed_forms() {
    let Some(rows) = family("voi_gaussian") else { return };
    let mut verdicts = Verdicts::new("voi_gaussian");
    for row in &rows {
        match Case::of(row) {
            Some(case) => judge(row, &case, &mut verdicts),
            None => verdicts.not_built(&format!("{} of another kind of model", row.quantity)),
        }
    }
    verdicts.close();
}

/// c0 + Σ aᵢ·pᵢ, pᵢ normal, every two of them with the same correlation.
struct Case {
    constant: f64,
    /// Factor, mean and standard deviation of each input.
    inputs: Vec<[f64; 3]>,
    correlation: f64,
}

impl Case {
    fn of(row: &Row) -> Option<Self> {
        let inputs = row.inputs();
        let of_two = |sign: f64| {
            let law = |name: &str| Some([inputs[name][0].as_f64()?, inputs[name][1].as_f64()?]);
            let ([m1, s1], [m2, s2]) = (law("p1")?, law("p2")?);
            Some(Self { constant: 0.0, inputs: vec![[1.0, m1, s1], [sign, m2, s2]], correlation: 0.0 })
        };
        match inputs["inb"].as_str()? {
            "p1-p2" => of_two(-1.0),
            "p1+p2" => of_two(1.0),
            "c0+sum a_i p_i" => {
                let list =
                    |name: &str| inputs[name].as_array().map(|all| all.iter().filter_map(Value::as_f64).collect());
                let (factors, means, sds): (Vec<f64>, Vec<f64>, Vec<f64>) = (list("a")?, list("mean")?, list("sd")?);
                let all = factors.iter().zip(&means).zip(&sds).map(|((a, m), s)| [*a, *m, *s]).collect();
                let correlation = inputs["equicorrelation"].as_f64()?;
                Some(Self { constant: inputs["c0"].as_f64()?, inputs: all, correlation })
            }
            _ => None,
        }
    }

    /// Normal scores by input, and what B costs above A.
    fn sample(&self) -> (Vec<Vec<f64>>, Vec<f64>) {
        let own: Vec<Vec<f64>> = (0..self.inputs.len()).map(|i| normals(&format!("p{i}"))).collect();
        // One factor: √ρ of a common normal and √(1 − ρ) of its own, for ρ at or above 0.
        let common = normals("common");
        let (shared, alone) = (self.correlation.sqrt(), (1.0 - self.correlation).sqrt());
        let score = |own: &Vec<f64>| own.iter().zip(&common).map(|(z, c)| alone * z + shared * c).collect();
        let scores: Vec<Vec<f64>> = own.iter().map(score).collect();
        let cost = |trial: usize| {
            let terms = self.inputs.iter().zip(&scores).map(|([a, mean, sd], z)| a * (mean + sd * z[trial]));
            -self.constant - terms.sum::<f64>()
        };
        let costs = (0..common.len()).map(cost).collect();
        (scores, costs)
    }
}

fn judge(row: &Row, case: &Case, verdicts: &mut Verdicts) {
    if case.correlation < 0.0 {
        return verdicts.not_built("negative equicorrelation");
    }
    let Some(asked) = row.quantity.strip_prefix("evppi_") else {
        if row.quantity != "evpi" {
            return verdicts.not_built("sample information (EVSI)");
        }
        let all = of_all(&case.sample().1).0;
        return verdicts.sampled(row, all.value, all.se);
    };
    let (scores, costs) = case.sample();
    let names = asked.trim_end_matches("_exact").trim_matches(|c| c == '{' || c == '}');
    let place = |name: &str| name.trim().strip_prefix('p').and_then(|n| n.parse::<usize>().ok());
    let places: Vec<usize> = names.split(',').filter_map(place).collect();
    if places.len() > 1 && case.correlation != 0.0 {
        return verdicts.not_built("several correlated inputs at once");
    }
    let all: Vec<_> = places.iter().map(|place| judged(&by_probability(&scores[place - 1]), &costs)).collect();
    let settled: Vec<(&[Option<Curve>], Estimated)> =
        all.iter().map(|(curves, knowing)| (curves.as_slice(), knowing.worth)).collect();
    let worth = worth_of_several(&settled, &Grid::default());
    verdicts.sampled(row, worth.value, worth.se);
}
