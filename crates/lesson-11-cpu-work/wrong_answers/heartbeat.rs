//! Wrong answers to it.

use std::num::NonZeroUsize;
use std::time::Duration;

use lesson_11_cpu_work::ping;
use ping_async::Client;
use ping_core::{Ping, Setup};
use tokio::runtime::Builder;
use tokio::task::{spawn_blocking, yield_now};
use tokio::time::sleep;

use crate::hash_for;

const HASH: Duration = Duration::from_millis(500);
const BEAT: Duration = Duration::from_millis(20);

/// The heart has its turn, once.
pub(crate) fn yields_first(urls: &[String]) -> Vec<Ping> {
    beating(urls, async |fetched| {
        yield_now().await;
        hash_for(HASH, fetched)
    })
}

/// A task of its own is on the same thread.
pub(crate) fn spawned(urls: &[String]) -> Vec<Ping> {
    beating(urls, async |fetched| {
        let hashing = tokio::spawn(async move { hash_for(HASH, fetched) });
        hashing.await.expect("a hash never panics")
    })
}

/// The result is told before it is there.
pub(crate) fn not_awaited(urls: &[String]) -> Vec<Ping> {
    beating(urls, async |fetched| {
        let copy = fetched.clone();
        drop(spawn_blocking(move || hash_for(HASH, copy)));
        for _ in 0..5 {
            sleep(BEAT).await;
        }
        fetched
    })
}

fn beating(urls: &[String], hash: impl AsyncFn(Ping) -> Ping) -> Vec<Ping> {
    let [job, beats @ .., result] = urls else { return Vec::new() };
    let two = NonZeroUsize::new(2).expect("2 is not 0");
    let client = &Client::new(&Setup::new(two)).expect("a client");
    let runtime = Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(async {
        let (heart_of, beats) = (client.clone(), beats.to_vec());
        let heart = tokio::spawn(async move {
            for beat in &beats {
                ping(&heart_of, beat).await;
                sleep(BEAT).await;
            }
        });
        let done = hash(ping(client, job).await).await;
        let told = ping(client, result).await;
        heart.abort();
        vec![done, told]
    })
}
