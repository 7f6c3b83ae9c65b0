//! A batch that workers share over a queue: what its checks allow, and what
//! they do not; what contradicts it; what a summary makes of it; its schema.

#[expect(dead_code, reason = "nothing fails or is flagged here")]
mod example;
mod healthy;

use example::{measured, trial};
use healthy::{Known, healthy};
use jsonschema::{Registry, Validator};
use measurement::check::{checks, flags};
use measurement::machines::{CutOff, Machines, Shared};
use measurement::record::{Act, Trial};
use measurement::summary::summarise;
use measurement::witness::End;
use measurement::{MILLISECOND, agreement};
use serde_json::{Value, json};

const THREE: Machines = Machines {
    workers: 3,
    tasks: 1,
    ack_wait_ns: 2000 * MILLISECOND,
    ack_first: false,
    killed_at: Some(2),
};

/// Six pings, of which the first worker took one along, whose request the
/// server saw go. Another one did it again.
fn killed() -> Known {
    let mut known = healthy();
    known.spec.machines = Some(THREE);
    let mut stamp = known.witness.stamps[0].clone();
    stamp.end = End::Aborted;
    known.witness.in_flight_ns += stamp.hold_ns().unwrap();
    known.witness.stamps.insert(0, stamp);
    known.witness.requests += 1;
    known.witness.duplicates += 1;
    known.witness.aborted += 1;
    known
}

fn failed(known: &Known) -> Vec<String> {
    let checks = checks(&known.evidence());
    let failed = checks.into_iter().filter(|check| !check.ok);
    failed.map(|check| check.name).collect()
}

#[test]
fn as_many_requests_may_come_twice_as_a_dead_worker_had_in_its_hands() {
    assert_eq!(failed(&killed()), [""; 0]);
    let mut alive = killed();
    alive.spec.machines = Some(Machines { killed_at: None, ..THREE });
    let wrong = ["seen-equals-sent", "each-once", "none-left"];
    assert_eq!(failed(&alive), wrong);
    let mut more = killed();
    more.witness.requests += 1;
    more.witness.duplicates += 1;
    more.witness.aborted += 1;
    assert_eq!(failed(&more), wrong);
}

#[test]
fn every_job_has_its_result() {
    let mut known = killed();
    known.samples.status[0] = None;
    assert_eq!(failed(&known), ["answered"]);
}

#[test]
fn with_the_ack_first_a_worker_takes_its_jobs_along() {
    let first = Some(Machines { ack_first: true, ..THREE });
    let mut known = healthy();
    known.spec.machines = first;
    known.witness.stamps[0].end = End::Aborted;
    known.witness.done -= 1;
    known.witness.aborted += 1;
    known.samples.status[0] = None;
    assert_eq!(failed(&known), [""; 0]);
    known.samples.status[1] = None;
    assert_eq!(failed(&known), ["answered"]);
    let mut twice = killed();
    twice.spec.machines = first;
    assert_eq!(failed(&twice), ["seen-equals-sent", "each-once"]);
}

/// Its connections are opened when it has its first job.
#[test]
fn a_worker_that_dials_is_not_marked() {
    let mut known = killed();
    known.witness.connections = 3;
    let names = |known: &Known| -> Vec<String> {
        flags(&known.evidence()).into_iter().map(|flag| flag.name).collect()
    };
    assert_eq!(names(&known), [""; 0]);
    known.spec.machines = None;
    assert_eq!(names(&known), ["dialled"]);
}

/// Of the six, half have a result.
fn shared(machines: Machines) -> Trial {
    let mut made = trial(0, "many-machines", 400);
    made.act = Act::Lesson;
    made.spec.machines = Some(machines);
    let measured = measured(&mut made);
    measured.samples.ended = vec![Some(End::Done); 6];
    measured.server.aborted = 1;
    measured.server.requests += 1;
    measured.shared = Some(Shared {
        worker: vec![Some(1), Some(0), None, Some(2), None, None],
        deliveries: vec![Some(2), Some(1), None, Some(1), None, None],
        killed_ns: Some(20),
        cut_off: vec![CutOff { ping: 0, received_ns: -1, gone_ns: 20 }],
    });
    made
}

