use lesson_11_cpu_work::work::fingerprint;
use measurement::check::{self, Evidence};
use measurement::distribution::Histogram;
use measurement::record::{
    ARRIVALS_NS, Cost, Histograms, Host, MOST_ARRIVALS, Measured,
    SAMPLES_BELOW, Samples, Spec,
};
use measurement::witness::Witness;

use super::message::Told;
use super::shared::shared;
use super::urls;

/// Puts what the client told beside what the server saw, and checks both.
pub(crate) fn judge(
    spec: &Spec,
    mut told: Told,
    mut threads: Option<u64>,
    mut witness: Witness,
    mut host: Host,
) -> Measured {
    let samples = samples(spec, &told, &witness);
    let shared = shared(spec, &told, &witness);
    if shared.is_some() {
        // The work is done by others, and the queue's own is nobody's that we
        // know: what this process needs says nothing.
        (told.cost, threads) = (Cost::default(), None);
    }
    host.others_ns = others_ns(spec, &told, &witness);
    host.awake_ns = told.awake_ns;
    // Where a ping was to compute, it is done again: what is not computed has
    // another fingerprint.
    let hashes = spec.hashing.map_or(0, |own| own.hashes);
    let wrong_bodies = (told.pings.iter().enumerate())
        .filter(|(seq, ping)| {
            // A refusal has no body to compare.
            let refused = !spec.faults.is_empty()
                && ping.status != Some(spec.status_of(*seq));
            !refused
                && ping.digest.is_some_and(|digest| {
                    digest != fingerprint(&urls::body(spec, *seq), hashes)
                })
        })
        .count();
    let evidence = Evidence {
        spec,
        samples: &samples,
        wrong_bodies,
        makespan_ns: told.makespan_ns,
        witness: &witness,
        host: &host,
    };
    let mut checks = check::checks(&evidence);
    // Name the first failure, or the reader of "5 of 6" has to guess.
    let errors = told.pings.iter().filter_map(|ping| ping.error.as_ref());
    if let Some(error) = errors.clone().next()
        && let Some(answered) = checks.iter_mut().find(|c| c.name == "answered")
    {
        answered.detail += &format!(", first failure: {error}");
    }
    let flags = check::flags(&evidence);
    let hold_ns = check::median_hold_ns(&witness);
    let late_ns = check::median_late_ns(&witness);
    let service: Vec<u64> = (samples.start_ns.iter().zip(&samples.end_ns))
        .map(|(start, end)| end.saturating_sub(*start))
        .collect();
    let service_ns = service.iter().copied().fold(0, u64::saturating_add);
    let arrivals = arrivals(spec, told.clock_ns, &witness);
    // The stamps are in the samples now; once is enough.
    witness.stamps = Vec::new();
    let many = spec.requests >= SAMPLES_BELOW;
    let histograms = many.then(|| Histograms {
        service: Histogram::of(service),
        sojourn: Histogram::of(samples.end_ns.iter().copied()),
    });
    let mut cost = told.cost;
    cost.threads = threads;
    Measured {
        setup_ns: told.setup_ns,
        makespan_ns: told.makespan_ns,
        samples: if many { Samples::default() } else { samples },
        histograms,
        service_ns,
        hold_ns,
        late_ns,
        left_in_flight: None,
        cost,
        server: witness,
        host,
        checks,
        flags,
        arrivals,
        shared,
    }
}

/// What the processors did for nobody of ours. The harness itself sleeps
/// meanwhile.
fn others_ns(spec: &Spec, told: &Told, witness: &Witness) -> Option<u64> {
    let awake_ns = match spec.kept_awake {
        Some(true) => told.awake_ns?,
        _ => 0,
    };
    let ours = [told.cost.cpu_ns()?, witness.cpu_ns?, awake_ns];
    let ours = ours.into_iter().fold(0, u64::saturating_add);
    Some(told.busy_ns?.saturating_sub(ours))
}

/// How many requests came in each hundredth of a second, all attempts; empty
/// where nothing is tried again, or not everything is known.
fn arrivals(spec: &Spec, clock_ns: Option<u64>, seen: &Witness) -> Vec<u64> {
    let mut arrivals = Vec::new();
    if spec.manners.retries == 0 || seen.stamps_dropped > 0 {
        return arrivals;
    }
    // Where two processes have no clock in common, since the first arrival.
    let clock_ns = clock_ns.filter(|_| cfg!(target_os = "linux"));
    let start = clock_ns.or(seen.first_received_ns).unwrap_or(0);
    for stamp in &seen.stamps {
        let since = stamp.received_ns.saturating_sub(start) / ARRIVALS_NS;
        let place = usize::try_from(since).unwrap_or(usize::MAX);
        if place >= MOST_ARRIVALS {
            continue;
        }
        if place >= arrivals.len() {
            arrivals.resize(place + 1, 0);
        }
        arrivals[place] += 1;
    }
    arrivals
}

