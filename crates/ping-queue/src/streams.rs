use std::num::NonZeroUsize;
use std::time::Duration;

use async_nats::jetstream::ErrorCode;
use async_nats::jetstream::consumer::{AckPolicy, pull};
use async_nats::jetstream::stream::{
    Config, DiscardPolicy, RetentionPolicy, StorageType,
};
use tokio::time::{Instant, sleep};

use crate::batch::{Batch, PAUSE};
use crate::error::{Kind, QueueError};
use crate::name::WORKERS;
use crate::reason::Reason;
use crate::terms::STORING;
use crate::{BatchName, Queue, Terms};

/// What is asked for where a batch is opened.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// The most jobs in flight at once, over all workers.
    pub concurrency: NonZeroUsize,
    /// How long a job may be with a worker before another one gets it, too.
    pub ack_wait: Duration,
    /// How many servers have a copy of each stream.
    pub replicas: NonZeroUsize,
}

/// Tasks of all workers together that may wait for a job. Beyond it the old
/// server says no, and the client asks again without a pause.
const WAITING: i64 = 16_384;

/// A stream that is made to see whether one can be made.
const TRIAL: &str = "ping-lessons-trial";

impl Queue {
    /// Opens a batch: makes its streams where they are not there yet. One that
    /// was begun before goes on where it was.
    ///
    /// # Errors
    ///
    /// If the ack wait is too short, the batch was begun on other terms, or
    /// the servers refuse.
    pub async fn open(
        &self,
        name: &BatchName,
        terms: &Terms,
        asked: Asked,
    ) -> Result<Batch, QueueError> {
        long_enough(terms, asked)?;
        self.unless_refused(self.opened(name, terms, asked)).await?
    }

    async fn opened(
        &self,
        name: &BatchName,
        terms: &Terms,
        asked: Asked,
    ) -> Result<Batch, QueueError> {
        self.stream(jobs(name, terms, asked)?, terms).await?;
        let refused = |error: &dyn std::error::Error| {
            let text = format!("cannot open the batch `{name}`: {error}");
            QueueError::new(Kind::Other, text)
        };
        self.context
            .create_stream(results(name, asked))
            .await
            .map_err(|error| refused(&error))?;
        let consumer = self
            .context
            .create_consumer_on_stream(workers(asked), name.jobs())
            .await
            .map_err(|error| refused(&error))?;
        Ok(Batch::new(self.context.clone(), name, terms, consumer))
    }

    /// Waits until the servers can make a stream with so many copies, by
    /// making one: they answer long before.
    ///
    /// # Errors
    ///
    /// If they cannot within this time.
    pub async fn wait_for_copies(
        &self,
        copies: NonZeroUsize,
        patience: Duration,
    ) -> Result<(), QueueError> {
        let end = Instant::now() + patience;
        loop {
            let config = Config {
                name: TRIAL.to_owned(),
                subjects: vec![TRIAL.to_owned()],
                num_replicas: copies.get(),
                ..Config::default()
            };
            let made = self.context.create_stream(config).await;
            // It may be there from an attempt whose answer was lost.
            let gone = self.context.delete_stream(TRIAL).await;
            match (made, gone) {
                (Ok(_), Ok(_)) => return Ok(()),
                (Err(error), _) if Instant::now() >= end => {
                    let text = format!(
                        "cannot make a stream with {copies} copies: {error}"
                    );
                    return Err(QueueError::new(Kind::Other, text));
                }
                _ => sleep(PAUSE).await,
            }
        }
    }

    /// The batch of this name, if somebody has opened it.
    ///
    /// # Errors
    ///
    /// If the servers do not say, or it is a stream of something else.
    pub async fn join(
        &self,
        name: &BatchName,
    ) -> Result<Option<Batch>, QueueError> {
        self.unless_refused(self.joined(name)).await?
    }

    async fn joined(
        &self,
        name: &BatchName,
    ) -> Result<Option<Batch>, QueueError> {
        let stream = match self.context.get_stream(name.jobs()).await {
            Ok(stream) => stream,
            Err(error) if error.is_gone() => return Ok(None),
            Err(error) => return Err(asked_in_vain(name, &error)),
        };
        let description = &stream.cached_info().config.description;
        let terms = Terms::read(description.as_deref())
            .ok_or_else(|| not_ours(name))?;
        // Made last, so that all else is there where this is.
        let consumer = match stream.get_consumer(WORKERS).await {
            Ok(consumer) => consumer,
            Err(_) => return Ok(None),
        };
        Ok(Some(Batch::new(self.context.clone(), name, &terms, consumer)))
    }

