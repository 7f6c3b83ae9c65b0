//! # Trap: `join_all` of hashes
//!
//! **Learners think** that on a runtime with several threads `join_all`
//! computes on several.

use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future;
use lesson_11_cpu_work::ping;
use lesson_11_cpu_work::work::{hashed, hashes_in};
use ping_async::Client;
use ping_core::{Ping, Setup};
use tokio::runtime::Builder;
use tokio::sync::Semaphore;

pub(crate) fn ping_all(
    urls: &[String],
    concurrency: NonZeroUsize,
    compute: impl Fn(Ping) -> Ping + Send + Sync + 'static,
) -> Vec<Ping> {
    let client = Client::new(&Setup::new(concurrency)).expect("a client");
    let runtime = Builder::new_multi_thread()
        .worker_threads(4)
        .enable_all()
        .build()
        .expect("a runtime");
    let urls = urls.to_vec();
    let batch = runtime.spawn(async move {
        let permits = Arc::new(Semaphore::new(concurrency.get()));
        let jobs = urls.iter().map(async |url| {
            let permit = permits.acquire().await;
            let ping = compute(ping(&client, url).await);
            drop(permit);
            ping
        });
        future::join_all(jobs).await
    });
    runtime.block_on(batch).expect("a batch never panics")
}

fn main() -> ExitCode {
    witnessed::perform(&witnessed::twelve(), |urls| {
        let six = NonZeroUsize::new(6).expect("6 is not 0");
        let hashes = hashes_in(Duration::from_millis(50));
        ping_all(urls, six, move |ping| hashed(ping, hashes))
    })
}

// What goes wrong: say it aloud before you read on.
//
// **Symptom.** All answers are right, and one processor is busy while the
// others sleep: however many threads the runtime has, and however many pings
// are in flight, one body at a time is hashed.
//
// **Where.** At `future::join_all(jobs).await`: all jobs are one task.
//
// **Why.** A task is polled by one thread at a time. `join_all` polls its
// futures one after another on that thread, and what is computed in one of
// them the others wait for. That is Amdahl's serial part: 1/f is the most.
//
// **Fix.** Spawn each job as a task of its own, or hash on threads.
//
// **In the lesson.** Each job is a task of its own, and rayon's threads compute.
