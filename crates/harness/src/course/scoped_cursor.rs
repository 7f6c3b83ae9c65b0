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
/// If the system refuses a thread, or a ping panics, which it never should.
pub(crate) fn ping_all(
    agent: &Agent,
    urls: &[String],
    concurrency: NonZeroUsize,
) -> Vec<Ping> {
    let cursor = AtomicUsize::new(0);
    thread::scope(|scope| {
        let spawn = |_| {
            scope.spawn(|_| {
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
        let joined = threads.into_iter().map(|thread| thread.join());
        joined.flat_map(|pings| pings.expect("a ping never panics")).collect()
    })
    .expect("every thread was joined")
}
