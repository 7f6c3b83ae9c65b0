//! What may be said of a ratio, beside these twins.

use measurement::compare::{
    LEAST_DIFFERENCE, Noise, Twins, Verdict, compare, twins,
};
use measurement::statistics::{Estimate, estimate};

fn ratios(values: &[f64]) -> Estimate {
    estimate(values).unwrap()
}

/// Six rounds, so that the interval is from the smallest to the largest; the
/// median is in the middle.
fn between(low: f64, high: f64) -> Estimate {
    let middle = f64::midpoint(low, high);
    ratios(&[low, middle, middle, middle, middle, high])
}

fn twins_between(low: f64, high: f64) -> Twins {
    twins("worker-pool", between(low, high))
}

fn verdict(ratio: Estimate, twins: &Twins) -> Verdict {
    compare(ratio, Some(twins)).verdict.unwrap()
}

#[test]
fn the_floor_is_the_farther_end_of_the_twins() {
    let floor = |low, high| twins_between(low, high).floor.unwrap();
    assert!((floor(0.95, 1.03) - 0.05).abs() < 1e-12);
    assert!((floor(0.99, 1.04) - 0.04).abs() < 1e-12);
    // Twins that agree in being apart are as far apart.
    assert!((floor(1.03, 1.05) - 0.05).abs() < 1e-12);
    assert_eq!(floor(1.0, 1.0), LEAST_DIFFERENCE);
}

#[test]
fn noise_is_half_of_the_twins_interval() {
    let noise = |low, high| twins_between(low, high).noise;
    assert_eq!(noise(0.96, 1.04), Noise::Quiet);
    assert_eq!(noise(0.94, 1.06), Noise::Noisy);
    assert_eq!(noise(0.91, 1.09), Noise::Noisy);
    assert_eq!(noise(0.89, 1.11), Noise::TooNoisy);
    let few = twins("worker-pool", ratios(&[1.0; 5]));
    assert_eq!((few.noise, few.floor), (Noise::Unknown, None));
}

#[test]
fn both_conditions_must_hold() {
    let quiet = twins_between(0.96, 1.04);
    for (low, high, expected) in [
        (1.05, 1.15, Verdict::Differs),
        (0.85, 0.95, Verdict::Differs),
        // Far from 1, but 1 is in it.
        (0.99, 1.21, Verdict::NoDifference),
        (0.79, 1.01, Verdict::NoDifference),
        // 1 is left out, but nearer than the twins are.
        (1.01, 1.05, Verdict::NoDifference),
        (0.95, 0.99, Verdict::NoDifference),
        (1.0, 1.2, Verdict::NoDifference),
    ] {
        let ratio = between(low, high);
        assert_eq!(verdict(ratio, &quiet), expected, "{low} to {high}");
    }
}

/// However quiet the machine.
#[test]
fn less_than_two_hundredths_are_no_difference() {
    let same = twins_between(1.0, 1.0);
    assert_eq!(verdict(between(1.01, 1.028), &same), Verdict::NoDifference);
    assert_eq!(verdict(between(1.01, 1.032), &same), Verdict::Differs);
}

#[test]
fn noisy_twins_still_allow_a_large_difference() {
    let noisy = twins_between(0.93, 1.07);
    assert_eq!(verdict(between(1.04, 1.08), &noisy), Verdict::NoDifference);
    assert_eq!(verdict(between(1.5, 1.6), &noisy), Verdict::Differs);
}

#[test]
fn twins_too_far_apart_rank_nobody() {
    let twins = twins_between(0.85, 1.15);
    assert_eq!(verdict(between(9.0, 10.0), &twins), Verdict::TooNoisy);
}

#[test]
fn too_few_rounds_say_nothing() {
    let quiet = twins_between(0.99, 1.01);
    assert_eq!(verdict(ratios(&[2.0; 5]), &quiet), Verdict::TooFewRounds);
    let few = twins("worker-pool", ratios(&[1.0; 5]));
    assert_eq!(verdict(between(2.0, 2.1), &few), Verdict::TooFewRounds);
}

#[test]
fn without_twins_there_is_no_verdict() {
    let alone = compare(between(2.0, 2.1), None);
    assert_eq!((alone.verdict, alone.ratio.n), (None, 6));
}
