use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use crate::{Ping, PingError, Reply};

/// Watches over a batch: every ping asks it whether it may still start, and
/// reports to it when it is done.
///
/// This is how progress, Ctrl-C and a deadline work in every lesson without a
/// lesson knowing of them. Clones watch the same batch.
#[derive(Debug, Clone, Default)]
pub struct Watch(Arc<Counters>);

#[derive(Debug, Default)]
struct Counters {
    stopped: AtomicBool,
    done: AtomicU64,
    deadline: OnceLock<Instant>,
    not_retried: [AtomicU64; NoRetry::ALL.len()],
}

/// Why a ping that may well succeed a little later is not tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoRetry {
    /// The budget of retries is used up.
    Budget,
    /// It would come after the deadline.
    Deadline,
    /// The server asks for more patience than the client has.
    Patience,
    /// Somebody stopped the batch.
    Stopped,
}

impl NoRetry {
    /// Every reason.
    pub const ALL: [NoRetry; 4] = [
        NoRetry::Budget,
        NoRetry::Deadline,
        NoRetry::Patience,
        NoRetry::Stopped,
    ];
}

impl Watch {
    /// From now on no ping starts; those under way run to their end.
    pub fn stop(&self) {
        self.0.stopped.store(true, Relaxed);
    }

    /// Whether [`stop`](Self::stop) has been called.
    pub fn stopped(&self) -> bool {
        self.0.stopped.load(Relaxed)
    }

    /// When the batch has to be over: no ping starts after it, and a client
    /// gives no ping more time than is left. The first call decides.
    pub fn end_by(&self, deadline: Instant) {
        let _ = self.0.deadline.set(deadline);
    }

    /// The time that is left until the deadline; `None` without one.
    pub fn left(&self) -> Option<Duration> {
        let deadline = self.0.deadline.get()?;
        Some(deadline.saturating_duration_since(Instant::now()))
    }

    /// Whether no ping may start any more.
    pub fn over(&self) -> bool {
        self.stopped() || self.late()
    }

    fn late(&self) -> bool {
        self.left().is_some_and(|left| left.is_zero())
    }

    /// Pings done so far, failed ones too; cancelled ones were never started.
    pub fn done(&self) -> u64 {
        self.0.done.load(Relaxed)
    }

    /// A ping that failed for a while was not tried again, for this reason.
    pub fn gave_up(&self, why: NoRetry) {
        self.0.not_retried[why as usize].fetch_add(1, Relaxed);
    }

    /// How many pings were not tried again for this reason.
    pub fn given_up(&self, why: NoRetry) -> u64 {
        self.0.not_retried[why as usize].load(Relaxed)
    }

    /// Starts the clock of one ping.
    ///
    /// # Errors
    ///
    /// The ping that is not started, if the batch was stopped or its deadline
    /// has passed.
    pub fn start<'a>(&'a self, url: &'a str) -> Result<Started<'a>, Ping> {
        if self.stopped() {
            return Err(Ping::unstarted(url, PingError::Cancelled));
        }
        if self.late() {
            return Err(Ping::unstarted(url, PingError::NotStarted));
        }
        Ok(Started { watch: self, url, at: Instant::now() })
    }
}

/// How finely a client's timers tell time: one may end that much before the
/// deadline that it was set for.
const TIMERS: Duration = Duration::from_millis(2);

/// A ping under way.
#[derive(Debug)]
pub struct Started<'a> {
    watch: &'a Watch,
    url: &'a str,
    at: Instant,
}

impl Started<'_> {
    /// When its clock was started.
    pub fn at(&self) -> Instant {
        self.at
    }

    /// Stops the clock. What was cut off by the deadline says so, and not that
    /// its own time was up.
    pub fn finish(self, mut result: Result<Reply, PingError>) -> Ping {
        let elapsed = self.at.elapsed();
        if matches!(result, Err(PingError::Timeout(_)))
            && self.watch.left().is_some_and(|left| left < TIMERS)
        {
            result = Err(PingError::Deadline);
        }
        self.watch.0.done.fetch_add(1, Relaxed);
        Ping {
            url: self.url.to_owned(),
            started: self.at,
            elapsed,
            result,
            retried: false,
        }
    }
}
