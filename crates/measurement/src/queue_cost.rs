//! What a queue that many machines share costs, beside a pool in one process:
//! each cell of the measurement is a batch with processes of its own, and the
//! pinged server counts what it saw of it.
//!
//! A batch has two parts. First the producer puts all jobs on the queue; then
//! the workers do them and the collector takes the results. What it costs to
//! start a process, to connect and to open the batch is in neither.

mod summary;

pub use summary::{
    CellRow, MachinesSummary, Memory, Miscount, Quantity, summarise_machines,
};

use serde::{Deserialize, Serialize};

use crate::environment::{Ended, Environment};

/// The version of both documents of a folder that `harness cluster measure`
/// leaves.
pub const MACHINES_VERSION: u32 = 1;

/// `machines.json`: everything that was measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Machines {
    /// [`MACHINES_VERSION`] of the writer.
    pub schema_version: u32,
    /// The name of the folder.
    pub run_id: String,
    /// The command that repeats it.
    pub command: String,
    /// When it began, UTC, RFC 3339.
    pub start_utc: String,
    /// Seed of the order.
    pub seed: u64,
    /// Rounds asked for; a backlog is in one of them.
    pub rounds: u32,
    /// What the servers of the queue say of their version; none if nothing.
    pub queue_version: Option<String>,
    /// What was measured, in the order of the rows.
    pub cells: Vec<Cell>,
    /// In the order in which they were made.
    pub trials: Vec<CellTrial>,
    /// How it ended; none while it goes on.
    pub end: Option<Ended>,
    /// Where it ran.
    pub environment: Environment,
}

/// What a cell is about.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// The server answers at once: what a job costs.
    Saturation,
    /// The server waits: whether more workers are faster.
    Scaling,
    /// A great many jobs: what they take of memory.
    Backlog,
}

/// A batch as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// What it is about.
    pub act: Act,
    /// Servers of the queue, each with a copy of the batch; 0 is no queue: all
    /// in one process.
    pub copies: usize,
    /// Processes that do jobs.
    pub workers: usize,
    /// Jobs in flight at once at most, over all workers.
    pub concurrency: usize,
    /// How long the pinged server waits before each answer, ns.
    pub wait_ns: u64,
    /// Jobs of the batch.
    pub jobs: u64,
}

/// One batch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CellTrial {
    /// Which cell, from 0.
    pub cell: usize,
    /// Which round, from 0.
    pub round: u32,
    /// Place in the round, from 0, after the shuffle.
    pub order: u32,
    /// What came of it.
    pub outcome: CellOutcome,
}

/// What came of a batch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CellOutcome {
    /// It ran to its end.
    Measured(Box<CellParts>),
    /// It did not.
    Failed {
        /// What happened, in a sentence.
        reason: String,
    },
}

/// What the pinged server saw of a batch, and what each process took. What the
/// system does not tell is null.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellParts {
    /// Requests that the server saw.
    pub requests: u64,
    /// Different jobs among them.
    pub distinct: u64,
    /// Requests that were answered in full.
    pub answered: u64,
    /// Results with the status 200 that were collected.
    pub collected: u64,
    /// The most in flight at once, as the server saw it.
    pub peak_in_flight: u64,
    /// From the first request that arrived to the last answer, ns.
    pub span_ns: Option<u64>,
    /// How long it took to put the jobs on the queue, ns; null without one.
    pub producing_ns: Option<u64>,
    /// CPU time of the pinged server's thread, ns.
    pub server_cpu_ns: Option<u64>,
    /// Who puts the jobs on the queue; null without one.
    pub producer: Option<Part>,
    /// Who does them.
    pub workers: Vec<Part>,
    /// Who takes the results; null without a queue.
    pub collector: Option<Part>,
    /// The servers of the queue.
    pub brokers: Vec<Part>,
}

/// What one process took.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// CPU time while the jobs were put on the queue, user and system, ns.
    pub producing_cpu_ns: Option<u64>,
    /// CPU time from then until the last result was collected, ns.
    pub working_cpu_ns: Option<u64>,
    /// Peak resident memory, bytes.
    pub peak_rss_bytes: Option<u64>,
    /// Of that, pages of files, such as the program's own: all processes of
    /// the program share them.
    pub file_rss_bytes: Option<u64>,
}

impl Part {
    /// Peak resident memory that is its own and nobody else's, bytes.
    pub fn own_bytes(&self) -> Option<u64> {
        Some(self.peak_rss_bytes?.saturating_sub(self.file_rss_bytes?))
    }
}

impl CellParts {
    /// By the pinged server's count and its clock.
    pub fn jobs_per_second(&self) -> Option<f64> {
        let span = self.span_ns.filter(|span| *span > 0)?;
        Some(self.answered as f64 * 1e9 / span as f64)
    }
}

impl CellTrial {
    /// What was measured, if it ran to its end.
    pub fn measured(&self) -> Option<&CellParts> {
        match &self.outcome {
            CellOutcome::Measured(parts) => Some(parts),
            CellOutcome::Failed { .. } => None,
        }
    }
}
