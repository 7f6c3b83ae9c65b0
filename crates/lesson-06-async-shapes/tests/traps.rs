//! The traps of lesson 6 still go wrong, and the lesson does not. If one of
//! these fails, the trap is cured: rewrite it, and the lesson.
#![allow(dead_code, reason = "the programs' own `main` is not called here")]

#[path = "../examples/wrong_permit_in_task.rs"]
mod wrong_permit_in_task;
#[path = "../examples/wrong_slow_consumer.rs"]
mod wrong_slow_consumer;
#[path = "../examples/wrong_started_sends.rs"]
mod wrong_started_sends;
#[path = "../examples/wrong_window_of_0.rs"]
mod wrong_window_of_0;

use std::num::NonZeroUsize;
use std::time::Duration;

use lesson_06_async_shapes::ping_all;
use ping_async::Client;
use ping_core::{Ping, PingError, Setup};
use test_server::TestServer;
use tokio::runtime::{Builder, Runtime};

const CURED: &str = "the trap is cured: rewrite it, and the lesson";
const TWO: NonZeroUsize = NonZeroUsize::new(2).unwrap();

/// What a ping may take; each is answered long before.
const TIMEOUT: Duration = Duration::from_millis(500);

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

fn client() -> Client {
    let setup = Setup { timeout: TIMEOUT, ..Setup::new(TWO) };
    Client::new(&setup).unwrap()
}

fn urls(server: &TestServer, count: usize, sleep: u64) -> Vec<String> {
    (0..count)
        .map(|seq| server.url(&format!("/200?seq={seq}&sleep={sleep}")))
        .collect()
}

fn timed_out(pings: &[Ping]) -> usize {
    let late = |ping: &&Ping| matches!(ping.result, Err(PingError::Timeout(_)));
    pings.iter().filter(late).count()
}

fn answered(pings: &[Ping]) -> usize {
    pings.iter().filter(|ping| ping.result.is_ok()).count()
}

#[test]
fn with_a_slow_consumer_the_window_stands_still() {
    let server = TestServer::start().unwrap();
    let (client, urls) = (client(), urls(&server, 4, 10));
    let slow = Duration::from_millis(700);
    let wrong = wrong_slow_consumer::ping_all(&client, &urls, TWO, slow);
    let wrong = runtime().block_on(wrong);
    assert!(timed_out(&wrong) >= 1, "{CURED}");
    // The server did what it could.
    assert!(server.witness().done as usize > answered(&wrong), "{CURED}");
    let right = runtime().block_on(ping_all(&client, &urls, TWO, slow));
    assert_eq!((right.len(), timed_out(&right)), (4, 0));
}

#[test]
fn the_time_of_a_send_runs_in_the_queue() {
    let server = TestServer::start().unwrap();
    let (client, urls) = (client(), urls(&server, 12, 150));
    let wrong = wrong_started_sends::ping_all(&client, &urls, TWO);
    let wrong = runtime().block_on(wrong);
    assert_eq!(wrong.len(), 12);
    // Two are done in 150 ms each, so that no more than six have the time.
    assert!(timed_out(&wrong) >= 6, "{wrong:?}: {CURED}");
    // Those at the end were over before they were sent.
    assert!(server.witness().requests < 12, "{CURED}");
    let none = Duration::ZERO;
    let right = runtime().block_on(ping_all(&client, &urls, TWO, none));
    assert_eq!((right.len(), timed_out(&right)), (12, 0));
}

#[test]
fn tasks_that_wait_for_permits_are_all_there() {
    use wrong_permit_in_task::with_most_tasks;
    let server = TestServer::start().unwrap();
    let urls = urls(&server, 50, 1);
    let client = client();
    let wrong = wrong_permit_in_task::ping_all(&client, &urls, TWO);
    let (pings, most) = runtime().block_on(with_most_tasks(wrong));
    assert_eq!((pings.len(), server.witness().peak_in_flight), (50, 2));
    assert!(most >= 50, "{most} tasks at once: {CURED}");
    let right = ping_all(&client, &urls, TWO, Duration::ZERO);
    let (pings, most) = runtime().block_on(with_most_tasks(right));
    assert_eq!(pings.len(), 50);
    // The workers, and the client's own for its connections.
    assert!(most < 10, "the lesson's {most} tasks at once");
}

#[test]
fn a_window_of_0_never_opens() {
    let server = TestServer::start().unwrap();
    let (client, urls) = (client(), urls(&server, 3, 0));
    let wrong = move || {
        runtime().block_on(wrong_window_of_0::ping_all(&client, &urls, 6))
    };
    let patience = Duration::from_millis(500);
    assert!(witnessed::within(patience, wrong).is_none(), "{CURED}");
    assert_eq!(server.witness().requests, 0, "{CURED}");
}
