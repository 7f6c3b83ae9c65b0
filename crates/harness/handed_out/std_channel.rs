//! # Exercise: the pool on the standard library's channel
//!
//! `std::sync::mpsc` has one receiver, so the workers share it behind a lock.
//! This pool has four workers and does one ping at a time. Keep the channel
//! and the lock, and let the server see 4 at once.
#![allow(clippy::all, clippy::nursery, reason = "no lint tells the answer")]

use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::sync::{Mutex, mpsc};
use std::thread;

use ping_core::{Agent, Ping, Setup, ping};

fn ping_all(
    agent: &Agent,
    urls: &[String],
    concurrency: NonZeroUsize,
) -> Vec<Ping> {
    let (job_tx, job_rx) = mpsc::channel::<&String>();
    let (ping_tx, ping_rx) = mpsc::channel();
    let job_rx = Mutex::new(job_rx);
    thread::scope(|scope| {
        for _ in 0..concurrency.get() {
            let (job_rx, ping_tx) = (&job_rx, ping_tx.clone());
            scope.spawn(move || {
                while let Ok(url) = job_rx.lock().expect("no poison").recv() {
                    let ping = ping(agent, url);
                    ping_tx.send(ping).expect("the receiver is below");
                }
            });
        }
        for url in urls {
            job_tx.send(url).expect("the workers still receive");
        }
        drop(job_tx);
    });
    drop(ping_tx);
    ping_rx.into_iter().collect()
}

fn main() -> ExitCode {
    witnessed::perform(&witnessed::twelve(), |urls| {
        let four = NonZeroUsize::new(4).expect("4 is not 0");
        let agent = Agent::new(&Setup::new(four)).expect("a client");
        ping_all(&agent, urls, four)
    })
}
