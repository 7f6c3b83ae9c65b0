//! Wrong answers to it.

use std::num::NonZeroUsize;
use std::time::Duration;

use futures_util::stream::{FuturesUnordered, StreamExt};
use lesson_06_async_shapes::{ping, shapes};
use ping_async::Client;
use ping_core::Ping;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::on_workers;

const NO_TIME: Duration = Duration::ZERO;
const THREE: NonZeroUsize = NonZeroUsize::new(3).unwrap();

/// No limit is exceeded by one at a time.
pub(crate) fn one_by_one(urls: &[String]) -> Vec<Ping> {
    on_workers(urls, |client, urls| async move {
        let one = NonZeroUsize::MIN;
        shapes::join_all(&client, &urls, one, NO_TIME).await
    })
}

/// Three at first, and all the others when the first is done.
pub(crate) fn refilled(urls: &[String]) -> Vec<Ping> {
    on_workers(urls, |client, urls| async move {
        let (before, after) = urls.split_at(urls.len() / 2);
        let (own, after) = after.split_at(after.len() / 2);
        let mut pings = halves(&client, before).await;
        let mut left = own.iter().map(|url| ping(&client, url));
        let mut in_flight = FuturesUnordered::new();
        in_flight.extend(left.by_ref().take(3));
        while let Some(ping) = in_flight.next().await {
            in_flight.extend(left.by_ref());
            pings.push(ping);
        }
        let set = shapes::join_set(&client, after, THREE, NO_TIME);
        pings.extend(set.await);
        pings
    })
}

/// The permit has a name, and is dropped at the end of each round.
pub(crate) fn in_the_loop(urls: &[String]) -> Vec<Ping> {
    on_workers(urls, |client, urls| async move {
        let (before, after) = urls.split_at(urls.len() / 2);
        let (between, own) = after.split_at(after.len() / 2);
        let mut pings = halves(&client, before).await;
        let futures =
            shapes::futures_unordered(&client, between, THREE, NO_TIME);
        pings.extend(futures.await);
        let permits = Semaphore::new(3);
        let mut tasks = JoinSet::new();
        for url in own {
            let _permit = permits.acquire().await;
            let (client, url) = (client.clone(), url.clone());
            tasks.spawn(async move { ping(&client, &url).await });
        }
        pings.extend(tasks.join_all().await);
        pings
    })
}

/// What is right of both: the first two shapes, a half for each.
async fn halves(client: &Client, urls: &[String]) -> Vec<Ping> {
    let (first, second) = urls.split_at(urls.len() / 2);
    let mut pings = shapes::join_all(client, first, THREE, NO_TIME).await;
    let stream = shapes::buffer_unordered(client, second, THREE, NO_TIME);
    pings.extend(stream.await);
    pings
}
