//! Wrong answers to it.

use std::sync::Mutex;

use crossbeam::thread;
use ping_core::{Agent, Ping, ping};

/// The list in halves.
pub(crate) fn halves(agent: &Agent, urls: &[String]) -> Vec<Ping> {
    thread::scope(|scope| {
        let spawn = |half: &'_ [String]| {
            let half = half.to_vec();
            scope.spawn(move |_| {
                half.iter().map(|url| ping(agent, url)).collect::<Vec<_>>()
            })
        };
        let threads: Vec<_> =
            urls.chunks(urls.len().div_ceil(2)).map(spawn).collect();
        let joined = threads.into_iter().map(|thread| thread.join());
        joined.flat_map(|pings| pings.expect("no ping panics")).collect()
    })
    .expect("every thread was joined")
}

/// Two at a time, as in lesson 2.
pub(crate) fn waves(agent: &Agent, urls: &[String]) -> Vec<Ping> {
    urls.chunks(2).flat_map(|wave| halves(agent, wave)).collect()
}

/// An iterator for all, and its lock held until the ping is done.
#[expect(clippy::significant_drop_in_scrutinee, reason = "it is the mistake")]
pub(crate) fn lock_held(agent: &Agent, urls: &[String]) -> Vec<Ping> {
    let rest = Mutex::new(urls.iter());
    let work = || {
        let mut pings = Vec::new();
        while let Some(url) = rest.lock().expect("no poison").next() {
            pings.push(ping(agent, url));
            // What uses the list after the ping keeps it borrowed for so long.
        }
        pings
    };
    thread::scope(|scope| {
        let threads = [scope.spawn(|_| work()), scope.spawn(|_| work())];
        let joined = threads.into_iter().map(|thread| thread.join());
        joined.flat_map(|pings| pings.expect("no ping panics")).collect()
    })
    .expect("every thread was joined")
}
