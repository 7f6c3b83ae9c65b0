//! How fast, and how many at once to one host.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::Arc;

use governor::clock::Clock;
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use ping_async::Client;
use ping_core::Manners;
use tokio::sync::{Mutex, OwnedSemaphorePermit, Semaphore};

/// The limits of a batch; all its workers share them.
#[derive(Debug)]
pub struct Limits {
    rate: Option<Mutex<DefaultDirectRateLimiter>>,
    hosts: HashMap<String, Arc<Semaphore>>,
}

impl Limits {
    /// As these manners have it, for the hosts of `urls`.
    pub fn new(manners: &Manners, urls: &[String]) -> Limits {
        // A bucket of one token: requests are as far apart as the rate says.
        // A larger one starts full and lets that many through in one go; by
        // itself it would hold those of a whole second.
        let quota = |rate| Quota::per_second(rate).allow_burst(NonZeroU32::MIN);
        let limiter = |n| Mutex::new(RateLimiter::direct(quota(n)));
        let rate = manners.per_second.map(limiter);
        let mut hosts = HashMap::new();
        if let Some(most) = manners.per_host {
            for url in urls {
                hosts
                    .entry(host(url))
                    .or_insert_with(|| Arc::new(Semaphore::new(most.get())));
            }
        }
        Limits { rate, hosts }
    }

    /// Waits for a place at the host of `url`, and then for a token of the
    /// rate. The place is kept until what is returned is dropped.
    ///
    /// The runtime's timer is a millisecond coarse and never early: where
    /// tokens are only a few milliseconds apart, they come more slowly than
    /// was allowed.
    pub async fn turn(
        &self,
        client: &Client,
        url: &str,
    ) -> Option<OwnedSemaphorePermit> {
        let host = self.hosts.get(&host(url)).map(Arc::clone);
        let place = match host {
            Some(host) => host.acquire_owned().await.ok(),
            None => None,
        };
        // After the place: a token is good for now, and not for later.
        if let Some(rate) = &self.rate {
            // Only the first of those who wait asks the limiter. It would tell
            // all of them the same time, wake them all for one token, and give
            // that to anybody.
            let rate = rate.lock().await;
            // Who is told to come back later does so, unless the batch is over
            // by then. (`until_ready` would not look, and has a thread of its
            // own for its timer.)
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

/// `host:port` of a URL, as it is written but for capital letters, which make
/// no other host.
fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let host = rest[..end].rsplit('@').next().unwrap_or_default();
    host.to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroUsize;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_host_is_what_stands_between_the_scheme_and_the_path() {
        let cases = [
            ("http://a.example/200?x=http://b.example/", "a.example"),
            ("http://a.example:8080?sleep=1", "a.example:8080"),
            ("https://A.Example#part", "a.example"),
            ("http://user:word@a.example/@b", "a.example"),
            ("http://[::1]:80/200", "[::1]:80"),
            ("a.example/200", "a.example"),
            ("http://", ""),
            ("", ""),
        ];
        for (url, expected) in cases {
            assert_eq!(host(url), expected, "{url}");
        }
    }

    #[test]
    fn without_manners_there_is_nothing_to_wait_for() {
        let limits = Limits::new(&Manners::default(), &["http://a/".into()]);
        assert!(limits.rate.is_none());
        assert!(limits.hosts.is_empty());
    }

    #[test]
    fn every_host_has_places_of_its_own() {
        let two = NonZeroUsize::new(2);
        let manners = Manners { per_host: two, ..Manners::default() };
        let urls = ["http://a/1", "http://A/2", "http://b/1", "nonsense"];
        let limits = Limits::new(&manners, &urls.map(str::to_owned));
        assert_eq!(limits.hosts.len(), 3);
        assert!(
            limits.hosts.values().all(|host| host.available_permits() == 2)
        );
    }

    proptest! {
        #[test]
        fn whatever_a_url_is_it_has_a_host(url in "\\PC*") {
            let host = host(&url);
            prop_assert!(host.len() <= url.len());
            prop_assert!(!host.contains(['/', '?', '#', '@']));
        }

        #[test]
        fn the_path_makes_no_other_host(
            name in "[a-z0-9.]{1,20}(:[0-9]{1,5})?",
            path in "[/?#]\\PC*",
        ) {
            prop_assert_eq!(&host(&format!("http://{name}{path}")), &name);
        }
    }
}
