//! The schemas describe what the types write: every field, every variant,
//! every null, and nothing else.

mod example;
mod places;

use example::{
    check, failed, flag, limited, measured, testimony, trial, witness,
};
use jsonschema::{Registry, Validator};
use measurement::course::prediction::Prediction;
use measurement::distribution::Histogram;
use measurement::environment::{Ended, Environment, Run, RunEnd};
use measurement::record::{Act, Cost, Histograms, Host, Samples, Trial};
use measurement::summary::{Summary, summarise};
use measurement::waits::Waits;
use measurement::witness::Witness;
use measurement::{MILLISECOND, SCHEMA_VERSION};
use places::{numbers, objects};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

const RUN: &str = include_str!("../schemas/run.json");
const TRIAL: &str = include_str!("../schemas/trial.json");
const SUMMARY: &str = include_str!("../schemas/summary.json");
const TESTIMONY: &str = include_str!("../schemas/testimony.json");
const PREDICTION: &str = include_str!("../schemas/prediction.json");
const WITNESS: &str = include_str!("../schemas/witness.json");

fn parsed(schema: &str) -> Value {
    serde_json::from_str(schema).unwrap()
}

fn validator(schema: &str) -> Validator {
    let neighbours = Registry::new()
        .add("json-schema:///witness.json", parsed(WITNESS))
        .unwrap()
        .prepare()
        .unwrap();
    jsonschema::options()
        .with_registry(&neighbours)
        .should_validate_formats(true)
        .build(&parsed(schema))
        .unwrap()
}

/// The document is valid, and read again it is equal.
fn assert_described<T>(schema: &str, value: &T)
where
    T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug,
{
    let document = serde_json::to_value(value).unwrap();
    if let Err(error) = validator(schema).validate(&document) {
        panic!("{}: {error}", error.instance_path());
    }
    assert_eq!(&serde_json::from_value::<T>(document).unwrap(), value);
}

/// Every object of the document is closed, and needs each of its fields:
/// none may be added, and none left out.
fn assert_exact<T: Serialize>(schema: &str, value: &T) {
    let (validator, document) = (validator(schema), json!(value));
    assert!(validator.is_valid(&document));
    for place in objects(&document, "") {
        // The names are those of flags, any of them.
        if place == "/trust/flags" {
            continue;
        }
        let fields = document.pointer(&place).unwrap().as_object().unwrap();
        let mut more = document.clone();
        more.pointer_mut(&place).unwrap()["surprise"] = json!(1);
        assert!(!validator.is_valid(&more), "one more in {place:?}");
        // The names are statuses or faults, any number of them.
        if ["statuses", "faults"].iter().any(|own| place.ends_with(own)) {
            continue;
        }
        for name in fields.keys().filter(|name| !may_be_absent(name)) {
            let mut less = document.clone();
            let object = less.pointer_mut(&place).unwrap();
            object.as_object_mut().unwrap().remove(name);
            assert!(!validator.is_valid(&less), "{place:?} without {name}");
        }
    }
}

/// Some records are older than faults, or than what was looked at later, and
/// most batches have no limit.
fn may_be_absent(name: &str) -> bool {
    let of_limits =
        ["limit_ns", "left_in_flight", "ended", "server_busy_ns", "aborted"];
    let later =
        ["pipelined", "kept_awake", "awake_ns", "server_switches_per_request"];
    // Those of the client have always been there.
    let of_server = ["voluntary_switches", "involuntary_switches"];
    name.starts_with("fault")
        || of_limits.contains(&name)
        || later.contains(&name)
        || of_server.contains(&name)
}

/// Where a clock of the server was a little behind, or noise makes a slope.
const MAY_BE_NEGATIVE: [&str; 4] =
    ["samples/received_ns", "samples/sent_ns", "/slope_bytes/", "/base_bytes"];

/// No other number of the document may be negative.
fn assert_no_negatives<T: Serialize>(schema: &str, value: &T) {
    let validator = validator(schema);
    let document = serde_json::to_value(value).unwrap();
    let mut tried = 0;
    for place in numbers(&document, "") {
        let may = MAY_BE_NEGATIVE.iter().any(|part| place.contains(part));
        if may && !place.ends_with("/n") && !place.ends_with("/coverage") {
            continue;
        }
        let mut changed = document.clone();
        *changed.pointer_mut(&place).unwrap() = json!(-1);
        assert!(!validator.is_valid(&changed), "-1 at {place}");
        tried += 1;
    }
    assert!(tried > 0);
}

