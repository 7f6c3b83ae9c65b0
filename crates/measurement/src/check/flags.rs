//! What marks a trial and keeps it.

use super::{Evidence, Flag, flag, network};
use crate::witness::Witness;

/// Beyond this median lateness the server itself was short of a processor.
const LATE_NS: u64 = 200_000;

/// The findings that mark a trial and keep it.
pub fn flags(evidence: &Evidence<'_>) -> Vec<Flag> {
    [
        client_limited(evidence),
        dialled(evidence),
        server_late(evidence),
        stolen(evidence),
        network::retransmission_elsewhere(evidence),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn client_limited(evidence: &Evidence<'_>) -> Option<Flag> {
    let Evidence { spec, witness, .. } = evidence;
    let peak = witness.peak_in_flight;
    let expected = spec.concurrency.min(spec.requests) as u64;
    (peak < expected).then(|| {
        flag("client-limited", format!("{peak} in flight of {expected}"))
    })
}

fn dialled(evidence: &Evidence<'_>) -> Option<Flag> {
    let dialled = evidence.witness.connections;
    (dialled > 0)
        .then(|| flag("dialled", format!("{dialled} inside the clock")))
}

fn server_late(evidence: &Evidence<'_>) -> Option<Flag> {
    let late = median_late_ns(evidence.witness)?;
    (late > LATE_NS)
        .then(|| flag("server-late", format!("{late} ns at the median")))
}

/// More than a hundredth of the makespan.
fn stolen(evidence: &Evidence<'_>) -> Option<Flag> {
    let stolen = evidence.host.stolen_ns?;
    (stolen > evidence.makespan_ns / 100)
        .then(|| flag("stolen", format!("{stolen} ns by the hypervisor")))
}

/// By how much the server missed its waits at the median (of an even number
/// the higher one of the middle two), ns.
pub fn median_late_ns(witness: &Witness) -> Option<u64> {
    let mut late: Vec<u64> =
        witness.stamps.iter().filter_map(|stamp| stamp.late_ns()).collect();
    late.sort_unstable();
    late.get(late.len() / 2).copied()
}
