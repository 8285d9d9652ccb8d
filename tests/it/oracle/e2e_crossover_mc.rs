//! End to end: each case is a scenario of two options and is run by the engine.
//!
//! `rent`, the baseline, is a metered line on demand at `month0` a month, with an as-of month one before month 1, so that
//! month k has seen k steps of growth (quoted continuously, normal) and noise; `build` is a fixed line and a one-off amount
//! at the opening. Incidents of either are a class without labour whose outside help costs a dollar an hour and whose length
//! is the log-normal. Discounting by e^(−d·k) is the yearly rate e^(12d) − 1. All money is times 1,000, so that half a cent,
//! below which a difference is none, is far below the oracle's amounts. Crossover is the first touch; totals are
//! invoices at present value; `evpi_total` is the value of foresight: the least expected cost less the expected least cost.

use std::fmt::Write as _;

use serde_json::Value;

use super::{Row, Verdicts, family};
use crate::run::{Run, run, sample};

/// Trials of a case.
const TRIALS: u64 = 1 << 16;
/// Dollars of the scenario for one of the oracle.
const SCALE: f64 = 1_000.0;
/// z of the nine-in-ten point of a standard normal.
const Z90: f64 = 1.281_551_565_544_600_4;

#[test]
fn crossovers_agree_with_an_independent_simulation() {
    let Some(rows) = family("e2e_crossover_mc") else { return };
    let mut verdicts = Verdicts::new("e2e_crossover_mc");
    let mut cases: Vec<(String, Run)> = Vec::new();
    for row in &rows {
        if !cases.iter().any(|(case, _)| *case == row.case) {
            cases.push((row.case.clone(), run(&scenario(&row.inputs()), TRIALS, 20_261_120)));
        }
        let (_, run) = cases.iter().find(|(case, _)| *case == row.case).expect("just run");
        judge(row, run, &mut verdicts);
    }
    verdicts.close();
}

fn scenario(inputs: &Value) -> String {
    let rent = &inputs["rent"];
    let number = |value: &Value| value.as_f64().expect("a number of the case");
    let rate = 100.0 * outgrow::math::elementary::exp_m1(12.0 * number(&inputs["disc_per_month"]));
    let (mean, sd) = (100.0 * number(&rent["growth_mean"]), 100.0 * number(&rent["growth_sd"]));
    let growth = if sd == 0.0 {
        format!("\"{mean} % / month\"")
    } else {
        format!("{{ dist = \"normal\", mean = {mean}, sd = {sd}, unit = \"% / month\", max = 100 }}")
    };
    let mut text = format!(
        "name = \"Rent or build\"\nstart = \"2027-01\"\nas_of = \"2026-12\"\nmonths = {}\nbaseline = \"rent\"\n\
         discount_rate = \"{rate} % / year\"\n[demand]\ngrowth_continuous = {growth}\nmonth_to_month = \"{} % / month\"\n\
         [people]\nloaded_hour = \"$0 / hour\"\n\
         [platforms.rent.runtime.bill]\nmeter = \"demand\"\nprice = \"${}\"\n\
         [platforms.build.runtime.base]\nprice = \"${} / month\"\n\
         [platforms.build.runtime.purchase]\nonce = {}\n\
         [options.rent]\ntitle = \"Rent\"\nplatform = \"rent\"\n[options.build]\ntitle = \"Build\"\nplatform = \"build\"\n",
        inputs["months"],
        100.0 * number(&rent["vol"]),
        SCALE * number(&rent["month0"]),
        SCALE * number(&inputs["build"]["monthly"]),
        upfront(&inputs["build"]["upfront"]),
    );
    for platform in ["rent", "build"] {
        let incidents = &inputs[platform]["incidents"];
        let p50 = outgrow::math::elementary::exp(number(&incidents["mu"]));
        let p90 = outgrow::math::elementary::exp(number(&incidents["mu"]) + Z90 * number(&incidents["sigma"]));
        let _ = write!(
            text,
            "[platforms.{platform}.incidents.trouble]\nrate = \"{} / month\"\nresponders = 0\nfollow_up = \"0 hours\"\n\
             duration = {{ p50 = {p50}, p90 = {p90}, unit = \"hours\" }}\noutside_help = \"${SCALE} / hour\"\n",
            incidents["rate_per_month"],
        );
    }
    text
}

