//! What lesson 5's permits cost: one that is free, and 8 that 64 tasks want.
#![allow(missing_docs, reason = "criterion's macros make public functions")]

mod conditions;
mod settings;

use std::sync::Arc;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput, criterion_group};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Semaphore;
use tokio::task::{JoinSet, yield_now};

use conditions::under_each;

const TASKS: u64 = 64;
const PERMITS: usize = 8;
/// How often each of the tasks wants one.
const TURNS: u64 = 16;

fn permit(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("permit");
    let runtime =
        Builder::new_multi_thread().worker_threads(2).build().unwrap();

    // Nobody sleeps here, and nobody is woken.
    group.bench_function("free: take and give back", |bencher| {
        bencher.iter_custom(|iterations| {
            let batch = runtime.spawn(async move {
                let permits = Arc::new(Semaphore::new(PERMITS));
                let start = Instant::now();
                for _ in 0..iterations {
                    let permits = Arc::clone(&permits);
                    drop(permits.acquire_owned().await.unwrap());
                }
                start.elapsed()
            });
            runtime.block_on(batch).unwrap()
        });
    });

    group.throughput(Throughput::Elements(TASKS * TURNS));
    let cases = [
        ("64 tasks take turns, without permits", None),
        ("64 tasks take turns for 8 permits", Some(PERMITS)),
    ];
    for (name, permits) in cases {
        under_each(&mut group, name, |bencher| {
            bencher.iter_custom(|iterations| {
                (0..iterations).map(|_| take_turns(&runtime, permits)).sum()
            });
        });
    }
    group.finish();
}

/// Each task is put aside once a turn, holding its permit if there are any,
/// as it would be by a wait.
fn take_turns(runtime: &Runtime, permits: Option<usize>) -> Duration {
    let permits = permits.map(|count| Arc::new(Semaphore::new(count)));
    let batch = runtime.spawn(async move {
        let start = Instant::now();
        let mut tasks = JoinSet::new();
        for _ in 0..TASKS {
            let permits = permits.clone();
            tasks.spawn(async move {
                for _ in 0..TURNS {
                    let permit = match &permits {
                        Some(permits) => {
                            Some(Arc::clone(permits).acquire_owned().await)
                        }
                        None => None,
                    };
                    yield_now().await;
                    drop(permit);
                }
            });
        }
        tasks.join_all().await;
        start.elapsed()
    });
    runtime.block_on(batch).unwrap()
}

criterion_group! {
    name = benches;
    config = settings::settings();
    targets = permit
}
fn main() {
    conditions::run(benches);
}
