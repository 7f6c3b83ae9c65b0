//! Wrong answers to it.

use std::sync::Arc;
use std::time::Duration;

use futures_util::stream::{self, StreamExt};
use lesson_06_async_shapes::ping;
use ping_core::Ping;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::on_workers;

async fn use_result(pings: &mut Vec<Ping>, ping: Ping) {
    tokio::time::sleep(Duration::from_millis(450)).await;
    pings.push(ping);
}

/// Another stream, which stands still as well.
pub(crate) fn in_order(urls: &[String]) -> Vec<Ping> {
    on_workers(urls, |client, urls| async move {
        let mut in_flight = stream::iter(0..urls.len())
            .map(|i| ping(&client, &urls[i]))
            .buffered(2);
        let mut pings = Vec::new();
        while let Some(ping) = in_flight.next().await {
            use_result(&mut pings, ping).await;
        }
        pings
    })
}

/// A task for every URL: nothing holds them back while a result is used.
pub(crate) fn task_each(urls: &[String]) -> Vec<Ping> {
    on_workers(urls, |client, urls| async move {
        let permits = Arc::new(Semaphore::new(2));
        let mut tasks = JoinSet::new();
        for url in urls {
            let (client, permits) = (client.clone(), Arc::clone(&permits));
            tasks.spawn(async move {
                let _permit = permits.acquire().await;
                ping(&client, &url).await
            });
        }
        let mut pings = Vec::new();
        while let Some(done) = tasks.join_next().await {
            use_result(&mut pings, done.expect("a ping never panics")).await;
        }
        pings
    })
}

/// All first, and then used: a list without an end would never be.
pub(crate) fn collected(urls: &[String]) -> Vec<Ping> {
    on_workers(urls, |client, urls| async move {
        let all: Vec<Ping> = stream::iter(0..urls.len())
            .map(|i| ping(&client, &urls[i]))
            .buffer_unordered(2)
            .collect()
            .await;
        let mut pings = Vec::new();
        for ping in all {
            use_result(&mut pings, ping).await;
        }
        pings
    })
}
