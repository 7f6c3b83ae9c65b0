//! Tasks on a runtime with several threads, which compute themselves.

use std::num::NonZeroUsize;
use std::sync::Arc;

use ping_async::Client;
use ping_core::Ping;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::ping;
use crate::work::hashed;

/// Pings every URL in a task of its own, `concurrency` at a time, which hashes
/// the body so many times before it gives its permit back. Results come as they
/// are done.
///
/// Each task is spawned, so any worker of the runtime may compute for it. But
/// who computes polls nobody, and while all workers compute no answer is read and
/// no timer is looked at: as quick as the lesson's own, and deaf meanwhile.
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
