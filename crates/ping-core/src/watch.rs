use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::time::Instant;

use crate::{Ping, PingError, Reply};

/// Stands beside a batch: every ping asks it whether it may still start, and
/// tells it when it is done.
///
/// This is how progress and Ctrl-C work in every lesson without a lesson
/// knowing of them. Clones watch the same batch.
#[derive(Debug, Clone, Default)]
pub struct Watch(Arc<Counters>);

#[derive(Debug, Default)]
struct Counters {
    stopped: AtomicBool,
    done: AtomicU64,
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

    /// Pings done so far, failed ones too; cancelled ones were never started.
    pub fn done(&self) -> u64 {
        self.0.done.load(Relaxed)
    }

    /// Starts the clock of one ping.
    ///
    /// # Errors
    ///
    /// The cancelled ping, if the batch was stopped.
    pub fn start<'a>(&'a self, url: &'a str) -> Result<Started<'a>, Ping> {
        if self.stopped() {
            return Err(Ping::unstarted(url, PingError::Cancelled));
        }
        Ok(Started { watch: self, url, at: Instant::now() })
    }
}

/// A ping under way.
#[derive(Debug)]
pub struct Started<'a> {
    watch: &'a Watch,
    url: &'a str,
    at: Instant,
}

impl Started<'_> {
    /// Stops the clock.
    pub fn finish(self, result: Result<Reply, PingError>) -> Ping {
        let elapsed = self.at.elapsed();
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
