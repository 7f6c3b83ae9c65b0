//! # Solution: every panic's words
//!
//! `join` hands over what a thread returned or what it panicked with, and one
//! is as good to go on with as the other.
#![allow(clippy::print_stdout, reason = "the exercise asks for it")]

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
        let mut pings = Vec::with_capacity(urls.len());
        for thread in threads {
            match thread.join() {
                Ok(ping) => pings.push(ping),
                Err(panic) => {
                    let words = panic.downcast_ref::<String>();
                    println!("it said: {}", words.map_or("?", |words| words));
                }
            }
        }
        pings
    })
    .expect("every thread was joined")
}

/// Panics for two of the eight.
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
