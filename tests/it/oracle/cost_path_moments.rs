//! Costs that follow demand: C_k = c0·D_k with k steps of trend and noise since an as-of month one before month 1.
//!
//! The scenario meters demand at c0 on both of two equal options; growth is quoted continuously (normal where the row states
//! a spread), noise is `sigma`, discounting by e^(−d·k) is the yearly rate e^(12d) − 1. `E[sum]` and `SD[sum]` are of
//! invoices at present value to the horizon; `C_M` is the last month's invoice. The product samples all of them.

use super::{Row, Verdicts, family};
use crate::run::{Run, run, sample};

const TRIALS: u64 = 1 << 16;

#[test]
fn moments_of_cost_paths_agree_with_closed_forms() {
    let Some(rows) = family("cost_path_moments") else { return };
    let mut verdicts = Verdicts::new("cost_path_moments");
    let mut cases: Vec<(String, Run)> = Vec::new();
    let prices = rows.iter().filter(|row| row.inputs()["growth_uncertainty_sd"].as_f64().is_none());
    for (row, text) in rows.iter().map(|row| (row, scenario(row))).chain(prices.map(|row| (row, as_price(row)))) {
        if !cases.iter().any(|(known, _)| *known == text) {
            cases.push((text.clone(), run(&text, TRIALS, 5)));
        }
        let (_, run) = cases.iter().find(|(known, _)| *known == text).expect("just run");
        judge(row, run, &mut verdicts);
    }
    verdicts.close();
}

fn scenario(row: &Row) -> String {
    let mean = 100.0 * row.number("drift_log_mean_per_month");
    let growth = match row.inputs()["growth_uncertainty_sd"].as_f64() {
        Some(sd) => {
            format!("{{ dist = \"normal\", mean = {mean}, sd = {}, unit = \"% / month\", max = 200 }}", 100.0 * sd)
        }
        None => format!("\"{mean} % / month\""),
    };
    let rate = 100.0 * outgrow::math::elementary::exp_m1(12.0 * row.number("disc_per_month"));
    format!(
        "name = \"Cost path\"\nstart = \"2027-01\"\nas_of = \"2026-12\"\nmonths = {}\nbaseline = \"a\"\n\
         discount_rate = \"{rate} % / year\"\n[demand]\ngrowth_continuous = {growth}\nmonth_to_month = \"{} % / month\"\n\
         [people]\nloaded_hour = \"$0 / hour\"\n[platforms.p.runtime.bill]\nmeter = \"demand\"\nprice = \"${}\"\n\
         [options.a]\ntitle = \"A\"\nplatform = \"p\"\n[options.b]\ntitle = \"B\"\nplatform = \"p\"\n",
        row.inputs()["months"],
        100.0 * row.number("sigma"),
        row.number("c0"),
    )
}

/// The same path with the drift in the price and none in demand: (1+d)^((m−1)/12) = e^(μ(m−1)), and C_1 is c0·e^μ.
fn as_price(row: &Row) -> String {
    let drift = row.number("drift_log_mean_per_month");
    let a_year = 100.0 * outgrow::math::elementary::exp_m1(12.0 * drift);
    let first = row.number("c0") * outgrow::math::elementary::exp(drift);
    let text = scenario(row);
    let (before, rest) = text.split_once("growth_continuous = ").expect("the scenario states it");
    let (_, after) = rest.split_once('\n').expect("more follows");
    let (head, tail) = after.split_once("price = ").expect("the scenario has a price");
    let (_, tail) = tail.split_once('\n').expect("more follows");
    format!(
        "{before}growth_continuous = \"0 % / month\"\n{head}price = \"${first}\"\nrises = \"{a_year} % / year\"\n{tail}"
    )
}

fn judge(row: &Row, run: &Run, verdicts: &mut Verdicts) {
    let costs = &run.summary.options[0].costs[0];
    let sum = costs.present_value.last().expect("a month").mean;
    let last = costs.monthly.last().expect("a month");
    let (value, se) = match row.quantity.as_str() {
        "E[sum]" => (sum.value, sum.se),
        "SD[sum]" => (sum.sd, sample(&run.totals("a")).sd_se),
        quantity if quantity.starts_with("E[C_M]") => (last.mean.value, last.mean.se),
        quantity => {
            let p = quantity.strip_prefix("quantile_").and_then(|rest| rest.strip_suffix("[C_M]"));
            let Some(p) = p.and_then(|p| p.parse::<f64>().ok()) else { return verdicts.not_built(quantity) };
            let series = &run.draws.series[&run.plan.outputs.options[0].monthly[0]][run.scenario.months as usize];
            let ranks = series.sketch.as_ref().expect("monthly invoices are sketched").ranks();
            let (low, high) = ranks.interval(p, 1.0);
            (ranks.quantile(p), (high - low) / 2.0)
        }
    };
    verdicts.sampled(row, value, se);
}
