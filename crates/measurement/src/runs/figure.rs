//! One number a run, and where they lie.

use serde::{Deserialize, Serialize};

use crate::statistics::{Interval, estimate};

/// A number that several runs measured, each for itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// What each run measured; none where it did not.
    pub values: Vec<Option<f64>>,
    /// How many runs measured it.
    pub n: usize,
    /// Their median. Of two it is the mean: quote both instead.
    pub median: f64,
    /// The smallest.
    pub min: f64,
    /// The largest.
    pub max: f64,
    /// Where the median of many more such runs would lie; none with fewer than
    /// six runs, for which the range is all that may be said.
    pub interval: Option<Interval>,
}

impl Figure {
    /// What to quote beside the median: the interval, or else the range.
    pub fn ends(&self) -> (f64, f64) {
        self.interval.map_or((self.min, self.max), |i| (i.low, i.high))
    }
}

/// The figure of these numbers; none if no run has one, or if one of them is
/// infinite or not a number.
pub fn figure(values: Vec<Option<f64>>) -> Option<Figure> {
    let known: Vec<f64> = values.iter().flatten().copied().collect();
    let over = estimate(&known)?;
    Some(Figure {
        values,
        n: over.n,
        median: over.median,
        min: over.min,
        max: over.max,
        interval: over.interval,
    })
}
