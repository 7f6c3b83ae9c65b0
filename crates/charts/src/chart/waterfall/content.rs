//! What is drawn of the uneven batch.

use std::num::NonZeroUsize;

use measurement::record::Trial;
use measurement::summary::Batch;
use measurement::ways;

use crate::bars::Bars;
use crate::error::ChartError;
use crate::picked::picked;

/// More panels than this would be too thin to compare.
const MOST_PANELS: usize = 8;

/// A strategy with the trial that stands for it.
#[derive(Debug, Clone)]
pub(crate) struct Strategy {
    pub(crate) name: String,
    pub(crate) rounds: usize,
    /// The median of its rounds, ns: what the table says, too.
    pub(crate) makespan_ns: f64,
    /// How many times as long as the reference of its batch it took.
    pub(crate) ratio: Option<f64>,
    pub(crate) bars: Bars,
}

/// The strategies that are drawn, in the order of the batch.
pub(crate) fn panels(
    batch: &Batch,
    trials: &[Trial],
) -> Result<Vec<Strategy>, ChartError> {
    let rows = picked(batch, trials, MOST_PANELS, |row| {
        !ways::is_one_by_one(&row.strategy)
    })?;
    let concurrency =
        NonZeroUsize::new(batch.concurrency).unwrap_or(NonZeroUsize::MIN);
    let strategies = rows.iter().map(|found| Strategy {
        name: found.row.strategy.clone(),
        rounds: found.row.valid,
        makespan_ns: found
            .row
            .makespan_ns
            .as_ref()
            .map_or(found.measured.makespan_ns as f64, |of| of.median),
        ratio: found.row.ratio.as_ref().map(|to| to.ratio.median),
        bars: Bars::new(&found.row.strategy, found.measured, concurrency),
    });
    Ok(strategies.collect())
}
