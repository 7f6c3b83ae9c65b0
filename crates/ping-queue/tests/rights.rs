//! Whoever has the rights of a worker can do its work and nothing else, and is
//! told what was refused.

mod users;

use futures_util::StreamExt;
use local_nats::skipped;
use ping_core::Watch;
use ping_queue::{Batch, Collector, Job, Kind, Queue, Rights, Role};
use tokio::time::timeout;
use users::{
    PATIENCE, Users, anything, asked, name, only, ping, runtime, said, terms,
    urls,
};

fn users() -> Users {
    Users::new(&[&[
        anything("boss"),
        only("asker", Role::Ping, "test"),
        only("worker", Role::Worker, "test"),
    ]])
}

/// Takes so many jobs of it, and stores a result of each.
async fn work(batch: &Batch, jobs: usize) {
    let mut handed_out = batch.pull().await;
    for _ in 0..jobs {
        let message = timeout(PATIENCE, handed_out.next()).await;
        let job = Job::of(message.expect("a job").unwrap().unwrap());
        assert!(!batch.has_result(&job).await);
        assert!(batch.store(&job, &ping(job.url()), "worker").await);
        assert!(batch.has_result(&job).await);
        job.ack().await;
    }
}

#[test]
fn a_batch_is_asked_for_and_done_with_these_rights_alone() {
    if skipped() {
        return;
    }
    let (users, urls) = (users(), urls(20));
    runtime().block_on(async {
        let asker = users.queue_as("asker", Role::Ping, "test").await;
        let worker = users.queue_as("worker", Role::Worker, "test").await;
        let asking = async {
            let (name, terms) = (name("test"), terms(&urls));
            let batch = asker.open(&name, &terms, asked()).await.unwrap();
            batch.produce(&urls, &Watch::default()).await;
            let joined = worker.join(&name).await.unwrap().unwrap();
            // Who asks works as well.
            let working = work(&joined, 15);
            worker.unless_refused(working).await.unwrap();
            assert!(!joined.is_over().await);
            work(&batch, 5).await;
            let mut collector = Collector::after(&batch, 0);
            for sequence in 1..=20 {
                let result = collector.next().await.unwrap();
                assert_eq!(result.sequence, sequence);
            }
            assert_eq!(batch.progress().await.unwrap().done, 20);
            batch.remove().await.unwrap();
        };
        let asking = timeout(PATIENCE, asker.unless_refused(asking)).await;
        asking.expect("an end").unwrap();
        assert!(worker.join(&name("test")).await.unwrap().is_none());
    });
}

/// What a worker has no business to publish on, whatever it says there.
const TO_OTHERS: [&str; 26] = [
    // Its own batch: its streams, and who works on it.
    "$JS.API.STREAM.DELETE.test-jobs",
    "$JS.API.STREAM.DELETE.test-results",
    "$JS.API.STREAM.PURGE.test-jobs",
    "$JS.API.STREAM.PURGE.test-results",
    "$JS.API.STREAM.UPDATE.test-results",
    "$JS.API.STREAM.MSG.GET.test-jobs",
    "$JS.API.STREAM.MSG.DELETE.test-results",
    "$JS.API.CONSUMER.DELETE.test-jobs.workers",
    "$JS.API.CONSUMER.CREATE.test-jobs.mine",
    "$JS.API.CONSUMER.DURABLE.CREATE.test-results.mine",
    "$JS.API.CONSUMER.CREATE.test-results",
    // A job of its own.
    "test.job",
    // What there is besides.
    "$JS.API.INFO",
    "$JS.API.STREAM.NAMES",
    "$JS.API.STREAM.LIST",
    "$JS.API.STREAM.CREATE.mine",
    // Another batch.
    "$JS.API.STREAM.INFO.other-jobs",
    "$JS.API.STREAM.DELETE.other-jobs",
    "$JS.API.STREAM.MSG.GET.other-results",
    "$JS.API.CONSUMER.INFO.other-jobs.workers",
    "$JS.API.CONSUMER.MSG.NEXT.other-jobs.workers",
    "$JS.ACK.other-jobs.workers.1.1.1.1.0",
    "other.result.0",
    "other.job",
    // An answer in the servers' place.
    "_INBOX_ping.test.answer",
    "_INBOX.answer",
];

