//! # Exercise: blocked workers
//!
//! Twelve tasks on a runtime of two workers. Somebody has used the blocking
//! client in them, so that a worker waits with its task and only two are ever
//! in flight. Keep the blocking client, and let the server see all twelve at
//! once.

use std::process::ExitCode;

use ping_core::{Agent, Ping, Setup, ping};
use tokio::runtime::Builder;
use tokio::task::JoinSet;

async fn ping_all(agent: &Agent, urls: &[String]) -> Vec<Ping> {
    let mut tasks = JoinSet::new();
    for url in urls {
        let (agent, url) = (agent.clone(), url.clone());
        tasks.spawn(async move { ping(&agent, &url) });
    }
    tasks.join_all().await
}

fn main() -> ExitCode {
    witnessed::perform(&witnessed::twelve(), |urls| {
        let many = urls.len().try_into().expect("there are URLs");
        let agent = Agent::new(&Setup::new(many)).expect("a client");
        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .expect("a runtime");
        let urls = urls.to_vec();
        let batch = runtime.spawn(async move { ping_all(&agent, &urls).await });
        runtime.block_on(batch).expect("a ping never panics")
    })
}