    /// Makes the stream, or finds it as it should be.
    async fn stream(
        &self,
        config: Config,
        terms: &Terms,
    ) -> Result<(), QueueError> {
        let name = config.name.clone();
        let error = match self.context.create_stream(config).await {
            Ok(_) => return Ok(()),
            Err(error) => error,
        };
        if error.is_without_jetstream() {
            return Err(no_jet_stream());
        }
        if error.code() != Some(ErrorCode::STREAM_NAME_EXIST) {
            let text = format!("cannot make the stream `{name}`: {error}");
            return Err(QueueError::new(Kind::Other, text));
        }
        let found = self.context.get_stream(&name).await;
        let found = found.map_err(|error| {
            let text = format!("cannot see the stream `{name}`: {error}");
            QueueError::new(Kind::Other, text)
        })?;
        let description = found.cached_info().config.description.as_deref();
        let there = Terms::read(description);
        let differs = match &there {
            None => Some("something that is no batch of pings".to_owned()),
            Some(there) => terms.difference(there),
        };
        differs.map_or(Ok(()), |differs| {
            let text = format!(
                "the stream `{name}` is there already, with {differs}; take \
                 another name for the batch"
            );
            Err(QueueError::new(Kind::OtherTerms, text))
        })
    }
}

/// An ack wait that is over before a ping is would have each slow job done
/// twice.
fn long_enough(terms: &Terms, asked: Asked) -> Result<(), QueueError> {
    let least = terms.timeout + STORING;
    if asked.ack_wait >= least {
        return Ok(());
    }
    let text = format!(
        "an ack wait of {:?} is too short: a ping may take {:?}, and storing \
         its result {STORING:?} more; say {least:?} or longer",
        asked.ack_wait, terms.timeout
    );
    Err(QueueError::new(Kind::Asked, text))
}

fn jobs(
    name: &BatchName,
    terms: &Terms,
    asked: Asked,
) -> Result<Config, QueueError> {
    Ok(Config {
        name: name.jobs(),
        subjects: vec![name.job()],
        // A job is gone once it is acknowledged.
        retention: RetentionPolicy::WorkQueue,
        storage: StorageType::File,
        num_replicas: asked.replicas.get(),
        description: Some(terms.written()?),
        ..Config::default()
    })
}

fn results(name: &BatchName, asked: Asked) -> Config {
    Config {
        name: name.results(),
        subjects: vec![name.every_result()],
        storage: StorageType::File,
        num_replicas: asked.replicas.get(),
        // A second result of a job is refused, however late it comes.
        max_messages_per_subject: 1,
        discard: DiscardPolicy::New,
        discard_new_per_subject: true,
        ..Config::default()
    }
}

fn workers(asked: Asked) -> pull::Config {
    let most = i64::try_from(asked.concurrency.get()).unwrap_or(i64::MAX);
    pull::Config {
        durable_name: Some(WORKERS.to_owned()),
        ack_policy: AckPolicy::Explicit,
        ack_wait: asked.ack_wait,
        // Over all workers: the queue hands out no further job before.
        max_ack_pending: most,
        max_waiting: WAITING,
        // The workers count: a job given up by the server would stay in the
        // stream for ever, and nobody would be told.
        max_deliver: -1,
        ..pull::Config::default()
    }
}

fn no_jet_stream() -> QueueError {
    let text = "this NATS server has no JetStream; start it with -js, or name \
                another";
    QueueError::new(Kind::NoJetStream, text)
}

fn asked_in_vain(
    name: &BatchName,
    error: &async_nats::jetstream::context::GetStreamError,
) -> QueueError {
    if error.is_without_jetstream() {
        return no_jet_stream();
    }
    let text = format!("cannot look for the batch `{name}`: {error}");
    QueueError::new(Kind::Other, text)
}

fn not_ours(name: &BatchName) -> QueueError {
    let text = format!(
        "the stream `{}` is no batch of pings, or of another version; take \
         another name",
        name.jobs()
    );
    QueueError::new(Kind::OtherTerms, text)
}
