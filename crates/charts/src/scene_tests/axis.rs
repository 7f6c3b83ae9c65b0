//! Numbers read off the names along an axis.

use crate::scene::Scene;

/// Numbers and positions of the names with that unit: the first and the last.
pub(super) type Named = [(f64, f64); 2];

pub(super) fn names(
    scene: &Scene,
    unit: &str,
    anchor: crate::scene::Anchor,
) -> Named {
    let labels = scene.labels.iter().filter(|label| label.anchor == anchor);
    let mut named: Vec<(f64, f64)> = labels
        .filter_map(|label| {
            let number = label.text.strip_suffix(unit)?.parse().ok()?;
            Some(match anchor {
                crate::scene::Anchor::End => {
                    (number, label.y - 0.36 * label.size)
                }
                _ => (number, label.x),
            })
        })
        .collect();
    named.sort_by(|a, b| a.0.total_cmp(&b.0));
    [named[0], named[named.len() - 1]]
}

/// The number at a position between two that are named.
pub(super) fn read([a, b]: Named, position: f64) -> f64 {
    a.0 + (position - a.1) / (b.1 - a.1) * (b.0 - a.0)
}
