//! Wrong answers to it.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use crossbeam::{channel, thread};
use ping_core::{Agent, Ping, ping};

fn is_500(ping: &Ping) -> bool {
    ping.result.as_ref().is_ok_and(|reply| reply.status == 500)
}

/// Stops sending, when all has been sent long ago.
pub(crate) fn sender_stops(agent: &Agent, urls: &[String]) -> Vec<Ping> {
    pool(agent, urls, |failed, ping, pings| {
        failed.store(failed.load(Relaxed) || is_500(&ping), Relaxed);
        let _ = pings.send(ping);
        true
    })
}

/// Whoever sees it stops; the others do not know.
pub(crate) fn one_stops(agent: &Agent, urls: &[String]) -> Vec<Ping> {
    pool(agent, urls, |_, ping, pings| {
        let goes_on = !is_500(&ping);
        let _ = pings.send(ping);
        goes_on
    })
}

/// All stop, and the ping that it was about is lost.
pub(crate) fn loses_it(agent: &Agent, urls: &[String]) -> Vec<Ping> {
    let known = AtomicBool::new(false);
    pool(agent, urls, |_, ping, pings| {
        if is_500(&ping) {
            known.store(true, Relaxed);
        } else {
            let _ = pings.send(ping);
        }
        !known.load(Relaxed)
    })
}

/// Four workers, which go on as long as `after` says so.
fn pool(
    agent: &Agent,
    urls: &[String],
    after: impl Fn(&AtomicBool, Ping, &channel::Sender<Ping>) -> bool + Sync,
) -> Vec<Ping> {
    let failed = AtomicBool::new(false);
    let (job_tx, job_rx) = channel::unbounded();
    let (ping_tx, ping_rx) = channel::unbounded();
    thread::scope(|scope| {
        for _ in 0..4 {
            let (job_rx, ping_tx) = (job_rx.clone(), ping_tx.clone());
            let (after, failed) = (&after, &failed);
            scope.spawn(move |_| {
                for url in job_rx {
                    if !after(failed, ping(agent, url), &ping_tx) {
                        break;
                    }
                }
            });
        }
        drop(job_rx);
        for url in urls {
            if failed.load(Relaxed) {
                break;
            }
            let _ = job_tx.send(url);
        }
        drop(job_tx);
    })
    .expect("a ping never panics");
    drop(ping_tx);
    ping_rx.into_iter().collect()
}
