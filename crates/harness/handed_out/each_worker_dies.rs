//! # Exercise: each worker dies
//!
//! Twelve jobs of 100 ms on a queue, and three workers with two tasks each, one
//! after another. Each of them dies in mid-ping, and a fourth one does the rest.
//! Half of the jobs have no result in the end; the queue is empty, and nobody
//! complains. Change `work` so that all twelve have one, and that no job is
//! pinged twice but the six that died with their workers.

use std::process::ExitCode;
use std::time::Duration;

use futures_util::StreamExt;
use lesson_12_many_machines::ping;
use own_queue::{Own, results, with_own_queue};
use ping_async::Client;
use ping_queue::{Batch, Job};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

#[path = "../../examples/own_queue/mod.rs"]
mod own_queue;

/// The ack wait is a second longer.
const TIMEOUT: Duration = Duration::from_millis(50);

/// Nothing for so long: then all is done.
const QUIET: Duration = Duration::from_millis(1500);

async fn work(client: &Client, batch: &Batch) {
    let mut jobs = batch.pull().await;
    loop {
        let next = timeout(QUIET, jobs.next()).await;
        let Ok(Some(Ok(message))) = next else { return };
        let job = Job::of(message);
        job.ack().await;
        let ping = ping(client, batch, &job).await;
        batch.store(&job, &ping, "worker").await;
    }
}

/// A worker with two tasks.
fn worker(own: &Own) -> JoinSet<()> {
    let mut tasks = JoinSet::new();
    for _ in 0..2 {
        let (client, batch) = (own.client.clone(), own.batch.clone());
        tasks.spawn(async move { work(&client, &batch).await });
    }
    tasks
}

fn main() -> ExitCode {
    witnessed::perform(&witnessed::twelve(), |urls| {
        with_own_queue(urls, 8, TIMEOUT, async |own| {
            for death in 1..=3 {
                let mut doomed = worker(&own);
                // It does two jobs, and dies half-way through the next two.
                while own.batch.done().await < 2 * death {}
                sleep(Duration::from_millis(50)).await;
                doomed.shutdown().await;
            }
            worker(&own).join_all().await;
            results(&own.batch, &own.urls).await
        })
    })
}
