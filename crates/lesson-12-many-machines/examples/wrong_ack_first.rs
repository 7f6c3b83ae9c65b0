//! # Trap: ack first
//!
//! **Learners think** that a job is to be acknowledged when it has come.

use std::process::ExitCode;
use std::time::Duration;

use futures_util::StreamExt;
use lesson_12_many_machines::ping;
use own_queue::{results, with_own_queue};
use ping_async::Client;
use ping_queue::{Batch, Job};
use tokio::task::JoinSet;
use tokio::time::timeout;

mod own_queue;

/// Works until there is nothing for a while: then the queue is empty.
pub(crate) async fn work(client: &Client, batch: &Batch) {
    let mut jobs = batch.pull().await;
    loop {
        let next = timeout(Duration::from_millis(700), jobs.next()).await;
        let Ok(Some(Ok(message))) = next else { return };
        let job = Job::of(message);
        job.ack().await;
        let ping = ping(client, batch, &job).await;
        batch.store(&job, &ping, "wrong").await;
    }
}

fn main() -> ExitCode {
    witnessed::perform(&witnessed::twelve(), |urls| {
        with_own_queue(urls, 6, Duration::from_millis(500), async |own| {
            let mut doomed = JoinSet::new();
            let mut other = JoinSet::new();
            for tasks in [&mut doomed, &mut other] {
                for _ in 0..3 {
                    let (client, batch) =
                        (own.client.clone(), own.batch.clone());
                    tasks.spawn(async move { work(&client, &batch).await });
                }
            }
            // The queue has forgotten all jobs, and the last of them are still
            // on their way: this one dies now.
            let left = async || {
                let now = own.batch.progress().await.expect("a queue");
                now.waiting + now.in_flight
            };
            while left().await > 0 {}
            doomed.shutdown().await;
            other.join_all().await;
            results(&own.batch, &own.urls).await
        })
    })
}

// What goes wrong: say it aloud before you read on.
//
// **Symptom.** One of two workers dies, and up to three of 12 URLs have no
// result. The queue is empty, and nobody complains.
//
// **Where.** At `job.ack().await;`: it stands before the ping.
//
// **Why.** The ack tells the queue to forget the job. From then on it is in the
// memory of one process alone, as in lesson 4, and goes with it.
//
// **Fix.** Store the result, then acknowledge. A worker that dies in between
// has its jobs done a second time, which the queue can say and we can bear.
//
// **In the lesson.** `job.ack().await` is the last line of the loop.
