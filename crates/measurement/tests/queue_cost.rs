//! What the queue of many machines costs: the arithmetic, what is found out,
//! and the schemas.

mod places;

use jsonschema::{Registry, Validator};
use measurement::environment::{Ended, Environment};
use measurement::queue_cost::{
    Act, Cell, CellOutcome, CellParts, CellTrial, MACHINES_VERSION, Machines,
    MachinesSummary, Miscount, Part, Quantity, summarise_machines,
};
use places::{numbers, objects};
use proptest::prelude::*;
use serde_json::{Value, json};

const JOBS: u64 = 1000;

fn cell(act: Act, copies: usize, workers: usize) -> Cell {
    let wait_ns = if act == Act::Scaling { 20_000_000 } else { 0 };
    let concurrency = 10 * workers;
    Cell { act, copies, workers, concurrency, wait_ns, jobs: JOBS }
}

/// A process that took so much for each job.
fn part(producing: u64, working: u64, mib: u64) -> Part {
    Part {
        producing_cpu_ns: Some(producing * JOBS),
        working_cpu_ns: Some(working * JOBS),
        peak_rss_bytes: Some(mib << 20),
        file_rss_bytes: Some(3 << 20),
    }
}

/// A batch that did a job in so many nanoseconds.
fn parts(cell: &Cell, each_ns: u64) -> CellParts {
    let queue = cell.copies > 0;
    CellParts {
        requests: JOBS,
        distinct: JOBS,
        answered: JOBS,
        collected: JOBS,
        peak_in_flight: cell.concurrency as u64,
        span_ns: Some(each_ns * JOBS),
        producing_ns: queue.then_some(JOBS * 10_000),
        server_cpu_ns: Some(JOBS * 5000),
        producer: queue.then(|| part(2000, 0, 5)),
        workers: vec![part(0, 20_000, 9); cell.workers],
        collector: queue.then(|| part(0, 1500, 6)),
        brokers: vec![part(4000, 25_000, 50); cell.copies],
    }
}

fn run(cells: Vec<Cell>, trials: Vec<CellTrial>) -> Machines {
    Machines {
        schema_version: MACHINES_VERSION,
        run_id: "machines-2026-01-02T03-04-05Z".to_owned(),
        command: "cargo run -p harness -- cluster measure --seed 7".to_owned(),
        start_utc: "2026-01-02T03:04:05Z".to_owned(),
        seed: 7,
        rounds: 2,
        queue_version: Some("2.9.10".to_owned()),
        cells,
        trials,
        end: Some(Ended::Finished),
        environment: Environment::default(),
    }
}

/// Two rounds: in one process, over three servers, and one and four workers
/// that wait.
fn two_rounds() -> Machines {
    let cells = vec![
        cell(Act::Saturation, 0, 1),
        cell(Act::Saturation, 3, 2),
        cell(Act::Scaling, 1, 1),
        cell(Act::Scaling, 1, 4),
    ];
    let each = [10_000, 80_000, 2_000_000, 520_000];
    let of_round = |round: u32| {
        let trial = move |(at, cell): (usize, &Cell)| CellTrial {
            cell: at,
            round,
            order: at as u32,
            outcome: CellOutcome::Measured(Box::new(parts(
                cell,
                each[at] * (1 + u64::from(round)),
            ))),
        };
        cells.iter().enumerate().map(trial).collect::<Vec<_>>()
    };
    let trials = (0..2).flat_map(of_round).collect();
    run(cells.clone(), trials)
}

#[test]
fn what_a_job_costs_is_that_of_all_its_processes() {
    let summary = summarise_machines(&two_rounds());
    let [alone, shared, ..] = &summary.rows[..] else { panic!() };
    assert_eq!(alone.median(Quantity::Workers), Some(20_000.0));
    assert_eq!(alone.median(Quantity::Brokers), None);
    assert_eq!(alone.shared_cpu_ns(), Some(20_000.0));
    assert_eq!(alone.whole_cpu_ns(), Some(20_000.0));
    // Two workers, three servers.
    assert_eq!(shared.shared_cpu_ns(), Some(40_000.0 + 75_000.0));
    assert_eq!(shared.median(Quantity::Producing), Some(2000.0 + 12_000.0));
    assert_eq!(shared.whole_cpu_ns(), Some(115_000.0 + 14_000.0 + 1500.0));
    assert_eq!(shared.median(Quantity::Speed), Some((12_500.0 + 6250.0) / 2.0));
    let produced = shared.produced_per_second.as_ref().unwrap();
    assert_eq!(produced.median, 100_000.0);
    let bytes = |estimate: &Option<measurement::statistics::Estimate>| {
        estimate.as_ref().unwrap().median / f64::from(1 << 20)
    };
    let broker = &shared.broker;
    assert_eq!(
        (bytes(&broker.peak_bytes), bytes(&broker.own_bytes)),
        (50.0, 47.0)
    );
    assert_eq!(bytes(&shared.worker.own_bytes), 6.0);
    assert_eq!(alone.broker.peak_bytes, None);
    let fastest = summary.fastest(Act::Saturation, 3).unwrap();
    assert_eq!(fastest.cell, shared.cell);
}

#[test]
fn more_workers_are_held_against_one_of_the_same_round() {
    let summary = summarise_machines(&two_rounds());
    let times = |at: usize| summary.rows[at].median(Quantity::TimesAsFast);
    assert_eq!(times(2), Some(1.0));
    assert!((times(3).unwrap() - 2_000.0 / 520.0).abs() < 1e-9);
    // Where nothing waits, two workers are not more than one: they share.
    assert_eq!(times(1), None);
}

