//! What one more ping in flight costs, from records made by hand.

#[expect(dead_code, reason = "no other record is needed here")]
mod example;

use example::{check, measured, trial};
use measurement::record::{Act, Trial};
use measurement::summary::{Memory, summarise};

/// A trial of the memory act that saw so many in flight, and its peak.
fn point(round: u32, in_flight: usize, bytes: u64) -> Trial {
    let mut trial = trial(round, "threads", 310);
    (trial.act, trial.level) = (Act::Memory, in_flight);
    (trial.spec.concurrency, trial.spec.requests) = (in_flight, in_flight);
    let measured = measured(&mut trial);
    measured.server.peak_in_flight = in_flight as u64;
    measured.cost.peak_rss_bytes = Some(bytes);
    trial
}

/// A line through 1, 128 and 512 in flight.
fn round(round: u32, base: u64, each: u64) -> Vec<Trial> {
    [1, 128, 512].map(|n| point(round, n, base + each * n as u64)).into()
}

fn memory(trials: &[Trial]) -> Vec<Memory> {
    summarise("run", trials, &["threads"]).memory
}

#[test]
fn the_slope_is_what_one_more_in_flight_costs() {
    let [row] = &memory(&round(0, 5000, 46))[..] else { panic!() };
    assert_eq!(
        (row.strategy.as_str(), row.client.as_str()),
        ("threads", "ureq")
    );
    assert_eq!((row.slope_bytes.median, row.base_bytes), (46.0, 5000.0));
    assert_eq!(row.points, [(1, 5046), (128, 10_888), (512, 28_552)]);
}

#[test]
fn each_round_has_a_slope_of_its_own() {
    let slopes = [40, 50, 90];
    let trials: Vec<Trial> =
        (0..).zip(slopes).flat_map(|(n, each)| round(n, 5000, each)).collect();
    let [row] = &memory(&trials)[..] else { panic!() };
    assert_eq!(row.slope_bytes.values, [40.0, 50.0, 90.0]);
    assert_eq!(row.slope_bytes.median, 50.0);
    assert_eq!(row.points.len(), 9);
}

#[test]
fn what_the_server_saw_in_flight_counts_and_not_what_was_asked_for() {
    let mut trials = round(0, 5000, 46);
    measured(&mut trials[2]).server.peak_in_flight = 256;
    let [row] = &memory(&trials)[..] else { panic!() };
    assert_eq!(row.points[2].0, 256);
}

#[test]
fn void_trials_other_acts_and_a_single_level_make_no_line() {
    let mut void = round(0, 5000, 46);
    measured(&mut void[0]).checks.push(check("answered", false));
    measured(&mut void[1]).cost.peak_rss_bytes = None;
    assert!(memory(&void).is_empty());
    let mut sweep = round(0, 5000, 46);
    sweep.iter_mut().for_each(|trial| trial.act = Act::Sweep);
    assert!(memory(&sweep).is_empty());
}
