//! What we say to a process that plays a part in a batch, and it to us: an
//! order in, [`READY`] out, [`GO`] in, [`DONE`] out.

use serde::{Deserialize, Serialize};

/// What the parent orders, one line on the child's standard input.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Order {
    pub(super) role: Role,
    /// Where the queue is; empty without one.
    pub(super) queue: Vec<String>,
    /// How many servers have a copy of the batch.
    pub(super) copies: usize,
    /// Jobs in flight at once, over all workers.
    pub(super) concurrency: usize,
    /// Tasks of this process, if it does jobs.
    pub(super) tasks: usize,
    /// Job i pings this address with `?seq=i`.
    pub(super) url: String,
    pub(super) jobs: u64,
}

/// Which part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Role {
    /// Opens the batch and puts the jobs on the queue.
    Producer,
    /// Does jobs.
    Worker,
    /// Takes the results.
    Collector,
    /// All of it, without a queue.
    Alone,
}

/// Said by the child when all is there that it needs.
pub(super) const READY: &str = "READY";

/// Said by the parent.
pub(super) const GO: &str = "GO";

/// Said by the child, with the number of jobs that it is through with.
pub(super) const AT: &str = "AT ";

/// Said by the child, with how many results were good.
pub(super) const DONE: &str = "DONE ";

/// So many jobs lie between two lines that say how far it is.
pub(super) const STEP: u64 = 10_000;

impl Order {
    /// The URL of a job; none past the last.
    pub(super) fn url_of(&self, job: u64) -> Option<String> {
        (job < self.jobs).then(|| format!("{}?seq={job}", self.url))
    }
}
