//! PERT (`Law::pert_with`), triangular (`Law::triangular`) and truncated normal laws (`Law::normal` then `truncated`):
//! their means, standard deviations, quantiles, the distribution function half-way between the ends, and PERT's shapes.

use outgrow::math::law::Law;

use super::{Row, Verdicts, family};

#[test]
fn pert_triangular_and_truncated_normal_agree_with_closed_forms() {
    let Some(rows) = family("dist_pert_triangular") else { return };
    let mut verdicts = Verdicts::new("dist_pert_triangular");
    for row in &rows {
        match law(row).and_then(|law| answer(row, &law)) {
            Some(value) => verdicts.number(row, value),
            None => verdicts.not_built(&format!("{} {}", row.word("dist"), row.quantity)),
        }
    }
    verdicts.close();
}

fn law(row: &Row) -> Option<Law> {
    let number = |name| row.number(name);
    let law = match row.word("dist").as_str() {
        "triangular" => Law::triangular(number("min"), number("mode"), number("max")),
        "pert" => Law::pert_with(number("min"), number("mode"), number("max"), number("lam")),
        "truncnormal" => {
            Law::normal(number("mu"), number("sigma")).and_then(|law| law.truncated(number("lo"), number("hi")))
        }
        _ => return None,
    };
    Some(law.unwrap_or_else(|error| panic!("{}: {error}", row.id)))
}

/// What is asked of a law, by the names that families share.
pub fn answer(row: &Row, law: &Law) -> Option<f64> {
    match (row.quantity.as_str(), law) {
        ("mean", _) => law.mean(),
        ("sd", _) => law.sd(),
        ("median", _) => Some(law.quantile(0.5)),
        ("cdf_at_mid", _) => {
            let (low, high) = law.support();
            Some(law.cdf(0.5 * (low + high)))
        }
        ("alpha", Law::Beta { alpha, .. }) => Some(*alpha),
        ("beta", Law::Beta { beta, .. }) => Some(*beta),
        (quantity, _) => {
            let p = quantity.strip_prefix("quantile_")?.parse().ok()?;
            Some(law.quantile(p))
        }
    }
}
