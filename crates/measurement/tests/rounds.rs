//! What is computed within a round: speed-ups, ratios, twins. And what is
//! noted of a row.

#[expect(dead_code, reason = "nothing fails here")]
mod example;

use example::{check, flag, measured, trial};
use measurement::MILLISECOND;
use measurement::compare::Verdict;
use measurement::record::{Act, Trial};
use measurement::summary::{Batch, Note, Row, summarise};
use measurement::waits::Waits;

const ORDER: [&str; 5] =
    ["sequential", "threads", "worker-pool", "pool-by-hand", "tasks-by-hand"];

fn in_round(round: u32, strategy: &str, makespan_ms: u64) -> Trial {
    Trial { round, ..trial(round, strategy, makespan_ms) }
}

/// A batch of its own at level 1, as in a sweep.
fn sequential(round: u32, makespan_ms: u64) -> Trial {
    Trial { level: 1, ..in_round(round, "sequential", makespan_ms) }
}

fn at_level_2(trials: &[Trial]) -> Batch {
    let batches = summarise("run", trials, &ORDER).batches;
    batches.into_iter().find(|batch| batch.concurrency == 2).unwrap()
}

fn row(batch: &Batch, strategy: &str) -> Row {
    let mut rows = batch.rows.iter();
    rows.find(|row| row.strategy == strategy).unwrap().clone()
}

fn of_makespans(makespans_ms: &[u64]) -> Vec<Trial> {
    let numbered = (0..).zip(makespans_ms);
    numbered.map(|(n, ms)| in_round(n, "threads", *ms)).collect()
}

fn notes(trials: &[Trial]) -> Vec<Note> {
    row(&at_level_2(trials), "threads").notes
}

fn assert_near(numbers: &[f64], expected: &[f64]) {
    assert_eq!(numbers.len(), expected.len());
    for (number, expected) in numbers.iter().zip(expected) {
        assert!((number - expected).abs() < 1e-9, "{number} {expected}");
    }
}

#[test]
fn the_first_and_the_last_sequential_trial_of_a_round_are_averaged() {
    let mut trials = vec![
        sequential(0, 60),
        in_round(0, "threads", 30),
        sequential(0, 120),
        in_round(1, "threads", 30),
        sequential(1, 90),
    ];
    let speed_up =
        |trials: &[Trial]| row(&at_level_2(trials), "threads").speed_up;
    // 6 / 60 ms and 6 / 120 ms are 6 / 80 ms on average.
    let values = speed_up(&trials).unwrap().values;
    assert_near(&values, &[80.0 / 30.0, 3.0]);
    // A void one is none.
    measured(&mut trials[2]).checks.push(check("answered", false));
    let values = speed_up(&trials).unwrap().values;
    assert_near(&values, &[2.0, 3.0]);
}

#[test]
fn without_sequential_pings_a_speed_up_is_over_what_the_waits_allow() {
    let speed_up = |trials: &[Trial]| {
        row(&at_level_2(trials), "threads").speed_up.unwrap().values
    };
    let own = in_round(0, "threads", 30);
    assert_near(&speed_up(std::slice::from_ref(&own)), &[2.0]);
    // Those of another round, act or workload are none of its own.
    let mut other =
        [sequential(1, 600), sequential(0, 600), sequential(0, 600)];
    other[1].act = Act::Uneven;
    other[2].spec.waits = Waits::Fixed(11 * MILLISECOND);
    for other in other {
        assert_near(&speed_up(&[own.clone(), other]), &[2.0]);
    }
}

#[test]
fn the_earliest_possible_end_is_of_the_waits_however_late_the_server_is() {
    let mut late = [sequential(0, 66), sequential(0, 66)];
    measured(&mut late[0]).hold_ns = Some(15 * MILLISECOND);
    measured(&mut late[1]).hold_ns = Some(19 * MILLISECOND);
    let [first, last] = late;
    let own = in_round(0, "threads", 40);
    let row = row(&at_level_2(&[first, own, last]), "threads");
    // Three turns of 10 ms; beyond them 10 ms on two lanes for six pings.
    assert_near(&row.efficiency.unwrap().values, &[0.75]);
    assert_near(&row.overhead_ns.unwrap().values, &[20e6 / 6.0]);
}

#[test]
fn twins_are_kept_out_of_rows_and_make_the_floor() {
    let mut trials = Vec::new();
    for round in 0..9 {
        trials.push(in_round(round, "worker-pool", 100));
        trials.push(in_round(round, "threads", 120));
        let twin = in_round(round, "worker-pool", 103);
        trials.push(Trial { aa_twin: true, ..twin });
    }
    let batch = at_level_2(&trials);
    let pool = row(&batch, "worker-pool");
    assert_eq!((pool.trials, pool.makespan_ns.unwrap().max), (9, 100e6));
    assert_eq!((pool.ratio, pool.cpu_ratio), (None, None));
    let twins = batch.twins.as_ref().unwrap();
    assert_eq!(
        (&twins.strategies[..], twins.ratio.n),
        (&["worker-pool".to_owned()][..], 9)
    );
    assert!((twins.floor.unwrap() - 0.03).abs() < 1e-9);
    let ratio = row(&batch, "threads").ratio.unwrap();
    assert_near(&ratio.ratio.values, &[1.2; 9]);
    assert_eq!(ratio.verdict, Some(Verdict::Differs));
}

