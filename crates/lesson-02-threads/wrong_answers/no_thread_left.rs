//! Wrong answers to it.

use std::io;
use std::thread::{self, JoinHandle};

use ping_core::{Agent, Ping, PingError, ping};

/// Who has no thread has no result.
pub(crate) fn left_out(agent: &Agent, urls: &[String]) -> Vec<Ping> {
    let threads: Vec<_> = threads(agent, urls).into_iter().flatten().collect();
    let joined = threads.into_iter().map(JoinHandle::join);
    joined.map(|ping| ping.expect("a ping never panics")).collect()
}

/// Who has no thread is pinged on this one.
pub(crate) fn on_this_one(agent: &Agent, urls: &[String]) -> Vec<Ping> {
    let both = urls.iter().zip(threads(agent, urls));
    both.map(|(url, thread)| match thread {
        Ok(thread) => thread.join().expect("a ping never panics"),
        Err(_) => ping(agent, url),
    })
    .collect()
}

/// There is a result, but it does not say what was missing.
pub(crate) fn another_word(agent: &Agent, urls: &[String]) -> Vec<Ping> {
    let both = urls.iter().zip(threads(agent, urls));
    both.map(|(url, thread)| match thread {
        Ok(thread) => thread.join().expect("a ping never panics"),
        Err(_) => Ping::unstarted(url, PingError::Cancelled),
    })
    .collect()
}

fn threads(
    agent: &Agent,
    urls: &[String],
) -> Vec<io::Result<JoinHandle<Ping>>> {
    let spawn = |(number, url): (usize, &String)| {
        let (agent, url) = (agent.clone(), url.clone());
        if number % 3 == 2 {
            return Err(io::Error::other("the system is full"));
        }
        thread::Builder::new().spawn(move || ping(&agent, &url))
    };
    urls.iter().enumerate().map(spawn).collect()
}
