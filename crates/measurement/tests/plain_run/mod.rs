//! The shape of a plain run: the acts that end in verdicts, the trials that
//! these are made of, and all of the verdicts.

use measurement::MILLISECOND;
use measurement::compare::{Comparison, Verdict};
use measurement::order::twin;
use measurement::record::{Act, Samples, Trial};
use measurement::summary::Summary;
use measurement::waits::Waits;

use crate::example::{measured, trial};

/// Those of the lessons come first, of them the third is the reference.
pub(crate) const STRATEGIES: [&str; 6] = [
    "threads",
    "scoped-threads",
    "worker-pool",
    "async-tasks",
    "pool-by-hand",
    "tasks-by-hand",
];
const REFERENCE: usize = 2;

/// An act: its rounds; and its batches, each with its level and so many of the
/// strategies.
type Shape = (Act, u32, &'static [(usize, usize)]);

pub(crate) const ACTS: [Shape; 3] = [
    (Act::Uneven, 6, &[(8, 4)]),
    (Act::NoWaits, 9, &[(64, 6)]),
    (Act::Sweep, 9, &[(8, 4), (64, 6)]),
];

/// Makespans and CPU times of three, of five, of three and of five beside the
/// reference; and twice the CPU time of the pair by hand.
const VERDICTS: usize = 2 * (3 + 5 + 3 + 5) + 2;

/// One trial of a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) act: Act,
    pub(crate) level: usize,
    /// Its place in [`STRATEGIES`].
    pub(crate) strategy: usize,
    pub(crate) twin: bool,
}

/// The cells of a round, twins last.
pub(crate) fn cells((act, _, batches): Shape, round: u32) -> Vec<Cell> {
    let cell = |level, strategy, twin| Cell { act, level, strategy, twin };
    let own = batches.iter().flat_map(|&(level, strategies)| {
        (0..strategies).map(move |strategy| cell(level, strategy, false))
    });
    let twins = batches.iter().map(|&(level, strategies)| {
        let others = (0..strategies).filter(|place| *place != REFERENCE);
        let others: Vec<usize> = others.collect();
        let turn = twin(round, others.len());
        let strategy = turn.map_or(REFERENCE, |turn| others[turn]);
        cell(level, strategy, true)
    });
    own.chain(twins).collect()
}

/// A trial of that cell. Both times are in parts of what is usual.
pub(crate) fn made(number: u32, round: u32, cell: Cell, times: Times) -> Trial {
    let mut trial = trial(number, STRATEGIES[cell.strategy], 0);
    (trial.act, trial.level) = (cell.act, cell.level);
    (trial.round, trial.aa_twin) = (round, cell.twin);
    trial.spec.concurrency = cell.level;
    trial.spec.requests = cell.level;
    trial.spec.waits = match cell.act {
        Act::NoWaits => Waits::None,
        Act::Uneven => Waits::Uneven,
        _ => Waits::Fixed(20 * MILLISECOND),
    };
    let measured = measured(&mut trial);
    measured.makespan_ns = (165e6 * times.makespan) as u64;
    measured.cost.user_ns = Some((20e6 * times.cpu) as u64);
    measured.cost.system_ns = Some(0);
    measured.server.cpu_ns = Some(0);
    measured.samples = Samples::default();
    trial
}

/// What a trial took, in parts of what is usual.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Times {
    pub(crate) makespan: f64,
    pub(crate) cpu: f64,
}

/// Everything that a plain run may call a difference, and of whom: no more
/// than what is named beforehand.
pub(crate) fn comparisons(summary: &Summary) -> Vec<(&str, &Comparison)> {
    let batches = summary.batches.iter();
    let by_hand = batches
        .clone()
        .filter_map(|batch| Some((STRATEGIES[5], batch.by_hand_cpu.as_ref()?)));
    let of_rows = batches.flat_map(|batch| &batch.rows).flat_map(|row| {
        let both = [&row.ratio, &row.cpu_ratio].into_iter().flatten();
        both.map(|comparison| (row.strategy.as_str(), comparison))
    });
    let all = of_rows.chain(by_hand);
    let all = all.filter(|(_, comparison)| comparison.verdict.is_some());
    let all: Vec<(&str, &Comparison)> = all.collect();
    assert_eq!(all.len(), VERDICTS);
    all
}

pub(crate) fn differs(comparison: &Comparison) -> bool {
    comparison.verdict == Some(Verdict::Differs)
}
