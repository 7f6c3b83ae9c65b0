//! The traps of lesson 9 still go wrong, and the lesson does not. If one of
//! these fails, the trap is cured: rewrite it, and the lesson.
#![allow(dead_code, reason = "the programs' own `main` is not called here")]

#[path = "../examples/wrong_no_deadline.rs"]
mod wrong_no_deadline;
#[path = "../examples/wrong_one_read_per_edge.rs"]
mod wrong_one_read_per_edge;
#[path = "../examples/wrong_waits_for_room.rs"]
mod wrong_waits_for_room;

use std::num::NonZeroUsize;
use std::time::Duration;

use lesson_09_event_loop::client::Client;
use lesson_09_event_loop::ping_all;
use ping_core::{Ping, Setup};
use test_server::TestServer;
use witnessed::within;

const CURED: &str = "the trap is cured: rewrite it, and the lesson";
const SIX: NonZeroUsize = NonZeroUsize::new(6).unwrap();
/// For what hangs: many times what the same pings need that do not.
const SHORT: Duration = Duration::from_secs(1);
/// For what comes to an end.
const LONG: Duration = Duration::from_secs(60);

fn urls(server: &TestServer, query: &str) -> Vec<String> {
    (0..12).map(|seq| server.url(&format!("/200?seq={seq}{query}"))).collect()
}

/// The number of answers; `None` if it does not end in time.
fn answers(
    batch: fn(&[String], NonZeroUsize) -> Vec<Ping>,
    urls: &[String],
    limit: Duration,
) -> Option<usize> {
    let urls = urls.to_vec();
    within(limit, move || {
        batch(&urls, SIX).iter().filter(|ping| ping.result.is_ok()).count()
    })
}

fn right(urls: &[String], concurrency: NonZeroUsize) -> Vec<Ping> {
    let timeout = Duration::from_millis(300);
    let setup = Setup { timeout, ..Setup::new(concurrency) };
    ping_all(&mut Client::new(&setup).unwrap(), urls, concurrency)
}

#[test]
fn what_one_read_has_left_is_never_read() {
    let server = TestServer::start().unwrap();
    let short = urls(&server, "&bytes=100");
    let wrong = wrong_one_read_per_edge::ping_all;
    assert_eq!(answers(wrong, &short, LONG), Some(12));
    let long = urls(&server, "&bytes=9000");
    assert_eq!(answers(wrong, &long, SHORT), None, "{CURED}");
    assert_eq!(answers(right, &long, LONG), Some(12));
}

#[test]
fn without_a_deadline_one_that_is_not_answered_is_waited_for() {
    let server = TestServer::start().unwrap();
    let mut urls = urls(&server, "");
    urls[0] += "&fault=hang";
    let wrong = wrong_no_deadline::ping_all;
    assert_eq!(answers(wrong, &urls, SHORT), None, "{CURED}");
    assert_eq!(server.witness().done, 11);
    assert_eq!(answers(right, &urls, LONG), Some(11));
}

#[test]
fn room_to_write_is_told_once() {
    let server = TestServer::start().unwrap();
    let urls = urls(&server, "");
    let wrong = wrong_waits_for_room::ping_all;
    assert_eq!(answers(wrong, &urls, SHORT), None, "{CURED}");
    let seen = server.witness();
    assert_eq!((seen.requests, seen.connections), (6, 6), "{CURED}");
    assert_eq!(answers(right, &urls, LONG), Some(12));
}
