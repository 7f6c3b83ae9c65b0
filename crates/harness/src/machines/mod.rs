//! Pings that several machines share, over a queue: the queue that is meant,
//! and `harness worker`, which takes jobs from it.

mod ack_first;
mod produced;
mod queue_worker;
mod servers;
mod worker;

use std::time::Duration;

pub(crate) use produced::produced;
pub use queue_worker::queue_worker;
pub(crate) use servers::{name_of_batch, refused, runtime, servers};
pub(crate) use worker::at_work;
pub use worker::worker;

/// What an ack wait is longer than a ping may take, where nothing is said.
pub(crate) const ACK_WAIT_LONGER: Duration = Duration::from_secs(10);
