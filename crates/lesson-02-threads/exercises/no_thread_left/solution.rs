//! # Solution: no thread left
//!
//! Keep what `spawn` returned until you collect the results: a URL whose thread
//! was refused has a result, too.

use std::io;
use std::process::ExitCode;
use std::thread::{self, JoinHandle};

use ping_core::{Agent, Ping, PingError, Setup, ping};

fn ping_all(agent: &Agent, urls: &[String]) -> Vec<Ping> {
    let spawn = |(number, url): (usize, &String)| {
        let (agent, url) = (agent.clone(), url.clone());
        spawn(number, move || ping(&agent, &url))
    };
    let threads: Vec<_> = urls.iter().enumerate().map(spawn).collect();
    let both = urls.iter().zip(threads);
    both.map(|(url, thread)| match thread {
        Ok(thread) => thread.join().expect("a ping never panics"),
        Err(error) => {
            Ping::unstarted(url, PingError::NoThread(error.to_string()))
        }
    })
    .collect()
}

/// Stands in for `thread::Builder::spawn` on a system that is nearly full.
fn spawn(
    number: usize,
    work: impl FnOnce() -> Ping + Send + 'static,
) -> io::Result<JoinHandle<Ping>> {
    if number % 3 == 2 {
        return Err(io::Error::other("the system is full"));
    }
    thread::Builder::new().spawn(work)
}

fn main() -> ExitCode {
    witnessed::perform(&witnessed::twelve(), |urls| {
        let many = urls.len().try_into().expect("there are URLs");
        let agent = Agent::new(&Setup::new(many)).expect("a client");
        ping_all(&agent, urls)
    })
}
