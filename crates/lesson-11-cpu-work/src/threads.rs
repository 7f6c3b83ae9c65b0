//! Threads that take the next URL by a cursor, and compute themselves.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use ping_core::{Agent, Ping, ping};

use crate::work::hashed;

/// Pings every URL on `concurrency` threads, each of which hashes the bodies
/// that it has fetched so many times. Results come by thread. Where the system
/// refuses threads, fewer do it all; without any it is all
/// [`PingError::NoThread`](ping_core::PingError::NoThread).
///
/// # Panics
///
/// If a ping does, which it never should.
pub fn ping_all(
    agent: &Agent,
    urls: &[String],
    concurrency: NonZeroUsize,
    hashes: u32,
) -> Vec<Ping> {
    let next = AtomicUsize::new(0);
    let take = || urls.get(next.fetch_add(1, Ordering::Relaxed));
    let work = || {
        let agent = agent.own();
        let mut pings = Vec::new();
        while let Some(url) = take() {
            pings.push(hashed(ping(&agent, url), hashes));
        }
        pings
    };
    let mut pings: Vec<Ping> = thread::scope(|scope| {
        let spawn = |_| thread::Builder::new().spawn_scoped(scope, work).ok();
        let threads = 0..concurrency.get().min(urls.len());
        // All of them first: joined at once, each would wait for the one before.
        let threads: Vec<_> = threads.map_while(spawn).collect();
        let joined = threads.into_iter().map(|thread| thread.join());
        joined.flat_map(|pings| pings.expect("a ping never panics")).collect()
    });
    // Where there was no thread at all.
    while let Some(url) = take() {
        pings.push(Ping::no_thread(url));
    }
    pings
}
