//! The client's own times: a column for each, an entry for each ping.

use super::must::{at_most, equal, must};
use crate::bounds::Found;
use crate::distribution::{Histogram, middle_of_bucket};
use crate::record::{Histograms, Measured, SAMPLES_BELOW, Samples, Spec};

pub(super) fn agree(spec: &Spec, measured: &Measured) -> Found {
    let Measured { samples, histograms, makespan_ns, .. } = measured;
    must(*makespan_ns > 0, || "`makespan_ns` is 0".to_owned())?;
    let many = spec.requests >= SAMPLES_BELOW;
    columns(samples, if many { 0 } else { spec.requests }, spec)?;
    must(many == histograms.is_some(), || {
        let needs = if many { "needs some" } else { "has none" };
        format!("`histograms`: a trial of {} pings {needs}", spec.requests)
    })?;
    for ping in 0..samples.start_ns.len() {
        times(samples, ping, *makespan_ns)?;
    }
    if let Some(histograms) = histograms {
        return of_many(spec, measured, histograms);
    }
    let each = samples.start_ns.iter().zip(&samples.end_ns);
    let all = each.map(|(start, end)| end.saturating_sub(*start));
    let all = all.fold(0, u64::saturating_add);
    equal("service_ns", measured.service_ns, all, "the pings together took")
}

/// As many entries in each as there are pings; how a request ended at the
/// server is kept only where there is a limit, or workers that may die.
fn columns(samples: &Samples, pings: usize, spec: &Spec) -> Found {
    let Samples { start_ns, end_ns, status, received_ns, sent_ns, ended } =
        samples;
    let told = if spec.tells_ends() { pings } else { 0 };
    for (place, length, of) in [
        ("start_ns", start_ns.len(), pings),
        ("end_ns", end_ns.len(), pings),
        ("status", status.len(), pings),
        ("received_ns", received_ns.len(), pings),
        ("sent_ns", sent_ns.len(), pings),
        ("ended", ended.len(), told),
    ] {
        must(length == of, || {
            format!(
                "`samples.{place}` has {length} entries instead of {of}, of \
                 {} pings",
                spec.requests
            )
        })?;
    }
    Ok(())
}

fn times(samples: &Samples, ping: usize, makespan_ns: u64) -> Found {
    let (start, end) = (samples.start_ns[ping], samples.end_ns[ping]);
    let place = format!("samples.end_ns[{ping}]");
    must(start <= end, || {
        format!("`{place}` is {end}, but the ping began at {start}")
    })?;
    at_most(&place, end, makespan_ns, "the trial ended at")?;
    let (received, sent) = (samples.received_ns[ping], samples.sent_ns[ping]);
    let backwards = match (received, sent) {
        (Some(received), Some(sent)) => sent < received,
        (None, sent) => sent.is_some(),
        _ => false,
    };
    must(!backwards, || {
        format!("`samples.sent_ns[{ping}]` is before `received_ns`")
    })
}

/// Of many pings only histograms are kept, whose values are rounded.
fn of_many(spec: &Spec, measured: &Measured, kept: &Histograms) -> Found {
    for (name, histogram) in
        [("service", &kept.service), ("sojourn", &kept.sojourn)]
    {
        let place = format!("histograms.{name}");
        one(&place, histogram, spec, measured.makespan_ns)?;
    }
    let sum = kept.service.0.iter().fold(0_u64, |sum, (value, count)| {
        sum.saturating_add(value.saturating_mul(*count))
    });
    // A value is off by a 256th of it at most.
    let off = measured.service_ns.abs_diff(sum);
    must(off <= measured.service_ns / 128, || {
        format!(
            "`service_ns` is {}, but the pings of `histograms.service` \
             together took {sum}",
            measured.service_ns
        )
    })
}

fn one(
    place: &str,
    Histogram(buckets): &Histogram,
    spec: &Spec,
    makespan_ns: u64,
) -> Found {
    let ascending = buckets.is_sorted_by(|one, next| one.0 < next.0);
    let own = |(value, count): &(u64, u64)| {
        middle_of_bucket(*value) == *value && *count > 0
    };
    must(ascending && buckets.iter().all(own), || {
        format!("`{place}` has a value that is out of its place")
    })?;
    let counts = buckets.iter().map(|(_, count)| *count);
    let counts = counts.fold(0, u64::saturating_add);
    equal(place, counts, spec.requests as u64, "there are pings:")?;
    let longest = buckets.last().map_or(0, |(value, _)| *value);
    let most = middle_of_bucket(makespan_ns);
    at_most(place, longest, most, "the trial took about")
}
