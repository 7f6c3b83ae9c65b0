//! What is written in the panels, and the key beside them.

use std::num::NonZeroUsize;

use measurement::speed_up::roof;
use measurement::ways;

use super::axes::Axes;
use super::regime::{Kind, Regime, level_of};
use crate::curve::Curve;
use crate::key::{Item, Sample};
use crate::palette::Paint;
use crate::plot::{Note, Side};
use crate::quantity::speed_up;

/// Formulas are drawn up to here, and not beyond what was measured elsewhere.
const MOST_OF_A_FORMULA: f64 = 256.0;

pub(super) fn waits(
    regime: &Regime<'_>,
    axes: &Axes,
) -> Option<(Vec<u64>, NonZeroUsize)> {
    let batch = regime.batches.first()?;
    let waits = batch.waits.of(batch.requests);
    let most = axes.most.min(MOST_OF_A_FORMULA) as usize;
    Some((waits, NonZeroUsize::new(most)?))
}

pub(super) fn notes(regime: &Regime<'_>, kind: Kind, axes: &Axes) -> Vec<Note> {
    let level = level_of(regime, kind);
    let at_level = |curve: &Curve| {
        let mut points = curve.points.iter();
        let point = points.find(|point| point.level == level)?;
        Some((point.level, point.middle))
    };
    let mut notes = Vec::new();
    match kind {
        Kind::Uneven => {
            let named = [ways::POOL.id, ways::WAVES.id];
            for curve in regime.concurrent() {
                // The best way of sharing and the worst: more have no room.
                let Some(at) = at_level(curve) else { continue };
                if named.contains(&&*curve.strategy) {
                    let side = match curve.strategy == ways::POOL.id {
                        true => Side::Left,
                        false => Side::Right,
                    };
                    notes.push(Note::number(speed_up(at.1), at).rather(side));
                }
            }
            if let Some((waits, most)) = waits(regime, axes)
                && let Some(roof) = roof(&waits)
            {
                let text = format!("slowest ping {}", speed_up(roof));
                let at = (most.get() as f64, roof);
                notes.push(Note::new(text, at));
            }
        }
        Kind::Even | Kind::None => {
            let pool =
                regime.curves.iter().find(|c| c.strategy == ways::POOL.id);
            let first = regime.concurrent().next();
            if let Some(curve) = pool.or(first)
                && let Some(at) = at_level(curve)
                && at.0 < axes.most
            {
                let name = crate::strategy::label(&curve.strategy);
                let text = format!("{name} {}", speed_up(at.1));
                notes.push(Note::number(text, at));
            }
        }
    }
    if kind != Kind::None {
        let top = axes.y.scale.ends().1;
        let high = (1.0_f64.max(axes.most.sqrt() / 2.0), top / 1.6);
        notes.push(Note::new("impossible", high).on(Paint::Idle));
    }
    notes
}

pub(super) fn key(regimes: &[&Regime<'_>]) -> [Vec<Item>; 2] {
    let mut names: Vec<&str> = Vec::new();
    for (curve, _) in regimes.iter().flat_map(|regime| regime.points()) {
        if !names.contains(&curve.strategy.as_str()) {
            names.push(&curve.strategy);
        }
    }
    let disturbed =
        regimes.iter().flat_map(|r| r.points()).any(|(_, p)| p.disturbed);
    let names: Vec<Item> = names.into_iter().map(Item::strategy).collect();
    [true, false].map(|wide| {
        let mut items = names.clone();
        let (rule, formula) = match wide {
            true => ("N in flight, N× as fast", "computed from the waits"),
            false => ("N× as fast", "computed"),
        };
        items.push(Item::new(Sample::Rule, rule));
        items.push(Item::new(Sample::Formula, formula));
        if disturbed {
            items.push(Item::disturbed());
        }
        items
    })
}
