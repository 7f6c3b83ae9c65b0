//! Other people's clients beside ours: the arithmetic, what is found out, and
//! the schemas.

mod places;

use jsonschema::{Registry, Validator};
use measurement::compare::Verdict;
use measurement::environment::{Ended, Environment};
use measurement::peers::{
    Client, Discrepancy, Missing, PEERS_VERSION, PeerBatch, PeerOutcome,
    PeerParts, PeerTrial, Peers, PeersSummary, Quantity, cpu_per_request,
    summarise,
};
use places::{numbers, objects};
use proptest::prelude::*;
use serde_json::{Value, json};

const CONCURRENCY: u64 = 8;

/// So many requests, each of which costs the client so much, after it started.
fn batch(requests: u64, each_ns: u64, start_ns: u64) -> PeerBatch {
    PeerBatch {
        asked: Some(requests),
        said: Some(requests),
        sent: requests,
        answered: requests,
        peak_in_flight: CONCURRENCY,
        connections: CONCURRENCY,
        span_ns: Some(requests * 10_000),
        wall_ns: requests * 10_000 + start_ns,
        user_ns: Some(start_ns),
        system_ns: Some(requests * each_ns),
        server_cpu_ns: Some(requests * 5000),
        peak_rss_bytes: Some(5 << 20),
        threads: Some(2),
    }
}

fn trial(client: &str, round: u32, each_ns: u64) -> PeerTrial {
    let outcome = PeerOutcome::Measured(Box::new(PeerParts {
        check: batch(15, each_ns, 4_000_000),
        load: batch(10_000, each_ns, 4_000_000),
    }));
    let client = client.to_owned();
    PeerTrial { client, round, order: 0, aa_twin: false, outcome }
}

fn client(name: &str, ours: bool) -> Client {
    Client {
        name: name.to_owned(),
        ours,
        version: (!ours).then(|| "1.0".to_owned()),
        command: vec![name.to_owned(), "{url}".to_owned()],
    }
}

fn run(trials: Vec<PeerTrial>) -> Peers {
    Peers {
        schema_version: PEERS_VERSION,
        run_id: "peers-2026-01-02T03-04-05Z".to_owned(),
        command: "cargo run -p harness -- peers --seed 7".to_owned(),
        start_utc: "2026-01-02T03:04:05Z".to_owned(),
        seed: 7,
        rounds: 9,
        concurrency: CONCURRENCY as usize,
        wait_ns: 0,
        check_wait_ns: 200_000_000,
        reference: "wrk".to_owned(),
        clients: vec![client("event-loop", true), client("wrk", false)],
        missing: vec![Missing {
            name: "oha".to_owned(),
            install: "cargo install oha".to_owned(),
        }],
        trials,
        end: Some(Ended::Finished),
        environment: Environment::default(),
    }
}

/// Nine rounds of a client that costs so much and of the reference, which
/// also runs twice.
fn nine_rounds(each_ns: u64) -> Peers {
    let rounds = (0..9).flat_map(|round| {
        let twin = PeerTrial { aa_twin: true, ..trial("wrk", round, 6000) };
        // Rounds differ, and all clients of a round alike.
        let slow = u64::from(round) * 100;
        [
            trial("event-loop", round, each_ns + slow * each_ns / 6000),
            trial("wrk", round, 6000 + slow),
            PeerTrial {
                outcome: trial("wrk", round, 6000 + slow).outcome,
                ..twin
            },
        ]
    });
    run(rounds.collect())
}

#[test]
fn a_ratio_is_of_the_same_rounds() {
    let summary = summarise(&nine_rounds(5000));
    let [ours, wrk] = ["event-loop", "wrk"].map(|n| summary.row(n).unwrap());
    let cpu = ours.cpu_ratio.as_ref().unwrap();
    assert!((cpu.ratio.median - 5.0 / 6.0).abs() < 1e-3, "{cpu:?}");
    assert_eq!(cpu.verdict, Some(Verdict::Differs));
    assert_eq!((wrk.valid, &wrk.cpu_ratio), (9, &None));
    assert_eq!(wrk.start_cpu_ns.as_ref().unwrap().median, 4_000_000.0);
    assert_eq!(wrk.requests_per_second.as_ref().unwrap().median, 100_000.0);
    let best = summary.best(Quantity::Cpu, false).unwrap();
    assert_eq!(best.client, "wrk");
    assert_eq!(summary.by_cost()[0].client, "event-loop");
}

