//! Wrong answers to it.

use std::pin::pin;

use lesson_07_deadlines::ping;
use ping_async::Client;
use ping_core::Ping;
use tokio::task::JoinSet;
use tokio::time::{Duration, timeout};

use crate::on_workers;

const P95: Duration = Duration::from_millis(600);

/// The first is given up, and then there is a second: a retry.
pub(crate) fn retry(urls: &[String]) -> Vec<Ping> {
    each(urls, |client, url| async move {
        match timeout(P95, ping(&client, &url)).await {
            Ok(ping) => ping,
            Err(_) => ping(&client, &url).await,
        }
    })
}

/// Two from the start, of everything.
pub(crate) fn both_at_once(urls: &[String]) -> Vec<Ping> {
    each(urls, |client, url| async move {
        tokio::select! {
            ping = ping(&client, &url) => ping,
            ping = ping(&client, &url) => ping,
        }
    })
}

/// The first goes on, and nobody looks whether it is answered.
pub(crate) fn second_only(urls: &[String]) -> Vec<Ping> {
    each(urls, |client, url| async move {
        let mut first = pin!(ping(&client, &url));
        match timeout(P95, first.as_mut()).await {
            Ok(ping) => ping,
            Err(_) => ping(&client, &url).await,
        }
    })
}

/// Whoever loses goes on: a task is not dropped with its handle.
pub(crate) fn loser_kept(urls: &[String]) -> Vec<Ping> {
    each(urls, |client, url| async move {
        let spawn = || {
            let (client, url) = (client.clone(), url.clone());
            tokio::spawn(async move { ping(&client, &url).await })
        };
        let mut first = spawn();
        if let Ok(ping) = timeout(P95, &mut first).await {
            return ping.expect("a ping never panics");
        }
        tokio::select! {
            ping = first => ping.expect("a ping never panics"),
            ping = spawn() => ping.expect("a ping never panics"),
        }
    })
}

fn each<F: Future<Output = Ping> + Send + 'static>(
    urls: &[String],
    hedged: impl Fn(Client, String) -> F + Send + 'static,
) -> Vec<Ping> {
    on_workers(urls, |client, urls| async move {
        let mut tasks = JoinSet::new();
        for url in urls {
            tasks.spawn(hedged(client.clone(), url));
        }
        tasks.join_all().await
    })
}