/// A run of which everything is known.
fn run() -> Run {
    let some = |text: &str| Some(text.to_owned());
    Run {
        schema_version: SCHEMA_VERSION,
        run_id: "20260102T030405Z-beef".to_owned(),
        command: "cargo run -p harness -- --seed 7".to_owned(),
        lesson: Some(4),
        seed: u64::MAX,
        rounds: 9,
        end: Some(RunEnd { how: Ended::Finished, trials: 44 }),
        strategies: vec!["sequential".to_owned(), "threads".to_owned()],
        start_utc: "2026-01-02T03:04:05Z".to_owned(),
        environment: Environment {
            system: "linux x86_64".to_owned(),
            kernel: some("6.8.0"),
            processor: some("a processor"),
            processors: Some(2),
            virtual_machine: Some(true),
            governor: some("performance"),
            memory_bytes: Some(8 << 30),
            open_files: Some(1 << 20),
            somaxconn: Some(4096),
            port_range: some("32768 60999"),
            load: Some(0.25),
            rustc: "rustc 1.95.0".to_owned(),
            profile: "opt-level 3".to_owned(),
            commit: some("0123abc-dirty"),
            crates: vec!["ureq 3.5.1".to_owned()],
        },
    }
}

/// A trial with findings of both kinds.
fn marked() -> Trial {
    let mut marked = trial(1, "threads", 40);
    measured(&mut marked).checks.push(check("each-once", false));
    measured(&mut marked).flags.push(flag("dialled"));
    marked
}

/// A trial of which the system told nothing.
fn unknown() -> Trial {
    let mut unknown = trial(2, "threads", 40);
    unknown.spec.body_bytes = None;
    measured(&mut unknown).cost = Cost::default();
    measured(&mut unknown).host = Host::default();
    measured(&mut unknown).server = Witness::default();
    unknown
}

/// A trial that keeps histograms.
fn large() -> Trial {
    let mut large = trial(4, "threads", 40);
    let times = Histogram::of([10 * MILLISECOND, 11 * MILLISECOND]);
    measured(&mut large).samples = Samples::default();
    measured(&mut large).histograms =
        Some(Histograms { service: times.clone(), sojourn: times });
    large
}

/// A run that has everything: twins, memory at two levels, notes, a flawed
/// trial, one that failed, and six rounds for an interval.
fn summary() -> Summary {
    let mut trials: Vec<Trial> = Vec::new();
    let mut add = |act: Act, name: &str, change: &dyn Fn(&mut Trial)| {
        for round in 0..6 {
            let makespan_ms = 31 + u64::from(round) * 20;
            let mut trial = trial(round, name, makespan_ms);
            (trial.act, trial.trial) = (act, trials.len() as u32);
            change(&mut trial);
            trials.push(trial);
        }
    };
    let no_waits = |trial: &mut Trial| trial.spec.waits = Waits::None;
    let of_two = ["threads", "worker-pool"];
    for name in of_two.into_iter().chain(["pool-by-hand", "tasks-by-hand"]) {
        add(Act::NoWaits, name, &no_waits);
    }
    for name in of_two {
        add(Act::Sweep, name, &|_| {});
        for in_flight in [1, 8] {
            add(Act::Memory, name, &|trial| {
                measured(trial).server.peak_in_flight = in_flight;
            });
        }
    }
    add(Act::Sweep, "worker-pool", &|trial| trial.aa_twin = true);
    add(Act::Lesson, "deadlines", &|trial| *trial = limited(trial.clone()));
    trials.push(marked());
    trials.push(failed(trial(3, "another", 40), "hung"));
    let mut summary = summarise("20260102T030405Z-beef", &trials, &of_two);
    summary.trust.end = run().end;
    summary.trust.torn = true;
    summary
}

#[test]
fn runs_are_described() {
    assert_described(RUN, &run());
    let environment = Environment::default();
    assert_described(RUN, &Run { environment, ..run() });
    for how in [Ended::Finished, Ended::Stopped, Ended::Broken] {
        let end = Some(RunEnd { how, trials: 0 });
        assert_described(RUN, &Run { end, ..run() });
    }
    assert_described(RUN, &Run { end: None, ..run() });
}

#[test]
fn trials_are_described() {
    assert_described(TRIAL, &trial(0, "threads", 40));
    assert_described(TRIAL, &marked());
    assert_described(TRIAL, &limited(marked()));
    assert_described(TRIAL, &large());
    assert_described(TRIAL, &unknown());
    assert_described(TRIAL, &failed(unknown(), "hung"));
}

#[test]
fn predictions_are_described() {
    let prediction = Prediction {
        schema_version: SCHEMA_VERSION,
        lesson: 2,
        made_utc: "2026-11-24T14:00:00Z".to_owned(),
        answers: vec![Some(0.5e9), None],
    };
    assert_described(PREDICTION, &prediction);
    assert_exact(PREDICTION, &prediction);
}

