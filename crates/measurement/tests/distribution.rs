//! Histograms and quantiles, against sorted lists.

use measurement::distribution::{Distribution, FRACTIONS, Histogram};
use proptest::collection::vec;
use proptest::prelude::*;

fn once_each(values: &[u64]) -> impl Iterator<Item = (u64, u64)> + use<'_> {
    values.iter().map(|value| (*value, 1))
}

/// Of equal times: how many it takes for a fraction to be told.
fn is_told(fraction: f64, n: u64) -> bool {
    Distribution::of([(7, n)])
        .is_some_and(|told| told.quantile(fraction).is_some())
}

#[test]
fn a_quantile_needs_five_times_beyond_it() {
    for (fraction, least) in
        [(0.5, 10), (0.9, 50), (0.1, 50), (0.99, 500), (0.999, 5000)]
    {
        assert!(is_told(fraction, least), "{fraction} of {least}");
        assert!(!is_told(fraction, least - 1), "{fraction} of {}", least - 1);
    }
    assert!(!is_told(0.99, 128));
    assert!(!is_told(0.42, 5000), "no fraction of ours");
}

#[test]
fn of_too_few_times_nothing_is_told() {
    assert_eq!(Distribution::of([]), None);
    assert_eq!(Distribution::of(once_each(&[1; 9])), None);
    assert_eq!(Distribution::of([(1, 0), (2, 0)]), None);
    assert_eq!(Distribution::of(once_each(&[1; 10])).unwrap().n, 10);
}

#[test]
fn small_values_are_kept_as_they_are() {
    let histogram = Histogram::of([255, 0, 1, 255, 7]);
    assert_eq!(histogram.0, [(0, 1), (1, 1), (7, 1), (255, 2)]);
    assert_eq!(Histogram::of([]).0, []);
}

#[test]
fn the_largest_values_fit() {
    let histogram = Histogram::of([u64::MAX, u64::MAX - 1]);
    assert_eq!(histogram.0.len(), 1);
    let many = [(u64::MAX, u64::MAX), (u64::MAX, 1), (0, u64::MAX)];
    let told = Distribution::of(many).unwrap();
    assert_eq!(told.n, u64::MAX);
    assert!(told.quantiles.iter().all(|(_, x)| x.is_finite()));
}

proptest! {
    #[test]
    fn quantiles_are_those_of_the_sorted_list(
        values in vec(0..1_000_u64, 1..800),
    ) {
        let mut sorted = values.clone();
        sorted.sort_unstable();
        let n = sorted.len();
        let told = Distribution::of(once_each(&values)).unwrap_or_default();
        for fraction in FRACTIONS {
            let beyond = fraction.min(1.0 - fraction) * n as f64;
            let expected = (beyond >= 5.0 - 1e-9).then(|| {
                let rank = (fraction * n as f64).ceil() as usize;
                sorted[rank - 1] as f64
            });
            prop_assert_eq!(told.quantile(fraction), expected);
        }
        let ascending =
            told.quantiles.is_sorted_by(|a, b| a.0 < b.0 && a.1 <= b.1);
        prop_assert!(ascending);
    }

    #[test]
    fn a_histogram_is_off_by_a_256th_at_most_and_loses_nobody(
        bits in 0..64_u32,
        any: u64,
    ) {
        let value = any >> bits;
        let [(kept, 1)] = Histogram::of([value]).0[..] else {
            return Err(TestCaseError::fail("not one value"));
        };
        prop_assert!(kept.abs_diff(value) as f64 <= value as f64 / 256.0);
    }

    #[test]
    fn a_histogram_is_in_ascending_order_and_counts_everybody(
        values in vec(any::<u64>(), 0..200),
    ) {
        let histogram = Histogram::of(values.iter().copied());
        let ascending = histogram.0.is_sorted_by(|a, b| a.0 < b.0);
        prop_assert!(ascending);
        let all: u64 = histogram.0.iter().map(|(_, count)| count).sum();
        prop_assert_eq!(all, values.len() as u64);
    }
}
