//! What may be called a difference: every verdict, and both conditions.

use measurement::compare::{Noise, Twins, Verdict, compare, twins};
use measurement::statistics::{Estimate, estimate};

/// A ratio in nine rounds, whose interval is from the second to the eighth.
fn nine(low: f64, median: f64, high: f64) -> Estimate {
    let values = [low, low, low, low, median, high, high, high, high];
    estimate(&values).unwrap()
}

fn twins_of(low: f64, high: f64) -> Twins {
    twins(&["worker-pool"], nine(low, 1.0, high))
}

fn verdict(ratio: Estimate, low: f64, high: f64) -> Option<Verdict> {
    compare(ratio, Some(&twins_of(low, high))).verdict
}

#[test]
fn the_floor_is_how_far_the_twins_reach_and_at_least_a_fiftieth() {
    let floor = |low, high| twins_of(low, high).floor.unwrap();
    assert!((floor(0.99, 1.04) - 0.04).abs() < 1e-9);
    // 0.8 is as far from 1 as 1.25.
    assert!((floor(0.8, 1.01) - 0.25).abs() < 1e-9);
    assert!((floor(0.999, 1.001) - 0.02).abs() < 1e-9);
}

#[test]
fn the_width_of_the_twins_interval_is_the_noise() {
    for (half, noise) in [
        (0.04, Noise::Quiet),
        (0.06, Noise::Noisy),
        (0.09, Noise::Noisy),
        (0.11, Noise::TooNoisy),
    ] {
        assert_eq!(twins_of(1.0 - half, 1.0 + half).noise, noise, "{half}");
    }
    let few = twins(&["threads"], estimate(&[1.0; 5]).unwrap());
    assert_eq!((few.floor, few.noise), (None, Noise::Unknown));
}

#[test]
fn both_conditions_make_a_difference_up_and_down() {
    let differs = Some(Verdict::Differs);
    assert_eq!(verdict(nine(1.08, 1.1, 1.12), 0.97, 1.03), differs);
    assert_eq!(verdict(nine(0.88, 0.9, 0.92), 0.97, 1.03), differs);
}

#[test]
fn an_interval_with_1_in_it_is_no_difference_however_far_the_median() {
    let none = Some(Verdict::NoDifference);
    assert_eq!(verdict(nine(0.99, 1.3, 1.4), 0.99, 1.01), none);
    assert_eq!(verdict(nine(0.6, 0.7, 1.01), 0.99, 1.01), none);
    assert_eq!(verdict(nine(1.0, 1.3, 1.4), 0.99, 1.01), none);
}

#[test]
fn a_ratio_within_the_floor_is_no_difference_however_narrow() {
    let none = Some(Verdict::NoDifference);
    assert_eq!(verdict(nine(1.029, 1.03, 1.031), 0.96, 1.0), none);
    assert_eq!(verdict(nine(0.969, 0.97, 0.971), 1.0, 1.04), none);
    // The twins agree to the last digit: a fiftieth is still nothing.
    assert_eq!(verdict(nine(1.014, 1.015, 1.016), 1.0, 1.0), none);
}

#[test]
fn where_the_twins_come_too_far_apart_all_of_the_interval_must_be_farther() {
    let of = |low, median, high| verdict(nine(low, median, high), 0.85, 1.15);
    let (differs, too_noisy) =
        (Some(Verdict::Differs), Some(Verdict::TooNoisy));
    assert_eq!(of(2.1, 2.2, 2.3), differs);
    assert_eq!(of(0.43, 0.45, 0.48), differs);
    // The median is beyond the floor, and not all of the interval.
    assert_eq!(of(1.1, 1.3, 1.5), too_noisy);
    assert_eq!(of(0.67, 0.77, 0.9), too_noisy);
    assert_eq!(of(0.99, 1.0, 1.01), too_noisy);
}

/// The two are noisier than the twins.
#[test]
fn the_interval_keeps_half_of_the_floor_and_a_fiftieth() {
    let (differs, none) = (Some(Verdict::Differs), Some(Verdict::NoDifference));
    let quiet = |low| verdict(nine(low, 1.2, 1.4), 1.0, 1.0);
    assert_eq!([1.01, 1.03].map(quiet), [none, differs]);
    let noisy = |low| verdict(nine(low, 1.2, 1.4), 0.98, 1.08);
    assert_eq!([1.03, 1.05].map(noisy), [none, differs]);
    let less = |high| verdict(nine(0.7, 0.8, high), 0.98, 1.08);
    assert_eq!([0.97, 0.95].map(less), [none, differs]);
}

#[test]
fn too_few_rounds_on_either_side_say_nothing() {
    let five = || estimate(&[2.0; 5]).unwrap();
    let few = Some(Verdict::TooFewRounds);
    assert_eq!(verdict(five(), 0.99, 1.01), few);
    let twins = twins(&["threads"], five());
    assert_eq!(compare(nine(1.9, 2.0, 2.1), Some(&twins)).verdict, few);
}

#[test]
fn without_twins_there_is_a_ratio_and_no_verdict() {
    let ratio = nine(1.9, 2.0, 2.1);
    let comparison = compare(ratio.clone(), None);
    assert_eq!((comparison.ratio, comparison.verdict), (ratio, None));
}
