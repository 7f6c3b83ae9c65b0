//! How the times of single pings are spread: histograms to keep, quantiles to
//! draw.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Values and how often each came, in ascending order. A value stands for all
/// those that share its eight leading bits, so it is off by 1/256 at most.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Histogram(pub Vec<(u64, u64)>);

impl Histogram {
    /// The histogram of these values.
    pub fn of(values: impl IntoIterator<Item = u64>) -> Histogram {
        let mut counts: BTreeMap<u64, u64> = BTreeMap::new();
        for value in values {
            *counts.entry(middle_of_bucket(value)).or_default() += 1;
        }
        Histogram(counts.into_iter().collect())
    }
}

/// The value that stands for this one in a [`Histogram`]: it has its eight
/// leading bits, and the middle in place of the rest.
pub fn middle_of_bucket(value: u64) -> u64 {
    middle_of(bucket(value))
}

/// The number of the bucket that this value falls into: one for all values
/// with the same eight leading bits, in the order of the values.
// Asked for each ping, from a crate that is optimised; this one is not.
#[inline]
pub fn bucket(value: u64) -> usize {
    let bits = u64::BITS - value.leading_zeros();
    let dropped = bits.saturating_sub(8);
    // With bits dropped, the first of the eight is set: 128 buckets a step.
    dropped as usize * 128 + (value >> dropped) as usize
}

/// The middle of the bucket with this number.
pub fn middle_of(bucket: usize) -> u64 {
    let Some(dropped @ 1..) = (bucket / 128).checked_sub(1) else {
        return bucket as u64;
    };
    let leading = (bucket - dropped * 128) as u64;
    (leading << dropped) | (1 << (dropped - 1))
}

/// The quantiles of pooled times.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Distribution {
    /// How many times were pooled.
    pub n: u64,
    /// Fractions and the times, ns, that so large a part does not exceed, both
    /// ascending: those of [`FRACTIONS`] that `n` supports.
    pub quantiles: Vec<(f64, f64)>,
}

/// The fractions that are told where there are enough times.
pub const FRACTIONS: [f64; 45] = [
    0.001, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.125, 0.15, 0.175, 0.2,
    0.225, 0.25, 0.275, 0.3, 0.325, 0.35, 0.375, 0.4, 0.425, 0.45, 0.475, 0.5,
    0.525, 0.55, 0.575, 0.6, 0.625, 0.65, 0.675, 0.7, 0.725, 0.75, 0.775, 0.8,
    0.825, 0.85, 0.875, 0.9, 0.925, 0.95, 0.975, 0.99, 0.995, 0.999,
];

/// Fewer times than this beyond a quantile are chance: with 128 times there
/// is no 99th percentile.
const BEYOND: f64 = 5.0;

impl Distribution {
    /// The quantiles of these values, each given with how often it came; none
    /// if there are too few for even the median.
    pub fn of(
        values: impl IntoIterator<Item = (u64, u64)>,
    ) -> Option<Distribution> {
        let mut counts: BTreeMap<u64, u64> = BTreeMap::new();
        for (value, count) in values {
            let sum = counts.entry(value).or_default();
            *sum = sum.saturating_add(count);
        }
        let n = counts.values().fold(0, |n: u64, c| n.saturating_add(*c));
        let supported = |p: &f64| p.min(1.0 - p) * n as f64 >= BEYOND - 1e-9;
        let mut counted = counts.into_iter();
        let (mut value, mut below) = (0, 0_u64);
        let mut quantiles = Vec::new();
        for fraction in FRACTIONS.into_iter().filter(supported) {
            // 0.55 times 100 is a little more than 55, and no rank of its own.
            let rank = (fraction * n as f64 * (1.0 - 1e-12)).ceil();
            while (below as f64) < rank
                && let Some((next, count)) = counted.next()
            {
                value = next;
                below = below.saturating_add(count);
            }
            quantiles.push((fraction, value as f64));
        }
        (!quantiles.is_empty()).then_some(Distribution { n, quantiles })
    }

    /// The quantile of one of [`FRACTIONS`], ns; none if there were too few
    /// times for it.
    pub fn quantile(&self, fraction: f64) -> Option<f64> {
        let mut known = self.quantiles.iter();
        Some(known.find(|(p, _)| (p - fraction).abs() < 1e-9)?.1)
    }
}
