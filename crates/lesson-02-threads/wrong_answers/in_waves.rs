//! Wrong answers to it.

use ping_core::{Agent, Ping};

use crate::spawn;

const FOUR: usize = 4;

/// Joined where it is spawned.
pub(crate) fn join_in_loop(agent: &Agent, urls: &[String]) -> Vec<Ping> {
    let mut pings = Vec::new();
    for wave in urls.chunks(FOUR) {
        for url in wave {
            pings.push(spawn(agent, url).join().expect("a ping never panics"));
        }
    }
    pings
}

/// Four waves, and not waves of four.
pub(crate) fn four_waves(agent: &Agent, urls: &[String]) -> Vec<Ping> {
    waves(agent, urls, urls.len() / FOUR)
}

/// One is spawned before it is seen that there are four.
pub(crate) fn one_more(agent: &Agent, urls: &[String]) -> Vec<Ping> {
    waves(agent, urls, FOUR + 1)
}

fn waves(agent: &Agent, urls: &[String], size: usize) -> Vec<Ping> {
    let mut pings = Vec::new();
    for wave in urls.chunks(size) {
        let threads: Vec<_> =
            wave.iter().map(|url| spawn(agent, url)).collect();
        for thread in threads {
            pings.push(thread.join().expect("a ping never panics"));
        }
    }
    pings
}
