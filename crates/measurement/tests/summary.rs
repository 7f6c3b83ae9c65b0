//! The numbers of a run, from trials made by hand.

#[expect(dead_code, reason = "no program is witnessed here")]
mod example;

use example::{check, failed, flag, measured, trial};
use measurement::MILLISECOND;
use measurement::record::{Act, Cost, MOST_REQUESTS, Trial};
use measurement::summary::{Batch, Row, Step, Trust, summarise};
use measurement::waits::Waits;

const LESSONS: [&str; 5] =
    ["sequential", "threads", "scoped-threads", "worker-pool", "async-tasks"];

fn only_batch(trials: &[Trial]) -> Batch {
    let mut batches = summarise("run", trials, &LESSONS).batches;
    assert_eq!(batches.len(), 1);
    batches.remove(0)
}

fn only_row(trials: &[Trial]) -> Row {
    let mut rows = only_batch(trials).rows;
    assert_eq!(rows.len(), 1);
    rows.remove(0)
}

fn trust(trials: &[Trial]) -> Trust {
    summarise("run", trials, &LESSONS).trust
}

/// One trial for each of these makespans.
fn of_makespans<const N: usize>(makespans_ms: [u64; N]) -> Vec<Trial> {
    (0..)
        .zip(makespans_ms)
        .map(|(number, ms)| trial(number, "worker-pool", ms))
        .collect()
}

#[test]
fn rows_are_in_the_order_of_the_lessons_and_the_python_lanes_follow() {
    let strategies = [
        "python-threads",
        "async-tasks",
        "python-sequential",
        "sequential",
        "worker-pool",
        "threads",
        "async-tasks",
    ];
    let trials: Vec<Trial> =
        (0..).zip(strategies).map(|(n, name)| trial(n, name, 31)).collect();
    let batch = only_batch(&trials);
    let rows: Vec<(&str, usize)> =
        batch.rows.iter().map(|r| (r.strategy.as_str(), r.trials)).collect();
    assert_eq!(
        rows,
        [
            ("sequential", 1),
            ("threads", 1),
            ("worker-pool", 1),
            ("async-tasks", 2),
            ("python-sequential", 1),
            ("python-threads", 1),
        ]
    );
}

#[test]
fn a_batch_tells_what_was_asked_for_and_what_arithmetic_allows() {
    let batch = only_batch(&of_makespans([31]));
    assert_eq!((batch.act, batch.concurrency), (Act::Sweep, 2));
    assert_eq!((batch.requests, batch.waits), (6, Waits::Fixed(10_000_000)));
    assert_eq!(batch.bound_ns, 30 * MILLISECOND);
    assert_eq!(batch.sequential_ns, 60 * MILLISECOND);
}

#[test]
fn trials_that_cannot_be_compared_are_in_batches_of_their_own() {
    let mut trials = of_makespans([31; 6]);
    trials[1].level = 1;
    trials[2].spec.requests = 5;
    trials[3].act = Act::Book;
    trials[4].spec.waits = Waits::Fixed(1);
    // What a strategy makes of the level is its own affair.
    trials[5].spec.concurrency = 1;
    let batches = summarise("run", &trials, &LESSONS).batches;
    let of = |batch: &Batch| {
        let trials: usize = batch.rows.iter().map(|row| row.trials).sum();
        (batch.act, batch.concurrency, batch.requests, trials)
    };
    assert_eq!(
        batches.iter().map(of).collect::<Vec<_>>(),
        [
            (Act::Book, 2, 6, 1),
            (Act::Sweep, 1, 6, 1),
            (Act::Sweep, 2, 5, 1),
            (Act::Sweep, 2, 6, 1),
            (Act::Sweep, 2, 6, 2),
        ]
    );
}

#[test]
fn a_row_gives_the_medians_of_its_trials() {
    let row = only_row(&of_makespans([40, 31, 60]));
    assert_eq!((row.strategy.as_str(), row.valid), ("worker-pool", 3));
    let makespan = row.makespan_ns.unwrap();
    assert_eq!((makespan.n, makespan.interval), (3, None));
    assert_eq!(
        (makespan.min, makespan.median, makespan.max),
        (31e6, 40e6, 60e6)
    );
    assert_eq!(row.efficiency.unwrap().median, 0.75);
    assert_eq!(row.peak_in_flight, Some((2, 2)));
    assert_eq!(row.mean_in_flight, Some(60.0 / 32.0));
    // 3 ms of the client and 0.7 ms of the server, of six pings.
    assert_eq!(row.cpu_per_request_ns.unwrap().median, 3.7e6 / 6.0);
    assert_eq!(row.client_cpu_per_request_ns.unwrap().median, 500_000.0);
    assert_eq!(row.server_cpu_per_request_ns.unwrap().median, 0.7e6 / 6.0);
    assert_eq!(row.peak_rss_bytes.unwrap().median, f64::from(5 << 20));
    assert_eq!(row.threads, Some(3.0));
}