fn upfront(law: &Value) -> String {
    let number = |name: &str| law[name].as_f64().expect("a parameter of the law");
    match law["dist"].as_str() {
        Some("triangular") => {
            let [low, mode, high] = ["min", "mode", "max"].map(|name| SCALE * number(name));
            format!("{{ dist = \"triangular\", low = {low}, mode = {mode}, high = {high}, unit = \"$\" }}")
        }
        Some("lognormal") => {
            let mu = outgrow::math::elementary::ln(SCALE * number("median"));
            format!("{{ dist = \"lognormal\", mu = {mu}, sigma = {}, unit = \"$\" }}", number("sigma"))
        }
        other => panic!("a law of the purchase that the scenario cannot say: {other:?}"),
    }
}

fn judge(row: &Row, run: &Run, verdicts: &mut Verdicts) {
    let against = run.invoices("build");
    let months = run.scenario.months as usize;
    let chance = |p: outgrow::summary::Probability| (p.value(), p.se());
    let (value, se) = match row.quantity.as_str() {
        "P(build cheaper at horizon)" => chance(against.ahead_at[months]),
        "P(never within horizon)" => {
            (1.0 - against.first_touch_by[months].value(), against.first_touch_by[months].se())
        }
        "mean_saving_build" => {
            let mean = against.delta[months].mean;
            (-mean.value / SCALE, mean.se / SCALE)
        }
        "evpi_total" => foresight(run),
        "median_crossover_month" => {
            let month = against.first_touch_by.iter().position(|p| p.value() >= 0.5);
            (month.map_or(f64::INFINITY, |m| m as f64), 0.0)
        }
        quantity => match total(quantity, run).or_else(|| crossed_by(quantity, against)) {
            Some(answer) => answer,
            None => return verdicts.not_built(quantity),
        },
    };
    verdicts.sampled(row, value, se);
}

/// `P(crossover<=24)`.
fn crossed_by(quantity: &str, against: &outgrow::summary::Crossover) -> Option<(f64, f64)> {
    let month: usize = quantity.strip_prefix("P(crossover<=")?.strip_suffix(')')?.parse().ok()?;
    let p = against.first_touch_by.get(month)?;
    // The row may have seen a few of a million: a count of none has no error of its own.
    Some((p.value(), p.se().max(1.0 / p.of as f64)))
}

/// `mean_total_rent`, `sd_total_build`, `quantile_0.9_total_rent`: as the product prints them, with their error.
fn total(quantity: &str, run: &Run) -> Option<(f64, f64)> {
    let (what, name) = quantity.split_once("_total_")?;
    let option = run.option(name);
    let months = run.scenario.months as usize;
    let answer = match what {
        "mean" => {
            let mean = run.summary.options[option].costs[0].present_value[months].mean;
            (mean.value, mean.se)
        }
        "sd" => (run.summary.options[option].costs[0].present_value[months].mean.sd, sample(&run.totals(name)).sd_se),
        _ => {
            let p: f64 = what.strip_prefix("quantile_")?.parse().ok()?;
            let series = &run.draws.series[&run.plan.outputs.options[option].present[0]][months];
            let ranks = series.sketch.as_ref()?.ranks();
            let (low, high) = ranks.interval(p, 1.0);
            (ranks.quantile(p), (high - low) / 2.0)
        }
    };
    Some((answer.0 / SCALE, answer.1 / SCALE))
}

/// What knowing the future of each trial would save beside the option with the lowest expected cost.
fn foresight(run: &Run) -> (f64, f64) {
    let costs = |name: &str| run.summary.options[run.option(name)].costs[1].present_value.last().expect("a month").mean;
    let best = costs("rent").value.min(costs("build").value);
    let chosen = if costs("rent").value < costs("build").value { "rent" } else { "build" };
    let (rent, build) = (run.totals("rent"), run.totals("build"));
    let regret: Vec<f64> =
        run.totals(chosen).iter().zip(rent.iter().zip(&build)).map(|(own, (a, b))| own - a.min(*b)).collect();
    ((best - run.summary.best_per_trial.value) / SCALE, sample(&regret).mean_se / SCALE)
}
