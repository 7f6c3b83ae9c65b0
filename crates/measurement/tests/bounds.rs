//! No number and no name of a record is larger than one can be: whichever is
//! changed, it is refused and named.

#[expect(dead_code, reason = "not every record is needed here")]
mod example;
// `expect` would not see it: a function that calls itself counts as used.
#[allow(dead_code, reason = "only numbers are walked here")]
mod places;

use example::{failed, flag, limited, measured, trial};
use measurement::SCHEMA_VERSION;
use measurement::bounds;
use measurement::course::SLOW_CONSUMER;
use measurement::course::prediction::Prediction;
use measurement::distribution::Histogram;
use measurement::environment::{Ended, Environment, Run, RunEnd};
use measurement::hashing::Hashing;
use measurement::machines::{CutOff, Machines, Shared};
use measurement::record::{Histograms, SAMPLES_BELOW, Trial};
use measurement::waits::Waits;
use places::numbers;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Whether this document is taken, by its type and by its bounds.
fn taken<T: DeserializeOwned>(
    document: Value,
    judge: fn(&T) -> bounds::Found,
) -> Result<(), String> {
    let value = serde_json::from_value(document).map_err(|e| e.to_string())?;
    judge(&value)
}

/// Each number in turn becomes one that no run has made.
fn every_number_is_bounded<T: Serialize + DeserializeOwned>(
    value: &T,
    judge: fn(&T) -> bounds::Found,
    free: &[&str],
) {
    let document = serde_json::to_value(value).unwrap();
    assert_eq!(taken(document.clone(), judge), Ok(()));
    for place in numbers(&document, "") {
        for wrong in [json!(bounds::MOST), json!(u64::MAX), json!(1e308)] {
            if free.iter().any(|name| place.ends_with(name)) {
                continue;
            }
            // A clock that runs since the machine was started, or a sum.
            let long = ["service_ns", "in_flight_ns", "received_ns", "sent_ns"];
            let long = long.iter().any(|name| place.ends_with(name));
            if long && wrong == json!(bounds::MOST) {
                continue;
            }
            let mut changed = document.clone();
            *changed.pointer_mut(&place).unwrap() = wrong.clone();
            let why = taken(changed, judge);
            assert!(why.is_err(), "{wrong} at {place} is taken");
        }
    }
}

/// A record in which nothing is empty or null.
fn full() -> Trial {
    let mut full = limited(trial(1, "threads", 40));
    full.spec.manners.retries = 3;
    full.spec.consumer = Some(SLOW_CONSUMER);
    full.spec.hashing = Some(Hashing { share_percent: 50, hashes: 1000 });
    full.spec.machines = Some(Machines {
        workers: 2,
        tasks: 1,
        ack_wait_ns: 5,
        ack_first: false,
        killed_at: Some(3),
    });
    full.spec.waits = Waits::Fixed(5);
    let kept = Histogram::of([10, 11]);
    let measured = measured(&mut full);
    measured.histograms =
        Some(Histograms { service: kept.clone(), sojourn: kept });
    measured.arrivals = vec![1, 2];
    measured.shared = Some(Shared {
        worker: vec![Some(0)],
        deliveries: vec![Some(1)],
        killed_ns: Some(7),
        cut_off: vec![CutOff { ping: 0, received_ns: 5, gone_ns: 7 }],
    });
    measured.flags = vec![flag("dialled")];
    measured.server.faults = [(measurement::fault::Fault::Reset, 1)].into();
    full
}

fn run() -> Run {
    Run {
        schema_version: SCHEMA_VERSION,
        run_id: "20260102T030405Z-beef".to_owned(),
        command: "cargo run".to_owned(),
        lesson: Some(4),
        seed: u64::MAX,
        rounds: 9,
        strategies: vec!["threads".to_owned()],
        start_utc: "2026-01-02T03:04:05Z".to_owned(),
        end: Some(RunEnd { how: Ended::Finished, trials: 44 }),
        environment: Environment {
            processors: Some(2),
            memory_bytes: Some(8 << 30),
            somaxconn: Some(4096),
            load: Some(0.25),
            ..Environment::default()
        },
    }
}

