//! # Trap: two bounded channels
//!
//! **Learners think** that bounded channels are always safer.

use std::num::NonZeroUsize;
use std::process::ExitCode;

use crossbeam::{channel, thread};
use ping_core::{Agent, Ping, Setup, ping};

/// How many jobs may wait, and how many results.
pub(crate) const JOBS: usize = 2;
pub(crate) const RESULTS: usize = 2;

pub(crate) fn ping_all(
    agent: &Agent,
    urls: &[String],
    concurrency: NonZeroUsize,
) -> Vec<Ping> {
    let workers = concurrency.get().min(urls.len());
    let (job_tx, job_rx) = channel::bounded(JOBS);
    let (ping_tx, ping_rx) = channel::bounded(RESULTS);
    thread::scope(|scope| {
        for _ in 0..workers {
            let (job_rx, ping_tx) = (job_rx.clone(), ping_tx.clone());
            scope.spawn(move |_| {
                for url in job_rx {
                    let ping = ping(agent, url);
                    ping_tx.send(ping).expect("the receiver is below");
                }
            });
        }
        for url in urls {
            job_tx.send(url).expect("the workers still receive");
        }
        drop(job_tx);
        drop(ping_tx);
        ping_rx.into_iter().collect()
    })
    .expect("a ping never panics")
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
// **Symptom.** The server answers 8 of 12, and the program never comes to its
// end. With a few URLs fewer it does.
//
// **Where.** At `job_tx.send(url).expect("the workers still receive");`: it may
// wait for ever, since nobody takes results meanwhile.
//
// **Why.** Results are taken only after the last job is sent. Until then the
// number of places for jobs and results is fixed. When all places are taken,
// the sender waits for a worker, and the workers wait until the sender takes
// results. (How many URLs does that take? That is an exercise.)
//
// **Fix.** Take results while you send, on a thread of its own or with
// `select!`; or leave one of the two unbounded. Where work goes round in a
// circle, one channel of the circle must always have room.
//
// **In the lesson.** Both channels are unbounded: the list and the results are
// in memory anyway.
