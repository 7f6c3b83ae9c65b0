//! # Lesson 12: many machines
//!
//! **Idea.** The queue of lesson 4 moves out of the process, so that workers on
//! any machine can take jobs from it. A worker may now die with a job in its
//! hands: the queue hands the job to another one if nobody says in time that
//! it is done, and a job may so be done twice.
//!
//! | | |
//! | --- | --- |
//! | New here | a queue that outlives its workers; an acknowledgement, and the time to wait for it |
//! | From the lesson before | one process, in which all workers live and die together |
//! | In flight at once | `concurrency`, over all workers of all machines |
//! | Best when | one machine is not enough, or may not be missed |
//! | Costs | servers to run, processor time for each job, and results that are told apart by their job |
//!
//! **The core** is [`work`], below these words, which every task of every
//! worker runs. [`ping_all`] is a batch in one process: it puts the jobs on the
//! queue, works, and collects. `harness worker` runs `work` alone, beside it or
//! on another machine.
//!
//! # Why not the previous way?
//!
//! A thread that ends is seen by whoever joins it. A machine that says nothing
//! may be dead, slow or cut off, so its job has to be one that can be sent away
//! and done twice. What cannot even leave its thread is none:
//!
//! ```compile_fail,E0277
//! fn leaves_this_thread(_: impl Send) {}
//! let result = std::rc::Rc::new(200);
//! leaves_this_thread(result);
//! ```
//!
//! # Run it
//!
//! ```sh
//! cargo run --example lesson-12       # alone, with a nats-server of its own
//! ```
//!
//! # Today you would write
//!
//! For a fixed list: split it, and start the program once on each machine.
//! Where there is a PostgreSQL, a table and `FOR UPDATE SKIP LOCKED`; else this.

use std::num::NonZeroUsize;
use std::pin::pin;
use std::time::Duration;

use futures_util::StreamExt;
use ping_async::{Client, admit, classify};
use ping_core::{Ping, PingError, Reply};
use ping_queue::{Batch, Collector, Job};
use tokio::task::JoinSet;
use tokio::time::timeout;

/// How often a worker without a job looks whether it is needed any more.
const GLANCE: Duration = Duration::from_millis(50);

/// Puts the URLs on the queue, works in `concurrency` tasks beside all other
/// workers, and collects the results as they are done, earlier ones too. What
/// has none when the batch is stopped or taken off the queue is left out.
pub async fn ping_all(
    client: &Client,
    batch: &Batch,
    urls: &[String],
    concurrency: NonZeroUsize,
) -> Vec<Ping> {
    let mut workers = JoinSet::new();
    for _ in 0..concurrency.get() {
        let (client, batch) = (client.clone(), batch.clone());
        workers.spawn(async move { work(&client, &batch, "here").await });
    }
    let working = async {
        batch.produce(urls, client.watch()).await;
        while workers.join_next().await.is_some() {}
        batch.done().await
    };
    let mut pings = Vec::with_capacity(urls.len());
    let mut collector = Collector::after(batch, 0);
    let (mut working, mut wanted) = (pin!(working), None);
    while pings.len() < wanted.unwrap_or(urls.len()) {
        tokio::select! {
            result = collector.next() => {
                let Ok(result) = result else { break };
                pings.push(result.into_ping(urls));
            }
            done = &mut working, if wanted.is_none() => wanted = Some(done),
        }
    }
    pings
}

/// Takes jobs, one at a time, until every job of the batch has its result or
/// the watch says stop: then it does the one in its hands, and no other.
pub async fn work(client: &Client, batch: &Batch, worker: &str) {
    // ANCHOR: core
    let mut jobs = batch.pull().await;
    while !client.watch().over() {
        let next = timeout(GLANCE, jobs.next()).await;
        let Ok(Some(Ok(message))) = next else {
            if batch.is_over().await {
                break;
            }
            // No job yet, or an error: the server has died, or the line to it.
            // The jobs have not.
            if next.is_ok() {
                jobs = batch.pull_again().await;
            }
            continue;
        };
        let job = Job::of(message);
        // Who had it before may have died after the ping and before the ack.
        if job.deliveries() == 1 || !batch.has_result(&job).await {
            // The result first. With the ack first, a worker that dies here
            // takes the job along, and nobody misses it.
            let ping = ping(client, batch, &job).await;
            if !batch.store(&job, &ping, worker).await {
                continue;
            }
        }
        job.ack().await;
    }
    // ANCHOR_END: core
}

/// Sends one GET, as in lesson 5, unless the job was handed out too often: it
/// may be what its workers die of.
pub async fn ping(client: &Client, batch: &Batch, job: &Job) -> Ping {
    if job.deliveries() > batch.terms().deliveries.get() {
        let why = format!("given up after {} deliveries", job.deliveries() - 1);
        return Ping::unstarted(job.url(), PingError::Other(why));
    }
    match client.watch().start(job.url()) {
        Ok(started) => started.finish(get(client, job.url()).await),
        Err(cancelled) => cancelled,
    }
}

async fn get(client: &Client, url: &str) -> Result<Reply, PingError> {
    let sent = client.get(url).send().await;
    let mut response = sent.map_err(|error| classify(&error))?;
    let mut drain = admit(&response)?;
    // Reading to the end is what gives the connection back for the next ping.
    while let Some(piece) =
        response.chunk().await.map_err(|error| classify(&error))?
    {
        drain.take(&piece)?;
    }
    Ok(drain.finish())
}
