//! Machines of which the truth is known: how often the summary of a run calls
//! a difference what is none, and how often it finds one that is there.
//!
//! Trials go the way of real ones: records of a sweep at 8 and 64 in flight,
//! nine rounds in random order with twins and with sequential pings first and
//! last, and [`summarise`].

#[expect(dead_code, reason = "nothing fails or is flagged here")]
mod example;

use example::{measured, trial};
use measurement::MILLISECOND;
use measurement::compare::{Comparison, Verdict};
use measurement::order::{SplitMix64, shuffled};
use measurement::record::{Samples, Trial};
use measurement::summary::{Summary, summarise};
use measurement::waits::Waits;

const RUNS: u32 = 500;
const ROUNDS: u32 = 9;
const LEVELS: [usize; 2] = [8, 64];
const STRATEGIES: [&str; 4] =
    ["threads", "scoped-threads", "worker-pool", "async-tasks"];
const TWIN_OF: &str = "worker-pool";
const DIFFERENT: &str = "async-tasks";

/// What a machine does to the time of a trial, as fractions of it.
#[derive(Clone, Copy, Default)]
struct Machine {
    /// Standard deviation of what is different in each trial.
    noise: f64,
    /// Standard deviation of a step of the drift, of which 95 % stay.
    drift: f64,
    /// Chance that a trial takes 30 % longer.
    spikes: f64,
    /// Chance that after a trial the next ten take 10 % longer.
    steal: f64,
}

const STEADY: Machine =
    Machine { noise: 0.02, drift: 0.0, spikes: 0.0, steal: 0.0 };
const DRIFTING: Machine = Machine { noise: 0.01, drift: 0.02, ..STEADY };
const DRIFTING_AND_NOISY: Machine = Machine { drift: 0.02, ..STEADY };
const SPIKY: Machine = Machine { spikes: 0.01, ..STEADY };
const ROBBED: Machine = Machine { steal: 0.02, ..STEADY };
const ALL_AT_ONCE: Machine =
    Machine { noise: 0.02, drift: 0.02, spikes: 0.01, steal: 0.02 };

/// A machine under way.
struct Running {
    machine: Machine,
    random: SplitMix64,
    drift: f64,
    robbed: u32,
}

