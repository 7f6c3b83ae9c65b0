//! Pings that several machines share, over a queue: the queue that is meant,
//! and `harness worker`, which takes jobs from it.

mod servers;
mod worker;

pub(crate) use servers::{name_of_batch, refused, runtime, servers};
pub use worker::worker;
