//! # Trap: a blocking call in a task
//!
//! **Learners think** that one blocked worker does not matter.

use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::sync::Arc;

use ping_core::{Agent, Ping, Setup, ping};
use tokio::runtime::Builder;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// How many threads poll tasks.
pub(crate) const WORKERS: usize = 2;

pub(crate) fn ping_all(
    agent: &Agent,
    urls: &[String],
    concurrency: NonZeroUsize,
) -> Vec<Ping> {
    let runtime = Builder::new_multi_thread()
        .worker_threads(WORKERS)
        .enable_all()
        .build()
        .expect("a runtime");
    let (agent, urls) = (agent.clone(), urls.to_vec());
    let batch = runtime.spawn(async move {
        let permits = Arc::new(Semaphore::new(concurrency.get()));
        let mut tasks = JoinSet::new();
        for url in urls {
            let permit = Arc::clone(&permits).acquire_owned().await;
            let permit = permit.expect("nobody closes the semaphore");
            let agent = agent.clone();
            tasks.spawn(async move {
                let ping = ping(&agent, &url);
                drop(permit);
                ping
            });
        }
        tasks.join_all().await
    });
    runtime.block_on(batch).expect("a batch never panics")
}

fn main() -> ExitCode {
    witnessed::perform(&witnessed::twelve(), |urls| {
        let concurrency = NonZeroUsize::new(6).expect("6 is not 0");
        let agent = Agent::new(&Setup::new(concurrency)).expect("a client");
        ping_all(&agent, urls, concurrency)
    })
}

// What goes wrong: say it aloud before you read on.
//
// **Symptom.** Six tasks have a permit, and the server never sees more than 2
// at once, which is the number of workers.
//
// **Where.** At `let ping = ping(&agent, &url);`: no `.await`, so the worker is
// kept while it waits.
//
// **Why.** A task gives its worker back at an `.await` and nowhere else. A call
// that blocks, such as the blocking ping, `std::thread::sleep` or a file that
// is read, keeps the thread, and with it every other task that the worker could
// have polled meanwhile.
//
// **Fix.** Use the async twin of the call, or move it to `spawn_blocking`.
//
// **In the lesson.** `ping` is written out again with `.await`, on an async
// client.
