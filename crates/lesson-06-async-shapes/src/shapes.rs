//! Four other shapes of the same batch. What to ask each of them: who limits,
//! who polls, and in which order do results come?
//!
//! The first three have no task of their own, so they borrow `client` and
//! `urls`, and need no copies. All their futures are polled by one task, which
//! is the one that also uses the results.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future;
use futures_util::stream::{self, FuturesUnordered, StreamExt};
use ping_async::Client;
use ping_core::Ping;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::ping;

/// All futures at once, in one list. The permits limit, the caller's task polls
/// all until the last is done, and results are in the order of `urls`.
///
/// Every URL has its future from the start, so memory grows with the list.
pub async fn join_all(
    client: &Client,
    urls: &[String],
    concurrency: NonZeroUsize,
    handling: Duration,
) -> Vec<Ping> {
    // ANCHOR: join_all
    let permits = &Semaphore::new(concurrency.get());
    let all = urls.iter().map(|url| async move {
        // Inside the future, because all of them exist already. Without a
        // permit all pings would be in flight at once.
        let _permit = permits.acquire().await;
        ping(client, url).await
    });
    let results = future::join_all(all).await;
    let mut pings = Vec::with_capacity(urls.len());
    for ping in results {
        // Slow again, and by now nothing is in flight that could suffer.
        client.pause(handling).await;
        pings.push(ping);
    }
    pings
    // ANCHOR_END: join_all
}

/// A stream with a window. The window limits, whoever asks the stream for its
/// next result polls, and results come as they are done.
///
/// While a result is used nobody asks, and the pings in the window stand still.
pub async fn buffer_unordered(
    client: &Client,
    urls: &[String],
    concurrency: NonZeroUsize,
    handling: Duration,
) -> Vec<Ping> {
    // ANCHOR: buffer_unordered
    // By number: of a closure that takes a reference the compiler cannot tell
    // whether what it returns may be sent to another thread.
    let mut in_flight = stream::iter(0..urls.len())
        .map(|i| ping(client, &urls[i]))
        .buffer_unordered(concurrency.get());
    let mut pings = Vec::with_capacity(urls.len());
    while let Some(ping) = in_flight.next().await {
        // Polls this wait, and nothing else: the time of the others runs.
        client.pause(handling).await;
        pings.push(ping);
    }
    pings
    // ANCHOR_END: buffer_unordered
}

/// The window by hand. The loop limits, which puts a future in for each result
/// that it takes out; it also polls, and results come as they are done.
///
/// It stands still like [`buffer_unordered`]. And what is put in is first
/// polled when the loop comes round, so that no time is left for it.
pub async fn futures_unordered(
    client: &Client,
    urls: &[String],
    concurrency: NonZeroUsize,
    handling: Duration,
) -> Vec<Ping> {
    // ANCHOR: futures_unordered
    let mut left = urls.iter().map(|url| ping(client, url));
    let mut in_flight = FuturesUnordered::new();
    in_flight.extend(left.by_ref().take(concurrency.get()));
    let mut pings = Vec::with_capacity(urls.len());
    while let Some(ping) = in_flight.next().await {
        // One for one, or the window would close.
        in_flight.extend(left.next());
        client.pause(handling).await;
        pings.push(ping);
    }
    pings
    // ANCHOR_END: futures_unordered
}

/// A task per URL, as in lesson 5. The permits limit, the runtime polls each
/// task whatever the caller does, and results come as they are done.
///
/// Results are used when the last task is spawned, so they wait in memory.
///
/// # Panics
///
/// If a ping does, which it never should.
pub async fn join_set(
    client: &Client,
    urls: &[String],
    concurrency: NonZeroUsize,
    handling: Duration,
) -> Vec<Ping> {
    // ANCHOR: join_set
    let permits = Arc::new(Semaphore::new(concurrency.get()));
    let mut tasks = JoinSet::new();
    for url in urls {
        // Before the spawn, so that no task waits for its permit in memory.
        let permit = Arc::clone(&permits).acquire_owned().await;
        let (client, url) = (client.clone(), url.clone());
        tasks.spawn(async move {
            let ping = ping(&client, &url).await;
            drop(permit);
            ping
        });
    }
    let mut pings = Vec::with_capacity(urls.len());
    while let Some(done) = tasks.join_next().await {
        client.pause(handling).await;
        pings.push(done.expect("a ping never panics"));
    }
    pings
    // ANCHOR_END: join_set
}
