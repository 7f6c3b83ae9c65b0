//! The shapes of lessons 5 and 6 for any async client, on one thread or more.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use anyhow::Result;
use ping_core::Ping;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::ready::{Ready, Urls, on_one_thread, on_workers};
use crate::clients::AsyncClient;

/// What `run --preset clients` has beside one thread.
const TWO: NonZeroUsize = NonZeroUsize::new(2).unwrap();

/// Worker tasks on one thread.
pub(super) fn workers(client: impl AsyncClient) -> Result<Ready> {
    let client = Arc::new(client);
    on_one_thread(move |urls, c| worker_tasks(Arc::clone(&client), urls, c))
}

/// A task per URL, all on one thread.
pub(super) fn one_thread(client: impl AsyncClient) -> Result<Ready> {
    let client = Arc::new(client);
    on_one_thread(move |urls, c| task_per_url(Arc::clone(&client), urls, c))
}

/// A task per URL, on two threads.
pub(super) fn two_threads(client: impl AsyncClient) -> Result<Ready> {
    threads(TWO, client)
}

/// A task per URL, on so many threads.
pub(super) fn threads(
    count: NonZeroUsize,
    client: impl AsyncClient,
) -> Result<Ready> {
    let client = Arc::new(client);
    on_workers(count, move |urls, c| task_per_url(Arc::clone(&client), urls, c))
}

/// Pings every URL on `concurrency` worker tasks, each of which takes the next
/// one by a cursor. As lesson 6, without anybody who takes results meanwhile.
///
/// # Panics
///
/// If a ping does, which it never should.
async fn worker_tasks<C: AsyncClient>(
    client: Arc<C>,
    urls: Urls,
    concurrency: NonZeroUsize,
) -> Vec<Ping> {
    let cursor = Arc::new(AtomicUsize::new(0));
    let mut workers = JoinSet::new();
    for _ in 0..concurrency.get().min(urls.len()) {
        let (client, urls) = (Arc::clone(&client), Arc::clone(&urls));
        let cursor = Arc::clone(&cursor);
        workers.spawn(async move {
            let mut pings = Vec::new();
            while let Some(url) = urls.get(cursor.fetch_add(1, Relaxed)) {
                pings.push(client.ping(url).await);
            }
            pings
        });
    }
    workers.join_all().await.into_iter().flatten().collect()
}

/// Pings every URL in a task of its own, `concurrency` at a time, as lesson 5.
///
/// # Panics
///
/// If a ping does, which it never should.
async fn task_per_url<C: AsyncClient>(
    client: Arc<C>,
    urls: Urls,
    concurrency: NonZeroUsize,
) -> Vec<Ping> {
    let permits = Arc::new(Semaphore::new(concurrency.get()));
    let mut tasks = JoinSet::new();
    for url in &*urls {
        let permit = Arc::clone(&permits).acquire_owned().await;
        let permit = permit.expect("nobody closes the semaphore");
        let (client, url) = (Arc::clone(&client), url.clone());
        tasks.spawn(async move {
            let ping = client.ping(&url).await;
            drop(permit);
            ping
        });
    }
    tasks.join_all().await
}
