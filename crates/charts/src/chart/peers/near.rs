//! Who costs about as much as the reference.

use measurement::compare::Noise;
use measurement::peers::{PeerRow, PeersSummary, Quantity};

/// What is not told from the processor time of the reference, ns: as far as
/// that comes apart from itself.
pub(super) fn alike(summary: &PeersSummary) -> Option<(f64, f64)> {
    let twins = summary.cpu_twins.as_ref()?;
    let floor = twins.floor.filter(|_| twins.noise != Noise::TooNoisy)?;
    let reference = summary.row(&summary.reference)?.median(Quantity::Cpu)?;
    let reference = Some(reference).filter(|median| *median > 0.0)?;
    Some((reference / (1.0 + floor), reference * (1.0 + floor)))
}

/// Other people's clients within that, the least costly first.
pub(super) fn near(summary: &PeersSummary) -> Vec<&PeerRow> {
    let Some((low, high)) = alike(summary) else { return Vec::new() };
    let within = |row: &&PeerRow| {
        let cost = row.median(Quantity::Cpu);
        !row.ours && cost.is_some_and(|ns| (low..=high).contains(&ns))
    };
    summary.by_cost().into_iter().filter(within).collect()
}
