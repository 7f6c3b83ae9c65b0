//! # Solution: each worker dies
//!
//! The result first, the ack last. A worker that dies before the ack leaves its
//! job to the queue, which hands it out again when the ack wait is over; one
//! that dies between the result and the ack leaves a job that is done, and the
//! next worker looks for its result. The end is no longer guessed from silence:
//! the queue knows how many results there are.

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

/// How often it is looked whether all is done.
const GLANCE: Duration = Duration::from_millis(50);

async fn work(client: &Client, batch: &Batch) {
    let mut jobs = batch.pull().await;
    loop {
        let next = timeout(GLANCE, jobs.next()).await;
        let Ok(Some(Ok(message))) = next else {
            if batch.is_over().await {
                return;
            }
            continue;
        };
        let job = Job::of(message);
        if job.deliveries() == 1 || !batch.has_result(&job).await {
            let ping = ping(client, batch, &job).await;
            batch.store(&job, &ping, "worker").await;
        }
        job.ack().await;
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
