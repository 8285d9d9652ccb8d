//! A slower row here slows every run: words and normals are drawn for each trial and month, counts for each class of
//! incident and month, laws once per trial and estimate.
#![allow(missing_docs, reason = "criterion's macros write undocumented functions")]

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use outgrow::math::elementary::fill_normals;
use outgrow::math::law::{IntervalKind, Law};
use outgrow::math::{philox, poisson};
use std::hint::black_box;

/// Trials of a block.
const BLOCK: usize = 512;

fn words() -> Vec<u32> {
    let mut words = vec![0; BLOCK];
    philox::fill_words(philox::key(0, 1, "bench"), 0, 0, 0, &mut words);
    words
}

fn draws(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("draws");
    group.throughput(Throughput::Elements(BLOCK as u64));
    let (mut fresh, words, mut out) = (vec![0; BLOCK], words(), vec![0.0; BLOCK]);
    let key = philox::key(0, 1, "bench");
    group.bench_function("words", |bench| bench.iter(|| philox::fill_words(black_box(key), 3, 1, 0, &mut fresh)));
    group.bench_function("normals", |bench| bench.iter(|| fill_normals(black_box(&words), &mut out)));
    for mean in [0.3, 2.0, 5.0, 200.0] {
        let means = vec![mean; BLOCK];
        group.bench_with_input(BenchmarkId::new("poisson", mean), &means, |bench, means| {
            bench.iter(|| poisson::fill(black_box(means), &words, &mut out));
        });
    }
    group.finish();
}

fn laws(criterion: &mut Criterion) {
    let quantiles = [(0.1, 20.0), (0.5, 30.0), (0.9, 60.0)];
    let laws = [
        ("lognormal", Law::interval90(20.0, 60.0, IntervalKind::Number)),
        ("logitnormal", Law::interval90(0.02, 0.3, IntervalKind::Share)),
        ("triangular", Law::triangular(10.0, 12.0, 40.0)),
        ("pert", Law::pert(10.0, 12.0, 40.0)),
        ("gamma", Law::gamma(2.5, 4.0)),
        ("weibull", Law::weibull(1.7, 30.0)),
        ("metalog", Law::metalog(&quantiles, Some(0.0), None)),
        ("truncated normal", Law::normal(3.0, 2.0).and_then(|law| law.truncated(0.0, 4.0))),
    ];
    let mut group = criterion.benchmark_group("laws");
    group.throughput(Throughput::Elements(BLOCK as u64));
    let (words, mut out) = (words(), vec![0.0; BLOCK]);
    for (name, law) in laws {
        let law = law.expect("parameters of a law");
        group.bench_function(name, |bench| bench.iter(|| law.fill(black_box(&words), &mut out)));
    }
    group.finish();
}

criterion_group!(benches, draws, laws);
criterion_main!(benches);
