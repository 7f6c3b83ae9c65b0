//! The traps of lesson 5 still go wrong, and the lesson does not. If one of
//! these fails, the trap is cured: rewrite it, and the lesson.
#![allow(dead_code, reason = "the programs' own `main` is not called here")]

#[path = "../examples/wrong_await_in_loop.rs"]
mod wrong_await_in_loop;
#[path = "../examples/wrong_blocking_in_task.rs"]
mod wrong_blocking_in_task;
#[path = "../examples/wrong_detached.rs"]
mod wrong_detached;
#[path = "../examples/wrong_never_awaited.rs"]
mod wrong_never_awaited;
#[path = "../examples/wrong_root_not_spawned.rs"]
mod wrong_root_not_spawned;
#[path = "../examples/wrong_spawn_then_await.rs"]
mod wrong_spawn_then_await;
#[path = "../examples/wrong_unlimited_blocking.rs"]
mod wrong_unlimited_blocking;

use std::num::NonZeroUsize;

use lesson_05_async_tasks::ping_all;
use ping_async::Client;
use ping_core::{Agent, Ping, Setup};
use test_server::TestServer;
use tokio::runtime::{Builder, Runtime};

const CURED: &str = "the trap is cured: rewrite it, and the lesson";
const SIX: NonZeroUsize = NonZeroUsize::new(6).unwrap();

fn runtime() -> Runtime {
    let mut builder = Builder::new_multi_thread();
    builder.worker_threads(2).enable_all().build().unwrap()
}

fn client() -> Client {
    Client::new(&Setup::new(SIX)).unwrap()
}

fn urls(server: &TestServer, count: usize, sleep: u64) -> Vec<String> {
    (0..count)
        .map(|seq| server.url(&format!("/200?seq={seq}&sleep={sleep}")))
        .collect()
}

/// The lesson's own way: spawned, so that the workers run it.
fn right(urls: &[String], concurrency: NonZeroUsize) -> Vec<Ping> {
    let client = Client::new(&Setup::new(concurrency)).unwrap();
    let (runtime, urls) = (runtime(), urls.to_vec());
    let batch = runtime
        .spawn(async move { ping_all(&client, &urls, concurrency).await });
    runtime.block_on(batch).unwrap()
}

#[test]
fn what_is_never_awaited_never_starts() {
    let server = TestServer::start().unwrap();
    let (client, urls) = (client(), urls(&server, 12, 0));
    let wrong = wrong_never_awaited::ping_all(&client, &urls);
    assert_eq!(runtime().block_on(wrong).len(), 0, "{CURED}");
    assert_eq!(server.witness().requests, 0, "{CURED}");
    assert_eq!(right(&urls, SIX).len(), 12);
}

#[test]
fn awaited_in_the_loop_nothing_overlaps() {
    let server = TestServer::start().unwrap();
    let (client, urls) = (client(), urls(&server, 12, 20));
    let wrong = wrong_await_in_loop::ping_all(&client, &urls);
    assert_eq!(runtime().block_on(wrong).len(), 12);
    assert_eq!(server.witness().peak_in_flight, 1, "{CURED}");
}

#[test]
fn spawned_and_awaited_at_once_nothing_overlaps() {
    let server = TestServer::start().unwrap();
    let (client, urls) = (client(), urls(&server, 12, 20));
    let wrong = wrong_spawn_then_await::ping_all(&client, &urls);
    assert_eq!(runtime().block_on(wrong).len(), 12);
    assert_eq!(server.witness().peak_in_flight, 1, "{CURED}");
}

#[test]
fn the_lesson_does_overlap() {
    let server = TestServer::start().unwrap();
    let pings = right(&vec![server.url("/gate/6"); 12], SIX);
    assert!(pings.iter().all(|p| p.result.as_ref().unwrap().status == 200));
    assert_eq!(server.witness().peak_in_flight, 6);
}

#[test]
#[cfg(target_os = "linux")]
fn a_root_that_is_not_spawned_sleeps_for_every_ping() {
    let server = TestServer::start().unwrap();
    // One at a time, so that every permit has to wake whoever waits for it.
    let urls = urls(&server, 100, 2);
    let slept = |batch: &dyn Fn() -> Vec<Ping>| {
        let before = wrong_root_not_spawned::sleeps().unwrap();
        assert_eq!(batch().len(), 100);
        wrong_root_not_spawned::sleeps().unwrap() - before
    };
    let one = NonZeroUsize::MIN;
    let wrong =
        slept(&|| wrong_root_not_spawned::ping_all(&client(), &urls, one));
    let right = slept(&|| right(&urls, one));
    assert!(wrong >= 90, "{wrong} sleeps for 100 pings: {CURED}");
    assert!(right <= 30, "the lesson's {right} sleeps for 100 pings");
}

#[test]
fn detached_tasks_vanish_with_the_runtime() {
    let server = TestServer::start().unwrap();
    let mut urls = urls(&server, 12, 0);
    // Under way when the last is spawned, whatever else happens.
    urls[11] = server.url("/200?seq=11&sleep=1500");
    let pings = wrong_detached::ping_all(&client(), &urls, SIX);
    assert!(pings.len() < 12, "{CURED}");
    assert!(pings.iter().all(|ping| ping.url != urls[11]), "{CURED}");
    assert_eq!(right(&urls, SIX).len(), 12);
}

#[test]
fn blocked_tasks_overlap_as_the_workers_do() {
    let server = TestServer::start().unwrap();
    let agent = Agent::new(&Setup::new(SIX)).unwrap();
    let urls = urls(&server, 12, 50);
    let pings = wrong_blocking_in_task::ping_all(&agent, &urls, SIX);
    assert_eq!(pings.len(), 12);
    let peak = server.witness().peak_in_flight;
    assert!(peak <= wrong_blocking_in_task::WORKERS as u64, "{peak}: {CURED}");
}

#[test]
fn blocking_threads_end_at_512() {
    let server = TestServer::start().unwrap();
    let every = NonZeroUsize::new(600).unwrap();
    let agent = Agent::new(&Setup::new(every)).unwrap();
    let urls = urls(&server, 600, 1000);
    let pings = wrong_unlimited_blocking::ping_all(&agent, &urls);
    assert!(pings.iter().all(|p| p.result.as_ref().unwrap().status == 200));
    let wrong = server.witness();
    assert_eq!(wrong.done, 600);
    let peak = wrong.peak_in_flight;
    assert!(peak <= 512, "{peak} at once: {CURED}");
    // From the 513th on, each waited until one of the others had its answer.
    let first = wrong.stamps.iter().filter_map(|stamp| stamp.sent_ns).min();
    for stamp in &wrong.stamps[512..] {
        assert!(Some(stamp.received_ns) >= first, "{CURED}");
    }

    server.reset();
    let pings = right(&vec![server.url("/gate/600"); 600], every);
    assert!(pings.iter().all(|p| p.result.as_ref().unwrap().status == 200));
    assert_eq!(server.witness().peak_in_flight, 600);
}
