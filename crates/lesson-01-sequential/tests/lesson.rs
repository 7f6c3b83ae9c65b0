//! What lesson 1 is about: one at a time, on one connection, and a failure is
//! a result like any other.

use std::num::NonZeroUsize;

use lesson_01_sequential::ping_all;
use ping_core::{Agent, PingError, Setup};
use test_server::TestServer;

fn agent() -> Agent {
    Agent::new(&Setup::new(NonZeroUsize::MIN)).unwrap()
}

#[test]
fn the_server_never_sees_two_at_once() {
    let server = TestServer::start().unwrap();
    let urls = vec![server.url("/200?sleep=5"); 6];
    let pings = ping_all(&agent(), &urls);
    assert_eq!(pings.len(), 6);
    assert_eq!(server.witness().peak_in_flight, 1);
}

#[test]
fn every_status_leaves_the_connection_open_for_the_next_ping() {
    let server = TestServer::start().unwrap();
    let urls = [200, 400, 404, 408, 500, 524, 200]
        .map(|code| server.url(&format!("/{code}")));
    ping_all(&agent(), &urls);
    let witness = server.witness();
    assert_eq!((witness.requests, witness.connections), (7, 1));
}

#[test]
fn a_refused_connection_does_not_end_the_list() {
    let server = TestServer::start().unwrap();
    let nobody = String::from("http://127.0.0.1:1/200");
    let urls = [server.url("/200"), nobody, server.url("/404")];
    let pings = ping_all(&agent(), &urls);
    let results: Vec<_> = pings
        .into_iter()
        .map(|ping| ping.result.map(|reply| reply.status))
        .collect();
    assert_eq!(results, [Ok(200), Err(PingError::Refused), Ok(404)]);
}
