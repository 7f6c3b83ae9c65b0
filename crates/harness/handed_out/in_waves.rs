//! # Exercise: at most four at once
//!
//! Twelve pings, each on a thread of its own, all at once: so the book does
//! it. Let no more than `concurrency` be in flight, in waves as the lesson does
//! it; write them without looking. The server should see 4 at once, and never
//! more.

use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::thread;

use ping_core::{Agent, Ping, Setup, ping};

fn ping_all(
    agent: &Agent,
    urls: &[String],
    _concurrency: NonZeroUsize,
) -> Vec<Ping> {
    let spawn = |url: &String| {
        let (agent, url) = (agent.clone(), url.clone());
        thread::spawn(move || ping(&agent, &url))
    };
    let threads: Vec<_> = urls.iter().map(spawn).collect();
    let joined = threads.into_iter().map(|thread| thread.join());
    joined.map(|ping| ping.expect("a ping never panics")).collect()
}

fn main() -> ExitCode {
    witnessed::perform(&witnessed::twelve(), |urls| {
        let four = NonZeroUsize::new(4).expect("4 is not 0");
        let agent = Agent::new(&Setup::new(four)).expect("a client");
        ping_all(&agent, urls, four)
    })
}
