//! The client as a factor of its own: four async clients, each the layer under
//! the next, in the same two shapes.
//!
//! Under [`by_hand`](crate::by_hand) there is none. [`connection`] is hyper's
//! connection, which reads and writes HTTP. [`pooled`] is hyper-util's client
//! around it: a pool, and a dialler. reqwest is around that: URLs, redirects,
//! encryption, time-outs. Whoever puts two of them beside each other sees what
//! the upper one adds.
//!
//! Those of hyper are set up like the pair by hand: the same head, the same
//! limits, the same words, and no host but the test server.

pub(crate) mod connection;
pub(crate) mod pooled;
mod read;

use ping_core::Ping;

use crate::by_hand::tasks;

/// A client whose pings are futures.
pub(crate) trait AsyncClient: Send + Sync + 'static {
    /// Sends one GET to `url` and reads the answer to its end.
    fn ping(&self, url: &str) -> impl Future<Output = Ping> + Send;
}

impl AsyncClient for tasks::Client {
    fn ping(&self, url: &str) -> impl Future<Output = Ping> + Send {
        tasks::ping(self, url)
    }
}

impl AsyncClient for ping_async::Client {
    fn ping(&self, url: &str) -> impl Future<Output = Ping> + Send {
        lesson_06_async_shapes::ping(self, url)
    }
}
