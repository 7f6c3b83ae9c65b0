//! # Trap: the worker that is lost
//!
//! **Learners think** that a pool reports when one of its workers dies.

use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::thread;

use crossbeam::channel;
use ping_core::{Agent, Ping, Setup, ping};

pub(crate) fn ping_all(
    agent: &Agent,
    urls: &[String],
    concurrency: NonZeroUsize,
) -> Vec<Ping> {
    let workers = concurrency.get().min(urls.len());
    let (job_tx, job_rx) = channel::unbounded::<String>();
    let (ping_tx, ping_rx) = channel::unbounded();
    for _ in 0..workers {
        let (job_rx, ping_tx) = (job_rx.clone(), ping_tx.clone());
        let agent = agent.clone();
        thread::spawn(move || {
            for url in job_rx {
                let ping = ping(&agent, &url);
                inspect(&ping);
                ping_tx.send(ping).expect("the receiver is below");
            }
        });
    }
    for url in urls {
        job_tx.send(url.clone()).expect("the workers still receive");
    }
    drop(job_tx);
    drop(ping_tx);
    ping_rx.into_iter().collect()
}

/// Stands for a mistake of your own that you have not found yet.
fn inspect(ping: &Ping) {
    assert!(!ping.url.contains("seq=5"), "a mistake that only 5 meets");
}

fn main() -> ExitCode {
    witnessed::perform(&witnessed::twelve(), |urls| {
        let concurrency = NonZeroUsize::new(6).expect("6 is not 0");
        let agent = Agent::new(&Setup::new(concurrency)).expect("a client");
        ping_all(&agent, urls, concurrency)
    })
}

// What goes wrong: say it aloud before you read on.
//
// **Symptom.** The server answers all 12, and 11 results come back, without an
// error.
//
// **Where.** At `thread::spawn(move || {`: nobody keeps the handle, so nobody
// hears of a panic.
//
// **Why.** A panic ends the worker and drops its ends of both channels. To the
// others that looks like a worker that has finished: they do its work, the last
// sender goes, and the loop over the results ends as it always does. Only the
// ping that the lost worker had taken is missing.
//
// **Fix.** Join the workers and look at what `join` returns, or let a scope do
// it. And compare the number of results with the number of jobs.
//
// **In the lesson.** The scope joins the workers, and its `expect` fails.
