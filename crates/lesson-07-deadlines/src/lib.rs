//! # Lesson 7: deadlines
//!
//! **Idea.** A deadline is a point in time that everybody shares, and to stop
//! waiting is not to stop the work. A thread cannot be stopped from outside; a
//! future can be dropped, and what it holds goes with it.
//!
//! | | |
//! | --- | --- |
//! | New here | `timeout_at`: one clock for the whole batch, and dropping as a way to cancel |
//! | From the lesson before | the tasks and permits of lesson 5; now all pings share one deadline |
//! | In flight at once | `concurrency`, and nothing after the deadline |
//! | Best when | somebody waits for the answer, and a late one is worth nothing |
//! | Costs | the work that was in vain, and a connection for each ping that is dropped |
//!
//! Two steps lead here: [`s1_polling`] is the book's way, and late;
//! [`s2_recv_deadline`] is on time, but its work goes on. Here the work stops.
//!
//! **The core** is [`ping_all`], below these words.
//!
//! # Why not the previous way?
//!
//! The client's own timeout is for one ping. Six pings of five seconds each are
//! half a minute one after another. And no thread can be ended from outside:
//! its handle can wait for it or let it go on alone.
//!
//! ```compile_fail,E0599
//! let thread = std::thread::spawn(|| loop {});
//! thread.kill();
//! ```
//!
//! # Run it
//!
//! ```sh
//! cargo run -p harness -- lesson 7    # predict, run, read, explain, break
//! cargo run --example lesson-07       # alone, on URLs of your own
//! ```
//!
//! # Today you would write
//!
//! This. Where the work itself should notice its end (to say goodbye, or to
//! keep half a result), give it a `CancellationToken` of tokio-util instead of
//! dropping it.

pub mod s1_polling;
pub mod s2_recv_deadline;

use std::num::NonZeroUsize;
use std::sync::Arc;

use ping_async::{Client, admit, classify};
use ping_core::{Ping, PingError, Reply};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout_at};

/// Pings every URL in a task of its own, `concurrency` at a time, and is over
/// when all are done or at `deadline`. Results come as they are done.
///
/// A ping that is under way at the deadline is [`PingError::Deadline`], and its
/// connection is closed; one that has not begun is [`PingError::NotStarted`].
///
/// # Panics
///
/// If a ping does, which it never should.
pub async fn ping_all(
    client: &Client,
    urls: &[String],
    concurrency: NonZeroUsize,
    deadline: Instant,
) -> Vec<Ping> {
    // ANCHOR: core
    let permits = Arc::new(Semaphore::new(concurrency.get()));
    let mut tasks = JoinSet::new();
    for url in urls {
        let permit = Arc::clone(&permits).acquire_owned();
        // The wait for a permit is part of the batch. Without this deadline
        // the last URLs would still wait for permits when it is over.
        let permit = timeout_at(deadline, permit).await;
        let (client, url) = (client.clone(), url.clone());
        tasks.spawn(async move {
            let started = Instant::now();
            // `timeout_at` polls first and looks at the clock afterwards.
            // Without this check a ping that is too late would still begin.
            if permit.is_err() || started >= deadline {
                return Ping::unstarted(&url, PingError::NotStarted);
            }
            // A point in time, not a length: each ping gets what is left.
            let ping = timeout_at(deadline, ping(&client, &url)).await;
            drop(permit);
            // A ping that is not done has been dropped, and with it its
            // connection: the server sees that its client has gone.
            ping.unwrap_or_else(|_| Ping::given_up(&url, started.into_std()))
        });
    }
    tasks.join_all().await
    // ANCHOR_END: core
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
