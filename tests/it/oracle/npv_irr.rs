//! Present values: `npv` rows go through `math::finance::present_value`, a period as a year of 12 months with its amount
//! at the end of the twelfth. `npv` and `npv_full_excel` have their first value at the end of period 1 (an `upfront`
//! amount at the opening), `npv0` at the opening. The product states no internal rate of return, plain or modified: not
//! built. Payback rows wait for the module that finds break-even months; [`payback`] is where it answers.

use outgrow::math::finance::present_value;
use outgrow::units::YearlyRate;

use super::{Row, Verdicts, family};

const MONTHS: usize = 12;

#[test]
fn present_values_agree_with_published_ones() {
    let Some(rows) = family("npv_irr") else { return };
    let mut verdicts = Verdicts::new("npv_irr");
    for row in &rows {
        match row.quantity.as_str() {
            "npv" | "npv_full_excel" => {
                let upfront = row.inputs()["upfront"].as_f64().unwrap_or(0.0);
                verdicts.number(row, yearly(row, upfront, &row.numbers("values")));
            }
            "npv0" => {
                let values = row.numbers("values");
                verdicts.number(row, yearly(row, values[0], &values[1..]));
            }
            quantity if quantity.starts_with("payback") => match payback(&row.numbers("values")) {
                Some(answer) => verdicts.text(row, &answer),
                None => verdicts.not_built("payback"),
            },
            quantity => verdicts.not_built(quantity.trim_end_matches("_full")),
        }
    }
    verdicts.close();
}

fn yearly(row: &Row, opening: f64, values: &[f64]) -> f64 {
    let rate = YearlyRate::new(row.number("rate")).expect("a rate above -100 %");
    let mut monthly = vec![0.0; values.len() * MONTHS];
    for (year, value) in monthly.chunks_mut(MONTHS).zip(values) {
        year[MONTHS - 1] = *value;
    }
    present_value(rate, opening, &monthly)
}

/// The first period whose running sum is at least 0, or "never"; `None` while nothing in the product finds it.
fn payback(_values: &[f64]) -> Option<String> {
    None
}
