//! What lesson 7 is about: the same outcomes from all three steps, and what
//! each of them leaves behind at the server.

use std::num::NonZeroUsize;
use std::time::Duration;

use lesson_07_deadlines::{ping_all, s1_polling, s2_recv_deadline};
use ping_async::Client;
use ping_core::{Agent, Ping, Setup, ping};
use test_server::TestServer;
use tokio::runtime::{Builder, Runtime};
use tokio::time::Instant;

/// The limit of every batch here, and waits far on both sides of it, so that
/// a busy machine changes no outcome.
const LIMIT: Duration = Duration::from_millis(400);
const LAST: u64 = 3500;

/// The book's list, scaled down.
fn book(server: &TestServer) -> Vec<String> {
    let paths = ["/200", "/200?sleep=20", "/200?sleep=3000", "/400"];
    let mut urls: Vec<String> =
        paths.iter().map(|path| server.url(path)).collect();
    urls.push(server.url(&format!("/200?sleep={LAST}")));
    urls
}

fn setup(concurrency: usize) -> Setup {
    let concurrency = NonZeroUsize::new(concurrency).unwrap();
    // The limit of a single ping is not what is tried here.
    Setup { timeout: Duration::from_secs(60), ..Setup::new(concurrency) }
}

fn agent(concurrency: usize) -> Agent {
    Agent::new(&setup(concurrency)).unwrap()
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

fn by_channel(urls: &[String], concurrency: usize) -> Vec<Ping> {
    let many = NonZeroUsize::new(concurrency).unwrap();
    let deadline = std::time::Instant::now() + LIMIT;
    s2_recv_deadline::ping_all(&agent(concurrency), urls, many, deadline)
}

/// Step 3, in the order of `urls`. The runtime lives on with the caller: what
/// is gone went with the batch.
fn dropped(
    runtime: &Runtime,
    urls: &[String],
    concurrency: usize,
) -> Vec<Ping> {
    let client = Client::new(&setup(concurrency)).unwrap();
    let many = NonZeroUsize::new(concurrency).unwrap();
    let deadline = Instant::now() + LIMIT;
    let mut pings = runtime.block_on(ping_all(&client, urls, many, deadline));
    pings.sort_by_key(|ping| urls.iter().position(|url| *url == ping.url));
    pings
}

fn outcomes(pings: &[Ping]) -> Vec<String> {
    let outcome = |ping: &Ping| match &ping.result {
        Ok(reply) => reply.status.to_string(),
        Err(error) => error.kind().to_owned(),
    };
    pings.iter().map(outcome).collect()
}

const EXPECTED: [&str; 5] = ["200", "200", "deadline", "400", "deadline"];

const TWO_OF_TWELVE: [&str; 12] = {
    let mut outcomes = ["not_started"; 12];
    (outcomes[0], outcomes[1]) = ("deadline", "deadline");
    outcomes
};

/// Lets the server finish whatever arrived before now: a ping that comes
/// later and waits as long is answered after all of it.
fn finish(server: &TestServer) {
    let later = server.url(&format!("/204?sleep={LAST}"));
    ping(&agent(1), &later).result.unwrap();
    settle(server);
}

/// Asks until nothing is in flight. A connection that was closed is noticed
/// long before the last of these.
fn settle(server: &TestServer) {
    for _ in 0..10_000 {
        if server.witness().in_flight == 0 {
            return;
        }
    }
    panic!("something stays in flight");
}

#[test]
fn after_polling_the_server_works_on() {
    let server = TestServer::start().unwrap();
    let pings = s1_polling::ping_all(&agent(5), &book(&server), LIMIT);
    assert_eq!(outcomes(&pings), EXPECTED);
    finish(&server);
    let seen = server.witness();
    assert_eq!((seen.requests, seen.done, seen.aborted), (6, 6, 0));
}

#[test]
fn after_the_channel_the_server_works_on() {
    let server = TestServer::start().unwrap();
    let pings = by_channel(&book(&server), 5);
    assert_eq!(outcomes(&pings), EXPECTED);
    finish(&server);
    let seen = server.witness();
    assert_eq!((seen.requests, seen.done, seen.aborted), (6, 6, 0));
}

#[test]
fn what_is_dropped_the_server_sees_go() {
    let server = TestServer::start().unwrap();
    let runtime = runtime();
    let pings = dropped(&runtime, &book(&server), 5);
    assert_eq!(outcomes(&pings), EXPECTED);
    settle(&server);
    let seen = server.witness();
    assert_eq!((seen.requests, seen.done, seen.aborted), (5, 3, 2));
}

#[test]
fn nothing_starts_after_the_deadline() {
    let server = TestServer::start().unwrap();
    let urls: Vec<String> = (0..12)
        .map(|seq| server.url(&format!("/200?seq={seq}&sleep={LAST}")))
        .collect();
    let runtime = runtime();
    let pings = dropped(&runtime, &urls, 2);
    assert_eq!(outcomes(&pings), TWO_OF_TWELVE);
    settle(&server);
    let seen = server.witness();
    assert_eq!((seen.requests, seen.aborted), (2, 2));

    server.reset();
    let pings = by_channel(&urls, 2);
    assert_eq!(outcomes(&pings), TWO_OF_TWELVE);
    // The two workers come back from their pings, and take no other.
    finish(&server);
    assert_eq!(server.witness().requests, 2 + 1);
}

#[test]
fn a_batch_that_comes_late_connects_to_nobody() {
    let server = TestServer::start().unwrap();
    let urls = vec![server.url("/200"); 6];
    let runtime = runtime();
    let client = Client::new(&setup(2)).unwrap();
    let two = NonZeroUsize::new(2).unwrap();
    let now = Instant::now();
    let pings = runtime.block_on(ping_all(&client, &urls, two, now));
    assert_eq!(outcomes(&pings), ["not_started"; 6]);
    let now = now.into_std();
    let pings = s2_recv_deadline::ping_all(&agent(2), &urls, two, now);
    assert_eq!(outcomes(&pings), ["not_started"; 6]);
    let seen = server.witness();
    assert_eq!((seen.requests, seen.connections), (0, 0));
}
