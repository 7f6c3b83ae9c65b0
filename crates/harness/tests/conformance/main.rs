//! What holds for every strategy alike, whatever its shape, and for the
//! the pair by hand. Counts and overlaps are what the server saw.

#[path = "../raw/mod.rs"]
mod raw;

mod answers;
mod connections;
mod environment;
mod failures;
mod faults;
mod overlap;
mod stopping;
mod threads;

use std::num::NonZeroUsize;
use std::sync::Arc;

use harness::strategies::{Ready, Strategy};
use ping_core::{Ping, Setup};
use test_server::TestServer;

fn count(number: usize) -> NonZeroUsize {
    NonZeroUsize::new(number).unwrap()
}

/// A strategy, ready for batches with as many in flight as asked for.
struct Batches {
    ready: Ready,
    concurrency: NonZeroUsize,
}

impl Batches {
    fn of(strategy: &Strategy, concurrency: usize) -> Batches {
        Batches::with(strategy, &Setup::new(count(concurrency)))
    }

    fn with(strategy: &Strategy, setup: &Setup) -> Batches {
        let ready = strategy.prepare(setup).unwrap();
        Batches { ready, concurrency: setup.concurrency }
    }

    fn ping(&self, urls: &[String]) -> Vec<Ping> {
        (self.ready)(&Arc::new(urls.to_vec()), self.concurrency)
    }
}

/// So many URLs, numbered, that differ in nothing else.
fn numbered(server: &TestServer, length: usize, more: &str) -> Vec<String> {
    (0..length)
        .map(|seq| server.url(&format!("/200?seq={seq}{more}")))
        .collect()
}

/// The URLs of the pings, sorted: results may come in any order.
fn sorted<'a>(urls: impl IntoIterator<Item = &'a String>) -> Vec<&'a str> {
    let mut urls: Vec<&str> = urls.into_iter().map(String::as_str).collect();
    urls.sort_unstable();
    urls
}

fn urls_of(pings: &[Ping]) -> Vec<&str> {
    sorted(pings.iter().map(|ping| &ping.url))
}

/// The status, or the kind of failure.
fn outcome(ping: &Ping) -> String {
    match &ping.result {
        Ok(reply) => reply.status.to_string(),
        Err(error) => error.kind().to_owned(),
    }
}

/// What came of the ping of this URL.
fn outcome_of(pings: &[Ping], url: &str) -> String {
    let ping = pings.iter().find(|ping| ping.url == url);
    ping.map_or_else(|| format!("no ping of {url}"), outcome)
}
