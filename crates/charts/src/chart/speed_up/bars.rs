//! All strategies at one level, as bars from the fastest to the slowest.

use measurement::summary::Row;
use measurement::ways;

use super::lines::hover;
use super::regime::{Kind, Regime};
use crate::curve::{Curve, Point};
use crate::finding::{Said, elided, said};
use crate::palette::Paint;
use crate::plot::{Axis, Height, Layer, Note, Panel, Side};
use crate::quantity::{capital, duration, from_to, number, speed_up};
use crate::scale::{Scale, Steps, Tick};
use crate::strategy::label;

/// Room at the right for the number beside the longest bar, as a factor.
const ROOM: f64 = 1.5;

/// Who is clearly slower than one by one.
const SLOWER: f64 = 0.8;

/// A panel for each kind of waits in which there is something to compare; all
/// are on one scale.
pub(super) fn bars(regimes: &[&Regime<'_>]) -> Vec<Panel> {
    let compared: Vec<_> = regimes
        .iter()
        .map(|regime| (*regime, regime.at_level(regime.level())))
        .filter(|(_, points)| points.len() > 1)
        .collect();
    let all = compared.iter().flat_map(|(_, points)| points);
    let most = all.map(|(_, point)| point.middle).fold(1.0, f64::max);
    let panels = compared.iter();
    panels.map(|(regime, points)| panel(regime, points, most)).collect()
}

fn panel(regime: &Regime<'_>, points: &[(&Curve, &Point)], most: f64) -> Panel {
    let names: Vec<String> = points
        .iter()
        .map(|(curve, _)| elided(label(&curve.strategy), 12))
        .collect();
    let x = Scale::new(Steps::Linear, [ROOM * most], (0.0, 1.0));
    let one = Tick { value: 1.0, text: "1×: one by one".to_owned() };
    let x = Axis::at("", x, vec![one]);
    let rows = Height::Rows(points.len(), 1);
    let mut panel = Panel::new(x, Axis::rows(&names), rows);
    let ends = [points.last(), points.first()]
        .map(|end| end.map_or(String::new(), |(_, p)| speed_up(p.middle)));
    let kind = capital(regime.kind.name());
    panel.title = format!("{kind}: {}", from_to(&ends[0], &ends[1]));
    let level = number(regime.level() as usize);
    panel.about = format!("{level} in flight, {}", what(regime));
    for (row, (curve, point)) in (0_u32..).zip(points) {
        let row = f64::from(row);
        panel.layers.push(Layer::Bar {
            from: (0.0, row + 0.22),
            to: (point.middle, row + 0.78),
            paint: Paint::of_strategy(&curve.strategy),
            hover: hover(regime, curve, point),
        });
        let mut text = speed_up(point.middle);
        if point.middle < SLOWER {
            text.push_str(", slower");
        }
        if point.disturbed {
            text.push_str(" (busy)");
        }
        let note = Note::number(text, (point.middle, row + 0.5));
        panel.notes.push(note.rather(Side::Along));
    }
    let bottom = points.len() as f64;
    panel.layers.push(Layer::line(vec![(1.0, 0.0), (1.0, bottom)], Paint::Ink));
    panel
}

/// What to know of these waits.
fn what(regime: &Regime<'_>) -> String {
    let level = regime.level();
    let mut batches = regime.batches.iter();
    let batch = batches.find(|batch| batch.concurrency as f64 == level);
    match (regime.kind, batch) {
        (Kind::None, _) => "answered at once".to_owned(),
        (Kind::Uneven, Some(batch)) => {
            let is_waves = |row: &&Row| row.strategy == ways::WAVES.id;
            let waves = batch.rows.iter().find(is_waves);
            let ratio = waves.and_then(|row| row.ratio.as_ref());
            match said(ratio) {
                Said::Differs(_) => "the way of sharing decides".to_owned(),
                _ => "long and short ones".to_owned(),
            }
        }
        (_, Some(batch)) => {
            let each =
                batch.sequential_ns as f64 / batch.requests.max(1) as f64;
            format!("each waits {}", duration(each))
        }
        (_, None) => "long and short ones".to_owned(),
    }
}
