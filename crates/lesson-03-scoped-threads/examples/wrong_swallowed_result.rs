//! # Trap: the scope's result thrown away
//!
//! **Learners think** that a panic in a thread will not go unnoticed.

use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::sync::Mutex;

use crossbeam::thread;
use ping_core::{Agent, Ping, Setup, ping};

pub(crate) fn ping_all(
    agent: &Agent,
    urls: &[String],
    concurrency: NonZeroUsize,
) -> Vec<Ping> {
    let shares = concurrency.get().min(urls.len());
    let pings = Mutex::new(Vec::with_capacity(urls.len()));
    let _ = thread::scope(|scope| {
        for first in 0..shares {
            let pings = &pings;
            scope.spawn(move |_| {
                for url in urls.iter().skip(first).step_by(shares) {
                    let ping = ping(agent, url);
                    inspect(&ping);
                    pings.lock().expect("no poison").push(ping);
                }
            });
        }
    });
    pings.into_inner().expect("no poison")
}

/// Stands for a mistake of your own that you have not found yet.
fn inspect(ping: &Ping) {
    assert!(!ping.url.contains("seq=5"), "a mistake that only 5 meets");
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
// **Symptom.** Of 12 URLs 10 have a result, and the program ends without an
// error; for one of the two others the server never saw a request.
//
// **Where.** At `let _ = thread::scope(|scope| {`: the result says which
// threads panicked, and nobody looks at it.
//
// **Why.** A panic ends its own thread and no other. crossbeam's scope returns
// it in its `Err`, and `let _ =` throws that away: the whole share of that
// thread is missing, and the only trace is a line on standard error.
//
// **Fix.** Look at what the scope returns, and at what `join` returns. And
// compare the number of results with the length of the list.
//
// **In the lesson.** Every thread is joined, and `expect` stands behind each
// `join` and behind the scope.
