//! What it costs to hand one piece of work to somebody else and to have the
//! result back: a new thread, a thread in a scope, a pool, a task. One at a
//! time, which shows the way there and back; and 64 at once, which shows what
//! each costs the one who hands them out.
#![allow(missing_docs, reason = "criterion's macros make public functions")]

mod conditions;
mod settings;

use std::hint::black_box;
use std::sync::OnceLock;
use std::thread;
use std::time::Instant;

use criterion::{Criterion, Throughput, criterion_group};
use crossbeam::channel::{self, Receiver, Sender};
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;

use conditions::under_each;

const MANY: u64 = 64;

/// The work: nothing that could take longer than handing it over.
fn work(number: u64) -> u64 {
    black_box(number) + 1
}

fn one(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("hand over one");

    under_each(&mut group, "thread", |bencher| {
        bencher.iter(|| thread::spawn(|| work(1)).join().unwrap());
    });

    under_each(&mut group, "scoped thread, std", |bencher| {
        bencher.iter(|| {
            thread::scope(|scope| scope.spawn(|| work(1)).join().unwrap())
        });
    });

    under_each(&mut group, "scoped thread, crossbeam", |bencher| {
        bencher.iter(|| {
            crossbeam::thread::scope(|scope| {
                scope.spawn(|_| work(1)).join().unwrap()
            })
            .unwrap()
        });
    });

    under_each(&mut group, "pool job", |bencher| {
        with_pool(1, |job_tx, result_rx| {
            bencher.iter(|| {
                job_tx.send(1).unwrap();
                result_rx.recv().unwrap()
            });
        });
    });

    under_each(&mut group, "task", |bencher| {
        let runtime = two_workers();
        // Many from inside one task: `block_on` once per task would measure
        // the way into the runtime instead.
        bencher.iter_custom(|iterations| {
            let batch = runtime.spawn(async move {
                let start = Instant::now();
                for _ in 0..iterations {
                    tokio::spawn(async { work(1) }).await.unwrap();
                }
                start.elapsed()
            });
            runtime.block_on(batch).unwrap()
        });
    });

    group.finish();
}

fn many(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("hand over 64");
    group.throughput(Throughput::Elements(MANY));

    under_each(&mut group, "threads", |bencher| {
        bencher.iter(|| {
            let threads: Vec<_> =
                (0..MANY).map(|i| thread::spawn(move || work(i))).collect();
            threads.into_iter().map(|one| one.join().unwrap()).sum::<u64>()
        });
    });

    under_each(&mut group, "scoped threads, std", |bencher| {
        bencher.iter(|| {
            thread::scope(|scope| {
                let threads: Vec<_> =
                    (0..MANY).map(|i| scope.spawn(move || work(i))).collect();
                threads.into_iter().map(|one| one.join().unwrap()).sum::<u64>()
            })
        });
    });

    under_each(&mut group, "scoped threads, crossbeam", |bencher| {
        bencher.iter(|| {
            crossbeam::thread::scope(|scope| {
                let threads: Vec<_> =
                    (0..MANY).map(|i| scope.spawn(move |_| work(i))).collect();
                threads.into_iter().map(|one| one.join().unwrap()).sum::<u64>()
            })
            .unwrap()
        });
    });

    under_each(&mut group, "pool jobs, 8 workers", |bencher| {
        with_pool(8, |job_tx, result_rx| {
            bencher.iter(|| {
                for i in 0..MANY {
                    job_tx.send(i).unwrap();
                }
                (0..MANY).map(|_| result_rx.recv().unwrap()).sum::<u64>()
            });
        });
    });

    under_each(&mut group, "tasks", |bencher| {
        let runtime = two_workers();
        bencher.iter_custom(|iterations| {
            let batch = runtime.spawn(async move {
                let start = Instant::now();
                for _ in 0..iterations {
                    let mut tasks = JoinSet::new();
                    for i in 0..MANY {
                        tasks.spawn(async move { work(i) });
                    }
                    black_box(tasks.join_all().await);
                }
                start.elapsed()
            });
            runtime.block_on(batch).unwrap()
        });
    });

    group.finish();
}

/// Threads that end at once leave their stacks to the next; a thread that
/// waits for an answer keeps its own.
fn alive(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("threads alive at once");
    for count in [64, 1000] {
        group.throughput(Throughput::Elements(count));
        under_each(&mut group, &count.to_string(), |bencher| {
            bencher.iter(|| {
                let gate = OnceLock::new();
                thread::scope(|scope| {
                    for _ in 0..count {
                        scope.spawn(|| work(*gate.wait()));
                    }
                    gate.set(1).unwrap();
                });
            });
        });
    }
    group.finish();
}

/// Lesson 4's channels around workers that are there already.
fn with_pool(
    workers: usize,
    measure: impl FnOnce(&Sender<u64>, &Receiver<u64>),
) {
    let (job_tx, job_rx) = channel::unbounded();
    let (result_tx, result_rx) = channel::unbounded();
    thread::scope(|scope| {
        for _ in 0..workers {
            let (job_rx, result_tx) = (job_rx.clone(), result_tx.clone());
            scope.spawn(move || {
                for job in job_rx {
                    result_tx.send(work(job)).unwrap();
                }
            });
        }
        measure(&job_tx, &result_rx);
        drop(job_tx);
    });
}

/// As lesson 5 has it in the harness.
fn two_workers() -> Runtime {
    Builder::new_multi_thread().worker_threads(2).build().unwrap()
}

criterion_group! {
    name = benches;
    config = settings::settings();
    targets = one, many, alive
}
fn main() {
    conditions::run(benches);
}
