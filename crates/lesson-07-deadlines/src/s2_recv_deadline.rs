//! Step 2: the workers of lesson 4, and a receiver that waits until a point in
//! time.
//!
//! It is on time, because it waits for the clock and not for a number of
//! sleeps. But only the waiting stops. The workers are not scoped, since a
//! scope would wait for the slowest of them; so they work on for nobody.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::thread;
use std::time::Instant;

use crossbeam::channel;
use ping_core::{Agent, Ping, PingError, ping};

/// Pings every URL on `concurrency` workers, and returns when all are done or
/// at `deadline`. Results are in the order of `urls`.
///
/// A ping that is under way by then is [`PingError::Deadline`]: its worker goes
/// on with it, and takes no other URL. One that has not begun is
/// [`PingError::NotStarted`]. Where the system refuses threads, fewer workers
/// do it all, and without a worker each result is [`PingError::NoThread`].
pub fn ping_all(
    agent: &Agent,
    urls: &[String],
    concurrency: NonZeroUsize,
    deadline: Instant,
) -> Vec<Ping> {
    let most = concurrency.get().min(urls.len());
    // ANCHOR: s2
    let (job_tx, job_rx) = channel::unbounded();
    let (ping_tx, ping_rx) = channel::unbounded();
    for job in urls.iter().cloned().enumerate() {
        job_tx.send(job).expect("its receiver is here");
    }
    drop(job_tx);
    let mut workers = 0;
    while workers < most {
        let agent = agent.clone();
        let (job_rx, ping_tx) = (job_rx.clone(), ping_tx.clone());
        let work = move || {
            // Before a job is taken, so that no ping begins when nobody waits
            // for it any more.
            while Instant::now() < deadline
                && let Ok((i, url)) = job_rx.recv()
            {
                let ping = ping(&agent, &url);
                // The receiver may have gone.
                let _ = ping_tx.send((i, ping));
            }
        };
        if thread::Builder::new().spawn(work).is_err() {
            break;
        }
        workers += 1;
    }
    drop(ping_tx);
    let mut pings = HashMap::new();
    while let Ok((i, ping)) = ping_rx.recv_deadline(deadline) {
        pings.insert(i, ping);
    }
    // A URL that is still in the queue never began. One that is in neither
    // place is under way.
    for (i, url) in job_rx.try_iter() {
        let late = || Ping::unstarted(&url, PingError::NotStarted);
        let ping = if workers > 0 { late() } else { Ping::no_thread(&url) };
        pings.insert(i, ping);
    }
    // ANCHOR_END: s2
    let late = |url| Ping::unstarted(url, PingError::Deadline);
    let result = |(i, url)| pings.remove(&i).unwrap_or_else(|| late(url));
    urls.iter().map(String::as_str).enumerate().map(result).collect()
}
