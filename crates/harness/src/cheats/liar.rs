use std::cell::RefCell;
use std::io::Write;
use std::net::TcpStream;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Result;
use measurement::MILLISECOND;
use measurement::manners::Manners;
use measurement::record::Spec;
use measurement::waits::Waits;
use ping_core::{Agent, Drain, Ping, Setup};

use crate::strategies::{Ready, Urls};
use crate::trial::{Told, urls};

/// A strategy that cheats: what it does, what it tells, and what catches it.
pub struct Liar {
    /// Its name in the order that the child is given.
    pub name: &'static str,
    /// What it does, in a few words.
    pub lie: &'static str,
    /// The check or flag that catches it; the honest one has none.
    pub caught_by: Option<Finding>,
    /// The server's wait for each ping, ms. Longer where pings must overlap,
    /// or something must happen before the answer, on a busy machine too.
    pub(super) wait_ms: u64,
    /// The statuses that are asked for.
    pub(super) statuses: &'static [u16],
    /// What it does after the warm-up and before the start.
    pub(super) early: fn(&Job) -> Vec<Ping>,
    /// What it does for the batch.
    pub(super) ping_all: fn(&Job) -> Vec<Ping>,
    /// What it does to the result.
    pub(super) retell: fn(&Spec, &mut Told),
}

/// What catches a liar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// A check: the trial is void.
    Check(&'static str),
    /// A flag: the trial is marked, and says so in every table.
    Flag(&'static str),
}

impl Finding {
    /// The name of the check or flag.
    pub fn name(&self) -> &'static str {
        match self {
            Finding::Check(name) | Finding::Flag(name) => name,
        }
    }
}

/// How many in flight at once a liar is asked for.
pub(super) const AT_ONCE: usize = 8;

/// One more than two waves: the third takes a whole wait, which the sum of all
/// waits shared out does not show.
pub(super) const PINGS: usize = 2 * AT_ONCE + 1;

/// A batch as a liar sees it.
pub(super) struct Job {
    pub(super) agent: Agent,
    pub(super) spec: Spec,
    pub(super) urls: Urls,
    pub(super) at_once: NonZeroUsize,
    /// What was done before the start.
    pub(super) before: RefCell<Vec<Ping>>,
}

impl Liar {
    /// What it is asked to do.
    pub(super) fn spec(&self, nonce: u64) -> Spec {
        Spec {
            strategy: self.name.to_owned(),
            client: "ureq".to_owned(),
            concurrency: AT_ONCE,
            requests: PINGS,
            waits: Waits::Fixed(self.wait_ms * MILLISECOND),
            statuses: self.statuses.to_vec(),
            body_bytes: Some(64),
            nonce,
            limit_ns: None,
            consumer: None,
            machines: None,
            hashing: None,
            faults: Vec::new(),
            manners: Manners::NONE,
            kept_awake: Some(false),
        }
    }

    pub(super) fn prepare(
        &'static self,
        setup: &Setup,
        spec: &Spec,
        urls: &Urls,
    ) -> Result<Ready> {
        let job = Job {
            agent: Agent::new(setup)?,
            spec: spec.clone(),
            urls: Arc::clone(urls),
            at_once: setup.concurrency,
            before: RefCell::default(),
        };
        Ok(Box::new(move |urls, _| {
            if Arc::ptr_eq(urls, &job.urls) {
                return (self.ping_all)(&job);
            }
            // The warm-up: whoever fails there is not measured at all.
            let through = job.pool(urls);
            job.before.replace((self.early)(&job));
            through
        }))
    }

    pub(super) fn retell(&self, spec: &Spec, mut told: Told) -> Told {
        (self.retell)(spec, &mut told);
        told
    }
}

impl Job {
    /// The honest way: workers that take the next from a queue.
    pub(super) fn pool(&self, urls: &[String]) -> Vec<Ping> {
        lesson_04_worker_pool::ping_all(&self.agent, urls, self.at_once)
    }

    /// An answer to ping `seq` that nobody gave, with the right body and about
    /// the right time.
    pub(super) fn made_up(&self, seq: usize) -> Ping {
        let mut drain = Drain::new(self.spec.status_of(seq));
        let body = urls::body(&self.spec, seq);
        let result = drain.take(&body).map(|()| drain.finish());
        let waits = self.spec.waits.list();
        Ping {
            url: self.urls[seq].clone(),
            started: Instant::now(),
            elapsed: Duration::from_nanos(waits[seq % waits.len()]),
            result,
            retried: false,
        }
    }

    /// Sends the request of ping `seq`, and hangs up before there is an
    /// answer.
    pub(super) fn give_up(&self, seq: usize) {
        let url = self.urls[seq].trim_start_matches("http://");
        let (host, path) = url.split_once('/').unwrap_or((url, ""));
        if let Ok(mut stream) = TcpStream::connect(host) {
            let _ =
                write!(stream, "GET /{path} HTTP/1.1\r\nHost: {host}\r\n\r\n");
        }
    }
}
