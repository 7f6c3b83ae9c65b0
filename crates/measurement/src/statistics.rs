//! Medians and intervals of few, honest numbers.

use serde::{Deserialize, Serialize};

/// A median, and where the median of many more such numbers would lie.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// How many numbers.
    pub n: usize,
    /// The median: of an even number of them, the mean of the middle two.
    pub median: f64,
    /// The smallest.
    pub min: f64,
    /// The largest.
    pub max: f64,
    /// The interval of the median; none with fewer than six numbers.
    pub interval: Option<Interval>,
}

/// An exact interval for a median.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// The chance, before the numbers were drawn, that it would cover the
    /// median; at least 0.95.
    pub coverage: f64,
}

/// The estimate of `numbers`; none if there are none.
///
/// # Panics
///
/// If one of them is not a number.
pub fn estimate(numbers: &[f64]) -> Option<Estimate> {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(|a, b| a.partial_cmp(b).expect("a measurement, not a NaN"));
    let n = sorted.len();
    let (min, max) = (*sorted.first()?, *sorted.last()?);
    let median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2.0;
    let interval = median_ranks(n).map(|(k, coverage)| Interval {
        low: sorted[k - 1],
        high: sorted[n - k],
        coverage,
    });
    Some(Estimate { n, median, min, max, interval })
}

/// The largest k, from 1, for which the k-th smallest and the k-th largest of
/// `n` numbers cover the median with at least 95 %, and that coverage:
/// `1 - 2 * sum(i < k, binomial(n, i)) / 2^n`. None below n = 6.
///
/// Whether each number lies below the median is the toss of a coin, so the
/// interval needs no assumption about their shape.
pub fn median_ranks(n: usize) -> Option<(usize, f64)> {
    let mut best = None;
    let mut binomial = 0.5_f64.powi(i32::try_from(n).ok()?);
    let mut tail = 0.0;
    for k in 1..=n / 2 {
        tail += binomial;
        let coverage = 1.0 - 2.0 * tail;
        if coverage < 0.95 {
            break;
        }
        best = Some((k, coverage));
        binomial *= (n - k + 1) as f64 / k as f64;
    }
    best
}
