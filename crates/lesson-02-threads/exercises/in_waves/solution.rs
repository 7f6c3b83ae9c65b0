//! # Solution: at most four at once
//!
//! A wave is spawned whole, joined whole, and then comes the next.

use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::thread;

use ping_core::{Agent, Ping, Setup, ping};

fn ping_all(
    agent: &Agent,
    urls: &[String],
    concurrency: NonZeroUsize,
) -> Vec<Ping> {
    let mut pings = Vec::with_capacity(urls.len());
    for wave in urls.chunks(concurrency.get()) {
        let spawn = |url: &String| {
            let (agent, url) = (agent.clone(), url.clone());
            thread::spawn(move || ping(&agent, &url))
        };
        let threads: Vec<_> = wave.iter().map(spawn).collect();
        for thread in threads {
            pings.push(thread.join().expect("a ping never panics"));
        }
    }
    pings
}

fn main() -> ExitCode {
    witnessed::perform(&witnessed::twelve(), |urls| {
        let four = NonZeroUsize::new(4).expect("4 is not 0");
        let agent = Agent::new(&Setup::new(four)).expect("a client");
        ping_all(&agent, urls, four)
    })
}
