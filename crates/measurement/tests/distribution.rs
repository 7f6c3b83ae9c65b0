//! Histograms and quantiles, against the plain way of finding them.

use measurement::distribution::{Distribution, FRACTIONS, Histogram};
use proptest::collection::vec;
use proptest::prelude::*;

fn of(values: &[u64]) -> Option<Distribution> {
    Distribution::of(values.iter().map(|value| (*value, 1)))
}

#[test]
fn a_quantile_is_told_where_five_times_lie_beyond_it() {
    for (n, fraction, told) in [
        (9, 0.5, false),
        (10, 0.5, true),
        (128, 0.99, false),
        (499, 0.99, false),
        (500, 0.99, true),
        (500, 0.01, true),
        (4999, 0.999, false),
        (5000, 0.999, true),
    ] {
        let values: Vec<u64> = (1..=n).collect();
        let quantile = of(&values).and_then(|d| d.quantile(fraction));
        assert_eq!(quantile.is_some(), told, "{fraction} of {n}");
    }
}

#[test]
fn of_one_to_a_hundred_the_quantiles_are_whole_hundredths() {
    let values: Vec<u64> = (1..=100).rev().collect();
    let distribution = of(&values).unwrap();
    for percent in [5, 10, 30, 35, 50, 55, 60, 70, 90, 95] {
        let fraction = f64::from(percent) / 100.0;
        let quantile = distribution.quantile(fraction);
        assert_eq!(quantile, Some(f64::from(percent)));
    }
    assert_eq!(distribution.quantile(0.42), None);
}

#[test]
fn small_times_are_kept_as_they_are() {
    let histogram = Histogram::of([255, 0, 7, 7]);
    assert_eq!(histogram.0, [(0, 1), (7, 2), (255, 1)]);
}

/// 256 is the middle of nothing: it is told as 257.
#[test]
fn a_power_of_two_is_off_by_just_a_256th() {
    for bit in 8..64 {
        let value = 1_u64 << bit;
        assert_eq!(Histogram::of([value]).0, [(value + value / 256, 1)]);
    }
}

#[test]
fn counts_that_cannot_be_are_summed_up_as_far_as_it_goes() {
    let distribution = Distribution::of([(3, u64::MAX), (4, u64::MAX)]);
    let distribution = distribution.unwrap();
    assert_eq!(distribution.n, u64::MAX);
    assert_eq!(distribution.quantile(0.5), Some(3.0));
}

proptest! {
    #[test]
    fn quantiles_are_those_of_the_sorted_list(
        values in vec(0..2000_u64, 0..1200),
    ) {
        let mut sorted = values.clone();
        sorted.sort_unstable();
        let n = sorted.len() as u64;
        // In thousandths, so that the rank is counted in whole numbers.
        let naive: Vec<(f64, f64)> = FRACTIONS
            .into_iter()
            .map(|p| (p, (p * 1000.0).round() as u64))
            .filter(|(_, p)| n * p.min(&(1000 - p)) >= 5000)
            .map(|(fraction, p)| {
                let rank = (n * p).div_ceil(1000) as usize;
                (fraction, sorted[rank - 1] as f64)
            })
            .collect();
        let told = of(&values).map_or(vec![], |d| d.quantiles);
        prop_assert_eq!(told, naive);
    }

    #[test]
    fn a_histogram_is_off_by_a_256th_at_most(any: u64, bits in 0..64_u32) {
        let value = any >> bits;
        let histogram = Histogram::of([value]).0;
        let [(kept, 1)] = histogram[..] else { panic!("{histogram:?}") };
        let off = u128::from(kept.abs_diff(value));
        prop_assert!(off * 256 <= u128::from(value));
    }

    #[test]
    fn a_histogram_loses_no_time_and_is_sorted(
        values in vec(any::<u64>(), 0..100),
    ) {
        let histogram = Histogram::of(values.iter().copied()).0;
        let count: u64 = histogram.iter().map(|(_, count)| count).sum();
        prop_assert_eq!(count, values.len() as u64);
        prop_assert!(histogram.is_sorted_by(|a, b| a.0 < b.0));
    }
}
