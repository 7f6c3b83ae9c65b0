//! Lesson 12's wrong way, which its run compares it with: as the trap of that
//! name in the lesson's folder, on workers that are processes.

use std::time::Duration;

use futures_util::StreamExt;
use lesson_12_many_machines::ping;
use ping_async::Client;
use ping_queue::{Batch, Job};
use tokio::time::timeout;

/// How often it is looked whether there is still something to do.
const GLANCE: Duration = Duration::from_millis(50);

/// Takes jobs until there is none left, and says of each that it is done
/// before it is.
pub(super) async fn work(client: &Client, batch: &Batch, worker: &str) {
    let mut jobs = batch.pull().await;
    loop {
        match timeout(GLANCE, jobs.next()).await {
            Err(_) if batch.is_over().await => return,
            Err(_) => continue,
            Ok(Some(Ok(message))) => {
                let job = Job::of(message);
                job.ack().await;
                let ping = ping(client, batch, &job).await;
                batch.store(&job, &ping, worker).await;
            }
            Ok(_) => jobs = batch.pull_again().await,
        }
    }
}
