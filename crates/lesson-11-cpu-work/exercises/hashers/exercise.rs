//! # Exercise: hashers
//!
//! Four threads fetch the first half of the list. Each body is hashed for 300
//! ms, and then the result is brought to a URL of the second half. But whoever
//! hashes fetches nothing meanwhile, and four hash at once, where two processors
//! are meant for it. Let four threads fetch without a pause, and two others hash
//! what they have fetched.

use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use lesson_11_cpu_work::work::hashed;
use ping_core::{Agent, Ping, Setup, ping};

const FETCHERS: usize = 4;
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
    let four = NonZeroUsize::new(FETCHERS).expect("4 is not 0");
    let agent = &Agent::new(&Setup::new(four)).expect("a client");
    let jobs = &Mutex::new(fetch.iter().zip(bring));
    let pings = &Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..FETCHERS {
            scope.spawn(move || {
                loop {
                    let job = jobs.lock().expect("nobody panics").next();
                    let Some((url, result)) = job else { return };
                    let fetched = hash(ping(agent, url));
                    let brought = ping(agent, result);
                    let both = [fetched, brought];
                    pings.lock().expect("nobody panics").extend(both);
                }
            });
        }
    });
    pings.lock().expect("nobody panics").split_off(0)
}

fn main() -> ExitCode {
    witnessed::perform(&witnessed::twelve(), ping_all)
}
