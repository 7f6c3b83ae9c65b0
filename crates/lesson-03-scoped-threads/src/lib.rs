//! # Lesson 3: scoped threads
//!
//! **Idea.** A *scope* joins its threads before it returns, so they may borrow
//! what lives outside it. This one is crossbeam's; the standard library has one
//! as well, `std::thread::scope`. Nothing is cloned, and each thread pings a
//! whole share of the list instead of ending after one ping.
//!
//! | | |
//! | --- | --- |
//! | New here | `crossbeam::thread::scope`, borrowing across threads, fixed shares |
//! | From the lesson before | `concurrency` threads in all instead of one per URL, and no clones |
//! | In flight at once | `concurrency`, until the first share is done |
//! | Best when | all pings take about as long, and the list is known beforehand |
//! | Costs | the thread with the slow ones finishes last: `T` is the largest share's sum |
//!
//! **The core** is [`ping_all`], at the end of this file; the book quotes what
//! stands between its two marks.
//!
//! # Why not the previous way?
//!
//! Lesson 2 paid for its freedom with a clone per thread, because the compiler
//! has to assume that a spawned thread outlives the list:
//!
//! ```compile_fail,E0597
//! let urls = vec![String::from("http://127.0.0.1/200")];
//! let share = &urls[..];
//! std::thread::spawn(move || share.len());
//! ```
//!
//! Inside a scope the same borrow is fine: see the core below.
//!
//! # Run it
//!
//! ```sh
//! cargo run -p harness -- lesson 3    # predict, run, read, explain, break
//! cargo run --example lesson-03       # alone, on URLs of your own
//! ```
//!
//! # Today you would write
//!
//! `std::thread::scope`, which came to the standard library in Rust 1.63 and
//! which crossbeam's own documentation recommends. One difference remains, for
//! a thread that panics and that nobody joined: crossbeam's scope returns its
//! panic as an `Err`; std's panics itself, and the thread's words are lost.

use std::num::NonZeroUsize;

use crossbeam::thread;
use ping_core::{Agent, Ping, ping};

/// Pings every URL on `concurrency` threads, each with a fixed share of the
/// list. Results come share by share; where the system refuses a thread, its
/// share is [`PingError::NoThread`](ping_core::PingError::NoThread).
///
/// # Panics
///
/// If a ping does, which it never should.
pub fn ping_all(
    agent: &Agent,
    urls: &[String],
    concurrency: NonZeroUsize,
) -> Vec<Ping> {
    // A share for each thread, and none of them empty.
    let shares = concurrency.get().min(urls.len());
    // ANCHOR: core
    thread::scope(|scope| {
        let spawn = |first: usize| {
            // Deal the URLs out like cards: i, i + n, i + 2n, ... Cut with
            // `chunks(len.div_ceil(n))`, 100 URLs for 64 threads would be 50
            // shares of two, and 14 threads would have nothing to do.
            let share = urls.iter().skip(first).step_by(shares);
            let mine = share.clone();
            let work = move |_: &_| {
                // Its connections are nobody else's; lesson 4 says why.
                let agent = agent.own();
                mine.map(|url| ping(&agent, url)).collect::<Vec<_>>()
            };
            // `scope.spawn` would panic where the system has no thread left.
            (share, scope.builder().spawn(work))
        };
        // All are spawned before the first is joined.
        let threads: Vec<_> = (0..shares).map(spawn).collect();
        let pings =
            threads.into_iter().flat_map(|(share, thread)| match thread {
                Ok(thread) => thread.join().expect("a ping never panics"),
                Err(_) => share.map(|url| Ping::no_thread(url)).collect(),
            });
        pings.collect()
    })
    // `Err` is for panics of threads that nobody joined, and all are joined.
    .expect("every thread was joined")
    // ANCHOR_END: core
}
