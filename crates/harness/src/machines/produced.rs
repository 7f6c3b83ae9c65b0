use std::num::NonZeroUsize;
use std::time::Duration;

use anyhow::Result;
use measurement::machines::Machines;
use measurement::record::Spec;
use ping_core::{Ping, Watch};
use ping_queue::{Asked, Batch, Collector, STORING, Servers, Terms};
use tokio::time::timeout;

use super::{refused, runtime};
use crate::strategies::{Ready, Urls};
use crate::trial::{Handed, batch_of};

/// Opens the batch of a trial on the queue, without working on it: what is
/// left is to put the jobs in and to collect the results. Who did which job
/// goes to `handed`.
///
/// # Errors
///
/// If the queue does not take it.
pub(crate) fn produced(
    nats: &str,
    spec: &Spec,
    machines: Machines,
    urls: &Urls,
    handed: &Handed,
) -> Result<Ready> {
    let ack_wait = Duration::from_nanos(machines.ack_wait_ns);
    // As long as the queue allows with this ack wait.
    let longest = ack_wait.saturating_sub(STORING);
    let terms = Terms::new(urls, longest);
    let asked = Asked {
        concurrency: spec.concurrency(),
        ack_wait,
        replicas: NonZeroUsize::MIN,
    };
    let name = batch_of(spec).parse().map_err(refused)?;
    let servers = Servers { urls: vec![nats.to_owned()], ..Servers::default() };
    let runtime = runtime(NonZeroUsize::MIN)?;
    let batch = runtime.block_on(async {
        let queue = servers.connect().await.map_err(refused)?;
        queue.open(&name, &terms, asked).await.map_err(refused)
    })?;
    let handed = handed.clone();
    Ok(Box::new(move |urls, _| {
        runtime.block_on(collected(&batch, urls, longest, &handed))
    }))
}

/// Every result that there will be. Where the queue has no job any more, what
/// did not come within the time of a ping does not come.
async fn collected(
    batch: &Batch,
    urls: &Urls,
    longest: Duration,
    handed: &Handed,
) -> Vec<Ping> {
    batch.produce(urls, &Watch::default()).await;
    let mut collector = Collector::after(batch, 0);
    let mut pings = Vec::with_capacity(urls.len());
    while pings.len() < urls.len() {
        match timeout(longest, collector.next()).await {
            Ok(Ok(result)) => {
                let worker = result.worker.parse().unwrap_or(u32::MAX);
                handed.to(result.number, worker, result.deliveries);
                pings.push(result.into_ping(urls));
            }
            Ok(Err(_)) => break,
            Err(_) => match batch.progress().await {
                // A result that is there is on its way.
                Ok(now)
                    if now.waiting + now.in_flight == 0
                        && pings.len() as u64 >= now.done =>
                {
                    break;
                }
                _ => {}
            },
        }
    }
    pings
}
