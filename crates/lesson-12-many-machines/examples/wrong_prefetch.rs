//! # Trap: prefetch, with the slow jobs first
//!
//! **Learners think** that jobs which are fetched ahead save time.

use std::process::ExitCode;
use std::time::Duration;

use futures_util::StreamExt;
use lesson_12_many_machines::ping;
use own_queue::{results, with_own_queue};
use ping_async::Client;
use ping_queue::{Batch, Job};
use tokio::time::timeout;

mod own_queue;

pub(crate) async fn work(client: &Client, batch: &Batch) {
    let mut jobs = batch.pull_ahead(10).await;
    while !batch.is_over().await {
        let next = timeout(Duration::from_millis(50), jobs.next()).await;
        let Ok(Some(Ok(message))) = next else { continue };
        let job = Job::of(message);
        let ping = ping(client, batch, &job).await;
        batch.store(&job, &ping, "wrong").await;
        job.ack().await;
    }
}

/// Five answers that are slow, and then seven that are not.
fn slow_first() -> Vec<String> {
    let sleep = |seq| if seq < 5 { 500 } else { 5 };
    (0..12).map(|seq| format!("/200?seq={seq}&sleep={}", sleep(seq))).collect()
}

fn main() -> ExitCode {
    witnessed::perform(&slow_first(), |urls| {
        with_own_queue(urls, 12, Duration::from_secs(5), async |own| {
            let first = work(&own.client, &own.batch);
            let second = async {
                // The first one is there a moment before.
                while own.batch.done().await < 1 {}
                work(&own.client, &own.batch).await;
            };
            tokio::join!(first, second);
            results(&own.batch, &own.urls).await
        })
    })
}

// What goes wrong: say it aloud before you read on.
//
// **Symptom.** Five slow pings one after another, although there are two
// workers: one has nothing to do.
//
// **Where.** At `batch.pull_ahead(10)`: ten jobs are in the hands of whoever
// asks first.
//
// **Why.** What was fetched belongs to its worker until the ack wait is over.
// Nobody else can take it, however idle. And its ack wait has begun: what waits
// too long behind others is handed out again, and done twice.
//
// **Fix.** Ask for one job when there is a free hand. To hide the way to the
// queue, have more tasks.
//
// **In the lesson.** `batch.pull()` asks for one job each time that it is
// polled.
