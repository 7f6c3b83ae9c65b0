//! Tasks on a runtime with several threads, which compute themselves.

use std::num::NonZeroUsize;
use std::sync::Arc;

use ping_async::{Client, admit, classify};
use ping_core::{Ping, PingError, Reply};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::work::hashed;

/// Pings every URL in a task of its own, `concurrency` at a time, which hashes
/// the body so many times before it gives its permit back. Results come as they
/// are done.
///
/// Each task is spawned, so any worker of the runtime may compute for it; but
/// who computes polls nobody meanwhile, and with all workers computing no answer
/// is read. That is why it is no quicker than the processors are, and no slower.
///
/// # Panics
///
/// If a ping does, which it never should.
pub async fn ping_all(
    client: &Client,
    urls: &[String],
    concurrency: NonZeroUsize,
    hashes: u32,
) -> Vec<Ping> {
    let permits = Arc::new(Semaphore::new(concurrency.get()));
    let mut tasks = JoinSet::new();
    for url in urls {
        let permit = Arc::clone(&permits).acquire_owned().await;
        let permit = permit.expect("nobody closes the semaphore");
        let (client, url) = (client.clone(), url.clone());
        tasks.spawn(async move {
            let ping = hashed(ping(&client, &url).await, hashes);
            drop(permit);
            ping
        });
    }
    tasks.join_all().await
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
