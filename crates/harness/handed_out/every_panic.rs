//! # Exercise: every panic's words
//!
//! A thread for each of eight URLs; two of them panic after their ping, on
//! purpose. The server should see all eight. Six results should be printed,
//! and for each panic a line with what it said, by `println!`: `it said: number
//! 3 is unlucky` and `it said: number 6 is unlucky`. Now the program dies of
//! the first one.

use std::num::NonZeroUsize;
use std::process::ExitCode;

use crossbeam::thread;
use ping_core::{Agent, Ping, Setup, ping};

fn ping_all(agent: &Agent, urls: &[String]) -> Vec<Ping> {
    thread::scope(|scope| {
        let spawn = |(number, url): (usize, &'_ String)| {
            let url = url.clone();
            scope.spawn(move |_| unlucky(number, ping(agent, &url)))
        };
        let threads: Vec<_> = urls.iter().enumerate().map(spawn).collect();
        let joined = threads.into_iter().map(|thread| thread.join());
        joined.map(|ping| ping.expect("a ping never panics")).collect()
    })
    .expect("every thread was joined")
}

/// Panics for two of the eight. Leave it as it is.
fn unlucky(number: usize, ping: Ping) -> Ping {
    assert!(!matches!(number, 3 | 6), "number {number} is unlucky");
    ping
}

fn main() -> ExitCode {
    witnessed::perform(&witnessed::twelve(), |urls| {
        let eight = NonZeroUsize::new(8).expect("8 is not 0");
        let agent = Agent::new(&Setup::new(eight)).expect("a client");
        ping_all(&agent, urls)
    })
}
