//! The traps of lesson 1 still go wrong, and the lesson does not. If one of
//! these fails, the trap is cured: rewrite it, and the lesson.
#![allow(dead_code, reason = "the programs' own `main` is not called here")]

#[path = "../examples/wrong_client_per_ping.rs"]
mod wrong_client_per_ping;
#[path = "../examples/wrong_status_as_error.rs"]
mod wrong_status_as_error;
#[path = "../examples/wrong_total_timeout.rs"]
mod wrong_total_timeout;

use std::num::NonZeroUsize;

use lesson_01_sequential::ping_all;
use measurement::witness::Witness;
use ping_core::{Agent, Ping, Setup};
use test_server::TestServer;
use wrong_total_timeout::threads_made;

const CURED: &str = "the trap is cured: rewrite it, and the lesson";

fn right(urls: &[String]) -> Vec<Ping> {
    ping_all(&Agent::new(&Setup::new(NonZeroUsize::MIN)).unwrap(), urls)
}

/// What a server sees of twelve pings that are answered with this status.
fn seen(status: u16, batch: impl FnOnce(&[String]) -> Vec<Ping>) -> Witness {
    let server = TestServer::start().unwrap();
    let urls: Vec<String> = (0..12)
        .map(|seq| server.url(&format!("/{status}?seq={seq}")))
        .collect();
    let pings = batch(&urls);
    assert_eq!(pings.len(), 12);
    for ping in pings {
        assert_eq!(ping.result.unwrap().status, status);
    }
    server.witness()
}

#[test]
fn a_client_per_ping_is_a_connection_per_ping() {
    let wrong = seen(200, wrong_client_per_ping::ping_all);
    assert_eq!(wrong.connections, 12, "{CURED}");
    assert_eq!(seen(200, right).connections, 1);
}

#[test]
fn a_status_as_error_loses_the_connection() {
    let wrong = seen(404, wrong_status_as_error::ping_all);
    assert_eq!(wrong.connections, 12, "{CURED}");
    // Only the errors cost one.
    assert_eq!(seen(200, wrong_status_as_error::ping_all).connections, 1);
    assert_eq!(seen(404, right).connections, 1);
}

#[test]
fn a_total_timeout_makes_a_thread_per_ping() {
    let server = TestServer::start().unwrap();
    let urls = vec![server.url("/200"); 200];
    let (wrong, _) = threads_made(|| wrong_total_timeout::ping_all(&urls));
    assert!(wrong >= 200, "{wrong} threads: {CURED}");
    // The tests beside this one and their servers make some, too.
    let (right, _) = threads_made(|| right(&urls));
    assert!(right < 50, "the lesson makes {right} threads for 200 pings");
    assert_eq!(server.witness().connections, 2);
}