#[test]
fn a_client_of_the_same_cost_is_no_better() {
    let summary = summarise(&nine_rounds(6000));
    let ours = summary.row("event-loop").unwrap();
    let cpu = ours.cpu_ratio.as_ref().unwrap();
    assert_eq!(cpu.verdict, Some(Verdict::NoDifference));
}

/// What is found of a client whose check, or else load, was changed so.
fn found(change: impl Fn(&mut PeerBatch, &mut PeerBatch)) -> Vec<Discrepancy> {
    let mut peers = nine_rounds(5000);
    for trial in &mut peers.trials {
        if let PeerOutcome::Measured(parts) = &mut trial.outcome
            && trial.client == "event-loop"
        {
            let PeerParts { check, load } = &mut **parts;
            change(check, load);
        }
    }
    summarise(&peers).row("event-loop").unwrap().found.clone()
}

#[test]
fn who_does_something_else_is_found_out() {
    assert_eq!(found(|_, _| ()), []);
    let silent = found(|check, _| (check.asked, check.said) = (None, None));
    assert_eq!(silent, []);
    let (sent, trials) = (8, 9);
    assert_eq!(
        found(|check, _| (check.sent, check.said) = (8, Some(8))),
        [Discrepancy::Asked { asked: 15, sent, trials }]
    );
    assert_eq!(
        found(|check, _| check.said = Some(600)),
        [Discrepancy::Said { said: 600, sent: 15, trials }]
    );
    assert_eq!(
        found(|_, load| load.said = Some(9999)),
        [Discrepancy::Said { said: 9999, sent: 10_000, trials }]
    );
    assert_eq!(
        found(|check, _| check.peak_in_flight = 1),
        [Discrepancy::InFlight { asked: 8, peak: 1, trials }]
    );
    let once = std::cell::Cell::new(0);
    let in_one = |peak| {
        once.set(0);
        found(|check, _| {
            if once.replace(once.get() + 1) == 4 {
                check.peak_in_flight = peak;
            }
        })
    };
    // That one comes too late once is the machine's; one too many is not.
    assert_eq!(in_one(7), []);
    let too_many = Discrepancy::InFlight { asked: 8, peak: 9, trials: 1 };
    assert_eq!(in_one(9), [too_many]);
    // Without waits the server may be too quick to see them all at once.
    assert_eq!(found(|_, load| load.peak_in_flight = 3), []);
}

#[test]
fn a_trial_that_failed_is_named_and_counts_for_nothing() {
    let mut peers = nine_rounds(5000);
    let reason = "exit status: 1".to_owned();
    peers.trials[0].outcome = PeerOutcome::Failed { reason: reason.clone() };
    let summary = summarise(&peers);
    let ours = summary.row("event-loop").unwrap();
    assert_eq!((ours.valid, ours.failure.as_ref()), (8, Some(&reason)));
    assert_eq!(ours.cpu_ratio.as_ref().unwrap().ratio.n, 8);
}

