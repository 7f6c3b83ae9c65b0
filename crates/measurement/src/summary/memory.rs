//! What one more ping in flight costs in memory.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::order::in_order;
use super::ratio::ratio;
use crate::record::{Act, Trial};
use crate::statistics::{Estimate, estimate};

/// The memory of a strategy over the number of pings in flight.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Memory {
    /// Its name.
    pub strategy: String,
    /// The HTTP client under it.
    pub client: String,
    /// Bytes for one more ping in flight, round by round: from the fewest in
    /// flight to the most.
    pub slope_bytes: Estimate,
    /// What is there before the first, bytes, median of the rounds.
    pub base_bytes: f64,
    /// Pings in flight as the server saw them at the peak, and the peak of
    /// resident memory, bytes: a point a trial, by number in flight.
    pub points: Vec<(u64, u64)>,
}

/// A row per strategy of the memory act that has two different levels.
pub(super) fn memory(trials: &[&Trial], strategies: &[&str]) -> Vec<Memory> {
    let of_act: Vec<&Trial> =
        trials.iter().filter(|t| t.act == Act::Memory).copied().collect();
    in_order(&of_act, strategies)
        .into_iter()
        .filter_map(|name| {
            let same = of_act.iter().filter(|t| t.spec.strategy == name);
            of_strategy(&same.copied().collect::<Vec<_>>())
        })
        .collect()
}

fn of_strategy(trials: &[&Trial]) -> Option<Memory> {
    let mut rounds: BTreeMap<u32, Vec<(u64, u64)>> = BTreeMap::new();
    for trial in trials {
        let Some(measured) = trial.valid() else { continue };
        let Some(peak) = measured.cost.peak_rss_bytes else { continue };
        let in_flight = measured.server.peak_in_flight;
        rounds.entry(trial.round).or_default().push((in_flight, peak));
    }
    let mut points: Vec<(u64, u64)> =
        rounds.values().flatten().copied().collect();
    points.sort_unstable();
    let lines: Vec<(f64, f64)> =
        rounds.values().filter_map(|round| line(round)).collect();
    let slopes: Vec<f64> = lines.iter().map(|(slope, _)| *slope).collect();
    let bases: Vec<f64> = lines.iter().map(|(_, base)| *base).collect();
    let spec = &trials.first()?.spec;
    Some(Memory {
        strategy: spec.strategy.clone(),
        client: spec.client.clone(),
        slope_bytes: estimate(&slopes)?,
        base_bytes: estimate(&bases)?.median,
        points,
    })
}

/// What one more costs, and what is there before the first: the line through
/// the point with the fewest in flight and the one with the most. None without
/// two different ones.
fn line(points: &[(u64, u64)]) -> Option<(f64, f64)> {
    let in_flight = |point: &&(u64, u64)| point.0;
    let fewest = points.iter().min_by_key(in_flight)?;
    let most = points.iter().max_by_key(in_flight)?;
    let more = most.0 as f64 - fewest.0 as f64;
    let slope = ratio(most.1 as f64 - fewest.1 as f64, more)?;
    Some((slope, fewest.1 as f64 - slope * fewest.0 as f64))
}
