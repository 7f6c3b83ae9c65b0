//! What is written in the panels, and the key beside them.

use std::num::NonZeroUsize;

use measurement::speed_up::roof;

use super::axes::Axes;
use super::regime::{Kind, Regime};
use crate::finding::elided;
use crate::key::{Item, Sample};
use crate::palette::Paint;
use crate::plot::{Note, Side};
use crate::quantity::{count, speed_up};
use crate::strategy::label;

/// Who is clearly slower than one by one.
const SLOWER: f64 = 0.8;

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
    let mut notes = Vec::new();
    for (number, (curve, at)) in regime.told(kind).into_iter().enumerate() {
        let name = elided(label(&curve.strategy), 12);
        let text = format!("{name} {}", speed_up(at.1));
        let side = if number == 0 { Side::Left } else { Side::Right };
        notes.push(Note::number(text, at).rather(side));
    }
    if kind == Kind::Uneven
        && let Some((waits, most)) = waits(regime, axes)
        && let Some(roof) = roof(&waits)
    {
        let at = ((most.get() as f64).powf(0.75), roof);
        notes.push(Note::new(format!("at most {}", speed_up(roof)), at));
    }
    if let Some((all, at)) = regime.alike(kind) {
        let text = format!("all {} alike", count(all));
        notes.push(Note::new(text, at).rather(Side::Right));
    }
    let (least, top) = axes.y.scale.ends();
    let beyond = regime.points().filter(|(_, point)| point.middle < least);
    notes.extend(beyond.map(|(_, point)| {
        let text = format!("{} ↓", speed_up(point.middle));
        Note::needed(text, (point.level, least)).rather(Side::Right)
    }));
    if kind != Kind::None {
        let high = (1.0_f64.max(axes.most.sqrt() / 2.0), top / 2.0);
        notes.push(Note::new("impossible", high).on(Paint::Idle));
        return notes;
    }
    let corner = |text: &str, height: f64| {
        Note::new(text, (1.0, height)).rather(Side::Right)
    };
    notes.push(corner("limit: the processors' work", top / 2.0));
    if regime.points().any(|(_, point)| point.middle < SLOWER) {
        notes.push(corner("below 1×: slower", 0.7));
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
