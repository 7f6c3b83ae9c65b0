//! # Lesson 2: threads
//!
//! **Idea.** Give each URL a thread of its own, so that the kernel does the
//! waiting for all of them at once. A thread's result is what its closure
//! returns: `join` hands it over.
//!
//! | | |
//! | --- | --- |
//! | New here | `std::thread`, `JoinHandle<Ping>`, waves |
//! | From the lesson before | the loop's body moves into a thread, and the agent and the URL are cloned for it |
//! | In flight at once | up to `concurrency`, fewer while a wave ends |
//! | Best when | there are a few dozen pings, all about equally slow |
//! | Costs | a thread per URL, and in each wave everybody waits for the slowest: for N equal waits L, c at a time, `T = ⌈N/c⌉(L + o)` |
//!
//! **The core** is [`ping_all`], at the end of this file; the book quotes what
//! stands between its two marks.
//!
//! The book spawns one thread for every URL at once; six do no harm. Waves are
//! our way to limit that: `concurrency` threads are spawned, all of them are
//! joined, then come the next.
//!
//! # Why not the previous way?
//!
//! Because a loop waits for one answer at a time. Threads that only *look*
//! at the list do not compile, though: a spawned thread may outlive its
//! caller, so it may not borrow from it.
//!
//! ```compile_fail,E0597
//! let urls = vec![String::from("http://127.0.0.1/200")];
//! let first = &urls[0];
//! std::thread::spawn(move || println!("{first}"));
//! ```
//!
//! # Run it
//!
//! ```sh
//! cargo run -p harness -- lesson 2    # predict, run, read, explain, break
//! cargo run --example lesson-02       # alone, on URLs of your own
//! ```
//!
//! # Today you would write
//!
//! This, for a handful of threads; for more, lesson 4.

use std::num::NonZeroUsize;
use std::thread;

use ping_core::{Agent, Ping, PingError, ping};

/// Pings every URL on a thread of its own, `concurrency` threads at a time.
/// Results come in the order of the list.
///
/// # Panics
///
/// If a ping does, which it never should.
pub fn ping_all(
    agent: &Agent,
    urls: &[String],
    concurrency: NonZeroUsize,
) -> Vec<Ping> {
    // ANCHOR: core
    let mut pings = Vec::with_capacity(urls.len());
    for wave in urls.chunks(concurrency.get()) {
        let spawn = |url: &String| {
            // The thread may outlive this function, so it gets copies.
            let (agent, url) = (agent.clone(), url.clone());
            // `thread::spawn` would panic where the system has no thread
            // left; a builder returns an error, which is this URL's result.
            thread::Builder::new().spawn(move || ping(&agent, &url))
        };
        // `collect` spawns the whole wave before anything is joined. Without
        // it the lazy iterator would spawn and join one by one: lesson 1 in
        // disguise.
        let threads: Vec<_> = wave.iter().map(spawn).collect();
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
    // ANCHOR_END: core
}
