//! The claim "so many times as fast as NumPy" rests on this: the same workload by the engine and by a NumPy program. First
//! both must agree on every figure, then each is timed. A smaller ratio means that the engine has become slower, or
//! NumPy faster: look at both columns.
//!
//! ```text
//! cargo bench --bench workload                          agreement, then 7 pairs for each number of threads
//! cargo bench --bench workload -- --pairs 15            more pairs
//! cargo bench --bench workload -- --raw raw.csv         keeps every single time
//! cargo bench --bench workload -- --agree               agreement alone
//! ```
//!
//! `workload-w.toml` is the workload and says what it leaves out; `numpy_contender.py` computes the same. Each time is
//! that of a process of its own, A B A B: its whole life, and between its own two looks at the clock, from scenario to
//! figures (for NumPy: from its first draw; neither side's loading of code is in it).

mod agreement;
mod engine;
mod numpy;
mod timing;

use std::process::ExitCode;

const TRIALS: u64 = 100_000;
const MONTHS: usize = 60;
/// Cost buckets and the project.
const BUCKETS: usize = 5;
/// Seed of the engine's and of NumPy's streams; they have nothing in common.
const SEED: u64 = 42;

/// What is computed: by month, option (PaaS, own) and bucket; by month, cost (PaaS, own, difference) and quantile (P10,
/// P50, P90); month of break-even at those quantiles (0 from the start, 61 never) and its probability.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
struct Figures {
    means: Vec<[[f64; BUCKETS]; 2]>,
    quantiles: Vec<[[f64; 3]; 3]>,
    break_even: [f64; 3],
    breaks_even: f64,
    /// From the scenario to these figures.
    seconds: f64,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let value = |name: &str| arguments.iter().position(|a| a == name).and_then(|at| arguments.get(at + 1));
    if let Some(threads) = value("--engine-once") {
        let (figures, _) = engine::figures(TRIALS, threads.parse().expect("a number of threads"));
        println!("{}", serde_json::to_string(&figures).expect("figures are finite"));
        return ExitCode::SUCCESS;
    }
    let pairs = value("--pairs").map_or(7, |pairs| pairs.parse().expect("a number of pairs"));
    println!("workload W: {TRIALS} trials x {MONTHS} months, two options");
    let numpy = numpy::version();
    match &numpy {
        Ok(version) => {
            println!("\nagreement with NumPy {version}");
            let (own, errors) = engine::figures(TRIALS, 2);
            let other = numpy::figures(TRIALS, 2).expect("NumPy is there").figures;
            if !agreement::holds(&own, &errors, &other, TRIALS) {
                println!("\nThe two do not compute the same thing; times would mean nothing.");
                return ExitCode::FAILURE;
            }
        }
        Err(why) => println!("\nNO COMPARISON: {why}. The times below are the engine's alone."),
    }
    if arguments.iter().any(|a| a == "--agree") {
        return ExitCode::SUCCESS;
    }
    timing::report(pairs, numpy.is_ok(), value("--raw").map(std::path::Path::new));
    ExitCode::SUCCESS
}
