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
    /// The numbers themselves, in the order in which they were given: nothing
    /// is dropped.
    pub values: Vec<f64>,
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

/// By how many median absolute deviations a number is off before it is noted
/// as an outlier (hyperfine warns at the same).
const OUTLIER: f64 = 14.8;

impl Estimate {
    /// Whether a number is far outside of what the others are. It stays where
    /// it is: an outlier is noted, never dropped.
    pub fn is_outlier(&self, number: f64) -> bool {
        let deviations: Vec<f64> =
            self.values.iter().map(|x| (x - self.median).abs()).collect();
        let typical = estimate(&deviations).map_or(0.0, |e| e.median);
        self.n >= 6
            && typical > 0.0
            && (number - self.median).abs() / typical > OUTLIER
    }

    /// Whether the numbers are too far apart to build on: their standard
    /// deviation is a tenth of their mean, or one of them is half of the mean
    /// away from it (pyperf's rule).
    pub fn is_unsteady(&self) -> bool {
        let n = self.n as f64;
        let mean = self.values.iter().sum::<f64>() / n;
        let squares = self.values.iter().map(|x| (x - mean).powi(2));
        let deviation = (squares.sum::<f64>() / (n - 1.0).max(1.0)).sqrt();
        let off = (self.max - mean).max(mean - self.min);
        deviation >= 0.1 * mean || off >= 0.5 * mean
    }
}

/// The estimate of `numbers`; none if there are none, or if one of them is
/// infinite or not a number.
pub fn estimate(numbers: &[f64]) -> Option<Estimate> {
    if !numbers.iter().all(|number| number.is_finite()) {
        return None;
    }
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len();
    let (min, max) = (*sorted.first()?, *sorted.last()?);
    let median = f64::midpoint(sorted[(n - 1) / 2], sorted[n / 2]);
    let interval = median_ranks(n).map(|(k, coverage)| Interval {
        low: sorted[k - 1],
        high: sorted[n - k],
        coverage,
    });
    let values = numbers.to_vec();
    Some(Estimate { n, median, min, max, interval, values })
}

/// The median; of an even number of them the higher one of the middle two.
pub(crate) fn higher_median(mut numbers: Vec<u64>) -> Option<u64> {
    numbers.sort_unstable();
    numbers.get(numbers.len() / 2).copied()
}

/// The largest k, from 1, for which the k-th smallest and the k-th largest of
/// `n` numbers cover the median with at least 95 %, and that coverage:
/// `1 - 2 * sum(i < k, binomial(n, i)) / 2^n`. None below n = 6.
///
/// Whether each number lies below the median is the toss of a coin, so the
/// interval needs no assumption about their shape.
pub fn median_ranks(n: usize) -> Option<(usize, f64)> {
    // Counted in units of 2^-exponent. From n = 1075 on, 2^-n itself is too
    // small for a floating-point number, and the sum would stay at zero.
    let mut exponent = i32::try_from(n).ok()?;
    let mut binomial = 1.0_f64;
    let mut tail = 0.0_f64;
    let mut best = None;
    for k in 1..=n / 2 {
        tail += binomial;
        let coverage = 1.0 - 2.0 * tail * 0.5_f64.powi(exponent);
        if coverage < 0.95 {
            break;
        }
        best = Some((k, coverage));
        binomial *= (n - k + 1) as f64 / k as f64;
        if binomial > 2.0_f64.powi(500) {
            binomial *= 0.5_f64.powi(500);
            tail *= 0.5_f64.powi(500);
            exponent -= 500;
        }
    }
    best
}