/// What is found of the second cell, whose batches were changed so.
fn found(change: impl Fn(&mut CellParts)) -> Vec<Miscount> {
    let mut machines = two_rounds();
    for trial in &mut machines.trials {
        if let CellOutcome::Measured(parts) = &mut trial.outcome
            && trial.cell == 1
        {
            change(parts);
        }
    }
    summarise_machines(&machines).rows[1].found.clone()
}

#[test]
fn a_count_that_is_wrong_is_found_out() {
    let (jobs, trials) = (JOBS, 2);
    assert_eq!(found(|_| ()), []);
    assert_eq!(
        found(|parts| parts.requests += 1),
        [Miscount::Requests { jobs, seen: 1001, trials }]
    );
    assert_eq!(
        found(|parts| parts.distinct -= 1),
        [Miscount::Distinct { jobs, seen: 999, trials }]
    );
    assert_eq!(
        found(|parts| parts.collected = 0),
        [Miscount::Collected { jobs, seen: 0, trials }]
    );
    assert_eq!(
        found(|parts| parts.peak_in_flight += 1),
        [Miscount::InFlight { asked: 20, peak: 21, trials }]
    );
    // A queue may keep them from being in flight together.
    assert_eq!(found(|parts| parts.peak_in_flight = 1), []);
}

#[test]
fn a_batch_that_failed_is_named_and_counts_for_nothing() {
    let mut machines = two_rounds();
    let reason = "a worker failed".to_owned();
    machines.trials[1].outcome = CellOutcome::Failed { reason: reason.clone() };
    let summary = summarise_machines(&machines);
    let row = &summary.rows[1];
    assert_eq!((row.valid, row.failure.as_ref()), (1, Some(&reason)));
    assert_eq!(row.jobs_per_second.as_ref().unwrap().n, 1);
}

proptest! {
    /// Whatever a record holds, there is a summary, and nothing in it is less
    /// than nothing.
    #[test]
    fn any_records_are_summed_up(
        numbers in proptest::collection::vec(any::<u64>(), 8),
        jobs in any::<u64>(),
        cell_of in any::<usize>(),
    ) {
        let mut machines = two_rounds();
        let any = |at: usize| Part {
            producing_cpu_ns: Some(numbers[at]),
            working_cpu_ns: Some(numbers[at + 1]),
            peak_rss_bytes: Some(numbers[at + 2]),
            file_rss_bytes: Some(numbers[at + 3]),
        };
        machines.cells[1].jobs = jobs;
        machines.trials[0].cell = cell_of;
        if let CellOutcome::Measured(parts) = &mut machines.trials[1].outcome {
            parts.span_ns = Some(numbers[0]);
            parts.producing_ns = Some(numbers[1]);
            parts.brokers = vec![any(0), any(2), any(4)];
            parts.workers = vec![any(1), any(3)];
            parts.producer = Some(any(4));
        }
        let all = [
            Quantity::Speed,
            Quantity::TimesAsFast,
            Quantity::Workers,
            Quantity::Brokers,
            Quantity::Producing,
            Quantity::Collector,
        ];
        for row in &summarise_machines(&machines).rows {
            for quantity in all {
                prop_assert!(row.median(quantity).is_none_or(|m| m >= 0.0));
            }
        }
    }
}

fn validator(schema: &str) -> Validator {
    let parsed = |text| serde_json::from_str::<Value>(text).unwrap();
    let neighbours = [
        ("json-schema:///run.json", include_str!("../schemas/run.json")),
        (
            "json-schema:///summary.json",
            include_str!("../schemas/summary.json"),
        ),
        (
            "json-schema:///machines.json",
            include_str!("../schemas/machines.json"),
        ),
    ];
    let registry =
        neighbours.iter().fold(Registry::new(), |all, (name, text)| {
            all.add(*name, parsed(text)).unwrap()
        });
    jsonschema::options()
        .with_registry(&registry.prepare().unwrap())
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
    let mut machines = two_rounds();
    machines.trials[0].outcome =
        CellOutcome::Failed { reason: "why".to_owned() };
    for trial in &mut machines.trials {
        if let CellOutcome::Measured(parts) = &mut trial.outcome
            && trial.cell == 1
        {
            (parts.requests, parts.distinct, parts.collected) = (7, 6, 5);
            parts.peak_in_flight = 99;
        }
    }
    let document = json!(machines);
    assert_exact(include_str!("../schemas/machines.json"), &document);
    assert_eq!(serde_json::from_value::<Machines>(document).unwrap(), machines);

    let summary = summarise_machines(&machines);
    assert_eq!(summary.rows[1].found.len(), 4);
    let document = json!(summary);
    assert_exact(include_str!("../schemas/machines-summary.json"), &document);
    let again: MachinesSummary = serde_json::from_value(document).unwrap();
    assert_eq!(again, summary);

    // Nothing is known yet.
    let cells = vec![cell(Act::Backlog, 1, 2)];
    let begun = Machines { end: None, ..run(cells, Vec::new()) };
    assert_exact(include_str!("../schemas/machines.json"), &json!(begun));
    assert_exact(
        include_str!("../schemas/machines-summary.json"),
        &json!(summarise_machines(&begun)),
    );
}
