//! Wrong answers to it.

use std::num::NonZeroU32;
use std::sync::Arc;

use governor::{Quota, RateLimiter};
use lesson_08_good_manners::ping;
use ping_core::Ping;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::{Duration, sleep};

use crate::on_one_thread;

const FIFTY: NonZeroU32 = NonZeroU32::new(50).unwrap();

/// Fifty at once are not fifty a second.
pub(crate) fn semaphore(urls: &[String]) -> Vec<Ping> {
    on_one_thread(urls, |client, urls| async move {
        let permits = Arc::new(Semaphore::new(50));
        let mut tasks = JoinSet::new();
        for url in urls {
            let (client, permits) = (client.clone(), Arc::clone(&permits));
            tasks.spawn(async move {
                let _permit = permits.acquire().await;
                ping(&client, &url).await
            });
        }
        tasks.join_all().await
    })
}

/// Each waits for its fiftieth of a second, and all wait together.
pub(crate) fn sleeps_in_task(urls: &[String]) -> Vec<Ping> {
    on_one_thread(urls, |client, urls| async move {
        let mut tasks = JoinSet::new();
        for url in urls {
            let client = client.clone();
            tasks.spawn(async move {
                sleep(Duration::from_millis(20)).await;
                ping(&client, &url).await
            });
        }
        tasks.join_all().await
    })
}

/// A smaller heap at the start, which is too many all the same.
pub(crate) fn smaller_burst(urls: &[String]) -> Vec<Ping> {
    on_one_thread(urls, |client, urls| async move {
        let burst = NonZeroU32::new(15).expect("not 0");
        let quota = Quota::per_second(FIFTY).allow_burst(burst);
        let rate = Arc::new(RateLimiter::direct(quota));
        let mut tasks = JoinSet::new();
        for url in urls {
            let (client, rate) = (client.clone(), Arc::clone(&rate));
            tasks.spawn(async move {
                rate.until_ready().await;
                ping(&client, &url).await
            });
        }
        tasks.join_all().await
    })
}
