//! Step 1, the book's way: a thread for each URL, and somebody who looks five
//! hundred times whether they are done.
//!
//! It overshoots. Each of the five hundred sleeps lasts a little longer than
//! it was told to, and nobody looks at a clock: `LOOKS` sleeps are counted,
//! and their sum is taken for the limit.

use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use ping_core::{Agent, Ping, ping};

/// How often it is looked.
pub const LOOKS: u32 = 500;

/// Pings every URL in a thread of its own, all at once, and returns after
/// about `limit`. Results are in the order of `urls`.
///
/// What is not done by then is [`PingError::Deadline`]; its thread pings on.
///
/// # Panics
///
/// If the system refuses a thread, or a ping panics, which it never should.
///
/// [`PingError::Deadline`]: ping_core::PingError::Deadline
#[expect(
    clippy::disallowed_methods,
    reason = "to sleep and to look is what this step is about"
)]
pub fn ping_all(agent: &Agent, urls: &[String], limit: Duration) -> Vec<Ping> {
    // ANCHOR: s1
    let threads: Vec<(Instant, JoinHandle<Ping>)> = urls
        .iter()
        .map(|url| {
            let (agent, url) = (agent.clone(), url.clone());
            (Instant::now(), thread::spawn(move || ping(&agent, &url)))
        })
        .collect();
    let mut looks = 0;
    while looks < LOOKS && threads.iter().any(|(_, t)| !t.is_finished()) {
        thread::sleep(limit / LOOKS);
        looks += 1;
    }
    let result = |(url, (started, thread)): (&String, (_, JoinHandle<_>))| {
        if thread.is_finished() {
            return thread.join().expect("a ping never panics");
        }
        // Dropping the handle of a thread lets it go. It does not stop it.
        Ping::given_up(url, started)
    };
    urls.iter().zip(threads).map(result).collect()
    // ANCHOR_END: s1
}
