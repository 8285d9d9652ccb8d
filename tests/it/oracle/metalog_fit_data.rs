//! Metalogs fitted to data by least squares. A scenario states quantiles, through all of which its metalog passes: as many terms as
//! quantiles, and an infeasible set is refused with the one to move. With fewer terms the curve would miss what is stated, and raw
//! data is read as rows of a file instead. So the fit itself (rows `a1`, `a2`, … and all of `fish`) is left out; of the cases whose coefficients are given, the quantile function is judged:
//! `quantile_P` is `Law::quantile` of the metalog with those coefficients and bounds.

use std::collections::BTreeMap;

use outgrow::math::law::Law;

use super::{Row, Verdicts, family};

#[test]
fn metalogs_of_given_coefficients_have_the_quantiles_of_the_fits() {
    let Some(rows) = family("metalog_fit_data") else { return };
    let mut verdicts = Verdicts::new("metalog_fit_data");
    let mut given: BTreeMap<&str, BTreeMap<usize, f64>> = BTreeMap::new();
    for row in &rows {
        if let Some((place, value)) = coefficient(row) {
            given.entry(&row.case).or_default().insert(place, value);
        }
    }
    for row in &rows {
        let law = given.get(row.case.as_str()).and_then(|coefficients| law(row, coefficients));
        let p = row.quantity.strip_prefix("quantile_").and_then(|p| p.parse::<f64>().ok());
        match law.zip(p) {
            Some((law, p)) => verdicts.number(row, law.quantile(p)),
            None => verdicts.not_built("fit to data"),
        }
    }
    verdicts.close();
}

fn coefficient(row: &Row) -> Option<(usize, f64)> {
    let place = row.quantity.strip_prefix('a')?.parse().ok()?;
    Some((place, row.expected.parse().ok()?))
}

/// The metalog of the coefficients a1, a2, … where all of them are given.
fn law(row: &Row, given: &BTreeMap<usize, f64>) -> Option<Law> {
    let terms = row.number("terms") as usize;
    let coefficients: Vec<f64> = (1..=terms).map(|place| given.get(&place).copied()).collect::<Option<_>>()?;
    let bounds = row.inputs()["bounds"].as_array().cloned().unwrap_or_default();
    let bound = |place: usize| bounds.get(place).and_then(serde_json::Value::as_f64);
    let (low, high) = match row.word("boundedness").as_str() {
        "u" => (None, None),
        "sl" => (bound(0), None),
        "su" => (None, bound(bounds.len().checked_sub(1)?)),
        "b" => (bound(0), bound(1)),
        _ => return None,
    };
    Some(Law::Metalog { coefficients, low, high })
}
