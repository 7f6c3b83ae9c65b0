//! Wrong answers to it.

use std::sync::mpsc::{Receiver, channel};
use std::sync::{Mutex, MutexGuard};
use std::thread;

use ping_core::{Agent, Ping, ping};

/// A `match` instead of `while let`: the guard lives as long.
#[expect(
    clippy::significant_drop_in_scrutinee,
    clippy::while_let_loop,
    reason = "it is the mistake"
)]
pub(crate) fn matched(agent: &Agent, urls: &[String]) -> Vec<Ping> {
    pool(urls, |jobs, done| {
        loop {
            match jobs.lock().expect("no poison").recv() {
                Ok(url) => done(ping(agent, &url)),
                Err(_) => break,
            }
        }
    })
}

/// The guard has a name, and lives to the end of the block.
pub(crate) fn named_guard(agent: &Agent, urls: &[String]) -> Vec<Ping> {
    pool(urls, |jobs, done| {
        loop {
            let guard: MutexGuard<'_, _> = jobs.lock().expect("no poison");
            let Ok(url) = guard.recv() else { break };
            done(ping(agent, &url));
        }
    })
}

/// The lock is held briefly, by whoever takes all there is.
pub(crate) fn takes_all(agent: &Agent, urls: &[String]) -> Vec<Ping> {
    pool(urls, |jobs, done| {
        let all: Vec<String> = jobs.lock().expect("no poison").iter().collect();
        for url in all {
            done(ping(agent, &url));
        }
    })
}

/// Four workers, each of which does this.
fn pool(
    urls: &[String],
    work: impl Fn(&Mutex<Receiver<String>>, &dyn Fn(Ping)) + Sync,
) -> Vec<Ping> {
    let (job_tx, job_rx) = channel();
    let (ping_tx, ping_rx) = channel();
    let job_rx = Mutex::new(job_rx);
    thread::scope(|scope| {
        for _ in 0..4 {
            let (job_rx, ping_tx) = (&job_rx, ping_tx.clone());
            let work = &work;
            scope.spawn(move || {
                work(job_rx, &|ping| {
                    ping_tx.send(ping).expect("the receiver is below");
                });
            });
        }
        for url in urls {
            job_tx.send(url.clone()).expect("the workers still receive");
        }
        drop(job_tx);
    });
    drop(ping_tx);
    ping_rx.into_iter().collect()
}
