//! What keeps teams apart who share servers: accounts, and not the names of
//! batches.

mod users;

use local_nats::skipped;
use ping_core::Watch;
use ping_queue::{Batch, Queue, Role};
use tokio::task::yield_now;
use tokio::time::timeout;
use users::{
    PATIENCE, Users, anything, asked, name, only, runtime, terms, urls,
};

async fn open(queue: &Queue, batch: &str, jobs: usize) -> Batch {
    let urls = urls(jobs);
    let opened = queue.open(&name(batch), &terms(&urls), asked()).await;
    let batch = opened.unwrap();
    batch.produce(&urls, &Watch::default()).await;
    batch
}

/// Makes the servers answer the worker on the subject of somebody else's jobs:
/// no permission forbids that.
async fn have_it_answered_to_other_jobs(users: &Users) {
    let worker = users.raw("worker").await;
    let (asked, answer) = ("$JS.API.STREAM.INFO.test-jobs", "other.job");
    let nothing = Default::default();
    let sent = worker.client.publish_with_reply(asked, answer, nothing).await;
    sent.unwrap();
    worker.client.flush().await.unwrap();
    // The server has heard it, and does it before what it hears now.
    let own = users.queue_as("worker", Role::Worker, "test").await;
    own.join(&name("test")).await.unwrap().expect("opened");
}

async fn waiting(batch: &Batch) -> u64 {
    batch.progress().await.unwrap().waiting
}

#[test]
fn in_one_account_a_worker_can_reach_the_batch_of_another_team() {
    if skipped() {
        return;
    }
    let users = Users::new(&[&[
        anything("boss"),
        only("worker", Role::Worker, "test"),
    ]]);
    runtime().block_on(async {
        let boss = users.queue("boss").await;
        open(&boss, "test", 1).await;
        let other = open(&boss, "other", 2).await;
        have_it_answered_to_other_jobs(&users).await;
        // Where a server forbids it, docs/internet.md may say so.
        let arrives = async {
            while waiting(&other).await != 3 {
                yield_now().await;
            }
        };
        timeout(PATIENCE, arrives).await.expect("a job that nobody put in");
    });
}

#[test]
fn teams_with_an_account_each_are_apart_with_the_same_names() {
    if skipped() {
        return;
    }
    let users = Users::new(&[
        &[anything("boss"), only("worker", Role::Worker, "test")],
        &[anything("other boss")],
    ]);
    runtime().block_on(async {
        let boss = users.queue("boss").await;
        let other_boss = users.queue("other boss").await;
        open(&boss, "test", 1).await;
        let same_name = open(&other_boss, "test", 3).await;
        let other = open(&other_boss, "other", 2).await;
        have_it_answered_to_other_jobs(&users).await;
        assert_eq!(waiting(&other).await, 2);
        assert_eq!(waiting(&same_name).await, 3);
    });
}
