//! # Trap: detached tasks
//!
//! **Learners think** that a task that was spawned will be done.

use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};

use lesson_05_async_tasks::ping;
use ping_async::Client;
use ping_core::{Ping, Setup};
use tokio::runtime::Builder;
use tokio::sync::Semaphore;

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
    let permits = Arc::new(Semaphore::new(concurrency.get()));
    let pings = Arc::new(Mutex::new(Vec::with_capacity(urls.len())));
    runtime.block_on(async {
        for url in urls {
            let permit = Arc::clone(&permits).acquire_owned().await;
            let permit = permit.expect("nobody closes the semaphore");
            let (client, url) = (client.clone(), url.clone());
            let pings = Arc::clone(&pings);
            tokio::spawn(async move {
                let ping = ping(&client, &url).await;
                pings.lock().expect("no poison").push(ping);
                drop(permit);
            });
        }
    });
    drop(runtime);
    let mut pings = pings.lock().expect("no poison");
    pings.drain(..).collect()
}

fn main() -> ExitCode {
    witnessed::perform(&witnessed::twelve(), |urls| {
        let concurrency = NonZeroUsize::new(6).expect("6 is not 0");
        let client = Client::new(&Setup::new(concurrency)).expect("a client");
        ping_all(&client, urls, concurrency)
    })
}

// What goes wrong: say it aloud before you read on.
//
// **Symptom.** Of 12 URLs about half have a result; the server counts the
// others as aborted, or never saw them.
//
// **Where.** At `tokio::spawn(async move {`: nobody keeps the handle, so nobody
// waits for the task.
//
// **Why.** A task whose handle is dropped goes on alone, which is fine for as
// long as there is a runtime. `block_on` returns when its own future is done,
// and a runtime that is dropped drops its tasks wherever they wait. A program
// that ends does the same.
//
// **Fix.** Keep the handles and await them: a `JoinSet` keeps them for you.
//
// **In the lesson.** `tasks.join_all().await` at the end of the core.
