//! The checks, the flags and the medians made again of what the record holds:
//! they must come out as they stand there.

use super::must::{at_least, at_most, equal, must};
use crate::bounds::Found;
use crate::check::{self, Check, Evidence, Flag};
use crate::quantity::readable;
use crate::record::{Measured, Spec};
use crate::witness::{End, Stamp, Witness};

/// Checks of the server's counts, which a record keeps of every trial.
const OF_COUNTS: [&str; 3] = ["seen-equals-sent", "each-once", "peak-within"];

/// Checks of every attempt: a record keeps the times of the last one only.
const OF_ATTEMPTS: [&str; 3] = ["statuses", "littles-law", "attempts"];

/// The flag of every attempt; its figure is kept.
const LATE: &str = "server-late";

pub(super) fn agree(spec: &Spec, measured: &Measured) -> Found {
    let stamps = stamps(spec, measured)?;
    let server = &measured.server;
    let timed = stamps.is_some();
    let stamps = stamps.unwrap_or_default();
    // Each ping was tried once.
    let complete = timed && server.requests == stamps.len() as u64;
    let known = |name: &str| match timed {
        true => complete || !OF_ATTEMPTS.contains(&name),
        false => OF_COUNTS.contains(&name),
    };
    let witness = Witness { stamps, ..server.clone() };
    if complete {
        medians(measured, &witness)?;
    }
    span(&witness, complete)?;
    let kept = &measured.checks;
    // The bodies themselves are not kept.
    let right = |check: &Check| check.name != "bodies" || check.ok;
    let evidence = Evidence {
        spec,
        samples: &measured.samples,
        wrong_bodies: usize::from(!kept.iter().all(right)),
        makespan_ns: measured.makespan_ns,
        witness: &witness,
        host: &measured.host,
    };
    let again = check::checks(&evidence);
    let names =
        |of: &[Check]| Vec::from_iter(of.iter().map(|c| c.name.clone()));
    must(names(kept) == names(&again), || {
        "`checks` are not those of such a trial".to_owned()
    })?;
    for (kept, again) in kept.iter().zip(&again) {
        let agrees = kept.ok == again.ok || !known(&again.name);
        must(agrees, || {
            let not = |ok| if ok { "" } else { " not" };
            format!(
                "`checks`: `{}` is said{} to hold, and made again it does{} \
                 hold: {}",
                again.name,
                not(kept.ok),
                not(again.ok),
                readable(&again.detail)
            )
        })?;
    }
    let is_late = measured.late_ns.is_some_and(check::is_late);
    let mut late = measured.flags.iter().filter(|f| f.name == LATE);
    must(late.next().is_some() == is_late, || {
        format!("`flags` and `late_ns` disagree whether it is `{LATE}`")
    })?;
    let known = |name: &&str| *name != LATE;
    let names = |of: &[Flag]| -> Vec<String> {
        let names = of.iter().map(|flag| flag.name.as_str()).filter(known);
        names.map(str::to_owned).collect()
    };
    let (kept, again) =
        (names(&measured.flags), names(&check::flags(&evidence)));
    must(kept == again && late.next().is_none(), || {
        format!("`flags` are {kept:?}, and made again {again:?}")
    })
}

/// The last stamp of each ping, in the order of the list; none if the record
/// does not keep one of each.
fn stamps(
    spec: &Spec,
    measured: &Measured,
) -> Result<Option<Vec<Stamp>>, String> {
    let Measured { samples, server, .. } = measured;
    let received = samples.received_ns.iter().flatten();
    let seen = received.clone().count();
    // No clock in common, no times. And whoever sends other numbers is seen, and
    // has no place in the list.
    if seen > 0 && measured.checks.iter().all(|check| check.ok) {
        let of = "the server saw pings:";
        equal("samples.received_ns", seen as u64, server.distinct, of)?;
    }
    let both = samples.received_ns.iter().zip(&samples.sent_ns);
    let open = both.filter(|(had, sent)| had.is_some() && sent.is_none());
    let of = "requests in flight:";
    at_most("samples.sent_ns", open.count() as u64, server.in_flight, of)?;
    let Some(first) = received.min() else {
        return Ok(None);
    };
    let base = server.first_received_ns.unwrap_or(0);
    let at = |ns: i64| base.saturating_add(ns.abs_diff(*first));
    let stamp = |(i, wait_ns): (usize, u64)| {
        let ended = samples.ended.get(i).copied().flatten();
        Some(Stamp {
            seq: i as u64,
            connection: 0,
            received_ns: at(samples.received_ns[i]?),
            sent_ns: Some(at(samples.sent_ns[i]?)),
            wait_ns,
            status: spec.status_of(i),
            end: ended.unwrap_or(End::Done),
        })
    };
    let waits = spec.waits.of(spec.requests);
    Ok(waits.into_iter().enumerate().map(stamp).collect())
}

fn medians(measured: &Measured, witness: &Witness) -> Found {
    for (place, kept, again) in [
        ("hold_ns", measured.hold_ns, check::median_hold_ns(witness)),
        ("late_ns", measured.late_ns, check::median_late_ns(witness)),
    ] {
        must(kept == again, || {
            format!("`{place}` is {kept:?}, and made again {again:?}")
        })?;
    }
    Ok(())
}

/// What the pings take up of the time from the first to the last.
fn span(witness: &Witness, complete: bool) -> Found {
    let (stamps, first) = (&witness.stamps, witness.first_received_ns);
    let last = stamps.iter().filter_map(|stamp| stamp.sent_ns).max();
    let (Some(first), Some(last)) = (first, last) else { return Ok(()) };
    let (all, own) = (witness.span_ns().unwrap_or(0), last - first);
    // One that was gone may have left earlier than was thought at first.
    let exact = complete && witness.aborted == 0;
    let place = "server.last_sent_ns - first_received_ns";
    let of = "the pings' `sent_ns` and `received_ns` make";
    match exact {
        true => equal(place, all, own, of)?,
        false => at_least(place, all, own, of)?,
    }
    let held = stamps.iter().filter_map(|stamp| stamp.hold_ns());
    let held = held.fold(0, u64::saturating_add);
    // As exact as the check of Little's law.
    let held = held - (held / 1000).max(1000).min(held);
    at_least("server.in_flight_ns", witness.in_flight_ns, held, "pings make")
}
