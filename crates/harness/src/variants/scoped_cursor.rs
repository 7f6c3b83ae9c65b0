//! Lesson 3 with a shared cursor in place of fixed shares: what its own run
//! compares it with, and what its exercise asks for.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use crossbeam::thread;
use ping_core::{Agent, Ping, ping};

/// Pings every URL on `concurrency` threads, each of which takes the next one
/// of the list whenever it is free.
///
/// # Panics
///
/// If a ping does, which it never should.
pub(crate) fn ping_all(
    agent: &Agent,
    urls: &[String],
    concurrency: NonZeroUsize,
) -> Vec<Ping> {
    let cursor = AtomicUsize::new(0);
    thread::scope(|scope| {
        let spawn = |_| {
            scope.builder().spawn(|_| {
                let mut pings = Vec::new();
                // Each number is given out once, whoever asks first.
                while let Some(url) = urls.get(cursor.fetch_add(1, Relaxed)) {
                    pings.push(ping(agent, url));
                }
                pings
            })
        };
        let threads: Vec<_> =
            (0..concurrency.get().min(urls.len())).map(spawn).collect();
        // Where the system has no thread left, fewer do the same work.
        let joined = threads.into_iter().flatten().map(|thread| thread.join());
        joined.flat_map(|pings| pings.expect("a ping never panics")).collect()
    })
    .map(|mut pings: Vec<Ping>| {
        let next = cursor.into_inner().min(urls.len());
        pings.extend(urls[next..].iter().map(|url| Ping::no_thread(url)));
        pings
    })
    .expect("every thread was joined")
}
