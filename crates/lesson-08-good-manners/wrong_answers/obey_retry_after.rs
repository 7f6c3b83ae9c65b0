//! Wrong answers to it.

use std::time::{Duration, SystemTime};

use lesson_08_good_manners::ping;
use lesson_08_good_manners::retries::{is_transient, retry_after};
use ping_core::Ping;
use tokio::task::JoinSet;

use crate::on_one_thread;

const BACKOFF: Duration = Duration::from_millis(100);

/// What the server usually asks for, without asking it.
pub(crate) fn one_second(urls: &[String]) -> Vec<Ping> {
    patiently(urls, |_| Duration::from_secs(1))
}

/// So long that it must be enough for all.
pub(crate) fn three_seconds(urls: &[String]) -> Vec<Ping> {
    patiently(urls, |_| Duration::from_secs(3))
}

/// Twice the own patience instead.
pub(crate) fn longer_backoff(urls: &[String]) -> Vec<Ping> {
    patiently(urls, |_| 2 * BACKOFF)
}

/// Seconds taken for milliseconds.
pub(crate) fn milliseconds(urls: &[String]) -> Vec<Ping> {
    patiently(urls, |ping| {
        let asked = retry_after(ping, SystemTime::now()).unwrap_or_default();
        BACKOFF + Duration::from_millis(asked.as_secs())
    })
}

fn patiently(urls: &[String], patience: fn(&Ping) -> Duration) -> Vec<Ping> {
    on_one_thread(urls, move |client, urls| async move {
        let mut tasks = JoinSet::new();
        for url in urls {
            let client = client.clone();
            tasks.spawn(async move {
                let mut last = ping(&client, &url).await;
                for _ in 0..2 {
                    if !is_transient(&last) {
                        break;
                    }
                    client.pause(patience(&last)).await;
                    last = ping(&client, &url).await;
                }
                last
            });
        }
        tasks.join_all().await
    })
}
