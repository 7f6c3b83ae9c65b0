//! What is measured of one panel, and what it is about.

use measurement::summary::{Batch, NO_WAITS_AT_ONCE, Row, UNEVEN_AT_ONCE};
use measurement::ways;

use crate::curve::{Curve, Point, curves};
use crate::error::ChartError;
use crate::quantity::from_to;

/// What is measured of one panel.
pub(super) struct Regime<'a> {
    pub(super) batches: Vec<&'a Batch>,
    pub(super) curves: Vec<Curve>,
}

impl<'a> Regime<'a> {
    /// The rows of these batches that are `wanted`; `None` if there are none.
    pub(super) fn new(
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
                Ok(Some(Regime { batches, curves }))
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

    /// What is named at the level that the title speaks of: the pool, or else
    /// the first strategy; and the waves, which share the worst.
    pub(super) fn told(&self, kind: Kind) -> Vec<(&Curve, (f64, f64))> {
        let level = level_of(self, kind);
        let mut named: Vec<&Curve> =
            self.concurrent().filter(|curve| is_named(curve)).collect();
        named.sort_by_key(|curve| curve.strategy != ways::POOL.id);
        if named.is_empty() {
            named.extend(self.concurrent().next());
        }
        if kind == Kind::Even {
            // There the lines coincide.
            named.truncate(1);
        }
        let at = |curve: &Curve| {
            let point = curve.points.iter().find(|p| p.level == level)?;
            Some((point.level, point.middle))
        };
        let told = named.into_iter();
        told.filter_map(|curve| Some((curve, at(curve)?))).collect()
    }

    /// Points from the back to the front. Of those that coincide only the one
    /// in front is there: the pool, or whoever has a name and a number.
    pub(super) fn seen(&self) -> Vec<(&Curve, &Point)> {
        let mut points: Vec<_> = self.points().collect();
        points.sort_by_key(|(curve, _)| is_named(curve));
        let mut seen: Vec<(&Curve, &Point)> = Vec::new();
        for one in points.into_iter().rev() {
            if !seen.iter().any(|other| coincide(one.1, other.1)) {
                seen.push(one);
            }
        }
        seen.reverse();
        seen
    }

    /// How many coincide, and where: all that ping concurrently, with the most
    /// in flight where they do. Where nothing waits, that is chance.
    pub(super) fn alike(&self, kind: Kind) -> Option<(usize, (f64, f64))> {
        let all = self.concurrent().count();
        let mut curves = self.concurrent();
        let first = curves.next().filter(|_| all > 2 && kind != Kind::None)?;
        let alike = |point: &&Point| {
            let others = self.concurrent().skip(1);
            others
                .flat_map(point_of)
                .filter(|(_, p)| coincide(p, point))
                .count()
                == all - 1
        };
        let at = first.points.iter().rev().find(alike)?;
        Some((all, (at.level, at.middle)))
    }

    /// The fewest rounds of a point, and the most.
    pub(super) fn rounds(&self) -> String {
        let counts = || self.points().map(|(_, point)| point.rounds.len());
        let least = counts().min().unwrap_or(0).to_string();
        let most = counts().max().unwrap_or(0).to_string();
        if least == most { most } else { from_to(&least, &most) }
    }
}

/// Whether two symbols would be one to the eye.
fn coincide(one: &Point, other: &Point) -> bool {
    let apart = one.middle.max(other.middle) / one.middle.min(other.middle);
    one.level == other.level && apart < 1.1
}

pub(super) fn point_of(
    curve: &Curve,
) -> impl Iterator<Item = (&Curve, &Point)> {
    curve.points.iter().map(move |point| (curve, point))
}

/// Whether it has a name and a number in the panels: of two ways of sharing,
/// the best and the worst.
pub(super) fn is_named(curve: &Curve) -> bool {
    [ways::POOL.id, ways::WAVES.id].contains(&&*curve.strategy)
}

/// What a panel is about.
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

/// The level that the title speaks of.
pub(super) fn level_of(regime: &Regime<'_>, kind: Kind) -> f64 {
    let wanted = match kind {
        Kind::Uneven => UNEVEN_AT_ONCE,
        _ => NO_WAITS_AT_ONCE,
    } as f64;
    let levels = regime.concurrent().flat_map(point_of);
    let mut levels: Vec<f64> = levels.map(|(_, p)| p.level).collect();
    levels.sort_by(f64::total_cmp);
    let known = levels.contains(&wanted).then_some(wanted);
    known.or(levels.last().copied()).unwrap_or(1.0)
}
