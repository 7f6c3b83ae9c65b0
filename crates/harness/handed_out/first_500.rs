//! # Exercise: stop at the first 500
//!
//! Forty pings on four workers; the tenth of the list is answered 500. From
//! then on no new ping should be begun; those that are in flight may end. The
//! server should see 13 requests at most: ten, and one of each other worker.
//! Now it sees all forty.

use std::num::NonZeroUsize;
use std::process::ExitCode;

use crossbeam::{channel, thread};
use ping_core::{Agent, Ping, Setup, ping};

fn ping_all(
    agent: &Agent,
    urls: &[String],
    concurrency: NonZeroUsize,
) -> Vec<Ping> {
    let (job_tx, job_rx) = channel::unbounded();
    let (ping_tx, ping_rx) = channel::unbounded();
    thread::scope(|scope| {
        for _ in 0..concurrency.get() {
            let (job_rx, ping_tx) = (job_rx.clone(), ping_tx.clone());
            scope.spawn(move |_| {
                for url in job_rx {
                    let ping = ping(agent, url);
                    // Its status is in `ping.result`, in the reply.
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
