//! # Trap: the list cut into chunks
//!
//! **Learners think** that the list cut into chunks gives every thread a share.
//!
//! **Run it.** It shows with 8 URLs on its 6 threads, and not with 12.

use std::num::NonZeroUsize;
use std::process::ExitCode;

use crossbeam::thread;
use ping_core::{Agent, Ping, Setup, ping};

pub(crate) fn ping_all<'env>(
    agent: &Agent,
    urls: &'env [String],
    concurrency: NonZeroUsize,
) -> Vec<Ping> {
    let length = urls.len().div_ceil(concurrency.get()).max(1);
    thread::scope(|scope| {
        let spawn = |share: &'env [String]| {
            scope.spawn(move |_| {
                share.iter().map(|url| ping(agent, url)).collect::<Vec<_>>()
            })
        };
        let threads: Vec<_> = urls.chunks(length).map(spawn).collect();
        let joined = threads.into_iter().map(|thread| thread.join());
        joined.flat_map(|pings| pings.expect("a ping never panics")).collect()
    })
    .expect("every thread was joined")
}

fn main() -> ExitCode {
    let waits = [160, 160, 60, 60, 60, 60, 60, 60];
    let paths = waits.iter().zip(0..);
    let paths = paths.map(|(ms, seq)| format!("/200?seq={seq}&sleep={ms}"));
    witnessed::perform(&paths.collect::<Vec<_>>(), |urls| {
        let concurrency = NonZeroUsize::new(6).expect("6 is not 0");
        let agent = Agent::new(&Setup::new(concurrency)).expect("a client");
        ping_all(&agent, urls, concurrency)
    })
}

// What goes wrong: say it aloud before you read on.
//
// **Symptom.** Every answer is right, and of 8 URLs for 6 threads the server
// never sees more than 4 at once.
//
// **Where.** At `let length = urls.len().div_ceil(concurrency.get()).max(1);`:
// rounded up, the chunks are used up before the threads are.
//
// **Why.** The length of a chunk is rounded up, so the list is used up before
// all threads have one: 8 URLs in chunks of two are four chunks. Where all
// waits are alike that costs no time, since somebody has two URLs anyway. But
// neighbours in a list are often alike, and here the two slow ones are in one
// chunk while two threads have nothing.
//
// **Fix.** Deal the list out like cards: no share is longer than another by
// more than one, and none is empty.
//
// **In the lesson.** `skip(first).step_by(shares)` in the core deals.
