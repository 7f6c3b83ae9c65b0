//! Wrong answers to it.

use std::thread;
use std::time::{Duration, Instant};

use crossbeam::channel;
use ping_core::{Agent, Ping, PingError, Setup, ping};

const LIMIT: Duration = Duration::from_secs(1);

/// No ping starts any more; those under way go on.
pub(crate) fn watch_stopped(urls: &[String]) -> Vec<Ping> {
    batch(urls, |agent| agent.watch().stop(), |_| ())
}

/// A clone of the client is dropped, and all others are still there.
pub(crate) fn client_dropped(urls: &[String]) -> Vec<Ping> {
    batch(urls, |agent| drop(agent.clone()), |_| ())
}

/// Shut down after the scope, which has waited for all.
pub(crate) fn after_the_scope(urls: &[String]) -> Vec<Ping> {
    batch(urls, |_| (), |agent| agent.http().clone().shutdown())
}

fn batch(
    urls: &[String],
    within: impl FnOnce(&Agent),
    after: impl FnOnce(&Agent),
) -> Vec<Ping> {
    let many = urls.len().try_into().expect("there are URLs");
    let client = || Agent::new(&Setup::new(many)).expect("a client");
    let (last, urls) = urls.split_last().expect("there are URLs");
    let deadline = Instant::now() + LIMIT;
    let (ping_tx, ping_rx) = channel::unbounded();
    let (agent, mut pings) = (client(), Vec::new());
    thread::scope(|scope| {
        for url in urls {
            let (ping_tx, agent) = (ping_tx.clone(), &agent);
            scope.spawn(move || {
                let _ = ping_tx.send(ping(agent, url));
            });
        }
        drop(ping_tx);
        while let Ok(ping) = ping_rx.recv_deadline(deadline) {
            pings.push(ping);
        }
        within(&agent);
    });
    after(&agent);
    for url in urls {
        if pings.iter().all(|ping| ping.url != *url) {
            pings.push(Ping::unstarted(url, PingError::Deadline));
        }
    }
    pings.push(ping(&client(), last));
    pings
}
