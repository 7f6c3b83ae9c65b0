//! The traps of lesson 2 still go wrong, and the lesson does not. If one of
//! these fails, the trap is cured: rewrite it, and the lesson.
#![allow(dead_code, reason = "the programs' own `main` is not called here")]

#[path = "../examples/wrong_join_in_loop.rs"]
mod wrong_join_in_loop;
#[path = "../examples/wrong_lock_held.rs"]
mod wrong_lock_held;
#[path = "../examples/wrong_small_backlog.rs"]
mod wrong_small_backlog;
#[path = "../examples/wrong_spawn_panics.rs"]
mod wrong_spawn_panics;

use std::num::NonZeroUsize;
use std::panic::catch_unwind;
use std::time::Duration;

use lesson_02_threads::ping_all;
use measurement::witness::Witness;
use ping_core::{Agent, Ping, Setup};
use test_server::TestServer;

const CURED: &str = "the trap is cured: rewrite it, and the lesson";
const FOUR: NonZeroUsize = NonZeroUsize::new(4).unwrap();

fn agent() -> Agent {
    Agent::new(&Setup::new(FOUR)).unwrap()
}

/// What the server sees of eight pings, four at a time.
fn seen(
    batch: impl FnOnce(&Agent, &[String], NonZeroUsize) -> Vec<Ping>,
) -> Witness {
    let server = TestServer::start().unwrap();
    let urls: Vec<String> = (0..8)
        .map(|seq| server.url(&format!("/200?seq={seq}&sleep=30")))
        .collect();
    let pings = batch(&agent(), &urls, FOUR);
    assert_eq!(pings.len(), 8);
    assert!(pings.iter().all(|p| p.result.as_ref().unwrap().status == 200));
    server.witness()
}

#[test]
fn joined_in_the_loop_nothing_overlaps() {
    let wrong = seen(wrong_join_in_loop::ping_all);
    assert_eq!(wrong.peak_in_flight, 1, "{CURED}");
}

#[test]
fn under_the_lock_nothing_overlaps() {
    let wrong = seen(wrong_lock_held::ping_all);
    assert_eq!(wrong.peak_in_flight, 1, "{CURED}");
}

#[test]
fn the_lesson_does_overlap() {
    let server = TestServer::start().unwrap();
    // The gate opens when four wait at it, and not before.
    let urls = vec![server.url("/gate/4"); 8];
    let pings = ping_all(&agent(), &urls, FOUR);
    assert!(pings.iter().all(|p| p.result.as_ref().unwrap().status == 200));
    assert_eq!(server.witness().peak_in_flight, 4);
}

#[test]
fn a_refused_thread_takes_all_results_along() {
    let server = TestServer::start().unwrap();
    let urls: Vec<String> =
        (0..8).map(|seq| server.url(&format!("/200?seq={seq}"))).collect();
    let lost =
        catch_unwind(|| wrong_spawn_panics::ping_all(&agent(), &urls, FOUR));
    assert!(lost.is_err(), "{CURED}");
    // The first wave was answered, and nobody has the answers.
    assert!(server.witness().done >= 4);
}

#[test]
#[cfg(target_os = "linux")]
fn a_small_backlog_drops_what_comes_after_it() {
    let server = wrong_small_backlog::never_accepts().unwrap();
    let address = server.local_addr().unwrap();
    let connect_all = wrong_small_backlog::connect_all;
    let made = connect_all(address, 135, Duration::from_millis(300));
    assert_eq!(made, 129, "{CURED}");
    let server = TestServer::start().unwrap();
    let made = connect_all(server.address(), 300, Duration::from_secs(5));
    assert_eq!(made, 300);
}
