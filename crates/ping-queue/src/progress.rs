use tokio::time::sleep;

use crate::batch::{Batch, PAUSE};
use crate::error::{Kind, QueueError};
use crate::name::WORKERS;
use crate::reason::Reason;

/// How far a batch is, as the queue sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Jobs that have their result.
    pub done: u64,
    /// Jobs that no worker has had yet.
    pub waiting: u64,
    /// Jobs that are with a worker now.
    pub in_flight: u64,
    /// Jobs among these that were handed out before.
    pub again: u64,
}

impl Batch {
    /// How many results there are; none if the batch is no longer there. While
    /// no server answers, this goes on asking.
    pub async fn done(&self) -> usize {
        loop {
            match self.context.get_stream(self.name.results()).await {
                Ok(stream) => {
                    let messages = stream.cached_info().state.messages;
                    return usize::try_from(messages).unwrap_or(usize::MAX);
                }
                Err(error) if error.is_gone() => return 0,
                Err(_) => sleep(PAUSE).await,
            }
        }
    }

    /// The name of the server that hands out the jobs at present; none where
    /// the servers do not say.
    pub async fn leader(&self) -> Option<String> {
        let jobs = self.context.get_stream_no_info(self.name.jobs()).await;
        let workers = jobs.ok()?.consumer_info(WORKERS).await.ok()?;
        workers.cluster?.leader
    }

    /// Whether each server that is to have a copy has all of it, as far as the
    /// servers say: then any one may be missed.
    pub async fn has_all_copies(&self) -> bool {
        let jobs = self.context.get_stream_no_info(self.name.jobs()).await;
        let Ok(jobs) = jobs else { return false };
        let workers = jobs.consumer_info(WORKERS).await;
        let mut groups = vec![workers.map(|info| info.cluster).ok()];
        for stream in [self.name.jobs(), self.name.results()] {
            let stream = self.context.get_stream(stream).await;
            let cluster = stream.map(|s| s.cached_info().cluster.clone());
            groups.push(cluster.ok());
        }
        groups.into_iter().all(|group| match group {
            None => false,
            // A server without others.
            Some(None) => true,
            Some(Some(group)) => {
                let mut others = group.replicas.iter();
                group.leader.is_some() && others.all(|other| other.current)
            }
        })
    }

    /// Asks the queue how far it is.
    ///
    /// # Errors
    ///
    /// If the servers do not say.
    pub async fn progress(&self) -> Result<Progress, QueueError> {
        let unknown = |error: &dyn std::error::Error| {
            let text = format!("cannot see how far the batch is: {error}");
            QueueError::new(Kind::Other, text)
        };
        let results = self.context.get_stream(self.name.results()).await;
        let results = results.map_err(|error| unknown(&error))?;
        let jobs = self.context.get_stream_no_info(self.name.jobs()).await;
        let jobs = jobs.map_err(|error| unknown(&error))?;
        let workers = jobs.consumer_info(WORKERS).await;
        let workers = workers.map_err(|error| unknown(&error))?;
        Ok(Progress {
            done: results.cached_info().state.messages,
            waiting: workers.num_pending,
            in_flight: workers.num_ack_pending as u64,
            again: workers.num_redelivered as u64,
        })
    }
}
