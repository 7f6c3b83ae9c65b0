//! What the client counted, what the server counted, and that the two agree.
//!
//! A batch with a limit leaves out the answers that come after it, and only
//! those. One with a slow consumer leaves out what was given up when its time
//! was up. What the client does not wait for any more, the server may finish or
//! see go.

use super::attempts;
use super::evidence::Evidence;
use crate::finding::{Check, check};
use crate::record::Samples;

pub(super) fn answered(evidence: &Evidence<'_>) -> Check {
    let Evidence { spec, samples, .. } = evidence;
    let asked = spec.requests;
    let answered = samples.status.iter().flatten().count();
    if let Some(consumer) = spec.consumer {
        let in_vain = given_up_after(consumer.timeout_ns, samples);
        let detail = format!(
            "{answered} of {asked}; {in_vain} given up after {} ns or more",
            consumer.timeout_ns
        );
        return check("answered", answered + in_vain == asked, detail);
    }
    if let Some(machines) = spec.machines {
        let may = machines.may_lose();
        let missing = asked.saturating_sub(answered) as u64;
        let detail = format!("{answered} of {asked}; {may} may be missing");
        return check("answered", missing <= may, detail);
    }
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

/// How many have no answer, and were waited for as long as they might take.
fn given_up_after(timeout_ns: u64, samples: &Samples) -> usize {
    let times = samples.start_ns.iter().zip(&samples.end_ns);
    (samples.status.iter().zip(times))
        .filter(|(status, (start, end))| {
            status.is_none() && end.saturating_sub(**start) >= timeout_ns
        })
        .count()
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
    let as_it_should = match (spec.machines, spec.manners.retries) {
        (Some(machines), _) => {
            let all = spec.requests as u64;
            let fewest = all.saturating_sub(machines.may_lose());
            (fewest..=all).contains(&witness.distinct)
                && witness.duplicates <= machines.again()
                && witness.distinct.saturating_add(witness.duplicates)
                    == witness.requests
        }
        (None, 0) => {
            witness.distinct == witness.requests && witness.duplicates == 0
        }
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
    let Evidence { spec, samples, witness, .. } = evidence;
    let given_up = match (spec.machines, spec.may_lose()) {
        // With a worker its requests end.
        (Some(machines), _) => machines.in_hand(),
        (None, true) => {
            let missing = samples.status.iter().filter(|own| own.is_none());
            missing.count() as u64
        }
        (None, false) => 0,
    };
    let ended = witness.done.saturating_add(witness.aborted);
    check(
        "none-left",
        ended == witness.requests
            && witness.aborted <= given_up
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
