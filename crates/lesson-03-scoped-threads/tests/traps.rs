//! The traps of lesson 3 still go wrong, and the lesson does not. If one of
//! these fails, the trap is cured: rewrite it, and the lesson.
#![allow(dead_code, reason = "the programs' own `main` is not called here")]

#[path = "../examples/wrong_chunks.rs"]
mod wrong_chunks;
#[path = "../examples/wrong_early_return.rs"]
mod wrong_early_return;
#[path = "../examples/wrong_swallowed_result.rs"]
mod wrong_swallowed_result;

use std::num::NonZeroUsize;

use lesson_03_scoped_threads::ping_all;
use ping_core::{Agent, Setup};
use test_server::TestServer;

const CURED: &str = "the trap is cured: rewrite it, and the lesson";
const FOUR: NonZeroUsize = NonZeroUsize::new(4).unwrap();
const SIX: NonZeroUsize = NonZeroUsize::new(6).unwrap();

fn agent() -> Agent {
    Agent::new(&Setup::new(SIX)).unwrap()
}

#[test]
fn nine_urls_in_chunks_for_four_are_three_at_once() {
    let server = TestServer::start().unwrap();
    let urls = |path: &str| vec![server.url(path); 9];
    wrong_chunks::ping_all(&agent(), &urls("/200?sleep=50"), FOUR);
    let wrong = server.witness();
    assert_eq!((wrong.done, wrong.peak_in_flight), (9, 3), "{CURED}");

    server.reset();
    ping_all(&agent(), &urls("/gate/4"), FOUR);
    let right = server.witness();
    assert_eq!((right.done, right.peak_in_flight), (9, 4));
}

#[test]
fn a_swallowed_result_hides_a_share() {
    let server = TestServer::start().unwrap();
    let urls: Vec<String> =
        (0..12).map(|seq| server.url(&format!("/200?seq={seq}"))).collect();
    let pings = wrong_swallowed_result::ping_all(&agent(), &urls, SIX);
    // The sixth share was 5 and 11: neither has a result.
    assert_eq!(pings.len(), 10, "{CURED}");
    assert_eq!(server.witness().requests, 11, "{CURED}");
    assert_eq!(ping_all(&agent(), &urls, SIX).len(), 12);
}

#[test]
fn an_early_return_waits_for_all() {
    let server = TestServer::start().unwrap();
    let mut urls: Vec<String> = (0..12)
        .map(|seq| server.url(&format!("/200?seq={seq}&sleep=50")))
        .collect();
    urls[0] = server.url("/500?seq=0");
    let failed = wrong_early_return::ping_all(&agent(), &urls, SIX);
    assert_eq!(failed.unwrap_err().url, urls[0]);
    assert_eq!(server.witness().done, 12, "{CURED}");
    assert_eq!(ping_all(&agent(), &urls, SIX).len(), 12);
}
