//! One task that waits for many pings, and computes alone.

use std::num::NonZeroUsize;

use futures_util::future;
use ping_async::Client;
use ping_core::Ping;

use crate::ping;
use crate::work::hashed;

/// Pings `concurrency` URLs at once with `join_all`, hashes their bodies so many
/// times, and goes on to the next ones. Results are in the order of the list.
///
/// A wave waits together and then computes one body after another, on whichever
/// thread polls the one task. So of a job only the wait is divided by
/// `concurrency`: Amdahl's law, to the letter. With permits in place of waves
/// it could begin to wait while it computes, and would still have one processor:
/// at most `min(c, 1/f)`.
pub async fn ping_all(
    client: &Client,
    urls: &[String],
    concurrency: NonZeroUsize,
    hashes: u32,
) -> Vec<Ping> {
    let mut pings = Vec::with_capacity(urls.len());
    for wave in urls.chunks(concurrency.get()) {
        let job = async |url: &String| hashed(ping(client, url).await, hashes);
        pings.extend(future::join_all(wave.iter().map(job)).await);
    }
    pings
}
