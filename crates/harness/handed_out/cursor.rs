//! # Exercise: a shared cursor
//!
//! Twelve pings on two threads; the third one waits long, the eleven others
//! are short. Dealt like cards, four short ones stand behind the long one. Let
//! the threads share a cursor instead, a number that says which URL is the
//! next: whoever is free takes it. The server should have answered all eleven
//! before the long one is over.

use std::num::NonZeroUsize;
use std::process::ExitCode;

use crossbeam::thread;
use ping_core::{Agent, Ping, Setup, ping};

fn ping_all(
    agent: &Agent,
    urls: &[String],
    concurrency: NonZeroUsize,
) -> Vec<Ping> {
    let shares = concurrency.get().min(urls.len());
    thread::scope(|scope| {
        let spawn = |first: usize| {
            scope.spawn(move |_| {
                let share = urls.iter().skip(first).step_by(shares);
                share.map(|url| ping(agent, url)).collect::<Vec<_>>()
            })
        };
        let threads: Vec<_> = (0..shares).map(spawn).collect();
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
