//! What marks a trial and keeps it.

use super::evidence::Evidence;
use super::network;
use crate::finding::{Flag, flag};
use crate::statistics::higher_median;
use crate::witness::{End, Witness};

/// Beyond this median lateness the server itself was short of a processor.
const LATE_NS: u64 = 200_000;

/// The findings that mark a trial and keep it.
pub fn flags(evidence: &Evidence<'_>) -> Vec<Flag> {
    [
        client_limited(evidence),
        dialled(evidence),
        server_late(evidence),
        stolen(evidence),
        busy(evidence),
        network::retransmission(evidence),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn client_limited(evidence: &Evidence<'_>) -> Option<Flag> {
    let Evidence { spec, witness, .. } = evidence;
    let peak = witness.peak_in_flight;
    let expected = spec.most_at_once().min(spec.requests) as u64;
    // A rate is there to keep them few.
    (peak < expected && spec.manners.per_second.is_none()).then(|| {
        flag("client-limited", format!("{peak} in flight of {expected}"))
    })
}

fn dialled(evidence: &Evidence<'_>) -> Option<Flag> {
    let dialled = evidence.witness.connections;
    // A worker process dials when it has its first job.
    (dialled > 0 && evidence.spec.machines.is_none())
        .then(|| flag("dialled", format!("{dialled} inside the clock")))
}

fn server_late(evidence: &Evidence<'_>) -> Option<Flag> {
    let late = median_late_ns(evidence.witness)?;
    is_late(late)
        .then(|| flag("server-late", format!("{late} ns at the median")))
}

/// Whether so much at the median marks a trial as `server-late`.
pub fn is_late(late_ns: u64) -> bool {
    late_ns > LATE_NS
}

/// More than a hundredth of the makespan.
fn stolen(evidence: &Evidence<'_>) -> Option<Flag> {
    let stolen = evidence.host.stolen_ns?;
    (stolen > evidence.makespan_ns / 100)
        .then(|| flag("stolen", format!("{stolen} ns by the hypervisor")))
}

/// Others count from a tenth of the machine on, and not below three ticks of
/// the kernel's clock (10 ms each), which is how finely it is told.
const BUSY_SHARE: u64 = 10;
const BUSY_LEAST_NS: u64 = 30_000_000;

fn busy(evidence: &Evidence<'_>) -> Option<Flag> {
    let others = evidence.host.others_ns?;
    let processors = evidence.host.processors?.max(1);
    let whole = evidence.makespan_ns.saturating_mul(processors);
    (others > BUSY_LEAST_NS.max(whole / BUSY_SHARE)).then(|| {
        flag("busy", format!("others used the processors for {others} ns"))
    })
}

/// By how much the server missed its waits at the median (of an even number
/// the higher one of the middle two), ns. A request whose client went had no
/// whole wait; and without a wait there is nothing to miss, only a queue.
pub fn median_late_ns(witness: &Witness) -> Option<u64> {
    let waited = (witness.stamps.iter())
        .filter(|stamp| stamp.wait_ns > 0 && stamp.end != End::Aborted);
    higher_median(waited.filter_map(|stamp| stamp.late_ns()).collect())
}

/// How long the server held a request at the median, ns.
pub fn median_hold_ns(witness: &Witness) -> Option<u64> {
    let holds = witness.stamps.iter().filter_map(|stamp| stamp.hold_ns());
    higher_median(holds.collect())
}
