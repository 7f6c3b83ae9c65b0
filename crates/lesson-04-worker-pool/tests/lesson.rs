//! What lesson 4 is about: whoever is free takes the next, and the end of the
//! queue is the end of the work.

use std::num::NonZeroUsize;

use lesson_04_worker_pool::ping_all;
use measurement::waits::Plan;
use ping_core::{Agent, Setup};
use test_server::TestServer;

const TWO: NonZeroUsize = NonZeroUsize::new(2).unwrap();

fn agent(concurrency: NonZeroUsize) -> Agent {
    Agent::new(&Setup::new(concurrency)).unwrap()
}

#[test]
fn a_slow_ping_holds_up_nobody_else() {
    let server = TestServer::start().unwrap();
    let waits = [200, 1, 1, 1, 1, 1];
    server.plan(Plan::waiting(waits.map(|ms| ms * 1_000_000)));
    let urls: Vec<String> =
        (0..6).map(|seq| server.url(&format!("/200?seq={seq}"))).collect();
    ping_all(&agent(TWO), &urls, TWO);
    let stamps = server.witness().stamps;
    let of = |seq| stamps.iter().find(|stamp| stamp.seq == seq).unwrap();
    // All five others went through the second worker meanwhile.
    for seq in 1..6 {
        assert!(of(seq).sent_ns < of(0).sent_ns, "{seq} waited for 0");
    }
}

#[test]
fn more_workers_than_urls_still_come_to_an_end() {
    let server = TestServer::start().unwrap();
    let many = NonZeroUsize::new(16).unwrap();
    let pings = ping_all(&agent(many), &[server.url("/200")], many);
    assert_eq!(pings.len(), 1);
    assert_eq!(ping_all(&agent(many), &[], many).len(), 0);
}

#[test]
fn every_job_is_taken_once() {
    let server = TestServer::start().unwrap();
    let urls: Vec<String> =
        (0..500).map(|seq| server.url(&format!("/200?seq={seq}"))).collect();
    assert_eq!(ping_all(&agent(TWO), &urls, TWO).len(), 500);
    let witness = server.witness();
    assert_eq!((witness.distinct, witness.duplicates), (500, 0));
    assert_eq!(witness.connections, 2);
}
