use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::Duration;

use async_nats::jetstream::Context;
use async_nats::jetstream::consumer::{Consumer, pull};
use tokio::sync::Mutex;
use tokio::time::{Instant, sleep};

use crate::reason::Reason;
use crate::terms::STORING;
use crate::{BatchName, Terms};

/// A batch on the queue. Clones are of the same one.
#[derive(Debug, Clone)]
pub struct Batch {
    pub(crate) context: Context,
    pub(crate) name: BatchName,
    pub(crate) terms: Terms,
    pub(crate) workers: Consumer<pull::Config>,
    end: Arc<End>,
}

/// Messages as they are handed out, one at a time.
pub type Jobs = pull::Stream;

/// Whether all is done, as far as this process knows.
#[derive(Debug)]
struct End {
    seen: AtomicBool,
    /// When the queue may be asked again.
    next: Mutex<Instant>,
}

/// So often the queue is asked whether all is done, by all tasks together.
const LOOK: Duration = Duration::from_millis(500);

/// A pull is good for so long, and a sign of life comes each second: without
/// two of them the stream says that its server is gone.
const PULL: Duration = Duration::from_secs(4);
const HEARTBEAT: Duration = Duration::from_secs(1);

/// Before something is tried again that the servers did not do.
pub(crate) const PAUSE: Duration = Duration::from_millis(100);

/// How long an answer is waited for before the question is asked again, since
/// the server that had to answer may have died; twice as long each time, up to
/// the last, since it may be far away.
pub(crate) const ANSWER: Duration = Duration::from_millis(500);
pub(crate) const LAST_ANSWER: Duration = Duration::from_secs(4);

impl Batch {
    pub(crate) fn new(
        context: Context,
        name: &BatchName,
        terms: &Terms,
        workers: Consumer<pull::Config>,
    ) -> Batch {
        let next = Mutex::new(Instant::now());
        let end = Arc::new(End { seen: AtomicBool::new(false), next });
        let (name, terms) = (name.clone(), terms.clone());
        Batch { context, name, terms, workers, end }
    }

    /// What it is about.
    pub fn terms(&self) -> &Terms {
        &self.terms
    }

    /// For so long a job is with us. It goes to another worker some time
    /// later: the server's time began before ours, and an ack is under way for
    /// a while.
    pub(crate) fn ours(&self) -> Duration {
        let ack_wait = self.workers.cached_info().config.ack_wait;
        ack_wait.saturating_sub(STORING / 2)
    }

    /// Begins to take jobs: one is asked for each time that the stream is
    /// polled, and none is kept ahead. Where it says an error, take a new one.
    pub async fn pull(&self) -> Jobs {
        self.pull_ahead(1).await
    }

    /// The same with so many asked for at a time: all but the first wait for
    /// the one before them, whoever else is free.
    pub async fn pull_ahead(&self, jobs: usize) -> Jobs {
        loop {
            let stream = self
                .workers
                .stream()
                .max_messages_per_batch(jobs)
                .expires(PULL)
                .heartbeat(HEARTBEAT);
            match stream.messages().await {
                Ok(jobs) => return jobs,
                Err(_) => sleep(PAUSE).await,
            }
        }
    }

    /// The same after an error, and after a moment: a server that is just
    /// coming back says no at once.
    pub async fn pull_again(&self) -> Jobs {
        sleep(PAUSE).await;
        self.pull().await
    }

    /// Whether every job has its result, or the batch is no longer there. To
    /// be asked by who has nothing to do; the queue is asked now and then.
    pub async fn is_over(&self) -> bool {
        if self.end.seen.load(Relaxed) {
            return true;
        }
        // Who finds it locked goes on waiting for a job: somebody else asks.
        let Ok(mut next) = self.end.next.try_lock() else { return false };
        if Instant::now() < *next {
            return false;
        }
        let over = match self.context.get_stream(self.name.results()).await {
            Ok(stream) => {
                stream.cached_info().state.messages >= self.terms.jobs
            }
            Err(error) => error.is_gone(),
        };
        *next = Instant::now() + LOOK;
        self.end.seen.fetch_or(over, Relaxed);
        over
    }

    /// Takes its streams off the queue: nothing of the batch is kept.
    ///
    /// # Errors
    ///
    /// If the servers refuse; what is gone already is no error.
    pub async fn remove(&self) -> Result<(), crate::QueueError> {
        for stream in [self.name.jobs(), self.name.results()] {
            match self.context.delete_stream(&stream).await {
                Ok(_) => {}
                Err(error) if error.is_gone() => {}
                Err(error) => {
                    let text =
                        format!("cannot remove the stream `{stream}`: {error}");
                    let kind = crate::Kind::Other;
                    return Err(crate::QueueError::new(kind, text));
                }
            }
        }
        self.end.seen.store(true, Relaxed);
        Ok(())
    }
}
