//! Several runs, cell by cell.
//!
//! The unit is the run. The interval of one run is made of its rounds, and
//! knows nothing of what changes between two runs: the build, the placement of
//! memory, the neighbours. So nothing here is pooled over rounds: each run
//! gives one number a cell, its median, and those numbers are compared.

mod cell;
mod differences;
mod figure;
mod order;
mod read;
mod verdicts;

use serde::{Deserialize, Serialize};

pub use cell::{Cell, CellBatch};
pub use differences::Difference;
pub use figure::{Figure, figure};
pub use read::RunRead;
pub use verdicts::{Agreement, Said, Versus};

use crate::environment::Ended;
use crate::summary::{Memory, Summary};
use order::in_order;

/// Several runs beside each other. A list with an entry for each run is in the
/// order in which the runs were named.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunComparison {
    /// [`crate::SCHEMA_VERSION`] of the writer.
    pub schema_version: u32,
    /// The runs.
    pub runs: Vec<Head>,
    /// What is not the same in all of them.
    pub differences: Vec<Difference>,
    /// One entry per act, level, length, waits and limit that any run has.
    pub batches: Vec<CellBatch>,
    /// What one more ping in flight costs in memory, bytes, per strategy.
    pub memory: Vec<MemoryCell>,
}

/// A run that is compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Its name.
    pub run_id: String,
    /// Whether it came to its end, all its trials count, and the machine
    /// disturbed no more than a fifth of them.
    pub quiet: bool,
}

impl Head {
    fn of(RunRead { run, summary }: &RunRead) -> Head {
        let trust = &summary.trust;
        let finished = run.end.is_some_and(|end| end.how == Ended::Finished);
        let counts = trust.trials > 0 && trust.valid == trust.trials;
        let disturbed = trust.disturbed * 5 > trust.measured;
        let quiet = finished && counts && !disturbed;
        Head { run_id: run.run_id.clone(), quiet }
    }
}

/// The memory of a strategy in several runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MemoryCell {
    /// Its name.
    pub strategy: String,
    /// Bytes for one more ping in flight.
    pub slope_bytes: Figure,
}

impl RunComparison {
    /// The cells with the batch that each is of.
    pub fn cells(&self) -> impl Iterator<Item = (&CellBatch, &Cell)> {
        let batches = self.batches.iter();
        batches.flat_map(|batch| batch.cells.iter().map(move |c| (batch, c)))
    }

    /// Whether any cell is in more than one run.
    pub fn has_common_cells(&self) -> bool {
        let in_two = |cell: &Cell| cell.valid.iter().flatten().count() > 1;
        self.cells().any(|(_, cell)| in_two(cell))
    }
}

/// Puts the runs beside each other. In which order they come changes the order
/// of the entries for each run, and nothing else.
pub fn compare_runs(runs: &[RunRead]) -> RunComparison {
    let summaries: Vec<&Summary> = runs.iter().map(|r| &r.summary).collect();
    RunComparison {
        schema_version: crate::SCHEMA_VERSION,
        runs: runs.iter().map(Head::of).collect(),
        differences: differences::differences(runs),
        batches: cell::batches(&summaries),
        memory: memory(&summaries),
    }
}

fn memory(summaries: &[&Summary]) -> Vec<MemoryCell> {
    let all = summaries.iter().flat_map(|summary| &summary.memory);
    let names = in_order(all.map(|row| row.strategy.as_str()));
    let slope = |summary: &Summary, name| {
        let found = summary.memory.iter().find(|m| m.strategy == name);
        found.map(|Memory { slope_bytes, .. }| slope_bytes.median)
    };
    names
        .into_iter()
        .filter_map(|name| {
            let slopes = summaries.iter().map(|summary| slope(summary, name));
            let slope_bytes = figure(slopes.collect())?;
            Some(MemoryCell { strategy: name.to_owned(), slope_bytes })
        })
        .collect()
}
