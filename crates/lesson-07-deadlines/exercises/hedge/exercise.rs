//! # Exercise: a second request for the slow ones
//!
//! Ten pings at once. It is known from earlier days that nineteen of twenty
//! are answered within `P95`; of these ten, two are unlucky and take far
//! longer, and the whole batch waits for them. Let a ping that is not answered
//! after `P95` send a second request, take whichever answer comes first, and
//! drop the other. The server should see two more requests, not ten, and two
//! clients that go.

use std::process::ExitCode;

use lesson_07_deadlines::ping;
use ping_async::Client;
use ping_core::{Ping, Setup};
use tokio::runtime::Builder;
use tokio::task::JoinSet;
use tokio::time::Duration;

const P95: Duration = Duration::from_millis(600);

async fn hedged(client: &Client, url: &str, _after: Duration) -> Ping {
    ping(client, url).await
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
