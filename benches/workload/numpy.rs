//! NumPy's side: the program beside this file, in a process of its own.

use std::process::Command;
use std::time::Instant;

use super::{Figures, SEED};

const PROGRAM: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/workload/numpy_contender.py");

/// A finished process.
pub struct Run {
    pub figures: Figures,
    /// From its start to its end.
    pub whole_seconds: f64,
}

/// NumPy's version, or why there is none.
pub fn version() -> Result<String, String> {
    let asked = Command::new("python3").args(["-c", "import numpy; print(numpy.__version__)"]).output();
    let output = asked.map_err(|error| format!("python3 cannot be started ({error})"))?;
    if !output.status.success() {
        return Err("python3 has no numpy (pip install numpy)".to_owned());
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The workload by NumPy.
pub fn figures(trials: u64, threads: usize) -> Result<Run, String> {
    let mut command = Command::new("python3");
    command.arg(PROGRAM);
    command.args(["--trials", &trials.to_string(), "--threads", &threads.to_string(), "--seed", &SEED.to_string()]);
    time(&mut command)
}

/// Runs a program that prints figures.
pub fn time(command: &mut Command) -> Result<Run, String> {
    let begun = Instant::now();
    let output = command.output().map_err(|error| error.to_string())?;
    let whole_seconds = begun.elapsed().as_secs_f64();
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let figures = serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())?;
    Ok(Run { figures, whole_seconds })
}