fn samples(spec: &Spec, told: &Told, witness: &Witness) -> Samples {
    let n = told.pings.len();
    let mut samples = Samples {
        start_ns: told.pings.iter().map(|ping| ping.start_ns).collect(),
        end_ns: told.pings.iter().map(|ping| ping.end_ns).collect(),
        status: told.pings.iter().map(|ping| ping.status).collect(),
        received_ns: vec![None; n],
        sent_ns: vec![None; n],
        ended: vec![None; if spec.tells_ends() { n } else { 0 }],
    };
    for stamp in &witness.stamps {
        let seq = usize::try_from(stamp.seq).unwrap_or(usize::MAX);
        if let Some(ended) = samples.ended.get_mut(seq) {
            *ended = Some(stamp.end);
        }
    }
    // Both sides stamp with one clock, so a stamp is placed by subtraction.
    if let Some(clock_ns) = told.clock_ns.filter(|_| cfg!(target_os = "linux"))
    {
        let since = |stamp_ns: u64| stamp_ns as i64 - clock_ns as i64;
        for stamp in &witness.stamps {
            if let Ok(seq) = usize::try_from(stamp.seq)
                && seq < n
            {
                samples.received_ns[seq] = Some(since(stamp.received_ns));
                samples.sent_ns[seq] = stamp.sent_ns.map(since);
            }
        }
    }
    samples
}

#[cfg(test)]
mod tests {
    use measurement::manners::Manners;
    use measurement::waits::Waits;
    use measurement::witness::{End, Stamp};

    use super::*;

    fn seen(at_ms: &[u64]) -> Witness {
        let stamp = |ms: &u64| Stamp {
            seq: 0,
            connection: 0,
            received_ns: ms * 1_000_000,
            sent_ns: None,
            wait_ns: 0,
            status: 200,
            end: End::Done,
        };
        Witness {
            stamps: at_ms.iter().map(stamp).collect(),
            first_received_ns: at_ms.first().map(|ms| ms * 1_000_000),
            ..Witness::default()
        }
    }

    fn spec() -> Spec {
        Spec {
            strategy: "good-manners".to_owned(),
            client: "reqwest".to_owned(),
            concurrency: 1,
            requests: 1,
            waits: Waits::None,
            statuses: Vec::new(),
            body_bytes: None,
            nonce: 0,
            limit_ns: None,
            consumer: None,
            machines: None,
            hashing: None,
            faults: Vec::new(),
            manners: Manners { retries: 3, ..Manners::NONE },
            kept_awake: None,
        }
    }

    #[test]
    fn every_attempt_is_counted_where_it_arrived() {
        let mut spec = spec();
        let late = 100 + 10 * MOST_ARRIVALS as u64;
        let seen = seen(&[100, 109, 110, 135, late]);
        let since_first = arrivals(&spec, None, &seen);
        assert_eq!(since_first, [2, 1, 0, 1]);
        if cfg!(target_os = "linux") {
            let clock = Some(90_000_000);
            assert_eq!(arrivals(&spec, clock, &seen), [0, 2, 1, 0, 1]);
        }
        let some = Witness { stamps_dropped: 1, ..seen.clone() };
        assert!(arrivals(&spec, None, &some).is_empty());
        spec.manners = Manners::NONE;
        assert!(arrivals(&spec, None, &seen).is_empty());
    }

    /// Two processors for 100 ms: 30 ms of ours, and the rest spun away.
    #[test]
    fn what_keeps_the_processors_awake_is_nobody_else() {
        let ms = |ms: u64| Some(ms * 1_000_000);
        let mut told = Told {
            setup_ns: 0,
            makespan_ns: 100_000_000,
            clock_ns: None,
            pings: Vec::new(),
            cost: Cost { user_ns: ms(15), system_ns: ms(5), ..Cost::default() },
            busy_ns: ms(200),
            awake_ns: ms(170),
            handed: Vec::new(),
        };
        let server = Witness { cpu_ns: ms(10), ..Witness::default() };
        let judged = |told: &Told, kept_awake| {
            let spec = Spec { kept_awake, ..spec() };
            let host = Host { processors: Some(2), ..Host::default() };
            judge(&spec, told.clone(), None, server.clone(), host)
        };
        let busy = |measured: &Measured| {
            measured.flags.iter().any(|flag| flag.name == "busy")
        };
        let awake = judged(&told, Some(true));
        assert_eq!(
            (awake.host.others_ns, awake.host.awake_ns),
            (ms(0), ms(170))
        );
        assert!(!busy(&awake));
        // The same time of others.
        assert!(busy(&judged(
            &Told { awake_ns: None, ..told.clone() },
            Some(false)
        )));
        // Whose it was nobody knows.
        told.awake_ns = None;
        assert_eq!(judged(&told, Some(true)).host.others_ns, None);
    }
}
