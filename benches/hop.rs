//! What a message costs on its way from one thread to another: there and
//! back, where each message wakes somebody up, and a thousand in a row, where
//! hardly one does.
#![allow(missing_docs, reason = "criterion's macros make public functions")]

mod conditions;
mod settings;

use std::sync::mpsc as std_mpsc;
use std::thread;
use std::time::Instant;

use criterion::{Criterion, Throughput, criterion_group};
use crossbeam::channel;
use tokio::runtime::Builder;
use tokio::sync::mpsc as tokio_mpsc;

use conditions::under_each;

/// Messages that a bounded channel holds.
const PLACES: usize = 64;
/// Messages in a row.
const ROW: u64 = 1000;

type Sending = Box<dyn Fn(u64) + Send>;
/// `None` once the sending end is gone.
type Receiving = Box<dyn FnMut() -> Option<u64> + Send>;
type Ends = (Sending, Receiving);
type Channel = fn() -> Ends;

fn crossbeam_unbounded() -> Ends {
    let (tx, rx) = channel::unbounded();
    (Box::new(move |n| tx.send(n).unwrap()), Box::new(move || rx.recv().ok()))
}

fn crossbeam_bounded() -> Ends {
    let (tx, rx) = channel::bounded(PLACES);
    (Box::new(move |n| tx.send(n).unwrap()), Box::new(move || rx.recv().ok()))
}

fn std_unbounded() -> Ends {
    let (tx, rx) = std_mpsc::channel();
    (Box::new(move |n| tx.send(n).unwrap()), Box::new(move || rx.recv().ok()))
}

fn std_bounded() -> Ends {
    let (tx, rx) = std_mpsc::sync_channel(PLACES);
    (Box::new(move |n| tx.send(n).unwrap()), Box::new(move || rx.recv().ok()))
}

fn tokio_bounded() -> Ends {
    let (tx, mut rx) = tokio_mpsc::channel(PLACES);
    (
        Box::new(move |n| tx.blocking_send(n).unwrap()),
        Box::new(move || rx.blocking_recv()),
    )
}

const CHANNELS: [(&str, Channel); 5] = [
    ("crossbeam, unbounded", crossbeam_unbounded),
    ("crossbeam, bounded", crossbeam_bounded),
    ("std mpsc, unbounded", std_unbounded),
    ("std mpsc, bounded", std_bounded),
    ("tokio mpsc, bounded", tokio_bounded),
];

/// Sends messages to a thread that answers every `each`th of them, and
/// measures what is done with the two ends that are left.
fn with_echo(
    channel: Channel,
    each: u64,
    measure: impl FnOnce(&dyn Fn(u64), &mut dyn FnMut() -> Option<u64>),
) {
    let (send, mut take) = channel();
    let (answer, mut hear) = channel();
    let echo = thread::spawn(move || {
        while let Some(number) = take() {
            if number % each == 0 {
                answer(number);
            }
        }
    });
    measure(&send, &mut hear);
    drop(send);
    echo.join().unwrap();
}

fn there_and_back(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("hop there and back");
    for (name, channel) in CHANNELS {
        let name = format!("{name}, threads");
        under_each(&mut group, &name, |bencher| {
            with_echo(channel, 1, |send, hear| {
                bencher.iter(|| {
                    send(1);
                    hear().unwrap()
                });
            });
        });
    }
    under_each(&mut group, "tokio mpsc, bounded, tasks", |bencher| {
        let runtime = Builder::new_multi_thread().worker_threads(2).build();
        let runtime = runtime.unwrap();
        bencher.iter_custom(|iterations| {
            let batch = runtime.spawn(async move {
                let (tx, mut take) = tokio_mpsc::channel::<u64>(PLACES);
                let (answer, mut rx) = tokio_mpsc::channel(PLACES);
                let echo = tokio::spawn(async move {
                    while let Some(number) = take.recv().await {
                        answer.send(number).await.unwrap();
                    }
                });
                let start = Instant::now();
                for number in 0..iterations {
                    tx.send(number).await.unwrap();
                    rx.recv().await.unwrap();
                }
                let elapsed = start.elapsed();
                drop(tx);
                echo.await.unwrap();
                elapsed
            });
            runtime.block_on(batch).unwrap()
        });
    });
    group.finish();
}

fn in_a_row(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("hop 1,000 in a row");
    group.throughput(Throughput::Elements(ROW));
    for (name, channel) in CHANNELS {
        let name = format!("{name}, threads");
        under_each(&mut group, &name, |bencher| {
            with_echo(channel, ROW, |send, hear| {
                bencher.iter(|| {
                    (1..=ROW).for_each(send);
                    hear().unwrap()
                });
            });
        });
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = settings::settings();
    targets = there_and_back, in_a_row
}
fn main() {
    conditions::run(benches);
}
