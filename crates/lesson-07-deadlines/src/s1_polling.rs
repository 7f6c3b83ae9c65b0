//! Step 1, the book's way: a thread for each URL, and a loop that looks five
//! hundred times whether they are done.
//!
//! It is late. Each of the five hundred sleeps lasts a little longer than asked
//! for, and nothing looks at a clock: the loop counts `LOOKS` sleeps and takes
//! their sum for the limit.

use std::io;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use ping_core::{Agent, Ping, ping};

/// How many times the loop looks.
pub const LOOKS: u32 = 500;

/// Pings every URL in a thread of its own, all at once, and returns after
/// about `limit`. Results are in the order of `urls`.
///
/// A ping that is not done by then is [`PingError::Deadline`]; its thread pings
/// on. A URL without a thread, since the system refused one, is
/// [`PingError::NoThread`].
///
/// # Panics
///
/// If a ping does, which it never should.
///
/// [`PingError::Deadline`]: ping_core::PingError::Deadline
/// [`PingError::NoThread`]: ping_core::PingError::NoThread
#[expect(
    clippy::disallowed_methods,
    reason = "to sleep and to look is what this step is about"
)]
pub fn ping_all(agent: &Agent, urls: &[String], limit: Duration) -> Vec<Ping> {
    // ANCHOR: s1
    let threads: Vec<(Instant, io::Result<JoinHandle<Ping>>)> = urls
        .iter()
        .map(|url| {
            let (agent, url) = (agent.clone(), url.clone());
            let work = move || ping(&agent, &url);
            (Instant::now(), thread::Builder::new().spawn(work))
        })
        .collect();
    let at_work = || threads.iter().flat_map(|(_, thread)| thread);
    let mut looks = 0;
    while looks < LOOKS && at_work().any(|thread| !thread.is_finished()) {
        thread::sleep(limit / LOOKS);
        looks += 1;
    }
    let result = |(url, (started, thread)): (&String, (_, io::Result<_>))| {
        let Ok(thread): io::Result<JoinHandle<Ping>> = thread else {
            return Ping::no_thread(url);
        };
        if thread.is_finished() {
            return thread.join().expect("a ping never panics");
        }
        // Dropping the handle of a thread lets it go. It does not stop it.
        Ping::given_up(url, started)
    };
    urls.iter().zip(threads).map(result).collect()
    // ANCHOR_END: s1
}
