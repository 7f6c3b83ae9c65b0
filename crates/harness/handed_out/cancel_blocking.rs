//! # Exercise: cancel calls that block
//!
//! Six workers with the blocking client, in a scope, and a receiver that stops
//! waiting at the deadline. The scope does not: it waits until the server has
//! answered them all. Keep the threads, the scope and the client, and make all
//! six requests end at the deadline: the server should see six clients go. (The
//! last URL is pinged afterwards, by a client of its own, because a program
//! goes on; it should be answered.)

use std::process::ExitCode;
use std::thread;
use std::time::{Duration, Instant};

use crossbeam::channel;
use ping_core::{Agent, Ping, PingError, Setup, ping};

const LIMIT: Duration = Duration::from_secs(1);

fn ping_all(agent: &Agent, urls: &[String], deadline: Instant) -> Vec<Ping> {
    let (ping_tx, ping_rx) = channel::unbounded();
    let mut pings = Vec::new();
    thread::scope(|scope| {
        for url in urls {
            let ping_tx = ping_tx.clone();
            scope.spawn(move || {
                let ping = ping(agent, url);
                // The receiver may have gone.
                let _ = ping_tx.send(ping);
            });
        }
        drop(ping_tx);
        while let Ok(ping) = ping_rx.recv_deadline(deadline) {
            pings.push(ping);
        }
    });
    for url in urls {
        if pings.iter().all(|ping| ping.url != *url) {
            pings.push(Ping::unstarted(url, PingError::Deadline));
        }
    }
    pings
}

fn main() -> ExitCode {
    let paths: Vec<String> =
        (0..7).map(|seq| format!("/200?seq={seq}&sleep=2000")).collect();
    witnessed::perform(&paths, |urls| {
        let many = urls.len().try_into().expect("there are URLs");
        let agent = || Agent::new(&Setup::new(many)).expect("a client");
        let (last, urls) = urls.split_last().expect("there are URLs");
        let deadline = Instant::now() + LIMIT;
        let mut pings = ping_all(&agent(), urls, deadline);
        pings.push(ping(&agent(), last));
        pings
    })
}
