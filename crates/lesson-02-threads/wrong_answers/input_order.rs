//! Wrong answers to it.

use std::thread;

use ping_core::{Agent, Ping};

use crate::spawn;

/// In order, and one at a time.
pub(crate) fn join_in_loop(agent: &Agent, urls: &[String]) -> Vec<Ping> {
    let one =
        |url: &String| spawn(agent, url).join().expect("a ping never panics");
    urls.iter().map(one).collect()
}

/// Turned round, since the last came first.
pub(crate) fn turned_round(agent: &Agent, urls: &[String]) -> Vec<Ping> {
    let mut pings = as_they_come(agent, urls);
    pings.reverse();
    pings
}

/// The slowest first, since the first is the slowest.
pub(crate) fn by_time(agent: &Agent, urls: &[String]) -> Vec<Ping> {
    let mut pings = as_they_come(agent, urls);
    pings.sort_by_key(|ping| std::cmp::Reverse(ping.elapsed));
    pings
}

fn as_they_come(agent: &Agent, urls: &[String]) -> Vec<Ping> {
    let (ping_tx, ping_rx) = std::sync::mpsc::channel();
    for url in urls {
        let (agent, url) = (agent.clone(), url.clone());
        let ping_tx = ping_tx.clone();
        thread::spawn(move || {
            let _ = ping_tx.send(ping_core::ping(&agent, &url));
        });
    }
    drop(ping_tx);
    ping_rx.into_iter().collect()
}
