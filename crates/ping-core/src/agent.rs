use std::num::NonZeroUsize;
use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use ureq::RequestBuilder;
use ureq::config::Config;
use ureq::http::header::AUTHORIZATION;
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::typestate::WithoutBody;

use crate::dialler::Dialler;
use crate::shelf::Shelf;
use crate::tls::own_certificates;
use crate::{HEAD_LIMIT, Manners, Names, SetupError, Target, Watch};

/// What both clients call themselves, so that the bytes they send are alike.
pub const USER_AGENT: &str = "ping-lessons/0.1";

/// An answer's head must fit: one that fills this is too large, and would else
/// be called cut off.
const INPUT: usize = HEAD_LIMIT + 1;

/// The longest URL, in bytes, that both clients take.
pub const URL_LIMIT: usize = 65_534;

/// The longest line of a request must fit, its first or that of a password. A
/// connection's buffer is filled with zeros, so a larger one costs memory, and
/// only long URLs need it: a password is a third longer in Base64.
const OUTPUT: usize = 4 * 1024;
const LONG_OUTPUT: usize = URL_LIMIT / 2 * 3;

/// A URL of fewer bytes fits [`OUTPUT`], whatever part of it is a password.
const SHORT: usize = 2 * 1024;

/// What a client is set up with, blocking or async.
#[derive(Debug, Clone)]
pub struct Setup {
    /// The most requests in flight at once, hence the connections worth
    /// keeping.
    pub concurrency: NonZeroUsize,
    /// How long one whole ping may take, name look-up to last byte.
    pub timeout: Duration,
    /// What each ping asks whether it may start, and reports its end to.
    pub watch: Watch,
    /// Threads of the runtime under async tasks.
    pub workers: NonZeroUsize,
    /// How long whoever takes the results needs for each. Only lesson 6 waits
    /// for that.
    pub handling: Duration,
    /// How long the whole batch may take. Only lesson 7 keeps to it.
    pub limit: Option<Duration>,
    /// How often the body of each answer is hashed. Only lesson 11 does that.
    pub hashes: u32,
    /// How a server is to be treated. Only lesson 8 keeps to it.
    pub manners: Manners,
}

impl Setup {
    /// A set-up for this many requests in flight, with the book's timeout of
    /// 5 s and a watch of its own. Two workers on any machine, so that a result
    /// means the same on all.
    pub fn new(concurrency: NonZeroUsize) -> Setup {
        Setup {
            concurrency,
            timeout: Duration::from_secs(5),
            watch: Watch::default(),
            workers: NonZeroUsize::MIN.saturating_add(1),
            handling: Duration::ZERO,
            limit: None,
            hashes: 0,
            manners: Manners::default(),
        }
    }
}

/// The blocking client: ureq, with every default that would falsify a
/// comparison set, and a watch. Clones share their connections.
#[derive(Debug, Clone)]
pub struct Agent {
    http: ureq::Agent,
    long: ureq::Agent,
    own: Arc<Shelf>,
    watch: Watch,
    timeout: Duration,
}

impl Agent {
    /// Sets the client up; it connects to nothing yet.
    ///
    /// # Errors
    ///
    /// If `SSL_CERT_FILE` names a file that holds no certificates.
    pub fn new(setup: &Setup) -> Result<Agent, SetupError> {
        let tls = tls_config()?;
        let (dialler, names) = (Dialler::default(), Names::default());
        let all = setup.concurrency.get();
        let http = |output| {
            let config = config(setup, &tls, (all, all), output);
            let (dialler, names) = (dialler.clone(), names.clone());
            ureq::Agent::with_parts(config, dialler, names)
        };
        let (http, long) = (http(OUTPUT), http(LONG_OUTPUT));
        let config = config(setup, &tls, (1, HOSTS), OUTPUT);
        let own = Arc::new(Shelf::new(config, dialler, names));
        let Setup { timeout, watch, .. } = setup;
        Ok(Agent { http, long, own, watch: watch.clone(), timeout: *timeout })
    }

    /// An agent for one thread, with connections that nobody else uses. It
    /// gives them back for the next one when it is dropped.
    ///
    /// ureq looks through all idle connections of an agent, under one lock, at
    /// the begin and the end of every ping: the more workers share an agent,
    /// the longer each of them waits for the others.
    pub fn own(&self) -> OwnAgent {
        OwnAgent(Agent { http: self.own.take(), ..self.clone() })
    }

    /// A GET of `url`, to be called; it takes no longer than what is left
    /// until the deadline, if the [`Watch`] has one.
    pub fn get(&self, url: &str) -> RequestBuilder<WithoutBody> {
        let http = if url.len() < SHORT { &self.http } else { &self.long };
        let Target { url, authorization } = Target::of(url);
        let mut get = http.get(&*url);
        if let Some(value) = authorization {
            get = get.header(AUTHORIZATION, value);
        }
        match self.watch.left() {
            None => get,
            Some(left) => {
                let limit = left.min(self.timeout);
                get.config().timeout_global(Some(limit)).build()
            }
        }
    }

    /// The client library's own agent, for URLs of less than 2 KiB. Longer ones
    /// have one of their own, with a larger buffer for what is sent.
    pub fn http(&self) -> &ureq::Agent {
        &self.http
    }

    /// The watch that every ping of this agent asks.
    pub fn watch(&self) -> &Watch {
        &self.watch
    }
}

/// An agent for one at a time: see [`Agent::own`].
#[derive(Debug)]
pub struct OwnAgent(Agent);

impl Deref for OwnAgent {
    type Target = Agent;

    fn deref(&self) -> &Agent {
        &self.0
    }
}

impl Drop for OwnAgent {
    fn drop(&mut self) {
        self.0.own.give_back(self.0.http.clone());
    }
}

/// An agent of one thread keeps a connection to each of so many hosts.
const HOSTS: usize = 4;

fn config(
    setup: &Setup,
    tls: &TlsConfig,
    (each, all): (usize, usize),
    output: usize,
) -> Config {
    ureq::Agent::config_builder()
        // The defaults keep 3 connections to a host: a strategy that
        // works in waves would dial again for every wave.
        .max_idle_connections(all)
        .max_idle_connections_per_host(each)
        .max_idle_age(Duration::from_secs(90))
        // Else a 404 is an error, its body stays unread and the
        // connection is lost.
        .http_status_as_error(false)
        // A ping reports a redirect; following it would be a second one.
        .max_redirects(0)
        // Else a proxy named in the environment comes between.
        .proxy(None)
        // A total timeout costs no thread, because `Names` looks up.
        .timeout_global(Some(setup.timeout))
        // The defaults, 128 KiB twice, are for downloads.
        .input_buffer_size(INPUT)
        .max_response_header_size(HEAD_LIMIT)
        .output_buffer_size(output)
        // The same bytes as the async client sends.
        .user_agent(USER_AGENT)
        .accept_encoding("")
        .tls_config(tls.clone())
        .build()
}

fn tls_config() -> Result<TlsConfig, SetupError> {
    let roots = match own_certificates()? {
        None => RootCerts::WebPki,
        Some(certificates) => RootCerts::Specific(Arc::new(
            certificates
                .iter()
                .map(|der| Certificate::from_der(der).to_owned())
                .collect(),
        )),
    };
    Ok(TlsConfig::builder().root_certs(roots).build())
}
