//! What the client counted, what the server counted, and that the two agree.

use super::{Check, Evidence, attempts, check};

pub(super) fn answered(evidence: &Evidence<'_>) -> Check {
    let Evidence { spec, samples, .. } = evidence;
    let asked = spec.requests;
    let answered = samples.status.iter().flatten().count();
    check("answered", answered == asked, format!("{answered} of {asked}"))
}

pub(super) fn statuses(evidence: &Evidence<'_>) -> Check {
    let Evidence { spec, samples, .. } = evidence;
    let answered = samples.status.iter().flatten().count();
    let tries_again = spec.manners.retries > 0;
    let seen = attempts::seen(evidence).filter(|_| tries_again);
    // Of a ping that was tried again the last answer counts.
    let last = |i: usize| match &seen {
        Some(seen) => seen.get(&(i as u64)).map_or(0, |tried| tried - 1),
        None => spec.attempts(i) - 1,
    };
    let as_asked = (samples.status.iter().enumerate())
        .filter(|(i, status)| **status == Some(spec.status_at(*i, last(*i))))
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
    let seen = evidence.witness.requests;
    let (fewest, most) = evidence.spec.requests_seen();
    let sent = match fewest == most {
        true => most.to_string(),
        false => format!("{fewest} to {most}"),
    };
    check(
        "seen-equals-sent",
        (fewest..=most).contains(&seen),
        format!("{seen} seen, {sent} sent"),
    )
}

pub(super) fn each_once(evidence: &Evidence<'_>) -> Check {
    let Evidence { spec, witness, .. } = evidence;
    let as_it_should = match spec.manners.retries {
        0 => witness.distinct == witness.requests && witness.duplicates == 0,
        // How often each was tried, another check looks at.
        _ => {
            witness.distinct == spec.requests as u64
                && witness.distinct.saturating_add(witness.duplicates)
                    == witness.requests
        }
    };
    check(
        "each-once",
        as_it_should,
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
