use std::collections::VecDeque;

use async_nats::jetstream::context::PublishAckFuture;
use async_nats::jetstream::message::PublishMessage;
use ping_core::Watch;
use tokio::time::sleep;

use crate::batch::{Batch, PAUSE};
use crate::reason::Reason;

/// How far a producer came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Produced {
    /// Every job is on the queue.
    All,
    /// The watch said stop, or the batch is no longer there.
    Stopped,
}

/// Jobs that are on their way to the queue and not yet acknowledged.
const AHEAD: usize = 256;

impl Batch {
    /// Puts the jobs on the queue, from where whoever did it before came to.
    ///
    /// Job i is sent with the demand to become message i + 1. So the number of
    /// the stream's last message is how far the producer is, whoever it was,
    /// and two of them cannot put a job in twice.
    pub async fn produce(&self, urls: &[String], watch: &Watch) -> Produced {
        let place = |number| usize::try_from(number).ok();
        let url = |number| place(number).and_then(|at| urls.get(at)).cloned();
        self.produce_each(url, watch).await
    }

    /// The same of a list that need not be in memory: `url` tells the URL of a
    /// job by its number, from 0, and none past the last.
    pub async fn produce_each(
        &self,
        url: impl Fn(u64) -> Option<String>,
        watch: &Watch,
    ) -> Produced {
        while !watch.over() {
            let from = match self.context.get_stream(self.name.jobs()).await {
                Ok(stream) => stream.cached_info().state.last_sequence,
                Err(error) if error.is_gone() => return Produced::Stopped,
                Err(_) => {
                    sleep(PAUSE).await;
                    continue;
                }
            };
            if url(from).is_none() {
                return Produced::All;
            }
            // All or some of them: the stream says.
            if self.send(from, &url, watch).await.is_none() {
                sleep(PAUSE).await;
            }
        }
        Produced::Stopped
    }

    /// Sends these, and ends at the first that is not acknowledged: none after
    /// it is taken.
    async fn send(
        &self,
        from: u64,
        url: &impl Fn(u64) -> Option<String>,
        watch: &Watch,
    ) -> Option<()> {
        let mut under_way: VecDeque<PublishAckFuture> = VecDeque::new();
        for last in from.. {
            let Some(url) = url(last).filter(|_| !watch.over()) else { break };
            if under_way.len() == AHEAD {
                under_way.pop_front()?.await.ok()?;
            }
            let job = PublishMessage::build()
                .payload(url.into_bytes().into())
                .expected_stream(self.name.jobs())
                .expected_last_sequence(last);
            let sent = self.context.send_publish(self.name.job(), job).await;
            under_way.push_back(sent.ok()?);
        }
        for acknowledged in under_way {
            acknowledged.await.ok()?;
        }
        Some(())
    }
}
