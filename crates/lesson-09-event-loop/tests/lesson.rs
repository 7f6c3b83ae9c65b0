//! What lesson 9 is about: one thread and many waits, each with a deadline of
//! its own.

use std::num::NonZeroUsize;
use std::time::Duration;

use lesson_09_event_loop::client::Client;
use lesson_09_event_loop::ping_all;
use ping_core::{Ping, PingError, Setup};
use test_server::TestServer;

fn ping(urls: &[String], setup: &Setup) -> Vec<Ping> {
    let mut client = Client::new(setup).unwrap();
    ping_all(&mut client, urls, setup.concurrency)
}

fn at_once(concurrency: usize) -> Setup {
    Setup::new(NonZeroUsize::new(concurrency).unwrap())
}

fn is_200(ping: &Ping) -> bool {
    ping.result.as_ref().is_ok_and(|reply| reply.status == 200)
}

#[test]
fn one_thread_has_a_thousand_in_flight_and_no_more() {
    let server = TestServer::start().unwrap();
    let urls = vec![server.url("/gate/1000"); 2000];
    let pings = ping(&urls, &at_once(1000));
    assert_eq!(pings.len(), 2000);
    assert!(pings.iter().all(is_200));
    let seen = server.witness();
    assert_eq!((seen.peak_in_flight, seen.connections), (1000, 1000));
}

#[test]
fn a_place_takes_the_next_ping_on_the_connection_that_it_has() {
    let server = TestServer::start().unwrap();
    let urls: Vec<String> = (0..400)
        .map(|seq| server.url(&format!("/200?seq={seq}&bytes=9000&sleep=2")))
        .collect();
    assert!(ping(&urls, &at_once(7)).iter().all(is_200));
    let seen = server.witness();
    assert_eq!((seen.done, seen.duplicates), (400, 0));
    assert_eq!((seen.peak_in_flight, seen.connections), (7, 7));
}

#[test]
fn whose_time_is_up_is_given_up_and_nobody_else() {
    let server = TestServer::start().unwrap();
    let hangs = server.url("/200?fault=hang");
    let mut urls = vec![server.url("/200"); 300];
    urls[0].clone_from(&hangs);
    let timeout = Duration::from_millis(300);
    let pings = ping(&urls, &Setup { timeout, ..at_once(2) });
    for ping in &pings {
        match ping.url == hangs {
            true => {
                let timeouts =
                    matches!(ping.result, Err(PingError::Timeout(_)));
                assert!(timeouts && ping.elapsed >= timeout, "{ping}");
            }
            false => assert!(is_200(ping), "{ping}"),
        }
    }
    let seen = server.witness();
    assert_eq!((seen.requests, seen.done, seen.connections), (300, 299, 2));
}
