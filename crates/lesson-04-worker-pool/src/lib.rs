//! # Lesson 4: worker pool
//!
//! **Idea.** Put the URLs into a channel and let `concurrency` workers take
//! the next one whenever they are free: a worker with a slow one takes fewer.
//! The channel is crossbeam's, because it can have many receivers; the standard
//! library's `std::sync::mpsc` has one.
//!
//! | | |
//! | --- | --- |
//! | New here | `crossbeam::channel`: many receivers, and closing as the end-of-work signal |
//! | From the lesson before | the share of a thread is no longer fixed: `for url in job_rx` |
//! | In flight at once | `concurrency`, until the queue is empty |
//! | Best when | pings differ in length, or the list is still growing |
//! | Costs | two hand-overs a ping, and a rule that must not be forgotten: drop the senders |
//!
//! **The core** is [`ping_all`], at the end of this file; the book quotes what
//! stands between its two marks.
//!
//! For uneven waits no fixed sharing can promise what a queue does: with c
//! workers and the longest wait Lmax, `T ≤ ΣL/c + (1 − 1/c)·Lmax` (Graham
//! 1969).
//!
//! Both channels are unbounded, because the list and the results are in memory
//! anyway: a limit would save nothing, and the sender would be woken for every
//! job that is taken. Where jobs keep coming, `bounded(n)` makes the sender wait for
//! the workers. That is back-pressure.
//!
//! Each worker has an agent of its own. An agent looks through all its idle
//! connections twice a ping, under one lock: shared by hundreds of workers, it
//! makes each of them wait for the others.
//!
//! # Why not the previous way?
//!
//! Fixed shares are dealt before anybody knows which ping is slow. And a plain
//! `std::sync::mpsc` channel cannot feed many workers, because only one thread
//! at a time may use its receiver:
//!
//! ```compile_fail,E0277
//! let (job_tx, job_rx) = std::sync::mpsc::channel::<String>();
//! std::thread::scope(|scope| {
//!     scope.spawn(|| job_rx.recv());
//!     scope.spawn(|| job_rx.recv());
//! });
//! ```
//!
//! # Run it
//!
//! ```sh
//! cargo run -p harness -- lesson 4    # predict, run, read, explain, break
//! cargo run --example lesson-04       # alone, on URLs of your own
//! ```
//!
//! # Today you would write
//!
//! This, with `std::thread::scope`. The channel stays crossbeam's: the standard
//! library's runs the same code since Rust 1.67, but one with many receivers
//! is still unstable there (`std::sync::mpmc`).

use std::num::NonZeroUsize;

use crossbeam::{channel, thread};
use ping_core::{Agent, Ping, ping};

/// Pings every URL on `concurrency` workers that take them from a queue.
/// Results come in the order in which they were done. Where the system refuses
/// threads, fewer workers do it, and without any it is all
/// [`PingError::NoThread`](ping_core::PingError::NoThread).
///
/// # Panics
///
/// If a ping does, which it never should.
pub fn ping_all(
    agent: &Agent,
    urls: &[String],
    concurrency: NonZeroUsize,
) -> Vec<Ping> {
    let workers = concurrency.get().min(urls.len());
    // ANCHOR: core
    let (job_tx, job_rx) = channel::unbounded();
    let (ping_tx, ping_rx) = channel::unbounded();
    thread::scope(|scope| {
        for _ in 0..workers {
            let (job_rx, ping_tx) = (job_rx.clone(), ping_tx.clone());
            let work = move |_: &_| {
                let agent = agent.own();
                // Ends when the queue is empty and every sender is gone.
                for url in job_rx {
                    let ping = ping(&agent, url);
                    ping_tx.send(ping).expect("the receiver is below");
                }
            };
            // Where the system has no thread left, fewer workers do it all.
            if scope.builder().spawn(work).is_err() {
                break;
            }
        }
        for url in urls {
            job_tx.send(url).expect("one receiver is still here");
        }
        // Without this the workers wait for more jobs, and the scope for them.
        drop(job_tx);
    })
    .expect("a ping never panics");
    // Else `collect` waits for one more ping for ever: here is one sender.
    drop(ping_tx);
    // Where there was no worker at all, the jobs are still in the queue.
    let left = job_rx.into_iter().map(Ping::no_thread);
    ping_rx.into_iter().chain(left).collect()
    // ANCHOR_END: core
}
