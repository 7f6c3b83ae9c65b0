//! # Trap: counting messages
//!
//! **Learners think** that all is done when as many jobs were taken as there
//! are.

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use futures_util::StreamExt;
use lesson_12_many_machines::ping;
use own_queue::{results, with_own_queue};
use ping_async::Client;
use ping_queue::{Batch, Job};
use tokio::task::JoinSet;
use tokio::time::timeout;

mod own_queue;

/// Jobs that were taken, by all workers.
pub(crate) type Taken = Arc<AtomicUsize>;

pub(crate) async fn work(client: &Client, batch: &Batch, taken: &Taken) {
    let all = usize::try_from(batch.terms().jobs).expect("a small batch");
    let mut jobs = batch.pull().await;
    while taken.load(SeqCst) < all {
        let next = timeout(Duration::from_millis(50), jobs.next()).await;
        let Ok(Some(Ok(message))) = next else { continue };
        taken.fetch_add(1, SeqCst);
        let job = Job::of(message);
        let ping = ping(client, batch, &job).await;
        batch.store(&job, &ping, "wrong").await;
        job.ack().await;
    }
}

fn main() -> ExitCode {
    witnessed::perform(&witnessed::twelve(), |urls| {
        let timeout = Duration::from_millis(500);
        with_own_queue(urls, 6, timeout, async |own| {
            let taken = Taken::default();
            let mut doomed = JoinSet::new();
            let mut other = JoinSet::new();
            for tasks in [&mut doomed, &mut other] {
                for _ in 0..3 {
                    let (client, batch, taken) =
                        (own.client.clone(), own.batch.clone(), taken.clone());
                    tasks.spawn(
                        async move { work(&client, &batch, &taken).await },
                    );
                }
            }
            // This one dies in its second ping.
            while own.batch.done().await < 3 {}
            doomed.shutdown().await;
            other.join_all().await;
            results(&own.batch, &own.urls).await
        })
    })
}

// What goes wrong: say it aloud before you read on.
//
// **Symptom.** One of two workers dies, all messages have come, and up to three
// of 12 URLs have no result.
//
// **Where.** At `taken.fetch_add(1, SeqCst);`: it counts messages, and what is
// asked for are different jobs that are done.
//
// **Why.** A job is handed out at least once. Each one that was handed out a
// second time, or died with its worker, takes the place of another one in the
// count.
//
// **Fix.** Give each job a key, keep one result of each, and count those.
//
// **In the lesson.** A result has a subject of its own on the queue, a second
// one is refused, and `is_over` asks how many there are.
