//! # Trap: while let Some(Ok(job))
//!
//! **Learners think** that a stream of jobs ends when there are no more jobs.

use std::process::ExitCode;
use std::time::Duration;

use futures_util::StreamExt;
use lesson_12_many_machines::ping;
use own_queue::{results, with_own_queue};
use ping_async::Client;
use ping_queue::{Batch, Job};
use tokio::task::JoinSet;

mod own_queue;

pub(crate) async fn work(client: &Client, batch: &Batch) {
    let mut jobs = batch.pull().await;
    while let Some(Ok(message)) = jobs.next().await {
        let job = Job::of(message);
        let ping = ping(client, batch, &job).await;
        batch.store(&job, &ping, "wrong").await;
        job.ack().await;
    }
}

/// Long enough that none of the workers ends because all is done.
fn twelve_slow() -> Vec<String> {
    (0..12).map(|seq| format!("/200?seq={seq}&sleep=300")).collect()
}

fn main() -> ExitCode {
    witnessed::perform(&twelve_slow(), |urls| {
        with_own_queue(urls, 1, Duration::from_secs(5), async |mut own| {
            let mut working = JoinSet::new();
            for _ in 0..3 {
                let (client, batch) = (own.client.clone(), own.batch.clone());
                working.spawn(async move { work(&client, &batch).await });
            }
            while own.batch.done().await < 1 {}
            // Its server dies, and is there again some seconds later. Those
            // that wait for a job end before that.
            own.nats.kill();
            working.join_next().await;
            working.join_next().await;
            own.nats.again();
            working.shutdown().await;
            results(&own.batch, &own.urls).await
        })
    })
}

// What goes wrong: say it aloud before you read on.
//
// **Symptom.** The server of the queue dies and comes back. Two of three
// workers end without a word; the batch is not done.
//
// **Where.** At `while let Some(Ok(message)) = jobs.next().await {`: the first
// error ends the loop like the last job.
//
// **Why.** The stream says that it has not heard from its server, as an `Err`.
// The pattern does not match, and so the loop is over. Nothing is printed, and
// the exit code is 0.
//
// **Fix.** Match all that may come. After an error, begin a new stream; ask the
// queue whether all is done.
//
// **In the lesson.** `let Ok(Some(Ok(message))) = next else` with `pull_again`.
