//! Wrong answers to it.

use std::time::Duration;

use futures_util::StreamExt;
use lesson_12_many_machines::ping;
use ping_async::Client;
use ping_core::Ping;
use ping_queue::{Batch, Job, Terms};
use tokio::sync::mpsc::{Sender, channel};
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::own_queue::{Own, results, with_terms};

/// Fewer, and one neighbour dies along.
pub(crate) fn two_tasks(urls: &[String]) -> Vec<Ping> {
    poisoned(urls, |deaths| if deaths == 0 { 4 } else { 2 })
}

/// Once more all of them die.
pub(crate) fn second_death(urls: &[String]) -> Vec<Ping> {
    poisoned(urls, |deaths| if deaths < 2 { 4 } else { 1 })
}

/// Nobody dies along, and nothing is done at the same time.
pub(crate) fn one_by_one(urls: &[String]) -> Vec<Ping> {
    poisoned(urls, |_| 1)
}

fn poisoned(urls: &[String], tasks: fn(u32) -> usize) -> Vec<Ping> {
    let mut terms = Terms::new(urls, Duration::from_millis(100));
    terms.deliveries = 2.try_into().expect("not 0");
    with_terms(urls, 4, &terms, async |own| {
        let mut deaths = 0;
        while !worker(&own, tasks(deaths)).await {
            deaths += 1;
        }
        results(&own.batch, &own.urls).await
    })
}

/// How often it is looked whether all is done.
const GLANCE: Duration = Duration::from_millis(50);

/// The lesson's loop; but an answer of 500 is more than the worker can take.
async fn work(client: &Client, batch: &Batch, death: &Sender<()>) {
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
            if ping.result.as_ref().is_ok_and(|reply| reply.status == 500) {
                // All of the worker dies, and we with it.
                let _ = death.send(()).await;
                std::future::pending::<()>().await;
            }
            batch.store(&job, &ping, "worker").await;
        }
        job.ack().await;
    }
}

/// A worker with so many tasks; says whether it came to a good end.
async fn worker(own: &Own, tasks: usize) -> bool {
    let (death, mut died) = channel(1);
    let mut working = JoinSet::new();
    for _ in 0..tasks {
        let (client, batch) = (own.client.clone(), own.batch.clone());
        let death = death.clone();
        working.spawn(async move { work(&client, &batch, &death).await });
    }
    tokio::select! {
        _ = died.recv() => working.shutdown().await,
        () = async { while working.join_next().await.is_some() {} } => {
            return true;
        }
    }
    false
}
