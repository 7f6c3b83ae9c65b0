//! What the servers do not let a user do. They say so beside the answer, which
//! then never comes: whoever waits for it alone sees a time-out.

use std::future::{Future, pending};

use async_nats::{Event, ServerError};
use tokio::sync::watch::{Receiver, Sender};

use crate::error::{Kind, QueueError};

/// The first thing that was refused, in the servers' words: what is refused
/// after it may follow from it.
#[derive(Debug, Clone)]
pub(crate) struct Refusals(Receiver<Option<String>>);

impl Refusals {
    /// With what is to be called for each event of the connection.
    pub(crate) fn new() -> (Refusals, impl Fn(&Event) + Send + Sync + 'static) {
        let sender = Sender::new(None);
        let refusals = Refusals(sender.subscribe());
        let hear = move |event: &Event| {
            if let Event::ServerError(ServerError::Other(said)) = event
                && is_refusal(said)
            {
                sender.send_if_modified(|first| {
                    let is_first = first.is_none();
                    if is_first {
                        *first = Some(said.clone());
                    }
                    is_first
                });
            }
        };
        (refusals, hear)
    }

    /// Does this work to its end, or until the servers refuse something.
    pub(crate) async fn unless<T>(
        &self,
        work: impl Future<Output = T>,
    ) -> Result<T, QueueError> {
        tokio::select! {
            done = work => Ok(done),
            error = self.next() => Err(error),
        }
    }

    async fn next(&self) -> QueueError {
        let mut refusals = self.0.clone();
        // Nothing of the channel is held over a wait.
        let first = refusals.wait_for(Option::is_some).await;
        let Some(said) = first.ok().and_then(|said| said.clone()) else {
            // The connection is closed, and refuses nothing any more.
            return pending().await;
        };
        let text = format!(
            "the servers refuse it: {said}; this user needs the rights that \
             `harness cluster rights` prints"
        );
        QueueError::new(Kind::Rights, text)
    }
}

/// As every version so far says it.
fn is_refusal(said: &str) -> bool {
    said.to_ascii_lowercase().starts_with("permissions violation")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_errors_of_a_server_are_no_refusals() {
        for said in [
            "Permissions Violation for Publish to \"a\"",
            "permissions violation for subscription to \"a\"",
        ] {
            assert!(is_refusal(said), "{said}");
        }
        for said in ["", "stale connection", "maximum payload violation"] {
            assert!(!is_refusal(said), "{said}");
        }
    }
}
