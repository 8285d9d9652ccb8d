//! Means and standard deviations through the exact sums that every figure of a run is made of, and `quantile_inverted_cdf`
//! through the rule for quantiles of months, on the ranks of the data. Autocorrelation, skewness, kurtosis and interpolated
//! quantiles of raw data have no use in the product (quantiles of money come from sketches): not built.

use outgrow::math::moments::Moments;
use outgrow::summary::place_at;

use super::{Row, Verdicts, family};

#[test]
fn sums_hold_the_digits_that_certified_values_ask_for() {
    let Some(rows) = family("summary_stats_nist") else { return };
    let mut verdicts = Verdicts::new("summary_stats_nist");
    for row in &rows {
        let data = data(row);
        let mut moments = Moments::new(data[0], spread(&data));
        moments.add(&data);
        match row.quantity.as_str() {
            "mean" => verdicts.number(row, moments.mean()),
            "sd_n-1" => verdicts.number(row, moments.sd()),
            quantity => match quantity.strip_prefix("quantile_inverted_cdf_").and_then(|p| p.parse::<f64>().ok()) {
                Some(p) => verdicts.number(row, inverted(&data, p)),
                None => verdicts.not_built(quantity.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.')),
            },
        }
    }
    verdicts.close();
}

/// The data of a row: a list, or a first value and a pair that repeats.
fn data(row: &Row) -> Vec<f64> {
    let inputs = row.inputs();
    if inputs["x"].is_array() {
        return row.numbers("x");
    }
    let data = &inputs["data"];
    let number = |value: &serde_json::Value| value.as_f64().expect("a number of the data");
    if let Some(list) = data.as_array() {
        return list.iter().map(number).collect();
    }
    let pair: Vec<f64> = data["then"].as_array().expect("what repeats").iter().map(number).collect();
    let repeat = data["repeat"].as_u64().expect("how often");
    std::iter::once(number(&data["first"])).chain((0..repeat).flat_map(|_| pair.clone())).collect()
}

/// A power of two of the data's size about its first value, as a run takes it from the median trial.
fn spread(data: &[f64]) -> f64 {
    let largest = data.iter().map(|x| (x - data[0]).abs()).fold(0.0, f64::max);
    f64::from_bits(largest.to_bits() & 0x7ff0_0000_0000_0000).max(f64::MIN_POSITIVE) * 2.0
}

/// The least value with at least a share p of the data at or below it.
fn inverted(data: &[f64], p: f64) -> f64 {
    let mut sorted = data.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[place_at(&vec![1; sorted.len()], p * sorted.len() as f64)]
}
