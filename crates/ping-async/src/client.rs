use std::time::{Duration, Instant};

use ping_core::{Setup, SetupError, Target, USER_AGENT, Watch, rustls_config};
use reqwest::header::AUTHORIZATION;

use crate::names::AsyncNames;
use crate::urls::Urls;

/// The async client and the watch that every ping of it asks. Clones share
/// their connections.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    urls: Urls,
    watch: Watch,
    timeout: Duration,
}

impl Client {
    /// Sets the client up; it connects to nothing yet and needs no runtime
    /// until it does.
    ///
    /// # Errors
    ///
    /// If `SSL_CERT_FILE` names a file that holds no certificates.
    pub fn new(setup: &Setup) -> Result<Client, SetupError> {
        let http = reqwest::Client::builder()
            // Else a proxy named in the environment comes between.
            .no_proxy()
            // A ping reports a redirect; following it would be a second one.
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            // Else a request may be sent twice and counted once.
            .retry(reqwest::retry::never())
            .pool_max_idle_per_host(setup.concurrency.get())
            .pool_idle_timeout(Duration::from_secs(90))
            // From the call of `send` to the last byte of the body.
            .timeout(setup.timeout)
            .connect_timeout(connect_timeout(setup.timeout))
            .dns_resolver(AsyncNames::default())
            // The same bytes as the blocking client sends.
            .user_agent(USER_AGENT)
            .http1_only()
            .tls_backend_preconfigured(rustls_config()?)
            .build()
            .map_err(|error| SetupError::Client(error.to_string()))?;
        let Setup { timeout, watch, .. } = setup;
        let (urls, watch) = (Urls::default(), watch.clone());
        Ok(Client { http, urls, watch, timeout: *timeout })
    }

    /// A GET of `url`, to be sent; it takes no longer than what is left until
    /// the deadline, if the [`Watch`] has one.
    pub fn get(&self, url: &str) -> reqwest::RequestBuilder {
        let get = match self.urls.plain(url) {
            Some(url) => self.http.get(url),
            None => {
                let Target { url, authorization } = Target::of(url);
                let get = self.http.get(&*url);
                match authorization {
                    Some(value) => get.header(AUTHORIZATION, value),
                    None => get,
                }
            }
        };
        match self.watch.left() {
            None => get,
            Some(left) => get.timeout(left.min(self.timeout)),
        }
    }

    /// Waits so long, or until the batch is stopped or over: nobody waits for
    /// a turn that never comes.
    pub async fn pause(&self, wait: Duration) {
        let end = Instant::now() + wait;
        while !self.watch.over() {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            let left = left.min(self.watch.left().unwrap_or(left));
            tokio::time::sleep(left.min(GLANCE)).await;
        }
    }

    /// The library's own client.
    pub fn http(&self) -> &reqwest::Client {
        &self.http
    }

    /// The watch that every ping of this client asks.
    pub fn watch(&self) -> &Watch {
        &self.watch
    }
}

/// How long a connection may take of a ping with this timeout: a little less,
/// so that it is known where the ping stood. The whole timeout does not say.
pub fn connect_timeout(timeout: Duration) -> Duration {
    // Enough for the timers to tell the two apart.
    timeout - (timeout / 20).min(Duration::from_millis(100))
}

/// How often whoever pauses looks whether the batch goes on.
const GLANCE: Duration = Duration::from_millis(50);
