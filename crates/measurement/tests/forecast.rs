//! What the sweep was to come to, and what memory costs.

#[expect(dead_code, reason = "nothing is flagged here")]
mod example;

use example::{failed, measured, trial};
use measurement::MILLISECOND;
use measurement::model::Demand;
use measurement::record::{Act, Trial};
use measurement::summary::{Forecast, Predicted, Summary, summarise};
use measurement::waits::Waits;

const HOLD: Waits = Waits::Fixed(20 * MILLISECOND);

fn cell(act: Act, strategy: &str, level: usize, makespan_ms: u64) -> Trial {
    let mut trial = trial(0, strategy, makespan_ms);
    (trial.act, trial.level, trial.spec.concurrency) = (act, level, level);
    (trial.spec.requests, trial.spec.waits) = (8 * level, HOLD);
    measured(&mut trial).hold_ns = Some(20 * MILLISECOND);
    trial
}

fn calibration() -> Trial {
    cell(Act::Calibration, "sequential", 1, 160)
}

/// 100 µs of processor a ping at the client and as many at the server.
fn no_waits(strategy: &str) -> Trial {
    let mut trial = cell(Act::NoWaits, strategy, 10, 100);
    trial.spec.waits = Waits::None;
    let measured = measured(&mut trial);
    (measured.cost.user_ns, measured.cost.system_ns) =
        (Some(8 * MILLISECOND), Some(0));
    measured.server.cpu_ns = Some(8 * MILLISECOND);
    trial
}

/// What is foretold in a sweep with these makespans at these levels.
fn summary(cells: &[(usize, u64)]) -> Summary {
    let mut trials = vec![calibration(), no_waits("worker-pool")];
    for (level, makespan_ms) in cells {
        trials.push(cell(Act::Sweep, "worker-pool", *level, *makespan_ms));
    }
    summarise("run", &trials, &["worker-pool"])
}

fn forecast(trials: &[Trial]) -> Option<Forecast> {
    summarise("run", trials, &[]).forecast
}

fn predicted(summary: &Summary, level: usize) -> Option<Predicted> {
    let batch = summary.of_act(Act::Sweep).find(|b| b.concurrency == level);
    batch.unwrap().rows[0].predicted
}

#[test]
fn it_is_made_of_the_calibration_and_of_pings_without_waits() {
    let forecast = forecast(&[calibration(), no_waits("worker-pool")]).unwrap();
    assert_eq!((forecast.waits, forecast.hold_ns), (HOLD, 20e6));
    assert_eq!((forecast.one_by_one, forecast.processors), (50.0, 2));
    let [needs] = &forecast.needs[..] else { panic!("{:?}", forecast.needs) };
    assert_eq!(needs.strategy, "worker-pool");
    assert_eq!((needs.cpu_ns, needs.knee), (200_000.0, 202.0));
    assert_eq!(forecast.error_below_knee, None);
    let demand = Demand { hold_ns: 20e6, cpu_ns: 2e5, processors: 2 };
    let of = forecast.of("worker-pool", 64).unwrap();
    assert_eq!(of.throughput, demand.throughput(64));
    assert_eq!(of.bound, demand.bound(64));
    assert_eq!(of.speed_up, demand.throughput(64) / 50.0);
    assert_eq!(of.error, None);
    assert_eq!(forecast.of("threads", 64), None);
}

#[test]
fn without_one_of_its_inputs_there_is_none() {
    let whole = [calibration(), no_waits("worker-pool")];
    assert!(forecast(&whole).is_some());
    assert!(forecast(&whole[..1]).is_none());
    assert!(forecast(&whole[1..]).is_none());
    let [calibration, no_waits] = whole;
    let void = failed(calibration.clone(), "hung");
    assert!(forecast(&[void, no_waits.clone()]).is_none());
    let mut unknown = calibration.clone();
    measured(&mut unknown).host.processors = None;
    assert!(forecast(&[unknown, no_waits.clone()]).is_none());
    let mut at_once = no_waits;
    // One at a time, idle wake-ups make a ping dearer than it is.
    at_once.level = 1;
    assert!(forecast(&[calibration, at_once]).is_none());
}

