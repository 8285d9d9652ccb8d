//! Present values: `npv` rows go through `math::finance::present_value`, a period as a year of 12 months with its amount
//! at the end of the twelfth. `npv` and `npv_full_excel` have their first value at the end of period 1 (an `upfront`
//! amount at the opening), `npv0` at the opening. The product states no internal rate of return, plain or modified: not
//! built. Payback is the first touch of a scenario: a value of period i below 0 is a one-off amount of the option in month i,
//! one above 0 of the baseline, all times 1,000.

use std::fmt::Write as _;

use outgrow::math::finance::present_value;
use outgrow::units::YearlyRate;

use super::{Row, Verdicts, family};
use crate::run::run;

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
            quantity if quantity.starts_with("payback") => verdicts.text(row, &payback(&row.numbers("values"))),
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

/// The first period whose running sum is at least 0, or "never".
fn payback(values: &[f64]) -> String {
    let mut text = format!(
        "name = \"Payback\"\nstart = \"2027-01\"\nmonths = {}\nbaseline = \"wait\"\n[demand]\ngrowth = \"0 % / month\"\n\
         [people]\nloaded_hour = \"$0 / hour\"\n[options.wait]\ntitle = \"Wait\"\nplatform = \"wait\"\n\
         [options.invest]\ntitle = \"Invest\"\nplatform = \"invest\"\n",
        values.len() - 1
    );
    for platform in ["wait", "invest"] {
        let _ = writeln!(text, "[platforms.{platform}.runtime.base]\nprice = \"$1 / month\"");
    }
    for (period, value) in values.iter().enumerate() {
        let platform = if *value < 0.0 { "invest" } else { "wait" };
        let _ = writeln!(text, "[platforms.{platform}.runtime.period-{period}]\nonce = \"${}\"", 1_000.0 * value.abs());
        if period > 0 {
            let _ = writeln!(text, "month = \"month {period}\"");
        }
    }
    let run = run(&text, 1, 0);
    let touched = run.invoices("invest").first_touch_by.iter().position(|p| p.count > 0);
    touched.map_or_else(|| "never".to_owned(), |month| month.to_string())
}
