//! What the wrong programs run on: a queue of their own.

use std::num::NonZeroUsize;
use std::time::Duration;

use local_nats::TestServer as Nats;
use ping_async::Client;
use ping_core::{Ping, Setup, Watch};
use ping_queue::{Asked, Batch, Collector, STORING, Servers, Terms};

/// A batch on a queue of its own, and what it takes to work on it.
pub(crate) struct Own {
    pub(crate) batch: Batch,
    pub(crate) client: Client,
    pub(crate) urls: Vec<String>,
    #[allow(dead_code, reason = "most only keep it alive")]
    pub(crate) nats: Nats,
}

/// Puts the URLs on a queue that was just started, with the shortest ack wait
/// that there is for pings of `timeout`, and runs `work` on it.
#[allow(dead_code, reason = "some have terms of their own")]
pub(crate) fn with_own_queue(
    urls: &[String],
    concurrency: usize,
    timeout: Duration,
    work: impl AsyncFnOnce(Own) -> Vec<Ping>,
) -> Vec<Ping> {
    with_terms(urls, concurrency, &Terms::new(urls, timeout), work)
}

/// The same on these terms.
pub(crate) fn with_terms(
    urls: &[String],
    concurrency: usize,
    terms: &Terms,
    work: impl AsyncFnOnce(Own) -> Vec<Ping>,
) -> Vec<Ping> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    let concurrency = NonZeroUsize::new(concurrency).expect("not 0");
    let nats = Nats::start();
    let ack_wait = terms.timeout + STORING;
    let replicas = NonZeroUsize::MIN;
    runtime.block_on(async {
        let servers = Servers { urls: vec![nats.url()], ..Servers::default() };
        let queue = servers.connect().await.expect("a queue");
        let name = "trap".parse().expect("a name");
        let asked = Asked { concurrency, ack_wait, replicas };
        let batch = queue.open(&name, terms, asked).await.expect("a batch");
        batch.produce(urls, &Watch::default()).await;
        let client = Client::new(&Setup::new(concurrency)).expect("a client");
        work(Own { batch, client, urls: urls.to_vec(), nats }).await
    })
}

/// The results that are on the queue now.
pub(crate) async fn results(batch: &Batch, urls: &[String]) -> Vec<Ping> {
    let mut collector = Collector::after(batch, 0);
    let mut pings = Vec::new();
    while pings.len() < batch.done().await {
        let result = collector.next().await.expect("a result");
        pings.push(result.into_ping(urls));
    }
    pings
}