#[test]
fn its_error_is_foretold_over_measured_less_one() {
    // 64 pings at 8 in flight: 400 a second; 389 are foretold or so.
    let summary = summary(&[(8, 160), (64, 320)]);
    let near = predicted(&summary, 8).unwrap();
    let measured = 64.0 / 0.16;
    assert_eq!(near.error, Some(near.throughput / measured - 1.0));
    assert!((-0.1..0.0).contains(&near.error.unwrap()), "{near:?}");
    // Half as fast as foretold: too high by about as much again.
    let far = predicted(&summary, 64).unwrap().error.unwrap();
    assert!((0.8..1.0).contains(&far), "{far}");
}

#[test]
fn the_error_told_is_the_median_below_the_knee_without_sign() {
    // The knee is at 202, so 256 does not count.
    let summary = summary(&[(2, 160), (8, 120), (64, 320), (256, 9000)]);
    let of = |level| predicted(&summary, level).unwrap().error.unwrap().abs();
    let mut below = [of(2), of(8), of(64)];
    below.sort_by(f64::total_cmp);
    assert!(of(8) > 0.2 && of(64) > 0.2, "{below:?}");
    let told = summary.forecast.unwrap().error_below_knee;
    assert_eq!(told, Some(below[1]));
}

#[test]
fn other_waits_are_not_foretold() {
    let mut other = cell(Act::Sweep, "worker-pool", 8, 160);
    other.spec.waits = Waits::Fixed(1);
    let mut other_act = cell(Act::Memory, "worker-pool", 8, 160);
    other_act.spec.waits = HOLD;
    let unknown = cell(Act::Sweep, "threads", 8, 160);
    let trials =
        [calibration(), no_waits("worker-pool"), other, other_act, unknown];
    let summary = summarise("run", &trials, &[]);
    let rows = summary.batches.iter().flat_map(|batch| &batch.rows);
    assert!(rows.clone().count() >= 5);
    assert!(rows.into_iter().all(|row| row.predicted.is_none()));
    assert_eq!(summary.forecast.unwrap().error_below_knee, None);
}

#[test]
fn what_did_not_count_was_foretold_and_has_no_error() {
    let hung = failed(cell(Act::Sweep, "worker-pool", 8, 160), "hung");
    let trials = [calibration(), no_waits("worker-pool"), hung];
    let summary = summarise("run", &trials, &[]);
    assert_eq!(predicted(&summary, 8).unwrap().error, None);
}

/// A trial of the memory act that had so many in flight.
fn held(strategy: &str, round: u32, in_flight: u64, peak: u64) -> Trial {
    let mut trial = cell(Act::Memory, strategy, in_flight as usize, 300);
    (trial.round, trial.spec.requests) = (round, in_flight as usize);
    measured(&mut trial).server.peak_in_flight = in_flight;
    measured(&mut trial).cost.peak_rss_bytes = Some(peak);
    trial
}

#[test]
fn memory_has_a_slope_over_what_was_in_flight() {
    let mut less = held("threads", 0, 128, 8_000 + 50 * 100);
    // Asked for 128 and never had more than 100.
    measured(&mut less).server.peak_in_flight = 100;
    let mut void = held("threads", 0, 256, 1);
    measured(&mut void).checks[0].ok = false;
    let mut untold = held("threads", 0, 300, 1);
    measured(&mut untold).cost.peak_rss_bytes = None;
    let trials = [
        held("threads", 0, 512, 8_000 + 50 * 512),
        held("threads", 0, 1, 8_050),
        less,
        void,
        untold,
        held("worker-pool", 0, 1, 9_000),
        cell(Act::Sweep, "async-tasks", 8, 160),
    ];
    let memory = summarise("run", &trials, &[]).memory;
    let [row] = &memory[..] else { panic!("one level is no line: {memory:?}") };
    assert_eq!(
        (row.strategy.as_str(), row.client.as_str()),
        ("threads", "ureq")
    );
    assert_eq!((row.slope_bytes.median, row.base_bytes), (50.0, 8_000.0));
    assert_eq!(row.points, [(1, 8_050), (100, 13_000), (512, 33_600)]);
}

#[test]
fn every_round_has_a_slope_of_its_own() {
    let trials: Vec<Trial> = (0..6)
        .flat_map(|round| {
            let each = 40 + 4 * u64::from(round);
            [1, 128, 512].map(|c| held("threads", round, c, 8_000 + each * c))
        })
        .collect();
    let memory = summarise("run", &trials, &[]).memory;
    assert_eq!(
        memory[0].slope_bytes.values,
        [40.0, 44.0, 48.0, 52.0, 56.0, 60.0]
    );
    assert!(memory[0].slope_bytes.interval.is_some());
    assert_eq!(memory[0].points.len(), 18);
}
