//! Wrong answers to it.

use ping_core::{Agent, Ping, Setup, ping};
use tokio::task::{JoinSet, spawn_blocking, yield_now};

use crate::on_workers;

fn agent(urls: &[String]) -> Agent {
    let many = urls.len().try_into().expect("there are URLs");
    Agent::new(&Setup::new(many)).expect("a client")
}

/// A task that is kind to others before it blocks them.
pub(crate) fn yields_first(urls: &[String]) -> Vec<Ping> {
    let agent = agent(urls);
    on_workers(urls, |_, urls| async move {
        let mut tasks = JoinSet::new();
        for url in urls {
            let agent = agent.clone();
            tasks.spawn(async move {
                yield_now().await;
                ping(&agent, &url)
            });
        }
        tasks.join_all().await
    })
}

/// On threads that may be blocked, one after another.
pub(crate) fn awaited_in_loop(urls: &[String]) -> Vec<Ping> {
    let agent = agent(urls);
    on_workers(urls, |_, urls| async move {
        let mut pings = Vec::new();
        for url in urls {
            let agent = agent.clone();
            let task = spawn_blocking(move || ping(&agent, &url));
            pings.push(task.await.expect("a ping never panics"));
        }
        pings
    })
}
