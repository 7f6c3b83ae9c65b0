//! The same cell in several runs.

use serde::{Deserialize, Serialize};

use super::figure::{Figure, figure};
use super::order::in_order;
use super::verdicts::{Versus, versus};
use crate::record::Act;
use crate::statistics::Estimate;
use crate::summary::{Batch, Key, Row, Summary, ratio};
use crate::waits::Waits;

/// The same batch of pings in several runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CellBatch {
    /// Which act.
    pub act: Act,
    /// Whether the processors were kept awake; none where nobody could say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept_awake: Option<bool>,
    /// The most requests in flight at once, as asked for.
    pub concurrency: usize,
    /// Pings per trial.
    pub requests: usize,
    /// The server's waits.
    pub waits: Waits,
    /// How long the whole batch may take, ns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit_ns: Option<u64>,
    /// No way of sharing could be faster, ns.
    pub bound_ns: u64,
    /// The strategy that the others are compared with; none if no run compares
    /// any, or if they compare with different ones, so that their ratios are
    /// not of the same thing.
    pub reference: Option<String>,
    /// Whether the runs compare with different ones.
    pub references_differ: bool,
    /// The CPU time of the tasks by hand over that of the pool by hand.
    pub by_hand_cpu: Option<Versus>,
    /// One per strategy that any run has, in the order of the lessons.
    pub cells: Vec<Cell>,
}

/// A strategy of a batch, in several runs. A figure is none if no run has it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// Its name, such as `worker-pool`.
    pub strategy: String,
    /// How many trials of each run count; none where a run has no such cell.
    pub valid: Vec<Option<usize>>,
    /// Makespan, ns.
    pub makespan_ns: Option<Figure>,
    /// How far its rounds lie apart inside each run: half the width of the
    /// interval over the median, or of the range where there is no interval.
    /// It says nothing of what another run would measure.
    pub spread_in_run: Vec<Option<f64>>,
    /// Where there are two runs: the makespan of the second over that of the
    /// first.
    pub second_over_first: Option<f64>,
    /// Throughput over that of pings one by one.
    pub speed_up: Option<Figure>,
    /// The bound over the makespan; none where nothing waits.
    pub efficiency: Option<Figure>,
    /// CPU time per ping of client and server together, ns.
    pub cpu_per_request_ns: Option<Figure>,
    /// Makespan over that of the reference.
    pub ratio: Option<Versus>,
    /// The same for CPU time.
    pub cpu_ratio: Option<Versus>,
}

pub(super) fn batches(summaries: &[&Summary]) -> Vec<CellBatch> {
    let all = summaries.iter().flat_map(|summary| &summary.batches);
    let mut keys: Vec<Key> = all.map(Key::of_batch).collect();
    keys.sort();
    keys.dedup();
    keys.iter().filter_map(|key| batch(key, summaries)).collect()
}

fn batch(key: &Key, summaries: &[&Summary]) -> Option<CellBatch> {
    let same: Vec<Option<&Batch>> = summaries
        .iter()
        .map(|s| s.batches.iter().find(|b| Key::of_batch(b) == *key))
        .collect();
    let first = same.iter().flatten().next()?;
    let mut references: Vec<&String> =
        same.iter().flatten().filter_map(|b| b.reference.as_ref()).collect();
    references.sort();
    references.dedup();
    let references_differ = references.len() > 1;
    let rows = same.iter().flatten().flat_map(|batch| &batch.rows);
    let by_hand: Vec<_> =
        same.iter().map(|b| b.as_ref()?.by_hand_cpu.as_ref()).collect();
    Some(CellBatch {
        act: first.act,
        kept_awake: first.kept_awake,
        concurrency: first.concurrency,
        requests: first.requests,
        waits: first.waits,
        limit_ns: first.limit_ns,
        bound_ns: first.bound_ns,
        reference: references
            .first()
            .filter(|_| !references_differ)
            .map(|name| (*name).clone()),
        references_differ,
        by_hand_cpu: versus(&by_hand),
        cells: in_order(rows.map(|row| row.strategy.as_str()))
            .into_iter()
            .map(|name| cell(name, &same, references_differ))
            .collect(),
    })
}

fn cell(name: &str, same: &[Option<&Batch>], references_differ: bool) -> Cell {
    let rows: Vec<Option<&Row>> = same
        .iter()
        .map(|b| b.as_ref()?.rows.iter().find(|row| row.strategy == name))
        .collect();
    let over = |of: fn(&Row) -> &Option<Estimate>| {
        let medians = rows.iter().map(|row| Some(of((*row)?).as_ref()?.median));
        figure(medians.collect())
    };
    let waits = same.iter().flatten().any(|batch| batch.bound_ns > 0);
    let makespan_ns = over(|row| &row.makespan_ns);
    let compared = |of: fn(&Row) -> Option<&_>| {
        let all: Vec<_> = rows.iter().map(|row| of((*row)?)).collect();
        versus(&all).filter(|_| !references_differ)
    };
    Cell {
        strategy: name.to_owned(),
        valid: rows.iter().map(|row| Some((*row)?.valid)).collect(),
        second_over_first: makespan_ns.as_ref().and_then(of_two),
        makespan_ns,
        spread_in_run: rows
            .iter()
            .map(|row| spread((*row)?.makespan_ns.as_ref()?))
            .collect(),
        speed_up: over(|row| &row.speed_up),
        efficiency: over(|row| &row.efficiency).filter(|_| waits),
        cpu_per_request_ns: over(|row| &row.cpu_per_request_ns),
        ratio: compared(|row| row.ratio.as_ref()),
        cpu_ratio: compared(|row| row.cpu_ratio.as_ref()),
    }
}

/// The second over the first, of two runs that both have it.
fn of_two(figure: &Figure) -> Option<f64> {
    match figure.values[..] {
        [Some(first), Some(second)] => ratio(second, first),
        _ => None,
    }
}

fn spread(rounds: &Estimate) -> Option<f64> {
    let (low, high) =
        rounds.interval.map_or((rounds.min, rounds.max), |i| (i.low, i.high));
    ratio((high - low) / 2.0, rounds.median).filter(|_| rounds.n > 1)
}
