//! # Lesson 11: CPU work
//!
//! **Idea.** Waiting costs nothing, so any number of waits fit into one thread.
//! Computing takes a processor: tasks wait, and a pool with a thread for each
//! processor computes.
//!
//! | | |
//! | --- | --- |
//! | New here | a ping that computes: each body is hashed many times, by `rayon`'s threads |
//! | From the lesson before | one thread is no longer enough; a task waits for another thread as for a server |
//! | In flight at once | `concurrency`, fewer while some of them compute |
//! | Best when | there is something to compute for each answer |
//! | Costs | two hand-overs a ping, and the processors are shared with everybody else |
//!
//! **The core** is [`ping_all`], below these words. Beside it stand four other
//! ways to do the same: [`threads`], [`tasks`], [`processes`], and [`join_all`],
//! which is the one that computes on one processor only. [`work`] has the
//! hashes.
//!
//! With a job that computes for the share f of its time, c of them at once and P
//! processors, nothing can be more than `min(c, P/f)` times as fast as one by
//! one: that is the ceiling of the processors. Where the computing is done by
//! one thread, Amdahl's `1/(f + (1 − f)/c)` holds, and it ends at 1/f however
//! many processors there are.
//!
//! # Why not the previous way?
//!
//! An executor of one thread polls its tasks one after another. While it
//! computes for one of them, nobody reads what has come for the others. And its
//! tasks could not be helped: what another thread is to go on with must be
//! `Send`, which what they share is not.
//!
//! ```compile_fail,E0277
//! let list = std::rc::Rc::new(vec!["http://127.0.0.1/200"]);
//! std::thread::spawn(move || list.len());
//! ```
//!
//! # Run it
//!
//! ```sh
//! cargo run -p harness -- lesson 11   # predict, run, read, explain, break
//! cargo run --example lesson-11       # alone, on URLs of your own
//! ```
//!
//! # Today you would write
//!
//! This. `tokio::task::spawn_blocking` instead of rayon is right for calls that
//! block: it begins hundreds of threads, and as many hashes, and ends none
//! sooner. What takes less than some ten microseconds is computed in the task.

pub mod join_all;
pub mod processes;
pub mod tasks;
pub mod threads;
pub mod work;

use std::num::NonZeroUsize;
use std::sync::Arc;

use ping_async::{Client, admit, classify};
use ping_core::{Ping, PingError, Reply};
use rayon::ThreadPool;
use tokio::sync::{Semaphore, oneshot};
use tokio::task::JoinSet;

use work::hashed;

/// Pings every URL in a task of its own, `concurrency` at a time, and has each
/// body hashed so many times by a thread of `pool`. Results come as they are
/// done.
///
/// # Panics
///
/// If a ping does, which it never should.
pub async fn ping_all(
    client: &Client,
    pool: &Arc<ThreadPool>,
    urls: &[String],
    concurrency: NonZeroUsize,
    hashes: u32,
) -> Vec<Ping> {
    // ANCHOR: core
    let permits = Arc::new(Semaphore::new(concurrency.get()));
    let mut tasks = JoinSet::new();
    for url in urls {
        let permit = Arc::clone(&permits).acquire_owned().await;
        let permit = permit.expect("nobody closes the semaphore");
        let (client, url) = (client.clone(), url.clone());
        let pool = Arc::clone(pool);
        tasks.spawn(async move {
            let ping = ping(&client, &url).await;
            let (hashed_tx, hashed_rx) = oneshot::channel();
            // Into the pool's queue. Computed here, it would keep a thread
            // of the runtime, which polls nobody meanwhile.
            pool.spawn(move || {
                // Fails if the batch was dropped: then nobody wants it.
                let _ = hashed_tx.send(hashed(ping, hashes));
            });
            // To this task the processors are one more server to wait for.
            let ping = hashed_rx.await.expect("a hash never panics");
            // Not before: a job in hand is one that is not done.
            drop(permit);
            ping
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
