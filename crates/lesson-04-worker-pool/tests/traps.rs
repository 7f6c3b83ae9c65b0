//! The traps of lesson 4 still go wrong, and the lesson does not. If one of
//! these fails, the trap is cured: rewrite it, and the lesson.
#![allow(dead_code, reason = "the programs' own `main` is not called here")]

#[path = "../examples/wrong_lock_in_while_let.rs"]
mod wrong_lock_in_while_let;
#[path = "../examples/wrong_sender_kept.rs"]
mod wrong_sender_kept;
#[path = "../examples/wrong_two_bounded.rs"]
mod wrong_two_bounded;
#[path = "../examples/wrong_worker_lost.rs"]
mod wrong_worker_lost;

use std::num::NonZeroUsize;
use std::time::Duration;

use lesson_04_worker_pool::ping_all;
use ping_core::{Agent, Ping, Setup};
use test_server::TestServer;
use witnessed::within;

const CURED: &str = "the trap is cured: rewrite it, and the lesson";
const SIX: NonZeroUsize = NonZeroUsize::new(6).unwrap();
/// For what hangs: many times what the same pings need that do not.
const SHORT: Duration = Duration::from_secs(1);
/// For what comes to an end.
const LONG: Duration = Duration::from_secs(60);

type Batch = fn(&Agent, &[String], NonZeroUsize) -> Vec<Ping>;

fn urls(server: &TestServer, count: usize, query: &str) -> Vec<String> {
    (0..count)
        .map(|seq| server.url(&format!("/200?seq={seq}{query}")))
        .collect()
}

/// The number of results of six workers; `None` if they do not end in time.
fn results(batch: Batch, urls: Vec<String>, limit: Duration) -> Option<usize> {
    let agent = Agent::new(&Setup::new(SIX)).unwrap();
    within(limit, move || batch(&agent, &urls, SIX).len())
}

#[test]
fn a_kept_sender_hangs() {
    let server = TestServer::start().unwrap();
    let urls = urls(&server, 12, "");
    let wrong = results(wrong_sender_kept::ping_all, urls.clone(), SHORT);
    assert_eq!(wrong, None, "{CURED}");
    assert_eq!(server.witness().done, 12);
    assert_eq!(results(ping_all, urls, LONG), Some(12));
}

#[test]
fn two_bounded_channels_hang_past_what_they_hold() {
    let server = TestServer::start().unwrap();
    let holds =
        wrong_two_bounded::JOBS + wrong_two_bounded::RESULTS + SIX.get();
    let wrong = wrong_two_bounded::ping_all;
    assert_eq!(results(wrong, urls(&server, holds, ""), LONG), Some(holds));
    server.reset();
    let one_more = urls(&server, holds + 1, "");
    assert_eq!(results(wrong, one_more.clone(), SHORT), None, "{CURED}");
    // One in each worker's hand, and those in the results' channel.
    let answered = SIX.get() + wrong_two_bounded::RESULTS;
    assert_eq!(server.witness().done, answered as u64);
    assert_eq!(results(ping_all, one_more, LONG), Some(holds + 1));
}

#[test]
fn with_the_lock_held_nothing_overlaps() {
    let server = TestServer::start().unwrap();
    let urls = urls(&server, 12, "&sleep=30");
    let wrong = wrong_lock_in_while_let::ping_all;
    assert_eq!(results(wrong, urls, LONG), Some(12));
    assert_eq!(server.witness().peak_in_flight, 1, "{CURED}");

    server.reset();
    let gate = vec![server.url("/gate/6"); 12];
    assert_eq!(results(ping_all, gate, LONG), Some(12));
    assert_eq!(server.witness().peak_in_flight, 6);
}

#[test]
fn a_lost_worker_is_a_lost_result() {
    let server = TestServer::start().unwrap();
    let urls = urls(&server, 12, "");
    let wrong = results(wrong_worker_lost::ping_all, urls.clone(), LONG);
    assert_eq!(wrong, Some(11), "{CURED}");
    assert_eq!(server.witness().done, 12);
    assert_eq!(results(ping_all, urls, LONG), Some(12));
}
