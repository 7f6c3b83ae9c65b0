//! What is drawn of the book's batch.

use measurement::record::Trial;
use measurement::summary::Batch;

use crate::bars::Bars;
use crate::error::ChartError;
use crate::picked::picked;

/// More groups than this would be too thin to compare.
const MOST_GROUPS: usize = 8;

/// A strategy with its bars.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub(super) name: String,
    pub(super) rounds: usize,
    /// What it is said to have taken, ns.
    pub(super) said_ns: f64,
    /// The fewest and the most that the server saw at the peak.
    pub(super) seen: Option<(u64, u64)>,
    pub(super) bars: Bars,
}

/// The strategies that are drawn, in the order of the batch.
pub(crate) fn groups(
    batch: &Batch,
    trials: &[Trial],
) -> Result<Vec<Group>, ChartError> {
    let rows = picked(batch, trials, MOST_GROUPS, |_| true)?;
    let groups = rows.iter().map(|found| {
        let bars = Bars::one_each(found.measured);
        let median = found.row.makespan_ns.as_ref().map(|time| time.median);
        Group {
            name: found.row.strategy.clone(),
            rounds: found.row.valid,
            // The figure of the title and the tables; the trial is the
            // median one, so that its end lies there, too.
            said_ns: median.unwrap_or(bars.end_ns as f64),
            seen: found.row.peak_in_flight,
            bars,
        }
    });
    Ok(groups.collect())
}

/// When the last of them ends, ns.
pub(super) fn last_ns(groups: &[Group]) -> u64 {
    groups.iter().map(|group| group.bars.end_ns).max().unwrap_or(0)
}
