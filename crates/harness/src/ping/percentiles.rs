use std::collections::BTreeMap;
use std::time::Duration;

use measurement::distribution::{Distribution, bucket, middle_of};

/// What is told, where there are enough times.
const TOLD: [(&str, f64); 4] =
    [("p50", 0.5), ("p90", 0.9), ("p95", 0.95), ("p99", 0.99)];

/// So many times are kept as they are. With more, they are rounded by 1/256 at
/// most, so that memory does not grow with the pings.
const EXACT: usize = 8192;

/// How long pings took, ns.
#[derive(Debug, Default)]
pub(super) struct Times {
    exact: Vec<u64>,
    /// How often each bucket came, if there were too many times to keep them.
    rounded: Vec<u64>,
}

/// Those that at least five times lie beyond.
#[derive(Debug, PartialEq)]
pub(super) struct Percentiles {
    /// Of so many times.
    pub(super) n: u64,
    /// Names and times, ns, ascending.
    pub(super) known: Vec<(&'static str, f64)>,
}

impl Times {
    pub(super) fn add(&mut self, time: Duration) {
        let ns = u64::try_from(time.as_nanos()).unwrap_or(u64::MAX);
        if self.rounded.is_empty() {
            self.exact.push(ns);
            if self.exact.len() > EXACT {
                self.round();
            }
        } else {
            self.rounded[bucket(ns)] += 1;
        }
    }

    fn round(&mut self) {
        self.rounded.resize(bucket(u64::MAX) + 1, 0);
        for ns in std::mem::take(&mut self.exact) {
            self.rounded[bucket(ns)] += 1;
        }
    }

    pub(super) fn percentiles(&self) -> Percentiles {
        let exact = self.exact.iter().map(|ns| (*ns, 1));
        let came = self.rounded.iter().enumerate().filter(|(_, n)| **n > 0);
        let rounded = came.map(|(bucket, n)| (middle_of(bucket), *n));
        let spread = Distribution::of(exact.chain(rounded)).unwrap_or_default();
        let known = TOLD.iter().filter_map(|(name, fraction)| {
            Some((*name, spread.quantile(*fraction)?))
        });
        Percentiles { n: spread.n, known: known.collect() }
    }
}

impl Percentiles {
    /// Every name, with seconds or null.
    pub(super) fn seconds(&self) -> BTreeMap<&'static str, Option<f64>> {
        let mut all: BTreeMap<_, _> =
            TOLD.iter().map(|(name, _)| (*name, None)).collect();
        for (name, ns) in &self.known {
            all.insert(*name, Some(ns / 1e9));
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(times: impl IntoIterator<Item = u64>) -> Percentiles {
        let mut all = Times::default();
        for ns in times {
            all.add(Duration::from_nanos(ns));
        }
        all.percentiles()
    }

    #[test]
    fn five_times_lie_beyond_each() {
        for (n, names) in [
            (9, &[][..]),
            (10, &["p50"]),
            (49, &["p50"]),
            (50, &["p50", "p90"]),
            (99, &["p50", "p90"]),
            (100, &["p50", "p90", "p95"]),
            (499, &["p50", "p90", "p95"]),
            (500, &["p50", "p90", "p95", "p99"]),
        ] {
            let told = of(1..=n);
            let told: Vec<_> =
                told.known.iter().map(|(name, _)| *name).collect();
            assert_eq!(told, names, "{n}");
        }
        let known = vec![("p50", 50.0), ("p90", 90.0), ("p95", 95.0)];
        assert_eq!(of(1..=100), Percentiles { n: 100, known });
        assert_eq!(of(1..=9).seconds()["p50"], None);
    }

    #[test]
    fn memory_is_bounded_and_the_error_too() {
        let mut times = Times::default();
        for i in 0..100_000_u64 {
            // All of them different, in no order.
            let ns = 1_000_000 + i.wrapping_mul(48_271) % 100_000 * 1_000;
            times.add(Duration::from_nanos(ns));
            assert!(times.exact.len() <= EXACT);
            assert!(times.rounded.len() <= EXACT);
        }
        let told = times.percentiles();
        assert_eq!(told.n, 100_000);
        for ((name, fraction), (told_name, ns)) in TOLD.iter().zip(told.known) {
            let exact = 1e6 + fraction * 1e8;
            assert_eq!(*name, told_name);
            assert!((ns / exact - 1.0).abs() < 1.0 / 200.0, "{name}: {ns}");
        }
    }

    proptest! {
        /// Nearest rank: the smallest time that so large a part does not
        /// exceed.
        #[test]
        fn it_is_the_nearest_rank(mut times in prop::collection::vec(
            0_u64..1_000, 10..600)
        ) {
            let told = of(times.iter().copied());
            times.sort_unstable();
            for (name, ns) in told.known {
                let percent: usize = name[1..].parse().unwrap();
                let rank = (percent * times.len()).div_ceil(100);
                prop_assert_eq!(ns, times[rank - 1] as f64, "{}", name);
            }
        }
    }
}
