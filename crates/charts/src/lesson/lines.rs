//! The lines of a lesson's panels, from the cells of its run.

use measurement::course::{Ask, Quantity};
use measurement::statistics::Estimate;
use measurement::summary::Note;
use measurement::ways;

use super::content::Guess;
use super::measured::Cell;
use crate::curve::{Curve, Point};

/// Milliseconds in a nanosecond.
pub(super) const MS: f64 = 1e-6;

/// A curve of an estimate of each cell, `factor` times as large.
pub(super) fn curve<'a>(
    name: &str,
    cells: &[Cell<'a>],
    estimate: impl Fn(&Cell<'a>) -> Option<&'a Estimate>,
    factor: impl Fn(&Cell<'a>) -> f64,
) -> Curve {
    let point = |cell: &Cell<'a>| {
        let of = estimate(cell)?;
        let point = Point::new(across(cell), cell.row, of, factor(cell))?;
        (point.middle > 0.0).then_some(point)
    };
    let points = cells.iter().filter_map(point).collect();
    Curve { strategy: name.to_owned(), points }
}

/// A curve of a number of each cell that is none of many.
pub(super) fn counts<'a>(
    name: &str,
    cells: &[Cell<'a>],
    count: impl Fn(&Cell<'a>) -> Option<f64>,
) -> Curve {
    let point = |cell: &Cell<'a>| {
        let middle = count(cell).filter(|x| x.is_finite() && *x > 0.0)?;
        Some(Point {
            level: across(cell) as f64,
            middle,
            interval: None,
            rounds: vec![middle; cell.row.valid],
            disturbed: cell.row.notes.contains(&Note::Disturbed),
        })
    };
    let points = cells.iter().filter_map(point).collect();
    Curve { strategy: name.to_owned(), points }
}

/// Where a cell lies from left to right: by its workers, or where there are as
/// many as pings, or one, by its pings.
pub(super) fn across(cell: &Cell<'_>) -> usize {
    let Cell { batch, row } = cell;
    place(&row.strategy, batch.concurrency, batch.requests)
}

fn place(strategy: &str, concurrency: usize, requests: usize) -> usize {
    if ways::is_one_by_one(strategy) { requests } else { concurrency }
}

pub(super) fn makespans(name: &str, cells: &[Cell<'_>]) -> Curve {
    curve(name, cells, |cell| cell.row.makespan_ns.as_ref(), |_| MS)
}

pub(super) fn of_quantity(
    guesses: &[Guess],
    quantity: Quantity,
    factor: f64,
) -> Vec<(f64, f64)> {
    let own = guesses.iter().filter(|g| g.ask.quantity == quantity);
    own.map(|guess| {
        let Ask { strategy, concurrency, requests, .. } = *guess.ask;
        let across = place(strategy, concurrency, requests);
        (across as f64, guess.value * factor)
    })
    .collect()
}

/// From the least to the most, evenly in ratio: enough for a smooth line.
pub(super) fn spread(cells: &[Cell<'_>]) -> Vec<f64> {
    const STEPS: u32 = 14;
    let all = || cells.iter().map(|cell| across(cell) as f64);
    let (low, high) =
        (all().fold(f64::INFINITY, f64::min), all().fold(1.0, f64::max));
    if low >= high {
        return Vec::new();
    }
    let at = |i| low * (high / low).powf(f64::from(i) / f64::from(STEPS));
    (0..=STEPS).map(at).collect()
}
