//! Every number that appears anywhere, computed once from the records.

use serde::{Deserialize, Serialize};

use crate::record::Act;
use crate::statistics::Estimate;
use crate::waits::Waits;

/// The content of `summary.json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// [`crate::SCHEMA_VERSION`] of the writer.
    pub schema_version: u32,
    /// The run.
    pub run_id: String,
    /// One entry per act and level, in the order in which they ran.
    pub batches: Vec<Batch>,
    /// Why the numbers may be believed.
    pub trust: Trust,
}

/// The same batch of pings, done by each strategy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Batch {
    /// Which act.
    pub act: Act,
    /// The most requests in flight at once, as asked for.
    pub concurrency: usize,
    /// Pings per trial.
    pub requests: usize,
    /// The server's waits.
    pub waits: Waits,
    /// No way of sharing could be faster, ns.
    pub bound_ns: u64,
    /// The sum of the waits: one after another with no overhead, ns.
    pub sequential_ns: u64,
    /// One row per strategy, in the order of the lessons.
    pub rows: Vec<Row>,
}

/// One strategy in a batch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Its name, such as `worker-pool`.
    pub strategy: String,
    /// The HTTP client under it, such as `ureq`.
    pub client: String,
    /// Trials that count.
    pub valid: usize,
    /// Trials made.
    pub trials: usize,
    /// Makespan, ns; none if no trial counts.
    pub makespan_ns: Option<Estimate>,
    /// `bound_ns` over the makespan, trial by trial: 1 is perfect.
    pub efficiency: Option<Estimate>,
    /// What this way of sharing needs with no overhead, ns, where a formula
    /// says it.
    pub model_ns: Option<u64>,
    /// The fewest and the most that the server ever had in flight at the peak
    /// of a trial.
    pub peak_in_flight: Option<(u64, u64)>,
    /// Time-weighted mean in flight at the server.
    pub mean_in_flight: Option<f64>,
    /// Client CPU time per request, ns.
    pub cpu_per_request_ns: Option<f64>,
    /// Peak resident memory of the client, bytes, median.
    pub peak_rss_bytes: Option<f64>,
    /// Threads of the client at half time, median.
    pub threads: Option<f64>,
    /// The trial with the median makespan (the lower one of two): the one
    /// that is drawn.
    pub median_trial: Option<u32>,
}

/// Why the numbers may be believed, or not.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Trust {
    /// Trials made.
    pub trials: usize,
    /// Trials whose every check holds.
    pub valid: usize,
    /// Pings that the clients of the measured trials sent.
    pub sent: u64,
    /// Requests that the server saw in them.
    pub seen: u64,
    /// Requests that it saw twice.
    pub duplicates: u64,
    /// Pings that it never saw.
    pub lost: u64,
    /// Trials whose peak in flight was the one asked for.
    pub peak_as_asked: usize,
    /// Trials that carry a flag.
    pub flagged: usize,
    /// The checks that failed and the reasons of failed trials, each with the
    /// number of its trial.
    pub problems: Vec<(u32, String)>,
}
