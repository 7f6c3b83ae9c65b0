//! Lesson 8 without its manners: what its own run compares it with.

use std::num::NonZeroUsize;
use std::sync::Arc;

use lesson_08_good_manners::ping;
use lesson_08_good_manners::retries::{FIRST_BACKOFF, is_transient};
use ping_async::Client;
use ping_core::Ping;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::sleep;

/// Pings every URL in a task of its own, `concurrency` at a time, and what
/// failed again, `retries` times at most. The backoff doubles, and is the same
/// for everybody: all that failed together come back together.
///
/// # Panics
///
/// If a ping does, which it never should.
pub(crate) async fn ping_all(
    client: &Client,
    urls: &[String],
    concurrency: NonZeroUsize,
    retries: u32,
) -> Vec<Ping> {
    let permits = Arc::new(Semaphore::new(concurrency.get()));
    let mut tasks = JoinSet::new();
    for url in urls {
        let permit = Arc::clone(&permits).acquire_owned().await;
        let permit = permit.expect("nobody closes the semaphore");
        let (client, url) = (client.clone(), url.clone());
        tasks.spawn(async move {
            let mut attempts = Vec::new();
            let mut backoff = FIRST_BACKOFF;
            for past in 0.. {
                let mut ping = ping(&client, &url).await;
                ping.retried = past < retries && is_transient(&ping);
                let again = ping.retried;
                attempts.push(ping);
                if !again {
                    break;
                }
                sleep(backoff).await;
                backoff = backoff.saturating_mul(2);
            }
            drop(permit);
            attempts
        });
    }
    tasks.join_all().await.into_iter().flatten().collect()
}
