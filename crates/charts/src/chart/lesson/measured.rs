//! What a lesson's run holds, found by strategy and number of pings.

use std::num::NonZeroUsize;

use measurement::course::Quantity;
use measurement::record::Act;
use measurement::statistics::Estimate;
use measurement::summary::{Batch, Row, Summary};
use measurement::ways;

use crate::finding::is_disturbed;
use crate::plot::{At, Layer};
use crate::quantity::{duration, from_to, number, plural};

/// Milliseconds in a nanosecond, and seconds.
pub(super) const MS: f64 = 1e-6;
pub(super) const S: f64 = 1e-9;

/// A row of a lesson's run, with the batch that it is in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell<'a> {
    pub(super) batch: &'a Batch,
    pub(super) row: &'a Row,
}

/// What was measured of this strategy, by concurrency and number of pings.
/// Whatever has no trial that counts is left out.
pub(super) fn cells<'a>(summary: &'a Summary, strategy: &str) -> Vec<Cell<'a>> {
    let mut cells: Vec<Cell<'a>> = summary
        .of_act(Act::Lesson)
        .flat_map(|batch| batch.rows.iter().map(move |row| Cell { batch, row }))
        .filter(|cell| cell.row.strategy == strategy)
        .filter(|cell| cell.get(Quantity::Makespan).is_some())
        .collect();
    cells.sort_by_key(|cell| (cell.batch.concurrency, cell.batch.requests));
    cells
}

impl Cell<'_> {
    /// The median of a quantity, in its own unit.
    pub(super) fn get(&self, quantity: Quantity) -> Option<f64> {
        quantity.of(self.row, self.batch.requests)
    }

    /// Its makespan, ns.
    pub(super) fn makespan(&self) -> f64 {
        self.get(Quantity::Makespan).unwrap_or(0.0)
    }

    /// The symbol of its strategy, with this estimate on hover.
    pub(super) fn symbol(
        &self,
        at: At,
        of: Option<&Estimate>,
        say: impl Fn(f64) -> String,
    ) -> Layer {
        Layer::Symbol {
            strategy: self.row.strategy.clone(),
            at,
            disturbed: is_disturbed(self.row),
            hover: self.hover(of, say),
        }
    }

    /// Whose number this is, of how many pings, and what the rounds say.
    pub(super) fn hover(
        &self,
        of: Option<&Estimate>,
        say: impl Fn(f64) -> String,
    ) -> String {
        let Cell { batch, row } = self;
        let name = ways::name(&row.strategy);
        let pings = plural(batch.requests, "ping");
        let at_once = number(batch.concurrency);
        let found = of.map_or(String::new(), |of| {
            let interval = of.interval.map_or(String::new(), |i| {
                format!(", interval {}", from_to(&say(i.low), &say(i.high)))
            });
            format!(": {}{interval}", say(of.median))
        });
        let rounds = plural(row.valid, "round");
        format!("{name}, {pings}, {at_once} in flight{found}, {rounds}")
    }

    /// The same of the makespan.
    pub(super) fn hover_makespan(&self) -> String {
        self.hover(self.row.makespan_ns.as_ref(), duration)
    }

    /// How many pings.
    pub(super) fn n(&self) -> f64 {
        self.batch.requests as f64
    }

    /// The most at once; `None` if that is 0.
    pub(super) fn at_once(&self) -> Option<NonZeroUsize> {
        NonZeroUsize::new(self.batch.concurrency)
    }

    /// The server's wait, ns, of a batch of equal ones.
    pub(super) fn wait(&self) -> f64 {
        let waits = self.batch.waits.list();
        waits.first().copied().unwrap_or(0) as f64
    }
}

/// The cell with so many at once.
pub(super) fn at<'a>(
    cells: &[Cell<'a>],
    concurrency: usize,
) -> Option<Cell<'a>> {
    let mut cells = cells.iter();
    cells.find(|cell| cell.batch.concurrency == concurrency).copied()
}

/// Whether every round of the one lies on the same side of every round of the
/// other. In a lesson no strategy runs twice in a round, so nothing else tells
/// what is noise.
pub(super) fn lie_apart(
    one: &Cell<'_>,
    other: &Cell<'_>,
    of: fn(&Row) -> Option<&Estimate>,
) -> bool {
    let Some((one, other)) = of(one.row).zip(of(other.row)) else {
        return false;
    };
    one.min > other.max || other.min > one.max
}

/// Whether the times of two differ beyond what the rounds do.
pub(super) fn times_differ(one: &Cell<'_>, other: &Cell<'_>) -> bool {
    lie_apart(one, other, |row| row.makespan_ns.as_ref())
}

/// What to add to a finding that is built on these cells.
pub(super) fn hedge(cells: &[Cell<'_>]) -> &'static str {
    if cells.iter().any(|cell| is_disturbed(cell.row)) {
        " (busy machine)"
    } else if cells.iter().any(|cell| cell.row.valid < 2) {
        " (measured once)"
    } else {
        ""
    }
}

/// Such as `Medians of 3 rounds.`
pub(super) fn medians(cells: &[Cell<'_>]) -> String {
    let rounds = cells.iter().map(|cell| cell.row.valid).max();
    match rounds.unwrap_or(0) {
        1 => "Measured once.".to_owned(),
        rounds => format!("Medians of {rounds} rounds."),
    }
}
