//! # Solution: a poison job and its neighbours
//!
//! After a death the next worker has one task. What the dead one had comes back
//! to it job by job, so that the poison job dies alone, and its neighbours have
//! their second delivery in peace. The price is that all which is left is
//! done one by one; a fleet of machines would set a few of them apart for jobs
//! that were delivered before.

use std::process::ExitCode;
use std::time::Duration;

use futures_util::StreamExt;
use lesson_12_many_machines::ping;
use own_queue::{Own, results, with_terms};
use ping_async::Client;
use ping_queue::{Batch, Job, Terms};
use tokio::sync::mpsc::{Sender, channel};
use tokio::task::JoinSet;
use tokio::time::timeout;

#[path = "../../examples/own_queue/mod.rs"]
mod own_queue;

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

/// Lets worker after worker work, until all is done.
async fn work_on(own: &Own) {
    let mut tasks = 4;
    while !worker(own, tasks).await {
        tasks = 1;
    }
}

fn main() -> ExitCode {
    let path = |seq| match seq {
        1 => "/500?seq=1&sleep=20".to_owned(),
        _ => format!("/200?seq={seq}&sleep=60"),
    };
    let paths: Vec<String> = (0..12).map(path).collect();
    witnessed::perform(&paths, |urls| {
        let mut terms = Terms::new(urls, Duration::from_millis(100));
        // After the second death a job is given up.
        terms.deliveries = 2.try_into().expect("not 0");
        with_terms(urls, 4, &terms, async |own| {
            work_on(&own).await;
            results(&own.batch, &own.urls).await
        })
    })
}
