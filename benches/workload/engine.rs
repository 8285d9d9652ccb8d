//! The engine's side.

use std::time::Instant;

use outgrow::model::{Lens, Scenario};
use outgrow::plan::{Comparison, Plan, compile};
use outgrow::scenario::{LoadError, Loader, read};
use outgrow::sim::{Draws, Quantiles, Request, Series, run};
use outgrow::summary::place_at;
use outgrow::units::Seed;

use super::{BUCKETS, Figures, MONTHS, SEED};

const TEXT: &str = include_str!("workload-w.toml");
/// What a month's figures are read at.
pub const QUANTILES: [f64; 3] = [0.1, 0.5, 0.9];

/// Standard errors of the figures, for judging another program's.
pub struct Errors {
    pub means: Vec<[[f64; BUCKETS]; 2]>,
    /// By month.
    pub quantiles: Vec<[[f64; 3]; 3]>,
    /// Trials by month of break-even, 0 to M + 1.
    pub break_even: Vec<u64>,
}

struct Text;

impl Loader for Text {
    fn load(&self, _: &str) -> Result<String, LoadError> {
        Ok(TEXT.to_owned())
    }
}

/// From the scenario's text to the workload's figures.
pub fn figures(trials: u64, threads: usize) -> (Figures, Errors) {
    let begun = Instant::now();
    let (plan, draws) = simulate(trials, threads);
    let mut figures = read_off(&plan, &draws);
    figures.seconds = begun.elapsed().as_secs_f64();
    let errors = errors(&plan, &draws);
    (figures, errors)
}

fn scenario() -> Scenario {
    read("workload-w.toml", &Text).unwrap_or_else(|report| panic!("{report}")).0
}

fn simulate(trials: u64, threads: usize) -> (Plan, Draws) {
    let plan = compile(&scenario());
    let quantiles = Quantiles::Headline;
    let request =
        Request { trials: 0..trials, seed: Seed(SEED), threads, quantiles, columns: Vec::new(), deciders: None };
    let draws = run(&plan, &request, &|_| ());
    (plan, draws)
}

/// The options' places: the PaaS is the baseline.
fn places(plan: &Plan) -> [usize; 2] {
    [plan.outputs.baseline, 1 - plan.outputs.baseline]
}

/// The comparison of present values under all costs, which are as paid here: nothing is discounted.
fn headline(plan: &Plan) -> (usize, &Comparison) {
    let mut all = plan.outputs.comparisons.iter().enumerate();
    all.find(|(_, c)| c.views.contains(&plan.outputs.headline)).expect("every view is compared")
}

fn by_bucket(plan: &Plan, draws: &Draws, figure: impl Fn(&Series) -> f64) -> Vec<[[f64; BUCKETS]; 2]> {
    let of = |month: usize, option: usize| {
        let columns = &plan.outputs.options[option];
        let [runtime, data, tooling, engineering] = columns.buckets;
        [runtime, data, tooling, engineering, columns.project].map(|col| figure(&draws.series[&col][month]))
    };
    (1..=MONTHS).map(|month| places(plan).map(|option| of(month, option))).collect()
}

fn by_quantile(plan: &Plan, draws: &Draws, figure: impl Fn(&Series) -> [f64; 3]) -> Vec<[[f64; 3]; 3]> {
    let [paas, own] = places(plan).map(|option| plan.outputs.options[option].present[Lens::Tco as usize]);
    let columns = [paas, own, headline(plan).1.delta];
    (1..=MONTHS).map(|month| columns.map(|col| figure(&draws.series[&col][month]))).collect()
}

/// Trials by month of break-even for good: 0 from the start, M + 1 never.
fn break_even(plan: &Plan, draws: &Draws) -> Vec<u64> {
    let fates = &draws.crossings[headline(plan).0].fates;
    let mut counts = fates.break_even.clone();
    *counts.last_mut().expect("months and never") += fates.did_not_leave;
    counts
}

fn read_off(plan: &Plan, draws: &Draws) -> Figures {
    let sketched = |series: &Series| {
        let ranks = series.sketch.as_ref().expect("the headline's costs are sketched").ranks();
        QUANTILES.map(|p| ranks.quantile(p))
    };
    let counts = break_even(plan, draws);
    let trials = draws.trials as f64;
    Figures {
        means: by_bucket(plan, draws, |series| series.moments.mean()),
        quantiles: by_quantile(plan, draws, sketched),
        break_even: QUANTILES.map(|p| place_at(&counts, p * trials) as f64),
        breaks_even: 1.0 - counts[MONTHS + 1] as f64 / trials,
        seconds: 0.0,
    }
}

fn errors(plan: &Plan, draws: &Draws) -> Errors {
    // Half of the order-statistic interval at one standard error.
    let half = |series: &Series| {
        let ranks = series.sketch.as_ref().expect("the headline's costs are sketched").ranks();
        QUANTILES.map(|p| {
            let (low, high) = ranks.interval(p, 1.0);
            (high - low) / 2.0
        })
    };
    Errors {
        means: by_bucket(plan, draws, |series| series.moments.standard_error()),
        quantiles: by_quantile(plan, draws, half),
        break_even: break_even(plan, draws),
    }
}
