//! What a row says beside its medians: speed-up, comparisons, notes, and the
//! clients' control pair.

#[expect(dead_code, reason = "nothing fails here")]
mod example;

use example::{flag, measured, trial};
use measurement::MILLISECOND;
use measurement::compare::{Noise, Verdict};
use measurement::record::{Act, Trial};
use measurement::summary::{Batch, Note, Row, Summary, summarise};
use measurement::waits::Waits;

const LESSONS: [&str; 5] =
    ["sequential", "threads", "scoped-threads", "worker-pool", "async-tasks"];

fn summary(trials: &[Trial]) -> Summary {
    summarise("run", trials, &LESSONS)
}

fn at_level(trials: &[Trial], level: usize) -> Batch {
    let batches = summary(trials).batches;
    batches.into_iter().find(|batch| batch.concurrency == level).unwrap()
}

fn row_of<'a>(batch: &'a Batch, strategy: &str) -> &'a Row {
    batch.rows.iter().find(|row| row.strategy == strategy).unwrap()
}

fn in_round(round: u32, strategy: &str, makespan_ms: u64) -> Trial {
    trial(round, strategy, makespan_ms)
}

/// Sequential pings of a round, in a batch of their own at level 1.
fn sequential(round: u32, makespan_ms: u64) -> Trial {
    let mut trial = in_round(round, "sequential", makespan_ms);
    (trial.level, trial.spec.concurrency) = (1, 1);
    (trial.spec.requests, trial.spec.statuses) = (3, vec![200]);
    trial
}

fn twin(round: u32, strategy: &str, makespan_ms: u64) -> Trial {
    Trial { aa_twin: true, ..in_round(round, strategy, makespan_ms) }
}

fn with_cpu(mut trial: Trial, cpu_ms: u64) -> Trial {
    let cost = &mut measured(&mut trial).cost;
    cost.user_ns = Some(cpu_ms * MILLISECOND);
    cost.system_ns = Some(0);
    trial
}

#[test]
fn the_speed_up_is_over_the_first_and_the_last_of_its_own_round() {
    // 6 pings in 40 ms are 150 a second. One by one: 75 and 25 a second in
    // the first round, so 50 on the average; 30 in the second.
    let trials = [
        sequential(0, 40),
        in_round(0, "worker-pool", 40),
        sequential(0, 120),
        sequential(1, 100),
        in_round(1, "worker-pool", 40),
    ];
    let batch = at_level(&trials, 2);
    let speed_up = row_of(&batch, "worker-pool").speed_up.clone().unwrap();
    assert_eq!(speed_up.values, [3.0, 5.0]);
}

#[test]
fn without_sequential_pings_it_is_over_the_waits_in_turn() {
    let mut void = sequential(0, 1);
    measured(&mut void).checks[0].ok = false;
    let mut elsewhere = sequential(0, 1);
    elsewhere.act = Act::NoWaits;
    let trials =
        [void, sequential(1, 1), elsewhere, in_round(0, "worker-pool", 40)];
    let speed_up =
        row_of(&at_level(&trials, 2), "worker-pool").speed_up.clone();
    assert_eq!(speed_up.unwrap().values, [60.0 / 40.0]);
}

#[test]
fn without_waits_and_sequential_pings_there_is_no_speed_up() {
    let mut alone = in_round(0, "worker-pool", 40);
    alone.spec.waits = Waits::None;
    assert_eq!(row_of(&at_level(&[alone], 2), "worker-pool").speed_up, None);
}

#[test]
fn equal_waits_are_as_long_as_the_server_held_them_one_by_one() {
    let mut slow = sequential(0, 40);
    measured(&mut slow).hold_ns = Some(12 * MILLISECOND);
    // Its own lateness under load does not flatter it.
    let mut starved = in_round(0, "worker-pool", 48);
    measured(&mut starved).hold_ns = Some(16 * MILLISECOND);
    let batch = at_level(&[slow, starved], 2);
    let row = row_of(&batch, "worker-pool");
    assert_eq!(row.efficiency.as_ref().unwrap().median, 36.0 / 48.0);
    // 12 ms beyond, two slots, six pings.
    assert_eq!(row.overhead_ns.as_ref().unwrap().median, 4e6);
    assert_eq!(batch.bound_ns, 30 * MILLISECOND);
}

