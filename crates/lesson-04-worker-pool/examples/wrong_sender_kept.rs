//! # Trap: the sender that was kept
//!
//! **Learners think** that a channel's loop ends when all is sent.

use std::num::NonZeroUsize;
use std::process::ExitCode;

use crossbeam::{channel, thread};
use ping_core::{Agent, Ping, Setup, ping};

pub(crate) fn ping_all(
    agent: &Agent,
    urls: &[String],
    concurrency: NonZeroUsize,
) -> Vec<Ping> {
    let workers = concurrency.get().min(urls.len());
    let (job_tx, job_rx) = channel::unbounded();
    let (ping_tx, ping_rx) = channel::unbounded();
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
    })
    .expect("a ping never panics");
    drop(ping_tx);
    ping_rx.into_iter().collect()
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
// **Symptom.** The server answers every ping, and the program never comes to
// its end.
//
// **Where.** What is missing: a `drop(job_tx)` after the last job was sent. The
// sender is still here, so the workers wait for more.
//
// **Why.** `for url in job_rx` ends when the queue is empty and every sender is
// gone: as long as there is one, another job may come. The one that is left is
// `job_tx` itself. The workers wait for it, the scope waits for the workers,
// and `job_tx` is dropped only after the scope.
//
// **Fix.** `drop(job_tx)` once the last job is sent, or move it to where it
// goes out of scope. The same is true of the sender of results, of which the
// workers have clones.
//
// **In the lesson.** `drop(job_tx)` in the core, and `drop(ping_tx)` below it.
