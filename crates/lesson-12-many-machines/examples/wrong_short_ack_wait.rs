//! # Trap: ack wait shorter than the ping
//!
//! **Learners think** that the ack wait has to be about as long as a ping
//! usually takes.

use std::process::ExitCode;
use std::time::Duration;

use lesson_12_many_machines::work;
use own_queue::{results, with_own_queue};
use ping_async::Client;
use ping_queue::Batch;
use tokio::task::JoinSet;

mod own_queue;

/// What a ping usually takes: the ack wait becomes 1.05 s of it. The client
/// gives each ping 5 s.
pub(crate) const USUAL: Duration = Duration::from_millis(50);

pub(crate) async fn work_in(tasks: usize, client: &Client, batch: &Batch) {
    let mut working = JoinSet::new();
    for _ in 0..tasks {
        let (client, batch) = (client.clone(), batch.clone());
        working.spawn(async move { work(&client, &batch, "wrong").await });
    }
    working.join_all().await;
}

/// Six answers that are not as usual.
pub(crate) fn slow() -> Vec<String> {
    (0..6).map(|seq| format!("/200?seq={seq}&sleep=1500")).collect()
}

fn main() -> ExitCode {
    witnessed::perform(&slow(), |urls| {
        with_own_queue(urls, 6, USUAL, async |own| {
            work_in(12, &own.client, &own.batch).await;
            results(&own.batch, &own.urls).await
        })
    })
}

// What goes wrong: say it aloud before you read on.
//
// **Symptom.** Six URLs and six results; the server counts about twelve
// requests.
//
// **Where.** At `with_own_queue(urls, 6, USUAL, async |own| {`: the longest
// ping is to be named there, and not the usual one.
//
// **Why.** When the ack wait is over, the queue gives the job to another
// worker. It cannot tell one that is slow from one that is dead. The slower
// the server gets, the more requests it receives.
//
// **Fix.** Give each ping a deadline, and wait longer than that and what
// storing its result takes.
//
// **In the lesson.** `Queue::open` refuses a shorter ack wait than the deadline
// of its pings and a second.
