//! What is measured with one kind of waits.

use measurement::summary::{Batch, NO_WAITS_AT_ONCE, Row, UNEVEN_AT_ONCE};
use measurement::waits::Waits;
use measurement::ways;

use crate::curve::{Curve, Point, curves};
use crate::error::ChartError;

/// What is measured with one kind of waits.
pub(super) struct Regime<'a> {
    pub(super) kind: Kind,
    pub(super) batches: Vec<&'a Batch>,
    pub(super) curves: Vec<Curve>,
}

impl<'a> Regime<'a> {
    /// The rows of these batches that are `wanted`; `None` if there are none.
    pub(super) fn new(
        kind: Kind,
        batches: Vec<&'a Batch>,
        wanted: impl Fn(&Row) -> bool,
    ) -> Result<Option<Regime<'a>>, ChartError> {
        let point = |_: &Batch, row: &Row, level: usize| {
            let speed_up = row.speed_up.as_ref().filter(|_| wanted(row))?;
            let point = Point::new(level, row, speed_up, 1.0)?;
            // A ratio of nothing has no place on a scale of ratios.
            (point.middle > 0.0).then_some(point)
        };
        match curves(&batches, point) {
            Ok(mut curves) => {
                for curve in &mut curves {
                    let points = &mut curve.points;
                    points.sort_by(|a, b| a.level.total_cmp(&b.level));
                    points.dedup_by(|a, b| a.level == b.level);
                }
                // A run of one's own may have asked for no waits.
                let waits = batches.iter().any(|b| b.waits != Waits::None);
                let kind = if waits { kind } else { Kind::None };
                Ok(Some(Regime { kind, batches, curves }))
            }
            Err(ChartError::NothingMeasured) => Ok(None),
            Err(other) => Err(other),
        }
    }

    pub(super) fn points(&self) -> impl Iterator<Item = (&Curve, &Point)> {
        let each = |curve| point_of(curve);
        self.curves.iter().flat_map(each)
    }

    /// Those that ping concurrently.
    pub(super) fn concurrent(&self) -> impl Iterator<Item = &Curve> {
        let curves = self.curves.iter();
        curves.filter(|curve| !ways::is_one_by_one(&curve.strategy))
    }

    /// The level that the title speaks of.
    pub(super) fn level(&self) -> f64 {
        let wanted = match self.kind {
            Kind::Uneven => UNEVEN_AT_ONCE,
            _ => NO_WAITS_AT_ONCE,
        } as f64;
        let levels = self.concurrent().flat_map(point_of);
        let levels: Vec<f64> = levels.map(|(_, p)| p.level).collect();
        match levels.contains(&wanted) {
            true => wanted,
            false => levels.into_iter().fold(1.0, f64::max),
        }
    }

    /// The one whose line is drawn: the pool, or else the first strategy.
    pub(super) fn lead(&self) -> Option<&Curve> {
        let pool = self.concurrent().find(|c| c.strategy == ways::POOL.id);
        pool.or_else(|| self.concurrent().next())
    }

    /// Those that were measured with so many in flight, the fastest first.
    pub(super) fn at_level(&self, level: f64) -> Vec<(&Curve, &Point)> {
        let points = self.concurrent().flat_map(point_of);
        let mut points: Vec<_> =
            points.filter(|(_, point)| point.level == level).collect();
        points.sort_by(|a, b| b.1.middle.total_cmp(&a.1.middle));
        points
    }
}

fn point_of(curve: &Curve) -> impl Iterator<Item = (&Curve, &Point)> {
    curve.points.iter().map(move |point| (curve, point))
}

/// A kind of waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Even,
    Uneven,
    None,
}

impl Kind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Kind::Even => "even waits",
            Kind::Uneven => "uneven waits",
            Kind::None => "no waits",
        }
    }
}
