//! # Solution: a slow consumer
//!
//! What the window holds are handles, and the runtime polls the tasks behind
//! them. The window still limits: nothing is spawned that has no place in it.

use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::time::Duration;

use futures_util::stream::{self, StreamExt};
use lesson_06_async_shapes::ping;
use ping_async::Client;
use ping_core::{Ping, Setup};
use tokio::runtime::Builder;

async fn ping_all(
    client: &Client,
    urls: &[String],
    concurrency: NonZeroUsize,
) -> Vec<Ping> {
    let mut in_flight = stream::iter(0..urls.len())
        .map(|i| {
            let (client, url) = (client.clone(), urls[i].clone());
            tokio::spawn(async move { ping(&client, &url).await })
        })
        .buffer_unordered(concurrency.get());
    let mut pings = Vec::new();
    while let Some(done) = in_flight.next().await {
        use_result(&mut pings, done.expect("a ping never panics")).await;
    }
    pings
}

/// Whoever uses a result takes longer than a ping may take.
async fn use_result(pings: &mut Vec<Ping>, ping: Ping) {
    tokio::time::sleep(Duration::from_millis(450)).await;
    pings.push(ping);
}

fn main() -> ExitCode {
    witnessed::perform(&witnessed::twelve()[..8], |urls| {
        let two = NonZeroUsize::new(2).expect("2 is not 0");
        let timeout = Duration::from_millis(350);
        let setup = Setup { timeout, ..Setup::new(two) };
        let client = Client::new(&setup).expect("a client");
        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .expect("a runtime");
        let urls = urls.to_vec();
        let batch =
            runtime.spawn(async move { ping_all(&client, &urls, two).await });
        runtime.block_on(batch).expect("a ping never panics")
    })
}
