//! # Lesson 8: good manners
//!
//! **Idea.** A client that retries sends more just when the server can do
//! least. So a good client spreads its retries, has a budget for them, does
//! what `Retry-After` says, and never asks faster than was agreed.
//!
//! | | |
//! | --- | --- |
//! | New here | full jitter, a retry budget, a token bucket, a limit per host |
//! | From the lesson before | the tasks stay; a failure may be tried again before it is the result |
//! | In flight at once | `concurrency`, and no more to one host than it was promised |
//! | Best when | the server is somebody else's, or may be overloaded |
//! | Costs | time: a retry waits, and the rate is a limit that you set yourself |
//!
//! **The core** is [`ping_all`], below these words. [`retries`] decides
//! whether to try again and when, [`limits`] which ping may go now; both leave
//! the arithmetic to crates of the field. The `Watch` of the client knows when
//! the batch has to end, and counts the retries that were given up.
//!
//! # Why not the previous way?
//!
//! A future of lesson 5 is one attempt, and awaiting it uses it up:
//!
//! ```compile_fail,E0382
//! async fn twice(attempt: impl Future<Output = Result<u16, String>>) {
//!     if attempt.await.is_err() {
//!         let _ = attempt.await;
//!     }
//! }
//! ```
//!
//! So a retry is a loop around `ping`, and that is soon written. It turns most
//! failures into successes, and a hiccup into an outage: all pings that failed
//! together come back together. And a semaphore is no rate: it limits how many
//! requests are there, not how often one comes.
//!
//! # Run it
//!
//! ```sh
//! cargo run -p harness -- lesson 8    # predict, run, read, explain, break
//! cargo run --example lesson-08       # alone, on URLs of your own
//! ```
//!
//! # Today you would write
//!
//! Layers around the client: `reqwest-retry`, or tower's `Retry` and
//! `RateLimit`. They do the same, out of sight.

pub mod limits;
pub mod retries;

use std::num::NonZeroUsize;

use limits::{Line, Turn};
use ping_async::{Client, admit, classify};
use ping_core::{Manners, Ping, PingError, Reply};
use retries::{Retries, last_word};
use tokio::task::JoinSet;
use tokio::time::timeout;

/// Pings every URL, each attempt in a task of its own, `concurrency` at a
/// time, with these manners. Every attempt is a ping of its own in the result;
/// all but the last one of a URL are marked [`retried`](Ping::retried).
///
/// # Panics
///
/// If a ping does, which it never should.
pub async fn ping_all(
    client: &Client,
    urls: &[String],
    concurrency: NonZeroUsize,
    manners: &Manners,
) -> Vec<Ping> {
    // ANCHOR: core
    let (watch, mut retries) = (client.watch(), Retries::new(manners));
    let mut line = Line::new(manners, concurrency, urls);
    let (mut tasks, mut pings) = (JoinSet::new(), Vec::new());
    loop {
        // Only an attempt whose turn it is becomes a task. The second waits for
        // its turn like the first, or else it would come on top of the rate.
        while let Some(turn) = line.next(watch) {
            if turn.attempts.is_empty() {
                retries.earn();
            }
            tasks.spawn(attempt(client.clone(), turn));
        }
        match timeout(line.wait(), tasks.join_next()).await {
            Ok(Some(done)) => {
                let turn = done.expect("a ping never panics");
                line.leave(&turn);
                match retries.after(&turn.attempts, watch) {
                    // While it waits to be tried again, others have its place.
                    Some(wait) => line.again(turn, wait),
                    None => pings.extend(last_word(turn.attempts)),
                }
            }
            Ok(None) if line.is_empty() || watch.over() => break,
            Ok(None) => client.pause(line.wait()).await,
            Err(_) => {} // The wait is over: see whose turn it is.
        }
    }
    pings.extend(line.rest(watch).into_iter().flat_map(last_word));
    pings
    // ANCHOR_END: core
}

/// One more attempt.
async fn attempt(client: Client, mut turn: Turn) -> Turn {
    let ping = ping(&client, &turn.url).await;
    turn.attempts.push(ping);
    turn
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
    let asked = response.headers().get("retry-after");
    let asked = asked.and_then(|value| value.to_str().ok());
    let retry_after = asked.map(Box::from);
    let mut drain = admit(&response)?;
    while let Some(piece) =
        response.chunk().await.map_err(|error| classify(&error))?
    {
        drain.take(&piece)?;
    }
    Ok(Reply { retry_after, ..drain.finish() })
}
