//! An exercise about models: what mean value analysis tells of a sweep, beside
//! a rule of thumb and beside what was measured. It is of no run and of no
//! chart; `docs/models.md` says why.

use crate::model::Demand;
use crate::record::Act;
use crate::summary::{Batch, Row, Summary};
use crate::waits::Waits;
use crate::ways::{self, Way};

/// Whose processor time the model is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cpu {
    /// That of pings without waits, which is known before the sweep.
    WithoutWaits,
    /// That of the very pings it is to tell of, which is known after it.
    OfTheSweep,
}

/// One way at one level of the sweep, in pings per second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell {
    /// The way.
    pub way: &'static Way,
    /// How many pings may be in flight at once.
    pub level: usize,
    /// What was measured.
    pub measured: f64,
    /// Measured one by one, too.
    pub one_by_one: f64,
    /// What the model is given.
    pub demand: Demand,
}

impl Cell {
    /// The rule of thumb: C at once, C times as fast.
    pub fn rule(&self) -> f64 {
        self.one_by_one * self.level as f64
    }

    /// The model: mean value analysis.
    pub fn model(&self) -> f64 {
        self.demand.throughput(self.level)
    }

    /// By what part of the measured one this throughput is too high.
    pub fn error(&self, throughput: f64) -> f64 {
        throughput / self.measured - 1.0
    }
}

/// Every lesson at every level of the sweep, the lowest level first.
///
/// # Errors
///
/// Says what the run lacks.
pub fn cells(
    summary: &Summary,
    processors: usize,
    cpu: Cpu,
) -> Result<Vec<Cell>, &'static str> {
    let (waits, one_by_one, hold_ns) =
        in_turn(summary).ok_or("no pings with equal waits one by one")?;
    let cell = |batch: &Batch, row: &Row| {
        let lesson = ways::is_concurrent_lesson(&row.strategy);
        let cpu_ns = match cpu {
            Cpu::WithoutWaits => without_waits(summary, &row.strategy),
            Cpu::OfTheSweep => cpu_ns(row),
        };
        Some(Cell {
            way: ways::find(&row.strategy).filter(|_| lesson)?,
            level: batch.concurrency,
            measured: throughput(row)?,
            one_by_one,
            demand: Demand { hold_ns, cpu_ns: cpu_ns?, processors },
        })
    };
    let mut cells = Vec::new();
    for batch in summary.of_act(Act::Sweep).filter(|b| b.waits == waits) {
        cells.extend(batch.rows.iter().filter_map(|row| cell(batch, row)));
    }
    match (cells.is_empty(), cpu) {
        (false, _) => Ok(cells),
        (true, Cpu::WithoutWaits) => Err("no pings without waits"),
        (true, Cpu::OfTheSweep) => Err("no processor time of its sweep"),
    }
}

/// The waits of the sweep, its pings per second one by one, and how long the
/// server then held them, ns.
fn in_turn(summary: &Summary) -> Option<(Waits, f64, f64)> {
    summary.of_act(Act::Sweep).find_map(|batch| {
        let Waits::Fixed(wait) = batch.waits else { return None };
        let row = row(&batch.rows, ways::ONE_BY_ONE.id)?;
        let hold_ns = wait as f64 + row.server_late_ns?;
        Some((batch.waits, throughput(row)?, hold_ns))
    })
}

fn throughput(row: &Row) -> Option<f64> {
    let throughput = row.throughput.as_ref()?.median;
    (throughput > 0.0).then_some(throughput)
}

/// Processor time of a ping without waits, many at once.
fn without_waits(summary: &Summary, strategy: &str) -> Option<f64> {
    cpu_ns(row(&summary.no_waits()?.rows, strategy)?)
}

fn cpu_ns(row: &Row) -> Option<f64> {
    let cpu_ns = row.cpu_per_request_ns.as_ref()?.median;
    (cpu_ns > 0.0).then_some(cpu_ns)
}

fn row<'a>(rows: &'a [Row], strategy: &str) -> Option<&'a Row> {
    rows.iter().find(|row| row.strategy == strategy)
}
