//! What lesson 3 is about: shares dealt like cards, one thread each.

use std::num::NonZeroUsize;

use lesson_03_scoped_threads::ping_all;
use measurement::waits::Plan;
use ping_core::{Agent, Setup};
use test_server::TestServer;

const TWO: NonZeroUsize = NonZeroUsize::new(2).unwrap();

fn agent(concurrency: NonZeroUsize) -> Agent {
    Agent::new(&Setup::new(concurrency)).unwrap()
}

#[test]
fn nine_urls_at_four_make_four_shares() {
    let server = TestServer::start().unwrap();
    let four = NonZeroUsize::new(4).unwrap();
    // Cutting the list into chunks of three would leave the gate closed.
    let urls = vec![server.url("/gate/4"); 9];
    let pings = ping_all(&agent(four), &urls, four);
    assert!(pings.iter().all(|p| p.result.as_ref().unwrap().status == 200));
    assert_eq!(server.witness().peak_in_flight, 4);
}

#[test]
fn a_share_stays_behind_its_slow_ping() {
    let server = TestServer::start().unwrap();
    server.plan(Plan::waiting([80, 1, 1, 1].map(|ms| ms * 1_000_000)));
    let urls: Vec<String> =
        (0..4).map(|seq| server.url(&format!("/200?seq={seq}"))).collect();
    ping_all(&agent(TWO), &urls, TWO);
    let stamps = server.witness().stamps;
    let of = |seq| stamps.iter().find(|stamp| stamp.seq == seq).unwrap();
    // 0 and 2 are one share, 1 and 3 the other: 2 waits although the other
    // thread has long been done.
    assert!(Some(of(2).received_ns) >= of(0).sent_ns);
    assert!(of(3).sent_ns <= of(0).sent_ns);
}
