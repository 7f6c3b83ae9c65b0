//! # Solution: a second request for the slow ones
//!
//! The first request is lent to the timeout, so that it goes on beside the
//! second one. One ping in twenty costs one more request, and the batch no
//! longer waits for the slowest. Hedge only what may be sent twice, as a GET.

use std::pin::pin;
use std::process::ExitCode;

use lesson_07_deadlines::ping;
use ping_async::Client;
use ping_core::{Ping, Setup};
use tokio::runtime::Builder;
use tokio::task::JoinSet;
use tokio::time::{Duration, timeout};

const P95: Duration = Duration::from_millis(600);

async fn hedged(client: &Client, url: &str, after: Duration) -> Ping {
    let mut first = pin!(ping(client, url));
    if let Ok(ping) = timeout(after, first.as_mut()).await {
        return ping;
    }
    tokio::select! {
        ping = first => ping,
        ping = ping(client, url) => ping,
    }
}

async fn ping_all(client: &Client, urls: &[String]) -> Vec<Ping> {
    let mut tasks = JoinSet::new();
    for url in urls {
        let (client, url) = (client.clone(), url.clone());
        tasks.spawn(async move { hedged(&client, &url, P95).await });
    }
    tasks.join_all().await
}

fn main() -> ExitCode {
    witnessed::perform(&witnessed::twelve(), |urls| {
        let many = urls.len().try_into().expect("there are URLs");
        let client = Client::new(&Setup::new(many)).expect("a client");
        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .expect("a runtime");
        let urls = urls.to_vec();
        let batch =
            runtime.spawn(async move { ping_all(&client, &urls).await });
        runtime.block_on(batch).expect("a ping never panics")
    })
}
