//! Machines of which the truth is known: how often a plain run calls a
//! difference what is none, and how often it finds one that is there.
//!
//! Trials go the way of real ones: all acts that end in verdicts, with their
//! rounds in random order and their twins, and [`summarise`].

#[expect(dead_code, reason = "nothing fails or is flagged here")]
mod example;
mod plain_run;

use measurement::compare::Comparison;
use measurement::order::{SplitMix64, shuffled};
use measurement::record::{Act, Trial};
use measurement::summary::{Summary, summarise};

use plain_run::{ACTS, Cell, STRATEGIES, Times};
use plain_run::{cells, comparisons, differs, made};

const RUNS: u32 = 400;
/// The tasks, those by hand too.
const DIFFERENT: [&str; 2] = ["async-tasks", "tasks-by-hand"];

/// What a machine does to the time of a trial, as fractions of it.
#[derive(Clone, Copy)]
struct Machine {
    /// Standard deviation of what is different in each trial.
    noise: f64,
    /// How many times that, strategy by strategy.
    unequal: [f64; 6],
    /// Standard deviation of a step of the drift, of which 95 % stay.
    drift: f64,
    /// Chance that a trial takes 30 % longer.
    spikes: f64,
    /// Chance that after a trial the next ten take 10 % longer.
    steal: f64,
}

const STEADY: Machine = Machine {
    noise: 0.02,
    unequal: [1.0; 6],
    drift: 0.0,
    spikes: 0.0,
    steal: 0.0,
};
const DRIFTING: Machine = Machine { noise: 0.01, drift: 0.02, ..STEADY };
const DRIFTING_AND_NOISY: Machine = Machine { drift: 0.02, ..STEADY };
const SPIKY: Machine = Machine { spikes: 0.01, ..STEADY };
const ROBBED: Machine = Machine { steal: 0.02, ..STEADY };
const ALL_AT_ONCE: Machine =
    Machine { drift: 0.02, spikes: 0.01, steal: 0.02, ..STEADY };

const BY_HAND: Machine =
    Machine { unequal: [1.0, 1.0, 1.0, 1.0, 3.0, 3.0], ..STEADY };
const TASKS: Machine =
    Machine { unequal: [1.0, 1.0, 1.0, 3.0, 1.0, 3.0], ..STEADY };
const THREADS: Machine =
    Machine { unequal: [3.0, 3.0, 1.0, 1.0, 1.0, 1.0], ..STEADY };
const REFERENCE: Machine =
    Machine { unequal: [1.0, 1.0, 3.0, 1.0, 1.0, 1.0], ..STEADY };
const ALL_OTHERS: Machine =
    Machine { unequal: [3.0, 3.0, 1.0, 3.0, 3.0, 3.0], ..STEADY };
const BY_DEGREES: Machine =
    Machine { unequal: [2.0, 1.5, 1.0, 2.5, 3.0, 3.0], ..STEADY };
const EVERYTHING: Machine =
    Machine { unequal: ALL_OTHERS.unequal, ..ALL_AT_ONCE };

/// A machine under way.
struct Running {
    machine: Machine,
    random: SplitMix64,
    drift: f64,
    robbed: u32,
}

impl Running {
    /// What the next trial takes, of that strategy.
    fn next(&mut self, strategy: usize) -> Times {
        let machine = self.machine;
        self.drift = 0.95 * self.drift + machine.drift * self.normal();
        let noise = machine.noise * machine.unequal[strategy];
        let spike = if self.uniform() < machine.spikes { 0.3 } else { 0.0 };
        self.robbed = match self.robbed.checked_sub(1) {
            Some(left) => left,
            None if self.uniform() < machine.steal => 10,
            None => 0,
        };
        let stolen = if self.robbed > 0 { 0.1 } else { 0.0 };
        let mut time = || {
            let own = noise * self.normal();
            (self.drift + own).exp() * (1.0 + spike + stolen)
        };
        Times { makespan: time(), cpu: time() }
    }

    fn uniform(&mut self) -> f64 {
        (self.random.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Box and Muller.
    fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.uniform()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.uniform()).cos()
    }
}

/// What is only described: so many rounds of the lessons at these levels, with
/// no twins and so without a verdict.
const DESCRIBED: [(Act, u32, &[usize]); 2] =
    [(Act::Uneven, 3, &[16, 48]), (Act::NoWaits, 3, &[2, 8, 256])];

/// The lessons are the first of the strategies.
const LESSONS: usize = 4;

fn described(act: Act, round: u32) -> Vec<Cell> {
    let of_act = DESCRIBED.into_iter().filter(|own| own.0 == act);
    let of_round = of_act.filter(|(_, rounds, _)| round < *rounds);
    let levels = of_round.flat_map(|(_, _, levels)| levels.iter().copied());
    let of_level = |level| {
        let cell = move |strategy| Cell { act, level, strategy, twin: false };
        (0..LESSONS).map(cell)
    };
    levels.flat_map(of_level).collect()
}

/// In which order the trials are made.
#[derive(Clone, Copy)]
enum Order {
    /// Every round holds every cell once, shuffled.
    Interleaved,
    /// All trials of a cell one after another, the cells shuffled.
    Blocked,
}

