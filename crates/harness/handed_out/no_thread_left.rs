//! # Exercise: no thread left
//!
//! A system that is nearly full refuses every third thread. Nine URLs should
//! still have nine results: six from the server, and three that say that there
//! was no thread for them.

use std::io;
use std::process::ExitCode;
use std::thread::{self, JoinHandle};

use ping_core::{Agent, Ping, Setup, ping};

fn ping_all(agent: &Agent, urls: &[String]) -> Vec<Ping> {
    let spawn = |(number, url): (usize, &String)| {
        let (agent, url) = (agent.clone(), url.clone());
        let thread = spawn(number, move || ping(&agent, &url));
        thread.expect("a thread")
    };
    let threads: Vec<_> = urls.iter().enumerate().map(spawn).collect();
    let joined = threads.into_iter().map(|thread| thread.join());
    joined.map(|ping| ping.expect("a ping never panics")).collect()
}

/// Stands in for `thread::Builder::spawn` on a system that is nearly full.
/// Leave it as it is.
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
