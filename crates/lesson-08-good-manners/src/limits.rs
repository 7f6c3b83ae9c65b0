//! How fast, and how many at once to one host.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::Arc;

use governor::clock::Clock;
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use ping_async::Client;
use ping_core::Manners;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The limits of a batch; all its workers share them.
#[derive(Debug)]
pub struct Limits {
    rate: Option<DefaultDirectRateLimiter>,
    hosts: HashMap<String, Arc<Semaphore>>,
}

impl Limits {
    /// As these manners have it, for the hosts of `urls`.
    pub fn new(manners: &Manners, urls: &[String]) -> Limits {
        // A bucket of one token: requests are as far apart as the rate says.
        // A larger one would let that many through in one go.
        let quota = |rate| Quota::per_second(rate).allow_burst(NonZeroU32::MIN);
        let rate = manners.per_second.map(|n| RateLimiter::direct(quota(n)));
        let mut hosts = HashMap::new();
        if let Some(most) = manners.per_host {
            for url in urls {
                hosts
                    .entry(host(url).to_owned())
                    .or_insert_with(|| Arc::new(Semaphore::new(most.get())));
            }
        }
        Limits { rate, hosts }
    }

    /// Waits for a place at the host of `url`, and then for a token of the
    /// rate. The place is kept until what is returned is dropped.
    pub async fn turn(
        &self,
        client: &Client,
        url: &str,
    ) -> Option<OwnedSemaphorePermit> {
        let host = self.hosts.get(host(url)).map(Arc::clone);
        let place = match host {
            Some(host) => host.acquire_owned().await.ok(),
            None => None,
        };
        // After the place: a token is good for now, and not for later.
        if let Some(rate) = &self.rate {
            // Who is told to come back later does so, unless the batch is over
            // by then. (`until_ready` would not look.)
            while let Err(later) = rate.check()
                && !client.watch().over()
            {
                let now = rate.clock().now();
                client.pause(later.wait_time_from(now)).await;
            }
        }
        place
    }
}

/// `host:port` of a URL, as it is written.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    rest[..end].rsplit('@').next().unwrap_or_default()
}
