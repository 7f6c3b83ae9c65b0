//! # Trap: joined where it was spawned
//!
//! **Learners think** that a thread each is enough to overlap.

use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::thread;

use ping_core::{Agent, Ping, PingError, Setup, ping};

pub(crate) fn ping_all(
    agent: &Agent,
    urls: &[String],
    concurrency: NonZeroUsize,
) -> Vec<Ping> {
    let mut pings = Vec::with_capacity(urls.len());
    for wave in urls.chunks(concurrency.get()) {
        let spawn = |url: &String| {
            let (agent, url) = (agent.clone(), url.clone());
            thread::Builder::new().spawn(move || ping(&agent, &url))
        };
        let threads = wave.iter().map(spawn);
        for (url, thread) in wave.iter().zip(threads) {
            pings.push(match thread {
                Ok(thread) => thread.join().expect("a ping never panics"),
                Err(error) => {
                    Ping::unstarted(url, PingError::NoThread(error.to_string()))
                }
            });
        }
    }
    pings
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
// **Symptom.** Every answer is right, every ping has its thread, and the server
// never sees more than 1 at once.
//
// **Where.** At `let threads = wave.iter().map(spawn);`: nothing is collected,
// so each thread is joined at once.
//
// **Why.** `join` waits until the thread has come to its end. In the loop that
// spawns, the next thread is made only when the one before is done: that is
// lesson 1, with a thread to pay for each ping.
//
// **Fix.** Spawn all of them, keep the handles, and join in a second loop. An
// iterator is lazy: without `collect` between the two it is one loop again.
//
// **In the lesson.** `collect` in the core spawns the whole wave before
// anything is joined.
