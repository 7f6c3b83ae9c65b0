//! What the server counted, in several ways. The client of a trial whose checks
//! do not hold may have done anything, so there the two are not compared.

use std::collections::BTreeMap;

use super::must::{at_least, at_most, equal, must};
use crate::bounds::{Found, MOST_PINGS};
use crate::makespan;
use crate::record::{ARRIVALS_NS, Host, MOST_ARRIVALS, Measured, Spec};
use crate::witness::Witness;

pub(super) fn agree(spec: &Spec, measured: &Measured) -> Found {
    let server = &measured.server;
    counts(server)?;
    times(server)?;
    if measured.checks.iter().all(|check| check.ok) {
        bodies(spec, server)?;
        held(spec, measured)?;
        answers(measured)?;
    }
    let Host { processors, .. } = measured.host;
    for (place, number) in [
        ("cost.threads", measured.cost.threads),
        ("host.processors", processors),
    ] {
        must(number != Some(0), || format!("`{place}` is 0"))?;
    }
    let (limited, left) = (spec.limit_ns.is_some(), measured.left_in_flight);
    must(limited == left.is_some(), || {
        "`left_in_flight` is told of a batch with a limit, and of no other"
            .to_owned()
    })?;
    at_most("left_in_flight", left.unwrap_or(0), server.requests, SEEN)?;
    arrivals(spec, measured)
}

const SEEN: &str = "the requests seen are";

fn counts(server: &Witness) -> Found {
    let sum =
        |parts: &[u64]| parts.iter().copied().fold(0, u64::saturating_add);
    let Witness { requests, done, aborted, faulted, in_flight, .. } = *server;
    for (place, number) in [
        ("distinct and duplicates", sum(&[server.distinct, server.duplicates])),
        (
            "done, aborted, faulted, in_flight",
            sum(&[done, aborted, faulted, in_flight]),
        ),
        ("numbered_by_arrival", server.numbered_by_arrival),
        ("pipelined", server.pipelined),
        ("peak_in_flight", server.peak_in_flight),
        ("faults", sum(&Vec::from_iter(server.faults.values().copied()))),
    ] {
        at_most(&format!("server.{place}"), number, requests, SEEN)?;
    }
    let beyond = requests.saturating_sub(MOST_PINGS as u64);
    let of = "those it has no stamp for are";
    at_most("server.stamps_dropped", server.stamps_dropped, beyond, of)?;
    let of = "in flight at the end were";
    at_least("server.peak_in_flight", server.peak_in_flight, in_flight, of)?;
    let statuses = Vec::from_iter(server.statuses.values().copied());
    equal("server.statuses", sum(&statuses), done, "the answers are")
}

fn times(server: &Witness) -> Found {
    let Witness { first_received_ns: first, last_sent_ns: last, .. } = *server;
    must(first.is_some() == (server.requests > 0), || {
        format!("`server.first_received_ns`: {SEEN} {}", server.requests)
    })?;
    must(last.is_some() == (server.requests > server.in_flight), || {
        format!("`server.last_sent_ns`: {} are in flight", server.in_flight)
    })?;
    let (Some(first), Some(last)) = (first, last) else { return Ok(()) };
    at_most("server.first_received_ns", first, last, "the last was sent at")?;
    if server.in_flight > 0 {
        return Ok(());
    }
    let most = (last - first).saturating_mul(server.peak_in_flight);
    let of = "from first to last its peak makes";
    at_most("server.in_flight_ns", server.in_flight_ns, most, of)
}

/// Each answer has the body that was asked for; a refusal has none.
fn bodies(spec: &Spec, server: &Witness) -> Found {
    let Some(bytes) = spec.body_bytes else { return Ok(()) };
    let all = server.done.saturating_mul(bytes as u64);
    let (place, of) = ("server.body_bytes", "the answers have");
    match spec.faults.is_empty() {
        true => equal(place, server.body_bytes, all, of),
        false => at_most(place, server.body_bytes, all, of),
    }
}

/// No request is held for less than its wait, or for longer than its client
/// was there.
fn held(spec: &Spec, measured: &Measured) -> Found {
    let Measured { server, hold_ns, makespan_ns, .. } = measured;
    if spec.limit_ns.is_none() {
        let span = server.span_ns().unwrap_or(0);
        let of = "the trial took";
        at_most(
            "server.last_sent_ns - first_received_ns",
            span,
            *makespan_ns,
            of,
        )?;
        at_most("hold_ns", hold_ns.unwrap_or(0), *makespan_ns, of)?;
    }
    must(hold_ns.is_some(), || "`hold_ns` is null".to_owned())?;
    at_least("server.peak_in_flight", server.peak_in_flight, 1, "there is")?;
    let all = spec.requests as u64;
    if spec.faults.is_empty() && (server.distinct, server.done) == (all, all) {
        let waits = makespan::sequential(&spec.waits.of(spec.requests));
        let of = "the server's waits make";
        at_least("server.in_flight_ns", server.in_flight_ns, waits, of)?;
    }
    Ok(())
}

/// No client has an answer that the server never gave.
fn answers(measured: &Measured) -> Found {
    let Measured { server, samples, .. } = measured;
    let mut answers: BTreeMap<u16, u64> = BTreeMap::new();
    for status in samples.status.iter().flatten() {
        *answers.entry(*status).or_default() += 1;
    }
    for (status, count) in answers {
        // One that is broken off is not counted.
        let given = server.statuses.get(&status).copied().unwrap_or(0);
        let given = given.saturating_add(server.faulted);
        let place = format!("samples.status {status}");
        at_most(&place, count, given, "the server answered so")?;
    }
    Ok(())
}

/// They are kept of a trial that tries again, for a minute.
fn arrivals(spec: &Spec, measured: &Measured) -> Found {
    let Measured { server, arrivals, .. } = measured;
    let counted = arrivals.iter().copied().fold(0, u64::saturating_add);
    if spec.manners.retries == 0 || server.stamps_dropped > 0 {
        return equal("arrivals", counted, 0, "there should be");
    }
    let kept_ns = ARRIVALS_NS * MOST_ARRIVALS as u64;
    match measured.makespan_ns < kept_ns {
        true => equal("arrivals", counted, server.requests, SEEN),
        false => at_most("arrivals", counted, server.requests, SEEN),
    }
}
