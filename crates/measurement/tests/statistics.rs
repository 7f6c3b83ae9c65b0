//! Medians and their intervals.

use measurement::statistics::{Estimate, Interval, estimate, median_ranks};
use proptest::collection::vec;
use proptest::prelude::*;

/// `1..=n`, so that the k-th smallest is k.
fn interval_of_ranks(n: u32) -> Option<Interval> {
    let numbers: Vec<f64> = (1..=n).map(f64::from).collect();
    estimate(&numbers).unwrap().interval
}

#[test]
fn five_numbers_or_fewer_have_no_interval() {
    for n in 1..=5 {
        assert_eq!(interval_of_ranks(n), None, "{n}");
    }
}

#[test]
fn the_intervals_of_the_usual_numbers_of_rounds() {
    for (n, low, high, coverage) in [
        (6, 1.0, 6.0, 0.968_75),
        (9, 2.0, 8.0, 0.9609),
        (10, 2.0, 9.0, 0.9785),
        (15, 4.0, 12.0, 0.9648),
        (20, 6.0, 15.0, 0.9586),
    ] {
        let interval = interval_of_ranks(n).unwrap();
        assert_eq!((interval.low, interval.high), (low, high), "{n}");
        assert!((interval.coverage - coverage).abs() < 1e-4, "{interval:?}");
    }
}

/// `1 - 2 * sum(i < k, binomial(n, i)) / 2^n`, with whole numbers.
fn exact_coverage(n: u32, k: u32) -> f64 {
    let mut binomial = 1_u128;
    let mut tail = 0_u128;
    for i in 0..k {
        tail += binomial;
        binomial = binomial * u128::from(n - i) / u128::from(i + 1);
    }
    let all = 1_u128 << n;
    all.saturating_sub(2 * tail) as f64 / all as f64
}

#[test]
fn ranks_are_the_tightest_that_cover_by_exact_binomial_sums() {
    for n in 6..=100 {
        let (k, coverage) = median_ranks(n as usize).unwrap();
        let k = k as u32;
        assert!((coverage - exact_coverage(n, k)).abs() < 1e-12, "{n}");
        assert!(coverage >= 0.95, "{n}");
        assert!(exact_coverage(n, k + 1) < 0.95, "{n} {k}");
    }
}

/// 2^-n is no floating-point number any more, and yet.
#[test]
fn ranks_of_many_numbers_are_those_of_the_normal_curve() {
    for n in [1_000_usize, 1_075, 2_000, 100_000] {
        let (k, coverage) = median_ranks(n).unwrap();
        let half_width = 1.96 * (n as f64).sqrt() / 2.0;
        assert!(
            (n as f64 / 2.0 - half_width - k as f64).abs() < 2.0,
            "{n} {k}"
        );
        assert!((0.95..0.957).contains(&coverage), "{n} {coverage}");
    }
}

#[test]
fn the_median_of_an_even_number_is_the_middle_of_two() {
    let odd = estimate(&[3.0, 1.0, 8.0]).unwrap();
    assert_eq!((odd.n, odd.median, odd.min, odd.max), (3, 3.0, 1.0, 8.0));
    assert_eq!(estimate(&[4.0, 1.0, 8.0, 2.0]).unwrap().median, 3.0);
    assert_eq!(estimate(&[7.0]).unwrap().median, 7.0);
    assert_eq!(estimate(&[f64::MAX, f64::MAX]).unwrap().median, f64::MAX);
}

#[test]
fn nothing_is_estimated_of_nothing_or_of_what_is_no_number() {
    assert_eq!(estimate(&[]), None);
    assert_eq!(estimate(&[1.0, f64::NAN]), None);
    assert_eq!(estimate(&[f64::INFINITY, 1.0]), None);
}

#[test]
fn an_outlier_is_far_beyond_the_typical_deviation_and_stays() {
    // Median 11, and the median of the deviations from it is 1.
    let values = [10.0, 12.0, 10.0, 12.0, 11.0, 10.0, 12.0];
    let estimate = estimate(&values).unwrap();
    assert!(!estimate.is_outlier(11.0 + 14.7));
    assert!(estimate.is_outlier(11.0 + 14.9));
    assert!(estimate.is_outlier(11.0 - 14.9));
    assert_eq!(estimate.values, values);
}

#[test]
fn few_numbers_and_equal_ones_have_no_outlier() {
    let outlier = |numbers: &[f64]| estimate(numbers).unwrap().is_outlier(1e9);
    assert!(!outlier(&[10.0, 12.0, 10.0, 12.0, 11.0]));
    assert!(!outlier(&[10.0; 9]));
}

#[test]
fn a_tenth_of_deviation_or_one_half_off_is_unsteady() {
    let unsteady = |numbers: &[f64]| estimate(numbers).unwrap().is_unsteady();
    assert!(!unsteady(&[100.0; 9]));
    assert!(!unsteady(&[100.0]));
    // Standard deviations of 9.9 and 10.4.
    assert!(!unsteady(&[91.0, 109.0, 91.0, 109.0, 91.0, 109.0]));
    assert!(unsteady(&[90.5, 109.5, 90.5, 109.5, 90.5, 109.5]));
    // One of sixty: a deviation of 7 %, and yet it is half of the mean off.
    let mut numbers = [100.0; 60];
    numbers[7] = 152.0;
    assert!(unsteady(&numbers));
    numbers[7] = 148.0;
    assert!(!unsteady(&numbers));
}

proptest! {
    #[test]
    fn the_median_lies_in_its_interval_and_that_among_the_numbers(
        numbers in vec(0.0..1e12_f64, 1..60),
    ) {
        let estimate = estimate(&numbers).unwrap();
        prop_assert!(estimate.min <= estimate.median);
        prop_assert!(estimate.median <= estimate.max);
        prop_assert_eq!(estimate.interval.is_some(), numbers.len() >= 6);
        if let Some(Interval { low, high, .. }) = estimate.interval {
            prop_assert!(low <= estimate.median && estimate.median <= high);
            prop_assert!(numbers.contains(&low) && numbers.contains(&high));
        }
    }

    #[test]
    fn order_does_not_matter(
        (numbers, shuffled) in vec(0.0..1e12_f64, 1..30)
            .prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
    ) {
        let of = |numbers: &[f64]| {
            let values = Vec::new();
            Estimate { values, ..estimate(numbers).unwrap() }
        };
        prop_assert_eq!(of(&numbers), of(&shuffled));
    }
}
