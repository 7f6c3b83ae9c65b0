//! # Lesson 11: CPU work
//!
//! **Idea.** Waiting costs nothing, so any number of waits fit into one thread.
//! Computing takes a processor: what is not shared out among them waits for
//! the one that has it.
//!
//! | | |
//! | --- | --- |
//! | New here | `rayon`, and a ping that computes: each body is hashed many times |
//! | From the lesson before | one thread is no longer enough: here are as many as pings in flight |
//! | In flight at once | `concurrency`, fewer while some of them compute |
//! | Best when | there is something to compute for each answer |
//! | Costs | a thread for each ping in hand, and the processors are shared with everybody else |
//!
//! **The core** is [`ping_all`], below these words. Beside it stand four other
//! ways to do the same: [`threads`], [`tasks`], [`processes`], and [`join_all`],
//! which is the one that computes on one processor only. [`work`] has the
//! hashes.
//!
//! With a job that computes for the share f of its time, c of them at once and P
//! processors, nothing can be more than `min(c, P/f)` times as fast as one by
//! one: that is the ceiling of the processors. Where the computing is done by
//! one thread, Amdahl's `1/(f + (1 − f)/c)` holds, and it ends at 1/f however
//! many processors there are.
//!
//! # Why not the previous way?
//!
//! An executor of one thread polls its tasks one after another. While it
//! computes for one of them, nobody reads what has come for the others. A future
//! that is to be polled by several threads must be `Send`, and those of the
//! lesson before are not:
//!
//! ```compile_fail,E0277
//! fn on_any_thread<F: Future + Send>(_: F) {}
//! let shared = std::rc::Rc::new(0);
//! on_any_thread(async move { std::future::ready(()).await; *shared });
//! ```
//!
//! # Run it
//!
//! ```sh
//! cargo run -p harness -- lesson 11   # predict, run, read, explain, break
//! cargo run --example lesson-11       # alone, on URLs of your own
//! ```
//!
//! # Today you would write
//!
//! Where few pings are in flight, this. Where there are thousands, let tasks
//! wait and give what they fetched to a pool with one thread for each processor,
//! by a channel (the exercise `hashers`), or `tokio::task::spawn_blocking` with
//! a limit.

pub mod join_all;
pub mod processes;
pub mod tasks;
pub mod threads;
pub mod work;

use std::iter::successors;
use std::num::NonZeroUsize;

use ping_core::{Agent, Ping, ping};
use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

use work::hashed;

/// Pings every URL on a pool of `concurrency` threads, and hashes each body so
/// many times. Results come in the order of the list. Where the system refuses
/// threads, fewer do it all, and without any it is all
/// [`PingError::NoThread`](ping_core::PingError::NoThread).
///
/// # Panics
///
/// If a ping does, which it never should.
pub fn ping_all(
    agent: &Agent,
    urls: &[String],
    concurrency: NonZeroUsize,
    hashes: u32,
) -> Vec<Ping> {
    // ANCHOR: core
    let threads = concurrency.get().min(urls.len().max(1));
    let sizes = successors(Some(threads), |n| Some(n / 2).filter(|n| *n > 0));
    // rayon's own pool has a thread for each processor: right for computing,
    // too few for waiting. It is all or none, so fewer are tried for.
    let pool = sizes
        .filter_map(|n| ThreadPoolBuilder::new().num_threads(n).build().ok())
        .next();
    let Some(pool) = pool else {
        return urls.iter().map(|url| Ping::no_thread(url)).collect();
    };
    pool.install(|| {
        urls.par_iter()
            // Else a thread is dealt a share, as in lesson 3.
            .with_max_len(1)
            // On the same thread: the answer is where it is needed.
            .map(|url| hashed(ping(&agent.own(), url), hashes))
            .collect()
    })
    // ANCHOR_END: core
}
