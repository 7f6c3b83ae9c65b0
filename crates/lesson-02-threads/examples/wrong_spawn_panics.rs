//! # Trap: the spawn that panics
//!
//! **Learners think** that `thread::spawn` cannot fail.

use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::thread;

use ping_core::{Agent, Ping, Setup, ping};

/// More bytes than any process has addresses for.
const TOO_LARGE: usize = 1 << (usize::BITS - 4);

pub(crate) fn ping_all(
    agent: &Agent,
    urls: &[String],
    concurrency: NonZeroUsize,
) -> Vec<Ping> {
    let mut pings = Vec::with_capacity(urls.len());
    for wave in urls.chunks(concurrency.get()) {
        let spawn = |url: &String| {
            let last = urls.last() == Some(url);
            let (agent, url) = (agent.clone(), url.clone());
            // Stands for the moment when the system has no thread left.
            let builder = match last {
                true => thread::Builder::new().stack_size(TOO_LARGE),
                false => thread::Builder::new(),
            };
            builder
                .spawn(move || ping(&agent, &url))
                .expect("failed to spawn thread")
        };
        let threads: Vec<_> = wave.iter().map(spawn).collect();
        for thread in threads {
            pings.push(thread.join().expect("a ping never panics"));
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
// **Symptom.** The system refuses one thread of twelve, and all results are
// lost, even those of pings that were answered.
//
// **Where.** At `.expect("failed to spawn thread")`: this is what
// `thread::spawn` does with a refusal.
//
// **Why.** `thread::spawn` has no way to say no: it panics where the system has
// no thread left. It is short for `Builder::new().spawn(…).expect(…)`, which is
// written out here, because nobody wants to fill the machine to see it. Here
// the system refuses the last thread because that one asks for a stack that is
// larger than any memory.
//
// **Fix.** `thread::Builder` returns the refusal as a `Result`: this ping's
// result is an error, and all the others keep theirs.
//
// **In the lesson.** The core spawns with a builder, and a refused thread is
// `PingError::NoThread`.
