use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::{Duration, Instant};

use async_nats::jetstream::{AckKind, Message};
use tokio::time::timeout;

use crate::batch::LAST_ANSWER;

/// A job as it was handed to us.
#[derive(Debug)]
pub struct Job {
    number: u64,
    deliveries: u32,
    url: String,
    since: Instant,
    /// Whether it is somebody else's by now.
    left: AtomicBool,
    message: Message,
}

impl Job {
    /// The job in this message.
    pub fn of(message: Message) -> Job {
        let (number, deliveries) = match message.info() {
            // Job 0 is message 1.
            Ok(info) => (
                info.stream_sequence.saturating_sub(1),
                u32::try_from(info.delivered).unwrap_or(u32::MAX),
            ),
            // Only what a consumer hands out has these; nothing else comes.
            Err(_) => (u64::MAX, u32::MAX),
        };
        let url = String::from_utf8_lossy(&message.payload).into_owned();
        let (since, left) = (Instant::now(), AtomicBool::new(false));
        Job { number, deliveries, url, since, left, message }
    }

    /// Its place in the list, from 0.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// How often it was handed out, this time included.
    pub fn deliveries(&self) -> u32 {
        self.deliveries
    }

    /// What to ping.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Whether it has been with us for so long that it is somebody else's now.
    /// Then we have left it.
    pub(crate) fn is_left(&self, ours: Duration) -> bool {
        let late = self.since.elapsed() >= ours;
        self.left.fetch_or(late, Relaxed) || late
    }

    /// Tells the queue that it is done, and waits until the queue knows. If
    /// nobody hears it, the job comes again, and its result is found then.
    ///
    /// Nothing is told after the ack wait: the job is somebody else's, and with
    /// our ack the queue would think that nobody has it, and hand out one more
    /// than may be in flight.
    pub async fn ack(&self) {
        if self.left.load(Relaxed) {
            return;
        }
        let Some(reply) = self.message.reply.clone() else { return };
        // The library's `double_ack` subscribes anew for each answer, which
        // three servers then tell each other, twice. A request does not.
        let client = self.message.context.client();
        let told = client.request(reply, AckKind::Ack.into());
        let _ = timeout(LAST_ANSWER, told).await;
    }

    /// Gives it back undone: another worker gets it at once.
    pub async fn hand_back(&self) {
        let _ = self.message.ack_with(AckKind::Nak(None)).await;
    }
}
