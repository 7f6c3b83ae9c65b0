//! # Solution: never more than fifty a second
//!
//! A quota of fifty a second holds fifty, and begins full: fifty go at once,
//! and those that come after them are in the same second. With room for one
//! token, requests are as far apart as the rate says.

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
    let quota = Quota::per_second(FIFTY).allow_burst(NonZeroU32::MIN);
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