#[test]
fn six_trials_have_an_interval() {
    let row = only_row(&of_makespans([31, 32, 33, 34, 35, 36]));
    let interval = row.makespan_ns.unwrap().interval.unwrap();
    assert_eq!((interval.low, interval.high), (31e6, 36e6));
}

#[test]
fn the_median_trial_is_drawn_and_of_two_the_faster() {
    let drawn = |trials: &[Trial]| only_row(trials).median_trial;
    assert_eq!(drawn(&of_makespans([40, 31, 60])), Some(0));
    assert_eq!(drawn(&of_makespans([60, 31, 50, 40])), Some(3));
    assert_eq!(drawn(&of_makespans([31])), Some(0));
}

#[test]
fn each_strategy_is_held_against_the_formula_of_its_own_way_of_sharing() {
    let mut trials: Vec<Trial> = (0..)
        .zip(LESSONS.into_iter().chain(["python-sequential", "something-else"]))
        .map(|(number, name)| trial(number, name, 500))
        .collect();
    for trial in &mut trials {
        (trial.level, trial.spec.concurrency) = (8, 8);
        (trial.spec.requests, trial.spec.waits) = (48, Waits::Uneven);
    }
    let batch = only_batch(&trials);
    let models: Vec<Option<u64>> =
        batch.rows.iter().map(|row| row.model_ns).collect();
    let [sequential, waves, shares, queue, same_queue, python, unknown] =
        models[..]
    else {
        panic!("{models:?}")
    };
    assert_eq!(sequential, Some(batch.sequential_ns));
    assert!(sequential > waves && waves > shares && shares > queue);
    assert!(queue >= Some(batch.bound_ns));
    assert_eq!((same_queue, python), (queue, sequential));
    assert_eq!(unknown, None);
}

#[test]
fn one_after_another_is_held_against_its_own_bound() {
    let mut trial = trial(0, "sequential", 75);
    trial.spec.concurrency = 1;
    let batch = only_batch(&[trial]);
    assert_eq!(batch.bound_ns, 30 * MILLISECOND);
    assert_eq!(batch.rows[0].efficiency.as_ref().unwrap().median, 0.8);
}

#[test]
fn void_trials_are_counted_and_left_out() {
    let mut trials = of_makespans([40, 31, 60, 50]);
    let void = measured(&mut trials[1]);
    void.checks.push(check("each-once", false));
    void.server.peak_in_flight = 9;
    trials[2] = failed(trials[2].clone(), "killed by signal 9");
    let row = only_row(&trials);
    assert_eq!((row.trials, row.valid), (4, 2));
    assert_eq!(row.makespan_ns.unwrap().min, 40e6);
    assert_eq!(row.peak_in_flight, Some((2, 2)));
    assert_eq!(row.median_trial, Some(0));
}

#[test]
fn without_a_trial_that_counts_there_is_a_row_without_numbers() {
    let row = only_row(&[failed(trial(3, "worker-pool", 31), "hung")]);
    assert_eq!((row.trials, row.valid), (1, 0));
    assert_eq!((row.makespan_ns, row.efficiency), (None, None));
    assert_eq!((row.peak_in_flight, row.mean_in_flight), (None, None));
    assert_eq!((row.cpu_per_request_ns, row.threads), (None, None));
    assert_eq!((row.peak_rss_bytes, row.median_trial), (None, None));
    assert_eq!(row.model_ns, Some(30 * MILLISECOND));
}

#[test]
fn what_the_system_did_not_tell_is_not_made_up() {
    let mut trials = of_makespans([31, 32]);
    for trial in &mut trials {
        measured(trial).cost = Cost::default();
    }
    let row = only_row(&trials);
    assert_eq!((row.cpu_per_request_ns, row.peak_rss_bytes), (None, None));
    assert_eq!((row.threads, row.valid), (None, 2));
}

