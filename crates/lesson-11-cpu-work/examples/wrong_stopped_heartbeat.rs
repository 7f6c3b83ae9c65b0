//! # Trap: a heartbeat that stops
//!
//! **Learners think** that a task which computes is put aside when others want
//! their turn.
//!
//! **Run it.** It says how often the heart beat while hashes were computed.

use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use lesson_11_cpu_work::ping;
use lesson_11_cpu_work::work::{hashed, hashes_in};
use ping_async::Client;
use ping_core::{Ping, Setup};
use tokio::runtime::Builder;

/// Between two beats.
pub(crate) const BEAT: Duration = Duration::from_millis(5);

/// The pings, and how often the heart beat while one of them was computed.
pub(crate) fn ping_all(
    urls: &[String],
    compute: impl Fn(Ping, &AtomicU64) -> Ping,
) -> (Vec<Ping>, u64) {
    let setup = Setup::new(NonZeroUsize::MIN);
    let client = Client::new(&setup).expect("a client");
    let runtime = Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(async {
        let beats = Arc::new(AtomicU64::new(0));
        let heart = Arc::clone(&beats);
        tokio::spawn(async move {
            loop {
                heart.fetch_add(1, Ordering::SeqCst);
                tokio::time::sleep(BEAT).await;
            }
        });
        let (mut pings, mut meanwhile) = (Vec::new(), 0);
        for url in urls {
            let ping = ping(&client, url).await;
            let before = beats.load(Ordering::SeqCst);
            pings.push(compute(ping, &beats));
            meanwhile += beats.load(Ordering::SeqCst) - before;
        }
        (pings, meanwhile)
    })
}

#[allow(clippy::print_stderr, reason = "it shows nowhere else")]
fn main() -> ExitCode {
    witnessed::perform(&witnessed::twelve(), |urls| {
        let hashes = hashes_in(10 * BEAT);
        let (pings, beats) = ping_all(urls, |ping, _| hashed(ping, hashes));
        eprintln!(
            "{} bodies were hashed, as long as 10 beats each; the heart beat \
             {beats} times meanwhile",
            pings.len()
        );
        pings
    })
}

// What goes wrong: say it aloud before you read on.
//
// **Symptom.** The answers are right, and meanwhile nothing else happens: no
// heartbeat, no timeout, no other answer. A cluster would think that this
// machine is dead.
//
// **Where.** At `compute(ping, &beats)`: between two `.await`s, for as long as
// ten beats.
//
// **Why.** Tasks are not put aside, they give way, and only at an `.await`
// that is not ready. Nobody polls the heart while the thread computes. More
// workers only help until each of them computes.
//
// **Fix.** Send the work to other threads and await the result:
// `tokio::task::spawn_blocking`, or rayon and a oneshot channel.
//
// **In the lesson.** The task sends what is to be hashed to rayon's pool, and
// waits for the result at an `.await`.
