//! What arithmetic forbids, whoever says it.

use std::collections::HashMap;

use super::evidence::Evidence;
use crate::finding::{Check, check};
use crate::makespan;
use crate::witness::Witness;

/// The server's holds alone need this long. One that the client gave up was
/// waited for until the limit. A consumer handles one result after another.
pub(super) fn not_below_bound(evidence: &Evidence<'_>) -> Check {
    let makespan_ns = evidence.makespan_ns;
    let holds: Vec<u64> = waited_for(evidence).collect();
    let bound = makespan::bound(&holds, evidence.spec.concurrency());
    let given_up = evidence.samples.status.contains(&None);
    let limit = evidence.spec.limit_ns.filter(|_| given_up);
    let handled = evidence.spec.consumer.map_or(0, |consumer| {
        consumer.handling_ns.saturating_mul(evidence.spec.requests as u64)
    });
    let bound = bound.max(limit.unwrap_or(0)).max(handled);
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
/// go, so the client's times together cover the server's. What it does for a
/// client that gave up is nobody's time.
pub(super) fn pings_cover_holds(evidence: &Evidence<'_>) -> Check {
    let witness = evidence.witness;
    let service = service(evidence, |seq| evidence.counts(seq));
    let held = waited_for(evidence).fold(0, u64::saturating_add);
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
    let service = service(evidence, |_| true);
    let capacity = makespan_ns.saturating_mul(spec.concurrency as u64);
    check(
        "within-capacity",
        service <= capacity,
        format!("{service} ns in pings, {capacity} ns in lanes"),
    )
}

/// The time that the client spent in those pings, ns.
fn service(evidence: &Evidence<'_>, those: impl Fn(u64) -> bool) -> u64 {
    let samples = evidence.samples;
    let each = samples.start_ns.iter().zip(&samples.end_ns);
    (0..)
        .zip(each)
        .filter(|(seq, _)| those(*seq))
        .map(|(_, (start, end))| end.saturating_sub(*start))
        .fold(0, u64::saturating_add)
}

/// The holds of the pings that the client waited for to their end; of one that
/// was tried again, the last: that is the one that the client tells of.
fn waited_for(evidence: &Evidence<'_>) -> impl Iterator<Item = u64> {
    let stamps = evidence.witness.stamps.iter();
    let own = stamps.filter(|stamp| evidence.counts(stamp.seq));
    let held = own.filter_map(|stamp| Some((stamp.seq, stamp.hold_ns()?)));
    let last: HashMap<u64, u64> = held.collect();
    last.into_values()
}

fn holds(witness: &Witness) -> impl Iterator<Item = u64> {
    witness.stamps.iter().filter_map(|stamp| stamp.hold_ns())
}
