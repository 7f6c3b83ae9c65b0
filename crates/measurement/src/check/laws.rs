//! What arithmetic forbids, whoever says it.

use std::collections::HashMap;

use super::{Check, Evidence, check};
use crate::makespan;
use crate::witness::Witness;

/// The server's holds alone need this long.
pub(super) fn not_below_bound(evidence: &Evidence<'_>) -> Check {
    let makespan_ns = evidence.makespan_ns;
    let holds: Vec<u64> = holds(evidence.witness).collect();
    let bound = makespan::bound(&holds, evidence.spec.concurrency());
    check(
        "not-below-bound",
        makespan_ns >= bound,
        format!("{makespan_ns} ns, bound {bound} ns"),
    )
}

/// Little's law: the same area counted by time and by request, to 0.1 % (and
/// a microsecond, where there is nearly no area).
pub(super) fn littles_law(evidence: &Evidence<'_>) -> Check {
    let witness = evidence.witness;
    let by_time = witness.in_flight_ns;
    let by_request = holds(witness).fold(0, u64::saturating_add);
    let apart = by_time.abs_diff(by_request);
    check(
        "littles-law",
        // Of requests without a stamp only the area by time is known.
        witness.stamps_dropped > 0 || apart <= (by_request / 1000).max(1000),
        format!("{by_time} ns by time, {by_request} by request"),
    )
}

/// A ping begins before the server has it and ends after the server let it
/// go, so the client's times together cover the server's.
pub(super) fn pings_cover_holds(evidence: &Evidence<'_>) -> Check {
    let witness = evidence.witness;
    let service = service(evidence);
    let held = match evidence.spec.manners.retries {
        0 => holds(witness).fold(0, u64::saturating_add),
        _ => held_last(witness),
    };
    check(
        "pings-cover-holds",
        witness.stamps_dropped > 0 || service >= held,
        format!("{service} ns in pings, {held} ns held by the server"),
    )
}

/// No lane holds two pings at once, so together the pings take no longer than
/// all lanes from beginning to end.
pub(super) fn within_capacity(evidence: &Evidence<'_>) -> Check {
    let Evidence { spec, makespan_ns, .. } = evidence;
    let service = service(evidence);
    let capacity = makespan_ns.saturating_mul(spec.concurrency as u64);
    check(
        "within-capacity",
        service <= capacity,
        format!("{service} ns in pings, {capacity} ns in lanes"),
    )
}

/// The time that the client spent in pings, ns.
fn service(evidence: &Evidence<'_>) -> u64 {
    let samples = evidence.samples;
    (samples.start_ns.iter().zip(&samples.end_ns))
        .map(|(start, end)| end.saturating_sub(*start))
        .fold(0, u64::saturating_add)
}

/// What the last attempts were held, all together, ns: those are the ones that
/// the client tells of.
fn held_last(witness: &Witness) -> u64 {
    let last: HashMap<u64, u64> = (witness.stamps.iter())
        .filter_map(|stamp| Some((stamp.seq, stamp.hold_ns()?)))
        .collect();
    last.into_values().fold(0, u64::saturating_add)
}

fn holds(witness: &Witness) -> impl Iterator<Item = u64> {
    witness.stamps.iter().filter_map(|stamp| stamp.hold_ns())
}
