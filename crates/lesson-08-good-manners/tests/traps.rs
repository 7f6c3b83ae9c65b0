//! The traps of lesson 8 still go wrong, and the lesson does not. If one of
//! these fails, the trap is cured: rewrite it, and the lesson.
#![allow(dead_code, reason = "the programs' own `main` is not called here")]

#[path = "../examples/wrong_no_jitter.rs"]
mod wrong_no_jitter;
#[path = "../examples/wrong_retry_everything.rs"]
mod wrong_retry_everything;
#[path = "../examples/wrong_semaphore_as_rate.rs"]
mod wrong_semaphore_as_rate;
#[path = "../examples/wrong_two_layers.rs"]
mod wrong_two_layers;

use std::collections::BTreeMap;
use std::num::{NonZeroU32, NonZeroUsize};

use lesson_08_good_manners::ping_all;
use measurement::witness::Stamp;
use ping_async::Client;
use ping_core::{Manners, Ping, Rate, Setup};
use test_server::TestServer;
use tokio::runtime::{Builder, Runtime};

const CURED: &str = "the trap is cured: rewrite it, and the lesson";

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

fn client() -> Client {
    Client::new(&Setup::new(NonZeroUsize::new(12).unwrap())).unwrap()
}

fn urls(server: &TestServer, count: usize, path: &str) -> Vec<String> {
    (0..count).map(|seq| server.url(&format!("{path}&seq={seq}"))).collect()
}

/// The lesson's own way, all at once.
fn right(urls: &[String], manners: &Manners) -> Vec<Ping> {
    let many = NonZeroUsize::new(urls.len()).unwrap();
    runtime().block_on(ping_all(&client(), urls, many, manners))
}

fn retrying(retries: u32) -> Manners {
    Manners { retries, ..Manners::default() }
}

/// The second attempt at each URL, as the server saw it.
fn second_attempts(server: &TestServer) -> Vec<Stamp> {
    let mut seen = BTreeMap::<u64, u32>::new();
    let mut stamps = server.witness().stamps;
    stamps.retain(|stamp| {
        let attempts = seen.entry(stamp.seq).or_default();
        *attempts += 1;
        *attempts == 2
    });
    stamps
}

/// The most of these that were in flight at once.
fn peak(stamps: &[Stamp]) -> usize {
    let at_once = |at: u64| {
        let there = |stamp: &&Stamp| {
            stamp.received_ns <= at && stamp.sent_ns.is_none_or(|end| at < end)
        };
        stamps.iter().filter(there).count()
    };
    stamps.iter().map(|stamp| at_once(stamp.received_ns)).max().unwrap_or(0)
}

#[test]
fn what_will_never_be_there_is_asked_for_again_and_again() {
    let server = TestServer::start().unwrap();
    let urls = urls(&server, 3, "/404?");
    let client = client();
    let wrong = wrong_retry_everything::ping_all(&client, &urls);
    assert_eq!(runtime().block_on(wrong).len(), 12, "{CURED}");
    assert_eq!(server.witness().requests, 12, "{CURED}");

    server.reset();
    right(&urls, &retrying(wrong_retry_everything::RETRIES));
    assert_eq!(server.witness().requests, 3);
}

#[test]
fn without_jitter_all_who_failed_together_come_back_together() {
    let server = TestServer::start().unwrap();
    let wrong = urls(&server, 12, "/502?sleep=80");
    let client = client();
    let wrong = wrong_no_jitter::ping_all(&client, &wrong);
    assert_eq!(runtime().block_on(wrong).len(), 36);
    let second = second_attempts(&server);
    assert_eq!(second.len(), 12);
    // Spread over their backoff there would be two or three.
    assert!(peak(&second) >= 8, "{} at once: {CURED}", peak(&second));

    // Of so many, some are in either half of a tenth of a second.
    server.reset();
    right(&urls(&server, 64, "/502?"), &retrying(1));
    let second = second_attempts(&server);
    assert_eq!(second.len(), 64);
    let apart = second[63].received_ns - second[0].received_ns;
    assert!(apart >= 50_000_000, "64 retries within {apart} ns");
}

#[test]
fn permits_keep_to_no_rate() {
    let server = TestServer::start().unwrap();
    let urls = urls(&server, 60, "/200?");
    let agreed = 59 * 1_000_000_000 / wrong_semaphore_as_rate::RATE;
    let span = |server: &TestServer| {
        let stamps = server.witness().stamps;
        stamps[59].received_ns - stamps[0].received_ns
    };
    let client = client();
    let wrong = wrong_semaphore_as_rate::ping_all(&client, &urls);
    assert_eq!(runtime().block_on(wrong).len(), 60);
    assert!(span(&server) < agreed, "{} ns: {CURED}", span(&server));
    let peak = server.witness().peak_in_flight;
    assert!(peak <= wrong_semaphore_as_rate::AT_ONCE.get() as u64, "{peak}");

    server.reset();
    let rate = NonZeroU32::new(wrong_semaphore_as_rate::RATE as u32);
    let rate = rate.map(Rate::per_second);
    right(&urls, &Manners { rate, ..Manners::default() });
    // Whatever holds up the first one makes the others seem early by so much.
    let least = agreed - 100_000_000;
    assert!(span(&server) >= least, "{} ns", span(&server));
}

#[test]
fn two_layers_multiply() {
    let server = TestServer::start().unwrap();
    let urls = urls(&server, 2, "/502?");
    let attempts = u64::from(wrong_two_layers::RETRIES) + 1;
    let client = client();
    let wrong = wrong_two_layers::ping_all(&client, &urls);
    let pings = runtime().block_on(wrong).len() as u64;
    assert_eq!(pings, 2 * attempts * attempts, "{CURED}");
    assert_eq!(server.witness().requests, pings, "{CURED}");

    server.reset();
    right(&urls, &retrying(wrong_two_layers::RETRIES));
    assert_eq!(server.witness().requests, 2 * attempts);
}
