//! The traps of lesson 7 still go wrong, and the lesson does not. If one of
//! these fails, the trap is cured: rewrite it, and the lesson.
#![allow(dead_code, reason = "the programs' own `main` is not called here")]

#[path = "../examples/wrong_limit_per_try.rs"]
mod wrong_limit_per_try;
#[path = "../examples/wrong_timeout_around_blocking.rs"]
mod wrong_timeout_around_blocking;
#[path = "../examples/wrong_timeout_on_handle.rs"]
mod wrong_timeout_on_handle;
#[path = "../examples/wrong_timeout_on_spawn_blocking.rs"]
mod wrong_timeout_on_spawn_blocking;

use std::num::NonZeroUsize;
use std::time::Duration;

use lesson_07_deadlines::ping_all;
use ping_async::Client;
use ping_core::{Agent, Ping, PingError, Setup};
use test_server::TestServer;
use tokio::runtime::{Builder, Runtime};
use tokio::time::Instant;

const CURED: &str = "the trap is cured: rewrite it, and the lesson";
const FOUR: NonZeroUsize = NonZeroUsize::new(4).unwrap();
/// Of every batch here; the server waits many times as long.
const LIMIT: Duration = Duration::from_millis(200);
const WAIT: u64 = 1500;

fn runtime() -> Runtime {
    let mut builder = Builder::new_multi_thread();
    builder.worker_threads(2).enable_all().build().unwrap()
}

fn client() -> Client {
    Client::new(&Setup::new(FOUR)).unwrap()
}

fn agent() -> Agent {
    Agent::new(&Setup::new(FOUR)).unwrap()
}

fn urls(server: &TestServer) -> Vec<String> {
    (0..4)
        .map(|seq| server.url(&format!("/200?seq={seq}&sleep={WAIT}")))
        .collect()
}

/// Spawned, so that the workers run it; the runtime stays with the caller.
fn spawned(
    runtime: &Runtime,
    batch: impl Future<Output = Vec<Ping>> + Send + 'static,
) -> Vec<Ping> {
    runtime.block_on(runtime.spawn(batch)).unwrap()
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

fn all_late(pings: &[Ping]) -> bool {
    let late = |ping: &Ping| ping.result == Err(PingError::Deadline);
    pings.len() == 4 && pings.iter().all(late)
}

fn all_answered(pings: &[Ping]) -> bool {
    let ok = |ping: &Ping| ping.result.as_ref().is_ok_and(|r| r.status == 200);
    pings.len() == 4 && pings.iter().all(ok)
}

#[test]
fn the_lesson_leaves_nothing_behind() {
    let server = TestServer::start().unwrap();
    let (runtime, client, urls) = (runtime(), client(), urls(&server));
    let pings = spawned(&runtime, async move {
        ping_all(&client, &urls, FOUR, Instant::now() + LIMIT).await
    });
    assert!(all_late(&pings), "{pings:?}");
    settle(&server);
    let seen = server.witness();
    assert_eq!((seen.requests, seen.done, seen.aborted), (4, 0, 4));
}

#[test]
fn around_a_blocking_call_nothing_is_ever_late() {
    let server = TestServer::start().unwrap();
    let (runtime, agent, urls) = (runtime(), agent(), urls(&server));
    let pings = spawned(&runtime, async move {
        let deadline = Instant::now() + LIMIT;
        wrong_timeout_around_blocking::ping_all(&agent, &urls, deadline).await
    });
    assert!(all_answered(&pings), "{CURED}: {pings:?}");
    let seen = server.witness();
    assert_eq!((seen.done, seen.aborted), (4, 0), "{CURED}");
    // Two workers: the last two began when the deadline was long over.
    assert_eq!(seen.peak_in_flight, 2, "{CURED}");
}

#[test]
fn a_task_goes_on_without_its_handle() {
    let server = TestServer::start().unwrap();
    let (runtime, client, urls) = (runtime(), client(), urls(&server));
    let pings = spawned(&runtime, async move {
        let deadline = Instant::now() + LIMIT;
        wrong_timeout_on_handle::ping_all(&client, &urls, deadline).await
    });
    assert!(all_late(&pings), "{CURED}: {pings:?}");
    // One that comes later and waits as long is answered after all of them.
    let later = server.url(&format!("/204?sleep={WAIT}"));
    assert!(ping_core::ping(&agent(), &later).result.is_ok());
    settle(&server);
    let seen = server.witness();
    assert_eq!((seen.done, seen.aborted), (4 + 1, 0), "{CURED}");
}

#[test]
fn a_runtime_waits_for_its_blocking_threads() {
    let server = TestServer::start().unwrap();
    let (runtime, agent, urls) = (runtime(), agent(), urls(&server));
    let pings = spawned(&runtime, async move {
        let deadline = Instant::now() + LIMIT;
        wrong_timeout_on_spawn_blocking::ping_all(&agent, &urls, deadline).await
    });
    assert!(all_late(&pings), "{CURED}: {pings:?}");
    assert_eq!(server.witness().in_flight, 4, "{CURED}");
    drop(runtime);
    let seen = server.witness();
    assert_eq!((seen.done, seen.aborted), (4, 0), "{CURED}");
}

#[test]
fn limits_for_each_try_add_up() {
    let server = TestServer::start().unwrap();
    let (runtime, client, urls) = (runtime(), client(), urls(&server));
    let pings = spawned(&runtime, async move {
        wrong_limit_per_try::ping_all(&client, &urls, LIMIT).await
    });
    assert_eq!(pings.len(), 4);
    settle(&server);
    let seen = server.witness();
    let tries = u64::from(wrong_limit_per_try::TRIES);
    assert_eq!(seen.requests, 4 * tries, "{CURED}");
    assert_eq!(seen.aborted, 4 * tries, "{CURED}");
    // One after another, each with a limit of its own. When the client lets go
    // of a connection, the next try may be under way already: what is asked is
    // when each came, and half of the limit leaves room for a busy machine.
    for seq in 0..4 {
        let of_one = seen.stamps.iter().filter(|stamp| stamp.seq == seq);
        let of_one: Vec<_> = of_one.collect();
        for pair in of_one.windows(2) {
            let later = pair[1].received_ns - pair[0].received_ns;
            assert!(later >= LIMIT.as_nanos() as u64 / 2, "{CURED}");
        }
    }
}
