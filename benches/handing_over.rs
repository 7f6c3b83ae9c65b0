//! What it costs to hand one piece of work to somebody else and to have the
//! result back: a new thread, a thread in a scope, a pool, a task.
#![allow(missing_docs, reason = "criterion's macros make public functions")]

use std::hint::black_box;
use std::thread;

use criterion::{Criterion, criterion_group, criterion_main};
use crossbeam::channel;
use tokio::runtime::Builder;

/// The work: nothing that could take longer than handing it over.
fn work(number: u64) -> u64 {
    black_box(number) + 1
}

fn handing_over(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("handing_over");

    group.bench_function("thread: spawn and join", |bencher| {
        bencher.iter(|| thread::spawn(|| work(1)).join().unwrap());
    });

    group.bench_function("scoped thread: spawn and join", |bencher| {
        bencher.iter(|| {
            crossbeam::thread::scope(|scope| {
                scope.spawn(|_| work(1)).join().unwrap()
            })
            .unwrap()
        });
    });

    group.bench_function("worker pool: job in, result out", |bencher| {
        let (job_tx, job_rx) = channel::unbounded();
        let (result_tx, result_rx) = channel::unbounded();
        let worker = thread::spawn(move || {
            for job in job_rx {
                result_tx.send(work(job)).unwrap();
            }
        });
        bencher.iter(|| {
            job_tx.send(1).unwrap();
            result_rx.recv().unwrap()
        });
        drop(job_tx);
        worker.join().unwrap();
    });

    group.bench_function("task: spawn and await", |bencher| {
        let runtime =
            Builder::new_multi_thread().worker_threads(2).build().unwrap();
        // Many from inside one task: `block_on` once per task would measure
        // the way into the runtime instead.
        bencher.iter_custom(|iterations| {
            let batch = runtime.spawn(async move {
                let start = std::time::Instant::now();
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

criterion_group!(benches, handing_over);
criterion_main!(benches);
