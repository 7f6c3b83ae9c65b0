//! # Trap: the lock in `while let`
//!
//! **Learners think** that `while let` releases the lock before its body.

use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::sync::{Mutex, mpsc};

use crossbeam::thread;
use ping_core::{Agent, Ping, Setup, ping};

#[allow(clippy::all, clippy::nursery, reason = "no lint tells the answer")]
pub(crate) fn ping_all(
    agent: &Agent,
    urls: &[String],
    concurrency: NonZeroUsize,
) -> Vec<Ping> {
    let workers = concurrency.get().min(urls.len());
    let (job_tx, job_rx) = mpsc::channel::<&String>();
    let (ping_tx, ping_rx) = mpsc::channel();
    let job_rx = Mutex::new(job_rx);
    thread::scope(|scope| {
        for _ in 0..workers {
            let (job_rx, ping_tx) = (&job_rx, ping_tx.clone());
            scope.spawn(move |_| {
                while let Ok(url) = job_rx.lock().expect("no poison").recv() {
                    let ping = ping(agent, url);
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
        let concurrency = NonZeroUsize::new(6).expect("6 is not 0");
        let agent = Agent::new(&Setup::new(concurrency)).expect("a client");
        ping_all(&agent, urls, concurrency)
    })
}

// What goes wrong: say it aloud before you read on.
//
// **Symptom.** Every answer is right, six workers wait for jobs, and the server
// never sees more than 1 at once.
//
// **Where.** At `while let Ok(url) = job_rx.lock().expect("no poison").recv()`:
// the lock is held until the end of the body.
//
// **Why.** What stands behind `while let` is one expression, and whatever it
// makes on its way lives until the end of the body: here the guard of the lock.
// So the worker keeps the queue locked during its ping, and the others wait for
// the lock instead of for a job.
//
// **Fix.** Take the job in a statement of its own: the guard goes at its
// semicolon. Or use a channel with many receivers, which needs no lock.
//
// **In the lesson.** `for url in job_rx`, on a receiver that is cloned for each
// worker.
