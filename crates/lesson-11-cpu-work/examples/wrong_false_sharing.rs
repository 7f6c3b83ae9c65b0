//! # Trap: false sharing
//!
//! **Learners think** that threads which write to different places share
//! nothing.
//!
//! **Run it.** It says how long the counting takes, side by side and apart.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use lesson_11_cpu_work::threads;
use ping_core::{Agent, Ping, Setup};

/// What a processor takes from another one is never less than this, bytes.
pub(crate) const LINE: usize = 64;

/// A counter for each thread.
pub(crate) trait Counter: Default + Sync {
    fn counter(&self) -> &AtomicU64;
}

/// As one would write it.
impl Counter for AtomicU64 {
    fn counter(&self) -> &AtomicU64 {
        self
    }
}

/// Each in lines of its own; two, because processors fetch them in pairs.
#[derive(Default)]
#[repr(align(128))]
pub(crate) struct Apart(AtomicU64);

impl Counter for Apart {
    fn counter(&self) -> &AtomicU64 {
        &self.0
    }
}

/// A counter for each of so many threads.
pub(crate) fn counters<C: Counter>(threads: usize) -> Vec<C> {
    (0..threads).map(|_| C::default()).collect()
}

/// In how many lines of memory they lie.
pub(crate) fn lines<C: Counter>(counters: &[C]) -> usize {
    let address = |counter: &C| std::ptr::from_ref(counter).addr() / LINE;
    counters.iter().map(address).collect::<BTreeSet<usize>>().len()
}

/// Each thread counts to `each` in its own counter; how long that takes.
pub(crate) fn count<C: Counter>(counters: &[C], each: u64) -> Duration {
    let start = Instant::now();
    thread::scope(|scope| {
        for own in counters {
            scope.spawn(move || {
                for _ in 0..each {
                    own.counter().fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    start.elapsed()
}

pub(crate) fn ping_all(
    urls: &[String],
    concurrency: NonZeroUsize,
) -> Vec<Ping> {
    let agent = Agent::new(&Setup::new(concurrency)).expect("a client");
    threads::ping_all(&agent, urls, concurrency, 0)
}

#[allow(clippy::print_stderr, reason = "it shows nowhere else")]
fn main() -> ExitCode {
    witnessed::perform(&witnessed::twelve(), |urls| {
        let six = NonZeroUsize::new(6).expect("6 is not 0");
        let (beside, apart) = (counters::<AtomicU64>(6), counters::<Apart>(6));
        let each = 5_000_000;
        eprintln!(
            "6 threads count to {each}: {} ms where the counters lie in {} \
             lines of memory, {} ms where they lie in {}",
            count(&beside, each).as_millis(),
            lines(&beside),
            count(&apart, each).as_millis(),
            lines(&apart),
        );
        ping_all(urls, six)
    })
}

// What goes wrong: say it aloud before you read on.
//
// **Symptom.** All numbers are right. Threads that compute on several
// processors and count what they have done are several times as slow as they
// were before they counted, and the more of them there are, the slower.
//
// **Where.** At `(0..threads).map(|_| C::default())` with an `AtomicU64`: eight
// of them lie in one line of memory.
//
// **Why.** A processor writes to a whole line, 64 bytes or more, and to do so it
// takes the line away from all others. Nobody reads what somebody else counts,
// and still the line goes to and fro with every count.
//
// **Fix.** Count in a local variable and add it up at the end; or give each
// counter lines of its own, as `crossbeam::utils::CachePadded` does.
//
// **In the lesson.** Each hash is handed over with its ping, and nobody writes
// beside anybody. In `threads.rs` each thread has a `Vec` of its own.
