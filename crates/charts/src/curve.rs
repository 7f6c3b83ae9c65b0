//! Lines over the levels of the sweep: a strategy each, with a symbol, its
//! interval and its rounds at each level.

use measurement::record::Act;
use measurement::statistics::Estimate;
use measurement::summary::{Batch, Note, Row, Summary};
use measurement::ways;

use crate::ends::End;
use crate::error::ChartError;
use crate::form::Form;
use crate::frame::Frame;
use crate::palette::Paint;
use crate::points::{draw_interval, draw_rounds, draw_symbol};
use crate::scale::Scale;
use crate::scene::Scene;

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

/// With more dots than this, nobody could see one.
const MOST_ROUNDS: usize = 1500;

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
    /// A point of this estimate, times `factor`; none if it cannot be drawn.
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

    /// Every number that it shows.
    pub(crate) fn values(&self) -> impl Iterator<Item = f64> + '_ {
        let interval = self.interval.into_iter().flat_map(|(a, b)| [a, b]);
        let rounds = self.rounds.iter().copied();
        rounds.chain(interval).chain([self.middle])
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

/// The levels of these curves, each once, in ascending order.
pub(crate) fn levels(curves: &[Curve]) -> Vec<f64> {
    let points = curves.iter().flat_map(|curve| &curve.points);
    let mut levels: Vec<f64> = points.map(|point| point.level).collect();
    levels.sort_by(f64::total_cmp);
    levels.dedup();
    levels
}

/// From one strategy to the next at the same level, so that one can be seen
/// beside another.
fn step_aside(form: &Form) -> f64 {
    if form.narrow { 6.0 } else { 4.5 }
}

/// How far to the side of its level the curve of that number stands.
pub(crate) fn aside(form: &Form, number: usize, of: usize) -> f64 {
    (number as f64 - (of as f64 - 1.0) / 2.0) * step_aside(form)
}

/// How curves stand to each other at a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stand {
    /// Exactly at it: beside a steep line, a step aside would look like a
    /// difference.
    Exact,
    /// Side by side, so that each can be seen.
    Beside,
}

/// Draws the curves and tells where they end; `say` writes the number at an
/// end.
pub(crate) fn draw_curves(
    scene: &mut Scene,
    frame: &Frame<'_>,
    (x, stand): (&Scale, Stand),
    curves: &[Curve],
    say: impl Fn(f64) -> String,
) -> Vec<End> {
    let form = frame.form;
    let rounds = |curve: &Curve| {
        curve.points.iter().map(|p| p.rounds.len()).sum::<usize>()
    };
    let few = curves.iter().map(rounds).sum::<usize>() <= MOST_ROUNDS;
    let concurrent =
        curves.iter().filter(|c| !ways::is_one_by_one(&c.strategy));
    let of = concurrent.count();
    let mut number = 0;
    let mut ends = Vec::new();
    for curve in curves {
        let mut dx = 0.0;
        if stand == Stand::Beside && !ways::is_one_by_one(&curve.strategy) {
            dx = aside(form, number, of);
            number += 1;
        }
        let place = |p: &Point| (x.at(p.level) + dx, frame.y.at(p.middle));
        let paint = Paint::of_strategy(&curve.strategy);
        for pair in curve.points.windows(2) {
            let width = 1.3 * form.rule;
            scene.line(place(&pair[0]), place(&pair[1]), width, paint);
        }
        for point in &curve.points {
            draw_point(scene, frame, curve, point, place(point), few);
        }
        if let Some(last) = curve.points.last() {
            let strategy = curve.strategy.clone();
            let (at, number) = (place(last), say(last.middle));
            ends.push(End { strategy, at, number });
        }
    }
    ends
}

/// A measured point: its rounds, its interval and its symbol.
pub(crate) fn draw_point(
    scene: &mut Scene,
    frame: &Frame<'_>,
    curve: &Curve,
    point: &Point,
    at: (f64, f64),
    with_rounds: bool,
) {
    let (form, y) = (frame.form, &frame.y);
    let paint = Paint::of_strategy(&curve.strategy);
    if with_rounds {
        let heights = point.rounds.iter().map(|x| y.at(*x));
        draw_rounds(scene, form, at.0, heights, paint);
    }
    if let Some((low, high)) = point.interval {
        let ends = (y.at(low), y.at(high));
        draw_interval(scene, form, at.0, ends, paint);
    }
    draw_symbol(scene, form, &curve.strategy, at, point.disturbed);
}
