//! # Solution: hashers
//!
//! Two stages with a channel between them. It has no bound, so a fetcher never
//! waits for a hasher; with a list that has no end it would need one, and the
//! fetchers would then be as slow as the hashers are.

use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use crossbeam::channel;
use lesson_11_cpu_work::work::hashed;
use ping_core::{Agent, Ping, Setup, ping};

const FETCHERS: usize = 4;
const HASHERS: usize = 2;
const HASH: Duration = Duration::from_millis(300);

/// Hashes for so long, whatever the machine is.
fn hash(mut ping: Ping) -> Ping {
    let start = Instant::now();
    while start.elapsed() < HASH {
        ping = hashed(ping, 1000);
    }
    ping
}

fn ping_all(urls: &[String]) -> Vec<Ping> {
    let (fetch, bring) = urls.split_at(urls.len() / 2);
    let six = NonZeroUsize::new(FETCHERS + HASHERS).expect("6 is not 0");
    let agent = &Agent::new(&Setup::new(six)).expect("a client");
    let jobs = &Mutex::new(fetch.iter().zip(bring));
    let pings = &Mutex::new(Vec::new());
    let (fetched_tx, fetched_rx) = channel::unbounded();
    thread::scope(|scope| {
        for _ in 0..FETCHERS {
            let fetched_tx = fetched_tx.clone();
            scope.spawn(move || {
                loop {
                    let job = jobs.lock().expect("nobody panics").next();
                    let Some((url, result)) = job else { return };
                    let fetched = (ping(agent, url), result);
                    fetched_tx.send(fetched).expect("the hashers are there");
                }
            });
        }
        for _ in 0..HASHERS {
            let fetched_rx = fetched_rx.clone();
            scope.spawn(move || {
                for (fetched, result) in fetched_rx {
                    let both = [hash(fetched), ping(agent, result)];
                    pings.lock().expect("nobody panics").extend(both);
                }
            });
        }
        // Else the hashers wait for more for ever.
        drop(fetched_tx);
    });
    pings.lock().expect("nobody panics").split_off(0)
}

fn main() -> ExitCode {
    witnessed::perform(&witnessed::twelve(), ping_all)
}
