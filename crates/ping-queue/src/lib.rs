//! A batch of pings on a work queue that several machines share: NATS
//! JetStream, set up once.
//!
//! There is no GET in here, and no loop of a worker: both are what lesson 12
//! is about. [`Servers`] says where the queue is, and [`Queue`] is the
//! connection; [`Queue::open`] makes a [`Batch`] of a list, [`Queue::join`]
//! finds one that somebody else has opened. [`Batch::produce`] puts the jobs
//! in, [`Batch::pull`] hands them out as [`Job`]s, [`Batch::store`] keeps one
//! result of each, and a [`Collector`] takes the results in their order.
//!
//! A batch is two streams. Of the first, each message is a job until somebody
//! acknowledges it, and the number of its last message says how far the
//! producer is. The second has a subject for each job, on which a second
//! result is refused.

mod batch;
mod collect;
mod connect;
mod error;
mod job;
mod key;
mod name;
mod outcome;
mod produce;
mod progress;
mod reason;
mod refusal;
mod rights;
mod store;
mod streams;
mod terms;

pub use batch::{Batch, Jobs};
pub use collect::{Collected, Collector};
pub use connect::{Credentials, Queue, Servers};
pub use error::{Kind, QueueError};
pub use job::Job;
pub use key::Key;
pub use name::BatchName;
pub use produce::Produced;
pub use progress::Progress;
pub use rights::{Rights, Role};
pub use streams::Asked;
pub use terms::{STORING, Terms, digest_of};
