//! What is written in the panels, and the key beside them.

use std::num::NonZeroUsize;

use measurement::speed_up::roof;

use super::axes::Axes;
use super::regime::{Kind, Regime};
use crate::finding::elided;
use crate::key::{Item, Sample};
use crate::palette::Paint;
use crate::plot::{Note, Side};
use crate::quantity::speed_up;
use crate::strategy::label;

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
