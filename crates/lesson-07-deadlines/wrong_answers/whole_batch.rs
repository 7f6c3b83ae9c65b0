//! Wrong answers to it.

use lesson_07_deadlines::ping;
use ping_async::Client;
use ping_core::Ping;
use tokio::task::JoinSet;
use tokio::time::{Duration, Instant, timeout, timeout_at};

use crate::on_workers;

const TRY: Duration = Duration::from_millis(1200);
const WHOLE: Duration = Duration::from_millis(1800);
const TRIES: u32 = 3;

/// The clock is looked at before a try only, which then runs in full.
pub(crate) fn looks_before(urls: &[String]) -> Vec<Ping> {
    each(urls, |client, url, deadline| async move {
        let started = Instant::now();
        for _ in 0..TRIES {
            if Instant::now() >= deadline {
                break;
            }
            if let Ok(ping) = timeout(TRY, ping(&client, &url)).await {
                return ping;
            }
        }
        Ping::given_up(&url, started.into_std())
    })
}

/// Each try has until the end of the whole, and so there is one.
pub(crate) fn one_try(urls: &[String]) -> Vec<Ping> {
    each(urls, |client, url, deadline| async move {
        let started = Instant::now();
        match timeout_at(deadline, ping(&client, &url)).await {
            Ok(ping) => ping,
            Err(_) => Ping::given_up(&url, started.into_std()),
        }
    })
}

/// A limit around the whole, and what is done by then is lost with it.
pub(crate) fn around_all(urls: &[String]) -> Vec<Ping> {
    on_workers(urls, |client, urls| async move {
        let mut tasks = JoinSet::new();
        for url in urls {
            let client = client.clone();
            tasks.spawn(async move {
                let started = Instant::now();
                for _ in 0..TRIES {
                    if let Ok(ping) = timeout(TRY, ping(&client, &url)).await {
                        return ping;
                    }
                }
                Ping::given_up(&url, started.into_std())
            });
        }
        timeout(WHOLE, tasks.join_all()).await.unwrap_or_default()
    })
}

fn each<F: Future<Output = Ping> + Send + 'static>(
    urls: &[String],
    one: impl Fn(Client, String, Instant) -> F + Send + 'static,
) -> Vec<Ping> {
    on_workers(urls, |client, urls| async move {
        let deadline = Instant::now() + WHOLE;
        let mut tasks = JoinSet::new();
        for url in urls {
            tasks.spawn(one(client.clone(), url, deadline));
        }
        tasks.join_all().await
    })
}
