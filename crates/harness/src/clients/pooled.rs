//! hyper-util's client: hyper's connection with a pool and a dialler around it.

use std::time::Duration;

use hyper::Uri;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::{Client, Error};
use hyper_util::rt::TokioExecutor;
use ping_async::{classify_cause, connect_timeout};
use ping_by_hand::Request;
use ping_core::{Phase, Ping, PingError, Reply, Setup, Watch};

use super::AsyncClient;
use super::read::{bad, get, read};
use crate::by_hand::address;
use crate::by_hand::tasks::in_time;

/// The client with hyper-util's pool.
#[derive(Debug)]
pub(crate) struct Pooled {
    timeout: Duration,
    watch: Watch,
    http: Client<HttpConnector, String>,
}

impl Pooled {
    /// Sets it up, as reqwest does; it connects to nothing yet.
    pub(crate) fn new(setup: &Setup) -> Pooled {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        // As in reqwest: the whole timeout does not say where a ping stood.
        connector.set_connect_timeout(Some(connect_timeout(setup.timeout)));
        let http = Client::builder(TokioExecutor::new())
            .pool_max_idle_per_host(setup.concurrency.get())
            .pool_idle_timeout(Duration::from_secs(90))
            .build(connector);
        Pooled { timeout: setup.timeout, watch: setup.watch.clone(), http }
    }

    async fn get(
        &self,
        url: &str,
        phase: &mut Phase,
    ) -> Result<Reply, PingError> {
        let request = Request::of(url)?;
        address(&request)?;
        let uri = Uri::builder()
            .scheme("http")
            .authority(request.authority())
            .path_and_query(&*request.path());
        let get = get(&request, uri.build().map_err(|why| bad(&why))?)?;
        let answer = self.http.request(get).await;
        let response = answer.map_err(|error| classify(&error))?;
        *phase = Phase::Body;
        read(response).await
    }
}

fn classify(error: &Error) -> PingError {
    match classify_cause(error) {
        PingError::Timeout(_) if error.is_connect() => {
            PingError::Timeout(Phase::Connect)
        }
        word => word,
    }
}

impl AsyncClient for Pooled {
    async fn ping(&self, url: &str) -> Ping {
        let get = async |phase: &mut Phase| self.get(url, phase).await;
        in_time(&self.watch, self.timeout, url, Phase::Head, get).await
    }
}
