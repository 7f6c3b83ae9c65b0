//! What lesson 2 is about: a thread each, in waves that wait for their
//! slowest.

use std::num::NonZeroUsize;

use lesson_02_threads::ping_all;
use measurement::waits::Plan;
use ping_core::{Agent, Setup};
use test_server::TestServer;

const FOUR: NonZeroUsize = NonZeroUsize::new(4).unwrap();

fn agent() -> Agent {
    Agent::new(&Setup::new(FOUR)).unwrap()
}

#[test]
fn a_wave_is_in_flight_at_once() {
    let server = TestServer::start().unwrap();
    // The gate opens when four requests wait at it, and not before.
    let urls = vec![server.url("/gate/4"); 4];
    let pings = ping_all(&agent(), &urls, FOUR);
    assert!(pings.iter().all(|p| p.result.as_ref().unwrap().status == 200));
    assert_eq!(server.witness().peak_in_flight, 4);
}

#[test]
fn the_next_wave_waits_for_the_slowest_of_this_one() {
    let server = TestServer::start().unwrap();
    // One slow request in a wave of four.
    server.plan(Plan::waiting([60, 1, 1, 1].map(|ms| ms * 1_000_000)));
    let urls: Vec<String> =
        (0..8).map(|seq| server.url(&format!("/200?seq={seq}"))).collect();
    ping_all(&agent(), &urls, FOUR);
    let stamps = server.witness().stamps;
    let slow_end = stamps.iter().find(|stamp| stamp.seq == 0).unwrap().sent_ns;
    let next_wave = stamps.iter().filter(|stamp| stamp.seq >= 4);
    assert_eq!(next_wave.clone().count(), 4);
    for stamp in next_wave {
        assert!(Some(stamp.received_ns) >= slow_end);
    }
}

#[test]
fn results_come_in_the_order_of_the_list() {
    let server = TestServer::start().unwrap();
    let urls: Vec<String> = (0..9)
        .map(|i| server.url(&format!("/200?seq={i}&sleep={}", 9 - i)))
        .collect();
    let pings = ping_all(&agent(), &urls, FOUR);
    let answered: Vec<String> = pings.into_iter().map(|p| p.url).collect();
    assert_eq!(answered, urls);
}
