//! Wrong answers to it.

use std::pin::Pin;
use std::time::Duration;

use futures_util::StreamExt;
use lesson_12_many_machines::ping;
use ping_async::Client;
use ping_core::Ping;
use ping_queue::{Batch, Job};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use crate::own_queue::{Own, results, with_own_queue};

/// What a task does with a job.
type Perform =
    fn(Client, Batch, Job) -> Pin<Box<dyn Future<Output = ()> + Send>>;

/// At the same time is still too early.
pub(crate) fn ack_in_ping(urls: &[String]) -> Vec<Ping> {
    each(urls, |client, batch, job| {
        Box::pin(async move {
            let (ping, ()) =
                tokio::join!(ping(&client, &batch, &job), job.ack());
            batch.store(&job, &ping, "worker").await;
        })
    })
}

/// A result is no ack: the job comes again and again.
pub(crate) fn never_acks(urls: &[String]) -> Vec<Ping> {
    each(urls, |client, batch, job| {
        Box::pin(async move {
            let ping = ping(&client, &batch, &job).await;
            batch.store(&job, &ping, "worker").await;
        })
    })
}

async fn work(client: &Client, batch: &Batch, perform: Perform) {
    let quiet = Duration::from_millis(1500);
    let mut jobs = batch.pull().await;
    while let Ok(Some(Ok(message))) = timeout(quiet, jobs.next()).await {
        perform(client.clone(), batch.clone(), Job::of(message)).await;
    }
}

fn worker(own: &Own, perform: Perform) -> JoinSet<()> {
    let mut tasks = JoinSet::new();
    for _ in 0..2 {
        let (client, batch) = (own.client.clone(), own.batch.clone());
        tasks.spawn(async move { work(&client, &batch, perform).await });
    }
    tasks
}

fn each(urls: &[String], perform: Perform) -> Vec<Ping> {
    let usual = Duration::from_millis(50);
    with_own_queue(urls, 8, usual, async |own| {
        for death in 1..=3 {
            let mut doomed = worker(&own, perform);
            while own.batch.done().await < 2 * death {}
            sleep(usual).await;
            doomed.shutdown().await;
        }
        worker(&own, perform).join_all().await;
        results(&own.batch, &own.urls).await
    })
}