/// Where a worker would hear what is not for it.
const OF_OTHERS: [&str; 10] = [
    ">",
    "_INBOX.>",
    "_INBOX_ping.test.>",
    "_INBOX_worker.>",
    "_INBOX_worker.other.>",
    "test.job",
    "test.result.*",
    "other.>",
    "$JS.API.>",
    "$JS.EVENT.>",
];

#[test]
fn a_worker_can_do_nothing_else() {
    if skipped() {
        return;
    }
    let users = users();
    runtime().block_on(async {
        let boss = users.queue("boss").await;
        let (test, other) =
            (open(&boss, "test").await, open(&boss, "other").await);
        let mut worker = users.raw("worker").await;
        for subject in TO_OTHERS {
            let nothing = Default::default();
            worker.client.publish(subject, nothing).await.unwrap();
            worker.is_refused("Publish", subject).await;
        }
        for subject in OF_OTHERS {
            let heard = worker.client.subscribe(subject).await.unwrap();
            worker.is_refused("Subscription", subject).await;
            drop(heard);
        }
        // And all is as it was.
        for batch in [&test, &other] {
            let progress = batch.progress().await.unwrap();
            let counts = (progress.done, progress.waiting, progress.in_flight);
            assert_eq!(counts, (0, 2, 0));
            work(batch, 2).await;
        }
    });
}

async fn open(queue: &Queue, batch: &str) -> Batch {
    let urls = urls(2);
    let opened = queue.open(&name(batch), &terms(&urls), asked()).await;
    let batch = opened.unwrap();
    batch.produce(&urls, &Watch::default()).await;
    batch
}

#[test]
fn what_was_refused_is_said_in_place_of_a_time_out() {
    if skipped() {
        return;
    }
    let no_results = Rights::of(Role::Worker, &name("test")).to_string();
    let no_results = no_results.replace("\"test.result.*\"", "");
    let users = Users::new(&[&[
        anything("boss"),
        only("worker", Role::Worker, "test"),
        ("mute", no_results),
    ]]);
    runtime().block_on(async {
        let boss = users.queue("boss").await;
        open(&boss, "test").await;
        let worker = users.queue_as("worker", Role::Worker, "test").await;
        let joined = said(worker.join(&name("other")).await);
        let subject = "Publish to \"$JS.API.STREAM.INFO.other-jobs\"";
        is_of_rights(&joined, subject);

        let worker = users.queue_as("worker", Role::Worker, "test").await;
        let urls = urls(2);
        let opened = worker.open(&name("test"), &terms(&urls), asked()).await;
        let subject = "Publish to \"$JS.API.STREAM.CREATE.test-jobs\"";
        is_of_rights(&said(opened), subject);

        // Where everybody may listen, a worker may not.
        let elsewhere = users.queue("worker").await;
        let joined = said(elsewhere.join(&name("test")).await);
        is_of_rights(&joined, "Subscription to \"_INBOX.");

        // What is tried for ever ends, too.
        let mute = users.queue_as("mute", Role::Worker, "test").await;
        let batch = mute.join(&name("test")).await.unwrap().unwrap();
        let working = mute.unless_refused(work(&batch, 1)).await;
        is_of_rights(&said(working), "Publish to \"test.result.");
    });
}

fn is_of_rights(error: &ping_queue::QueueError, part: &str) {
    assert_eq!(error.kind(), Kind::Rights, "{error}");
    assert!(error.to_string().contains(part), "{error}");
    assert!(error.to_string().contains("harness cluster rights"), "{error}");
}
