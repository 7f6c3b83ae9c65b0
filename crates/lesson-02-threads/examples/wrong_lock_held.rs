//! # Trap: the lock around the ping
//!
//! **Learners think** that printed lines which interleave prove an overlap.

use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::thread;

use ping_core::{Agent, Ping, Setup, ping};

pub(crate) fn ping_all(
    agent: &Agent,
    urls: &[String],
    concurrency: NonZeroUsize,
) -> Vec<Ping> {
    let pings = Arc::new(Mutex::new(Vec::with_capacity(urls.len())));
    for wave in urls.chunks(concurrency.get()) {
        let spawn = |url: &String| {
            let (agent, url) = (agent.clone(), url.clone());
            let pings = Arc::clone(&pings);
            thread::Builder::new().spawn(move || {
                eprintln!("{url}: starts");
                pings.lock().expect("no poison").push(ping(&agent, &url));
                eprintln!("{url}: is done");
            })
        };
        let threads: Vec<_> = wave.iter().map(spawn).collect();
        for thread in threads.into_iter().flatten() {
            thread.join().expect("a ping never panics");
        }
    }
    let mut pings = pings.lock().expect("no poison");
    pings.drain(..).collect()
}

fn main() -> ExitCode {
    witnessed::perform(&witnessed::twelve(), |urls| {
        let concurrency = NonZeroUsize::new(6).expect("6 is not 0");
        let agent = Agent::new(&Setup::new(concurrency)).expect("a client");
        ping_all(&agent, urls, concurrency)
    })
}

// What goes wrong: say it aloud before you read on.
//
// **Symptom.** All threads of a wave say that they start before the first says
// that it is done, and the server never sees more than 1 at once.
//
// **Where.** At `pings.lock().expect("no poison").push(ping(&agent, &url));`:
// the lock is taken before the ping and kept until after it.
//
// **Why.** `lock` comes first and `ping` second, although both stand in one
// line: Rust evaluates what is left of the dot before what is in the brackets.
// The lock is released at the end of the statement, so while one thread pings
// all others wait for the lock.
//
// **Fix.** Ping first, into a variable of its own, and lock to put it away.
// Better still, return it from the thread and need no lock. And believe the
// server: a thread that has printed "starts" may still wait for a lock.
//
// **In the lesson.** `join` hands over what the thread returns; the core has no
// lock.
