//! The traps of lesson 10 still go wrong, and the lesson does not. If one of
//! these fails, the trap is cured: rewrite it, and the lesson.
#![allow(dead_code, reason = "the programs' own `main` is not called here")]

#[path = "../examples/wrong_first_waker_kept.rs"]
mod wrong_first_waker_kept;
#[path = "../examples/wrong_pending_without_waker.rs"]
mod wrong_pending_without_waker;
#[path = "../examples/wrong_reactor_thread.rs"]
mod wrong_reactor_thread;
#[path = "../examples/wrong_wake_in_loop.rs"]
mod wrong_wake_in_loop;

use std::num::NonZeroUsize;
use std::time::Duration;

use lesson_10_tiny_executor::client::Client;
use lesson_10_tiny_executor::ping_all;
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

fn answered(pings: &[Ping]) -> usize {
    pings.iter().filter(|ping| ping.result.is_ok()).count()
}

/// The number of answers; `None` if it does not end in time.
fn answers(
    batch: fn(&[String], NonZeroUsize) -> Vec<Ping>,
    urls: &[String],
    limit: Duration,
) -> Option<usize> {
    let urls = urls.to_vec();
    within(limit, move || answered(&batch(&urls, SIX)))
}

/// What the lesson does: its answers, how often it polled, and how often one
/// thread woke another.
fn right(urls: &[String]) -> (usize, u64, u64) {
    let client = Client::new(&Setup::new(SIX)).unwrap();
    let answered = answered(&ping_all(&client, urls, SIX));
    let reactor = client.reactor();
    (answered, reactor.polls(), reactor.bells())
}

#[test]
fn who_gave_no_waker_is_not_polled_again() {
    let server = TestServer::start().unwrap();
    let urls = urls(&server, "");
    let wrong = wrong_pending_without_waker::ping_all;
    assert_eq!(answers(wrong, &urls, SHORT), None, "{CURED}");
    assert_eq!(server.witness().done, 6, "{CURED}");
    assert_eq!(right(&urls).0, 12);
}

#[test]
fn the_first_waker_is_nobodys_any_more() {
    let server = TestServer::start().unwrap();
    let urls = urls(&server, "");
    let wrong = wrong_first_waker_kept::ping_all;
    assert_eq!(answers(wrong, &urls, SHORT), None, "{CURED}");
    assert_eq!(server.witness().done, 6, "{CURED}");
    assert_eq!(right(&urls).0, 12);
}

#[test]
fn who_wakes_himself_is_polled_all_the_time() {
    let server = TestServer::start().unwrap();
    let urls = urls(&server, "&sleep=50");
    let (pings, polls) = wrong_wake_in_loop::ping_all(&urls, SIX);
    assert_eq!(answered(&pings), 12);
    assert!(polls > 1000, "{polls} polls: {CURED}");
    let (answered, polls, _) = right(&urls);
    assert_eq!(answered, 12);
    // Each begins and dials, and then it is one for a ping.
    assert!(polls <= 2 * (6 + 6 + 12), "{polls} polls");
}

#[test]
fn a_reactor_of_its_own_wakes_another_thread_for_each_ping() {
    let server = TestServer::start().unwrap();
    let urls = urls(&server, "&sleep=5");
    let work = move || {
        let (pings, woken) = wrong_reactor_thread::ping_all(&urls, SIX);
        let (answered_right, _, bells) = right(&urls);
        (answered(&pings), woken, answered_right, bells)
    };
    let (wrong, woken, right, bells) = within(LONG, work).unwrap();
    assert_eq!((wrong, right), (12, 12));
    assert!(woken >= 12, "{woken} wakes: {CURED}");
    assert_eq!(bells, 0);
}
