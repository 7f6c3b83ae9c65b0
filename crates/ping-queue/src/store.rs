use std::time::Duration;

use async_nats::jetstream::ErrorCode;
use async_nats::jetstream::message::PublishMessage;
use async_nats::jetstream::stream::LastRawMessageErrorKind;
use ping_core::{Ping, PingError};
use tokio::time::{sleep, timeout};

use crate::batch::{ANSWER, Batch, LAST_ANSWER, PAUSE};
use crate::job::Job;
use crate::outcome::Outcome;
use crate::reason::Reason;

impl Batch {
    /// Whether there is nothing left to do about a job that was handed out
    /// before: somebody has stored a result. Waits until the servers say; if
    /// they do not within the ack wait, the job is somebody else's to do.
    pub async fn has_result(&self, job: &Job) -> bool {
        let mut wait = ANSWER;
        loop {
            let found = timeout(wait, self.found(job)).await;
            if job.is_left(self.ours()) {
                return true;
            }
            match found {
                Ok(Some(found)) => return found,
                Ok(None) => sleep(PAUSE).await,
                Err(_) => wait = longer(wait),
            }
        }
    }

    /// The same, if the servers say.
    async fn found(&self, job: &Job) -> Option<bool> {
        let stream = self.context.get_stream_no_info(self.name.results());
        let subject = self.name.result(job.number());
        let stream = stream.await.ok()?;
        match stream.get_last_raw_message_by_subject(&subject).await {
            Ok(_) => Some(true),
            Err(error) => match error.kind() {
                LastRawMessageErrorKind::NoMessageFound => Some(false),
                // Nobody wants one.
                _ => error.is_gone().then_some(true),
            },
        }
    }

    /// Stores the result of a job and waits until the queue has it. A ping
    /// that was paid for is never given up: while no server answers, this goes
    /// on trying. A second result is refused, and the first one stays.
    ///
    /// Says whether the job is done with. A ping that was never started is no
    /// result: its job goes to another worker at once.
    pub async fn store(&self, job: &Job, ping: &Ping, worker: &str) -> bool {
        if let Err(PingError::Cancelled | PingError::NotStarted) = ping.result {
            job.hand_back().await;
            return false;
        }
        let outcome = Outcome::of(ping, worker, job.deliveries());
        // A struct of numbers and strings can always be written.
        let bytes = serde_json::to_vec(&outcome).unwrap_or_default();
        let subject = self.name.result(job.number());
        let mut wait = ANSWER;
        loop {
            match self.publish(&subject, bytes.clone(), wait).await {
                Ok(()) | Err(Refused::Already) => {
                    job.is_left(self.ours());
                    return true;
                }
                // On a stream that was just made, some servers do not know it
                // yet; where it is gone, nobody wants the result.
                Err(Refused::NotNow) if self.is_gone().await => return true,
                Err(Refused::NotNow) => {
                    sleep(PAUSE).await;
                    wait = longer(wait);
                }
            }
        }
    }

    async fn publish(
        &self,
        subject: &str,
        bytes: Vec<u8>,
        wait: Duration,
    ) -> Result<(), Refused> {
        let message = PublishMessage::build()
            .payload(bytes.into())
            .expected_stream(self.name.results());
        let sent = self.context.send_publish(subject.to_owned(), message);
        let acknowledged = sent.await.map_err(|_| Refused::NotNow)?;
        // It may be that only the answer was lost; then the next is `Already`.
        let answer = timeout(wait, acknowledged.into_future()).await;
        let answer = answer.map_err(|_| Refused::NotNow)?;
        answer.map(drop).map_err(|error| match error.code() {
            Some(ErrorCode::STREAM_STORE_FAILED)
                if error.to_string().contains("per subject") =>
            {
                Refused::Already
            }
            _ => Refused::NotNow,
        })
    }

    /// Whether the servers say that its results are gone.
    async fn is_gone(&self) -> bool {
        let found = self.context.get_stream(self.name.results()).await;
        found.is_err_and(|error| error.is_gone())
    }
}

fn longer(wait: Duration) -> Duration {
    (2 * wait).min(LAST_ANSWER)
}

/// Why the queue did not take a result.
enum Refused {
    /// It has one of this job.
    Already,
    /// It may later.
    NotNow,
}