#[test]
fn ratios_are_taken_within_rounds_that_have_both() {
    let trials = [
        in_round(0, "worker-pool", 10),
        in_round(0, "threads", 20),
        in_round(1, "threads", 90),
        in_round(2, "threads", 150),
        in_round(2, "worker-pool", 50),
    ];
    let ratio = row(&at_level_2(&trials), "threads").ratio.unwrap();
    assert_near(&ratio.ratio.values, &[2.0, 3.0]);
    assert_eq!(ratio.verdict, None);
}

#[test]
fn cpu_times_are_of_both_sides_and_the_pair_by_hand_is_compared_apart() {
    let cpu = |strategy: &str, client: u64, server: u64| {
        let mut trial = in_round(0, strategy, 31);
        let measured = measured(&mut trial);
        measured.cost.user_ns = Some(client * MILLISECOND);
        measured.cost.system_ns = Some(client * MILLISECOND);
        measured.server.cpu_ns = Some(server * MILLISECOND);
        trial
    };
    let mut trials = vec![
        cpu("worker-pool", 10, 10),
        cpu("threads", 15, 15),
        cpu("pool-by-hand", 4, 4),
        cpu("tasks-by-hand", 3, 3),
    ];
    let batch = at_level_2(&trials);
    let ratio = row(&batch, "threads").cpu_ratio.unwrap().ratio;
    assert_near(&ratio.values, &[1.5]);
    let by_hand = batch.by_hand_cpu.unwrap();
    assert_near(&by_hand.ratio.values, &[0.75]);
    // What one side saves and the other pays is nothing saved.
    trials[3] = cpu("tasks-by-hand", 3, 6);
    let by_hand = at_level_2(&trials).by_hand_cpu.unwrap();
    assert_near(&by_hand.ratio.values, &[1.0]);
    // Of one side alone nothing is told.
    measured(&mut trials[3]).server.cpu_ns = None;
    assert_eq!(at_level_2(&trials).by_hand_cpu, None);
    trials.pop();
    assert_eq!(at_level_2(&trials).by_hand_cpu, None);
}

#[test]
fn a_steady_row_has_no_note() {
    assert_eq!(notes(&of_makespans(&[30, 31, 32, 31, 30, 31, 32])), []);
}

#[test]
fn more_than_a_fifth_disturbed_is_noted() {
    let mut trials = of_makespans(&[30; 10]);
    for trial in &mut trials[..2] {
        measured(trial).flags.push(flag("busy"));
    }
    // What the client or the server did is no disturbance.
    measured(&mut trials[5]).flags.push(flag("server-late"));
    let of = |trials: &[Trial]| row(&at_level_2(trials), "threads");
    let fifth = of(&trials);
    assert_eq!((fifth.disturbed, fifth.notes.len()), (2, 0));
    measured(&mut trials[2]).flags.push(flag("stolen"));
    let more = of(&trials);
    assert_eq!(more.notes, [Note::Disturbed]);
}

#[test]
fn makespans_far_apart_are_unsteady() {
    assert_eq!(notes(&of_makespans(&[30, 40, 30, 40])), [Note::Unsteady]);
}

#[test]
fn one_far_away_is_an_outlier_and_of_the_first_a_slow_start() {
    let late = notes(&of_makespans(&[100, 101, 102, 101, 100, 118, 102]));
    assert_eq!(late, [Note::Outlier]);
    let first = notes(&of_makespans(&[118, 101, 102, 101, 100, 100, 102]));
    assert_eq!(first, [Note::SlowFirst]);
    let fast = notes(&of_makespans(&[84, 101, 102, 101, 100, 100, 102]));
    assert_eq!(fast, [Note::Outlier]);
}

/// Whatever the order in which the records were read.
#[test]
fn the_first_is_the_one_that_ran_first() {
    let mut trials = of_makespans(&[118, 101, 102, 101, 100, 100, 102]);
    trials.rotate_left(3);
    assert_eq!(notes(&trials), [Note::SlowFirst]);
}

#[test]
fn a_trial_below_five_milliseconds_is_short() {
    assert_eq!(notes(&of_makespans(&[4, 4, 4])), [Note::Short]);
    assert_eq!(notes(&of_makespans(&[5, 5, 5])), []);
}

#[test]
fn without_waits_nobody_asks_for_a_peak() {
    let mut trials = of_makespans(&[31, 31]);
    trials[1].spec.waits = Waits::None;
    measured(&mut trials[1]).server.peak_in_flight = 1;
    let trust = summarise("run", &trials, &ORDER).trust;
    assert_eq!((trust.with_waits, trust.peak_as_asked), (1, 1));
}

/// In one round some trials have processors that sleep, and some have not:
/// each is compared with its like.
#[test]
fn processors_that_were_kept_awake_are_a_batch_of_their_own() {
    let awake = |mut trial: Trial| {
        trial.spec.kept_awake = Some(true);
        trial
    };
    let trials = [
        sequential(0, 90),
        awake(sequential(0, 60)),
        in_round(0, "threads", 30),
        awake(in_round(0, "threads", 40)),
    ];
    let summary = summarise("run", &trials, &ORDER);
    let told: Vec<(usize, Option<bool>)> = (summary.batches.iter())
        .map(|batch| (batch.concurrency, batch.kept_awake))
        .collect();
    let both = [Some(true), Some(false)];
    assert_eq!(told, [1, 2].map(|c| both.map(|b| (c, b))).concat());
    for (batch, speed_up) in summary.batches[2..].iter().zip([1.5, 3.0]) {
        let row = row(batch, "threads");
        assert_near(&row.speed_up.unwrap().values, &[speed_up]);
    }
}