#[test]
fn a_twin_is_in_no_row_and_makes_the_floor() {
    let trials: Vec<Trial> = (0..6)
        .flat_map(|round| {
            [
                in_round(round, "threads", 120),
                in_round(round, "worker-pool", 100),
                twin(round, "worker-pool", 104),
            ]
        })
        .collect();
    let batch = at_level(&trials, 2);
    let pool = row_of(&batch, "worker-pool");
    assert_eq!((pool.trials, pool.valid), (6, 6));
    assert_eq!(pool.makespan_ns.as_ref().unwrap().max, 100e6);
    assert_eq!(pool.ratio, None);
    let twins = batch.twins.as_ref().unwrap();
    assert_eq!(twins.strategy, "worker-pool");
    assert_eq!(twins.ratio.values, [1.04; 6]);
    assert_eq!(twins.noise, Noise::Quiet);
    let ratio = row_of(&batch, "threads").ratio.clone().unwrap();
    assert_eq!(ratio.verdict, Some(Verdict::Differs));
    assert_eq!(ratio.ratio.values, [1.2; 6]);
}

#[test]
fn ratios_are_taken_round_by_round_whatever_the_order_of_the_files() {
    let mut trials: Vec<Trial> = (0..6)
        .flat_map(|round| {
            let slow = 100 << round;
            [
                in_round(round, "worker-pool", slow),
                in_round(round, "async-tasks", slow * 2),
            ]
        })
        .collect();
    trials.rotate_left(5);
    // A round of which one is missing has no ratio.
    trials.retain(|t| t.round != 3 || t.spec.strategy == "worker-pool");
    let batch = at_level(&trials, 2);
    assert_eq!(batch.reference.as_deref(), Some("worker-pool"));
    let comparison = row_of(&batch, "async-tasks").ratio.clone().unwrap();
    assert_eq!(comparison.ratio.values, [2.0; 5]);
    assert_eq!(comparison.verdict, None, "no twins ran");
}

#[test]
fn a_batch_of_one_concurrent_strategy_has_no_reference() {
    let alone = [in_round(0, "sequential", 60), in_round(0, "threads", 40)];
    assert_eq!(at_level(&alone, 2).reference, None);
    let [one, other] = alone;
    let without_pool = [one, other, in_round(0, "async-tasks", 40)];
    let reference = at_level(&without_pool, 2).reference;
    assert_eq!(reference.as_deref(), Some("threads"));
}

#[test]
fn cpu_time_has_ratios_and_twins_of_its_own() {
    let trials: Vec<Trial> = (0..6)
        .flat_map(|round| {
            [
                with_cpu(in_round(round, "async-tasks", 100), 30),
                with_cpu(in_round(round, "worker-pool", 100), 20),
                with_cpu(twin(round, "worker-pool", 100), 21),
            ]
        })
        .collect();
    let batch = at_level(&trials, 2);
    let twins = batch.cpu_twins.as_ref().unwrap();
    assert_eq!(twins.ratio.values, [1.05; 6]);
    let tasks = row_of(&batch, "async-tasks");
    let cpu = tasks.cpu_ratio.clone().unwrap();
    assert_eq!(cpu.ratio.values, [1.5; 6]);
    assert_eq!(cpu.verdict, Some(Verdict::Differs));
    let makespan = tasks.ratio.clone().unwrap();
    assert_eq!(makespan.verdict, Some(Verdict::NoDifference));
    assert_eq!(batch.control_cpu, None);
}

