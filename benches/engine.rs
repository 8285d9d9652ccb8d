//! A slower row here slows every run by as much: this is the engine alone, from a plan to sums and sketches, on one thread.
#![allow(missing_docs, reason = "criterion's macros write undocumented functions")]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use outgrow::plan::{Plan, compile};
use outgrow::scenario::{LoadError, Loader, read};
use outgrow::sim::{Quantiles, Request, run};
use outgrow::units::Seed;
use std::hint::black_box;

/// Sixteen blocks.
const TRIALS: u64 = 8_192;

struct Text(&'static str);

impl Loader for Text {
    fn load(&self, _: &str) -> Result<String, LoadError> {
        Ok(self.0.to_owned())
    }
}

fn plan(text: &'static str) -> Plan {
    compile(&read("scenario.toml", &Text(text)).unwrap_or_else(|report| panic!("{report}")).0)
}

/// Trial-months a second, in the engine's own units: an option more costs more.
fn engine(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("engine");
    let shipped = plan(include_str!("../scenarios/heroku-to-ecs.toml"));
    let workload = plan(include_str!("workload/workload-w.toml"));
    let rows = [
        ("heroku-to-ecs, all quantiles", &shipped, Quantiles::All),
        ("heroku-to-ecs, headline", &shipped, Quantiles::Headline),
        ("workload W, all quantiles", &workload, Quantiles::All),
        ("workload W, headline", &workload, Quantiles::Headline),
    ];
    for (name, plan, quantiles) in rows {
        group.throughput(Throughput::Elements(TRIALS * u64::from(plan.months)));
        let request =
            Request { trials: 0..TRIALS, seed: Seed(7), threads: 1, quantiles, columns: Vec::new(), deciders: None };
        group.bench_function(name, |bench| bench.iter(|| run(black_box(plan), &request, &|_| ())));
    }
    group.finish();
}

criterion_group!(benches, engine);
criterion_main!(benches);