#[test]
fn every_act_and_every_workload_is_described() {
    for act in [
        Act::Book,
        Act::Uneven,
        Act::NoWaits,
        Act::Sweep,
        Act::Memory,
        Act::Lesson,
        Act::Capacity,
        Act::CapacityCold,
    ] {
        for waits in [
            Waits::None,
            Waits::Book,
            Waits::Uneven,
            Waits::OneSlow,
            Waits::BookSlow,
            Waits::Fixed(u64::MAX),
        ] {
            let mut trial = failed(trial(0, "threads", 40), "hung");
            (trial.act, trial.spec.waits) = (act, waits);
            assert_described(TRIAL, &trial);
            assert_described(SUMMARY, &summarise("run", &[trial], &[]));
        }
    }
}

#[test]
fn summaries_are_described() {
    let summary = summary();
    let batch = summary.of_act(Act::Sweep).next().unwrap();
    assert_eq!(batch.rows.len(), 3);
    // Numbers with an interval, and no numbers at all.
    let makespan = |row: usize| batch.rows[row].makespan_ns.as_ref();
    assert!(makespan(1).unwrap().interval.is_some());
    assert!(makespan(2).is_none());
    // Everything that may be null is there.
    let threads = &batch.rows[0];
    assert!(batch.twins.is_some() && batch.cpu_twins.is_some());
    assert!(threads.ratio.is_some() && threads.cpu_ratio.is_some());
    assert!(threads.service.is_some() && threads.sojourn.is_some());
    assert!(!threads.notes.is_empty());
    let no_waits = summary.of_act(Act::NoWaits).next().unwrap();
    assert!(no_waits.by_hand_cpu.is_some());
    let limited = summary.of_act(Act::Lesson).next().unwrap();
    let row = &limited.rows[0];
    assert!(limited.limit_ns.is_some() && row.server_busy_ns.is_some());
    assert!(row.left_in_flight.is_some() && row.aborted.is_some());
    assert!(!summary.memory.is_empty());
    assert!(!summary.trust.problems.is_empty());
    assert_described(SUMMARY, &summary);
    // Numbers without an interval.
    let single = summarise("run", &[trial(0, "threads", 40)], &[]);
    assert!(single.batches[0].rows[0].efficiency.is_some());
    assert_described(SUMMARY, &single);
    assert_described(SUMMARY, &summarise("run", &[], &[]));
}

#[test]
fn witnesses_are_described() {
    assert_described(WITNESS, &witness());
    assert_described(WITNESS, &Witness::default());
}

#[test]
fn testimonies_are_described() {
    for waits in [Waits::None, Waits::Fixed(5), Waits::Uneven] {
        assert_described(TESTIMONY, &testimony(waits));
    }
}

#[test]
fn no_field_may_be_added_or_left_out() {
    assert_exact(TESTIMONY, &testimony(Waits::Fixed(5)));
    assert_exact(RUN, &run());
    assert_exact(TRIAL, &marked());
    assert_exact(TRIAL, &limited(marked()));
    assert_exact(TRIAL, &large());
    assert_exact(TRIAL, &failed(unknown(), "hung"));
    assert_exact(SUMMARY, &summary());
    assert_exact(WITNESS, &witness());
}

#[test]
fn no_time_and_no_count_may_be_negative() {
    assert_no_negatives(RUN, &run());
    assert_no_negatives(TRIAL, &marked());
    assert_no_negatives(TRIAL, &limited(marked()));
    assert_no_negatives(TRIAL, &large());
    assert_no_negatives(SUMMARY, &summary());
    assert_no_negatives(WITNESS, &witness());
    assert_no_negatives(TESTIMONY, &testimony(Waits::Fixed(5)));
}

#[test]
fn null_is_valid_just_where_the_types_read_it() {
    fn agree<T: Serialize + DeserializeOwned>(schema: &str, value: &T) {
        let validator = validator(schema);
        let document = serde_json::to_value(value).unwrap();
        let everything = numbers(&document, "").into_iter();
        for place in everything.chain(objects(&document, "")) {
            let mut changed = document.clone();
            *changed.pointer_mut(&place).unwrap() = Value::Null;
            assert_eq!(
                validator.is_valid(&changed),
                serde_json::from_value::<T>(changed).is_ok(),
                "null at {place:?}"
            );
        }
    }
    agree(RUN, &run());
    agree(TRIAL, &marked());
    agree(TRIAL, &limited(marked()));
    agree(TRIAL, &large());
    agree(SUMMARY, &summary());
    agree(WITNESS, &witness());
}

#[test]
fn another_version_is_not_described() {
    for schema_version in [SCHEMA_VERSION - 1, SCHEMA_VERSION + 1] {
        let other = Run { schema_version, ..run() };
        let document = serde_json::to_value(other).unwrap();
        assert!(!validator(RUN).is_valid(&document), "{schema_version}");
    }
}

#[test]
fn a_time_of_day_that_is_none_is_not_described() {
    let start_utc = "half past nine".to_owned();
    let document = serde_json::to_value(Run { start_utc, ..run() }).unwrap();
    assert!(!validator(RUN).is_valid(&document));
}
