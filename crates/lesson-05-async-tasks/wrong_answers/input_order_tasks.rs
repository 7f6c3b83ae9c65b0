//! Wrong answers to it.

use lesson_05_async_tasks::ping;
use ping_core::Ping;
use tokio::task::JoinSet;

use crate::on_workers;

/// In order, and one at a time.
pub(crate) fn awaited_in_loop(urls: &[String]) -> Vec<Ping> {
    on_workers(urls, |client, urls| async move {
        let mut pings = Vec::new();
        for url in urls {
            let client = client.clone();
            let task = tokio::spawn(async move { ping(&client, &url).await });
            pings.push(task.await.expect("a ping never panics"));
        }
        pings
    })
}

/// Turned round, since the last came first.
pub(crate) fn turned_round(urls: &[String]) -> Vec<Ping> {
    on_workers(urls, |client, urls| async move {
        let mut tasks = JoinSet::new();
        for url in urls {
            let client = client.clone();
            tasks.spawn(async move { ping(&client, &url).await });
        }
        let mut pings = tasks.join_all().await;
        pings.reverse();
        pings
    })
}

/// The slowest first, since the first is the slowest.
pub(crate) fn by_time(urls: &[String]) -> Vec<Ping> {
    on_workers(urls, |client, urls| async move {
        let mut tasks = JoinSet::new();
        for url in urls {
            let client = client.clone();
            tasks.spawn(async move { ping(&client, &url).await });
        }
        let mut pings = tasks.join_all().await;
        pings.sort_by_key(|ping| std::cmp::Reverse(ping.elapsed));
        pings
    })
}
