//! Who stores a result after the ack wait.

use std::num::NonZeroUsize;
use std::time::Duration;

use futures_util::StreamExt;
use local_nats::{TestServer, skipped};
use ping_core::{Ping, PingError, Watch};
use ping_queue::{Asked, Batch, Job, Jobs, STORING, Servers, Terms};
use tokio::runtime::Builder;

const MILLISECOND: Duration = Duration::from_millis(1);

async fn next(jobs: &mut Jobs, batch: &Batch) -> Job {
    loop {
        match jobs.next().await {
            Some(Ok(message)) => return Job::of(message),
            _ => *jobs = batch.pull_again().await,
        }
    }
}

#[test]
fn a_job_that_went_to_another_is_for_that_one_to_acknowledge() {
    if skipped() {
        return;
    }
    let nats = TestServer::start();
    let runtime = Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let servers = Servers { urls: vec![nats.url()], ..Servers::default() };
        let queue = servers.connect().await.unwrap();
        let urls = ["http://127.0.0.1/".to_owned()];
        let one = NonZeroUsize::MIN;
        let ack_wait = STORING + MILLISECOND;
        let asked = Asked { concurrency: one, ack_wait, replicas: one };
        let terms = Terms::new(&urls, MILLISECOND);
        let name = "late".parse().unwrap();
        let batch = queue.open(&name, &terms, asked).await.unwrap();
        batch.produce(&urls, &Watch::default()).await;
        let mut jobs = batch.pull().await;
        let slow = next(&mut jobs, &batch).await;
        let again = next(&mut jobs, &batch).await;
        assert_eq!((slow.deliveries(), again.deliveries()), (1, 2));
        let ping = Ping::unstarted(&urls[0], PingError::Refused);
        assert!(batch.store(&slow, &ping, "slow").await);
        slow.ack().await;
        // Its result stays, and the other one has the job still.
        let progress = batch.progress().await.unwrap();
        assert_eq!((progress.done, progress.in_flight), (1, 1));
        assert!(batch.has_result(&again).await);
        batch.store(&again, &ping, "other").await;
        assert_eq!(batch.progress().await.unwrap().done, 1);
    });
}