#[test]
fn every_number_of_a_record_is_bounded() {
    // The nonce is any number, and the version is looked at before.
    let free = ["/nonce"];
    every_number_is_bounded(&full(), bounds::of_trial, &free);
}

/// A machine that has been up for a year, and a batch that waited for long.
#[test]
fn what_a_trial_can_be_is_taken() {
    let mut trial = full();
    let year = 365 * 86_400 * 1_000_000_000;
    let measured = measured(&mut trial);
    measured.server.first_received_ns = Some(year);
    measured.server.last_sent_ns = Some(year + 1);
    measured.server.in_flight_ns = 65_536 * 3_600_000_000_000;
    measured.service_ns = 65_536 * 3_600_000_000_000;
    assert_eq!(bounds::of_trial(&trial), Ok(()));
}

#[test]
fn every_number_of_a_run_is_bounded() {
    every_number_is_bounded(&run(), bounds::of_run, &["/seed"]);
    let unlimited = Some(u64::MAX);
    let environment =
        Environment { open_files: unlimited, ..run().environment };
    assert_eq!(bounds::of_run(&Run { environment, ..run() }), Ok(()));
}

#[test]
fn every_answer_is_bounded() {
    let of = |answer| {
        bounds::of_prediction(&Prediction {
            schema_version: SCHEMA_VERSION,
            lesson: 2,
            made_utc: String::new(),
            answers: vec![None, Some(answer)],
        })
    };
    assert_eq!((of(0.0), of(5e9)), (Ok(()), Ok(())));
    for wrong in [-1.0, 1e308, f64::INFINITY, f64::NAN] {
        assert!(of(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn what_a_whole_run_cannot_be_is_named() {
    let of = |change: &dyn Fn(&mut Trial, usize)| {
        let trials = (0..2000).map(|i| {
            let mut one = trial(i as u32, "threads", 40);
            change(&mut one, i);
            one
        });
        bounds::of_trials(&trials.collect::<Vec<Trial>>())
    };
    assert_eq!(of(&|_, _| {}), Ok(()));
    assert_eq!(of(&|trial, i| trial.level = i % 500), Ok(()));
    let why = of(&|trial, i| trial.level = i).unwrap_err();
    assert!(why.starts_with("there are 2000 different batches"), "{why}");
    let why = of(&|trial, _| {
        trial.spec.requests = bounds::MOST_PINGS;
        trial.spec.manners.retries = 100;
    });
    assert!(why.unwrap_err().starts_with("`pings times retries"));
}

#[test]
fn what_no_trial_can_be_is_named() {
    let level = 1_000_000;
    let with = |change: &dyn Fn(&mut Trial)| {
        let mut trial = full();
        change(&mut trial);
        bounds::of_trial(&trial).unwrap_err()
    };
    let why = with(&|trial| trial.level = level);
    assert_eq!(why, "`level` is 1000000, and the most is 65536");
    let why = with(&|trial| trial.spec.requests = level);
    assert_eq!(why, "`spec.requests` is 1000000, and the most is 65536");
    let why = with(&|trial| trial.spec.strategy = "x".repeat(5000));
    assert_eq!(why, "`spec.strategy` has 5000 bytes, and the most is 200");
    let why = with(&|trial| {
        measured(trial).samples.end_ns = vec![0; SAMPLES_BELOW + 1];
    });
    assert!(why.starts_with("`samples.end_ns` has 2049 entries"), "{why}");
    let why = with(&|trial| {
        *trial = failed(trial.clone(), &"x".repeat(10_000));
    });
    assert!(why.starts_with("`reason` has 10000 bytes"), "{why}");
}