#[test]
fn a_summary_counts_requests_what_came_again_and_what_is_lost() {
    let of = |trial: &Trial| {
        let all = summarise("run", std::slice::from_ref(trial), &[]);
        let row = &all.batches[0].rows[0];
        [&row.requests_seen, &row.again, &row.lost]
            .map(|own| own.as_ref().map(|own| own.median))
    };
    assert_eq!(of(&shared(THREE)), [Some(7.0), Some(1.0), Some(3.0)]);
    assert_eq!(of(&trial(0, "threads", 400)), [None; 3]);
}

/// A record of two workers, which nothing contradicts that is of workers.
fn shared_by_two() -> Trial {
    let mut made = shared(Machines { workers: 2, ..THREE });
    made.start_utc = "2026-01-02T03:04:05Z".to_owned();
    let measured = measured(&mut made);
    // What the server saw is not looked at where a check does not hold.
    measured.checks[0].ok = false;
    measured.host.awake_ns = None;
    measured.service_ns = 60;
    measured.shared.as_mut().unwrap().worker[3] = Some(0);
    made
}

/// Why a record is refused; empty where it is not for its machines.
fn refused(change: impl FnOnce(&mut Machines, &mut Shared)) -> String {
    let mut made = shared_by_two();
    let mut changed = measured(&mut made).shared.clone().unwrap();
    change(made.spec.machines.as_mut().unwrap(), &mut changed);
    measured(&mut made).shared = Some(changed);
    let why = agreement::of_trial(&made).err().unwrap_or_default();
    let own = why.contains("shared") || why.contains("machines");
    if own { why } else { String::new() }
}

#[test]
fn what_cannot_be_is_refused() {
    type Change = fn(&mut Machines, &mut Shared);
    assert_eq!(refused(|_, _| ()), "");
    let cases: [(&str, Change); 10] = [
        ("who works", |own, _| own.workers = 0),
        ("in flight may be", |own, _| own.tasks = 2),
        ("killed_at", |own, _| own.killed_at = Some(7)),
        ("nobody was to be killed", |own, _| own.killed_at = None),
        ("shared.worker", |_, own| own.worker.truncate(5)),
        ("nobody did ping 0", |_, own| own.worker[0] = None),
        ("none of the workers", |_, own| own.worker[0] = Some(2)),
        ("is 0", |_, own| own.deliveries[0] = Some(0)),
        ("saw go", |_, own| own.cut_off = vec![own.cut_off[0]; 2]),
        ("cannot be", |_, own| own.cut_off[0].ping = 6),
    ];
    for (said, change) in cases {
        let why = refused(change);
        assert!(why.contains(said), "{said}: {why}");
    }
    let mut alone = shared_by_two();
    alone.spec.machines = None;
    measured(&mut alone).samples.ended = Vec::new();
    let why = agreement::of_trial(&alone).unwrap_err();
    assert!(why.contains("and of no other"), "{why}");
}

fn validator(schema: &str) -> Validator {
    let parsed = |text| serde_json::from_str::<Value>(text).unwrap();
    let witness = parsed(include_str!("../schemas/witness.json"));
    let neighbours = Registry::new()
        .add("json-schema:///witness.json", witness)
        .unwrap()
        .prepare()
        .unwrap();
    let options = jsonschema::options().with_registry(&neighbours);
    options.build(&parsed(schema)).unwrap()
}

#[test]
fn the_schemas_describe_it() {
    let made = shared(Machines { ack_first: true, ..THREE });
    let of_trials = validator(include_str!("../schemas/trial.json"));
    let document = json!(made);
    of_trials.validate(&document).unwrap();
    assert_eq!(serde_json::from_value::<Trial>(document).unwrap(), made);
    let all = summarise("run", std::slice::from_ref(&made), &[]);
    let of_summaries = validator(include_str!("../schemas/summary.json"));
    of_summaries.validate(&json!(all)).unwrap();
    for (place, wrong) in [
        ("/spec/machines/workers", json!(0)),
        ("/spec/machines/ack_first", json!(false)),
        ("/spec/machines", json!({ "workers": 1 })),
        ("/outcome/measured/shared/deliveries/0", json!(0)),
        ("/outcome/measured/shared/cut_off", json!([])),
        ("/outcome/measured/shared/killed_ns", json!(-1)),
    ] {
        let mut document = json!(made);
        *document.pointer_mut(place).unwrap() = wrong;
        assert!(!of_trials.is_valid(&document), "{place}");
    }
    // Nobody else's record has changed.
    let plain = json!(trial(1, "threads", 40));
    assert!(plain["spec"].get("machines").is_none());
    assert!(plain["outcome"]["measured"].get("shared").is_none());
}
