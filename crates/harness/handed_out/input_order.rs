//! # Exercise: results in the order of the list
//!
//! Eight pings on eight threads; the first of the list waits longest, the last
//! one shortest. Print the results in the order of the list, and do it without
//! a lock. The server should still see all eight at once.

use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::thread;

use ping_core::{Agent, Ping, Setup, ping};

fn ping_all(agent: &Agent, urls: &[String]) -> Vec<Ping> {
    let pings = Arc::new(Mutex::new(Vec::new()));
    let mut threads = Vec::new();
    for url in urls {
        let (agent, url) = (agent.clone(), url.clone());
        let pings = Arc::clone(&pings);
        threads.push(thread::spawn(move || {
            let ping = ping(&agent, &url);
            pings.lock().expect("no poison").push(ping);
        }));
    }
    for thread in threads {
        thread.join().expect("a ping never panics");
    }
    let mut pings = pings.lock().expect("no poison");
    pings.drain(..).collect()
}

fn main() -> ExitCode {
    witnessed::perform(&witnessed::twelve(), |urls| {
        let many = urls.len().try_into().expect("there are URLs");
        let agent = Agent::new(&Setup::new(many)).expect("a client");
        ping_all(&agent, urls)
    })
}
