//! # Exercise: the smallest list that hangs
//!
//! Three workers between a queue of five jobs and a queue of two results, and
//! nobody takes results before all jobs are sent. Short lists pass; from a
//! certain length on, it hangs for ever. Set `SMALLEST` to that length. Change
//! nothing else: the program tries that length, and one less.
#![allow(clippy::print_stdout, reason = "it prints what it found")]

use std::process::ExitCode;
use std::thread;
use std::time::Duration;

use crossbeam::channel;
use ping_core::{Agent, Ping, Setup, ping};
use witnessed::within;

/// The smallest number of URLs that hangs.
const SMALLEST: usize = 6;

const JOBS: usize = 5;
const RESULTS: usize = 2;
const WORKERS: usize = 3;

fn ping_all(agent: &Agent, urls: &[String]) -> Vec<Ping> {
    let (job_tx, job_rx) = channel::bounded::<String>(JOBS);
    let (ping_tx, ping_rx) = channel::bounded(RESULTS);
    for _ in 0..WORKERS {
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

fn main() -> ExitCode {
    witnessed::perform(&witnessed::twelve(), |urls| {
        let three = WORKERS.try_into().expect("3 is not 0");
        let agent = Agent::new(&Setup::new(three)).expect("a client");
        for count in [SMALLEST.saturating_sub(1), SMALLEST] {
            let (agent, urls) = (agent.clone(), urls[..count].to_vec());
            let pings =
                within(Duration::from_secs(1), move || ping_all(&agent, &urls));
            match pings {
                Some(_) => println!("{count} URLs: came to an end"),
                None => println!("{count} URLs: hangs"),
            }
        }
        Vec::new()
    })
}