proptest! {
    /// What a program needs to start costs its requests nothing.
    #[test]
    fn starting_is_in_no_request(
        each in 1..1_000_000_u64,
        start in 0..1_000_000_000_u64,
        few in 1..1000_u64,
        more in 1..1_000_000_u64,
    ) {
        let (check, load) =
            (batch(few, each, start), batch(few + more, each, start));
        prop_assert_eq!(cpu_per_request(&check, &load), Some(each as f64));
        prop_assert_eq!(cpu_per_request(&load, &check), None);
        prop_assert_eq!(cpu_per_request(&load, &load), None);
    }

    /// Whatever a record holds, there is a summary, and nothing in it is less
    /// than nothing.
    #[test]
    fn any_records_are_summed_up(
        numbers in proptest::collection::vec(any::<u64>(), 24),
        concurrency in any::<usize>(),
    ) {
        let any = |at: usize| PeerBatch {
            asked: Some(numbers[at]),
            said: Some(numbers[at + 1]),
            sent: numbers[at + 2],
            answered: numbers[at + 3],
            span_ns: Some(numbers[at + 4]),
            user_ns: Some(numbers[at + 5]),
            system_ns: Some(numbers[at + 6]),
            server_cpu_ns: Some(numbers[at + 7]),
            ..PeerBatch::default()
        };
        let mut peers = nine_rounds(5000);
        peers.concurrency = concurrency;
        peers.trials[0].outcome =
            PeerOutcome::Measured(Box::new(PeerParts { check: any(0), load: any(8) }));
        peers.trials[1].outcome =
            PeerOutcome::Measured(Box::new(PeerParts { check: any(16), load: any(3) }));
        let summary = summarise(&peers);
        for row in &summary.rows {
            for quantity in [Quantity::Cpu, Quantity::Speed, Quantity::Start] {
                prop_assert!(row.median(quantity).is_none_or(|m| m >= 0.0));
            }
        }
    }
}

fn validator(schema: &str) -> Validator {
    let parsed = |text| serde_json::from_str::<Value>(text).unwrap();
    let neighbours = Registry::new()
        .add(
            "json-schema:///run.json",
            parsed(include_str!("../schemas/run.json")),
        )
        .unwrap()
        .add(
            "json-schema:///summary.json",
            parsed(include_str!("../schemas/summary.json")),
        )
        .unwrap()
        .prepare()
        .unwrap();
    jsonschema::options()
        .with_registry(&neighbours)
        .should_validate_formats(true)
        .build(&parsed(schema))
        .unwrap()
}

/// The document is valid; no field may be added, none left out, and no number
/// be negative.
fn assert_exact(schema: &str, document: &Value) {
    let validator = validator(schema);
    if let Err(error) = validator.validate(document) {
        panic!("{}: {error}", error.instance_path());
    }
    for place in numbers(document, "") {
        let mut changed = document.clone();
        *changed.pointer_mut(&place).unwrap() = json!(-1);
        assert!(!validator.is_valid(&changed), "-1 at {place}");
    }
    for place in objects(document, "") {
        let fields = document.pointer(&place).unwrap().as_object().unwrap();
        let mut more = document.clone();
        more.pointer_mut(&place).unwrap()["surprise"] = json!(1);
        assert!(!validator.is_valid(&more), "one more in {place:?}");
        for name in fields.keys() {
            let mut less = document.clone();
            let object = less.pointer_mut(&place).unwrap();
            object.as_object_mut().unwrap().remove(name);
            assert!(!validator.is_valid(&less), "{place:?} without {name}");
        }
    }
}

#[test]
fn the_schemas_describe_what_is_written() {
    let mut peers = nine_rounds(5000);
    peers.trials[0].outcome = PeerOutcome::Failed { reason: "why".to_owned() };
    for trial in &mut peers.trials {
        if let PeerOutcome::Measured(parts) = &mut trial.outcome
            && trial.client == "event-loop"
        {
            let check = &mut parts.check;
            (check.sent, check.said, check.peak_in_flight) = (8, Some(9), 2);
        }
    }
    let document = json!(peers);
    assert_exact(include_str!("../schemas/peers.json"), &document);
    assert_eq!(serde_json::from_value::<Peers>(document).unwrap(), peers);

    let summary = summarise(&peers);
    assert_eq!(summary.rows[0].found.len(), 3);
    let document = json!(summary);
    assert_exact(include_str!("../schemas/peers-summary.json"), &document);
    let again: PeersSummary = serde_json::from_value(document).unwrap();
    assert_eq!(again, summary);

    // Nothing is known yet.
    let begun = Peers { end: None, ..run(Vec::new()) };
    let schema = include_str!("../schemas/peers-summary.json");
    assert_exact(schema, &json!(summarise(&begun)));
}
