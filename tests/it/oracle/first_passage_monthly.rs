//! A project that waits for demand to pass a mark: the first month in which a Gaussian random walk is at or above `a`.
//!
//! S_n is ln of demand n months after the as-of month, which is month 1. The noise of demand has mean 1, so ln demand drifts by
//! g − σ²/2 a month: continuous growth is set to mu + σ²/2. Month n + 1 reads S_n; that is seen at its end, the time n + 1,
//! and acted on then: the project starts in month n + 2. So N ≤ n where it has started by the end of month n + 2. A proportion is
//! judged at four of √(p(1−p)/paths), p the oracle's.

use super::{Row, Verdicts, family};
use crate::run::{Run, run};

const TRIALS: u64 = 1 << 15;
/// Months from a walk's month to that of the start.
const SEEN_AND_ACTED_ON: usize = 2;
/// Last month of a walk that a row asks for.
const LONGEST: usize = 120;

#[test]
fn projects_start_when_a_random_walk_first_passes_their_mark() {
    let Some(rows) = family("first_passage_monthly") else { return };
    let mut verdicts = Verdicts::new("first_passage_monthly");
    let mut cases: Vec<(String, Run)> = Vec::new();
    for row in &rows {
        let known = cases.iter().position(|(case, _)| *case == row.case);
        let place = known.unwrap_or_else(|| {
            cases.push((row.case.clone(), run(&scenario(row), TRIALS, 20_261_121)));
            cases.len() - 1
        });
        judge(row, &cases[place].1, &mut verdicts);
    }
    verdicts.close();
}

fn scenario(row: &Row) -> String {
    let (mu, sigma) = (row.number("mu_per_month"), row.number("sigma_per_sqrt_month"));
    let mark = outgrow::math::elementary::exp(row.number("a"));
    format!(
        "name = \"A walk\"\nstart = \"2027-01\"\nmonths = {}\nbaseline = \"stay\"\n[demand]\n\
         growth_continuous = {{ value = \"{} % / month\", max = 100 }}\nmonth_to_month = \"{} % / month\"\n\
         [people]\nloaded_hour = \"$1 / hour\"\n[platforms.old.runtime.web]\nprice = \"$2 / month\"\n\
         [platforms.new.runtime.web]\nprice = \"$1 / month\"\n[options.stay]\nplatform = \"old\"\n\
         [options.go]\nplatform = \"new\"\nmigration = \"leave\"\n[migrations.leave]\nfrom = \"old\"\n\
         effort = \"1 engineer-weeks\"\npeople = 1\nstarts_when_any = [\"demand > {mark}\"]\n",
        LONGEST + SEEN_AND_ACTED_ON,
        100.0 * (mu + sigma * sigma / 2.0),
        100.0 * sigma,
    )
}

fn judge(row: &Row, run: &Run, verdicts: &mut Verdicts) {
    let leaving = run.summary.options[run.option("go")].leaving.as_ref().expect("it waits");
    let by = |n: usize| leaving.left_by[n + SEEN_AND_ACTED_ON].value();
    let quantity = row.quantity.as_str();
    if let Some(n) = quantity.strip_prefix("P(N<=").and_then(|rest| rest.strip_suffix(')')) {
        let p: f64 = row.expected.parse().expect("a probability");
        let se = (p * (1.0 - p) / TRIALS as f64).sqrt();
        verdicts.sampled(row, by(n.parse().expect("a month")), se);
    } else if let Some(share) = quantity.strip_prefix("quantile_month_") {
        let share: f64 = share.parse().expect("a share");
        let found = (0..=LONGEST).find(|n| by(*n) >= share);
        match found {
            Some(n) => verdicts.sampled(row, n as f64, 0.0),
            None => verdicts.text(row, "not_reached_by_120"),
        }
    } else if quantity == "mean_month_given_N<=120" {
        let starts = &run.draws.starts[run.option("go")];
        let months = (0..=LONGEST).map(|n| (n as f64, starts[n + SEEN_AND_ACTED_ON] as f64));
        let sum = |of: fn(f64) -> f64| months.clone().map(|(n, count)| count * of(n)).sum::<f64>();
        let (all, squares) = (sum(|_| 1.0), sum(|n| n * n));
        let mean = sum(|n| n) / all;
        verdicts.sampled(row, mean, ((squares / all - mean * mean) / all).sqrt());
    } else {
        verdicts.not_built(quantity);
    }
}
