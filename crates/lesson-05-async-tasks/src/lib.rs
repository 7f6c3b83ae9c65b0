//! # Lesson 5: async tasks
//!
//! **Idea.** A task is a piece of work that can be put aside while it waits:
//! it keeps what it needs to go on, and not a stack. A handful of threads then
//! looks after any number of waits.
//!
//! | | |
//! | --- | --- |
//! | New here | `async`/`.await`, a runtime, `JoinSet`, a `Semaphore` |
//! | From the lesson before | the workers are gone: a task per URL, and a permit says who may start |
//! | In flight at once | `concurrency`, the number of permits |
//! | Best when | there are hundreds of waits or more at once |
//! | Costs | another kind of client, and any call that blocks stops its neighbours |
//!
//! **The core** is [`ping_all`], below these words; the book quotes what stands
//! between its two marks. [`ping`] follows it, written out, because seeing it
//! again with `.await` is half of the lesson. Compare it with
//! `ping_core::ping`: here too a `Watch` says whether the ping may still start,
//! and a `Drain` takes the body piece by piece. [`admit`] looks at the head of
//! the answer and makes that `Drain`.
//!
//! # Why not the previous way?
//!
//! A worker of lesson 4 is a thread that mostly sleeps, and each one costs a
//! stack. A task costs what it has to remember. It borrows no better than a
//! thread of lesson 2, though: it may outlive whoever spawned it.
//!
//! ```compile_fail,E0597
//! fn spawn<F: Future + Send + 'static>(_: F) {}
//! let urls = vec![String::from("http://127.0.0.1/200")];
//! let first = &urls[0];
//! spawn(async move { first.len() });
//! ```
//!
//! # Run it
//!
//! ```sh
//! cargo run -p harness -- lesson 5    # predict, run, read, explain, break
//! cargo run --example lesson-05       # alone, on URLs of your own
//! ```
//!
//! # Today you would write
//!
//! This. Where tasks need not run on several threads, a stream of futures
//! (`buffer_unordered` of the futures crate) does the same without clones.
//! For a list without an end, take out of the `JoinSet` as you go what is
//! done (`try_join_next`): until it is joined, a task keeps its place in
//! memory, as a result does in the channel of lesson 4.

use std::num::NonZeroUsize;
use std::sync::Arc;

use ping_async::{Client, admit, classify};
use ping_core::{Ping, PingError, Reply};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// Pings every URL in a task of its own, `concurrency` at a time. Results come
/// as they are done.
///
/// Spawn this future on the runtime instead of blocking on it: the thread that
/// calls `block_on` is no worker, and every wake-up would have to cross over
/// to it.
///
/// # Panics
///
/// If a ping does, which it never should.
pub async fn ping_all(
    client: &Client,
    urls: &[String],
    concurrency: NonZeroUsize,
) -> Vec<Ping> {
    // ANCHOR: core
    let permits = Arc::new(Semaphore::new(concurrency.get()));
    let mut tasks = JoinSet::new();
    for url in urls {
        // Before the spawn, so that no task waits for its permit. Inside the
        // task, a million URLs would be a million tasks waiting in memory.
        let permit = Arc::clone(&permits).acquire_owned().await;
        let permit = permit.expect("nobody closes the semaphore");
        // The task may outlive this function, so it gets copies: tasks borrow
        // no better than the threads of lesson 2.
        let (client, url) = (client.clone(), url.clone());
        tasks.spawn(async move {
            let ping = ping(&client, &url).await;
            // Gives the place to the next URL.
            drop(permit);
            ping
        });
    }
    tasks.join_all().await
    // ANCHOR_END: core
}

/// Sends one GET to `url` and reads the answer to its end, like
/// `ping_core::ping`, but needs no thread while it waits.
pub async fn ping(client: &Client, url: &str) -> Ping {
    match client.watch().start(url) {
        Ok(started) => started.finish(get(client, url).await),
        Err(cancelled) => cancelled,
    }
}

async fn get(client: &Client, url: &str) -> Result<Reply, PingError> {
    let sent = client.get(url).send().await;
    let mut response = sent.map_err(|error| classify(&error))?;
    let mut drain = admit(&response)?;
    // Reading to the end is what gives the connection back for the next ping.
    while let Some(piece) =
        response.chunk().await.map_err(|error| classify(&error))?
    {
        drain.take(&piece)?;
    }
    Ok(drain.finish())
}
