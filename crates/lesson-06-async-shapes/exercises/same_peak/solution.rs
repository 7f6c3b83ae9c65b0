//! # Solution: the same peak
//!
//! A permit is worth something for as long as it is held, and a window for as
//! long as it is given one for one. Whoever holds the permit must be whoever
//! pings.

use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::sync::Arc;

use futures_util::future;
use futures_util::stream::{self, FuturesUnordered, StreamExt};
use lesson_06_async_shapes::ping;
use ping_async::Client;
use ping_core::{Ping, Setup};
use tokio::runtime::Builder;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

async fn join_all(client: &Client, urls: &[String], limit: usize) -> Vec<Ping> {
    let permits = &Semaphore::new(limit);
    let all = urls.iter().map(|url| async move {
        // A name keeps it until the end of the block; `_` alone does not.
        let _permit = permits.acquire().await;
        ping(client, url).await
    });
    future::join_all(all).await
}

async fn buffer_unordered(
    client: &Client,
    urls: &[String],
    limit: usize,
) -> Vec<Ping> {
    stream::iter(0..urls.len())
        .map(|i| ping(client, &urls[i]))
        .buffer_unordered(limit)
        .collect()
        .await
}

async fn futures_unordered(
    client: &Client,
    urls: &[String],
    limit: usize,
) -> Vec<Ping> {
    let mut left = urls.iter().map(|url| ping(client, url));
    let mut in_flight = FuturesUnordered::new();
    in_flight.extend(left.by_ref().take(limit));
    let mut pings = Vec::new();
    while let Some(ping) = in_flight.next().await {
        // One has come out, so one goes in.
        in_flight.extend(left.next());
        pings.push(ping);
    }
    pings
}

async fn join_set(client: &Client, urls: &[String], limit: usize) -> Vec<Ping> {
    let permits = Arc::new(Semaphore::new(limit));
    let mut tasks = JoinSet::new();
    for url in urls {
        // Owned, so that it can move into the task and end with it.
        let permit = Arc::clone(&permits).acquire_owned().await;
        let (client, url) = (client.clone(), url.clone());
        tasks.spawn(async move {
            let ping = ping(&client, &url).await;
            drop(permit);
            ping
        });
    }
    tasks.join_all().await
}

fn main() -> ExitCode {
    let paths: Vec<String> =
        (0..24).map(|seq| format!("/200?seq={seq}&sleep=100")).collect();
    witnessed::perform(&paths, |urls| {
        let three = NonZeroUsize::new(3).expect("3 is not 0");
        let client = Client::new(&Setup::new(three)).expect("a client");
        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .expect("a runtime");
        let (urls, limit) = (urls.to_vec(), three.get());
        let batch = runtime.spawn(async move {
            // A quarter of the list for each shape, one after another.
            let mut quarters = urls.chunks(urls.len().div_ceil(4));
            let mut next = || quarters.next().unwrap_or_default();
            let mut pings = join_all(&client, next(), limit).await;
            pings.extend(buffer_unordered(&client, next(), limit).await);
            pings.extend(futures_unordered(&client, next(), limit).await);
            pings.extend(join_set(&client, next(), limit).await);
            pings
        });
        runtime.block_on(batch).expect("a ping never panics")
    })
}
