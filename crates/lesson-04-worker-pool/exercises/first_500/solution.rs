//! # Solution: stop at the first 500
//!
//! The worker that sees the answer is the first to know, and tells the others
//! by a flag that they all borrow.

use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use crossbeam::{channel, thread};
use ping_core::{Agent, Ping, Setup, ping};

fn ping_all(
    agent: &Agent,
    urls: &[String],
    concurrency: NonZeroUsize,
) -> Vec<Ping> {
    let failed = AtomicBool::new(false);
    let (job_tx, job_rx) = channel::unbounded();
    let (ping_tx, ping_rx) = channel::unbounded();
    thread::scope(|scope| {
        for _ in 0..concurrency.get() {
            let (job_rx, ping_tx) = (job_rx.clone(), ping_tx.clone());
            let failed = &failed;
            scope.spawn(move |_| {
                for url in job_rx {
                    // The queue is full of jobs: a worker that has to stop
                    // takes them and begins no ping.
                    if failed.load(Relaxed) {
                        continue;
                    }
                    let ping = ping(agent, url);
                    if ping.result.as_ref().is_ok_and(|r| r.status == 500) {
                        failed.store(true, Relaxed);
                    }
                    ping_tx.send(ping).expect("the receiver is below");
                }
            });
        }
        for url in urls {
            job_tx.send(url).expect("the workers still receive");
        }
        drop(job_tx);
    })
    .expect("a ping never panics");
    drop(ping_tx);
    ping_rx.into_iter().collect()
}

fn main() -> ExitCode {
    witnessed::perform(&witnessed::twelve(), |urls| {
        let four = NonZeroUsize::new(4).expect("4 is not 0");
        let agent = Agent::new(&Setup::new(four)).expect("a client");
        ping_all(&agent, urls, four)
    })
}
