//! # Trap: the root that is not spawned
//!
//! **Learners think** that `block_on` runs its future like any other task.
//!
//! **Run it.** The server cannot see it: look at the line about sleep (on
//! Linux).

use std::fs;
use std::num::NonZeroUsize;
use std::process::ExitCode;

use ping_async::Client;
use ping_core::{Ping, Setup};
use tokio::runtime::Builder;

pub(crate) fn ping_all(
    client: &Client,
    urls: &[String],
    concurrency: NonZeroUsize,
) -> Vec<Ping> {
    let runtime = Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    let batch = lesson_05_async_tasks::ping_all(client, urls, concurrency);
    runtime.block_on(batch)
}

/// How often the calling thread has given up its processor to wait, so far;
/// `None` where the system does not report it.
pub(crate) fn sleeps() -> Option<u64> {
    let status = fs::read_to_string("/proc/thread-self/status").ok()?;
    let mut lines = status.lines();
    lines
        .find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"))
        .and_then(|count| count.trim().parse().ok())
}

fn main() -> ExitCode {
    witnessed::perform(&witnessed::twelve(), |urls| {
        let concurrency = NonZeroUsize::new(6).expect("6 is not 0");
        let client = Client::new(&Setup::new(concurrency)).expect("a client");
        let before = sleeps();
        let pings = ping_all(&client, urls, concurrency);
        if let Some((before, after)) = before.zip(sleeps()) {
            let slept = after - before;
            eprintln!("the thread that blocks was put to sleep {slept} times");
        }
        pings
    })
}

// What goes wrong: say it aloud before you read on.
//
// **Symptom.** The server sees what it should see; the thread that blocks is
// put to sleep and woken for about every ping that has to wait for a permit,
// instead of two or three times in all.
//
// **Where.** At `runtime.block_on(batch)`: this thread is no worker, and yet it
// has to poll the batch.
//
// **Why.** The thread that calls `block_on` is no worker of the runtime. The
// loop that waits for permits runs on it, so every permit that a task gives
// back has to wake another thread, and every task that is spawned has to wake a
// worker. A loop on a worker would need none of these system calls.
//
// **Fix.** `runtime.spawn` the batch, and block on its handle alone.
//
// **In the lesson.** `examples/ping.rs` spawns the batch; the documentation of
// `ping_all` says why.
