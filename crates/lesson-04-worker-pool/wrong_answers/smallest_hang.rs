//! Wrong answers to it.
#![allow(clippy::print_stdout, reason = "it prints what it found")]

use std::thread;
use std::time::Duration;

use crossbeam::channel;
use ping_core::{Agent, Ping, ping};
use witnessed::within;

const JOBS: usize = 5;

/// The places, and not one more.
pub(crate) fn as_many_as_places(agent: &Agent, urls: &[String]) -> Vec<Ping> {
    tried(agent, urls, 10, JOBS)
}

/// Without the workers' hands.
pub(crate) fn queues_only(agent: &Agent, urls: &[String]) -> Vec<Ping> {
    tried(agent, urls, 8, JOBS)
}

/// Some number that hangs.
pub(crate) fn too_many(agent: &Agent, urls: &[String]) -> Vec<Ping> {
    tried(agent, urls, 12, JOBS)
}

/// The queue made to fit the number.
pub(crate) fn another_queue(agent: &Agent, urls: &[String]) -> Vec<Ping> {
    tried(agent, urls, 9, JOBS - 2)
}

fn tried(
    agent: &Agent,
    urls: &[String],
    smallest: usize,
    jobs: usize,
) -> Vec<Ping> {
    for count in [smallest - 1, smallest] {
        let (agent, urls) = (agent.clone(), urls[..count].to_vec());
        let batch = move || ping_all(&agent, &urls, jobs);
        match within(Duration::from_secs(1), batch) {
            Some(_) => println!("{count} URLs: came to an end"),
            None => println!("{count} URLs: hangs"),
        }
    }
    Vec::new()
}

fn ping_all(agent: &Agent, urls: &[String], jobs: usize) -> Vec<Ping> {
    let (job_tx, job_rx) = channel::bounded::<String>(jobs);
    let (ping_tx, ping_rx) = channel::bounded(2);
    for _ in 0..3 {
        let (job_rx, ping_tx) = (job_rx.clone(), ping_tx.clone());
        let agent = agent.clone();
        thread::spawn(move || {
            for url in job_rx {
                ping_tx.send(ping(&agent, &url)).expect("a receiver");
            }
        });
    }
    for url in urls {
        job_tx.send(url.clone()).expect("the workers still receive");
    }
    drop((job_tx, ping_tx));
    ping_rx.into_iter().collect()
}
