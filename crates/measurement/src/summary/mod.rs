//! Every number that appears anywhere, computed once from the records.

mod baseline;
mod batch;
mod key;
mod memory;
mod named;
mod order;
mod ratio;
mod reach;
mod row;
mod trust;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

pub use batch::Batch;
pub(crate) use key::Key;
pub use memory::Memory;
pub use named::{NO_WAITS_AT_ONCE, UNEVEN_AT_ONCE};
pub(crate) use ratio::ratio;
pub use reach::{Reach, ReachEnd, ReachLevel};
pub use row::{Note, Row};
pub use trust::{Step, Trust};

use crate::record::{Act, Trial};
use crate::ways;
use baseline::Baselines;
use key::possible;

/// The content of `summary.json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// [`crate::SCHEMA_VERSION`] of the writer.
    pub schema_version: u32,
    /// The run.
    pub run_id: String,
    /// One entry per act, level, length, waits and limit, in this order; where
    /// processors were kept awake first.
    pub batches: Vec<Batch>,
    /// What one more ping in flight costs in memory, a row per strategy.
    pub memory: Vec<Memory>,
    /// How many in flight each strategy goes to, a row per strategy.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub capacity: Vec<Reach>,
    /// Why the numbers may be believed.
    pub trust: Trust,
}

impl Summary {
    /// The batches of an act, the lowest level first.
    pub fn of_act(&self, act: Act) -> impl Iterator<Item = &Batch> {
        self.batches.iter().filter(move |batch| batch.act == act)
    }

    /// Whether a strategy belongs to what is told of the levels of the sweep.
    /// The pair by hand does only where it was at all of them: a plain run has
    /// it at one, for what a ping costs there.
    pub fn is_over_levels(&self, strategy: &str) -> bool {
        let has = |batch: &Batch| {
            batch.rows.iter().any(|row| row.strategy == strategy)
        };
        let levels = self.of_act(Act::Sweep);
        let mut levels = levels.filter(|batch| batch.concurrency > 1);
        !ways::is_by_hand(strategy) || levels.all(has)
    }
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
    let mut ours: Vec<&Trial> = trials.iter().filter(|t| possible(t)).collect();
    // As they ran, in whatever order they were read.
    ours.sort_by_key(|trial| trial.trial);
    let baselines = Baselines::of(&ours);
    let mut keys: Vec<Key> = ours.iter().map(|trial| Key::of(trial)).collect();
    keys.sort();
    keys.dedup();
    let batches: Vec<Batch> = keys
        .into_iter()
        .map(|key| {
            let same = ours.iter().filter(|trial| Key::of(trial) == key);
            let of_key: Vec<&Trial> = same.copied().collect();
            batch::batch(&of_key, strategies, &baselines)
        })
        .collect();
    Summary {
        schema_version: crate::SCHEMA_VERSION,
        run_id: run_id.to_owned(),
        memory: memory::memory(&ours, strategies),
        capacity: reach::reaches(&ours, strategies),
        trust: trust::trust(trials, &batches),
        batches,
    }
}

/// How many different batches these trials are of.
pub(crate) fn batches(trials: &[Trial]) -> usize {
    let keys: BTreeSet<Key> = trials.iter().map(Key::of).collect();
    keys.len()
}
