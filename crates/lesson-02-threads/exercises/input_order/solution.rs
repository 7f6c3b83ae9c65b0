//! # Solution: results in the order of the list
//!
//! A thread's result is what its closure returns. Joined in the order of the
//! list, the results are in that order, whoever was done first.

use std::process::ExitCode;
use std::thread;

use ping_core::{Agent, Ping, Setup, ping};

fn ping_all(agent: &Agent, urls: &[String]) -> Vec<Ping> {
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
        let many = urls.len().try_into().expect("there are URLs");
        let agent = Agent::new(&Setup::new(many)).expect("a client");
        ping_all(&agent, urls)
    })
}
