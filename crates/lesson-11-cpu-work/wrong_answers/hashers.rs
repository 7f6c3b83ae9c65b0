//! Wrong answers to it.

use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use crossbeam::channel::{self, Receiver, Sender};
use ping_core::{Agent, Ping, Setup, ping};

use crate::hash_for;

const HASH: Duration = Duration::from_millis(300);

/// The fetchers wait until a hasher is free.
pub(crate) fn bounded(urls: &[String]) -> Vec<Ping> {
    staged(urls, (4, 2), channel::bounded(0))
}

/// There is nothing to share out, so one will do.
pub(crate) fn one_fetcher(urls: &[String]) -> Vec<Ping> {
    staged(urls, (1, 2), channel::unbounded())
}

/// Nobody has to wait for a hasher.
pub(crate) fn thread_each(urls: &[String]) -> Vec<Ping> {
    staged(urls, (4, urls.len() / 2), channel::unbounded())
}

type Fetched<'a> = (Ping, &'a String);

fn staged<'a>(
    urls: &'a [String],
    (fetchers, hashers): (usize, usize),
    (fetched_tx, fetched_rx): (Sender<Fetched<'a>>, Receiver<Fetched<'a>>),
) -> Vec<Ping> {
    let (fetch, bring) = urls.split_at(urls.len() / 2);
    let all = NonZeroUsize::new(fetchers + hashers).expect("some threads");
    let agent = &Agent::new(&Setup::new(all)).expect("a client");
    let jobs = &Mutex::new(fetch.iter().zip(bring));
    let pings = &Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..fetchers {
            let fetched_tx = fetched_tx.clone();
            scope.spawn(move || {
                loop {
                    let job = jobs.lock().expect("nobody panics").next();
                    let Some((url, result)) = job else { return };
                    let fetched = (ping(agent, url), result);
                    fetched_tx.send(fetched).expect("the hashers are there");
                }
            });
        }
        for _ in 0..hashers {
            let fetched_rx = fetched_rx.clone();
            scope.spawn(move || {
                for (fetched, result) in fetched_rx {
                    let both = [hash_for(HASH, fetched), ping(agent, result)];
                    pings.lock().expect("nobody panics").extend(both);
                }
            });
        }
        drop(fetched_tx);
    });
    pings.lock().expect("nobody panics").split_off(0)
}