impl Running {
    /// By how much the next trial is slower than it should be.
    fn next(&mut self) -> f64 {
        let machine = self.machine;
        self.drift = 0.95 * self.drift + machine.drift * self.normal();
        let noise = machine.noise * self.normal();
        let spike = if self.uniform() < machine.spikes { 0.3 } else { 0.0 };
        self.robbed = match self.robbed.checked_sub(1) {
            Some(left) => left,
            None if self.uniform() < machine.steal => 10,
            None => 0,
        };
        let stolen = if self.robbed > 0 { 0.1 } else { 0.0 };
        (self.drift + noise).exp() * (1.0 + spike + stolen)
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

/// In which order the trials are made.
#[derive(Clone, Copy)]
enum Order {
    /// Every round holds every cell once, shuffled.
    Interleaved,
    /// All trials of a cell one after another, the cells shuffled.
    Blocked,
}

/// A level, a strategy, and whether it is the twin.
type Cell = (usize, &'static str, bool);

fn cells() -> Vec<Cell> {
    let of_level = |level| {
        let named = STRATEGIES.map(|name| (level, name, false));
        named.into_iter().chain([(level, TWIN_OF, true)])
    };
    LEVELS.into_iter().flat_map(of_level).collect()
}

/// Rounds and cells in the order of their trials.
fn course(order: Order, seed: u64) -> Vec<(u32, Cell)> {
    let cells = cells();
    let sequential = (1, "sequential", false);
    match order {
        Order::Interleaved => (0..ROUNDS)
            .flat_map(|round| {
                let shuffled = shuffled(cells.len(), seed, round);
                let between = shuffled.into_iter().map(|i| cells[i]);
                let all = [sequential].into_iter().chain(between);
                let all: Vec<Cell> = all.chain([sequential]).collect();
                all.into_iter().map(move |cell| (round, cell))
            })
            .collect(),
        Order::Blocked => shuffled(cells.len(), seed, 0)
            .into_iter()
            .map(|i| cells[i])
            .chain([sequential])
            .flat_map(|cell| (0..ROUNDS).map(move |round| (round, cell)))
            .collect(),
    }
}

/// A run on this machine, in which one strategy really takes so many times as
/// long as the others.
fn run(machine: Machine, order: Order, seed: u32, slower: f64) -> Summary {
    let seed = u64::from(seed);
    let random = SplitMix64::new(seed ^ 0x5eed);
    let mut running = Running { machine, random, drift: 0.0, robbed: 0 };
    // A machine drifts before anybody looks.
    for _ in 0..100 {
        running.next();
    }
    let trials: Vec<Trial> = (0..)
        .zip(course(order, seed))
        .map(|(number, (round, (level, strategy, twin)))| {
            let mut trial = trial(number, strategy, 0);
            (trial.round, trial.aa_twin, trial.level) = (round, twin, level);
            trial.spec.concurrency = level;
            trial.spec.requests = 8 * level;
            trial.spec.waits = Waits::Fixed(20 * MILLISECOND);
            let truth = if strategy == DIFFERENT { slower } else { 1.0 };
            let ns = 165e6 * truth * running.next();
            let cpu_ns = 20e6 * truth * running.next();
            let measured = measured(&mut trial);
            measured.makespan_ns = ns as u64;
            measured.cost.user_ns = Some(cpu_ns as u64);
            measured.cost.system_ns = Some(0);
            measured.samples = Samples::default();
            trial
        })
        .collect();
    summarise("simulated", &trials, &STRATEGIES)
}

/// All comparisons that were named beforehand: of makespans and of CPU time.
fn comparisons(summary: &Summary) -> Vec<(&str, &Comparison)> {
    let batches = summary.batches.iter();
    let rows = batches.flat_map(|batch| &batch.rows);
    let all: Vec<(&str, &Comparison)> = rows
        .flat_map(|row| {
            let both = [&row.ratio, &row.cpu_ratio].into_iter().flatten();
            both.map(|comparison| (row.strategy.as_str(), comparison))
        })
        .collect();
    assert_eq!(all.len(), LEVELS.len() * 3 * 2);
    all
}

fn differs(comparison: &Comparison) -> bool {
    comparison.verdict == Some(Verdict::Differs)
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

/// The share of comparisons that find the strategy that takes a tenth more.
fn found_share(machine: Machine) -> f64 {
    let (mut found, mut there) = (0, 0);
    for seed in 0..RUNS {
        let summary = run(machine, Order::Interleaved, seed, 1.1);
        for (name, comparison) in comparisons(&summary) {
            there += u32::from(name == DIFFERENT);
            found += u32::from(name == DIFFERENT && differs(comparison));
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
    // Twelve intervals of 96 % each: without the twins a third of all runs
    // would tell of a difference.
    assert!(alone > 0.25, "{name}: {alone}");
}

/// Measured: 2.4 %; by the interval alone 35 %.
#[test]
fn a_steady_machine_shows_no_difference_that_is_none() {
    assert_believable("steady", STEADY);
}

/// Measured: 1.6 % with 1 % noise, 2.0 % with 2 %.
#[test]
fn a_drifting_machine_shows_no_difference_that_is_none() {
    assert_believable("drifting", DRIFTING);
    assert_believable("drifting and noisy", DRIFTING_AND_NOISY);
}

/// Measured: 2.2 %.
#[test]
fn spikes_show_no_difference_that_is_none() {
    assert_believable("spiky", SPIKY);
}

/// Measured: 3.0 %, and 3.2 % with drift and spikes besides.
#[test]
fn stolen_time_shows_no_difference_that_is_none() {
    assert_believable("robbed", ROBBED);
    assert_believable("all at once", ALL_AT_ONCE);
}

/// Measured: 100 %. Elsewhere a tenth is found less often, which is the price:
/// 99 % among spikes, 86 % under drift, 79 % with more noise besides, 80 %
/// where time is stolen, 51 % with all at once.
#[test]
fn a_tenth_more_is_found_under_the_noise_of_a_steady_machine() {
    let found = found_share(STEADY);
    assert!(found >= 0.9, "{found}");
}

/// Why rounds are interleaved. Measured: 68 % of the runs, against 1.6 %. The
/// twins do not help: they are as far apart in time as any other two, or by
/// chance close together, and then they promise too much.
#[test]
fn one_strategy_after_another_takes_drift_for_a_difference() {
    let (called, _) = false_shares(DRIFTING, Order::Blocked);
    assert!(called > 0.5, "{called}");
}