#[test]
fn trust_counts_what_speaks_for_the_numbers() {
    let mut trials = of_makespans([31; 5]);
    measured(&mut trials[0]).flags.push(flag("dialled"));
    let lossy = measured(&mut trials[1]);
    (lossy.server.requests, lossy.server.distinct) = (5, 4);
    lossy.server.duplicates = 1;
    lossy.checks[0] = check("answered", false);
    lossy.checks[1] = check("bodies", false);
    measured(&mut trials[2]).server.peak_in_flight = 1;
    trials[3] = failed(trials[3].clone(), "hung");
    assert_eq!(
        trust(&trials),
        Trust {
            trials: 5,
            measured: 4,
            valid: 3,
            sent: 24,
            seen: 23,
            duplicates: 1,
            lost: 2,
            with_waits: 4,
            peak_as_asked: 3,
            flagged: 1,
            flags: [("dialled".to_owned(), 1)].into(),
            disturbed: 0,
            at_limits: 0,
            problems: vec![
                (1, "answered: 5 of 6".to_owned()),
                (1, "bodies: 5 of 6".to_owned()),
                (3, "hung".to_owned()),
            ],
            end: None,
            torn: false,
            course: [0, 2, 4]
                .map(|trial| Step { trial, ratio: 1.0, disturbed: false })
                .into(),
        }
    );
}

#[test]
fn a_batch_smaller_than_its_level_peaks_at_its_length() {
    let mut small = trial(0, "threads", 31);
    small.spec.concurrency = 100;
    measured(&mut small).server.peak_in_flight = 6;
    assert_eq!(trust(&[small]).peak_as_asked, 1);
}

#[test]
fn no_trials_make_an_empty_summary() {
    let summary = summarise("run", &[], &LESSONS);
    assert_eq!((summary.run_id.as_str(), summary.schema_version), ("run", 5));
    assert!(summary.batches.is_empty());
    assert_eq!(summary.trust, Trust::default());
}

#[test]
fn a_makespan_of_nothing_has_no_efficiency() {
    let row = only_row(&of_makespans([0, 40]));
    assert_eq!(row.makespan_ns.unwrap().median, 20e6);
    let efficiency = row.efficiency.unwrap();
    assert_eq!((efficiency.n, efficiency.median), (1, 0.75));
}

#[test]
fn no_pings_have_no_cost_each() {
    let mut empty = trial(0, "worker-pool", 31);
    (empty.level, empty.spec.concurrency, empty.spec.requests) = (0, 0, 0);
    measured(&mut empty).samples = Default::default();
    let batch = only_batch(&[empty]);
    assert_eq!((batch.bound_ns, batch.sequential_ns), (0, 0));
    assert_eq!(batch.rows[0].cpu_per_request_ns, None);
    assert_eq!(batch.rows[0].model_ns, Some(0));
}

#[test]
fn a_record_that_cannot_be_is_named_and_left_out() {
    let mut impossible = trial(4, "worker-pool", 31);
    impossible.spec.requests = MOST_REQUESTS + 1;
    let summary = summarise("run", &[impossible], &LESSONS);
    assert!(summary.batches.is_empty());
    assert_eq!((summary.trust.trials, summary.trust.measured), (1, 0));
    assert_eq!(
        summary.trust.problems,
        [(4, "no trial has 1048577 pings".to_owned())]
    );
}

/// A plain run has the pair by hand at one level, for what a ping costs there.
#[test]
fn the_pair_by_hand_is_told_of_levels_only_where_it_is_at_all_of_them() {
    let at = |number, name: &str, level| {
        let mut trial = trial(number, name, 31);
        (trial.act, trial.level) = (Act::Sweep, level);
        trial
    };
    let told = |trials: &[Trial], name: &str| {
        summarise("run", trials, &LESSONS).is_over_levels(name)
    };
    let mut trials = vec![
        at(0, "sequential", 1),
        at(1, "worker-pool", 8),
        at(2, "worker-pool", 64),
        at(3, "pool-by-hand", 64),
    ];
    assert!(!told(&trials, "pool-by-hand"));
    assert!(told(&trials, "worker-pool") && told(&trials, "sequential"));
    trials.push(at(4, "pool-by-hand", 8));
    assert!(told(&trials, "pool-by-hand"));
}
