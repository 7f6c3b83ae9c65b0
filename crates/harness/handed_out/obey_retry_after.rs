//! # Exercise: as it was asked
//!
//! Six pings, all at once, to a server that is busy. It answers 503, and to
//! most of them it says after how many seconds to come again: not the same
//! number to each. Do what it asks, and send no request more than needed; where
//! it asks for nothing, wait `BACKOFF`.

use std::process::ExitCode;
use std::time::Duration;

use lesson_08_good_manners::ping;
use lesson_08_good_manners::retries::is_transient;
use ping_async::Client;
use ping_core::{Ping, Setup};
use tokio::runtime::Builder;
use tokio::task::JoinSet;

const RETRIES: u32 = 2;
const BACKOFF: Duration = Duration::from_millis(100);

/// The last word on this URL.
async fn ping_patiently(client: &Client, url: &str) -> Ping {
    let mut last = ping(client, url).await;
    for _ in 0..RETRIES {
        if !is_transient(&last) {
            break;
        }
        client.pause(BACKOFF).await;
        last = ping(client, url).await;
    }
    last
}

async fn ping_all(client: &Client, urls: &[String]) -> Vec<Ping> {
    let mut tasks = JoinSet::new();
    for url in urls {
        let (client, url) = (client.clone(), url.clone());
        tasks.spawn(async move { ping_patiently(&client, &url).await });
    }
    tasks.join_all().await
}

fn main() -> ExitCode {
    let paths = vec!["/200?fault=unavailable".to_owned(); 4];
    witnessed::perform(&paths, |urls| {
        let many = urls.len().try_into().expect("there are URLs");
        let client = Client::new(&Setup::new(many)).expect("a client");
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        runtime.block_on(ping_all(&client, urls))
    })
}
