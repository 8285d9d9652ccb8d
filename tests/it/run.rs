//! Runs a scenario's text through the whole product: reader, plan, kernel, summary.

use outgrow::model::Scenario;
use outgrow::plan::{Plan, compile};
use outgrow::sim::{self, Draws, Quantiles, Request};
use outgrow::summary::{self, Lens, Summary};
use outgrow::units::Seed;

/// A finished run, all its layers at hand.
pub struct Run {
    pub scenario: Scenario,
    pub plan: Plan,
    pub draws: Draws,
    pub summary: Summary,
}

/// Everything that may be asked of a run.
pub fn request(trials: std::ops::Range<u64>, seed: Seed, threads: usize) -> Request {
    Request { trials, seed, threads, quantiles: Quantiles::All, columns: Vec::new(), deciders: None }
}

/// Runs a text, keeping each option's cost to the horizon by trial: invoices at present value.
pub fn run(text: &str, trials: u64, seed: u64) -> Run {
    let scenario = crate::twin::read(text);
    let plan = compile(&scenario);
    let columns = plan.outputs.options.iter().map(|option| option.present[0]).collect();
    let request = Request { columns, ..request(0..trials, Seed(seed), 2) };
    let draws = sim::run(&plan, &request, &|_| {});
    let summary = summary::of(&scenario, &plan, &draws, Seed(seed));
    Run { scenario, plan, draws, summary }
}

impl Run {
    /// The place of an option.
    pub fn option(&self, name: &str) -> usize {
        self.scenario.options.iter().position(|option| option.name == name).expect("an option of the scenario")
    }

    /// An option's invoices to the horizon at present value, by trial.
    pub fn totals(&self, name: &str) -> Vec<f64> {
        self.draws.column(self.plan.outputs.options[self.option(name)].present[0])
    }

    /// The comparison of an option under invoices, discounted where a rate is given.
    pub fn invoices(&self, name: &str) -> &summary::Crossover {
        self.summary.headline(self.option(name), Lens::Invoices)
    }
}

/// Standard errors of a mean and of a standard deviation, from values by trial.
pub struct Sample {
    pub mean_se: f64,
    /// √((m4 − s⁴)/n) / (2s): the delta method on the sample variance (Kenney & Keeping 1951, §7.5).
    pub sd_se: f64,
}

/// Reads a sample.
pub fn sample(values: &[f64]) -> Sample {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let moment = |power: i32| values.iter().map(|x| (0..power).fold(1.0, |p, _| p * (x - mean))).sum::<f64>() / n;
    let variance = moment(2) * n / (n - 1.0);
    let sd = variance.sqrt();
    let sd_se = ((moment(4) - variance * variance).max(0.0) / n).sqrt() / (2.0 * sd);
    Sample { mean_se: sd / n.sqrt(), sd_se }
}
