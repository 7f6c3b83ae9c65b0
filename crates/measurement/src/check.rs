//! What voids a trial, and what only marks it.

use serde::{Deserialize, Serialize};

use crate::makespan;
use crate::record::{Host, Samples, Spec};
use crate::witness::Witness;

/// A finding that voids the trial where it does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// Its name, such as `seen-equals-sent`.
    pub name: String,
    /// Whether it holds.
    pub ok: bool,
    /// The figures that it compared, in words.
    pub detail: String,
}

/// A finding that marks a trial and keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flag {
    /// Its name, such as `dialled`.
    pub name: String,
    /// The figures behind it, in words.
    pub detail: String,
}

/// Everything that is known of a trial when it has ended.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'a> {
    /// What it was to do.
    pub spec: &'a Spec,
    /// What the client reports.
    pub samples: &'a Samples,
    /// Bodies that were not the ones the server was to send.
    pub wrong_bodies: usize,
    /// The client's makespan, ns.
    pub makespan_ns: u64,
    /// What the server saw, with its stamps.
    pub witness: &'a Witness,
    /// What the machine did.
    pub host: &'a Host,
}

/// The findings that void a trial where they do not hold. All are made, so
/// that a record tells everything that was wrong.
pub fn checks(evidence: &Evidence<'_>) -> Vec<Check> {
    let Evidence { spec, samples, witness, .. } = evidence;
    let asked = spec.requests as u64;
    let answered = samples.status.iter().flatten().count() as u64;
    let as_asked = (samples.status.iter().enumerate())
        .filter(|(i, status)| **status == Some(spec.status_of(*i)))
        .count() as u64;
    let mut checks = vec![
        check("answered", answered == asked, format!("{answered} of {asked}")),
        check(
            "statuses",
            as_asked == asked,
            format!("{as_asked} of {asked} as asked for"),
        ),
        check(
            "bodies",
            evidence.wrong_bodies == 0,
            format!("{} wrong", evidence.wrong_bodies),
        ),
        check(
            "seen-equals-sent",
            witness.requests == asked,
            format!("{} seen, {asked} sent", witness.requests),
        ),
        check(
            "each-once",
            witness.distinct == asked && witness.duplicates == 0,
            format!(
                "{} distinct, {} twice",
                witness.distinct, witness.duplicates
            ),
        ),
        check(
            "none-left",
            witness.done == asked && witness.aborted + witness.in_flight == 0,
            format!(
                "{} done, {} aborted, {} in flight",
                witness.done, witness.aborted, witness.in_flight
            ),
        ),
        check(
            "peak-within",
            witness.peak_in_flight <= spec.concurrency as u64,
            format!(
                "{} in flight, {} allowed",
                witness.peak_in_flight, spec.concurrency
            ),
        ),
    ];
    checks.extend(laws(evidence));
    checks.push(network(evidence.host));
    checks
}

/// What arithmetic forbids, whoever says it.
fn laws(evidence: &Evidence<'_>) -> Vec<Check> {
    let Evidence { spec, samples, witness, makespan_ns, .. } = *evidence;
    let holds: Vec<u64> =
        witness.stamps.iter().filter_map(|stamp| stamp.hold_ns()).collect();
    let held: u64 = holds.iter().sum();
    let bound = makespan::bound(&holds, spec.concurrency());
    let service: u64 = (samples.start_ns.iter().zip(&samples.end_ns))
        .map(|(start, end)| end.saturating_sub(*start))
        .sum();
    let capacity = spec.concurrency as u64 * makespan_ns;
    vec![
        // The server's holds alone need this long.
        check(
            "not-below-bound",
            makespan_ns >= bound,
            format!("{makespan_ns} ns, bound {bound} ns"),
        ),
        // Little's law: the same area counted by time and by request.
        check(
            "littles-law",
            witness.stamps_dropped > 0
                || witness.in_flight_ns.abs_diff(held) * 1000
                    <= held.max(1_000_000),
            format!("{} ns by time, {held} by request", witness.in_flight_ns),
        ),
        check(
            "within-capacity",
            service <= capacity,
            format!("{service} ns in pings, {capacity} ns in lanes"),
        ),
    ]
}

/// A segment sent again waits 200 ms or more: a tail that no strategy made.
fn network(host: &Host) -> Check {
    let again = host.retransmitted_segments.unwrap_or(0);
    let refused = host.listen_overflows.unwrap_or(0);
    check(
        "network-quiet",
        again + refused == 0,
        format!("{again} segments sent again, {refused} connections refused"),
    )
}

/// The findings that mark a trial and keep it.
pub fn flags(evidence: &Evidence<'_>) -> Vec<Flag> {
    let Evidence { spec, witness, host, makespan_ns, .. } = evidence;
    let mut flags = Vec::new();
    let mut flag = |name: &str, detail: String| {
        flags.push(Flag { name: name.to_owned(), detail });
    };
    let expected = spec.concurrency.min(spec.requests) as u64;
    if witness.peak_in_flight < expected {
        flag(
            "client-limited",
            format!("{} in flight of {expected}", witness.peak_in_flight),
        );
    }
    if witness.connections > 0 {
        flag("dialled", format!("{} inside the clock", witness.connections));
    }
    if let Some(late) = median_late_ns(witness)
        && late > LATE_NS
    {
        flag("server-late", format!("{late} ns at the median"));
    }
    if let Some(stolen) = host.stolen_ns
        && stolen * 100 > *makespan_ns
    {
        flag("stolen", format!("{stolen} ns by the hypervisor"));
    }
    flags
}

/// Beyond this median lateness the server itself was short of a processor.
const LATE_NS: u64 = 200_000;

/// By how much the server missed its waits at the median, ns.
pub fn median_late_ns(witness: &Witness) -> Option<u64> {
    let mut late: Vec<u64> =
        witness.stamps.iter().filter_map(|stamp| stamp.late_ns()).collect();
    late.sort_unstable();
    late.get(late.len() / 2).copied()
}

fn check(name: &str, ok: bool, detail: String) -> Check {
    Check { name: name.to_owned(), ok, detail }
}