/// Rounds and cells in the order of their trials.
fn course(order: Order, seed: u64) -> Vec<(u32, Cell)> {
    let of_act = |act| {
        let (name, rounds, _) = act;
        let of_round = move |round| {
            let described = described(name, round);
            let cells = [cells(act, round), described].concat();
            let order = shuffled(cells.len(), seed, round);
            order.into_iter().map(move |i| (round, cells[i]))
        };
        (0..rounds).flat_map(of_round)
    };
    let mut course: Vec<(u32, Cell)> =
        ACTS.into_iter().flat_map(of_act).collect();
    if let Order::Blocked = order {
        let places = shuffled(4 * STRATEGIES.len(), seed, 0);
        course.sort_by_key(|(_, cell)| {
            let twin = usize::from(cell.twin);
            (cell.act, cell.level, places[2 * cell.strategy + twin])
        });
    }
    course
}

/// A run on this machine, in which the tasks really take so many times as long
/// as the others.
fn run(machine: Machine, order: Order, seed: u32, slower: f64) -> Summary {
    let seed = u64::from(seed);
    let random = SplitMix64::new(seed ^ 0x5eed);
    let mut running = Running { machine, random, drift: 0.0, robbed: 0 };
    // A machine drifts before anybody looks.
    for _ in 0..100 {
        running.next(0);
    }
    let trials: Vec<Trial> = (0..)
        .zip(course(order, seed))
        .map(|(number, (round, cell))| {
            let strategy = STRATEGIES[cell.strategy];
            let differs = DIFFERENT.contains(&strategy);
            let truth = if differs { slower } else { 1.0 };
            let Times { makespan, cpu } = running.next(cell.strategy);
            let times = Times { makespan: makespan * truth, cpu: cpu * truth };
            made(number, round, cell, times)
        })
        .collect();
    summarise("simulated", &trials, &STRATEGIES)
}

/// By the interval alone, as if there were no twins.
fn leaves_out_one(comparison: &Comparison) -> bool {
    let interval = comparison.ratio.interval.unwrap();
    interval.low > 1.0 || interval.high < 1.0
}

/// Of runs of identical strategies, the share in which any comparison is
/// called a difference, and the share in which any interval leaves out 1.
fn false_shares(machine: Machine, order: Order) -> (f64, f64) {
    let (mut called, mut alone) = (0, 0);
    for seed in 0..RUNS {
        let summary = run(machine, order, seed, 1.0);
        let all = comparisons(&summary);
        called += u32::from(all.iter().any(|(_, c)| differs(c)));
        alone += u32::from(all.iter().any(|(_, c)| leaves_out_one(c)));
    }
    (share(called, RUNS), share(alone, RUNS))
}

/// The share of comparisons that find those that take a tenth more.
fn found_share(machine: Machine) -> f64 {
    let (mut found, mut there) = (0, 0);
    for seed in 0..RUNS / 5 {
        let summary = run(machine, Order::Interleaved, seed, 1.1);
        for (name, comparison) in comparisons(&summary) {
            let different = DIFFERENT.contains(&name);
            there += u32::from(different);
            found += u32::from(different && differs(comparison));
        }
    }
    share(found, there)
}

fn share(of: u32, all: u32) -> f64 {
    f64::from(of) / f64::from(all)
}

/// No comparison of a run may be wrong in more than this share of runs.
fn assert_believable(name: &str, machine: Machine) {
    let (called, alone) = false_shares(machine, Order::Interleaved);
    assert!(called <= 0.05, "{name}: {called}");
    // By the interval alone every second run would tell of a
    // difference.
    assert!(alone > 0.4, "{name}: {alone}");
}

/// Measured: none of 500; by the interval alone 70 %.
#[test]
fn a_steady_machine_shows_no_difference_that_is_none() {
    assert_believable("steady", STEADY);
}

/// Measured: 0.6 % with 1 % noise, 1.8 % with 2 %.
#[test]
fn a_drifting_machine_shows_no_difference_that_is_none() {
    assert_believable("drifting", DRIFTING);
    assert_believable("drifting and noisy", DRIFTING_AND_NOISY);
}

/// Measured: none of 500.
#[test]
fn spikes_show_no_difference_that_is_none() {
    assert_believable("spiky", SPIKY);
}

/// Measured: none of 500, and 0.2 % with drift and spikes besides.
#[test]
fn stolen_time_shows_no_difference_that_is_none() {
    assert_believable("robbed", ROBBED);
    assert_believable("all at once", ALL_AT_ONCE);
}

/// Three times as noisy as the others. Measured: 1.4 to 4.6 %; 4.2 % where it
/// is the reference, which is in every comparison. Of 3,000 runs it is 3.8 %
/// where tasks are so noisy, and 2.9 % where the reference is.
#[test]
fn unequal_noise_shows_no_difference_that_is_none() {
    for (name, machine) in [
        ("by hand", BY_HAND),
        ("tasks", TASKS),
        ("threads", THREADS),
        ("the reference", REFERENCE),
        ("all but the reference", ALL_OTHERS),
        ("by degrees", BY_DEGREES),
        ("everything", EVERYTHING),
    ] {
        assert_believable(name, machine);
    }
}

/// Measured: 98 %. Elsewhere a tenth is found less often, which is the price:
/// 96 % among spikes, 86 % under drift, 71 % with more noise besides, 80 %
/// where time is stolen, 52 % with all at once; and where the noise of tasks is
/// three times as large, 60 %.
#[test]
fn a_tenth_more_is_found_under_the_noise_of_a_steady_machine() {
    let found = found_share(STEADY);
    assert!(found >= 0.9, "{found}");
}

/// Why rounds are interleaved. Measured: 89 % of the runs, against 0.6 %. The
/// twins do not help: they are as far apart in
/// time as any other two, or by chance close together, and then they promise
/// too much.
#[test]
fn one_strategy_after_another_takes_drift_for_a_difference() {
    let (called, _) = false_shares(DRIFTING, Order::Blocked);
    assert!(called > 0.5, "{called}");
}
