use std::fmt;
use std::time::Duration;

use async_nats::jetstream::consumer::{AckPolicy, DeliverPolicy, pull};
use futures_util::StreamExt;
use ping_core::{Ping, PingError};
use tokio::time::sleep;

use crate::batch::{Batch, PAUSE};
use crate::error::{Kind, QueueError};
use crate::outcome::Outcome;
use crate::reason::Reason;

/// Takes the results in the order in which they were stored, each once.
pub struct Collector {
    batch: Batch,
    /// The last result that was taken.
    last: u64,
    messages: Option<pull::Stream>,
}

/// A result.
#[derive(Debug)]
pub struct Collected {
    /// Its place among the results, from 1: a collector that is started after
    /// this one goes on with the next.
    pub sequence: u64,
    /// The place of its job in the list, from 0.
    pub number: u64,
    /// Who did it.
    pub worker: String,
    /// How often the job had been handed out by then.
    pub deliveries: u32,
    outcome: Option<Outcome>,
}

/// Results that are asked for at once.
const AT_ONCE: usize = 500;

/// As of the workers' pulls, and for the same reason.
const PULL: Duration = Duration::from_secs(4);
const HEARTBEAT: Duration = Duration::from_secs(1);

/// A consumer of a collector that is gone goes after this.
const FORGET: Duration = Duration::from_secs(30);

impl fmt::Debug for Collector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Collector of {} after {}", self.batch.name, self.last)
    }
}

impl Collector {
    /// Goes on after the result of this sequence; 0 begins with the first.
    pub fn after(batch: &Batch, sequence: u64) -> Collector {
        Collector { batch: batch.clone(), last: sequence, messages: None }
    }

    /// The next result. Waits for it, through any loss of servers.
    ///
    /// # Errors
    ///
    /// If the batch is no longer on the queue.
    pub async fn next(&mut self) -> Result<Collected, QueueError> {
        loop {
            let messages = match &mut self.messages {
                Some(messages) => messages,
                None => self.messages.insert(self.open().await?),
            };
            // Nothing is acknowledged, so what is lost on the way is not sent
            // again: any gap, and any error, and it is begun anew after the
            // last that is here.
            let message = match messages.next().await {
                Some(Ok(message)) => message,
                _ => {
                    self.messages = None;
                    continue;
                }
            };
            let sequence = message.info().map(|info| info.stream_sequence);
            let Ok(sequence) = sequence else {
                self.messages = None;
                continue;
            };
            if sequence <= self.last {
                continue;
            }
            if sequence != self.last + 1 {
                self.messages = None;
                continue;
            }
            self.last = sequence;
            let number = self.batch.name.number(&message.subject);
            // A result of no job is of nobody who does as we do.
            let Some(number) = number.filter(|n| *n < self.batch.terms.jobs)
            else {
                continue;
            };
            let outcome = Outcome::read(&message.payload);
            let (worker, deliveries) = match &outcome {
                Some(outcome) => (outcome.worker.clone(), outcome.deliveries),
                None => (String::new(), 1),
            };
            return Ok(Collected {
                sequence,
                number,
                worker,
                deliveries,
                outcome,
            });
        }
    }

    async fn open(&self) -> Result<pull::Stream, QueueError> {
        let results = self.batch.name.results();
        loop {
            let config = pull::Config {
                deliver_policy: DeliverPolicy::ByStartSequence {
                    start_sequence: self.last + 1,
                },
                ack_policy: AckPolicy::None,
                inactive_threshold: FORGET,
                ..pull::Config::default()
            };
            let made = self
                .batch
                .context
                .create_consumer_on_stream(config, &results)
                .await;
            match made {
                Ok(consumer) => {
                    let stream = consumer
                        .stream()
                        .max_messages_per_batch(AT_ONCE)
                        .expires(PULL)
                        .heartbeat(HEARTBEAT);
                    if let Ok(messages) = stream.messages().await {
                        return Ok(messages);
                    }
                }
                Err(error) if error.is_gone() => {
                    let text = format!(
                        "the batch `{}` is no longer on the queue",
                        self.batch.name
                    );
                    return Err(QueueError::new(Kind::Gone, text));
                }
                Err(_) => {}
            }
            sleep(PAUSE).await;
        }
    }
}

impl Collected {
    /// The ping, with its URL from the list of the batch.
    pub fn into_ping(self, urls: &[String]) -> Ping {
        let place = usize::try_from(self.number).ok();
        let url = place.and_then(|place| urls.get(place));
        let url = url.map(String::as_str).unwrap_or_default();
        match self.outcome {
            Some(outcome) => outcome.into_ping(url),
            None => {
                let why = "its result cannot be read".to_owned();
                Ping::unstarted(url, PingError::Other(why))
            }
        }
    }
}
