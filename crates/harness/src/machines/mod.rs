//! Pings that several machines share, over a queue: the queue that is meant,
//! and `harness worker`, which takes jobs from it.

mod ack_first;
mod produced;
mod queue_worker;
mod servers;
mod worker;

pub(crate) use produced::produced;
pub use queue_worker::queue_worker;
pub(crate) use servers::{name_of_batch, refused, runtime, servers};
pub use worker::worker;
