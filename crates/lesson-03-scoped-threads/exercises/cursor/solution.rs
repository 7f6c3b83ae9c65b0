//! # Solution: a shared cursor
//!
//! The threads borrow a counter as they borrow the list. Whoever is free takes
//! the next number, and no thread has a share of its own.

use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use crossbeam::thread;
use ping_core::{Agent, Ping, Setup, ping};

fn ping_all(
    agent: &Agent,
    urls: &[String],
    concurrency: NonZeroUsize,
) -> Vec<Ping> {
    let cursor = AtomicUsize::new(0);
    thread::scope(|scope| {
        let spawn = |_| {
            scope.spawn(|_| {
                let mut pings = Vec::new();
                while let Some(url) = urls.get(cursor.fetch_add(1, Relaxed)) {
                    pings.push(ping(agent, url));
                }
                pings
            })
        };
        let threads: Vec<_> = (0..concurrency.get()).map(spawn).collect();
        let joined = threads.into_iter().map(|thread| thread.join());
        joined.flat_map(|pings| pings.expect("a ping never panics")).collect()
    })
    .expect("every thread was joined")
}

fn main() -> ExitCode {
    witnessed::perform(&witnessed::twelve(), |urls| {
        let two = NonZeroUsize::new(2).expect("2 is not 0");
        let agent = Agent::new(&Setup::new(two)).expect("a client");
        ping_all(&agent, urls, two)
    })
}
