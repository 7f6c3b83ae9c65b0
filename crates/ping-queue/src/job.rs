use async_nats::jetstream::{AckKind, Message};

/// A job as it was handed to us.
#[derive(Debug)]
pub struct Job {
    number: u64,
    deliveries: u32,
    url: String,
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
        Job { number, deliveries, url, message }
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

    /// Tells the queue that it is done, and waits until the queue knows. If
    /// nobody hears it, the job comes again, and its result is found then.
    pub async fn ack(&self) {
        let Some(reply) = self.message.reply.clone() else { return };
        // The library's `double_ack` subscribes anew for each answer, which
        // three servers then tell each other, twice. A request does not.
        let client = self.message.context.client();
        let _ = client.request(reply, AckKind::Ack.into()).await;
    }

    /// Gives it back undone: another worker gets it at once.
    pub async fn hand_back(&self) {
        let _ = self.message.ack_with(AckKind::Nak(None)).await;
    }
}
