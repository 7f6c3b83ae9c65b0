//! What was forecast, and how far off it was.

#[expect(dead_code, reason = "nothing fails or is flagged here")]
mod example;

use example::{measured, trial};
use measurement::MILLISECOND;
use measurement::record::{Act, Trial};
use measurement::summary::{Forecast, Predicted, Summary, summarise};
use measurement::waits::Waits;

const WAITS: Waits = Waits::Fixed(20 * MILLISECOND);

/// Eight pings one by one in 160 ms, held for 19 ms each.
fn calibration() -> Trial {
    let mut trial = trial(0, "sequential", 160);
    (trial.act, trial.level) = (Act::Calibration, 1);
    (trial.spec.concurrency, trial.spec.requests) = (1, 8);
    trial.spec.waits = WAITS;
    measured(&mut trial).hold_ns = Some(19 * MILLISECOND);
    trial
}

/// A ping costs the client 0.7 ms and the server 0.3 ms: on two processors
/// the knee is at 2 (19 + 1) / 1 = 40.
fn no_waits() -> Trial {
    let mut trial = trial(1, "worker-pool", 100);
    (trial.act, trial.level) = (Act::NoWaits, 64);
    (trial.spec.concurrency, trial.spec.requests) = (64, 1000);
    trial.spec.waits = Waits::None;
    let measured = measured(&mut trial);
    measured.cost.user_ns = Some(700 * MILLISECOND);
    measured.cost.system_ns = Some(0);
    measured.server.cpu_ns = Some(300 * MILLISECOND);
    trial
}

/// A cell of the sweep in which the forecast throughput is so many times the
/// measured one.
fn cell(c: usize, over: f64) -> Trial {
    let predicted = predicted(c);
    let mut trial = trial(c as u32, "worker-pool", 0);
    (trial.level, trial.spec.concurrency) = (c, c);
    (trial.spec.requests, trial.spec.waits) = (8 * c, WAITS);
    let seconds = 8.0 * c as f64 / (predicted.throughput / over);
    measured(&mut trial).makespan_ns = (seconds * 1e9) as u64;
    trial
}

fn summary(sweep: Vec<Trial>) -> Summary {
    let trials: Vec<Trial> =
        [calibration(), no_waits()].into_iter().chain(sweep).collect();
    summarise("run", &trials, &["worker-pool"])
}

fn forecast(sweep: Vec<Trial>) -> Forecast {
    summary(sweep).forecast.unwrap()
}

fn predicted(c: usize) -> Predicted {
    forecast(vec![]).of("worker-pool", c).unwrap()
}

/// What stands in the row of the sweep.
fn in_row(cell: Trial) -> Option<Predicted> {
    let summary = summary(vec![cell]);
    summary.of_act(Act::Sweep).next().unwrap().rows[0].predicted
}

fn assert_near(number: f64, expected: f64) {
    assert!((number - expected).abs() < 1e-6, "{number}, not {expected}");
}

#[test]
fn it_is_made_of_the_calibration_and_the_pings_without_waits() {
    let forecast = forecast(vec![]);
    assert_eq!((forecast.hold_ns, forecast.one_by_one), (19e6, 50.0));
    assert_eq!((forecast.waits, forecast.processors), (WAITS, 2));
    let [needs] = &forecast.needs[..] else { panic!("{forecast:?}") };
    assert_near(needs.cpu_ns, 1e6);
    assert_near(needs.knee, 40.0);
    assert_eq!(forecast.error_below_knee, None);
    assert_near(predicted(1).throughput, 50.0);
    assert_near(predicted(1).speed_up, 1.0);
    assert_near(predicted(8).bound, 400.0);
    assert!(forecast.of("threads", 8).is_none());
}

#[test]
fn the_error_is_above_zero_where_too_much_was_forecast() {
    assert_near(in_row(cell(8, 1.25)).unwrap().error.unwrap(), 0.25);
    assert_near(in_row(cell(8, 0.8)).unwrap().error.unwrap(), -0.2);
}

#[test]
fn other_waits_and_other_acts_are_not_forecast() {
    let mut other = cell(8, 1.0);
    other.spec.waits = Waits::Fixed(21 * MILLISECOND);
    assert_eq!(in_row(other), None);
    let mut memory = cell(8, 1.0);
    memory.act = Act::Memory;
    let summary = summary(vec![memory]);
    let batch = summary.of_act(Act::Memory).next().unwrap();
    assert_eq!(batch.rows[0].predicted, None);
}

#[test]
fn its_error_is_the_median_of_the_cells_below_the_knee() {
    let sweep =
        [(2, 0.9), (8, 1.2), (32, 1.3), (40, 3.0), (64, 3.0), (256, 3.0)];
    let sweep = sweep.map(|(c, over)| cell(c, over));
    assert_near(forecast(sweep.into()).error_below_knee.unwrap(), 0.2);
    let beyond = forecast(vec![cell(256, 3.0)]);
    assert_eq!(beyond.error_below_knee, None);
}

#[test]
fn without_either_input_nothing_has_forecast() {
    let of = |trials: &[Trial]| summarise("run", trials, &[]).forecast;
    assert_eq!(of(&[calibration()]), None);
    assert_eq!(of(&[no_waits()]), None);
    let mut untold = no_waits();
    measured(&mut untold).server.cpu_ns = None;
    assert_eq!(of(&[calibration(), untold]), None);
}

/// A level out of a file may be anything: it is answered all the same.
#[test]
fn levels_that_cannot_be_are_answered() {
    let mut hostile = cell(8, 1.0);
    (hostile.level, hostile.spec.concurrency) = (usize::MAX, usize::MAX);
    assert!(in_row(hostile).unwrap().throughput.is_finite());
}
