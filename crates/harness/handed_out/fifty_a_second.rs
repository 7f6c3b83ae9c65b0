//! # Exercise: never more than fifty a second
//!
//! You have agreed with the owner of a server to send at most fifty requests a
//! second. There are seventy-five URLs, and a limiter that is set to fifty a
//! second; all the same the server sees all seventy-five in less than a second.
//! Keep to the agreement, in every second.

use std::num::NonZeroU32;
use std::process::ExitCode;
use std::sync::Arc;

use governor::{Quota, RateLimiter};
use lesson_08_good_manners::ping;
use ping_async::Client;
use ping_core::{Ping, Setup};
use tokio::runtime::Builder;
use tokio::task::JoinSet;

const FIFTY: NonZeroU32 = NonZeroU32::new(50).unwrap();

async fn ping_all(client: &Client, urls: &[String]) -> Vec<Ping> {
    let quota = Quota::per_second(FIFTY);
    let rate = Arc::new(RateLimiter::direct(quota));
    let mut tasks = JoinSet::new();
    for url in urls {
        let (client, url) = (client.clone(), url.clone());
        let rate = Arc::clone(&rate);
        tasks.spawn(async move {
            rate.until_ready().await;
            ping(&client, &url).await
        });
    }
    tasks.join_all().await
}

fn main() -> ExitCode {
    let paths: Vec<String> =
        (0..75).map(|seq| format!("/200?seq={seq}")).collect();
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
