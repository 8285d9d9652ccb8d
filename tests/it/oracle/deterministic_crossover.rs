//! Buying against renting with nothing uncertain: rent grows by g from month 1 on, buying costs F at the opening and v a
//! month. The scenario meters demand at the first rent, undiscounted; all money is times 1,000, so that half a cent does not
//! show. `crossover_month_integer` is the product's break-even for good; the real-valued crossing has no use in it, since
//! costs are settled at the ends of months: not built.

use outgrow::summary::When;

use super::{Row, Verdicts, family};
use crate::run::run;

const SCALE: f64 = 1_000.0;

#[test]
fn break_even_months_agree_with_closed_forms() {
    let Some(rows) = family("deterministic_crossover") else { return };
    let mut verdicts = Verdicts::new("deterministic_crossover");
    for row in &rows {
        if row.quantity != "crossover_month_integer" {
            verdicts.not_built(&row.quantity);
            continue;
        }
        // A crossing beyond the longest horizon must come out as never.
        let months = outgrow::units::MAX_MONTHS;
        let within = row.expected.parse::<f64>().is_ok_and(|month| month <= f64::from(months));
        let answer = match run(&scenario(row, months), 1, 0).invoices("buy").break_even[1].at {
            When::FromStart => "0".to_owned(),
            When::Month(month) => month.to_string(),
            When::Never if !within => row.expected.clone(),
            When::Never => "never".to_owned(),
        };
        verdicts.text(row, &answer);
    }
    verdicts.close();
}

fn scenario(row: &Row, months: u32) -> String {
    format!(
        "name = \"Rent or buy\"\nstart = \"2027-01\"\nmonths = {months}\nbaseline = \"rent\"\n\
         [demand]\ngrowth = \"{} % / month\"\n[people]\nloaded_hour = \"$0 / hour\"\n\
         [platforms.rent.runtime.bill]\nmeter = \"demand\"\nprice = \"${}\"\n\
         [platforms.buy.runtime.purchase]\nonce = \"${}\"\n[platforms.buy.runtime.upkeep]\nprice = \"${} / month\"\n\
         [options.rent]\ntitle = \"Rent\"\nplatform = \"rent\"\n[options.buy]\ntitle = \"Buy\"\nplatform = \"buy\"\n",
        100.0 * row.number("rent_growth_per_month"),
        SCALE * row.number("rent_month1"),
        SCALE * row.number("buy_upfront"),
        SCALE * row.number("buy_monthly"),
    )
}
