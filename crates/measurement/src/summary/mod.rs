//! Every number that appears anywhere, computed once from the records.

mod batch;
mod trust;

use serde::{Deserialize, Serialize};

use crate::record::{Act, MOST_REQUESTS, Trial};
use crate::statistics::Estimate;
use crate::waits::Waits;

/// The content of `summary.json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// [`crate::SCHEMA_VERSION`] of the writer.
    pub schema_version: u32,
    /// The run.
    pub run_id: String,
    /// One entry per act, level, length and waits, in this order.
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
    /// The bound over the makespan, trial by trial: 1 is perfect. It is the
    /// bound at the strategy's own concurrency, which for one that pings one
    /// after another is the sum of the waits, and not the batch's bound.
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
    /// Trials that ran to their end.
    pub measured: usize,
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

/// Computes the summary of a run from its trials.
///
/// `strategies` gives the order of the rows; a strategy that is not in it
/// (the Python lanes) comes after them, by name.
///
/// The records may be anybody's: whatever stands in them, there is a summary,
/// and every number in it is finite.
pub fn summarise(
    run_id: &str,
    trials: &[Trial],
    strategies: &[&str],
) -> Summary {
    let ours: Vec<&Trial> = trials.iter().filter(|t| possible(t)).collect();
    let mut keys: Vec<Key> = ours.iter().map(|trial| Key::of(trial)).collect();
    keys.sort();
    keys.dedup();
    let batches = keys
        .into_iter()
        .map(|key| {
            let same = ours.iter().filter(|trial| Key::of(trial) == key);
            let of_key: Vec<&Trial> = same.copied().collect();
            batch::batch(&of_key, strategies)
        })
        .collect();
    Summary {
        schema_version: crate::SCHEMA_VERSION,
        run_id: run_id.to_owned(),
        batches,
        trust: trust::trust(trials),
    }
}

/// Whether it can have been a trial. Of one that asks for more pings than
/// that, the mere list of waits might not fit into memory.
fn possible(trial: &Trial) -> bool {
    trial.spec.requests <= MOST_REQUESTS
}

/// What makes trials comparable: the same act, level, length and waits.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key(Act, usize, usize, Waits);

impl Key {
    fn of(trial: &Trial) -> Key {
        // The sequential trials of a level stay with it: `level` is what the
        // batch was asked for, whatever a strategy makes of it.
        let Trial { act, level, spec, .. } = trial;
        Key(*act, *level, spec.requests, spec.waits)
    }
}
