//! # Trap: a pool of 64
//!
//! **Learners think** that more threads get more hashing done.
//!
//! **Run it.** It says how many hashes were begun before the first was done.

use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::{available_parallelism, yield_now};

use lesson_11_cpu_work::work::hashed;
use ping_core::{Agent, Ping, Setup, ping};
use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

/// The threads of the pool.
pub(crate) const THREADS: usize = 64;

/// Fetches by one pool, and hashes by another, of so many threads. The pings,
/// and how many hashes were begun before the first was done.
pub(crate) fn ping_all(urls: &[String], threads: usize) -> (Vec<Ping>, usize) {
    let pool = |n| ThreadPoolBuilder::new().num_threads(n).build();
    let (waiting, hashing) = (pool(8), pool(threads));
    let waiting = waiting.expect("threads to wait");
    let hashing = hashing.expect("threads to hash");
    let eight = NonZeroUsize::new(8).expect("8 is not 0");
    let agent = Agent::new(&Setup::new(eight)).expect("a client");
    let fetched: Vec<Ping> = waiting.install(|| {
        let urls = urls.par_iter().with_max_len(1);
        urls.map(|url| ping(&agent.own(), url)).collect()
    });
    let (begun, one_is_done) = (AtomicUsize::new(0), AtomicBool::new(false));
    let hash = |mut ping: Ping| {
        if !one_is_done.load(Ordering::SeqCst) {
            begun.fetch_add(1, Ordering::SeqCst);
        }
        // A piece at a time; between two of them another thread may have the
        // processor, as it may at any time.
        for _ in 0..100 {
            ping = hashed(ping, 2_000);
            yield_now();
        }
        one_is_done.store(true, Ordering::SeqCst);
        ping
    };
    let pings = hashing.install(|| {
        fetched.into_par_iter().with_max_len(1).map(hash).collect()
    });
    (pings, begun.into_inner())
}

#[allow(clippy::print_stderr, reason = "it shows nowhere else")]
fn main() -> ExitCode {
    let urls: Vec<String> =
        (0..64).map(|seq| format!("/200?seq={seq}")).collect();
    witnessed::perform(&urls, |urls| {
        let processors = available_parallelism().map_or(1, NonZeroUsize::get);
        let (pings, begun) = ping_all(urls, THREADS);
        eprintln!(
            "{processors} processors, and {begun} hashes were begun before the \
             first was done"
        );
        pings
    })
}

// What goes wrong: say it aloud before you read on.
//
// **Symptom.** All hashes are done as soon as with two threads, and no sooner;
// but the first result comes when the last is nearly done, and 64 stacks and 64
// half-done pieces of work are in memory meanwhile.
//
// **Where.** At `pool(threads)` with 64: far more threads than processors.
//
// **Why.** A thread that waits needs no processor, so there may be many. One
// that computes needs a whole one. The system deals slices of the processors to
// all 64, so each is done 32 times as late as it could be, if there are two.
//
// **Fix.** As many threads as `std::thread::available_parallelism` says, which
// is what rayon's own pool has.
//
// **In the lesson.** Tasks wait, as many as there are pings in flight, and the
// pool that computes has a thread for each processor.
