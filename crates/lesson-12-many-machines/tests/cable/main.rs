//! A machine whose cable is cut: a worker in a network of its own, and the
//! link to it taken down, and up again. The pinged server's witness says when.

#![cfg(target_os = "linux")]

#[path = "../machines/mod.rs"]
mod machines;
mod network;
mod relay;

use std::collections::BTreeSet;

use lesson_12_many_machines::work;
use machines::{Machines, command, many, watched};
use network::{Far, here, inside, skipped};
use ping_core::Watch;
use ping_queue::{Batch, Collector};
use relay::relay;
use tokio::task::{JoinSet, yield_now};

/// All jobs, and those that there are before the cable is whole again.
const JOBS: usize = 200;
const BEFORE: usize = 140;

/// Tasks of the machine far away, and of the one here.
const FAR: usize = 3;
const HERE: usize = 3;

#[test]
fn a_worker_whose_cable_was_cut_comes_back_and_nothing_is_lost() {
    if local_nats::skipped() || skipped() {
        return;
    }
    inside("with_a_cable");
}

/// The same, in a network of its own; as a test like any other it does
/// nothing.
#[test]
fn with_a_cable() {
    if !network::is_inside() {
        return;
    }
    here();
    let mut machines = Machines::new(FAR + HERE).expect("a nats-server");
    let nats = machines.take_nats();
    let queue = relay(nats.url().strip_prefix("nats://").unwrap());
    let site = machines.server.url("");
    let site = site.strip_prefix("http://").unwrap().trim_end_matches('/');
    let reached = relay(site);
    let urls = machines.urls(JOBS, 20);
    let urls: Vec<String> =
        urls.iter().map(|url| url.replace(site, &reached)).collect();
    machines.run_on(&nats.url(), async |connection| {
        let batch = machines.open(connection, &urls).await;
        batch.produce(&urls[..BEFORE], &Watch::default()).await;
        let far = Far::start(&command(&format!("nats://{queue}"), FAR));
        // It is at work, and nobody else is.
        machines.until(12).await;
        let watch = Watch::default();
        let mut working = at_work(&batch, &watch);
        machines.until(40).await;
        far.cut();
        // What it had in its hands comes back after the ack wait, and not
        // before: so long the cable is cut.
        while batch.done().await < BEFORE {
            yield_now().await;
        }
        let seen = machines.server.witness();
        assert_eq!(seen.distinct, BEFORE as u64);
        watch.stop();
        while working.join_next().await.is_some() {}
        far.mend();
        // Nobody else is left to do the rest. A ping may be given up after a
        // second, on a busy machine; that is a result, too.
        batch.produce(&urls, &Watch::default()).await;
        let mut collector = Collector::after(&batch, 0);
        let (mut numbers, mut last) = (BTreeSet::new(), String::new());
        while numbers.len() < JOBS {
            let result = collector.next().await.unwrap();
            assert!(numbers.insert(result.number), "{}", result.number);
            last = result.worker;
        }
        assert_eq!(last, "process");
        far.ends();
    });
    let witness = machines.server.witness();
    assert_eq!(witness.distinct, JOBS as u64);
    // What it had in its hands, at most one for each of its tasks.
    let most = (JOBS + FAR) as u64;
    assert!(witness.requests <= most, "{}", witness.requests);
    assert!(witness.requests > JOBS as u64, "the cut met no job");
}

fn at_work(batch: &Batch, watch: &Watch) -> JoinSet<()> {
    let client = watched(watch);
    let mut set = JoinSet::new();
    for _ in 0..many(HERE).get() {
        let (client, batch) = (client.clone(), batch.clone());
        set.spawn(async move { work(&client, &batch, "here").await });
    }
    set
}

/// The worker far away; as a test like any other it does nothing.
#[test]
fn a_process_that_works() {
    machines::be_a_worker();
}
