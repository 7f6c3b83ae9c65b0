//! Pings that several machines share, over a queue: the queue that is meant,
//! and `harness worker`, which takes jobs from it.

mod servers;
mod worker;

use std::time::Duration;

pub(crate) use servers::{name_of_batch, refused, runtime, servers};
pub(crate) use worker::at_work;
pub use worker::worker;

/// What an ack wait is longer than a ping may take, where nothing is said.
pub(crate) const ACK_WAIT_LONGER: Duration = Duration::from_secs(10);