#[test]
fn the_control_pair_is_compared_with_itself() {
    let trials: Vec<Trial> = (0..6)
        .flat_map(|round| {
            [
                with_cpu(in_round(round, "control-threads", 100), 10),
                with_cpu(in_round(round, "control-tasks", 100), 14),
                with_cpu(in_round(round, "worker-pool", 100), 20),
                with_cpu(twin(round, "worker-pool", 100), 20),
            ]
        })
        .collect();
    let control = at_level(&trials, 2).control_cpu.unwrap();
    assert_eq!(control.ratio.values, [1.4; 6]);
    assert_eq!(control.verdict, Some(Verdict::Differs));
}

fn notes(trials: &[Trial]) -> Vec<Note> {
    at_level(trials, 2).rows.remove(0).notes
}

fn of_makespans(makespans_ms: &[u64]) -> Vec<Trial> {
    let numbered = (0..).zip(makespans_ms);
    numbered.map(|(n, ms)| in_round(n, "worker-pool", *ms)).collect()
}

#[test]
fn what_is_as_it_should_be_has_no_note() {
    let steady = of_makespans(&[100, 101, 99, 102, 98, 100]);
    assert_eq!(notes(&steady), []);
    assert!(at_level(&steady, 2).rows[0].is_sound());
}

#[test]
fn more_than_a_fifth_disturbed_is_noted_and_not_sound() {
    let mut trials = of_makespans(&[100; 10]);
    for trial in &mut trials[..2] {
        measured(trial).flags.push(flag("stolen"));
    }
    measured(&mut trials[5]).flags.push(flag("dialled"));
    assert_eq!(notes(&trials), []);
    measured(&mut trials[2]).flags.push(flag("busy"));
    assert_eq!(notes(&trials), [Note::Disturbed]);
    let summary = summary(&trials);
    let row = &summary.batches[0].rows[0];
    assert_eq!((row.disturbed, row.is_sound()), (3, false));
    assert_eq!(row.makespan_ns.as_ref().unwrap().n, 10);
    assert_eq!((summary.trust.disturbed, summary.trust.flagged), (3, 4));
    assert_eq!(summary.trust.flags["busy"], 1);
    let disturbed = summary.trust.course.iter().filter(|step| step.disturbed);
    assert_eq!(disturbed.count(), 3);
}

#[test]
fn makespans_far_apart_are_unsteady() {
    assert_eq!(notes(&of_makespans(&[80, 100, 120])), [Note::Unsteady]);
}

#[test]
fn one_far_away_is_an_outlier_and_the_first_of_them_slow() {
    let off = [100, 101, 99, 100, 101, 99, 116, 99, 101, 100];
    assert_eq!(notes(&of_makespans(&off)), [Note::Outlier]);
    let slow_first = [116, 101, 99, 100, 101, 99, 100, 99, 101, 100];
    assert_eq!(notes(&of_makespans(&slow_first)), [Note::SlowFirst]);
    let two = [116, 101, 99, 100, 101, 99, 116, 99, 101, 100];
    assert_eq!(notes(&of_makespans(&two)), [Note::Outlier]);
}

/// An outlier that was fast is none that was slow.
#[test]
fn a_fast_first_trial_is_an_outlier_and_not_slow() {
    let fast_first = [84, 101, 99, 100, 101, 99, 100, 99, 101, 100];
    assert_eq!(notes(&of_makespans(&fast_first)), [Note::Outlier]);
}

/// Whatever the order in which the records were read.
#[test]
fn the_first_is_the_one_that_ran_first() {
    let mut trials =
        of_makespans(&[116, 101, 99, 100, 101, 99, 100, 99, 101, 100]);
    trials.rotate_left(4);
    assert_eq!(notes(&trials), [Note::SlowFirst]);
}

#[test]
fn less_than_five_milliseconds_are_short() {
    assert_eq!(notes(&of_makespans(&[4])), [Note::Short]);
    assert_eq!(notes(&of_makespans(&[5])), []);
}
