//! What the client counted, what the server counted, and that the two agree.

use super::{Check, Evidence, check};

pub(super) fn answered(evidence: &Evidence<'_>) -> Check {
    let Evidence { spec, samples, .. } = evidence;
    let asked = spec.requests;
    let answered = samples.status.iter().flatten().count();
    check("answered", answered == asked, format!("{answered} of {asked}"))
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
    let witness = evidence.witness;
    check(
        "none-left",
        witness.done == witness.requests
            && witness.aborted == 0
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
