//! # Lesson 6: async shapes
//!
//! **Idea.** A future goes on only while somebody polls it. Who polls decides
//! what happens to the pings in flight while their results are used.
//!
//! | | |
//! | --- | --- |
//! | New here | workers that are tasks, a cursor, a channel that holds its senders back; and four other shapes to compare with |
//! | From the lesson before | the client and the runtime; a few tasks take many URLs each, and permits are gone |
//! | In flight at once | `concurrency`, the number of workers |
//! | Best when | the list is long, or whoever takes the results is slow |
//! | Costs | a cursor and a channel to set up, and no result has its URL's place |
//!
//! **The core** is [`ping_all`], below these words. Beside it stand the
//! [`shapes`] that others write: the same job with the same signature, in which
//! something else limits and somebody else polls.
//!
//! # Why not the previous way?
//!
//! A task per URL is as many tasks as there are URLs. Without tasks it is
//! cheaper: a stream of futures in one task, as [`shapes::buffer_unordered`]
//! has it. But whoever holds the stream polls it, and nobody does while its
//! last result is used: pings in flight stand still, and their time runs out.
//! A future is not a thread; called and not polled, it has not begun.
//!
//! ```compile_fail,E0308
//! async fn ping(url: &str) -> u16 { url.len() as u16 }
//! let status: u16 = ping("http://127.0.0.1/200");
//! ```
//!
//! # Run it
//!
//! ```sh
//! cargo run -p harness -- lesson 6    # predict, run, read, explain, break
//! cargo run --example lesson-06       # alone, on URLs of your own
//! ```
//!
//! # Today you would write
//!
//! This, or `buffer_unordered` where results are used at once. Never let a
//! stream wait for a slow consumer: spawn what it holds
//! (`.map(|url| tokio::spawn(..))`), and it is only handles that wait.

pub mod shapes;

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use ping_async::{Client, admit, classify};
use ping_core::{Ping, PingError, Reply};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

/// Pings every URL on `concurrency` worker tasks, and uses the results one by
/// one as they come: each use takes `handling`. Results are in that order.
///
/// # Panics
///
/// If a ping does, which it never should.
pub async fn ping_all(
    client: &Client,
    urls: &[String],
    concurrency: NonZeroUsize,
    handling: Duration,
) -> Vec<Ping> {
    // ANCHOR: core
    let urls: Arc<[String]> = Arc::from(urls);
    let cursor = Arc::new(AtomicUsize::new(0));
    // Bounded, so that workers wait while the consumer is behind. Without a
    // bound a slow consumer of a list without end fills the memory.
    let (ping_tx, mut ping_rx) = mpsc::channel(concurrency.get());
    let mut workers = JoinSet::new();
    for _ in 0..concurrency.get().min(urls.len()) {
        let (client, ping_tx) = (client.clone(), ping_tx.clone());
        let (urls, cursor) = (Arc::clone(&urls), Arc::clone(&cursor));
        workers.spawn(async move {
            // In two steps, two workers would take the same URL.
            let next = || urls.get(cursor.fetch_add(1, Ordering::Relaxed));
            while let Some(url) = next() {
                let ping = ping(&client, url).await;
                // Waits with nothing in flight; fails if the batch is dropped.
                let _ = ping_tx.send(ping).await;
            }
        });
    }
    // Else the loop below would wait for one more result for ever.
    drop(ping_tx);
    let mut pings = Vec::with_capacity(urls.len());
    while let Some(ping) = ping_rx.recv().await {
        client.pause(handling).await;
        pings.push(ping);
    }
    // Without this a worker that panicked would only be missing.
    workers.join_all().await;
    pings
    // ANCHOR_END: core
}

/// Sends one GET to `url` and reads the answer to its end, as in lesson 5.
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
    while let Some(piece) =
        response.chunk().await.map_err(|error| classify(&error))?
    {
        drain.take(&piece)?;
    }
    Ok(drain.finish())
}
