//! What the client counted, what the server counted, and that the two agree.
//!
//! A batch with a limit leaves out the answers that come after it, and only
//! those. What the client does not wait for any more, the server may finish or
//! see go.

use super::{Check, Evidence, check};

pub(super) fn answered(evidence: &Evidence<'_>) -> Check {
    let Evidence { spec, samples, .. } = evidence;
    let asked = spec.requests;
    let answered = samples.status.iter().flatten().count();
    let Some(limit) = spec.limit_ns else {
        let detail = format!("{answered} of {asked}");
        return check("answered", answered == asked, detail);
    };
    let waits = spec.waits.list().into_iter().cycle();
    let as_limited = (samples.status.iter().zip(waits))
        .filter(|(status, wait)| status.is_some() == (*wait <= limit))
        .count();
    check(
        "answered",
        as_limited == asked,
        format!(
            "{answered} of {asked}; {as_limited} as a limit of {limit} ns has \
             it"
        ),
    )
}

pub(super) fn statuses(evidence: &Evidence<'_>) -> Check {
    let Evidence { spec, samples, .. } = evidence;
    let answered = samples.status.iter().flatten().count();
    let as_asked = (samples.status.iter().enumerate())
        .filter(|(i, status)| **status == Some(spec.status_of(*i)))
        .count();
    check(
        "statuses",
        as_asked == answered,
        format!("{as_asked} of {answered} answers as asked for"),
    )
}

pub(super) fn bodies(evidence: &Evidence<'_>) -> Check {
    let wrong = evidence.wrong_bodies;
    check("bodies", wrong == 0, format!("{wrong} wrong"))
}

pub(super) fn seen_equals_sent(evidence: &Evidence<'_>) -> Check {
    let (seen, sent) = (evidence.witness.requests, evidence.spec.requests);
    check(
        "seen-equals-sent",
        seen == sent as u64,
        format!("{seen} seen, {sent} sent"),
    )
}

pub(super) fn each_once(evidence: &Evidence<'_>) -> Check {
    let witness = evidence.witness;
    check(
        "each-once",
        witness.distinct == witness.requests && witness.duplicates == 0,
        format!(
            "{} distinct of {} seen, {} twice",
            witness.distinct, witness.requests, witness.duplicates
        ),
    )
}

pub(super) fn none_left(evidence: &Evidence<'_>) -> Check {
    let Evidence { spec, samples, witness, .. } = evidence;
    let given_up = match spec.limit_ns {
        Some(_) => samples.status.iter().filter(|own| own.is_none()).count(),
        None => 0,
    };
    let ended = witness.done.saturating_add(witness.aborted);
    check(
        "none-left",
        ended == witness.requests
            && witness.aborted <= given_up as u64
            && witness.in_flight == 0,
        format!(
            "{} done of {} seen, {} aborted, {} in flight",
            witness.done, witness.requests, witness.aborted, witness.in_flight
        ),
    )
}

pub(super) fn peak_within(evidence: &Evidence<'_>) -> Check {
    let peak = evidence.witness.peak_in_flight;
    let allowed = evidence.spec.concurrency;
    check(
        "peak-within",
        peak <= allowed as u64,
        format!("{peak} in flight, {allowed} allowed"),
    )
}
