//! Lines over the levels of the sweep: a strategy each, with a symbol, its
//! interval and its rounds at each level.

use measurement::record::Act;
use measurement::statistics::Estimate;
use measurement::summary::{Batch, Note, Row, Summary};
use measurement::ways;

use crate::error::ChartError;

/// A strategy over the levels.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Curve {
    pub(crate) strategy: String,
    /// By level.
    pub(crate) points: Vec<Point>,
}

/// What was measured of one cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Point {
    /// Pings in flight.
    pub(crate) level: f64,
    pub(crate) middle: f64,
    /// The two ends of the interval.
    pub(crate) interval: Option<(f64, f64)>,
    /// Every round.
    pub(crate) rounds: Vec<f64>,
    pub(crate) disturbed: bool,
}

/// More strategies than this are a table.
const MOST_CURVES: usize = 8;

/// The batches of the sweep that are drawn together: those of one wait, as
/// the first of them has it.
pub(crate) fn sweep(summary: &Summary) -> Vec<&Batch> {
    let waits = summary.of_act(Act::Sweep).next().map(|batch| batch.waits);
    let of_act = summary.of_act(Act::Sweep);
    of_act.filter(|batch| Some(batch.waits) == waits).collect()
}

/// Pings of a trial for each one in flight, if that is the same in all of
/// these batches.
pub(crate) fn turns(batches: &[&Batch]) -> Option<usize> {
    let of = |batch: &Batch| {
        let level = batch.concurrency.max(1);
        let whole = batch.requests.is_multiple_of(level);
        whole.then_some(batch.requests / level)
    };
    let first = of(batches.first()?)?;
    batches.iter().all(|batch| of(batch) == Some(first)).then_some(first)
}

impl Point {
    /// A point of this estimate, times `factor`; `None` if it cannot be drawn.
    pub(crate) fn new(
        level: usize,
        row: &Row,
        estimate: &Estimate,
        factor: f64,
    ) -> Option<Point> {
        let times = |x: f64| x * factor;
        let point = Point {
            level: level.max(1) as f64,
            middle: times(estimate.median),
            interval: estimate.interval.map(|i| (times(i.low), times(i.high))),
            rounds: estimate.values.iter().copied().map(times).collect(),
            disturbed: row.notes.contains(&Note::Disturbed),
        };
        let drawn = point.middle.is_finite() && point.middle >= 0.0;
        drawn.then_some(point)
    }
}

/// A curve for each strategy, in the order of the rows. `point` makes a point
/// of a row at its level, which is 1 for one that pings one after another.
pub(crate) fn curves(
    batches: &[&Batch],
    point: impl Fn(&Batch, &Row, usize) -> Option<Point>,
) -> Result<Vec<Curve>, ChartError> {
    let mut curves: Vec<Curve> = Vec::new();
    for batch in batches {
        for row in &batch.rows {
            let in_turn = ways::is_one_by_one(&row.strategy);
            let level = if in_turn { 1 } else { batch.concurrency };
            let Some(point) = point(batch, row, level) else { continue };
            let known = curves.iter_mut().find(|c| c.strategy == row.strategy);
            match known {
                Some(curve) => curve.points.push(point),
                None => {
                    let strategy = row.strategy.clone();
                    curves.push(Curve { strategy, points: vec![point] });
                }
            }
        }
    }
    match curves.len() {
        0 => Err(ChartError::NothingMeasured),
        count if count > MOST_CURVES => {
            let limit = MOST_CURVES;
            Err(ChartError::TooManyStrategies { count, limit })
        }
        _ => Ok(curves),
    }
}
