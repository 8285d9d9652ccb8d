//! Laws through quantiles: `metalog3*` is `Law::metalog` (its coefficients, quantiles, and whether it is refused),
//! `lognormal`, `normal`, `gamma` and `weibull` are the `Law::…_from_quantiles` of that name.

use outgrow::math::law::{Law, LawError};

use super::dist_pert_triangular::answer;
use super::{Row, Verdicts, family};

#[test]
fn laws_through_quantiles_agree_with_exact_solutions() {
    let Some(rows) = family("fit_p10_p50_p90") else { return };
    let mut verdicts = Verdicts::new("fit_p10_p50_p90");
    for row in &rows {
        let Some(law) = law(row) else {
            verdicts.not_built(&format!("{} fit", row.word("family")));
            continue;
        };
        if row.quantity == "feasible" {
            let refused = matches!(law, Err(LawError::Infeasible { .. }));
            assert!(law.is_ok() || refused, "{}: refused for another reason: {law:?}", row.id);
            verdicts.text(row, if refused { "false" } else { "true" });
            continue;
        }
        let law = law.unwrap_or_else(|error| panic!("{}: {error}", row.id));
        match parameter(row, &law).or_else(|| answer(row, &law)) {
            Some(value) => verdicts.number(row, value),
            None => verdicts.not_built(&row.quantity),
        }
    }
    verdicts.close();
}

fn law(row: &Row) -> Option<Result<Law, LawError>> {
    let family = row.word("family");
    if family.starts_with("metalog") {
        let inputs = row.inputs();
        return Some(Law::metalog(&quantiles(row), inputs["lo"].as_f64(), inputs["hi"].as_f64()));
    }
    let (p10, p90) = ((0.1, "P10"), (0.9, "P90"));
    match family.as_str() {
        "lognormal" => Some(Law::lognormal_from_quantiles(p10.0, row.number(p10.1), p90.0, row.number(p90.1))),
        "normal" => Some(Law::normal_from_quantiles(p10.0, row.number(p10.1), p90.0, row.number(p90.1))),
        "gamma" => Some(Law::gamma_from_quantiles(p10.0, row.number(p10.1), p90.0, row.number(p90.1))),
        "weibull" => Some(Law::weibull_from_quantiles(p10.0, row.number(p10.1), p90.0, row.number(p90.1))),
        _ => None,
    }
}

fn quantiles(row: &Row) -> Vec<(f64, f64)> {
    let inputs = row.inputs();
    let given = inputs["quantiles"].as_object().expect("quantiles by probability");
    let pair =
        |(p, x): (&String, &serde_json::Value)| (p.parse().expect("a probability"), x.as_f64().expect("a quantile"));
    let mut pairs: Vec<(f64, f64)> = given.iter().map(pair).collect();
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    pairs
}

fn parameter(row: &Row, law: &Law) -> Option<f64> {
    match (row.quantity.as_str(), law) {
        ("mu", Law::LogNormal { mu, .. }) => Some(*mu),
        ("sigma", Law::LogNormal { sigma, .. }) => Some(*sigma),
        ("mu", Law::Normal { mean, .. }) => Some(*mean),
        ("sigma", Law::Normal { sd, .. }) => Some(*sd),
        ("shape", Law::Gamma { shape, .. } | Law::Weibull { shape, .. }) => Some(*shape),
        ("scale", Law::Gamma { scale, .. } | Law::Weibull { scale, .. }) => Some(*scale),
        (name, Law::Metalog { coefficients, .. }) => {
            let k: usize = name.strip_prefix('a')?.parse().ok()?;
            coefficients.get(k - 1).copied()
        }
        _ => None,
    }
}
