//! Paired times, A B A B, and their medians.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use super::numpy::{self, Run};
use super::{MONTHS, TRIALS};

const THREADS: [usize; 2] = [1, 2];

/// One program's times.
#[derive(Default)]
struct Times {
    inside: Vec<f64>,
    whole: Vec<f64>,
}

impl Times {
    fn add(&mut self, run: &Run) {
        self.inside.push(run.figures.seconds);
        self.whole.push(run.whole_seconds);
    }
}

/// Times both sides and prints medians; `raw` gets every time.
pub fn report(pairs: usize, with_numpy: bool, raw: Option<&Path>) {
    let mut csv = String::from("threads,pair,program,inside_seconds,whole_seconds\n");
    println!("\nmedians of {pairs} pairs A B A B; seconds, trial-months per second, NumPy's time over the engine's");
    println!(
        "  {:<26}{:>10}{:>10}{:>13}{:>13}{:>8}{:>16}",
        "", "engine", "NumPy", "engine", "NumPy", "ratio", "of pairs"
    );
    for threads in THREADS {
        let (mut engine, mut other) = (Times::default(), Times::default());
        for pair in 0..pairs {
            let mut note = |times: &mut Times, program: &str, run: &Run| {
                times.add(run);
                let (inside, whole) = (run.figures.seconds, run.whole_seconds);
                let _ = writeln!(csv, "{threads},{pair},{program},{inside:.6},{whole:.6}");
            };
            note(&mut engine, "engine", &engine_process(threads));
            if with_numpy {
                let run = numpy::figures(TRIALS, threads).unwrap_or_else(|why| panic!("NumPy: {why}"));
                note(&mut other, "numpy", &run);
            }
        }
        row(&format!("inside the process, T={threads}"), &engine.inside, &other.inside);
        row(&format!("whole process, T={threads}"), &engine.whole, &other.whole);
    }
    if let Some(path) = raw {
        std::fs::write(path, csv).expect("the raw times can be written");
    }
}

/// This program again, as one that only computes the workload.
fn engine_process(threads: usize) -> Run {
    let program = std::env::current_exe().expect("a running program has a file");
    numpy::time(Command::new(program).args(["--engine-once", &threads.to_string()]))
        .unwrap_or_else(|why| panic!("the engine: {why}"))
}

fn row(name: &str, engine: &[f64], other: &[f64]) {
    let speed = |seconds: f64| format!("{:.2e}", TRIALS as f64 * MONTHS as f64 / seconds);
    let own = median(engine);
    if other.is_empty() {
        println!("  {name:<26}{own:>10.3}{:>10}{:>13}", "-", speed(own));
        return;
    }
    let ratios: Vec<f64> = engine.iter().zip(other).map(|(a, b)| b / a).collect();
    let range = ratios.iter().fold((f64::INFINITY, 0.0_f64), |(low, high), r| (low.min(*r), high.max(*r)));
    let (theirs, ratio) = (median(other), median(&ratios));
    let range = format!("{:.1} to {:.1}", range.0, range.1);
    println!("  {name:<26}{own:>10.3}{theirs:>10.3}{:>13}{:>13}{ratio:>8.1}{range:>16}", speed(own), speed(theirs));
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    if sorted.len() % 2 == 1 { sorted[middle] } else { (sorted[middle - 1] + sorted[middle]) / 2.0 }
}
