//! What a user waits for: the built program, from a shipped scenario file to its folder of results. Slower here and not in
//! `engine` means reading, summing up, drawing or writing.
#![allow(missing_docs, reason = "criterion's macros write undocumented functions")]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The scenarios that ship, by name.
fn scenarios() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let entries = std::fs::read_dir(folder).expect("scenarios ship");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("readable").path()).collect();
    files.retain(|file| file.extension().is_some_and(|e| e == "toml"));
    files.sort();
    files
}

fn end_to_end(criterion: &mut Criterion) {
    let out = tempfile::tempdir().expect("a temporary folder");
    let mut group = criterion.benchmark_group("end to end");
    group.sample_size(10);
    // One scenario, whole.
    group.throughput(Throughput::Elements(1));
    for file in scenarios() {
        let name = file.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        group.bench_function(name, |bench| {
            bench.iter(|| {
                let mut command = Command::new(env!("CARGO_BIN_EXE_outgrow"));
                command.arg("run").arg(&file).arg("--quiet").arg("--out").arg(out.path());
                let ended = command.status().expect("the program starts");
                assert!(ended.success(), "{} runs", file.display());
            });
        });
    }
    group.finish();
}

criterion_group!(benches, end_to_end);
criterion_main!(benches);
